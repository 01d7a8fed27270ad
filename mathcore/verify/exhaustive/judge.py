"""Every float of a range of bit patterns, and what a function makes of it: counts per class of error, and the largest.

Patterns are taken in chunks, always the same ones, and judged on intervals, always the same ones: a tally of a range is the
sum of the tallies of its parts, whatever the parts, and a sum does not depend on the order.

One interval has one polynomial (`taylor`), so that a value costs its function and a few passes. An error is known to about
1e-8 ULP from it. Where that does not decide the class of the error, balls do, at that very input.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from mathcore.conformance.accuracy import bar_of
from mathcore.conformance.exact import reference
from mathcore.conformance.subject import show
from mathcore.conformance.ulp import Format, Judged, format_of, judge
from mathcore.verify.exhaustive.functions import Elementwise, elementwise
from mathcore.verify.exhaustive.taylor import Model, model, rational

CHUNK = 1 << 13  # patterns in one call of the function: what it needs stays in the second-level cache
ROOT = 20  # an interval has at most 2^20 patterns
SHOWN = 5  # failures that are kept with their text
ROUNDED = 2.0**-50  # an error as computed, of itself
QUARTER = 0.25

COUNTER = np.arange(CHUNK, dtype=np.float64)


@dataclass(frozen=True)
class Kind:
    """A format by its bit patterns: positive ones first, then infinity and nan, then the same with the sign."""

    name: str

    @cached_property
    def dtype(self) -> np.dtype[Any]:
        return np.dtype(self.name)

    @cached_property
    def bits(self) -> int:
        return 8 * self.dtype.itemsize

    @cached_property
    def size(self) -> int:
        return 1 << self.bits

    @cached_property
    def sign(self) -> int:
        return self.size // 2

    @cached_property
    def root(self) -> int:
        """log2 of the patterns of the largest intervals: never more than a binade."""
        return min(ROOT, int(np.finfo(self.dtype).nmant))

    @cached_property
    def infinity(self) -> int:
        return self.pattern(np.inf)

    def pattern(self, x: float) -> int:
        return int(np.array(x, self.dtype).view(f"u{self.dtype.itemsize}"))

    def value(self, pattern: int) -> Any:
        return np.array(pattern, f"u{self.dtype.itemsize}").view(self.dtype)[()]

    def values(self, start: int, stop: int) -> np.ndarray:
        return np.arange(start, stop, dtype=f"u{self.dtype.itemsize}").view(self.dtype)


def thresholds(name: str, dtype: str) -> tuple[float, ...]:
    """Where the classes of error end, in ULP: the bar is one of them."""
    bar = bar_of(elementwise(name).card, dtype)
    assert bar is not None
    return tuple(sorted({0.5, float(bar), 1.0, 2.0}))


@dataclass(frozen=True)
class Tally:
    """What was found in some patterns. Sums do not depend on the order, nor on how patterns were put together."""

    counts: tuple[int, ...]  # errors up to each threshold, and beyond the last
    nan: int = 0  # no number was due, and none came
    balls: int = 0  # decided by balls
    other_zeros: int = 0  # zeros of the other sign, where no sign is promised
    failures: int = 0
    worst: tuple[float, int] = (-1.0, 0)  # error in ULP, pattern
    first: tuple[tuple[int, str], ...] = ()  # failures: pattern, what happened

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            tuple(a + b for a, b in zip(self.counts, other.counts, strict=True)),
            self.nan + other.nan,
            self.balls + other.balls,
            self.other_zeros + other.other_zeros,
            self.failures + other.failures,
            max(self.worst, other.worst, key=lambda w: (w[0], -w[1])),
            tuple(sorted(self.first + other.first)[:SHOWN]),
        )


def tally(name: str, dtype: str, start: int, stop: int, function: Callable[[Any], Any] | None = None) -> Tally:
    """The patterns from `start` up to `stop`, both multiples of CHUNK, judged; `function` is the card's own without one."""
    kind = Kind(dtype)
    if start % CHUNK or stop % CHUNK or not 0 <= start < stop <= kind.size:
        raise ValueError(f"tally: patterns {start} to {stop} of {dtype}: use multiples of {CHUNK} from 0 to {kind.size}")
    judged = _Judge(elementwise(name), kind, function or elementwise(name).function())
    with np.errstate(all="ignore"):
        for low in range(start, stop, CHUNK):
            judged.chunk(low, low + CHUNK)
    return judged.result()


