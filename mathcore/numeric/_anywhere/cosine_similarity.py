"""Of two vectors: the cosine of their angle."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ._space import Space

if TYPE_CHECKING:
    from .._arrays import Axis, Rows


def cosine_similarity(v: Any, w: Any, *, axis: Axis = -1) -> Any:
    space = Space("cosine_similarity", v=v, w=w)
    space.same_shape("v", "w")
    rows = space.rows("v", axis)
    a, b = _scaled(space, "v", rows), _scaled(space, "w", rows)
    length = space.xp.sqrt(space.total(a * a, rows.reduced) * space.total(b * b, rows.reduced))
    cosine = space.total(a * b, rows.reduced) / length
    return space.values(space.where(cosine > 1, 1.0, space.where(cosine < -1, -1.0, cosine)), rows)


def _scaled(space: Space, argument: str, rows: Rows) -> Any:
    """The vectors, each over its largest entry: no square leaves the range."""
    x = space.real(argument)
    size = space.most(space.constant(space.xp.abs(x)), rows.reduced)
    return x / space.where(size > 0, size, 1.0)
