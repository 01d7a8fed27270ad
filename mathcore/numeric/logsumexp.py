"""The log of a sum of exponentials: a soft maximum."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from . import _core
from ._arrays import anywhere, flag, floats, foreign, real_array, result_format, rows_of
from ._blocks import SHORT, few_rows, mended, rowwise
from ._exponentials import Exponentials, beyond, log_of_sum, ordinary, set_apart_all
from ._sums import plain_sum, short_sum

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from ._arrays import Axis
    from ._blocks import Block

    Floats = NDArray[np.float64]

FEW_LOGITS = 4  # so few may be near 0 all together, and then the bound is a fraction of an ULP of their exponentials
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
    if not keepdims:
        found = _core.logsumexp(z, axis)
        if found is not NotImplemented:
            return found
    few = None if keepdims else few_rows(axis, z)
    if few is not None:
        return few.work(_logsumexp)
    if foreign(z):
        return anywhere("logsumexp", z, axis=axis, keepdims=keepdims)
    z = real_array("logsumexp", "z", z)
    rows = rows_of("logsumexp", "z", z, axis, allow_empty=True)
    found = _core.logsumexp(floats(z), rows.reduced)
    if found is not NotImplemented:
        return rows.joined(np.asarray(found), keepdims)
    if rows.length == 0:
        values = np.full(rows.batch, -np.inf, result_format(z))
    else:
        values = rowwise(_logsumexp, rows, [z], result_format(z), values=1)[1][0]
    return rows.joined(values, keepdims)


def _logsumexp(block: Block) -> None:
    if block.length > SHORT:
        apart = set_apart_all(block)
        total, wrong = apart.total, apart.wrong
        if wrong is not None and block.strips > 1:
            _logsumexp_with_care(block)
            return
    else:
        e, wrong = ordinary(block, 0, block.like())
        total = short_sum(e, e)
        wrong = beyond(total, wrong)
        if block.length < FEW_LOGITS:  # maybe near 0
            near = (total > 0.5) & (total < 2 * block.length) if block.length > 1 else total > 0
            wrong = near if wrong is None else near | wrong
    values = np.log(total)
    if wrong is not None:
        _, values = mended(block, wrong, _logsumexp_with_care, values=values)
    block.write_values(values)


def _logsumexp_with_care(block: Block) -> None:
    exponentials = Exponentials(block)
    coarse, fine = exponentials.sum()
    near = (exponentials.highest < NEAR) & (exponentials.lowest > -NEAR)
    if near.any():  # n + sum(exp(z) - 1): an exponential near 1 has lost digits that the bound needs
        coarse, fine = np.where(near, float(block.length), coarse), np.where(near, _excess(block, exponentials, near), fine)
    value = log_of_sum(coarse, fine)
    if exponentials.shift is not None:
        beyond = exponentials.highest + exponentials.log_rivals()
        value = np.where(exponentials.shift == 0, value, beyond)
    block.write_values(np.where(np.isfinite(exponentials.largest), value, exponentials.largest))


def _excess(block: Block, exponentials: Exponentials, near: NDArray[np.bool_]) -> Floats:
    """sum(exp(z) - 1) for the rows that are `near` 0."""
    total: Any = 0.0
    for strip in block.pieces():
        total = total + plain_sum(np.expm1(np.where(near, exponentials.logits(strip), 0.0)), block.axis)
    result: Floats = total
    return result
