"""The Huber loss: squared near the truth, linear far from it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from . import _core
from ._arrays import anywhere, foreign, real_number
from ._elementwise import elementwise
from ._sums import two_sum

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]


def huber(t: ArrayLike, y: ArrayLike, delta: float = 1.0) -> Any:
    """r^2 / 2 for |r| = |y - t| <= delta, delta (|r| - delta / 2) beyond, within 2 ULP for any finite input.

    Parameters
    ----------
    t, y : array_like
        The truth and the prediction, of one shape: float16, float32, float64, integers or booleans.
    delta : float
        Where the parabola ends and its tangent goes on, positive and finite. In the unit of `t`.

    Returns
    -------
    numpy.ndarray or numpy scalar
        One value an entry, not averaged, in the wider float format of the two (float64 for integers; float32, float16: 0.51
        ULP). +inf beyond the largest float; nan if a difference is nan.

    Raises
    ------
    ValueError
        If the shapes differ, or `delta` is not positive and finite.
    TypeError
        If `t` or `y` holds anything but real numbers, or `delta` is not one number.

    Notes
    -----
    With m = min(|r|, delta) both branches are m (|r| - m / 2): one product, which overflows only where the loss does. The
    rounding of r is carried along (Huber, Robust estimation of a location parameter, 1964).

    Examples
    --------
    >>> huber([0.0, 0.0], [0.5, 3.0]).tolist()
    [0.125, 2.5]
    """
    if foreign(t, y):
        return anywhere("huber", t, y, delta)
    reach = _delta("huber", delta)
    return elementwise("huber", lambda t, y: _loss(t, y, reach), core=lambda t, y: _core.huber(t, y, reach), t=t, y=y)


def huber_value_and_grad(t: ArrayLike, y: ArrayLike, delta: float = 1.0) -> tuple[Any, Any]:
    """The Huber loss and its gradient by y, the residual y - t cut off at -delta and delta, within 0.51 ULP.

    Parameters
    ----------
    t, y, delta
        As in `huber`.

    Returns
    -------
    values : numpy.ndarray or numpy scalar
        Bit for bit those of `huber`.
    gradient : numpy.ndarray or numpy scalar
        Of the shape of `y`: each entry that of its own loss. Divide it by the number of entries for the gradient of the mean.

    Raises
    ------
    ValueError, TypeError
        As in `huber`.
    """
    if foreign(t, y):
        return anywhere("huber_value_and_grad", t, y, delta)  # type: ignore[no-any-return]  # two
    reach = _delta("huber_value_and_grad", delta)

    def both(t: Floats, y: Floats) -> tuple[Floats, Floats]:
        return _loss(t, y, reach), np.clip(y - t, -reach, reach) + 0.0

    def compiled(t: Any, y: Any) -> Any:
        return _core.huber_value_and_grad(t, y, reach)

    return elementwise("huber_value_and_grad", both, core=compiled, outputs=2, t=t, y=y)  # type: ignore[no-any-return]  # two outputs


def _delta(function: str, delta: float) -> float:
    number = real_number(function, "delta", delta)
    if not 0 < number < math.inf:
        raise ValueError(
            f"{function}: delta must be positive and finite, got {number!r}. "
            f"Use mean_squared_error for no linear part, mean_absolute_error for no quadratic one."
        )
    return number


def _loss(t: Floats, y: Floats, delta: float) -> Floats:
    residual, rounding = two_sum(y, -t)
    size = np.abs(residual)
    reach = np.minimum(size, delta)
    loss = reach * _less(size, np.where(residual < 0, -rounding, rounding), reach / 2)
    far = np.isinf(size)
    if far.any():  # a difference of two large floats may overflow where delta times it does not: halves
        half, rounding = two_sum(y[far] / 2, -t[far] / 2)
        loss[far] = 2 * (delta * _less(np.abs(half), np.where(half < 0, -rounding, rounding), delta / 4))
    return loss


def _less(size: Floats, rounding: Floats, taken: Any) -> Floats:
    """(size + rounding) - taken, rounded once."""
    difference, error = two_sum(size, -taken)
    return difference + (error + rounding)
