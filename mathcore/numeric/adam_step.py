"""One step of Adam."""

from __future__ import annotations

import functools
import math
import operator
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ._arrays import anywhere, foreign, real_number, result_format
from ._blocks import NATIVE
from ._elementwise import PIECE, blockwise, room
from ._sums import complement, dot, two_product, two_sum
from .momentum_step import TINY, Factor, blend, factor, moved, parts, rate_of, state, sum_and_rest

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]

DIGITS = Context(prec=60, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[])  # 1 - beta^t loses at most 16 of them


def adam_step(
    w: ArrayLike,
    gradient: ArrayLike,
    m: ArrayLike,
    v: ArrayLike,
    t: int,
    learning_rate: float = 0.001,
    beta1: float = 0.9,
    beta2: float = 0.999,
    epsilon: float = 1e-8,
) -> tuple[Any, Any, Any]:
    """The weights and both moments after step number t: w within 4 u (|w| + |step|), m and v within 1 ULP.

    m' = beta1 m + (1 - beta1) gradient and v' = beta2 v + (1 - beta2) gradient^2; with m_hat = m' / (1 - beta1^t) and v_hat
    = v' / (1 - beta2^t) the step is -learning_rate m_hat / (sqrt(v_hat) + epsilon). u is the unit roundoff of the format of
    `w`. For any finite input: the step uses m' and v' before they are rounded, and squares that leave the range of floats.

    Parameters
    ----------
    w, gradient : array_like
        Weights and the gradient of the loss at them, of one shape: float16, float32, float64, integers or booleans.
    m, v : array_like
        The moments that the step before returned, zeros at first, of the shape of `w`; v >= 0. Each keeps its own format:
        keep them in float32 or float64, because in float16 the square of a gradient below 2e-4 vanishes, whatever the
        format of `w`. In float64 v' is +inf for gradients beyond 1e154 or so, by its own exact value.
    t : int
        Which step this is, from 1.
    learning_rate : float
        About the size of a step, finite and not negative.
    beta1, beta2 : float
        The shares of the moments that are kept, each >= 0 and < 1.
    epsilon : float
        What keeps a weight without gradients where it is; positive and finite.

    Returns
    -------
    w : numpy.ndarray or numpy scalar
        New weights, in the float format of `w` (float64 for integers).
    m, v : numpy.ndarray or numpy scalar
        New moments, in the float formats of `m` and `v`. The arguments are unchanged.

    Raises
    ------
    ValueError
        If the shapes differ, an entry of `v` is negative, `t` is below 1, or a parameter is out of its range.
    TypeError
        If an array holds anything but real numbers, `t` is no integer, or a parameter is not one number.

    Notes
    -----
    Kingma and Ba, Adam: a method for stochastic optimization (2015), algorithm 1, in the order of the end of section 2: the
    learning rate and epsilon take the corrections 1 - beta^t, which are computed to 60 digits and rounded once.

    Examples
    --------
    >>> w, m, v = adam_step([0.5], [4.0], [0.0], [0.0], 1, 0.25)
    >>> w.tolist()
    [0.25000000062499994]
    """
    name = "adam_step"
    if foreign(w, gradient, m, v):
        return anywhere(name, w, gradient, m, v, t, learning_rate, beta1, beta2, epsilon)  # type: ignore[no-any-return]  # as typed there
    w, gradient, m, v = state(name, w=w, gradient=gradient, m=m, v=v)
    _not_negative(name, v)
    rate, (share1, share2) = rate_of(name, learning_rate), (_share(name, "beta1", beta1), _share(name, "beta2", beta2))
    small = real_number(name, "epsilon", epsilon)
    if not 0 < small < math.inf:
        raise ValueError(f"{name}: epsilon must be positive and finite, got {small!r}. Use 1e-8, or a smaller number.")
    count = _count(name, t)
    constants = _constants(rate, share1, share2, small, count)
    formats = [result_format(x) for x in (w, m, v)]
    careful = NATIVE in formats

    def step(w: Floats, gradient: Floats, m: Floats, v: Floats) -> tuple[Floats, ...]:
        *results, trusted = (_step if careful else _narrow_step)(w, gradient, m, v, constants)
        if trusted is not True or constants.extreme:
            at = np.flatnonzero(~np.broadcast_to(trusted, w.shape) | constants.extreme)
            exact = _exactly(w[at], gradient[at], m[at], v[at], constants)
            for result, values in zip(results, exact, strict=True):
                result[at] = values
        return tuple(results)

    return blockwise(step, [w, gradient, m, v], formats, PIECE)


