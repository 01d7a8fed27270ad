"""One step of gradient descent."""

from __future__ import annotations

import math
from typing import Any

from . import _core
from ._space import Array, ArrayLike, Space, space


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
    call, rate = state("gradient_descent_step", learning_rate, w=w, gradient=gradient)
    return call.by_entry(
        lambda space, w, gradient: _step(space, w, gradient, rate),
        "w",
        "gradient",
        formats=(call.format_of("w"),),
        core=lambda w, gradient: _core.gradient_descent_step(w, gradient, rate),
    )


def state(function: str, learning_rate: Any, **arrays: ArrayLike) -> tuple[Space, Any]:
    """Weights, gradient and what an optimiser remembers, of one shape; and the learning rate."""
    call = space(function, **arrays)
    for name in arrays:
        call.same_shape("w", name)
    demand = "be finite and not negative, got {}. To climb, pass the gradient with its sign changed."
    return call, call.parameter("learning_rate", learning_rate, lambda r: (0 <= r) & (r < math.inf), demand)


def _step(space: Space, w: Array, gradient: Array, rate: Any) -> Array:
    step = rate * gradient
    far = space.xp.isinf(step) & space.xp.isfinite(gradient)
    if not space.perhaps(far):
        return w - step
    return space.where(far, 2 * (w / 2 - rate / 2 * gradient), w - step)  # where the step alone overflows, half of all may not
