"""One step of gradient descent with momentum."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from ._arrays import cast, quiet, real_array, real_number, result_format, same_shape
from ._sums import two_sum

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]
    Exponents = NDArray[np.int32]

FAR_BELOW = -20_000  # the exponent of 0: below that of any product


@quiet
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
    w, gradient, velocity = state(name, w=w, gradient=gradient, velocity=velocity)
    rate = rate_of(name, learning_rate)
    share = real_number(name, "momentum", momentum)
    if not 0 <= share <= 1:
        raise ValueError(f"{name}: momentum must be from 0 to 1, got {share!r}. Use 0 for plain gradient descent, 0.9 as usual.")
    slope = gradient.astype(np.float64)
    high, low, exponent = dot((share, velocity.astype(np.float64), 0), (-rate, slope, 0))
    after = cast(np.ldexp(high, exponent) + 0.0, result_format(velocity))
    if nesterov:
        high, low, exponent = dot((share, high, exponent), (share, low, exponent), (-rate, slope, 0))
    return moved(w, high, low, exponent), after


def state(function: str, **arguments: ArrayLike) -> list[NDArray[Any]]:
    """Weights, gradient and what an optimiser remembers, as arrays of one shape."""
    arrays = [real_array(function, name, value) for name, value in arguments.items()]
    for name, array in zip(arguments, arrays, strict=True):
        same_shape(function, "w", arrays[0], name, array)
    return arrays


def rate_of(function: str, learning_rate: float) -> float:
    """The learning rate as a number that is finite and not negative."""
    rate = real_number(function, "learning_rate", learning_rate)
    if not 0 <= rate < math.inf:
        raise ValueError(
            f"{function}: learning_rate must be finite and not negative, got {rate!r}. "
            f"To climb, pass the gradient with its sign changed."
        )
    return rate


def moved(w: NDArray[Any], step: Floats, low: Floats, exponent: Exponents) -> Any:
    """w + (step + low) 2^exponent in the format of w; where the step alone overflows, half of everything may not."""
    weights = w.astype(np.float64)
    whole = np.ldexp(step, exponent)
    total, error = two_sum(weights, whole)
    far = 2 * (weights / 2 + np.ldexp(step, exponent - 1))
    return cast(np.where(np.isinf(whole), far, total + (error + np.ldexp(low, exponent))), result_format(w))


def dot(*terms: tuple[Any, Any, Any]) -> tuple[Any, Any, Any]:
    """The sum of x y 2^k over the terms (x, y, k), as (high + low) 2^exponent: rounded as if it had been exact.

    Products and sums keep what rounding took (Ogita, Rump and Oishi, Accurate sum and dot product, 2005, algorithm Dot2), so
    that terms may cancel to the last hundredth bit; exponents are kept apart, so that nothing overflows or underflows.
    """
    products = []
    for x, y, k in terms:
        (a, i), (b, j) = np.frexp(x), np.frexp(y)
        high, low = two_product(a, b)
        products.append((high, low, np.where(np.isfinite(high) & (high != 0), i + j + k, FAR_BELOW)))
    exponent = np.maximum.reduce([k for _, _, k in products])
    total: Any = 0.0
    rest: Any = 0.0
    for high, low, k in products:
        total, error = two_sum(total, np.ldexp(high, k - exponent))
        rest = rest + (error + np.ldexp(low, k - exponent))
    return *two_sum(total, rest), exponent


def two_product(a: Any, b: Any) -> tuple[Any, Any]:
    """The rounded product and its error: a b = product + error exactly for |a|, |b| from 2^-400 to 2^400, and for 0.

    Dekker, A floating-point technique for extending the available precision (1971). The error is 0 where the product is not
    finite.
    """
    product = a * b
    (a_high, a_low), (b_high, b_low) = _halves(a), _halves(b)
    error = ((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low
    return product, np.where(np.isfinite(error), error, 0.0)


def _halves(x: Any) -> tuple[Any, Any]:
    """x as two numbers of 26 bits each (Veltkamp's splitting): products of halves are exact."""
    shifted = x * (2.0**27 + 1)
    high = shifted - (shifted - x)
    return high, x - high
