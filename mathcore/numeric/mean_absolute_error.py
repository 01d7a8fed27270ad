"""Mean absolute error: the mean of the distances."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ._arrays import quiet, real_array, result_format, rows_of, same_shape
from ._sums import two_sum

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from ._arrays import Axis, Rows

    Floats = NDArray[np.float64]


@quiet
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
    rows, t, y = _pair("mean_absolute_error", t, y, axis)
    return rows.join_values(_mean_distance(rows.split(t), rows.split(y)), result_format(t, y))


@quiet
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
    rows, t, y = _pair("mean_absolute_error_value_and_grad", t, y, axis)
    truth, prediction = rows.split(t), rows.split(y)
    gradient = np.sign(prediction - truth) / rows.length + 0.0  # -0.0 becomes 0.0
    dtype = result_format(t, y)
    return rows.join_values(_mean_distance(truth, prediction), dtype), rows.join(gradient, dtype)


def _pair(function: str, t: ArrayLike, y: ArrayLike, axis: Axis) -> tuple[Rows, NDArray[Any], NDArray[Any]]:
    t, y = real_array(function, "t", t), real_array(function, "y", y)
    same_shape(function, "t", t, "y", y)
    return rows_of(function, "y", y, axis), t, y


def _mean_distance(t: Floats, y: Floats) -> Floats:
    """The mean of each row; rows whose sum might overflow are computed 2^64 smaller."""
    largest = np.maximum(np.abs(t), np.abs(y)).max(axis=1, keepdims=True)
    exponent = np.where(largest > 2.0**950, 64, 0)
    if exponent.any():
        t, y = np.ldexp(t, -exponent), np.ldexp(y, -exponent)
    residual, rounding = two_sum(y, -t)
    total = _sum(np.abs(residual), np.where(residual < 0, -rounding, rounding))
    mean: Floats = np.ldexp(total / t.shape[1], exponent[:, 0]) + 0.0
    return mean


def _sum(x: Floats, small: Floats) -> Floats:
    """Row sums of x + small, x >= 0, rounded as if they had been exact.

    Adding a power of two sigma >= (n + 2) max(x) and taking it away splits x into a coarse part, whose sum is exact in any
    order, and a rest (Rump, Ogita and Oishi, Accurate floating-point summation I, 2008, ExtractVector).
    """
    exponent = np.frexp(x.max(axis=1, keepdims=True))[1]
    sigma = np.ldexp(1.0, exponent + (x.shape[1] + 1).bit_length())
    coarse = (x + sigma) - sigma
    total = coarse.sum(axis=1)
    exact: Floats = total + (x - coarse + small).sum(axis=1)
    return np.where(np.isfinite(total), exact, x.sum(axis=1))
