"""The log of a sum of exponentials: a soft maximum."""

from __future__ import annotations

import math
from typing import Any

from . import _core
from ._arrays import flag
from ._space import VALUE, Array, ArrayLike, Axis, Space, space

LOW = -50.0  # a largest exponential that small is in any format
NEAR = 0.25  # logits closer to 0 than this are taken together as one sum of exp(z) - 1


def logsumexp(z: ArrayLike, *, axis: Axis = -1, keepdims: bool = False) -> Any:
    """log(sum(exp(z))), within 2 u (|y| + max|z|) for any finite input: it never overflows.

    u is the unit roundoff of the format; max|z| counts because y may be a near zero difference of the maximum and a
    logarithm. The sum of nothing is 0: an empty axis, or nothing but -inf, gives -inf.

    Parameters
    ----------
    z : array_like
        Logits: float16, float32, float64, integers or booleans, of any shape. -inf adds nothing.
    axis : int, tuple of int or None
        The axes to sum over; None takes all of them.
    keepdims : bool
        Keep the summed axes with length 1.

    Returns
    -------
    numpy.ndarray or numpy scalar
        In the float format of `z` (float64 for integers). +inf if any entry is +inf; nan if any is nan.

    Raises
    ------
    ValueError
        If an axis is out of range.
    TypeError
        If `z` holds anything but real numbers.

    Notes
    -----
    Blanchard, Higham and Higham, *Accurately computing the log-sum-exp and softmax functions* (2021).
    """
    flag("logsumexp", "keepdims", keepdims)
    if not keepdims and (found := _core.logsumexp(z, axis)) is not NotImplemented:
        return found
    call = space("logsumexp", z=z)
    call.along("z", axis, allow_empty=True)
    values = call.by_row(_logsumexp, "z", gives=(VALUE,), core=_core.logsumexp)
    return call.kept(values) if keepdims else values


def _logsumexp(row: Space, z: Array) -> Array:
    if row.length < 2:
        return z if row.length else row.sum(z) - math.inf
    xp, top = row.xp, row.max(z)
    shifted = ~((top >= LOW) & (top <= row.reach))  # where exponentials overflow or lose digits, or a logit is infinite
    near = (top < NEAR) & (row.min(z) > -NEAR)
    special = shifted | near
    if row.perhaps(special):
        total, rest, shift = _special(row, z, top, shifted, near)
    else:
        (total, rest), shift = row.pair(xp.exp(z)), 0.0
    value = shift + (row.log(total) + rest / total)
    return row.where(xp.isfinite(top), value, top) if row.perhaps(special) else value


def _special(row: Space, z: Array, top: Array, shifted: Array, near: Array) -> tuple[Array, Array, Array]:
    """The sum of exp(z - shift), what rounding took of it, and the shift."""
    xp = row.xp
    shift = row.where(shifted & xp.isfinite(top), top, 0.0)
    distance, slip = row.two_sum(z, -shift)
    e = xp.exp(row.where(near, 0.0, distance))
    # near 1 exponentials have lost digits that the bound needs: there the sum is n + sum(exp(z) - 1)
    total, rest = row.pair(row.where(near, xp.expm1(row.where(near, z, 0.0)), e + e * slip))
    total, more = row.two_sum(row.where(near, float(row.length), 0.0), total)
    return total, rest + more, shift
