"""Sums of rows with what rounding took, in plain vector operations."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from ._blocks import BLOCK, FEW, NATIVE, SHORT, scratch

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from ._blocks import Block, FewRows

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
    the sum or be 0, are computed 2^600 larger, rows of terms near the largest float 2^600 smaller.
    """
    total, largest = _sum_and_largest(block, lambda strip: terms(strip, 1.0), sign)
    if not (TINY <= np.minimum.reduce(largest, axis=None) and np.maximum.reduce(largest, axis=None) <= HUGE):
        extreme = (largest < TINY) | ((largest > HUGE) & np.isfinite(largest))
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
    if (
        type(x) is np.ndarray
        and x.ndim == 1
        and x.dtype == NATIVE
        and 0 < x.size <= SHORT
        and type(axis) is int
        and axis in (-1, 0)
    ):
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
    """`sum_of`, in fewer steps for single rows, for short rows whose terms are ordinary numbers, and for narrower formats.

    Sums below BOUND are split by one sigma for all rows (see `pair_sum`): its rests are summed with an error of n^2 u^2 sigma,
    which is below 2^-60 of sums above n^3 2^-35.
    """
    if block.strips > 1:
        return sum_of(block, terms, sign)
    x, length = terms(0, 1.0), block.length
    if not block.careful:  # float64 has digits to spare
        return plain_sum(x, block.axis)

    def once(strip: int, scale: Any) -> Floats:
        return x if isinstance(scale, float) else terms(strip, scale)

    if length > SHORT:
        if x.size == length <= BLOCK and _sums_plainly(total := plain_sum(x, block.axis), x, sign):
            return total
        return sum_of(block, once, sign)
    total, fine = _parts_of_few(block, x, sign)
    total += fine
    lowest, highest = np.minimum.reduce(total, axis=None), np.maximum.reduce(total, axis=None)
    least = length**3 * 2.0**-35
    if (least <= lowest and highest <= BOUND) if sign > 0 else (-BOUND <= lowest and highest <= -least):
        return total
    sizes = np.abs(total)
    return np.where((least <= sizes) & (sizes <= BOUND), total, sum_of(block, once, sign))


def pair_of_few(block: Block, terms: Callable[[int], Floats]) -> tuple[Floats, Any]:
    """`sum_and_error`, in fewer steps for sums that are neither tiny nor above BOUND."""
    if block.strips > 1 or block.length > BLOCK:
        return sum_and_error(block, terms)
    x = terms(0)
    if not block.careful:
        return plain_sum(x, block.axis), 0.0
    coarse, fine = _parts_of_few(block, x, 1)
    total = coarse + fine
    if 2.0**-10 <= np.minimum.reduce(total, axis=None) and np.maximum.reduce(total, axis=None) <= BOUND:
        return total, (coarse - total) + fine
    return sum_and_error(block, lambda strip: x)


def _parts_of_few(block: Block, x: Floats, sign: int) -> Pair:
    """`pair_sum` with a sigma that depends on the length alone."""
    sigma = sign * 2.0 * BOUND * block.length
    part = np.add(x, sigma, out=block.like())
    part -= sigma
    if block.axis or x.size > FEW or x.shape[1] == 1:
        coarse = np.add.reduce(part, axis=block.axis, keepdims=True)
    else:
        coarse = np.ones(block.length).dot(part)[None]
    np.subtract(x, part, out=part)
    return coarse, plain_sum(part, block.axis)


def short_sum_of_few(terms: list[float], sign: int) -> float | None:
    """`sum_of_few` of a short row; None if its terms take more care."""
    length = len(terms)
    sigma = sign * 2.0 * BOUND * length
    coarse = fine = 0.0
    for term in terms:
        part = (term + sigma) - sigma
        coarse += part
        fine += term - part
    total = coarse + fine
    return total if length**3 * 2.0**-35 <= sign * total <= BOUND else None


def _sums_plainly(total: Floats, x: Floats, sign: int) -> bool:
    """Whether `sum_of` would take the plain sum of a single long row."""
    size = sign * total.item()
    most = float(np.maximum.reduce(x, axis=None) if sign > 0 else -np.minimum.reduce(x, axis=None))
    return TINY <= most <= HUGE and most <= PEAK * size and most * x.size >= FLAT * size


@np.errstate(all="ignore")  # a nan among many entries may raise the invalid flag in a reduction
def few_are_pmfs(few: FewRows, *arguments: int) -> bool:
    """Whether `check_probabilities` would pass the rows of these arguments; False also where it has to look closer."""
    for argument in arguments:
        p = few.inputs[argument]
        unit = 2.0**-53 if few.arrays[argument].dtype == NATIVE else 2.0**-24
        tolerance = min(4 * (4 + math.sqrt(few.length)) * unit, 1 / 64)
        sums = plain_sum(p, few.axis)
        least, most = np.minimum.reduce(sums, axis=None), np.maximum.reduce(sums, axis=None)
        if not (np.minimum.reduce(p, axis=None) >= 0 and 1 - least <= tolerance and most - 1 <= tolerance):
            return False
    return True


# sums of products, for entries of which little is left ----------------------------------------------------------------

FAR_BELOW = -20_000  # the exponent of 0: below that of any product


def complement(x: Any) -> tuple[Any, Any]:
    """1 - x for 0 <= x <= 1, exactly: the rounded difference and its error (Dekker 1971, FastTwoSum)."""
    difference = 1 - x
    return difference, (1 - difference) - x


def dot(*terms: tuple[Any, Any, Any]) -> tuple[Any, Any, Any]:
    """The sum of x y 2^k over the terms (x, y, k), as (high + low) 2^exponent: rounded as if it had been exact.

    Products and sums keep what rounding took (Ogita, Rump and Oishi, Accurate sum and dot product, 2005, algorithm Dot2), so
    that terms may cancel to the last hundredth bit; exponents are kept apart, so that nothing overflows or underflows.
    """
    products = []
    for x, y, k in terms:
        (a, i), (b, j) = np.frexp(x), np.frexp(y)
        high, low = two_product(a, b)
        finite = np.isfinite(high)
        products.append((high, np.where(finite, low, 0.0), np.where(finite & (high != 0), i + j + k, FAR_BELOW)))
    exponent = np.maximum.reduce([k for _, _, k in products])
    total: Any = 0.0
    rest: Any = 0.0
    for high, low, k in products:
        total, error = two_sum(total, np.ldexp(high, k - exponent))
        rest = rest + (error + np.ldexp(low, k - exponent))
    return *two_sum(total, rest), exponent
