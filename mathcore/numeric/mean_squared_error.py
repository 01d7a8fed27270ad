"""Mean squared error: the mean of the squared differences."""

from __future__ import annotations

from typing import Any

from . import _core
from ._space import ENTRIES, VALUE, Array, ArrayLike, Axis, Form, Space, space


def mean_squared_error(t: ArrayLike, y: ArrayLike, *, axis: Axis = None) -> Any:
    """mean((y - t)^2), within 4 ULP for any finite input (float32, float16: 0.51 ULP); no square overflows on the way.

    Parameters
    ----------
    t, y : array_like
        The truth and the prediction, of one shape: float16, float32, float64, integers or booleans.
    axis : int, tuple of int or None
        The axes to average over; None takes all of them.

    Returns
    -------
    numpy.ndarray or numpy scalar
        In the square of the unit of `t`, in the wider float format of the two (float64 for integers). +inf beyond the
        largest float; nan if a difference is nan.

    Raises
    ------
    ValueError
        If the shapes differ, or an axis is out of range or empty.
    TypeError
        If `t` or `y` holds anything but real numbers.
    """
    form, core = lambda row, t, y: _form(row, t, y)[0], _core.mean_squared_error
    return means("mean_squared_error", t, y, axis, form, (VALUE,), core)


def mean_squared_error_value_and_grad(t: ArrayLike, y: ArrayLike, *, axis: Axis = None) -> tuple[Any, Any]:
    """The mean squared error and its gradient 2 (y - t) / n with respect to y, within 2 ULP for any finite input.

    Parameters
    ----------
    t, y, axis
        As in `mean_squared_error`; n is the number of entries averaged over.

    Returns
    -------
    values : numpy.ndarray or numpy scalar
        Bit for bit those of `mean_squared_error`.
    gradient : numpy.ndarray or numpy scalar
        Of the shape of `y`: for each mean, its own gradient.

    Raises
    ------
    ValueError, TypeError
        As in `mean_squared_error`.
    """
    name, core = "mean_squared_error_value_and_grad", _core.mean_squared_error_value_and_grad
    return means(name, t, y, axis, _form, (VALUE, ENTRIES), core)  # type: ignore[no-any-return]  # two


def means(function: str, t: ArrayLike, y: ArrayLike, axis: Axis, form: Form, gives: tuple[str, ...], core: Form) -> Any:
    """What the form gives for the rows of labels t and predictions y."""
    if (found := core(t, y, axis)) is not NotImplemented:
        return found
    call = space(function, t=t, y=y)
    call.same_shape("t", "y")
    call.along("y", axis)
    return call.by_row(form, "t", "y", gives=gives, core=core)


def _form(row: Space, t: Array, y: Array) -> tuple[Array, Array]:
    residual, scale, plain = residuals(row, t, y)
    half = row.length / 2
    gradient = row.where(row.xp.isinf(plain), residual / half * scale, plain / half)
    return row.total(residual * residual) / row.length * scale * scale, gradient + 0.0  # -0.0 becomes 0.0


def residuals(row: Space, t: Array, y: Array) -> tuple[Array, Array, Array]:
    """(y - t) / scale, the scale, and y - t; the scale is a power of two a row by which no square or sum leaves the range."""
    plain = y - t
    size = row.max(abs(plain))
    most, unit = (2.0**480, 2.0**40) if row.eps < 1e-9 else (2.0**52, 2.0**24)
    extreme = (size > most) | (size < 1 / most)
    if not row.perhaps(extreme):
        return plain, row.where(extreme, size, 1.0), plain
    far = row.xp.isinf(plain) & row.xp.isfinite(y) & row.xp.isfinite(t)  # a difference may overflow where its share does not
    size = row.max(abs(row.where(far, row.largest, plain)))
    scale = row.where(size > most, unit, row.where(size < 1 / most, 1 / unit, 1.0))
    scale = row.where((size > 0) & (size < row.xp.inf), scale, 1.0)
    return row.where(far, y / unit - t / unit, plain / scale), scale, plain
