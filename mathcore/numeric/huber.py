"""The Huber loss: squared near the truth, linear far from it."""

from __future__ import annotations

import math
from typing import Any

from . import _core
from ._space import Array, ArrayLike, Space, space

DEMAND = "be positive and finite, got {}. Use mean_squared_error for no linear part, mean_absolute_error for no quadratic one."


def huber(t: ArrayLike, y: ArrayLike, delta: float = 1.0) -> Any:
    """r^2 / 2 for |r| = |y - t| <= delta, delta (|r| - delta / 2) beyond, within 3 ULP for any finite input.

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
    Huber, Robust estimation of a location parameter (1964).

    Examples
    --------
    >>> huber([0.0, 0.0], [0.5, 3.0]).tolist()
    [0.125, 2.5]
    """
    return _huber("huber", t, y, delta, _core.huber, both=False)


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
    return _huber("huber_value_and_grad", t, y, delta, _core.huber_value_and_grad, both=True)  # type: ignore[no-any-return]  # two


def _huber(function: str, t: ArrayLike, y: ArrayLike, delta: float, core: Any, *, both: bool) -> Any:
    call = space(function, t=t, y=y)
    reach = call.parameter("delta", delta, lambda d: (0 < d) & (d < math.inf), DEMAND)
    call.same_shape("t", "y")
    if (found := call.compiled(lambda t, y: core(t, y, reach), ("t", "y"))) is not NotImplemented:
        return found
    if both:
        return call.by_entry(lambda space, t, y: _form(space, t, y, reach), "t", "y", formats=(call.result,) * 2)
    return call.by_entry(lambda space, t, y: _form(space, t, y, reach)[0], "t", "y")


def _form(space: Space, t: Array, y: Array, delta: Any) -> tuple[Array, Array]:
    residual = y - t
    size = abs(residual)
    far = size == space.xp.inf
    inner = space.where(far, 0.0, size)
    m = space.where(inner < delta, inner, delta)
    value = m * (inner - m / 2)  # r^2 / 2 and delta (|r| - delta / 2) in one: it overflows only where the loss does
    if space.perhaps(far):  # a difference of two large floats may overflow where delta times it does not: halves
        beyond = 2 * (delta * (abs(space.where(far, y / 2 - t / 2, 0.0)) - delta / 4))
        value = space.where(far, beyond, space.where(size == size, value, space.xp.nan))
    slope = space.where(residual > delta, delta, space.where(residual < -delta, -delta, residual))
    return value, slope + 0.0  # -0.0 becomes 0.0
