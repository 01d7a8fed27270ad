"""One step of gradient descent with momentum."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ._arrays import anywhere, foreign, real_array, real_number, result_format, same_shape
from ._blocks import NATIVE, scratch
from ._elementwise import PIECE, blockwise, room
from ._sums import dot, two_sum

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]
    Exponents = NDArray[np.int32]

TINY, HUGE = 2.0**-500, 2.0**500  # between them nothing that counts overflows or underflows
UPPER = np.array(-(1 << 27))  # masks the last 27 of a float64: its first 26 digits stay
CANCELLED = 2.0**-20  # a sum that is a smaller part of a term takes more care


def momentum_step(
    w: ArrayLike,
    gradient: ArrayLike,
    velocity: ArrayLike,
    learning_rate: float,
    momentum: float = 0.9,
    *,
    nesterov: bool = False,
) -> tuple[Any, Any]:
    """The weights and the velocity after one step, within 4 u (|w| + |step|) and 1 ULP for any finite input.

    velocity' = momentum velocity - learning_rate gradient; the step is velocity', with `nesterov` momentum velocity' -
    learning_rate gradient. u is the unit roundoff of the format of `w`; where the terms of a step cancel, its digits stay.

    Parameters
    ----------
    w, gradient, velocity : array_like
        Weights, the gradient of the loss at them, and the velocity that the step before returned (zeros at first), of one
        shape: float16, float32, float64, integers or booleans.
    learning_rate : float
        The step per unit of gradient, finite and not negative.
    momentum : float
        From 0 to 1: the share of the velocity that is kept. 0 gives gradient descent.
    nesterov : bool
        Look ahead: apply the momentum to the new velocity once more.

    Returns
    -------
    w : numpy.ndarray or numpy scalar
        New weights, in the float format of `w` whatever the others are (float64 for integers).
    velocity : numpy.ndarray or numpy scalar
        New velocity, in the float format of `velocity`. The arguments are unchanged.

    Raises
    ------
    ValueError
        If the shapes differ, `learning_rate` is negative, infinite or nan, or `momentum` is not from 0 to 1.
    TypeError
        If an array holds anything but real numbers, or `learning_rate` or `momentum` is not one number.

    Notes
    -----
    The signs are those of Keras (SGD): the velocity points where the weights go. Sutskever, Martens, Dahl and Hinton, On the
    importance of initialization and momentum in deep learning (2013), equations (1) to (4).

    Examples
    --------
    >>> w, velocity = momentum_step([1.0], [2.0], [0.5], 0.25, 0.5)
    >>> w.tolist(), velocity.tolist()
    ([0.75], [-0.25])
    """
    name = "momentum_step"
    if foreign(w, gradient, velocity):
        return anywhere(name, w, gradient, velocity, learning_rate, momentum, nesterov=nesterov)  # type: ignore[no-any-return]  # as typed there
    w, gradient, velocity = state(name, w=w, gradient=gradient, velocity=velocity)
    rate = rate_of(name, learning_rate)
    share = real_number(name, "momentum", momentum)
    if not 0 <= share <= 1:
        raise ValueError(f"{name}: momentum must be from 0 to 1, got {share!r}. Use 0 for plain gradient descent, 0.9 as usual.")
    formats = [result_format(w), result_format(velocity)]
    careful = NATIVE in formats
    kept, pull = factor(share), factor(-rate)

    def step(w: Floats, gradient: Floats, velocity: Floats) -> tuple[Floats, Floats]:
        after, rest, trusted = blend(kept, velocity, pull, gradient, careful=careful)
        way = after
        if nesterov:
            way, _, certain = blend(kept, after, pull, gradient, careful=careful)
            way, trusted = way + share * rest, trusted & certain
        new = np.add(w, way, out=room(w))
        after += 0.0  # -0.0 becomes 0.0
        if trusted is not True:
            at = np.flatnonzero(~trusted & ((gradient != 0) | (velocity != 0)))
            new[at], after[at] = _exactly(w[at], gradient[at], velocity[at], rate, share, nesterov)
        return new, after

    return blockwise(step, [w, gradient, velocity], formats, PIECE)


def _exactly(w: Floats, gradient: Floats, velocity: Floats, rate: float, share: float, nesterov: bool) -> tuple[Floats, Floats]:
    """Weights and velocity where terms cancel, or are near the ends of the range of floats."""
    high, low, exponent = dot((share, velocity, 0), (-rate, gradient, 0))
    after = np.ldexp(high, exponent) + 0.0
    if nesterov:
        high, low, exponent = dot((share, high, exponent), (share, low, exponent), (-rate, gradient, 0))
    return moved(w, high, low, exponent), after


def state(function: str, **arguments: ArrayLike) -> list[NDArray[Any]]:
    """Weights, gradient and what an optimiser remembers, as arrays of one shape."""
    arrays = [real_array(function, name, value) for name, value in arguments.items()]
    for name, array in zip(arguments, arrays, strict=True):
        same_shape(function, "w", arrays[0], name, array)
    return arrays


def rate_of(function: str, learning_rate: float) -> float:
    """The learning rate as a number that is finite and not negative."""
    rate = learning_rate if type(learning_rate) is float else real_number(function, "learning_rate", learning_rate)
    if not 0 <= rate < math.inf:
        raise ValueError(
            f"{function}: learning_rate must be finite and not negative, got {rate!r}. "
            f"To climb, pass the gradient with its sign changed."
        )
    return rate


def moved(w: Floats, step: Floats, low: Floats, exponent: Exponents) -> Floats:
    """w + (step + low) 2^exponent; where the step alone overflows, half of everything may not."""
    whole = np.ldexp(step, exponent)
    total, error = two_sum(w, whole)
    far = 2 * (w / 2 + np.ldexp(step, exponent - 1))
    return np.where(np.isinf(whole), far, total + (error + np.ldexp(low, exponent)))


class Factor(NamedTuple):
    """A number with its first 26 digits and the rest, for products that are exact."""

    value: float
    upper: float
    lower: float


def factor(x: float, error: float = 0.0) -> Factor:
    """x + error as a factor."""
    mantissa, exponent = math.frexp(x)
    upper = math.ldexp(math.trunc(math.ldexp(mantissa, 26)), exponent - 26)
    return Factor(x, upper, (x - upper) + error)


def blend(a: Factor, x: Floats, b: Factor, y: Floats, y_rest: Any = 0.0, *, careful: bool) -> tuple[Floats, Any, Any]:
    """a x + b (y + y_rest), y_rest below 2^-25 y: the rounded sum, what rounding took, and which entries are to be trusted.

    Those are within 0.51 ULP of float64 if `careful`, of float32 otherwise: at most 20 bits cancel, and nothing overflows
    or underflows. Products of the first 26 digits are exact, so that only the small rest is rounded before the end.
    """
    high = room(x)
    if careful:
        rest = room(x)
        used = scratch.used
        (x_upper, x_lower), (y_upper, y_lower) = parts(x), parts(y)
        first, second = np.multiply(x_upper, a.upper, out=room(x)), np.multiply(y_upper, b.upper, out=room(x))
        y_lower += y_rest
        x_lower *= a.value
        y_lower *= b.value
        x_upper *= a.lower
        y_upper *= b.lower
        x_lower += x_upper
        x_lower += y_lower
        x_lower += y_upper
        size = np.abs(first, out=y_upper)
        total, rest = sum_and_rest(first, second, rest)
        rest += x_lower
        high = np.add(total, rest, out=high)
        rest -= np.subtract(high, total, out=total)
    else:
        used, rest = scratch.used, 0.0
        first = np.multiply(x, a.value, out=room(x))
        high = np.add(first, np.multiply(y, b.value, out=high), out=high)
        size = np.abs(first, out=first)
    size *= CANCELLED
    most = np.abs(high, out=room(x))
    trusted: Any = bool(most.min() >= TINY and most.max() <= HUGE and abs(b.value) <= HUGE and (size <= most).all())
    if not trusted:
        trusted = (most >= TINY) & (most <= HUGE) & (abs(b.value) <= HUGE) & (size <= most)
    scratch.used = used
    return high, rest, trusted


def parts(x: Floats) -> tuple[Floats, Floats]:
    """`halves` in rooms."""
    upper = np.bitwise_and(x.view(np.int64), UPPER, out=room(x, np.int64)).view(np.float64)
    return upper, np.subtract(x, upper, out=room(x))


def sum_and_rest(a: Floats, b: Any, rest: Floats | None) -> tuple[Floats, Floats]:
    """`two_sum` in rooms, the error in `rest`; overwrites `a`."""
    total = np.add(a, b, out=room(a))
    part = np.subtract(total, a, out=room(a))
    rest = np.subtract(total, part, out=rest)
    np.subtract(a, rest, out=rest)
    rest += np.subtract(b, part, out=part)
    return total, rest
