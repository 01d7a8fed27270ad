"""Sums of rows with what rounding took, in plain vector operations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ._blocks import BLOCK, NATIVE, SHORT, scratch

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from ._blocks import Block

    Floats = NDArray[np.float64]
    Pair = tuple[Floats, Floats]


PEAK = 1 / 8  # a term that is more than this part of its sum stands out
FLAT = 2  # terms of which none is this many times the mean are much alike
TINY, HUGE = 2.0**-900, 2.0**900  # between them no sum of terms is rounded to subnormals or overflows


def two_sum(a: Floats, b: Floats) -> Pair:
    """The rounded sum and its error: a + b = total + error exactly (Knuth, TAOCP 2, theorem 4.2.2 B).

    The error is 0 where the total is not finite.
    """
    total = a + b
    part = total - a
    error = (a - (total - part)) + (b - part)
    if np.isfinite(error).all():
        return total, error
    return total, np.where(np.isfinite(error), error, 0.0)


def halves(x: Floats) -> Pair:
    """The first 26 digits of each number and the rest: products of two such heads are exact."""
    upper = (x.view(np.int64) & -(1 << 27)).view(np.float64)
    return upper, x - upper


def two_product(a: Any, b: Any) -> tuple[Any, Any]:
    """The rounded product and its error: a b = product + error exactly, if neither overflows nor underflows (Dekker, 1971)."""
    product = a * b
    (upper_a, lower_a), (upper_b, lower_b) = _veltkamp(a), _veltkamp(b)
    return product, lower_a * lower_b - (((product - upper_a * upper_b) - lower_a * upper_b) - upper_a * lower_b)


def _veltkamp(x: Any) -> tuple[Any, Any]:
    """x in two parts of 26 digits each (Veltkamp, 1968)."""
    wide = 134_217_729.0 * x
    upper = wide - (wide - x)
    return upper, x - upper


def plain_sum(x: Floats, axis: int) -> Floats:
    """The float64 sum of each row, in an order that depends on its length alone: NumPy's pairwise one, or one by one if short."""
    if axis:
        if x.shape[1] > BLOCK:  # as if it came in strips
            return sum([np.add.reduce(x[:, k : k + BLOCK], axis=1, keepdims=True) for k in range(0, x.shape[1], BLOCK)])
        return np.add.reduce(x, axis=1, keepdims=True)
    if x.shape[0] > SHORT:
        return _pairwise(x)
    if x.ndim == 2 and x.shape[1] == 1:  # NumPy would take the one column for a contiguous row
        return np.add.accumulate(x, axis=0)[-1:] + 0.0
    return np.add.reduce(x, axis=0, keepdims=True)


def _pairwise(x: Floats) -> Floats:
    """Sums along axis 0 in the order in which NumPy sums contiguous rows: eight at a time, halves of what is over 128 long."""
    length = x.shape[0]
    if length > 128:
        half = length // 2
        half -= half % 8
        return _pairwise(x[:half]) + _pairwise(x[half:])
    whole = length - length % 8
    eight = np.add.reduce(x[:whole].reshape(-1, 8, x.shape[1]), axis=0)
    four = eight[0::2] + eight[1::2]
    total = (four[0] + four[1]) + (four[2] + four[3])
    for row in x[whole:]:
        total += row
    return total[None, :]


def pair_sum(x: Floats, largest: Any, axis: int) -> Pair:
    """Sum of each row to about twice float64's digits, as a coarse and a fine part; |x| is at most `largest`.

    Adding sigma >= 2 n max|x| and taking it away splits x into a coarse part, whose sum is exact in any order, and a small
    rest (Rump, Ogita and Oishi, Accurate floating-point summation I, 2008, ExtractVector). A plain pairwise sum loses up to
    16 ULP in 128 terms just below half an ULP of the first.
    """
    mark, sigma = scratch.used, (2.0 * x.shape[axis]) * largest
    part = np.add(x, sigma, out=scratch(x.shape))
    part -= sigma
    coarse = np.add.reduce(part, axis=axis, keepdims=True)
    np.subtract(x, part, out=part)
    scratch.used = mark
    return coarse, plain_sum(part, axis)


