"""Of one score at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .._space import polynomial as polynomial

if TYPE_CHECKING:
    from ._space import Space

    Array = Any


def size_of(space: Space, x: Array) -> Array:
    """|x|, with the slope of -x at 0: where two formulas meet there, the left one gives the slope."""
    return space.where(x > 0, x, -x)


def positive(space: Space, x: Array) -> Array:
    """max(x, 0)."""
    return space.where(x <= 0, 0.0, x)