class Constants(NamedTuple):
    """What a step takes from its parameters: the shares of the moments and of what is new, the corrected rate and epsilon."""

    kept1: Factor
    new1: Factor
    kept2: Factor
    new2: Factor
    rate: Factor
    epsilon: tuple[float, float]  # and its error
    scaled_rate: tuple[float, int]
    scaled_epsilon: tuple[float, int]
    extreme: bool  # whether products with the rate or with epsilon might leave the range of floats


@functools.lru_cache(maxsize=16)  # the same for all arrays of weights
def _constants(rate: float, share1: float, share2: float, epsilon: float, count: int) -> Constants:
    root = _left(share2, count).sqrt(DIGITS)
    quotient = DIGITS.divide(root, _left(share1, count))
    true_rate, true_epsilon = DIGITS.multiply(Decimal(rate), quotient), DIGITS.multiply(Decimal(epsilon), root)
    rounded_rate, rounded_epsilon = float(true_rate), float(true_epsilon)
    ordinary = (rate == 0 or 2.0**-200 < rounded_rate < 2.0**100) and 2.0**-900 < rounded_epsilon < 2.0**200
    return Constants(
        factor(share1),
        factor(*complement(share1)),
        factor(share2),
        factor(*complement(share2)),
        factor(rounded_rate if ordinary else 1.0, float(true_rate - Decimal(rounded_rate)) if ordinary else 0.0),
        (rounded_epsilon, float(DIGITS.subtract(true_epsilon, Decimal(rounded_epsilon))) if ordinary else 0.0),
        _scaled(rate, quotient),
        _scaled(epsilon, root),
        not ordinary,
    )


def _step(w: Floats, gradient: Floats, m: Floats, v: Floats, c: Constants) -> tuple[Any, ...]:
    """Weights and moments, and which of them are to be trusted: numerator, divisor and quotient are rounded once each."""
    upper, lower = parts(gradient)
    lower *= np.add(gradient, upper, out=room(w))
    upper *= upper  # the square is upper + lower
    first, first_rest, trusted = blend(c.kept1, m, c.new1, gradient, careful=True)
    second, second_rest, certain = blend(c.kept2, v, c.new2, upper, lower, careful=True)
    trusted = _or_at_rest(trusted, certain, gradient, m, v)

    move, lower = parts(first)
    lower += first_rest
    lower *= c.rate.value
    lower += np.multiply(move, c.rate.lower, out=first_rest)
    move *= c.rate.upper
    move += lower

    root = np.sqrt(second, out=room(w))
    upper, lower = parts(root)
    lower *= np.add(root, upper, out=room(w))
    upper *= upper
    excess = np.subtract(second, upper, out=upper)
    excess -= lower
    excess += second_rest  # second - root^2: what rounding took of the root is about this over 2 root
    excess /= np.maximum(root, TINY, out=lower)
    excess *= 0.5
    divisor, error = sum_and_rest(root, c.epsilon[0], second_rest)
    error += excess
    error += c.epsilon[1]
    divisor += error
    move /= divisor
    first += 0.0  # -0.0 becomes 0.0
    return np.subtract(w, move, out=move), first, second, trusted


def _narrow_step(w: Floats, gradient: Floats, m: Floats, v: Floats, c: Constants) -> tuple[Any, ...]:
    """The same for results that are all rounded from float64 to a narrower format."""
    first, _, trusted = blend(c.kept1, m, c.new1, gradient, careful=False)
    second, _, certain = blend(c.kept2, v, c.new2, np.square(gradient, out=room(w)), careful=False)
    divisor = np.sqrt(second, out=room(w))
    divisor += c.epsilon[0]
    move = np.multiply(first, c.rate.value, out=room(w))
    move /= divisor
    first += 0.0
    return np.subtract(w, move, out=move), first, second, _or_at_rest(trusted, certain, gradient, m, v)


