"""Of rows of logits: softmax, its logarithm, and the log of the sum of exponentials."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ._space import Space

if TYPE_CHECKING:
    from .._arrays import Axis

    Array = Any

GONE = 1000.0  # exp(-GONE) is 0 in every format


class Exponentials(NamedTuple):
    """exp(z - highest) of rows of logits, and what follows; infinite logits are those of their limit, nan where it has none.

    `rivals` is the sum of all exponentials but one largest: log1p of it is the log of the sum over the largest. `distance`
    is z - highest.
    """

    highest: Array
    top: Array
    distance: Array
    e: Array
    rivals: Array
    live: Array

    def log(self, space: Space) -> Array:
        return space.xp.log1p(self.rivals)

    def surprisals(self, space: Space) -> Array:
        """-log_softmax: two terms of one sign."""
        distance = space.where(self.live, self.distance, 0.0)
        return space.where(self.live, self.log(space) - distance, space.xp.inf) + 0.0 * self.rivals


def exponentials(space: Space, z: Array, axes: tuple[int, ...], label: Array | None = None) -> Exponentials:
    """The exponentials of rows.

    The shift by the largest logit is a constant to differentiation, since the result does not depend on it. Where it is
    the `label` (a mask of one entry a row) that is largest, the logits are taken as differences from it instead: so the
    gradient of its loss is summed from the rivals alone, and none is lost where its probability is nearly 1.
    """
    xp = space.xp
    given = space.constant(z)
    peak = space.most(given, axes)
    infinite = peak == xp.inf
    many = space.count(given == xp.inf, axes) > 1
    lost = (peak == -xp.inf) | (infinite & many)
    limit = space.where(given == xp.inf, 0.0, -xp.inf)
    z = space.where(lost, xp.nan, space.where(infinite, limit, z))
    given = space.constant(z)
    highest = space.where(lost, xp.nan, space.where(infinite, 0.0, peak))
    live = given != -xp.inf
    top = given == highest
    count = space.count(top, axes)

    shown = space.where(live, z, highest)
    if label is None:
        led = None
        distance, slip = space.two_sum(shown, -highest)
    else:
        led = (space.count(label & top, axes) == 1) & (count == 1)
        leader = space.sum(space.where(label, z, 0.0), axes)
        leader = space.where(led, leader, 0.0)
        distance, slip = space.two_sum(shown, -highest)
        distance = distance - (leader - space.constant(leader))
    far = space.constant(distance) < -GONE
    slip = space.where(far, 0.0, slip)
    held = space.where(far, -GONE, distance)
    e = xp.exp(held)
    e = space.where(live, e + e * slip, 0.0)
    rise = xp.expm1(space.where(top, held, 0.0))
    if led is not None:
        rise = space.where(led, 0.0, rise)
    rivals = space.total(space.where(top, rise, e), axes) + (count - 1)
    return Exponentials(highest, top, distance, e, rivals, live)


def softmax(z: Array, *, axis: Axis = -1) -> Array:
    space = Space("softmax", {"z": z})
    rows = space.rows("z", axis)
    found = exponentials(space, space.real("z"), rows.reduced)
    return space.out(found.e / (1 + found.rivals))


def log_softmax(z: Array, *, axis: Axis = -1) -> Array:
    space = Space("log_softmax", {"z": z})
    rows = space.rows("z", axis)
    found = exponentials(space, space.real("z"), rows.reduced)
    return space.out(-found.surprisals(space))


def logsumexp(z: Array, *, axis: Axis = -1, keepdims: bool = False) -> Array:
    space = Space("logsumexp", {"z": z})
    xp, rows, z = space.xp, space.rows("z", axis, allow_empty=True), space.real("z")
    if rows.length == 0:
        shape = tuple(1 if a in rows.reduced else size for a, size in enumerate(rows.shape))
        return space.values(xp.full(shape, -xp.inf, dtype=space.dtype, **space.placed), rows, keepdims)
    found = exponentials(space, z, rows.reduced)
    peak = space.most(space.constant(z), rows.reduced)
    finite = xp.isfinite(peak)
    value = space.where(finite, found.highest + found.log(space), peak)
    return space.values(value, rows, keepdims)