class _Judge:
    """Counts for one range. Scratch is kept between chunks."""

    def __init__(self, entry: Elementwise, kind: Kind, function: Callable[[Any], Any]) -> None:
        self.entry, self.kind, self.function = entry, kind, function
        self.form: Format = format_of(kind.dtype)
        self.least = float(self.form.least)
        self.largest = float(self.form.largest)
        self.card = entry.card
        self.parameter = self.card.definition.parameters[0]
        self.edges = thresholds(entry.name, kind.name)
        self.exact_edges = tuple(Fraction(str(edge)) for edge in self.edges)
        self.reference, self.rational = reference(self.card), rational(entry.name)
        self.bar = float(bar_of(self.card, kind.name) or 0.0)
        self.counts = [0] * (len(self.edges) + 1)
        self.nan = self.balls = self.other_zeros = self.failures = 0
        self.worst = (-1.0, 0)
        self.first: list[tuple[int, str]] = []
        self.last: tuple[int, int, Model | None] = 0, 0, None  # the interval in hand: most chunks lie within one
        self.place, self.near, self.off = np.empty(CHUNK), np.empty(CHUNK), np.empty(CHUNK)

    def result(self) -> Tally:
        first = tuple(sorted(self.first)[:SHOWN])
        return Tally(tuple(self.counts), self.nan, self.balls, self.other_zeros, self.failures, self.worst, first)

    def chunk(self, start: int, stop: int) -> None:
        x = self.kind.values(start, stop)
        try:
            out = np.asarray(self.function(x))
        except Exception as error:
            self._broken(start, stop, f"raises {type(error).__name__}: {error}")
            return
        if out.dtype != self.kind.dtype or out.shape != x.shape:
            self._broken(start, stop, f"returns {out.dtype} of shape {out.shape}, expected {self.kind.name} of {x.shape}")
            return
        root, bits, found = self.last
        if root <= start and stop <= root + (1 << bits):
            self._judged(start, out, root, bits, found)
            return
        for low, high, root, bits in _pieces(self.entry.name, self.kind, start, stop):
            found = _model(self.entry.name, self.kind, root, bits) if bits > 0 else None
            self.last = root, max(bits, 0), found
            self._judged(low, out[low - start : high - start], root, bits, found)

    def _judged(self, low: int, out: np.ndarray, root: int, bits: int, found: Model | None) -> None:
        if found is not None:
            self._interval(low, out, found, root, bits)
        elif bits < 0:
            self._undefined(low, out)
        else:
            self._point(low, out[0])

    # the three kinds of patterns ------------------------------------------------------------------------------------

    def _undefined(self, low: int, out: np.ndarray) -> None:
        """nan, or a number outside the domain: nan must come."""
        numbers = np.flatnonzero(~np.isnan(out))
        self.nan += out.size - numbers.size
        self.counts[-1] += numbers.size
        self.failures += numbers.size
        for k in numbers[:SHOWN]:
            self._fail(low + int(k), out[k], "nan is due", counted=True)
        if numbers.size:
            self._larger(math.inf, low + int(numbers[0]))

    def _point(self, pattern: int, out: Any) -> None:
        """A zero, an infinity, an end of the domain, or a place where no polynomial is close enough."""
        x = float(self.kind.value(pattern))
        limit = self.entry.limits.get(x)
        if limit is None:
            self.balls += math.isfinite(x) and x != 0
            place, error = self._by_balls(pattern, out)
        else:
            place, error = (0, 0.0) if float(out) == limit else (len(self.edges), math.inf)
        self._count(pattern, out, place, error)
        if out == 0:
            self._zeros(pattern, np.array([out]))

    def _interval(self, low: int, out: np.ndarray, found: Model, root: int, bits: int) -> None:
        n, half = out.size, 2.0 ** (bits - 1)
        place, near, off = self.place[:n], self.near[:n], self.off[:n]
        if len(found.coefficients) > 1:
            np.multiply(COUNTER[:n], 1 / half, out=place)
            np.add(place, (low - root) / half - 1, out=place)
        found(place, near)
        off[...] = out
        np.subtract(off, near, out=off)
        np.absolute(off, out=off)
        first = int(off.argmax())  # a nan, if there is one
        top = off.item(first)
        edge, error = self.edges[0], (top * (1 + ROUNDED) + found.slack) / found.unit
        if error <= (edge if found.even else min(edge, QUARTER)):
            self.counts[0] += n
            self._larger(error, low + first)
        else:
            self._one_by_one(low, out, near, off, found)
        if found.low < self.least:  # elsewhere a zero is off by a whole ULP or more
            self._zeros(low, out)

    def _one_by_one(self, low: int, out: np.ndarray, near: np.ndarray, off: np.ndarray, found: Model) -> None:
        """Where some error is larger than the first threshold, or the results lie in several binades."""
        slack = found.slack
        least_unit: Any = found.unit
        unit: Any = found.unit
        inside = (off * (1 + ROUNDED) + slack) / unit <= self.edges[0]  # false for a nan
        some = np.flatnonzero(~inside) if found.even else np.arange(out.size)
        if not found.even:
            size = np.abs(near)
            least_unit, unit = _spacings(np.maximum(size - slack, 0.0), self.form), _spacings(size + slack, self.form)
        errors = off[some]
        most = (errors * (1 + ROUNDED) + slack) / least_unit
        least = np.maximum(errors * (1 - ROUNDED) - slack, 0.0) / unit
        place, lower = np.searchsorted(self.edges, most), np.searchsorted(self.edges, least)
        wrong_kind = np.isnan(errors) | (np.isinf(errors) & (found.high < self.largest / 2))
        place[wrong_kind], lower[wrong_kind], most[wrong_kind] = len(self.edges), len(self.edges), math.inf
        if found.side and found.even:  # nothing is rounded: a tie is a little off its middle, and it is known to which side
            ties = np.flatnonzero(errors == self.edges[0] * unit)
            beyond = (out[some[ties]] > near[some[ties]]) != (found.side > 0)
            place[ties] = lower[ties] = beyond
            most[ties] = np.where(beyond, np.nextafter(self.edges[0] + slack / found.unit, np.inf), self.edges[0])
        for k in np.flatnonzero((place != lower) | (np.isinf(errors) & ~wrong_kind)):
            self.balls += 1
            place[k], most[k] = self._by_balls(low + int(some[k]), out[some[k]])
        for c, number in enumerate(np.bincount(place, minlength=len(self.edges) + 1)):
            self.counts[c] += int(number)
        self.counts[0] += out.size - some.size
        bad = np.flatnonzero(place > self.edges.index(self.bar))
        self.failures += bad.size
        for k in bad[:SHOWN]:
            self._fail(low + int(some[k]), out[some[k]], f"off by {most[k]:.9g} ULP", counted=True)
        if some.size:
            worst = int(most.argmax())
            self._larger(float(most[worst]), low + int(some[worst]))
        if some.size < out.size:
            off[some] = -1.0
            rest = int(off.argmax())
            self._larger((off.item(rest) * (1 + ROUNDED) + slack) / unit, low + rest)

    # what both share ----------------------------------------------------------------------------------------------------

    def _by_balls(self, pattern: int, out: Any) -> tuple[int, float]:
        """The class of the error, and the error, from the card's definition at this input."""
        if self.rational is not None and np.isfinite(out):
            y = self.rational(Fraction(float(self.kind.value(pattern))))
            exponent = math.frexp(float(y))[1] - 1 if y else self.form.bottom
            exponent -= 0 < abs(y) < Fraction(2) ** exponent  # the nearest float64 may be the power of two above
            off = abs(Fraction(float(out)) - y) / Fraction(2) ** self.form.spacing(exponent)
            return sum(off > edge for edge in self.exact_edges), float(off)
        exact = self.reference.outputs({self.parameter: self.kind.value(pattern)})[0]
        found = Judged(None, math.nan)
        for place, edge in enumerate(self.edges):
            found = judge(out, exact, edge, self.kind.dtype)
            if found.right:
                return place, found.error
        return len(self.edges), found.error if found.error == found.error else math.inf

    def _zeros(self, low: int, out: np.ndarray) -> None:
        """Zeros of a sign that they should not have."""
        negative = self.entry.zero == "-" or (self.entry.zero == "x" and low >= self.kind.sign)
        wrong = out.view(f"u{out.dtype.itemsize}") == (0 if negative else self.kind.sign)
        number = int(np.count_nonzero(wrong))
        if not number:
            return
        self.other_zeros += number
        if not self.entry.either_zero:
            self.failures += number
            for k in np.flatnonzero(wrong)[:SHOWN]:
                self._fail(low + int(k), out[k], f"the zero must be {'-0.0' if negative else '0.0'}", counted=True)

    def _count(self, pattern: int, out: Any, place: int, error: float) -> None:
        self.counts[place] += 1
        self._larger(error, pattern)
        if place > self.edges.index(self.bar):
            self._fail(pattern, out, f"off by {error:.9g} ULP")

    def _larger(self, error: float, pattern: int) -> None:
        if error > self.worst[0] or (error == self.worst[0] and pattern < self.worst[1]):
            self.worst = (error, pattern)

    def _fail(self, pattern: int, out: Any, what: str, counted: bool = False) -> None:
        self.failures += not counted
        if len(self.first) < SHOWN or pattern < max(self.first)[0]:
            text = f"{self.entry.name}({show(self.kind.value(pattern))}) gives {show(out)}; {what}"
            self.first = sorted([*self.first, (pattern, text)])[:SHOWN]

    def _broken(self, start: int, stop: int, what: str) -> None:
        self.counts[-1] += stop - start
        self.failures += stop - start
        self._larger(math.inf, start)
        self.first = sorted([*self.first, (start, f"{self.entry.name}: {what} for patterns {start} to {stop}")])[:SHOWN]


