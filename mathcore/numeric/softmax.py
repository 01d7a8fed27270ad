"""Softmax and its logarithm: exp(z_i) / sum_k exp(z_k)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ._arrays import quiet, real_array, result_format, rows_of
from ._shifted import limits, shifted

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from ._arrays import Axis

    Floats = NDArray[np.float64]


@quiet
def softmax(z: ArrayLike, *, axis: Axis = -1) -> Any:
    """Probabilities from logits, within 6 ULP for any finite input (float32, float16: 0.51 ULP).

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
    unshifted logits is the accurate one. Rows beyond +-600 are shifted by their maximum, with the rounding error of the
    shift kept. The order of the logits is kept in every bit: z_i <= z_j gives s_i <= s_j.

    Examples
    --------
    >>> softmax([0.4, 0.6, 0.2]).round(8).tolist()
    [0.32893292, 0.40175958, 0.2693075]
    """
    z = real_array("softmax", "z", z)
    rows = rows_of("softmax", "z", z, axis)
    return rows.join(_probabilities(rows.split(z)), result_format(z))


@quiet
def log_softmax(z: ArrayLike, *, axis: Axis = -1) -> Any:
    """Log-probabilities in nats from logits, within 6 ULP for any finite input (float32, float16: 0.51 ULP).

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
    z = real_array("log_softmax", "z", z)
    rows = rows_of("log_softmax", "z", z, axis)
    return rows.join(shifted(limits(rows.split(z))).log_probabilities(), result_format(z))


def _probabilities(rows: Floats) -> Floats:
    rows = limits(rows)
    largest = rows.max(axis=1)
    smallest = np.where(rows == -np.inf, np.inf, rows).min(axis=1)
    # exp(x) neither overflows in a sum of 2^100 nor loses digits to underflow; equal logits give exactly 1/n shifted
    unshifted = (largest <= 600) & (smallest >= -600) & (smallest < largest)
    result = shifted(rows, np.where(unshifted, 0.0, largest)).probabilities()
    rounded = ~unshifted & (smallest < largest)
    if rounded.any():
        result[rounded] = _in_order(rows[rounded], result[rounded])
    return result


def _in_order(rows: Floats, probabilities: Floats) -> Floats:
    """Probabilities made to keep the order of `rows`, which two roundings, of shift and exponential, may upset by an ULP."""
    order = rows.argsort(axis=1)
    ascending = np.maximum.accumulate(np.take_along_axis(probabilities, order, axis=1), axis=1)
    result = np.empty_like(probabilities)
    np.put_along_axis(result, order, ascending, axis=1)
    return result
