"""Mean squared error: the mean of the squared differences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from . import _core
from ._arrays import anywhere, floats, foreign, labels_and_predictions, result_format
from ._blocks import few_rows, mended, rowwise
from ._sums import out_of_range, signed_sum, sum_of, sums_of

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from ._arrays import Axis
    from ._blocks import Block

    Floats = NDArray[np.float64]


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
    found = _core.mean_squared_error(t, y, axis)
    if found is not NotImplemented:
        return found
    few = few_rows(axis, t, y)
    if few is not None:
        return few.work(_mean_square)
    if foreign(t, y):
        return anywhere("mean_squared_error", t, y, axis=axis)
    rows, t, y = labels_and_predictions("mean_squared_error", t, y, axis)
    found = _core.mean_squared_error(floats(t), floats(y), rows.reduced)
    if found is not NotImplemented:
        return found
    return rows.joined(rowwise(_mean_square, rows, [t, y], result_format(t, y), values=1)[1][0])


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
    found = _core.mean_squared_error_value_and_grad(t, y, axis)
    if found is not NotImplemented:
        return found  # type: ignore[no-any-return]  # two
    few = few_rows(axis, t, y)
    if few is not None:
        return few.work(_with_gradient)  # type: ignore[no-any-return]  # two
    if foreign(t, y):
        return anywhere("mean_squared_error_value_and_grad", t, y, axis=axis)  # type: ignore[no-any-return]  # two
    rows, t, y = labels_and_predictions("mean_squared_error_value_and_grad", t, y, axis)
    found = _core.mean_squared_error_value_and_grad(floats(t), floats(y), rows.reduced)
    if found is not NotImplemented:
        return found  # type: ignore[no-any-return]  # two
    (gradient,), (value,) = rowwise(_with_gradient, rows, [t, y], result_format(t, y), outputs=1, values=1)
    return rows.joined(value), gradient[()]


def _mean_square(block: Block) -> None:
    def sums(block: Block) -> tuple[Any]:
        truth, prediction = block.load()
        squares = np.subtract(prediction, truth, block.like())
        squares *= squares
        return (signed_sum(block, squares, 1, fine=True),)

    (total,) = sums_of(block, sums)
    wrong, values = out_of_range(total, 1), total / block.length
    if wrong is not None and block.strips > 1:
        _mean_square_with_care(block)
        return
    if wrong is not None:
        _, values = mended(block, wrong, _mean_square_with_care, values=values)
    block.write_values(values)


def _with_gradient(block: Block) -> None:
    length = block.length
    gradient: Any = None

    def sums(block: Block) -> tuple[Any]:
        nonlocal gradient
        truth, prediction = block.load()
        gradient = np.subtract(prediction, truth, block.room())
        total = signed_sum(block, np.multiply(gradient, gradient, block.like()), 1, fine=True)
        gradient /= length / 2
        block.write(gradient)
        return (total,)

    (total,) = sums_of(block, sums)
    wrong, values = out_of_range(total, 1), total / length
    if wrong is not None and block.strips > 1:
        _with_gradient_with_care(block)
        return
    if wrong is not None:
        gradient, values = mended(block, wrong, _with_gradient_with_care, gradient, values)
        block.write(gradient)
    block.write_values(values)


def _mean_square_with_care(block: Block) -> bool:
    """Means of squares; rows of very large or small residuals are scaled by a power of two, as their mean may be in range.

    Returns whether no row had to be.
    """

    def residual(strip: int) -> Floats:
        truth, prediction = block.load(strip)
        difference: Floats = np.subtract(prediction, truth, out=block.like(strip))
        return difference

    def squares(strip: int, scale: Any) -> Floats:
        difference = residual(strip)
        scaled = difference if isinstance(scale, float) else difference * scale
        return np.multiply(scaled, difference, out=scaled)

    total = sum_of(block, squares, 1)
    if np.minimum.reduce(total, axis=None) > 1e-280 and np.maximum.reduce(total, axis=None) < 1e300:
        block.write_values(total / block.length)
        return True
    extreme = ~((total > 1e-280) & (total < 1e300))
    largest: Any = 0.0
    for strip in block.pieces():
        largest = np.maximum(largest, np.maximum.reduce(np.abs(residual(strip)), axis=block.axis, keepdims=True))
    exponent = np.where(extreme & np.isfinite(largest), np.frexp(largest)[1], 0)

    def scaled_squares(strip: int, scale: Any) -> Floats:
        scaled: Floats = np.square(np.ldexp(residual(strip), -exponent)) * scale
        return scaled

    block.write_values(np.ldexp(sum_of(block, scaled_squares, 1, block.length), 2 * exponent))
    return False


def _with_gradient_with_care(block: Block) -> None:
    ordinary = _mean_square_with_care(block)
    half = block.length / 2
    for strip in block.pieces():
        truth, prediction = block.load(strip)
        gradient = np.subtract(prediction, truth, out=block.room(strip))
        far = None if ordinary else np.isinf(gradient)
        gradient /= half
        if far is not None:  # a difference may overflow where its share of the mean does not; quarters are exact
            np.copyto(gradient, (prediction / 4 - truth / 4) / (half / 4), where=far)
        block.write(gradient, strip)
