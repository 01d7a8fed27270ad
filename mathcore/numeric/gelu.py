"""The Gaussian error linear unit: x times the probability that a normal variable is below x."""

from __future__ import annotations

import math
from typing import Any

from . import _core
from ._space import Array, ArrayLike, Space, polynomial, space

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
    Phi(x) = erfc(-x / sqrt(2)) / 2 is the distribution function of the standard normal variable; NumPy has no erfc. The
    approximations by tanh and by 1.702 x are other functions, off by up to 5e-4 and 2e-2.

    Source: Hendrycks, Gimpel, Gaussian error linear units (2016), section 2.

    Examples
    --------
    >>> float(gelu(1.0))
    0.8413447460685429
    """
    if (found := _core.gelu(x)) is not NotImplemented:
        return found
    return space("gelu", x=x).by_entry(_gelu, "x", core=_core.gelu)


def _gelu(space: Space, x: Array) -> Array:
    size = space.size(x)
    near = size < NEAR
    a = space.where(near, NEAR, space.where(size > FAR, FAR, size))
    tail = _left_tail(space, a)  # gelu(x) = max(x, 0) - |x| (1 - Phi(|x|))
    value = space.where(x > 0, x - tail, -tail)
    return space.replaced(value, near, lambda x: x * (0.5 + x * polynomial(x * x, SERIES)), x)  # x and the tail would cancel


def _left_tail(space: Space, a: Array) -> Array:
    """a (1 - Phi(a)) for NEAR <= a <= FAR: exp(-a^2/2) times a polynomial; a^2/2 is split, or its rounding would cost digits."""
    grid = 1024 if space.eps < 1e-9 else 64
    head = space.constant(space.xp.round(a * grid) / grid)  # so few bits that its square is exact
    missing = space.xp.expm1((head - a) * (head + a) / 2)  # exp(-a^2/2) = exp(-head^2/2) (1 + missing)
    mills = polynomial((a - CENTRE) / (a + CENTRE), MILLS)
    return (mills + mills * missing) * space.xp.exp(-head * head / 2)
