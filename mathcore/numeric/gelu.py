"""The Gaussian error linear unit: x times the probability that a normal variable is below x."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from ._elementwise import HALF, ZERO, unary

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from ._elementwise import Room

    Floats = NDArray[np.float64]

NEAR, FAR = 0.8, 40.0  # up to NEAR the series, then the Mills ratio; beyond FAR the left tail is 0, in float64

# (Phi(x) - 1/2) / x = sum of SERIES[j] x^(2j): 13 terms of the Taylor series leave less than 2^-60 of it up to NEAR
SERIES = tuple((-0.5) ** j / (math.factorial(j) * (2 * j + 1) * math.sqrt(2 * math.pi)) for j in range(13))

# a (1 - Phi(a)) exp(a^2/2), the Mills ratio times a / sqrt(2 pi), is a polynomial in s = (a - 3) / (a + 3) within 2^-57 of it
# for NEAR <= a <= FAR: interpolated at the 23 Chebyshev points (tests/numeric/test_activations.py computes it again)
CENTRE = 3.0
MILLS = (
    0.3645418450666865,
    0.10987585410794183,
    -0.1396571309714437,
    0.09137734741580546,
    -0.02886294608310477,
    -0.0017451228909192245,
    0.004000106749335008,
    -9.118193277975704e-06,
    -0.000651201985475258,
    -5.109028950729086e-05,
    0.00011660362236812485,
    3.278205055739011e-05,
    -1.6967923869097058e-05,
    -1.2096427904529258e-05,
    6.119823735509457e-08,
    2.92306378811389e-06,
    1.140066660050007e-06,
    -2.3628373408066188e-07,
    -4.686909584928638e-07,
    -1.8358577421908424e-07,
    1.3628421599658232e-07,
    8.876811079526873e-08,
    -4.466721285372518e-08,
)

# arrays, since NumPy would convert Python numbers at every call
_CENTRE, _FAR, _GRID, _MINUS_HALF = np.array(CENTRE), np.array(FAR), np.array(1024.0), np.array(-0.5)
_SERIES, _CONSTANT, *_VARYING = [np.array(c) for c in SERIES], *map(np.array, MILLS)


def gelu(x: ArrayLike) -> Any:
    """x Phi(x) in its exact form, within 4 ULP for any finite input (float32, float16: 0.51 ULP), the smallest results included.

    Parameters
    ----------
    x : array_like
        float16, float32, float64, integers or booleans, of any shape.

    Returns
    -------
    numpy.ndarray or numpy scalar
        The shape of `x`, in its float format (float64 for integers). 0 at -inf (the limit, from below: -0.0), +inf at
        +inf, nan at nan.

    Raises
    ------
    TypeError
        If `x` holds anything but real numbers.

    Notes
    -----
    Phi(x) = erfc(-x / sqrt(2)) / 2 is the distribution function of the standard normal variable. NumPy has no erfc, and
    rounding x / sqrt(2) alone costs x^2 / 2 ULP of a left tail. So gelu(x) = max(x, 0) - |x| (1 - Phi(|x|)), and the last term
    is exp(-x^2/2) times a polynomial; x^2/2 is split into a part that is exact in float64 and a small rest. Near 0, where
    max(x, 0) and the last term would cancel, the Taylor series of Phi is used. These are some 65 passes over the entries,
    several times the cost of a sigmoid.

    The approximations by tanh and by 1.702 x are other functions, off by up to 5e-4 and 2e-2.

    Source: Hendrycks, Gimpel, Gaussian error linear units (2016), section 2.

    Examples
    --------
    >>> float(gelu(1.0))
    0.8413447460685429
    """
    return unary("gelu", "x", x, _gelu, rooms=4)


def _gelu(
    x: Floats, careful: bool, out: Room = None, a: Room = None, s: Room = None, head: Room = None, rest: Room = None
) -> Floats:
    a = np.absolute(x, a)
    np.minimum(a, _FAR, out=a)
    near = a < NEAR
    tail = _left_tail(a, careful, out, s, head, rest)
    np.maximum(x, ZERO, out=a)
    np.subtract(a, tail, tail)
    if near.any():
        y = x[near]
        square = y * y
        tail[near] = y * HALF + square * _polynomial(_SERIES, square)
    return np.copysign(tail, x, tail)  # where it underflows to 0 the difference above has lost the sign


def _left_tail(a: Floats, careful: bool, tail: Room, s: Room, head: Room, rest: Room) -> Floats:
    """a (1 - Phi(a)) for NEAR <= a <= FAR."""
    rest = np.add(a, _CENTRE, rest)
    s = np.subtract(a, _CENTRE, s)
    np.divide(s, rest, s)
    tail = _polynomial(_VARYING, s, tail)
    np.multiply(tail, s, tail)
    if careful:
        head = np.multiply(a, _GRID, head)
        np.rint(head, head)
        np.divide(head, _GRID, head)  # at most 16 bits: its square is exact
        np.subtract(head, a, rest)
        np.add(head, a, s)
        np.multiply(rest, s, rest)
        np.multiply(rest, HALF, rest)
        np.expm1(rest, rest)  # exp(-a^2/2) = exp(-head^2/2) (1 + rest)
        np.add(tail, _CONSTANT, s)
        np.multiply(rest, s, rest)
        np.add(tail, rest, tail)  # the rest joins the smaller summand: the correction costs no rounding of its own
    else:
        head = a
    np.add(tail, _CONSTANT, tail)
    rest = np.multiply(head, head, rest)
    np.multiply(rest, _MINUS_HALF, rest)
    np.exp(rest, rest)
    return np.multiply(tail, rest, tail)


def _polynomial(coefficients: list[NDArray[np.float64]], x: Floats, value: Room = None) -> Floats:
    """By Horner's rule, the constant coefficient first."""
    add, multiply = np.add, np.multiply
    value = multiply(x, coefficients[-1], value)
    add(value, coefficients[-2], value)
    for c in coefficients[-3::-1]:
        multiply(value, x, value)
        add(value, c, value)
    return value
