"""Sums of products for entries of which little is left, or that lie near the ends of the range: exponents are kept apart.

NumPy's alone: it has frexp and ldexp.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

FAR_BELOW = -20_000  # the exponent of 0: below that of any product


def two_sum(a: Any, b: Any) -> tuple[Any, Any]:
    """The rounded sum and its error, 0 where the sum is not finite (Knuth, TAOCP 2, theorem 4.2.2 B)."""
    total = a + b
    part = total - a
    error = (a - (total - part)) + (b - part)
    return total, np.where(np.isfinite(error), error, 0.0)


def two_product(a: Any, b: Any) -> tuple[Any, Any]:
    """The rounded product and its error: a b = product + error exactly, if neither overflows nor underflows (Dekker, 1971)."""
    product = a * b
    (upper_a, lower_a), (upper_b, lower_b) = _split(a), _split(b)
    return product, lower_a * lower_b - (((product - upper_a * upper_b) - lower_a * upper_b) - upper_a * lower_b)


def _split(x: Any) -> tuple[Any, Any]:
    """x in two parts of 26 digits each (Veltkamp, 1968)."""
    wide = 134_217_729.0 * x
    upper = wide - (wide - x)
    return upper, x - upper


def dot(*terms: tuple[Any, Any, Any]) -> tuple[Any, Any, Any]:
    """The sum of x y 2^k over the terms (x, y, k), as (high + low) 2^exponent: rounded as if it had been exact.

    Products and sums keep what rounding took (Ogita, Rump and Oishi, Accurate sum and dot product, 2005, algorithm Dot2), so
    that terms may cancel to the last hundredth bit.
    """
    products = []
    for x, y, k in terms:
        (a, i), (b, j) = np.frexp(x), np.frexp(y)
        high, low = two_product(a, b)
        finite = np.isfinite(high)
        products.append((high, np.where(finite, low, 0.0), np.where(finite & (high != 0), i + j + k, FAR_BELOW)))
    exponent = np.maximum.reduce([k for _, _, k in products])
    total: Any = 0.0
    rest: Any = 0.0
    for high, low, k in products:
        total, error = two_sum(total, np.ldexp(high, k - exponent))
        rest = rest + (error + np.ldexp(low, k - exponent))
    return *two_sum(total, rest), exponent


def moved(w: Floats, step: Floats, low: Floats, exponent: Any) -> Floats:
    """w + (step + low) 2^exponent; where the step alone overflows, half of everything may not."""
    whole = np.ldexp(step, exponent)
    total, error = two_sum(w, whole)
    far = 2 * (w / 2 + np.ldexp(step, exponent - 1))
    near: Floats = total + (error + np.ldexp(low, exponent))
    return np.where(np.isinf(whole), far, near)


def momentum(w: Floats, gradient: Floats, velocity: Floats, rate: float, share: float, nesterov: bool) -> tuple[Floats, Floats]:
    """Weights and velocity."""
    high, low, exponent = dot((share, velocity, 0), (-rate, gradient, 0))
    after = np.ldexp(high, exponent) + 0.0
    if nesterov:
        high, low, exponent = dot((share, high, exponent), (share, low, exponent), (-rate, gradient, 0))
    return moved(w, high, low, exponent), after


def adam(
    w: Floats,
    gradient: Floats,
    m: Floats,
    v: Floats,
    beta1: float,
    beta2: float,
    rate: tuple[float, int],
    small: tuple[float, int],
) -> tuple[Floats, Floats, Floats]:
    """Weights and moments; `rate` and `small`, corrected, are pairs of a number and an exponent."""
    new = 1 - beta1
    first, first_tail, exponent = dot((beta1, m, 0), (new, gradient, 0), ((1 - new) - beta1, gradient, 0))
    new, (mantissa, k) = 1 - beta2, np.frexp(gradient)
    square, tail = two_product(mantissa, mantissa)
    lost = (1 - new) - beta2
    second, second_tail, twice = dot((beta2, v, 0), (new, square, 2 * k), (new, tail, 2 * k), (lost, square, 2 * k))

    half = np.maximum(twice >> 1, small[1])
    root = np.ldexp(np.sqrt(np.ldexp(second, twice & 1)), (twice >> 1) - half)
    divisor, error = two_sum(root, np.ldexp(small[0], small[1] - half))
    # what rounding takes is carried along: sqrt(x + e) is about sqrt(x) + e / (2 sqrt(x))
    error = error + np.where(second == 0, 0.0, root * (second_tail / second) / 2)
    ratio = first / divisor
    back, back_error = two_product(ratio, divisor)
    remainder = ((first - back) - back_error) + (first_tail - ratio * error)
    step, low = two_product(-rate[0], ratio)
    new_w = moved(w, step, low - rate[0] * (remainder / divisor), rate[1] + exponent - half)
    return new_w, np.ldexp(first, exponent) + 0.0, np.ldexp(second, twice)
