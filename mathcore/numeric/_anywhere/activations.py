"""Of one score at a time."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from ..gelu import CENTRE, FAR, MILLS, NEAR, SERIES
from ..tanh import NEAR as RATIONAL
from ..tanh import P, Q
from ._space import Space

if TYPE_CHECKING:
    from collections.abc import Sequence

    Array = Any


def _one(function: str, x: Array) -> tuple[Space, Array]:
    space = Space(function, x=x)
    return space, space.real("x")


def size_of(space: Space, x: Array) -> Array:
    """|x|, with the slope of -x at 0: where two formulas meet there, the left one gives the slope."""
    return space.where(x > 0, x, -x)


def positive(space: Space, x: Array) -> Array:
    """max(x, 0)."""
    return space.where(x <= 0, 0.0, x)


def sigmoid(x: Array) -> Array:
    space, x = _one("sigmoid", x)
    return space.out(_sigmoid(space, x))


def _sigmoid(space: Space, x: Array) -> Array:
    e = space.xp.exp(-size_of(space, x))
    return space.where(x > 0, 1.0, e) / (1 + e)


def softplus(x: Array) -> Array:
    space, x = _one("softplus", x)
    return space.out(softplus_of(space, x))


def softplus_of(space: Space, x: Array) -> Array:
    return positive(space, x) + space.log1p(space.xp.exp(-size_of(space, x)))


def log_sigmoid(x: Array) -> Array:
    space, x = _one("log_sigmoid", x)
    return space.out(-softplus_of(space, -x))


def silu(x: Array) -> Array:
    space, x = _one("silu", x)
    infinite = space.xp.isinf(x)
    inner = space.where(infinite, 0.0, x)
    half = space.xp.exp(-size_of(space, inner) / 2)  # twice, for x exp(x) is a normal number where exp(x) no longer is
    quotient = 1 / (1 + half * half)
    value = space.where(x > 0, inner * quotient, (inner * half) * (half * quotient))
    return space.out(space.where(infinite, positive(space, x), value))


def tanh(x: Array) -> Array:
    """By exponentials, which libraries have to an ULP; near 0 by the rational function of the NumPy path."""
    space, x = _one("tanh", x)
    size = size_of(space, x)
    near = size < RATIONAL
    inner = space.where(near, x, 0.0)
    z = inner * inner
    fraction = polynomial(z, P) / polynomial(z, Q)
    e = space.xp.exp(-2 * size)
    far = (1 - e) / (1 + e)
    return space.out(space.where(near, inner + inner * (z * fraction), space.where(x > 0, far, -far)))


def relu(x: Array) -> Array:
    space, x = _one("relu", x)
    return space.out(positive(space, x))


def leaky_relu(x: Array, *, slope: Any = 0.01) -> Array:
    space, x = _one("leaky_relu", x)
    demand = "be finite and at least 0, got {}. Use a small positive number such as 0.01, or 0 for relu."
    slope = space.parameter("slope", slope, lambda s: (0 <= s) & (s < math.inf), demand)
    if isinstance(slope, float) and slope == 0:
        return space.out(positive(space, x))
    return space.out(space.where(x > 0, x, slope * x))


def gelu(x: Array) -> Array:
    """max(x, 0) - |x| (1 - Phi(|x|)), as in the NumPy path; near 0 the Taylor series of Phi."""
    space, x = _one("gelu", x)
    xp, size = space.xp, size_of(space, x)
    near = size < NEAR
    a = space.where(near, NEAR, space.where(size > FAR, FAR, size))
    grid = 1024 if space.eps < 1e-9 else 64
    head = space.constant(xp.round(a * grid) / grid)  # so few bits that its square is exact
    missing = xp.expm1((head - a) * (head + a) / 2)
    s = (a - CENTRE) / (a + CENTRE)
    mills = polynomial(s, MILLS)
    tail = (mills + mills * missing) * xp.exp(-head * head / 2)
    inner = space.where(near, x, 0.0)
    square = inner * inner
    series = inner / 2 + square * polynomial(square, SERIES)
    return space.out(space.where(near, series, positive(space, x) - tail))


def logit(p: Array, *, validate: bool = True) -> Array:
    space = Space("logit", p=p)
    if validate:
        remedy = "If these are scores, they are logits already; otherwise correct them, or pass validate=False to get nan there."
        space.check_between("p", 0, 1, "probabilities must be from 0 to 1; {} is {}. " + remedy)
    xp, p = space.xp, space.real("p")
    low = p < 0.5
    q = space.where(low, p, 1 - p)
    small, end, wrong = q < 2.0**-100, q == 0, q < 0
    inner = space.where(small, 0.25, q)
    near_end = -xp.log(space.where(end | wrong | ~small, 1.0, q))
    size = space.where(small, near_end, space.log1p((1 - 2 * inner) / inner))
    size = space.where(wrong, xp.nan, space.where(end, xp.inf, size))
    return space.out(space.where(low, -size, size))


def polynomial(x: Array, coefficients: Sequence[float]) -> Array:
    """By Horner's rule, the constant coefficient first."""
    value = x * coefficients[-1] + coefficients[-2]
    for c in coefficients[-3::-1]:
        value = value * x + c
    return value
