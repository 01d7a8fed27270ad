"""Mean squared error: the mean of the squared differences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ._arrays import quiet, real_array, result_format, rows_of, same_shape
from ._sums import row_sum

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from ._arrays import Axis, Rows

    Floats = NDArray[np.float64]


@quiet
def mean_squared_error(t: ArrayLike, y: ArrayLike, *, axis: Axis = None) -> Any:
    """mean((y - t)^2), within 6 ULP for any finite input (float32, float16: 0.51 ULP); no square overflows on the way.

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
    rows, t, y = _residuals("mean_squared_error", t, y, axis)
    return rows.join_values(_mean_square(rows.split(y) - rows.split(t)), result_format(t, y))


@quiet
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
    rows, t, y = _residuals("mean_squared_error_value_and_grad", t, y, axis)
    truth, prediction = rows.split(t), rows.split(y)
    residual = prediction - truth
    half = rows.length / 2
    # a difference of two large floats may overflow where its share of the mean does not; quarters are exact there
    gradient = np.where(np.isfinite(residual), residual / half, (prediction / 4 - truth / 4) / (half / 4))
    dtype = result_format(t, y)
    return rows.join_values(_mean_square(residual), dtype), rows.join(gradient, dtype)


def _residuals(function: str, t: ArrayLike, y: ArrayLike, axis: Axis) -> tuple[Rows, NDArray[Any], NDArray[Any]]:
    t, y = real_array(function, "t", t), real_array(function, "y", y)
    same_shape(function, "t", t, "y", y)
    return rows_of(function, "y", y, axis), t, y


def _mean_square(residual: Floats) -> Floats:
    """Means of squares, scaled by a power of two: squares of 1e154 or 1e-170 leave the range of float64, their mean may not."""
    largest = np.abs(residual).max(axis=1)
    exponent = np.where(np.isfinite(largest), np.frexp(largest)[1], 0)
    scaled = np.ldexp(residual, -exponent[:, None])
    mean: Floats = row_sum(scaled * scaled)[0] / residual.shape[1]
    return np.asarray(np.ldexp(mean, 2 * exponent))
