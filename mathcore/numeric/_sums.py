"""Sums of rows with what rounding took, in plain vector operations."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from ._blocks import NATIVE, SHORT, quietly, scratch

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from ._blocks import Block, FewRows

    Floats = NDArray[np.float64]
    Pair = tuple[Floats, Floats]


PEAK = 1 / 8  # a term that is more than this part of its sum stands out
AT_ONCE = 16  # terms of a single row that are added by one call
HIDDEN = 2.0**-20  # what is no larger than this part of the largest term counts in narrower formats too, where that cancels
SWALLOWED = 1 - 2.0**-15  # in narrower formats
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
    (upper_a, lower_a), (upper_b, lower_b) = split(a), split(b)
    return product, lower_a * lower_b - (((product - upper_a * upper_b) - lower_a * upper_b) - upper_a * lower_b)


def split(x: Any) -> tuple[Any, Any]:
    """x in two parts of 26 digits each (Veltkamp, 1968)."""
    wide = 134_217_729.0 * x
    upper = wide - (wide - x)
    return upper, x - upper


def plain_sum(x: Floats, axis: int) -> Floats:
    """The float64 sum of each row, in an order that depends on its length alone: NumPy's pairwise one, or one by one if short."""
    if axis:
        return np.add.reduce(x, axis=1, keepdims=True)
    if x.shape[0] > SHORT:
        return _pairwise(x)
    if x.ndim == 2 and x.shape[1] == 1:  # NumPy would take the one column for a contiguous row
        return np.add.accumulate(x, axis=0)[-1:] + 0.0
    return np.add.reduce(x, axis=0, keepdims=True)


def _pairwise(x: Floats) -> Floats:
    """Sums along axis 0 in the order in which NumPy sums contiguous rows: eight at a time, halves of what is over 128 long."""
    leaves, tree = _leaves(x.shape[0])
    used = scratch.used
    eight = scratch((len(leaves), 8, x.shape[1]))
    for k, (start, stop) in enumerate(leaves):
        np.add.reduce(x[start : stop - (stop - start) % 8].reshape(-1, 8, x.shape[1]), axis=0, out=eight[k])
    four = np.add(eight[:, 0::2], eight[:, 1::2])
    two = np.add(four[:, 0::2], four[:, 1::2])
    sums = two[:, 0] + two[:, 1]
    scratch.used = used
    start, stop = leaves[-1]
    for row in x[stop - (stop - start) % 8 : stop]:
        sums[-1] += row
    for k, other in tree:
        sums[k] += sums[other]
    return sums[:1]  # type: ignore[no-any-return]  # NumPy's stubs leave the sum of two columns open


@lru_cache(maxsize=64)
def _leaves(length: int) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """The parts of a row that NumPy sums eight at a time, and which of their sums are then added to which."""
    leaves: list[tuple[int, int]] = []
    tree: list[tuple[int, int]] = []

    def split_up(start: int, stop: int) -> int:
        if stop - start <= 128:
            leaves.append((start, stop))
            return len(leaves) - 1
        half = (stop - start) // 2
        half -= half % 8
        left, right = split_up(start, start + half), split_up(start + half, stop)
        tree.append((left, right))
        return left

    split_up(0, length)
    return leaves, tree


def short_sum(x: Floats, spare: Floats | None = None) -> Any:
    """Sums of rows of at most SHORT entries that lie side by side, or of a single one: halves are added to halves.

    Adding halves loses at most half an ULP each time, and nothing where all terms are equal. `spare` is room for half of `x`,
    and may be `x` itself.
    """
    length = len(x)
    least = 2 if x.ndim > 1 else AT_ONCE
    while length > least:
        half = (length + 1) // 2
        pairs = length - half
        halved = np.add(x[:pairs], x[half:length], None if spare is None else spare[:pairs])
        if spare is None or (pairs < half and spare is not x):
            spare = np.empty_like(x[:half])
            spare[:pairs] = halved
            spare[pairs:half] = x[pairs:half]
        x = spare
        length = half
    if x.ndim == 1:
        slots = np.zeros(AT_ONCE)
        slots[SLOTS[length]] = x[:length]
        return float(np.add.reduce(slots))
    return x[0] + x[1] if length == 2 else x[0] + 0.0


