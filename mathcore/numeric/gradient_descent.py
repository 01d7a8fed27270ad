"""One step of gradient descent."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from . import _core
from ._arrays import anywhere, floats, foreign, result_format
from ._blocks import FEW, NATIVE, quietly
from ._elementwise import blockwise, room
from .momentum_step import rate_of, state

if TYPE_CHECKING:
    from typing import TypeGuard

    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]


def gradient_descent_step(w: ArrayLike, gradient: ArrayLike, learning_rate: float) -> Any:
    """The weights w - learning_rate gradient, within 4 u (|w| + |step|) for any finite input; u as of the format of w.

    Parameters
    ----------
    w, gradient : array_like
        Weights and the gradient of the loss at them, of one shape: float16, float32, float64, integers or booleans.
    learning_rate : float
        The step per unit of gradient, finite and not negative.

    Returns
    -------
    numpy.ndarray or numpy scalar
        New weights, in the float format of `w` whatever that of the gradient (float64 for integers). `w` is unchanged.

    Raises
    ------
    ValueError
        If the shapes differ, or `learning_rate` is negative, infinite or nan.
    TypeError
        If `w` or `gradient` holds anything but real numbers, or `learning_rate` is not one number.
    """
    if foreign(w, gradient):
        return anywhere("gradient_descent_step", w, gradient, learning_rate)
    name = "gradient_descent_step"
    rate = rate_of(name, learning_rate)
    found = _core.gradient_descent_step(w, gradient, rate)
    if found is not NotImplemented:
        return found
    if small(w) and small(gradient) and w.shape == gradient.shape:
        moved = quietly(moved_at_once, w, gradient, rate)
        if moved is not None:
            return moved
    w, gradient = state(name, w=w, gradient=gradient)
    found = _core.gradient_descent_step(floats(w), floats(gradient), rate)
    if found is not NotImplemented:
        return found

    def step(w: Floats, gradient: Floats) -> tuple[Floats]:
        moved = np.multiply(gradient, rate, out=room(w))
        np.subtract(w, moved, out=moved)
        if not np.isfinite(moved).all():  # where the step alone overflows, half of everything may not
            moved = np.where(np.isinf(rate * gradient), 2 * (w / 2 - rate / 2 * gradient), moved)
        return (moved,)

    return blockwise(step, [w, gradient], [result_format(w)])[0]


def small(x: ArrayLike) -> TypeGuard[Floats]:
    """Arrays of which a call is mostly overhead, where NumPy computes."""
    return not _core.runs() and type(x) is np.ndarray and x.dtype is NATIVE and x.ndim > 0 and 0 < x.size <= FEW


def moved_at_once(w: Floats, gradient: Floats, rate: float) -> Floats | None:
    """The step of `small` arrays, unchecked, by the same operations; None where something may have overflowed."""
    moved: Floats = np.multiply(gradient, rate, order="C")
    np.subtract(w, moved, out=moved)
    return moved if math.isfinite(np.vdot(moved, moved)) else None
