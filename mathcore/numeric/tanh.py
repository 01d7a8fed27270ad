"""The hyperbolic tangent: a sigmoid from -1 to 1."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from ._elementwise import unary

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from ._elementwise import Room

    Floats = NDArray[np.float64]

NEAR = 0.55

# tanh(x) = x + x z P(z) / Q(z) with z = x^2, within 2^-61 of it up to NEAR, with P and Q from the constant coefficient up:
# interpolated at the six Chebyshev points (tests/numeric/test_activations.py computes them again)
P = (-1612.7680543973872, -99.19474243794387, -0.96436267947745)
Q = (4838.3041631921615, 2232.9058925906916, 112.71096151044648, 1.0)


def tanh(x: ArrayLike) -> Any:
    """(exp(x) - exp(-x)) / (exp(x) + exp(-x)), within 2 ULP for any finite input (float32, float16: 0.51 ULP).

    Parameters
    ----------
    x : array_like
        float16, float32, float64, integers or booleans, of any shape.

    Returns
    -------
    numpy.ndarray or numpy scalar
        The shape of `x`, in its float format (float64 for integers). -1 at -inf, 1 at +inf, nan at nan.

    Raises
    ------
    TypeError
        If `x` holds anything but real numbers.

    Notes
    -----
    NumPy's own function, in float64: it keeps the digits near 0, where the difference of two exponentials cancels. NumPy has
    it in vector instructions, within 1.2 ULP; on a processor without them it asks the C library, which may be off by 2.2 ULP
    for |x| < 0.55. Where that is so, a rational function takes over there: it would double the time of any other call.

    Examples
    --------
    >>> float(tanh(1e-10))
    1e-10
    """
    return unary("tanh", "x", x, _by_numpy_or_near_0 if _numpy_is_off() else _by_numpy, rooms=0)


def _by_numpy(x: Floats, careful: bool, out: Room = None) -> Floats:
    return np.tanh(x, out)


def _by_numpy_or_near_0(x: Floats, careful: bool, out: Room = None) -> Floats:
    out = np.tanh(x, out)
    near = np.abs(x) < NEAR
    if careful and near.any():
        out[near] = _near_0(x[near])
    return out


def _near_0(x: Floats) -> Floats:
    z = x * x
    numerator = (P[2] * z + P[1]) * z + P[0]
    denominator = ((z + Q[2]) * z + Q[1]) * z + Q[0]
    return x + x * (z * (numerator / denominator))


@cache
def _numpy_is_off() -> bool:
    """Whether NumPy and the rational function, which is within 1 ULP, are two floats apart anywhere on a grid."""
    x = np.linspace(0.05, NEAR, 512)
    y = _near_0(x)
    return bool((np.abs(np.tanh(x) - y) >= 2 * np.spacing(y)).any())
