"""Softmax and its logarithm: exp(z_i) / sum_k exp(z_k)."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

from . import _core
from ._space import Array, ArrayLike, Axis, Space, space


def softmax(z: ArrayLike, *, axis: Axis = -1) -> Any:
    """Probabilities from logits, within 5 ULP for any finite input (float32, float16: 0.51 ULP).

    Parameters
    ----------
    z : array_like
        Logits (log-odds up to a constant a row): float16, float32, float64, integers or booleans, of any shape.
        -inf is a mask: its probability is exactly 0.
    axis : int, tuple of int or None
        The axes of the classes; None takes all of them.

    Returns
    -------
    numpy.ndarray or numpy scalar
        Of the shape of `z`, in its float format (float64 for integers). One +inf in a row gives the one-hot limit; two
        or more, or nothing but -inf, have no limit and give nan; a nan makes its row nan.

    Raises
    ------
    ValueError
        If an axis is out of range or empty.
    TypeError
        If `z` holds anything but real numbers.

    Notes
    -----
    Blanchard, Higham and Higham, *Accurately computing the log-sum-exp and softmax functions* (2021): the exponential of
    unshifted logits is the accurate one. Rows beyond 640, or below 0 with a logit below -640, are shifted by their maximum, with
    the rounding error of the shift kept. The order of the logits is kept in every bit: z_i <= z_j gives s_i <= s_j.

    Examples
    --------
    >>> softmax([0.4, 0.6, 0.2]).round(8).tolist()
    [0.32893292, 0.40175958, 0.2693075]
    """
    if (found := _core.softmax(z, axis)) is not NotImplemented:
        return found
    call = space("softmax", z=z)
    call.along("z", axis)
    return call.by_row(_softmax, "z", core=_core.softmax)


def log_softmax(z: ArrayLike, *, axis: Axis = -1) -> Any:
    """Log-probabilities in nats from logits, within 3.5 ULP for any finite input (float32, float16: 0.51 ULP).

    Never 0 for a finite rival, however far: log_softmax([40, 0, 0])[0] is -8.5e-18.

    Parameters
    ----------
    z : array_like
        Logits: float16, float32, float64, integers or booleans, of any shape. -inf is a mask: its result is -inf.
    axis : int, tuple of int or None
        The axes of the classes; None takes all of them.

    Returns
    -------
    numpy.ndarray or numpy scalar
        Of the shape of `z`, in its float format (float64 for integers). Infinite and nan entries as in `softmax`.

    Raises
    ------
    ValueError
        If an axis is out of range or empty.
    TypeError
        If `z` holds anything but real numbers.
    """
    if (found := _core.log_softmax(z, axis)) is not NotImplemented:
        return found
    call = space("log_softmax", z=z)
    call.along("z", axis)
    return call.by_row(_log_softmax, "z", core=_core.log_softmax)


def _softmax(row: Space, z: Array) -> Array:
    xp, top, least = row.xp, row.max(z), row.min(z)
    # The subtraction of the maximum rounds, and exp makes up to 500 ULP of that: exponentials are shifted only where they would
    # overflow or lose digits. Equal logits are shifted to 0: n times 1 gives exactly 1/n.
    shifted = ~((top <= row.reach) & ((top >= 0) | (least >= -row.reach)) & (least < top))
    if row.perhaps(shifted):
        e = row.where(shifted, _shifted(row, z, top, least), xp.exp(row.where(shifted, 0.0, z)))
    else:
        e = xp.exp(z)
    return e / row.total(e)


def _shifted(row: Space, z: Array, top: Array, least: Array) -> Array:
    """exp(z - top), the rounding of the difference put back."""
    equal = top == least
    z, top = limits(row, z, top)
    distance, slip = row.two_sum(z, -top)
    e = row.xp.exp(distance)
    e = e + e * slip
    # Small logits may be closer together than the roundings above: they keep their order if exp(z) itself is scaled.
    near = (abs(z) < row.reach / 2) & ~equal
    root = row.rounded(row.xp.exp(row.where(near, -top / 2, 0.0)))
    return row.where(near, row.xp.exp(row.where(near, z, 0.0)) * root * root, e)


def _log_softmax(row: Space, z: Array) -> Array:
    return -exponentials(row, z).surprisals


class Exponentials(NamedTuple):
    """Of rows of logits: exp(z - top), where the top is one largest of its row, and the sum of all others, the `rivals`."""

    distance: Array
    slip: Array  # what rounding took of the distance
    e: Array
    rivals: Array
    log: Array

    @property
    def surprisals(self) -> Array:
        """-log(softmax) = log(1 + rivals) + (top - z): two terms >= 0, so that nothing cancels and none is 0 too early."""
        return self.log - self.distance


def exponentials(row: Space, z: Array) -> Exponentials:
    """Of each row, for functions of which the largest entry is to be kept apart from its rivals."""
    xp, top = row.xp, row.max(z)
    if row.perhaps(~xp.isfinite(top)):
        z, top = limits(row, z, top)
    leader, top = row.leader(z)
    distance, slip = row.two_sum(z, -top)  # the rounding of the difference, of which exp makes up to 500 ULP, is put back
    distance = row.still(leader, distance)
    e = xp.exp(distance)
    e = e + e * slip
    rivals = row.where(leader, 0.0, e)
    deep, lift = distance < -row.reach / 2, row.reach / 2
    if row.perhaps(deep):  # their exponentials lose digits or vanish, all their sum may not: it is lifted
        lifted = xp.exp(row.where(deep, distance + lift, -xp.inf))
        rivals = row.total(row.where(deep, 0.0, rivals)) + row.total(lifted + lifted * slip) * math.exp(-lift)
    else:
        rivals = row.total(rivals)
    return Exponentials(distance, slip, e, rivals, row.log1p(rivals))


def limits(row: Space, z: Array, top: Array) -> tuple[Array, Array]:
    """Infinite logits as those of their limit: one +inf is certain; two, or nothing but -inf, have none, which gives nan."""
    xp, infinite = row.xp, z == row.xp.inf
    lost = (top == -xp.inf) | (row.sum(row.where(infinite, 1.0, 0.0)) > 1)
    z = row.where(lost, xp.nan, row.where(top == xp.inf, row.where(infinite, 0.0, -xp.inf), z))
    return z, row.where(lost, xp.nan, row.where(top == xp.inf, 0.0, top))
