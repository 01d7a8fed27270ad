"""Mish: x times the hyperbolic tangent of its softplus."""

from __future__ import annotations

from typing import Any

from . import _core
from ._space import Array, ArrayLike, Space, space
from .silu import ZERO_FROM, far_left


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
    Source: Misra, Mish: a self regularized non-monotonic activation function (2019), equation 1.

    Examples
    --------
    >>> float(mish(-20.0))
    -4.1223072406287606e-08
    """
    if (found := _core.mish(x)) is not NotImplemented:
        return found
    return space("mish", x=x).by_entry(_mish, "x", core=_core.mish)


def _mish(space: Space, x: Array) -> Array:
    held = space.where(x < ZERO_FROM, ZERO_FROM, x)
    e = space.xp.exp(-space.size(held))
    left = held * (e / (e + 2 / (e + 2)))
    value = space.where(held > 0, held / (1 + e * (2 * e / (1 + 2 * e))), left)
    return space.replaced(value, held < -space.reach, lambda x: far_left(space, x), held)
