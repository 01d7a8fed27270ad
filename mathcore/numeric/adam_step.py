"""One step of Adam."""

from __future__ import annotations

import math
import operator
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal
from typing import TYPE_CHECKING, Any

import numpy as np

from ._arrays import cast, quiet, real_number, result_format
from ._sums import two_sum
from .binary_crossentropy import complement
from .momentum_step import dot, moved, rate_of, state, two_product

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

DIGITS = Context(prec=60, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[])  # 1 - beta^t loses at most 16 of them


@quiet
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
    w, gradient, m, v = state(name, w=w, gradient=gradient, m=m, v=v)
    _not_negative(name, v)
    rate, (share1, share2) = rate_of(name, learning_rate), (_share(name, "beta1", beta1), _share(name, "beta2", beta2))
    small = real_number(name, "epsilon", epsilon)
    if not 0 < small < math.inf:
        raise ValueError(f"{name}: epsilon must be positive and finite, got {small!r}. Use 1e-8, or a smaller number.")
    count = _count(name, t)
    kept = _left(share2, count).sqrt(DIGITS)
    rate_scale, rate_exponent = _scaled(rate, DIGITS.divide(kept, _left(share1, count)))
    small_scale, small_exponent = _scaled(small, kept)

    slope = gradient.astype(np.float64)
    rest, error = complement(share1)
    first, first_tail, exponent = dot((share1, m.astype(np.float64), 0), (rest, slope, 0), (error, slope, 0))
    m = cast(np.ldexp(first, exponent) + 0.0, result_format(m))

    rest, error = complement(share2)
    mantissa, k = np.frexp(slope)
    square, tail = two_product(mantissa, mantissa)
    moment = dot((share2, v.astype(np.float64), 0), (rest, square, 2 * k), (rest, tail, 2 * k), (error, square, 2 * k))
    second, second_tail, twice = moment
    v = cast(np.ldexp(second, twice), result_format(v))

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
    if (v < 0).any():
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
    number = real_number(function, argument, beta)
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
