"""Of numbers: squared, absolute and Huber losses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ._space import Space

if TYPE_CHECKING:
    from .._arrays import Axis, Rows

    Array = Any


def _means(function: str, t: Array, y: Array, axis: Axis) -> tuple[Space, Rows, Array, Array, Array]:
    """The residuals y - t, and the scale by which they are divided, a power of two a row: no square or sum leaves the range."""
    space = Space(function, t=t, y=y)
    space.same_shape("t", "y")
    rows = space.rows("y", axis)
    xp, t, y = space.xp, space.real("t"), space.real("y")
    narrow = space.eps > 1e-9
    most, unit = (2.0**52, 2.0**24) if narrow else (2.0**480, 2.0**40)
    residual = y - t
    far = xp.isinf(residual) & xp.isfinite(y) & xp.isfinite(t)
    size = space.most(space.constant(xp.abs(space.where(far, space.largest, residual))), rows.reduced)
    scale = space.where(size > most, unit, space.where(size < 1 / most, 1 / unit, 1.0))
    scale = space.where(size == xp.inf, 1.0, space.where(size > 0, scale, 1.0))
    divided = space.where(far, y / unit - t / unit, residual / scale)
    return space, rows, divided, scale, residual


def mean_squared_error(t: Array, y: Array, *, axis: Axis = None) -> Array:
    space, rows, residual, scale, _ = _means("mean_squared_error", t, y, axis)
    return space.values(_mean_square(space, rows, residual, scale), rows)


def mean_squared_error_value_and_grad(t: Array, y: Array, *, axis: Axis = None) -> tuple[Array, Array]:
    space, rows, residual, scale, plain = _means("mean_squared_error_value_and_grad", t, y, axis)
    half = rows.length / 2
    gradient = space.where(space.xp.isinf(plain), residual / half * scale, plain / half)
    return space.values(_mean_square(space, rows, residual, scale), rows), space.out(gradient + 0.0)


def _mean_square(space: Space, rows: Rows, residual: Array, scale: Array) -> Array:
    return space.total(residual * residual, rows.reduced) / rows.length * scale * scale


def mean_absolute_error(t: Array, y: Array, *, axis: Axis = None) -> Array:
    space, rows, divided, scale, residual = _means("mean_absolute_error", t, y, axis)
    return space.values(_mean_size(space, rows, divided, scale, residual), rows)


def mean_absolute_error_value_and_grad(t: Array, y: Array, *, axis: Axis = None) -> tuple[Array, Array]:
    space, rows, divided, scale, residual = _means("mean_absolute_error_value_and_grad", t, y, axis)
    sign = space.where(residual > 0, 1.0, space.where(residual < 0, -1.0, residual))
    gradient = sign / rows.length + 0.0
    return space.values(_mean_size(space, rows, divided, scale, residual), rows), space.out(gradient)


def _mean_size(space: Space, rows: Rows, divided: Array, scale: Array, residual: Array) -> Array:
    """The small residuals beside huge ones are sized before they are divided: their slopes are not to vanish."""
    sizes = space.where(space.xp.isinf(residual), _size(space, divided), _size(space, residual) / scale)
    return space.total(sizes, rows.reduced) / rows.length * scale


def _size(space: Space, x: Array) -> Array:
    """|x|, with the slope 0 at 0."""
    return space.where(x == 0, 0.0, space.where(x > 0, x, -x))
