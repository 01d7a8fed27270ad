"""Of one score at a time: mish."""

from __future__ import annotations

from typing import Any

from ._space import Space
from .activations import positive, size_of


def mish(x: Any) -> Any:
    space = Space("mish", x=x)
    x = space.real("x")
    infinite = space.xp.isinf(x)
    inner = space.where(infinite, 0.0, x)
    half = space.xp.exp(-size_of(space, inner) / 2)  # twice, for x exp(x) is a normal number where exp(x) no longer is
    e = half * half
    left = (inner * half) * (half / (e + 2 / (e + 2)))
    right = inner / (1 + e * (2 * e / (1 + 2 * e)))
    return space.out(space.where(infinite, positive(space, x), space.where(x > 0, right, left)))
