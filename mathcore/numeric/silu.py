"""The sigmoid linear unit, also called swish: x times its sigmoid."""

from __future__ import annotations

from typing import Any

from . import _core
from ._space import Array, ArrayLike, Space, space
from .sigmoid import sigmoid_of

ZERO_FROM = -1500.0  # left of it the result is below half of the smallest subnormal number


def silu(x: ArrayLike) -> Any:
    """x / (1 + exp(-x)), within 3 ULP for any finite input (float32, float16: 0.51 ULP), the smallest results included.

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
    Source: Elfwing, Uchibe, Doya, Sigmoid-weighted linear units, Neural Networks 107 (2018), equation 8.

    Examples
    --------
    >>> float(silu(-20.0))
    -4.122307203584e-08
    """
    if (found := _core.silu(x)) is not NotImplemented:
        return found
    return space("silu", x=x).by_entry(_silu, "x", core=_core.silu)


def _silu(space: Space, x: Array) -> Array:
    held = space.where(x < ZERO_FROM, ZERO_FROM, x)
    return space.replaced(held * sigmoid_of(space, held), held < -space.reach, lambda x: far_left(space, x), held)


def far_left(space: Space, x: Array) -> Array:
    """x exp(x) where 1 + exp(x) is 1, which may be a normal number where exp(x) no longer is: half of the exponent at a time."""
    half = space.xp.exp(x / 2)
    return (x * half) * half
