"""Mean absolute error: the mean of the distances."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from . import _core
from ._arrays import anywhere, floats, foreign, labels_and_predictions, result_format
from ._blocks import few_rows, rowwise, scratch
from ._sums import plain_sum, sum_and_error, two_sum

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from ._arrays import Axis
    from ._blocks import Block

    Floats = NDArray[np.float64]


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
    found = _core.mean_absolute_error(t, y, axis)
    if found is not NotImplemented:
        return found
    few = few_rows(axis, t, y)
    if few is not None:
        return few.as_rows().work(_values)
    if foreign(t, y):
        return anywhere("mean_absolute_error", t, y, axis=axis)
    rows, t, y = labels_and_predictions("mean_absolute_error", t, y, axis)
    found = _core.mean_absolute_error(floats(t), floats(y), rows.reduced)
    if found is not NotImplemented:
        return found
    return rows.joined(rowwise(_values, rows, [t, y], result_format(t, y), values=1)[1][0])


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
    found = _core.mean_absolute_error_value_and_grad(t, y, axis)
    if found is not NotImplemented:
        return found  # type: ignore[no-any-return]  # two
    few = few_rows(axis, t, y)
    if few is not None:
        return few.as_rows().work(_values_and_gradient)  # type: ignore[no-any-return]  # two
    if foreign(t, y):
        return anywhere("mean_absolute_error_value_and_grad", t, y, axis=axis)  # type: ignore[no-any-return]  # two
    rows, t, y = labels_and_predictions("mean_absolute_error_value_and_grad", t, y, axis)
    found = _core.mean_absolute_error_value_and_grad(floats(t), floats(y), rows.reduced)
    if found is not NotImplemented:
        return found  # type: ignore[no-any-return]  # two
    (gradient,), (values,) = rowwise(_values_and_gradient, rows, [t, y], result_format(t, y), outputs=1, values=1)
    return rows.joined(values), gradient[()]


def _values(block: Block) -> None:
    """The mean of each row; rows whose sum might overflow are computed 2^64 smaller."""
    largest: Any = 0.0
    for strip in block.pieces():
        for x in block.load(strip):
            sizes = np.abs(x, out=scratch(x.shape))
            largest = np.maximum(largest, np.maximum.reduce(sizes, axis=block.axis, keepdims=True))
    scale = np.where(largest > 2.0**950, 2.0**-64, 1.0)
    plain: Any = 0.0
    lost: Any = 0.0

    def distances(strip: int) -> Floats:
        nonlocal plain, lost
        t, y = block.load(strip)
        residual, rounding = two_sum(y * scale, t * -scale)
        lost = lost + plain_sum(np.where(residual < 0, -rounding, rounding), block.axis)
        distance = np.abs(residual)
        plain = plain + plain_sum(distance, block.axis)
        return distance

    total, error = sum_and_error(block, distances)
    total = np.where(np.isfinite(total), total + (error + lost), plain)
    block.write_values(total / block.length / scale + 0.0)


def _values_and_gradient(block: Block) -> None:
    _values(block)
    for strip in block.pieces():
        t, y = block.load(strip)
        gradient = block.room(strip)
        np.sign(np.subtract(y, t, out=gradient), out=gradient)
        gradient /= block.length
        gradient += 0.0  # -0.0 becomes 0.0
        block.write(gradient, strip)