def _slots(length: int) -> NDArray[np.intp]:
    """Where each of `length` terms has to stand among AT_ONCE, the others being 0, to be added by NumPy as halves are here.

    NumPy adds slots j and j + 8, of these sums neighbours, of those again neighbours, and the two that are left.
    """
    terms: list[Any] = list(range(length))
    while len(terms) > 1:
        half = (len(terms) + 1) // 2
        terms = [*zip(terms[: len(terms) - half], terms[half:], strict=True), *terms[len(terms) - half : half]]
    found = np.zeros(length, np.intp)

    def place(tree: Any, slot: int, width: int) -> None:
        if isinstance(tree, int):
            found[tree] = slot
        else:
            place(tree[0], slot, width // 2)
            place(tree[1], slot + (width // 2 or AT_ONCE // 2), width // 2)

    place(terms[0], 0, AT_ONCE // 2)
    return found


SLOTS = [_slots(max(length, 1)) for length in range(AT_ONCE + 1)]


def row_sum(x: Floats, axis: int, spare: Floats | None = None) -> Any:
    """`plain_sum` in fewer steps, of blocks and of single rows (a number); short rows as in `short_sum`."""
    if len(x) <= SHORT and not axis:
        return short_sum(x, spare)
    if x.ndim == 1:
        return float(np.add.reduce(x))
    return plain_sum(x, axis)


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


def sum_of(block: Block, terms: Callable[[int, Any], Floats], sign: int = 0, divisor: float = 1.0) -> Floats:
    """The sum of terms(strip, 1) over each row, rounded as if it had been exact, over `divisor`; the sum alone may overflow.

    `sign` tells of terms none of which is negative (1) or positive (-1).

    terms(strip, c) = c terms(strip, 1) for powers of two c: rows of subnormal terms, each of which would lose half an ULP of
    the sum or be 0, are computed 2^600 larger, rows of terms near the largest float, or beyond it, 2^600 smaller.
    """
    total, largest = _sum_and_largest(block, lambda strip: terms(strip, 1.0), sign)
    quotient: Floats = total / divisor
    if not (TINY <= np.minimum.reduce(largest, axis=None) and np.maximum.reduce(largest, axis=None) <= HUGE):
        extreme = ~((TINY <= largest) & (largest <= HUGE))
        if extreme.any():
            scale = np.where(extreme, np.where(largest < 1, 2.0**600, 2.0**-600), 1.0)
            scaled = _sum_and_largest(block, lambda strip: terms(strip, scale), sign)[0] / divisor / scale
            quotient = np.where(extreme, scaled, quotient)
    return quotient + 0.0  # -0.0 becomes 0.0


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
    if not sign:
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


# sums of terms of one sign, plainly: all that most rows need -----------------------------------------------------------

LEAST_SUM, MOST_SUM = 1e-250, 1e300  # outside terms may have lost digits or have overflowed


def sums_of(block: Block, sums: Callable[[Any], tuple[Any, ...]]) -> tuple[Any, ...]:
    """`sums` of the block, each one a row; of a long row those of all its strips together."""
    if block.strips == 1:
        return sums(block)
    parts = zip(*[[float(x.item()) for x in sums(strip)] for strip in block.each()], strict=True)
    return tuple([np.full((1, 1), math.fsum(part)) for part in parts])


def rounded_sums(block: Block, sums: Callable[[Any], tuple[Any, Any]]) -> tuple[Any, Any]:
    """`sums` of the block as `sum_and_rest` gives them; of a long row those of all its strips together."""
    if block.strips == 1:
        return sums(block)
    parts = [float(np.asarray(x).item()) for strip in block.each() for x in sums(strip)]
    total = math.fsum(parts)
    return np.full((1, 1), total), np.full((1, 1), math.fsum([*parts, -total]))


def signed_sum(block: Block, x: Floats, sign: int, fine: bool = False) -> Any:
    """Sums of the rows of `x`, whose terms are >= 0 (sign 1) or <= 0 (-1), in the room of `x`; of a single row a number.

    `fine` wants short rows summed as if exactly where one term is over a quarter of the sum: it would meet every rounding.
    """
    largest_of = np.maximum if sign > 0 else np.minimum
    if block.length <= SHORT:
        if not (fine and block.careful):
            return short_sum(x, x)
        total = short_sum(x, None if x.ndim == 1 else block.like())
        return exact_where(largest_of.reduce(x, axis=0) * (4.0 * sign) > total * sign, x, total, sign)
    axis = -1 if block.axis else 0
    largest = largest_of.reduce(x, axis=axis, keepdims=x.ndim > 1 and axis == -1)  # type: ignore[call-overload]  # no literal
    return without_largest(x, largest, block.axis, block.careful) + largest


def exact_where(which: Any, x: Floats, total: Any, sign: int = 1) -> Any:
    """The `total` of short rows of terms of one sign; of those that `which` names the sum rounded as if it had been exact."""
    if x.ndim == 1:
        return sum_and_rest(x, 0)[0] if which else total
    count = np.count_nonzero(which)
    if 2 * count > which.size:
        return np.where(which, exact_sum(x, 0, sign), total)
    if count:
        total[which] = exact_sum(x[:, which], 0, sign)
    return total


def out_of_range(total: Any, sign: int, wrong: Any = None, zero: bool = False) -> Any:
    """The rows of whose terms too little is known, with those that are `wrong` already; None if there are none.

    `zero` says that no sum is 0 but of terms that are 0 themselves.
    """
    if not isinstance(total, np.ndarray):
        size = sign * total
        return wrong if LEAST_SUM <= size <= MOST_SUM or (zero and size == 0) else True
    smallest, most = total.item(total.argmin()), total.item(total.argmax())
    if (LEAST_SUM <= smallest and most <= MOST_SUM) if sign > 0 else (-MOST_SUM <= smallest and most <= -LEAST_SUM):
        return wrong
    size = sign * total
    out = ~((LEAST_SUM <= size) & (size <= MOST_SUM))
    if zero:
        out &= size != 0
    if wrong is not None:
        out |= wrong
    return out if np.count_nonzero(out) else None


def without_largest(x: Floats, largest: Any, axis: int, careful: bool) -> Any:
    """Sums of long rows of terms of one sign without the `largest` one of each.

    Where one stands out the others are summed without it, or it would swallow their last digits. Where all are much alike
    roundings add up: there what is left of each after taking away the largest is summed.
    """
    length = x.shape[-1] if axis else len(x)
    if x.ndim == 1:
        total, largest = float(np.add.reduce(x)), float(largest)
        if abs(largest) > (PEAK if careful else SWALLOWED) * abs(total):
            rest = x.copy()
            rest[rest.argmax() if largest > 0 else rest.argmin()] = 0.0
            return float(np.add.reduce(rest))
        if careful and abs(largest) * length < FLAT * abs(total):
            return (length - 1) * largest + float(np.add.reduce(x - largest))
        return total - largest
    total = plain_sum(x, axis).reshape(largest.shape)  # type: ignore[assignment]  # of one row it was a number
    rest_of = total - largest
    sizes, most = np.abs(total), np.abs(largest)
    shape = (-1, 1) if axis else (-1,)
    peaked = (most > (PEAK if careful else SWALLOWED) * sizes).reshape(-1)
    if np.count_nonzero(peaked):
        rest = _copied(x, peaked, axis)
        place = (rest.argmax if largest.item(peaked.argmax()) > 0 else rest.argmin)(axis=axis)
        number = np.arange(place.size)
        rest[(number, place) if axis else (place, number)] = 0.0
        rest_of[peaked] = plain_sum(rest, axis).reshape(shape)
    if careful:
        flat = (most * length < FLAT * sizes).reshape(-1)
        if np.count_nonzero(flat):
            rest = _copied(x, flat, axis)
            rest -= largest[flat]
            rest_of[flat] = (length - 1) * largest[flat] + plain_sum(rest, axis).reshape(shape)
    return rest_of


def exact_sum(x: Floats, axis: int, sign: int = 1) -> Any:
    """Sums of rows of terms of one sign, rounded as if they had been exact; of a single row a number."""
    if x.ndim == 1:
        return sum_and_rest(x, axis)[0]
    return sum_and_rest(x, axis, (np.maximum if sign > 0 else np.minimum).reduce(x, axis=axis, keepdims=True))[0]


def sum_and_rest(x: Floats, axis: int, largest: Any = None) -> tuple[Any, Any]:
    """`exact_sum` and what rounding took; `largest` is the largest term of each row (in size) if it is known."""
    if x.ndim == 1 and len(x) <= 4 * SHORT:
        terms = x.tolist()
        try:
            total: Any = math.fsum(terms)
            return total, math.fsum([*terms, -total])
        except (OverflowError, ValueError):  # infinite, or near it
            return float(np.add.reduce(x)), 0.0
    if x.ndim == 1:
        total, rest = sum_and_rest(x[None], 1)
        return total.item(), rest.item()
    if largest is None:
        largest = np.maximum.reduce(x, axis=axis, keepdims=True)
    coarse, fine = pair_sum(x, largest, axis)
    if not axis:
        coarse, fine = coarse[0], fine[0]
    total = coarse + fine
    return total, (coarse - total) + fine


def _copied(x: Floats, which: NDArray[np.bool_], axis: int) -> Floats:
    """Some rows, to be written into."""
    if np.count_nonzero(which) < which.size:
        return x[which] if axis else x[:, which]
    copy = scratch(x.shape)
    np.copyto(copy, x)
    return copy


def few_are_pmfs(few: FewRows, *arguments: int) -> bool:
    """Whether `check_probabilities` would pass the rows of these arguments; False also where it has to look closer."""
    return all([quietly(_is_pmf, few.inputs[k], few.arrays[k].dtype, few) for k in arguments])


def _is_pmf(p: Floats, dtype: Any, few: FewRows) -> bool:
    tolerance = min(4 * (4 + math.sqrt(few.length)) * (2.0**-53 if dtype == NATIVE else 2.0**-24), 1 / 64)
    sums = np.asarray(row_sum(p, few.axis))
    least, most = sums.item(sums.argmin()), sums.item(sums.argmax())
    return p.item(p.argmin()) >= 0 and 1 - least <= tolerance and most - 1 <= tolerance


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
