"""One step of gradient descent."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from ._arrays import cast, quiet, real_array, real_number, result_format, same_shape

if TYPE_CHECKING:
    from numpy.typing import ArrayLike


@quiet
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
    name = "gradient_descent_step"
    w, gradient = real_array(name, "w", w), real_array(name, "gradient", gradient)
    same_shape(name, "w", w, "gradient", gradient)
    rate = real_number(name, "learning_rate", learning_rate)
    if not 0 <= rate < math.inf:
        raise ValueError(
            f"{name}: learning_rate must be finite and not negative, got {rate!r}. "
            f"To climb, pass the gradient with its sign changed."
        )
    weights, slope = w.astype(np.float64), gradient.astype(np.float64)
    step = rate * slope
    # where the step alone overflows, half of everything may not
    far = 2 * (weights / 2 - rate / 2 * slope)
    return cast(np.where(np.isinf(step), far, weights - step), result_format(w))
