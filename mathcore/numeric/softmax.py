"""Softmax and its logarithm: exp(z_i) / sum_k exp(z_k)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from . import _core
from ._arrays import anywhere, floats, foreign, real_array, result_format, rows_of
from ._blocks import SHORT, few_rows, mended, rowwise
from ._exponentials import HIGHEST, Exponentials, beyond, kept_or_again, normalised, ordinary, set_apart_all
from ._sums import short_sum

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from ._arrays import Axis
    from ._blocks import Block

    Floats = NDArray[np.float64]


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
    unshifted logits is the accurate one. Rows beyond 640 or below -590 are shifted by their maximum, with the rounding error
    of the shift kept. The order of the logits is kept in every bit: z_i <= z_j gives s_i <= s_j.

    Examples
    --------
    >>> softmax([0.4, 0.6, 0.2]).round(8).tolist()
    [0.32893292, 0.40175958, 0.2693075]
    """
    found = _core.softmax(z, axis)
    if found is not NotImplemented:
        return found
    few = few_rows(axis, z)
    if few is not None:
        return few.work(_softmax)
    if foreign(z):
        return anywhere("softmax", z, axis=axis)
    z = real_array("softmax", "z", z)
    rows = rows_of("softmax", "z", z, axis)
    found = _core.softmax(floats(z), rows.reduced)
    if found is not NotImplemented:
        return found
    return rowwise(_softmax, rows, [z], result_format(z), outputs=1)[0][0][()]


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
    found = _core.log_softmax(z, axis)
    if found is not NotImplemented:
        return found
    few = few_rows(axis, z)
    if few is not None:
        return few.work(_log_softmax)
    if foreign(z):
        return anywhere("log_softmax", z, axis=axis)
    z = real_array("log_softmax", "z", z)
    rows = rows_of("log_softmax", "z", z, axis)
    found = _core.log_softmax(floats(z), rows.reduced)
    if found is not NotImplemented:
        return found
    return rowwise(_log_softmax, rows, [z], result_format(z), outputs=1)[0][0][()]


def _softmax(block: Block) -> None:
    if block.length > SHORT:
        apart = set_apart_all(block, output=0)
        p, total, wrong = apart.e, apart.total, apart.wrong
    else:
        p, wrong = ordinary(block, 0, block.room())
        total = short_sum(p, block.like() if block.length > 2 and p.ndim > 1 else None)
        wrong = beyond(total, wrong)
    if block.strips == 1:
        wrong = _with_equals(block.load()[0], block.axis, wrong)
        p = normalised(p, 1.0 if wrong is True else total, block.careful)
        if wrong is not None:
            p, _ = mended(block, wrong, _softmax_with_care, p)
        block.write(p)
    elif wrong or apart.top * block.length == total:
        _softmax_with_care(block)
    else:
        for strip in block.each():
            strip.write(normalised(kept_or_again(strip, 0, block.keeps()), total, block.careful))


def _with_equals(z: Floats, axis: int, wrong: Any) -> Any:
    """The rows that are `wrong`, with those whose logits may all be equal: then each probability is the rounded 1/n."""
    if z.ndim == 1:
        return True if z.item(0) == z.item(-1) > -np.inf else wrong
    first, last = (z[:, :1], z[:, -1:]) if axis else (z[0], z[-1])
    equal = first == last
    if np.count_nonzero(equal):
        equal &= first > -np.inf
        if np.count_nonzero(equal):
            return equal if wrong is None else equal | wrong
    return wrong


def _softmax_with_care(block: Block) -> None:
    exponentials = Exponentials(block)
    exponentials.sum(build=True)
    for strip in block.pieces():
        e = exponentials.exponential(strip, block.room(strip))
        block.write(_in_order(exponentials, normalised(e, exponentials.total, block.careful)), strip)


def _log_softmax(block: Block) -> None:
    apart = set_apart_all(block)
    log = apart.log_rivals()
    if apart.wrong is not None and block.strips > 1:
        _log_softmax_with_care(block)
        return
    for strip in block.each():
        (z,) = strip.load()
        result = np.subtract(z, apart.highest, strip.room())
        result -= log  # two terms of one sign: nothing cancels
        if apart.wrong is not None:
            result, _ = mended(block, apart.wrong, _log_softmax_with_care, result)
        strip.write(result)


def _log_softmax_with_care(block: Block) -> None:
    exponentials = Exponentials(block)
    exponentials.sum()
    log = exponentials.log_rivals()
    for strip in block.pieces():
        z = exponentials.logits(strip)
        result = np.subtract(z, exponentials.highest, out=block.room(strip))
        result -= log
        block.write(result, strip)


def _in_order(exponentials: Exponentials, p: Floats) -> Floats:
    """Probabilities made to keep the order of the logits, which two roundings, of shift and exponential, may upset by an ULP.

    Only logits below 4 are close enough for that (their ULP is less than four of the exponential's), and only a row whose
    largest lies between 640 and 750 is shifted and has an exponential there that is not 0.
    """
    block = exponentials.block
    if exponentials.shift is None or block.strips > 1 or not block.careful:
        return p
    upset = (exponentials.highest > HIGHEST) & (exponentials.highest < 750) & (exponentials.lowest < 4)
    if not upset.any():
        return p
    which = upset.reshape(-1)
    z, ours = exponentials.logits(), p
    if not block.axis:
        z, ours = z.T, p.T
    z, ours = z[which], ours[which]
    order = z.argsort(axis=1)
    ascending = np.maximum.accumulate(np.take_along_axis(ours, order, axis=1), axis=1)
    np.put_along_axis(ours, order, ascending, axis=1)
    (p if block.axis else p.T)[which] = ours
    return p
