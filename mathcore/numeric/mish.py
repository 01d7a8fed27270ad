"""Mish: x times the hyperbolic tangent of its softplus."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from . import _core
from ._elementwise import elementwise
from .silu import far_left

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]


def mish(x: ArrayLike) -> Any:
    """x tanh(log(1 + exp(x))), within 3 ULP for any finite input (float32, float16: 0.51 ULP), the smallest results included.

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
    The hyperbolic tangent of a logarithm is a quotient: with e = exp(-|x|) it is e / (e + 2 / (e + 2)) left of 0 and
    1 / (1 + 2 e^2 / (1 + 2 e)) right of it. Nothing cancels, and e <= 1 cannot overflow.

    Source: Misra, Mish: a self regularized non-monotonic activation function (2019), equation 1.

    Examples
    --------
    >>> float(mish(-20.0))
    -4.1223072406287606e-08
    """
    return elementwise("mish", _mish, core=_core.mish, x=x)


def _mish(x: Floats) -> Floats:
    e = np.exp(-np.abs(x))
    s = e + 2
    q = 2 / s
    below = e + q
    y = x * e / below
    # the rounding errors of both sums, put back: they are exact differences
    error = np.minimum(e, q) - (below - np.maximum(e, q)) - q * (e - (s - 2)) / s
    y -= y * (error / below)
    return far_left(x, np.where(x < 0, y, x / (1 + e * (2 * e / (1 + 2 * e)))))
