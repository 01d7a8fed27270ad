"""The log of a sum of exponentials: a soft maximum."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ._arrays import quiet, real_array, result_format, rows_of
from ._shifted import shifted
from ._sums import two_sum

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from ._arrays import Axis


@quiet
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
    z = real_array("logsumexp", "z", z)
    rows = rows_of("logsumexp", "z", z, axis, allow_empty=True)
    batch = rows.split(z)
    if rows.length == 0:
        values = np.full(len(batch), -np.inf)
    else:
        maximum = batch.max(axis=1)
        log, rest = shifted(batch).log_total()
        total, error = two_sum(maximum, log)
        values = np.where(np.isfinite(maximum), total + (error + rest), maximum)
    return rows.join_values(values, result_format(z), keepdims)