def careful_sum(x: Floats, largest: Floats, axis: int) -> tuple[Floats, Any]:
    """The pair, or a plain sum where that is right to an ULP: terms of one sign, |x| at most `largest`.

    That is so in long rows unless one term stands out, which swallows the others' last digits, or all are much alike, so
    that roundings add up. Short rows, and those of several blocks, are always summed as pairs.
    """
    length = x.shape[axis]
    if not SHORT < length <= BLOCK:
        return pair_sum(x, largest, axis)
    plain = plain_sum(x, axis)
    if plain.size == 1:
        total, most = abs(plain.item()), largest.item()
        return pair_sum(x, largest, axis) if most > PEAK * total or most * length < FLAT * total else (plain, 0.0)
    total = np.abs(plain)
    wanted = (largest > PEAK * total) | (largest * length < FLAT * total)
    count = np.count_nonzero(wanted)
    if not count:
        return plain, 0.0
    if 2 * count > wanted.size:
        coarse, fine = pair_sum(x, largest, axis)
        return np.where(wanted, coarse, plain), np.where(wanted, fine, 0.0)
    rows, rest = wanted.reshape(-1), np.zeros_like(plain)
    if axis:
        plain[rows], rest[rows] = pair_sum(x[rows], largest[rows], 1)
    else:
        plain[:, rows], rest[:, rows] = pair_sum(x[:, rows], largest[:, rows], 0)
    return plain, rest


def sum_of(block: Block, terms: Callable[[int, Any], Floats], sign: int = 0) -> Floats:
    """The sum of terms(strip, 1) over each row, rounded as if it had been exact.

    `sign` tells of terms none of which is negative (1) or positive (-1).

    terms(strip, c) = c terms(strip, 1) for powers of two c: rows of subnormal terms, each of which would lose half an ULP of
    the sum, are computed 2^600 larger, rows of terms near the largest float 2^600 smaller.
    """
    total, largest = _sum_and_largest(block, lambda strip: terms(strip, 1.0), sign)
    if not (TINY <= np.minimum.reduce(largest, axis=None) and np.maximum.reduce(largest, axis=None) <= HUGE):
        extreme = ((largest < TINY) & (largest > 0)) | ((largest > HUGE) & np.isfinite(largest))
        if extreme.any():
            scale = np.where(extreme, np.where(largest < 1, 2.0**600, 2.0**-600), 1.0)
            scaled = _sum_and_largest(block, lambda strip: terms(strip, scale), sign)[0] / scale
            total = np.where(extreme, scaled, total)
    return total + 0.0  # -0.0 becomes 0.0


def sum_and_error(block: Block, terms: Callable[[int], Floats]) -> Pair:
    """The sum of terms(strip) over each row, none negative, rounded as if it had been exact; and what rounding took."""
    coarse, fine, _ = _parts(terms(0), block.axis, 0) if block.strips == 1 else _long_parts(block, terms, 0)
    return two_sum(coarse, fine)


def _sum_and_largest(block: Block, terms: Callable[[int], Floats], sign: int) -> Pair:
    if block.strips > 1:
        coarse, fine, largest = _long_parts(block, terms, sign)
        total = coarse + fine
        if not np.isfinite(total).all():
            total = sum([np.add.reduce(terms(strip), axis=1, keepdims=True) for strip in block.pieces()])
        return total, largest
    x = terms(0)
    coarse, fine, largest = _parts(x, block.axis, sign)
    total = coarse + fine
    finite = np.isfinite(total)
    if not np.logical_and.reduce(finite, axis=None):  # terms that are infinite, or so large that sigma is
        total = np.where(finite, total, np.add.reduce(x, axis=block.axis, keepdims=True))
    return total, largest


