"""The sigmoid linear unit, also called swish: x times its sigmoid."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ._elementwise import ONE, unary

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from ._elementwise import Room

    Floats = NDArray[np.float64]

LEFT = -709.0  # left of it exp(-x) is about to overflow
DOUBLINGS = 122
SHIFT = 84.56395602831333  # 122 log 2 within 2^-53, and a multiple of 2^-43: adding it to x < LEFT is exact
ZERO_FROM = -1000.0  # left of it the result is below half of the smallest subnormal number


def silu(x: ArrayLike) -> Any:
    """x / (1 + exp(-x)), within 2 ULP for any finite input (float32, float16: 0.51 ULP), the smallest results included.

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
    One division, and the rounding error of 1 + exp(-x) put back, as in `sigmoid`. Far left x exp(x) may be a normal number
    where exp(x) is no longer one: there it is x exp(x + 122 log 2) 2^-122.

    Source: Elfwing, Uchibe, Doya, Sigmoid-weighted linear units, Neural Networks 107 (2018), equation 8.

    Examples
    --------
    >>> float(silu(-20.0))
    -4.122307203584e-08
    """
    return unary("silu", "x", x, _silu)


def _silu(x: Floats, careful: bool, out: Room = None, e: Room = None) -> Floats:
    e = np.negative(x, e)
    np.exp(e, e)
    out = np.add(e, ONE, out)
    if careful:
        np.subtract(out, e, e)
        np.subtract(e, ONE, e)  # the error of the rounded sum: exactly, where exp(-x) >= 1
        np.divide(e, out, e)
    np.divide(x, out, out)
    if careful:
        np.multiply(e, out, e)
        np.add(out, e, out)
        if not x.item(x.argmax()) < np.inf:
            out[x == np.inf] = np.inf  # the correction is 0 times inf there
    return far_left(x, out)


def far_left(x: Floats, out: Floats) -> Floats:
    """`out`, with x exp(x) in it wherever exp(x) alone would lose digits."""
    if not x.item(x.argmin()) >= LEFT:
        left = x < LEFT
        far = np.maximum(x[left], ZERO_FROM)
        out[left] = np.ldexp(far * np.exp(far + SHIFT), -DOUBLINGS)
    return out
