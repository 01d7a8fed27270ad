"""Mean absolute error: the mean of the distances."""

from __future__ import annotations

from typing import Any

from . import _core
from ._space import ENTRIES, VALUE, Array, ArrayLike, Axis, Space
from .mean_squared_error import means, residuals


def mean_absolute_error(t: ArrayLike, y: ArrayLike, *, axis: Axis = None) -> Any:
    """mean(|y - t|), within 2 ULP for any finite input (float32, float16: 0.51 ULP); no sum overflows on the way.

    Parameters
    ----------
    t, y : array_like
        The truth and the prediction, of one shape: float16, float32, float64, integers or booleans.
    axis : int, tuple of int or None
        The axes to average over; None takes all of them.

    Returns
    -------
    numpy.ndarray or numpy scalar
        In the unit of `t`, in the wider float format of the two (float64 for integers). +inf beyond the largest float; nan
        if a difference is nan.

    Raises
    ------
    ValueError
        If the shapes differ, or an axis is out of range or empty.
    TypeError
        If `t` or `y` holds anything but real numbers.

    Examples
    --------
    >>> float(mean_absolute_error([1, 2, 3], [1, 2, 5]))
    0.6666666666666666
    """
    form, core = lambda row, t, y: _form(row, t, y)[0], _core.mean_absolute_error
    return means("mean_absolute_error", t, y, axis, form, (VALUE,), core)


def mean_absolute_error_value_and_grad(t: ArrayLike, y: ArrayLike, *, axis: Axis = None) -> tuple[Any, Any]:
    """The mean absolute error and its gradient sign(y - t) / n with respect to y, within 0.51 ULP for any input.

    Parameters
    ----------
    t, y, axis
        As in `mean_absolute_error`; n is the number of entries averaged over.

    Returns
    -------
    values : numpy.ndarray or numpy scalar
        Bit for bit those of `mean_absolute_error`.
    gradient : numpy.ndarray or numpy scalar
        Of the shape of `y`: for each mean, its own gradient. 0 where y = t: the loss has a corner there, and 0 is the one
        of its slopes from -1/n to 1/n at which a perfect prediction stays put.

    Raises
    ------
    ValueError, TypeError
        As in `mean_absolute_error`.
    """
    name, core = "mean_absolute_error_value_and_grad", _core.mean_absolute_error_value_and_grad
    return means(name, t, y, axis, _form, (VALUE, ENTRIES), core)  # type: ignore[no-any-return]  # two


def _form(row: Space, t: Array, y: Array) -> tuple[Array, Array]:
    residual, scale, plain = residuals(row, t, y)
    # small residuals beside huge ones are sized before they are divided: their slopes are not to vanish
    sizes = row.where(row.xp.isinf(plain), row.away(residual), row.away(plain) / scale)
    sign = row.where(plain > 0, 1.0, row.where(plain < 0, -1.0, plain))
    return row.total(sizes) / row.length * scale, sign / row.length + 0.0  # -0.0 becomes 0.0
