"""Steps of optimisers. Weights and what is remembered keep their own formats."""

from __future__ import annotations

import math
from decimal import Context, Decimal
from typing import TYPE_CHECKING, Any

from .._arrays import foreign
from ..adam_step import ONE, _count, _left
from ._space import Space

if TYPE_CHECKING:
    Array = Any

DIGITS = Context(prec=60)  # a beta near 1 has 1 - beta in its logarithm, which loses 16 of them


def _state(function: str, learning_rate: Any, **arguments: Array) -> tuple[Any, ...]:
    space = Space(function, **arguments)
    for name in arguments:
        space.same_shape("w", name)
    demand = "be finite and not negative, got {}. To climb, pass the gradient with its sign changed."
    rate = space.parameter("learning_rate", learning_rate, lambda r: (0 <= r) & (r < math.inf), demand)
    return space, rate, *[space.real(name) for name in arguments]


def gradient_descent_step(w: Array, gradient: Array, learning_rate: Any) -> Array:
    space, rate, w, gradient = _state("gradient_descent_step", learning_rate, w=w, gradient=gradient)
    step = rate * gradient
    far = space.xp.isinf(step) & space.xp.isfinite(gradient)  # half of everything may not overflow
    return space.out(space.where(far, 2 * (w / 2 - rate / 2 * gradient), w - step), "w")


def momentum_step(
    w: Array, gradient: Array, velocity: Array, learning_rate: Any, momentum: Any = 0.9, *, nesterov: bool = False
) -> tuple[Array, Array]:
    name = "momentum_step"
    space, rate, w, gradient, velocity = _state(name, learning_rate, w=w, gradient=gradient, velocity=velocity)
    demand = "be from 0 to 1, got {}. Use 0 for plain gradient descent, 0.9 as usual."
    share = space.parameter("momentum", momentum, lambda m: (0 <= m) & (m <= 1), demand)
    after, rest = _blend(space, share, velocity, -rate, gradient)
    way = after
    if nesterov:
        way, _ = _blend(space, share, after, -rate, gradient, share * rest)
    return space.out(w + way, "w"), space.out(after + 0.0, "velocity")


def _blend(space: Space, a: Any, x: Array, b: Any, y: Array, more: Any = 0.0) -> tuple[Array, Array]:
    """a x + b y + more, and what rounding took: the terms may cancel, `more` is small."""
    (first, first_error), (second, second_error) = space.two_product(x, a), space.two_product(y, b)
    total, error = space.two_sum(first, second)
    rest = error + (first_error + second_error + more)
    high = total + rest
    return high, space.constant((total - high) + rest)


def adam_step(
    w: Array,
    gradient: Array,
    m: Array,
    v: Array,
    t: Any,
    learning_rate: Any = 0.001,
    beta1: Any = 0.9,
    beta2: Any = 0.999,
    epsilon: Any = 1e-8,
) -> tuple[Array, Array, Array]:
    name = "adam_step"
    space, rate, w, gradient, m, v = _state(name, learning_rate, w=w, gradient=gradient, m=m, v=v)
    remedy = "Pass the v that the step before returned, zeros at first; m comes before v."
    space.check_between("v", 0, math.inf, "v, a mean of squares, must be >= 0; {} is {}. " + remedy)
    demand = "be >= 0 and < 1, got {}. Use 0.9 for beta1, 0.999 for beta2."
    share1, share2 = [
        space.parameter(argument, beta, lambda b: (0 <= b) & (b < 1), demand)
        for argument, beta in (("beta1", beta1), ("beta2", beta2))
    ]
    demand = "be positive and finite, got {}. Use 1e-8, or a smaller number."
    small = space.parameter("epsilon", epsilon, lambda e: (0 < e) & (e < math.inf), demand)
    xp = space.xp
    left1, left2 = _left_of(space, share1, t), _left_of(space, share2, t)
    root_left = math.sqrt(left2) if isinstance(left2, float) else xp.sqrt(left2)

    first, _ = _blend(space, share1, m, 1 - share1, gradient)
    limit = 2.0 ** (round(math.log2(space.largest)) // 2)
    unit = space.where(space.constant(xp.abs(gradient)) > limit / 4, limit, 1.0)  # whose square would overflow
    scaled = gradient / unit
    second = share2 * (v / unit / unit) + (1 - share2) * (scaled * scaled)
    none = second == 0
    root = space.where(none, 0.0, xp.sqrt(space.where(none, 1.0, second))) * unit
    rate, divisor = rate * (root_left / left1), root + small * root_left
    large = space.constant(xp.abs(first)) > 1  # neither a quotient that overflows nor a subnormal product comes between
    small_first, large_first = space.where(large, 0.0, first), space.where(large, first, 0.0)
    step = rate * (small_first / divisor) + (rate * large_first) / divisor
    return space.out(w - step, "w"), space.out(first + 0.0, "m"), space.out(second * unit * unit, "v")


def _left_of(space: Space, beta: Any, t: Any) -> Any:
    """1 - beta^t: rounded once of numbers, by expm1 of arrays."""
    if not foreign(beta, t):
        return _left(beta, _count(space.function, t)) / ONE
    xp = space.xp
    if not foreign(t):
        t = _count(space.function, t)
    else:
        if space.says(t < 1):
            raise ValueError(f"{space.function}: t must be at least 1, got {int(t)}. Count the steps from 1.")
        t = space.cast(t, space.dtype)
    if isinstance(beta, float):
        log = float(DIGITS.ln(Decimal(beta))) if beta else -math.inf
        return -xp.expm1(t * log) if beta else 1.0
    return -xp.expm1(t * xp.log(beta))
