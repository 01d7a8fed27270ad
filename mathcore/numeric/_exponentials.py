"""What softmax, log_softmax, logsumexp and the losses of logits share: exponentials of a row's logits, and their sum.

Unshifted exponentials are the accurate ones (Blanchard, Higham and Higham, Accurately computing the log-sum-exp and softmax
functions, 2021): a row is shifted only where it must be, and then what rounding took from the shifted logits is put back.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ._blocks import FRESH, SHORT, scratch
from ._sums import TINY, exact_sum, exact_where, pair_sum, plain_sum, short_sum, two_sum, without_largest

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ._blocks import Block

    Floats = NDArray[np.float64]

HIGHEST = 640.0  # exp(640) times any length and 2^28 is below the largest float
LOWEST = -700.0  # exp(-700) has all its digits
GONE = 1000.0  # exp(-GONE) is 0
LEAST = -float(np.finfo(np.float64).max)
HALVED_OFTEN = 16
FEW_RIVALS = 2  # their sum is rounded once anyway
EXPOSED = 1 / 4  # rivals below this part of the largest pass on their errors to its logarithm
DOMINATED = 2.0**-25  # rivals below this part of the largest are summed without it
DOMINATED_IN_SHORT = 2.0**-15  # in narrower formats

# log 2 in two parts, of which the first times an integer below 2^20 is exact (W. J. Cody and W. Waite, 1980)
LN2_HIGH = float.fromhex("0x1.62e42fee00000p-1")
LN2_LOW = float.fromhex("0x1.a39ef35793c76p-33")


DEEP = -650.0  # beside exponentials above exp(DEEP), exp(LOWEST) is less than half an ULP
LOW = -590.0  # rivals of it that are taken for masks count for nothing in narrower formats
MASKED = float(np.exp(np.full(8, LOWEST))[0])
LEAST_SUM, MOST_SUM = 1e-200, 1e305  # outside exponentials have lost digits, or overflow


# most rows: no shift, nothing to put back -------------------------------------------------------------------------------


def ordinary(block: Block, argument: int, room: Floats) -> tuple[Floats, Any]:
    """exp(z) into `room`, unshifted; and the rows that lose digits so (None: no rows are known to).

    Masks give exactly 0, but not by exp(-inf), which takes ten times as long as another exponential.
    """
    z = block.load()[argument]
    if z.item(z.argmin()) >= DEEP:
        return np.exp(z, room), None
    e = np.maximum(z, LOWEST, out=room)
    np.exp(e, e)
    e -= MASKED
    if not block.careful:
        return e, None
    deep = np.less(z, DEEP, block.like(0, bool))
    masks = np.equal(z, -np.inf, block.like(0, bool))
    if np.count_nonzero(deep) == np.count_nonzero(masks):
        return e, None
    differ = np.not_equal(deep, masks, deep)
    return e, np.logical_or.reduce(differ, axis=-1 if block.axis else 0, keepdims=bool(block.axis))  # type: ignore[call-overload]  # no literal


def kept_or_again(strip: Block, argument: int, kept: bool) -> Floats:
    """The exponentials of a strip: what is `kept` in its room, or computed again."""
    return strip.room() if kept else ordinary(strip, argument, strip.room())[0]


def beyond(total: Any, wrong: Any) -> Any:
    """Rows whose sum is so small or large that digits are lost, with those that are `wrong` already. None if there are none."""
    if not isinstance(total, np.ndarray):
        return wrong if LEAST_SUM <= total <= MOST_SUM else True
    if total.item(total.argmax()) <= MOST_SUM and total.item(total.argmin()) >= LEAST_SUM:
        return wrong
    out = ~((total <= MOST_SUM) & (total >= LEAST_SUM))
    return out if wrong is None else out | wrong


def normalised(e: Floats, total: Any, careful: bool) -> Floats:
    """e over the total, in place."""
    result: Floats = np.divide(e, total, e) if careful else np.multiply(e, 1 / total, e)
    return result


class Apart(NamedTuple):
    """The exponentials of a block, unshifted, with the largest of each row set apart: the sum of the others cannot hide it.

    One a row: the highest logit, its exponential `top`, the sum of the `rivals`; of a single row they are numbers. `wrong`
    says which rows need more care (None: none of them); what stands there for them is not to be used.
    """

    e: Floats
    highest: Any
    top: Any
    rivals: Any
    wrong: Any

    def log_rivals(self) -> Any:
        """log(1 + rivals / top): the log of the sum over the largest exponential."""
        return np.log1p(self.rivals / self.top)

    @property
    def total(self) -> Any:
        return self.rivals + self.top


def set_apart(block: Block, argument: int = 0, room: Floats | None = None) -> Apart:
    """`Apart` for all rows of a block. With `room` all exponentials are left there; else `e` is only room to work in."""
    z, axis = block.load()[argument], block.axis
    e, wrong = ordinary(block, argument, block.like() if room is None else room)
    if z.ndim == 1:
        return _set_apart_one(block, z, e, wrong, room is not None)
    if block.length > SHORT:
        highest = np.maximum.reduce(z, axis=axis, keepdims=bool(axis))  # type: ignore[call-overload]  # no literal
        top = np.exp(highest)
        rivals = without_largest(e, top, axis, block.careful)
        return Apart(e, highest, top, rivals, _lacking(highest, rivals, wrong))
    highest = np.maximum.reduce(z, axis=0)
    top = np.exp(highest)
    if e.size <= FRESH:
        tops = e == top
        rest = e if room is None else e.copy()
        np.putmask(rest, tops, 0.0)
    else:  # a choice entry by entry takes long where it cannot be foreseen: a product with 1 or 0
        tops = np.equal(e, top, block.like(0, bool))
        rest = np.multiply(e, np.logical_not(tops, block.like(0, bool)), e if room is None else block.like())
    rivals = _sum_of_rivals(block, rest, top)
    if np.count_nonzero(tops) != top.size:
        rivals += (np.count_nonzero(tops, axis=0) - 1) * top
    return Apart(e, highest, top, rivals, _lacking(highest, rivals, wrong))


def _sum_of_rivals(block: Block, rest: Floats, top: Any) -> Any:
    """The sum of what is not the top of short rows; as if exact where all its errors would be seen.

    That is so where one exponential dominates, and of many classes, whose sums would have been halved often.
    """
    if block.careful and block.length > HALVED_OFTEN:
        return exact_sum(rest, 0)
    rivals = short_sum(rest, None if rest.ndim == 1 else block.like())
    if block.careful and block.length > FEW_RIVALS + 1:
        return exact_where(rivals < top * EXPOSED, rest, rivals)
    return rivals


def _set_apart_one(block: Block, z: Floats, e: Floats, wrong: Any, keep: bool) -> Apart:
    k = int(z.argmax())
    highest, top = z.item(k), e.item(k)
    if block.axis:
        rivals = without_largest(e, top, 1, block.careful)
    else:
        e[k] = 0.0
        if e.item(e.argmax()) < top:
            rivals = _sum_of_rivals(block, e, top)
        else:
            below = e < top
            rivals = _sum_of_rivals(block, e * below, top) + (block.length - np.count_nonzero(below)) * top
        if keep:
            e[k] = top
    if not (highest <= HIGHEST and rivals >= LEAST_SUM and (wrong is None or not wrong.any())):
        wrong = _lacking(np.float64(highest), np.float64(rivals), wrong)
        if wrong is not None:
            return Apart(e, 0.0, 1.0, 1.0, True)  # numbers that nobody divides by in vain
    return Apart(e, highest, top, rivals, None)


def set_apart_all(block: Block, argument: int = 0, output: int | None = None) -> Apart:
    """`set_apart` for a block or a long row; with `output` all exponentials are left in its room, if that `keeps` them."""
    if block.strips == 1:
        return set_apart(block, argument, None if output is None else block.room(output=output))
    parts = []
    for strip in block.each():
        apart = set_apart(strip, argument, None if output is None else strip.room(output=output))
        parts.append((apart.highest.item(), apart.top.item(), apart.rivals.item(), apart.wrong is not None))
    wrong = any([wrong for *_, wrong in parts]) or None
    highest, top, rivals, _ = parts.pop(int(np.argmax([highest for highest, *_ in parts])))
    rivals = math.fsum([rivals, *[part for _, *both, _ in parts for part in both]])
    return Apart(np.empty(0), np.full((1, 1), highest), np.full((1, 1), top), np.full((1, 1), rivals), wrong)


def _lacking(highest: Any, rivals: Any, wrong: Any) -> Any:
    """Rows that are too high, or whose rivals are too small; with those that are `wrong` already. None if there are none.

    Rivals that are all masks are no problem.
    """
    if highest.item(highest.argmax()) <= HIGHEST and rivals.item(rivals.argmin()) >= LEAST_SUM:
        return wrong
    lacking = ~((highest <= HIGHEST) & (highest >= LOW) & ((rivals >= LEAST_SUM) | (rivals == 0)))
    if wrong is not None:
        lacking |= wrong
    return lacking if np.count_nonzero(lacking) else None


class Exponentials:
    """exp(z - shift) for the rows z of a block, and the sums of its rows as pairs: coarse + fine.

    `highest` is the largest logit of each row (of a row with +inf: of its limit), `top` its exponential.
    """

    highest: Floats
    lowest: Floats

    def __init__(self, block: Block, argument: int = 0) -> None:
        self.block, self.argument = block, argument
        self._find_bounds()
        self.top = np.exp(self.highest) if self.shift is None else np.exp(self.highest - self.shift)
        self.kept: Floats | None = None
        self.built = False
        self._rivals: Floats | None = None

    # bounds and shift ------------------------------------------------------------------------------------------------

    def _find_bounds(self) -> None:
        block = self.block
        for strip in block.pieces():
            highest, lowest = block.bounds(self.argument, strip)
            self.highest = np.maximum(self.highest, highest) if strip else highest
            self.lowest = np.minimum(self.lowest, lowest) if strip else lowest
        self.largest = self.highest  # as given: -inf, +inf and nan too
        self.deepest = np.minimum.reduce(self.lowest, axis=None)
        self.infinite: Floats | None = None
        self.shift: Floats | None = None
        ordinary = -HIGHEST <= self.deepest and np.maximum.reduce(self.highest, axis=None) <= HIGHEST
        if not ordinary or np.count_nonzero(self.lowest == self.highest):
            if not np.isfinite(self.highest).all():
                self._take_limits()
            self._choose_shift()

    def _take_limits(self) -> None:
        """Rows with +inf: one is the limit one-hot, several have none; rows of only -inf or with a nan have none either."""
        counts = [
            np.count_nonzero(self.block.load(strip)[self.argument] == np.inf, axis=self.block.axis, keepdims=True)
            for strip in self.block.pieces()
        ]
        self.infinite = np.where(np.isfinite(self.highest), 0, np.where(self.highest == np.inf, sum(counts), 2))
        self.highest = np.where(self.infinite == 0, self.highest, np.where(self.infinite == 1, 0.0, np.nan))
        self.lowest = np.where(self.infinite == 0, self.lowest, -np.inf)
        self._logits: Floats | None = None

    def logits(self, strip: int = 0) -> Floats:
        """The logits, infinite ones as those of their limit."""
        z = self.block.load(strip)[self.argument]
        if self.infinite is None:
            return z
        if self._logits is None or self.block.strips > 1:
            limit = np.where(self.infinite == 1, np.where(z == np.inf, 0.0, -np.inf), np.nan)
            self._logits = np.where(self.infinite == 0, z, limit)
        return self._logits

    def _choose_shift(self) -> None:
        """None if no row needs one, else one a row.

        Equal logits are shifted to 0, where they give exactly 1 / n. Below exp(LOWEST) a row without a logit above 0 would
        lose digits; its shift is rounded to an integer so that z - shift loses at most one rounding (see `exponential`).
        """
        highest, lowest = self.highest, self.lowest
        plain = (highest <= HIGHEST) & ((highest >= 0) | (lowest >= LOWEST)) & (lowest < highest)
        if plain.all():
            return
        exact = (highest > HIGHEST) | (lowest == highest)
        self.shift = np.where(plain, 0.0, np.where(exact, highest, np.rint(highest)))
        self.deepest = (lowest - self.shift).min()

    # the exponentials -----------------------------------------------------------------------------------------

    def exponential(self, strip: int, out: Floats) -> Floats:
        """exp(z - shift), computed into `out`, or what was computed before.

        d = fl(z - shift) loses z - shift - d, up to 500 ULP of the exponential; d + shift is exact where it matters, so that
        the loss is z - (d + shift).
        """
        if self.kept is not None:
            return self.kept
        if self.built:
            return self.block.room(strip)
        z, shift = self.logits(strip), self.shift
        if shift is None and (self.block.careful or self.deepest >= LOWEST):
            np.exp(z, out=out)
        elif shift is None or not self.block.careful:  # in narrower formats exp(LOWEST) is a probability of 0; less takes longer
            distance = np.subtract(z, 0.0 if shift is None else shift, out=scratch(z.shape))
            np.exp(np.maximum(distance, LOWEST, out=distance), out=out)
        else:
            if not self.deepest >= -GONE:  # -inf has no slip; a number as far below has the same exponential, 0
                floor = np.maximum(shift - np.maximum(GONE, np.abs(shift)), LEAST)
                z = np.maximum(z, floor, out=scratch(z.shape))
            distance = np.subtract(z, shift, out=scratch(z.shape))
            slip = np.add(distance, shift, out=scratch(z.shape))
            np.subtract(z, slip, out=slip)
            np.exp(distance, out=out)
            slip *= out
            out += slip
        if self.block.strips == 1:
            self.kept = out
        return out

    def sum(self, build: bool = False) -> tuple[Floats, Any]:
        """The sums of the exponentials, as if exact; with `build` these are computed where the first output is to be built."""
        block = self.block
        coarse: Any = 0.0
        fine: Any = 0.0
        for strip in block.pieces():
            e = self.exponential(strip, block.room(strip) if build else block.like(strip))
            if not block.careful:
                coarse = coarse + plain_sum(e, block.axis)
            elif block.strips == 1:
                coarse, fine = pair_sum(e, self.top, block.axis)
            else:
                part, rest = pair_sum(e, self.top, block.axis)
                coarse, error = two_sum(coarse, part) if strip else (part, 0.0)
                fine = fine + (rest + error)
        self.built = build and block.keeps()
        self.coarse, self.fine = coarse, fine
        self.total = coarse + fine
        return coarse, fine

    # what follows from the sum --------------------------------------------------------------------------------

    def rivals(self) -> Floats:
        """The sum of all exponentials but one largest: tiny if one logit dominates, and then as exact."""
        if self._rivals is None:
            others, error = two_sum(self.coarse, -self.top)
            self._rivals = others + (error + self.fine)
            dominated = self._rivals < self.top * (DOMINATED if self.block.careful else DOMINATED_IN_SHORT)
            count = np.count_nonzero(dominated)
            if 2 * count > dominated.size:
                np.copyto(self._rivals, self._rivals_alone(slice(None)), where=dominated)
            elif count:
                rows = dominated.reshape(-1)
                self._rivals[rows if self.block.axis else (slice(None), rows)] = self._rivals_alone(rows)
        return self._rivals

    def _rivals_alone(self, which: Any) -> Floats:
        """For the rows named, where one logit dominates, the sum without it."""
        block = self.block

        def rows(x: Floats) -> Floats:
            chosen: Floats = x[which] if block.axis else x[:, which]
            return chosen

        top, highest = rows(self.top), rows(self.highest)
        rivals: Any = 0.0
        for strip in block.pieces():
            given = rows(self.exponential(strip, block.like(strip)))
            e = scratch(given.shape)
            np.copyto(e, given)
            np.copyto(e, 0.0, where=np.equal(given, top, out=scratch(given.shape, bool)))
            rivals = rivals + _sum(e, block.axis)
        small = rivals < top * TINY
        if small.any():  # subnormal exponentials have lost digits: 400 more, which is exact so far below, keeps them
            lifted: Any = 0.0
            for strip in block.pieces():
                lifted = lifted + _lifted_sum(rows(self.logits(strip)), highest, block.axis)
            rivals = np.where(small, lifted * math.exp(-400) * top, rivals)
        result: Floats = rivals
        return result

    @property
    def excess(self) -> Floats:
        """What rounding took from the total, as a part of it."""
        lost: Floats = ((self.coarse - self.total) + self.fine) / self.total
        return lost

    def log_rivals(self) -> Floats:
        """log(1 + rivals / top): the log of the sum over the largest exponential."""
        log: Floats = np.log1p(self.rivals() / self.top)
        return log

    def complement(self, p: Floats) -> Floats:
        """1 - p for probabilities p of the block, without cancellation: above 1/2 there is only the one with the rivals."""
        result: Floats = np.subtract(1.0, p, out=scratch(p.shape))
        np.copyto(result, self.rivals() / self.total, where=p > 0.5)
        return result


def log_of_sum(coarse: Floats, fine: Any) -> Floats:
    """log(coarse + fine) with half an ULP of its own: the sum is 2^k (1 + g), -1/4 <= g < 1/2, so that log1p(g) is small."""
    total = coarse + fine
    fraction, k = np.frexp(total)
    k = k - (fraction < 0.75)
    power = np.ldexp(1.0, k)
    rest = np.log1p((total - power) / power) + ((coarse - total) + fine) / total
    result: Floats = k * LN2_HIGH + (rest + k * LN2_LOW)
    return result


def _sum(x: Floats, axis: int) -> Floats:
    """Sums of numbers that are not negative."""
    coarse, fine = pair_sum(x, np.maximum.reduce(x, axis=axis, keepdims=True), axis)
    return coarse + fine


def _lifted_sum(z: Floats, highest: Floats, axis: int) -> Floats:
    """sum(exp(z - highest + 400)) over the logits below the highest of each row, where all are far below."""
    distance, slip = two_sum(z, -highest)
    e = np.where(z < highest, np.exp(distance + 400), 0.0)
    return _sum(e + e * slip, axis)