def _or_at_rest(trusted: Any, certain: Any, gradient: Floats, m: Floats, v: Floats) -> Any:
    """Both are to be trusted, or the weight stays: its gradient is 0, and so was any before."""
    if trusted is True and certain is True:
        return True
    at_rest = (gradient == 0) & (m == 0) & (certain | (v == 0))
    found = at_rest | (trusted & certain)
    return True if found.all() else found


def _exactly(w: Floats, gradient: Floats, m: Floats, v: Floats, c: Constants) -> tuple[Floats, Floats, Floats]:
    """Weights and moments where terms cancel, or are near the ends of the range of floats."""
    (rate_scale, rate_exponent), (small_scale, small_exponent) = c.scaled_rate, c.scaled_epsilon
    new, new_error = complement(c.kept1.value)
    first, first_tail, exponent = dot((c.kept1.value, m, 0), (new, gradient, 0), (new_error, gradient, 0))
    m = np.ldexp(first, exponent) + 0.0

    new, new_error = complement(c.kept2.value)
    mantissa, k = np.frexp(gradient)
    square, tail = two_product(mantissa, mantissa)
    terms = (c.kept2.value, v, 0), (new, square, 2 * k), (new, tail, 2 * k), (new_error, square, 2 * k)
    second, second_tail, twice = dot(*terms)
    v = np.ldexp(second, twice)

    half = np.maximum(twice >> 1, small_exponent)
    root = np.ldexp(np.sqrt(np.ldexp(second, twice & 1)), (twice >> 1) - half)
    divisor, error = two_sum(root, np.ldexp(small_scale, small_exponent - half))
    # what rounding takes is carried along: sqrt(x + e) is about sqrt(x) + e / (2 sqrt(x))
    error = error + np.where(second == 0, 0.0, root * (second_tail / second) / 2)
    ratio = first / divisor
    back, back_error = two_product(ratio, divisor)
    remainder = ((first - back) - back_error) + (first_tail - ratio * error)
    step, low = two_product(-rate_scale, ratio)
    return moved(w, step, low - rate_scale * (remainder / divisor), rate_exponent + exponent - half), m, v


def _not_negative(function: str, v: NDArray[Any]) -> None:
    if v.size and not v.min() >= 0 and (v < 0).any():
        index = tuple(int(i) for i in np.argwhere(v < 0)[0])
        place = f"v[{', '.join(map(str, index))}]" if index else "v"
        raise ValueError(
            f"{function}: v, a mean of squares, must be >= 0; {place} is {float(v[index])!r}. "
            f"Pass the v that the step before returned, zeros at first; m comes before v."
        )


def _count(function: str, t: int) -> int:
    try:
        count = operator.index(t)
    except TypeError as error:
        raise TypeError(f"{function}: t must be an integer, got {t!r}. Count the steps from 1.") from error
    if count < 1:
        raise ValueError(f"{function}: t must be at least 1, got {count}. Count the steps from 1.")
    return count


def _share(function: str, argument: str, beta: float) -> float:
    number = beta if type(beta) is float else real_number(function, argument, beta)
    if not 0 <= number < 1:
        raise ValueError(f"{function}: {argument} must be >= 0 and < 1, got {number!r}. Use 0.9 for beta1, 0.999 for beta2.")
    return number


def _left(beta: float, count: int) -> Decimal:
    """1 - beta^count, to 40 digits at least."""
    return DIGITS.subtract(Decimal(1), DIGITS.power(Decimal(beta), count))


def _scaled(x: float, factor: Decimal) -> tuple[float, int]:
    """x factor as a number near 1 to 2^54, rounded once, and an exponent: no subnormal comes between."""
    mantissa, exponent = math.frexp(x)
    return float(DIGITS.multiply(Decimal(mantissa), factor)), exponent