def _spacings(size: np.ndarray, form: Format) -> np.ndarray:
    """`spacing` of an array."""
    exponent = np.frexp(size)[1] - 1
    exponent[size == 0] = form.bottom
    spacings: np.ndarray = np.ldexp(1.0, np.clip(exponent, form.bottom, form.top) - form.precision + 1)
    return spacings


# intervals --------------------------------------------------------------------------------------------------------------


def _pieces(name: str, kind: Kind, start: int, stop: int) -> Iterator[tuple[int, int, int, int]]:
    """(from, to, start of its interval, log2 of its length): what one polynomial covers; 0 for a point, -1 where nan is due."""
    length = 1 << kind.root
    for root in range(start - start % length, stop, length):
        yield from _descend(name, kind, root, kind.root, start, stop)


def _descend(name: str, kind: Kind, root: int, bits: int, start: int, stop: int) -> Iterator[tuple[int, int, int, int]]:
    end = root + (1 << bits)
    low, high = max(root, start), min(end, stop)
    if low >= high:
        return
    where = _region(name, kind, root, end)
    if where == "undefined":
        yield low, high, root, -1
    elif bits == 0:
        yield low, high, root, 0
    elif where == "inside" and _model(name, kind, root, bits) is not None:
        yield low, high, root, bits
    else:
        half = 1 << (bits - 1)
        yield from _descend(name, kind, root, bits - 1, start, stop)
        yield from _descend(name, kind, root + half, bits - 1, start, stop)


@lru_cache(maxsize=4096)
def _region(name: str, kind: Kind, start: int, stop: int) -> str:
    """What the patterns are: inside the domain, where the definition is a number; undefined; or both."""
    unit = elementwise(name).unit
    end = kind.pattern(1.0) if unit else kind.infinity
    if start > 0 and stop <= end:
        return "inside"
    if end < start and stop <= kind.sign:
        return "undefined"
    if kind.sign < start:
        if unit or kind.sign + end < start:
            return "undefined"
        return "inside" if stop <= kind.sign + end else "both"
    return "both"


@lru_cache(maxsize=4096)
def _model(name: str, kind: Kind, root: int, bits: int) -> Model | None:
    centre = Fraction(float(kind.value(root + (1 << (bits - 1)))))
    return model(name, centre, centre - Fraction(float(kind.value(root))), format_of(kind.dtype), 1 << (bits - 1))
