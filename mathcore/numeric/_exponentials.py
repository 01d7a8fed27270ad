"""What softmax, log_softmax, logsumexp and the losses of logits share: exponentials of a row's logits, and their sum.

Unshifted exponentials are the accurate ones (Blanchard, Higham and Higham, Accurately computing the log-sum-exp and softmax
functions, 2021): a row is shifted only where it must be, and then what rounding took from the shifted logits is put back.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ._blocks import NATIVE, SHORT, scratch
from ._sums import FLAT, PEAK, TINY, careful_sum, in_order, pair_sum, plain_sum, short_pair, two_sum

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ._blocks import Block

    Floats = NDArray[np.float64]

HIGHEST = 690.0  # exp(690) times any length is below the largest float
LOWEST = -700.0  # exp(-700) has all its digits
GONE = 1000.0  # exp(-GONE) is 0
LEAST = -float(np.finfo(np.float64).max)
DOMINATED = 2.0**-25  # rivals below this part of the largest are summed without it
DOMINATED_IN_SHORT = 2.0**-15  # in narrower formats
SINGLE = np.dtype(np.float32)
ONES = np.ones(SHORT)

# log 2 in two parts, of which the first times an integer below 2^20 is exact (W. J. Cody and W. Waite, 1980)
LN2_HIGH = float.fromhex("0x1.62e42fee00000p-1")
LN2_LOW = float.fromhex("0x1.a39ef35793c76p-33")


SMALL = 16_384  # entries
SAFE = 650.0  # logits this close: no probability is subnormal, so that no flag is raised
SPAN = 24.0  # logits this close: the parts of a pair have so few bits that both its sums are exact


class Small(NamedTuple):
    """A few rows of ordinary logits, along `axis` of a small array: their exponentials and sums, in few steps.

    Sums are rounded as if they had been exact, or computed by the steps of `Exponentials`: the bits are the same. Of a single
    row they are Python floats; `exact` says that the coarse one is the sum of a pair that would be exact.
    """

    given: NDArray[Any]
    z: Floats
    e: Floats
    highest: Any
    coarse: Any
    fine: Any
    exact: bool = False

    def probabilities(self) -> NDArray[Any]:
        """The softmax, in the format and shape of the logits."""
        p = self.e
        if self.given.dtype == NATIVE:
            p /= self.coarse + self.fine
            return p.reshape(self.given.shape)
        p *= 1 / self.coarse
        return p.astype(np.float32).reshape(self.given.shape)

    def log_probabilities(self) -> NDArray[Any] | None:
        """The log_softmax; None where one logit dominates, which takes more care."""
        log = self.log_rivals()
        if log is None:
            return None
        result = self.z - self.highest
        result -= log
        return result.reshape(self.given.shape).astype(self.given.dtype, copy=False)

    def log_rivals(self) -> Any:
        """log(1 + rivals / top) as in `Exponentials`; None where one logit dominates."""
        careful = self.given.dtype == NATIVE
        least = DOMINATED if careful else DOMINATED_IN_SHORT
        if isinstance(self.highest, float):
            top = float(np.exp(self.highest))
            if self.exact:  # the pair would be exact, and the difference too
                others = math.fsum([*self.e.tolist(), -top])
            else:
                rest = self.coarse - top
                part = rest - self.coarse
                others = rest + (((self.coarse - (rest - part)) + (-top - part)) + self.fine)
            return float(np.log1p(others / top)) if others >= top * least else None
        top = np.exp(self.highest)
        rivals = self.coarse - top
        part = rivals - self.coarse
        error = (self.coarse - (rivals - part)) - (top + part)
        error += self.fine
        rivals += error
        return None if not np.minimum.reduce(rivals - top * least, axis=None) >= 0 else np.log1p(rivals / top)


def small(z: Any, axis: Any, bounds: bool = False) -> Small | None:
    """`Small` for what it serves: float64 or float32 in C order, few rows, no shift, no row of equal logits; else None.

    With `bounds`, `highest` is that of each row.
    """
    if type(z) is not np.ndarray or type(axis) is not int or not 1 < z.size <= SMALL or not z.flags.c_contiguous:
        return None
    given, careful = z, z.dtype == NATIVE
    if not careful:
        if z.dtype != SINGLE:
            return None
        z = z.astype(np.float64)
    if z.ndim == 1:
        return _small_row(given, z, careful) if axis in (-1, 0) else None
    if z.ndim != 2 or axis not in (-1, 0, 1) or z.shape[axis] < 2:
        return None
    short = z.shape[axis] <= SHORT
    if bounds and short and axis and len(z) > 128:  # reductions of many short rows are faster side by side, in blocks
        return None
    first, last = (z[0], z[-1]) if axis == 0 else (z[:, 0], z[:, -1])
    rows = None
    if bounds and short and axis:
        rows = np.maximum.reduce(z.T.copy(), axis=0)[:, None]
    elif bounds or not short:
        rows = np.maximum.reduce(z, axis=axis, keepdims=True)
    highest = float(np.maximum.reduce(z if rows is None else rows, axis=None))
    lowest = float(np.minimum.reduce(z, axis=None))
    span = SPAN if short or not careful else SAFE
    if not (-HIGHEST <= lowest and highest <= HIGHEST and highest - lowest <= span) or np.count_nonzero(first == last):
        return None
    e = np.exp(z)
    if not careful:
        if short and axis:
            total = np.add.accumulate(e, axis=1)[:, -1:]
        elif short and e.shape[1] == 1:
            return None
        else:
            total = plain_sum(e, 0 if axis == 0 else 1)
        return Small(given, z, e, rows, total, 0.0)
    if not short:
        return Small(given, z, e, rows, *careful_sum(e, np.exp(rows), 0 if axis == 0 else 1))
    # exponentials so much alike that both sums of a pair are exact, in any order
    sigma = 2 * z.shape[axis] * math.exp(highest)
    part = e + sigma
    part -= sigma
    rest = e - part
    if axis == 0:
        return Small(given, z, e, rows, np.add.reduce(part, axis=0, keepdims=True), np.add.reduce(rest, axis=0, keepdims=True))
    ones = ONES[: z.shape[1]]
    return Small(given, z, e, rows, part.dot(ones)[:, None], rest.dot(ones)[:, None])


def _small_row(given: NDArray[Any], z: Floats, careful: bool) -> Small | None:
    short = z.size <= SHORT
    if short:
        entries = z.tolist()
        highest, lowest = max(entries), min(entries)
    else:
        highest, lowest = float(np.maximum.reduce(z)), float(np.minimum.reduce(z))
    if not (-HIGHEST <= lowest < highest <= HIGHEST and highest - lowest <= (SAFE if careful else SPAN)):
        return None
    e = np.exp(z)
    if not short:
        total = float(np.add.reduce(e))
        if careful:
            top = float(np.exp(highest))
            if top > PEAK * total or top * z.size < FLAT * total:
                coarse, fine = pair_sum(e[None], top, 1)
                return Small(given, z, e, highest, coarse.item(), fine.item())
        return Small(given, z, e, highest, total, 0.0)
    terms = e.tolist()
    if not careful:
        return Small(given, z, e, highest, in_order(terms), 0.0)
    if highest - lowest <= SPAN:
        return Small(given, z, e, highest, math.fsum(terms), 0.0, exact=True)  # nan for a nan that hides from max and min
    return Small(given, z, e, highest, *short_pair(terms, float(np.exp(highest))))


class Exponentials:
    """exp(z - shift) for the rows z of a block, and the sums of its rows as pairs: coarse + fine.

    `highest` is the largest logit of each row (of a row with +inf: of its limit), `top` its exponential.
    """

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
        z = self.logits(strip)
        if self.shift is None and (self.block.careful or self.deepest >= LOWEST):
            np.exp(z, out=out)
        elif not self.block.careful:  # a probability of exp(LOWEST) is 0 in narrower formats, and less takes longer
            shift = 0.0 if self.shift is None else self.shift
            distance = np.subtract(z, shift, out=scratch(z.shape))
            np.exp(np.maximum(distance, LOWEST, out=distance), out=out)
        else:
            if not self.deepest >= -GONE:  # -inf has no slip; a number as far below has the same exponential, 0
                floor = np.maximum(self.shift - np.maximum(GONE, np.abs(self.shift)), LEAST)
                z = np.maximum(z, floor, out=scratch(z.shape))
            distance = np.subtract(z, self.shift, out=scratch(z.shape))
            slip = np.add(distance, self.shift, out=scratch(z.shape))
            np.subtract(z, slip, out=slip)
            np.exp(distance, out=out)
            slip *= out
            out += slip
        if self.block.strips == 1:
            self.kept = out
        return out

    def sum(self, build: bool = False, exact: bool = False) -> tuple[Floats, Any]:
        """The sums of the exponentials: rounded as if exact, or plain ones where no term stands out.

        With `build` the exponentials are computed where the first output is to be built; `exact` wants no plain sums.
        """
        block = self.block
        coarse: Any = 0.0
        fine: Any = 0.0
        for strip in block.pieces():
            e = self.exponential(strip, block.room(strip) if build else block.like(strip))
            if not block.careful:
                coarse = coarse + plain_sum(e, block.axis)
            elif block.strips == 1:
                coarse, fine = (pair_sum if exact else careful_sum)(e, self.top, block.axis)
            else:
                part, rest = pair_sum(e, self.top, block.axis)
                coarse, error = two_sum(coarse, part) if strip else (part, 0.0)
                fine = fine + (rest + error)
        self.built = build and block.keeps()
        self.coarse, self.fine = coarse, fine
        self.total = coarse + fine
        return coarse, fine

    def normalise(self, e: Floats) -> Floats:
        """e over the total, in place."""
        if self.block.careful:
            e /= self.total
        else:
            e *= 1 / self.total
        return e

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
            return x[which] if block.axis else x[:, which]

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
        return ((self.coarse - self.total) + self.fine) / self.total

    def log_rivals(self) -> Floats:
        """log(1 + rivals / top): the log of the sum over the largest exponential."""
        log: Floats = np.log1p(self.rivals() / self.top)
        return log

    def complement(self, p: Floats) -> Floats:
        """1 - p for probabilities p of the block, without cancellation: above 1/2 there is only the one with the rivals."""
        result = np.subtract(1.0, p, out=scratch(p.shape))
        np.copyto(result, self.rivals() / self.total, where=p > 0.5)
        return result


def small_log_of_sum(few: Small) -> Any:
    """`log_of_sum` of a few rows; of a single short one in Python floats."""
    coarse, fine = few.coarse, few.fine
    if not isinstance(few.highest, float):
        return log_of_sum(coarse, fine)
    if few.exact:
        fine = math.fsum([*few.e.tolist(), -coarse])
    total = coarse + fine
    fraction, k = math.frexp(total)
    k -= fraction < 0.75
    power = math.ldexp(1.0, k)
    rest = float(np.log1p((total - power) / power)) + ((coarse - total) + fine) / total
    return k * LN2_HIGH + (rest + k * LN2_LOW)


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
