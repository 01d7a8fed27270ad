"""Of rows of logits: softmax, its logarithm, and the log of the sum of exponentials."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

from ._space import Space

if TYPE_CHECKING:
    Array = Any

GONE = 1000.0  # exp(-GONE) is 0 in every format


class Exponentials(NamedTuple):
    """exp(z - highest) of rows of logits, and what follows; infinite logits are those of their limit, nan where it has none.

    `distance` is z - highest. `rivals` is the sum of all exponentials but one largest: log1p of it, `log`, is the log of the
    sum over the largest.
    """

    highest: Array
    distance: Array
    e: Array
    rivals: Array
    log: Array

    @property
    def probabilities(self) -> Array:
        return self.e / (1 + self.rivals)

    @property
    def surprisals(self) -> Array:
        """-log_softmax: two terms of one sign."""
        return self.log - self.distance


def exponentials(space: Space, z: Array, axes: tuple[int, ...], label: Array | None = None) -> Exponentials:
    """The exponentials of rows.

    The shift by the largest logit is a constant to differentiation, since no result depends on it. But where the `label`
    (a mask of at most one entry a row) has the largest, all logits are taken as differences from it, its own is 0, and the
    gradient of its loss is summed from the rivals alone: nothing is lost where its probability is nearly 1.
    """
    xp = space.xp
    given = space.constant(z)
    peak = space.most(given, axes)
    infinite, at_limit = peak == xp.inf, given == xp.inf
    lost = (peak == -xp.inf) | (infinite & (space.count(at_limit, axes) > 1))
    z = space.where(lost, xp.nan, space.where(infinite, space.where(at_limit, 0.0, -xp.inf), z))
    highest = space.where(lost, xp.nan, space.where(infinite, 0.0, peak))
    given = space.constant(z)
    top, masked = given == highest, given == -xp.inf
    count = space.count(top, axes)

    distance = z - highest
    far = space.constant(distance) < -GONE
    _, slip = space.two_sum(space.where(masked, highest, given), -highest)
    slip = space.where(far, 0.0, slip)
    led = None
    if label is not None:
        led = (space.count(label & top, axes) == 1) & (count == 1)
        leader = space.where(led, space.sum(space.where(label & led, z, 0.0), axes), 0.0)
        distance = space.where(label & led, 0.0, distance - (leader - space.constant(leader)))
    held = space.where(far, -GONE, distance)
    low, lift = (-600.0, 400.0) if space.eps < 1e-9 else (-60.0, 40.0)
    sunk = ~top & (space.most(space.where(top, -GONE, space.constant(held)), axes) < low)
    e = xp.exp(held + space.where(sunk, lift, 0.0))  # exact: rivals that are all about to be subnormal keep their digits so
    e = e * (1 + slip)  # no small product: XLA takes subnormal numbers for 0
    rise = xp.expm1(space.where(top, held, 0.0))  # 0, with the slope of the exponential
    if led is not None:
        rise = space.where(led, 0.0, rise)
    drop = space.where(space.count(sunk, axes) > 0, math.exp(-lift), 1.0)
    rivals = space.total(space.where(top, 0.0, e), axes) * drop + space.sum(space.where(top, rise, 0.0), axes) + (count - 1)
    return Exponentials(highest, distance, space.where(sunk, e * drop, e), rivals, space.log1p(rivals))
