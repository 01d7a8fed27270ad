"""One step of gradient descent with momentum."""

from __future__ import annotations

from functools import partial
from typing import Any

from . import _core
from ._arrays import flag
from ._exactly import momentum as momentum_exactly
from ._space import Array, ArrayLike, Space
from .gradient_descent import state

TINY, HUGE = 2.0**-500, 2.0**500  # between them no product or its error overflows or underflows


def momentum_step(
    w: ArrayLike,
    gradient: ArrayLike,
    velocity: ArrayLike,
    learning_rate: float,
    momentum: float = 0.9,
    *,
    nesterov: bool = False,
) -> tuple[Any, Any]:
    """The weights and the velocity after one step, within 4 u (|w| + |step|) and 1 ULP for any finite input.

    velocity' = momentum velocity - learning_rate gradient; the step is velocity', with `nesterov` momentum velocity' -
    learning_rate gradient. u is the unit roundoff of the format of `w`; where the terms of a step cancel, its digits stay.

    Parameters
    ----------
    w, gradient, velocity : array_like
        Weights, the gradient of the loss at them, and the velocity that the step before returned (zeros at first), of one
        shape: float16, float32, float64, integers or booleans.
    learning_rate : float
        The step per unit of gradient, finite and not negative.
    momentum : float
        From 0 to 1: the share of the velocity that is kept. 0 gives gradient descent.
    nesterov : bool
        Look ahead: apply the momentum to the new velocity once more.

    Returns
    -------
    w : numpy.ndarray or numpy scalar
        New weights, in the float format of `w` whatever the others are (float64 for integers).
    velocity : numpy.ndarray or numpy scalar
        New velocity, in the float format of `velocity`. The arguments are unchanged.

    Raises
    ------
    ValueError
        If the shapes differ, `learning_rate` is negative, infinite or nan, or `momentum` is not from 0 to 1.
    TypeError
        If an array holds anything but real numbers, or `learning_rate` or `momentum` is not one number.

    Notes
    -----
    The signs are those of Keras (SGD): the velocity points where the weights go. Sutskever, Martens, Dahl and Hinton, On the
    importance of initialization and momentum in deep learning (2013), equations (1) to (4).

    Examples
    --------
    >>> w, velocity = momentum_step([1.0], [2.0], [0.5], 0.25, 0.5)
    >>> w.tolist(), velocity.tolist()
    ([0.75], [-0.25])
    """
    flag("momentum_step", "nesterov", nesterov)
    call, rate = state("momentum_step", learning_rate, w=w, gradient=gradient, velocity=velocity)
    demand = "be from 0 to 1, got {}. Use 0 for plain gradient descent, 0.9 as usual."
    share = call.parameter("momentum", momentum, lambda m: (0 <= m) & (m <= 1), demand)

    def step(space: Space, w: Array, gradient: Array, velocity: Array) -> tuple[Array, ...]:
        after, rest = blend(space, share, velocity, -rate, gradient)
        way = blend(space, share, after, -rate, gradient, share * rest)[0] if nesterov else after
        size = abs(after)
        far = ((size < TINY) | (size > HUGE) | (abs(gradient) > HUGE)) & ((gradient != 0) | (velocity != 0))
        exactly = partial(momentum_exactly, rate=rate, share=share, nesterov=nesterov)
        moved = w + way, after + 0.0  # -0.0 becomes 0.0
        return space.mended(moved, far | (rate > HUGE), exactly, w, gradient, velocity)

    core = _core.nesterov_step if nesterov else _core.momentum_step
    formats, compiled = (call.format_of("w"), call.format_of("velocity")), lambda *arrays: core(*arrays, rate, share)
    return call.by_entry(step, "w", "gradient", "velocity", formats=formats, core=compiled)  # type: ignore[no-any-return]  # two


def blend(space: Space, a: Any, x: Array, b: Any, y: Array, more: Any = 0.0) -> tuple[Array, Array]:
    """a x + b y + more, and what rounding took: the terms may cancel, `more` is small."""
    (first, first_error), (second, second_error) = space.two_product(x, a), space.two_product(y, b)
    total, error = space.two_sum(space.rounded(first), space.rounded(second))
    rest = error + (first_error + second_error + more)
    high = total + rest
    return high, space.constant((total - high) + rest)