def _parts(x: Floats, axis: int, sign: int) -> tuple[Floats, Any, Floats]:
    """Coarse and fine sum, largest term."""
    if sign > 0:
        largest = np.maximum.reduce(x, axis=axis, keepdims=True)
    else:
        largest = -np.minimum.reduce(x, axis=axis, keepdims=True)
    if sign:
        return (*careful_sum(x, largest, axis), largest)
    largest = np.maximum(np.maximum.reduce(x, axis=axis, keepdims=True), largest)
    return (*pair_sum(x, largest, axis), largest)


def _long_parts(block: Block, terms: Callable[[int], Floats], sign: int) -> tuple[Floats, Any, Floats]:
    coarse = fine = largest = np.zeros((1, 1))
    for strip in block.pieces():
        part, rest, most = _parts(terms(strip), block.axis, sign)
        coarse, error = two_sum(coarse, part)
        fine = fine + (rest + error)
        largest = np.maximum(largest, most)
    return coarse, fine, largest


# a single short row, of which a call is mostly overhead: the same sums, in Python floats -------------------------------


def short_row(x: Any, axis: Any) -> list[float] | None:
    """The entries of a float64 row of at most SHORT; None for anything else."""
    if type(x) is np.ndarray and x.ndim == 1 and x.dtype == NATIVE and 0 < x.size <= SHORT and type(axis) is int and axis in (-1, 0):
        entries: list[float] = x.tolist()
        return entries
    return None


def short_pair(terms: list[float], largest: float) -> tuple[float, float]:
    """`pair_sum` of a short row."""
    sigma = 2.0 * len(terms) * largest
    coarse = fine = 0.0
    for term in terms:
        part = (term + sigma) - sigma
        coarse += part
        fine += term - part
    return coarse, fine


def short_sum(terms: list[float]) -> float | None:
    """`sum_of` a short row; None if its terms are so small or large that they take more care."""
    largest = max(max(terms), -min(terms))
    if not TINY <= largest <= HUGE:
        return None
    coarse, fine = short_pair(terms, largest)
    return coarse + fine


def in_order(terms: list[float]) -> float:
    """`plain_sum` of a short row: one by one."""
    total = 0.0
    for term in terms:
        total += term
    return total


# a few short rows side by side: the same care without a search for the largest term -----------------------------------

BOUND = 1024.0  # no sum of p log p, p log q or p log(p/q) of pmfs is larger, unless it is infinite


def sum_of_few(block: Block, terms: Callable[[int, Any], Floats], sign: int) -> Floats:
    """`sum_of`, in fewer steps for short rows of terms that are ordinary numbers, and for narrower formats.

    Sums below BOUND are split by one sigma for all rows (see `pair_sum`): its rests are summed with an error of n^2 u^2 sigma,
    which is below 2^-60 of sums above n^3 2^-35.
    """
    if block.strips > 1 or (block.careful and block.length > SHORT):
        return sum_of(block, terms, sign)
    x = terms(0, 1.0)
    if not block.careful:  # float64 has digits to spare
        return plain_sum(x, block.axis)
    length = block.length
    sigma = sign * 2.0 * BOUND * length
    part = np.add(x, sigma, out=block.like())
    part -= sigma
    total = np.add.reduce(part, axis=0, keepdims=True) if x.size > FEW or x.shape[1] == 1 else ONES[:length].dot(part)[None]
    np.subtract(x, part, out=part)
    total += plain_sum(part, 0)
    sizes = total if sign > 0 else -total
    least = length**3 * 2.0**-35
    if least <= np.minimum.reduce(sizes, axis=None) and np.maximum.reduce(sizes, axis=None) <= BOUND:
        return total
    ordinary = (least <= sizes) & (sizes <= BOUND)
    return np.where(ordinary, total, sum_of(block, terms, sign))
