"""One step of gradient descent with momentum."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from . import _core
from ._arrays import anywhere, flag, floats, foreign, real_array, real_number, result_format, same_shape
from ._blend import HUGE, Stack, blend, factor, few, step_of_few
from ._blocks import NATIVE
from ._elementwise import PIECE, blockwise, room
from ._sums import dot, two_sum

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]
    Exponents = NDArray[np.int32]


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
    name = "momentum_step"
    if foreign(w, gradient, velocity):
        return anywhere(name, w, gradient, velocity, learning_rate, momentum, nesterov=nesterov)  # type: ignore[no-any-return]  # as typed there
    rate = rate_of(name, learning_rate) + 0.0  # -0.0 becomes 0.0, here and below
    share = (momentum if type(momentum) is float else real_number(name, "momentum", momentum)) + 0.0
    if not 0 <= share <= 1:
        raise ValueError(f"{name}: momentum must be from 0 to 1, got {share!r}. Use 0 for plain gradient descent, 0.9 as usual.")
    core = _core.nesterov_step if nesterov else _core.momentum_step
    found = core(w, gradient, velocity, rate, share)
    if found is not NotImplemented:
        return found  # type: ignore[no-any-return]  # two
    arrays = None if nesterov else few(w, gradient, velocity)
    if arrays is not None:
        stepped = step_of_few(FewMomenta, *arrays, rate, share)
        if stepped is not None:
            return stepped  # type: ignore[no-any-return]  # two
    w, gradient, velocity = state(name, w=w, gradient=gradient, velocity=velocity)
    found = core(floats(w), floats(gradient), floats(velocity), rate, share)
    if found is not NotImplemented:
        return found  # type: ignore[no-any-return]  # two
    formats = [result_format(w), result_format(velocity)]
    careful = NATIVE in formats
    kept, pull = factor(share), factor(-rate)

    def step(w: Floats, gradient: Floats, velocity: Floats) -> tuple[Floats, Floats]:
        after, rest, trusted = blend(kept, velocity, pull, gradient, careful=careful)
        way = after
        if nesterov:
            way, _, certain = blend(kept, after, pull, gradient, careful=careful)
            way, trusted = way + share * rest, trusted & certain
        new = np.add(w, way, out=room(w))
        after += 0.0  # -0.0 becomes 0.0
        if trusted is not True:
            at = np.flatnonzero(~trusted & ((gradient != 0) | (velocity != 0)))
            if at.size:
                new[at], after[at] = _exactly(w[at], gradient[at], velocity[at], rate, share, nesterov)
        return new, after

    return blockwise(step, [w, gradient, velocity], formats, PIECE)


class FewMomenta(Stack):
    """The step of few weights, without `nesterov`: the terms are the velocity and the gradient."""

    pairs = 1

    def step(self, w: Floats, gradient: Floats, velocity: Floats, rate: float, share: float) -> tuple[Floats, Floats] | None:
        """Unchecked; None where an entry is not to be trusted."""
        if rate > HUGE:
            return None
        self.fill((share, -rate))
        self.terms[0], self.terms[1] = velocity, gradient
        self.split()
        if not self.blend() and not (self.found[0] | ((gradient == 0) & (velocity == 0))).all():
            return None
        after = self.high[0]
        return w + after, after + 0.0  # -0.0 becomes 0.0


def _exactly(w: Floats, gradient: Floats, velocity: Floats, rate: float, share: float, nesterov: bool) -> tuple[Floats, Floats]:
    """Weights and velocity where terms cancel, or are near the ends of the range of floats."""
    high, low, exponent = dot((share, velocity, 0), (-rate, gradient, 0))
    after = np.ldexp(high, exponent) + 0.0
    if nesterov:
        high, low, exponent = dot((share, high, exponent), (share, low, exponent), (-rate, gradient, 0))
    return moved(w, high, low, exponent), after


def state(function: str, **arguments: ArrayLike) -> list[NDArray[Any]]:
    """Weights, gradient and what an optimiser remembers, as arrays of one shape."""
    arrays = [real_array(function, name, value) for name, value in arguments.items()]
    for name, array in zip(arguments, arrays, strict=True):
        same_shape(function, "w", arrays[0], name, array)
    return arrays


def rate_of(function: str, learning_rate: float) -> float:
    """The learning rate as a number that is finite and not negative."""
    rate = learning_rate if type(learning_rate) is float else real_number(function, "learning_rate", learning_rate)
    if not 0 <= rate < math.inf:
        raise ValueError(
            f"{function}: learning_rate must be finite and not negative, got {rate!r}. "
            f"To climb, pass the gradient with its sign changed."
        )
    return rate


def moved(w: Floats, step: Floats, low: Floats, exponent: Exponents) -> Floats:
    """w + (step + low) 2^exponent; where the step alone overflows, half of everything may not."""
    whole = np.ldexp(step, exponent)
    total, error = two_sum(w, whole)
    far = 2 * (w / 2 + np.ldexp(step, exponent - 1))
    return np.where(np.isinf(whole), far, total + (error + np.ldexp(low, exponent)))
