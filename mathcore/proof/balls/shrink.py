"""A point that refutes, made small: indices that differ, few entries, zeros and ones.

Whatever is tried counts only where the claim is certainly false and every hypothesis certainly holds.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import product
from typing import Any

from flint import fmpq

from mathcore.language import tree as t
from mathcore.language.parser import Context
from mathcore.proof.balls import extended as x
from mathcore.proof.balls.compare import _opened, explain
from mathcore.proof.balls.entries import LAST, REACH, entries_of, entry_at, inside, with_entry, with_share
from mathcore.proof.balls.evaluate import program
from mathcore.proof.balls.hypotheses import symbols_of
from mathcore.proof.balls.point import CannotEvaluate, Point, Table, Watched
from mathcore.proof.balls.points import Sampler
from mathcore.proof.balls.program import Frame, role
from mathcore.proof.balls.truth import FALSE, ONE_SIDED, TOUCHING, relate, statement
from mathcore.proof.balls.values import Names

TRIED = 600  # points, for one claim
LARGEST = 4  # of a size that is tried before the sizes of the point at hand
REPAIR = 3  # points that solving the hypotheses counts for
PLACES = 4  # of the free indices, at each choice of sizes
DRAWN = 3  # in a cell, at random
ROUGH = 64  # bits: what excludes equality there excludes it
# the simplest numbers, in the order in which they are tried
SIMPLE = tuple(
    fmpq(p, q)
    for p, q in (
        *((0, 1), (1, 1), (2, 1), (1, 2), (-1, 1), (3, 1), (1, 3), (-2, 1), (-1, 2), (2, 3), (1, 4), (3, 4), (3, 2), (4, 1)),
        *((5, 1), (1, 5), (-3, 1), (10, 1), (1, 10), (9, 10), (-10, 1), (100, 1), (1, 100), (99, 100), (-100, 1)),
        *((1000, 1), (1, 1000), (1, 10_000)),
    )
)
FILLS = SIMPLE[:5]
LATE = 0.05  # seconds: no time for another point

Tie = Callable[[Point], bool]
Left = Callable[[], float]  # seconds that are left


class Shrinker:
    """One claim and its hypotheses; `shrunk` makes points at which it is false small."""

    def __init__(
        self, context: Context, relation: t.Expr, symbols: Collection[t.Symbol], tie: Tie | None = None, left: Left = lambda: 1.0
    ) -> None:
        self.code = program(context.definitions, {})
        self.judged = statement(self.code, relation)
        self.op = relation.ops[0] if isinstance(relation, t.Relation) and len(relation.ops) == 1 else ""
        self.sampler = Sampler(context, symbols, 5, {})
        self.spoken = {role(s) for s in spoken(context, relation, self.sampler.symbols)}
        self.tie, self.seconds = tie, left
        self.most = self.left = TRIED if tie is None else TRIED // 8
        self.plain = False  # both sides have to be numbers

    # what counts ---------------------------------------------------------------------------------------------

    def counts(self, names: Names) -> bool:
        """The claim is certainly false here, every value lies in its domain, and every hypothesis certainly holds."""
        if self.left <= 0 or self.seconds() < LATE:
            return False
        self.left -= 1
        try:
            return self.false(names) and self.inside(names) and not self.sampler.hopeless(names) and self.sampler.certain(names)
        except (CannotEvaluate, ZeroDivisionError, OverflowError):
            return False

    def false(self, names: Names) -> bool:
        if self.tie is not None:
            return self.judged.decided(names) == TOUCHING and self.tie(self.sampler.finished(dict(names)))
        with x.working(ROUGH):
            frame = Frame(names, 0, False)
            if not self.op:
                return self.judged.outcome(frame) in (FALSE, ONE_SIDED)
            left, right = self.judged.sides(frame)
            if self.plain and not (numbers(left) and numbers(right)):
                return False
            return relate(self.op, left, right) in (FALSE, ONE_SIDED)

    def confirmed(self, point: Point) -> bool:
        """The claim is false at the point by balls of any precision, and it is a point of the context."""
        names = dict(point.names)
        refuted = self.judged.decided(names) in (FALSE, ONE_SIDED) or (self.tie is not None and self.tie(point))
        return refuted and self.inside(names) and not self.sampler.hopeless(names) and self.sampler.certain(names)

    def read(self, point: Point) -> frozenset[int]:
        """The places in sequences at which the claim looks."""
        watched = {key: Watched(value) for key, value in point.names.items() if isinstance(value, Table)}
        if watched:
            self.judged.decided({**point.names, **watched})
        return frozenset().union(*(table.read for table in watched.values()))

    def inside(self, names: Names) -> bool:
        return all(inside(names[role(s)], s.type.domain) for s in self.sampler.values) and all(
            names[role(s)] >= s.type.minimum for s in self.sampler.naturals
        )

    # from large to small -------------------------------------------------------------------------------------

    def shrunk(self, names: Names) -> Names:
        """A point that is as small as was found; the given one where that cannot be confirmed."""
        self.plain = True
        if not self.counts(names):
            self.plain = False
            if not self.counts(names):
                return names
        found = self.in_a_smaller_cell(names)
        while self.left > 0 and (simpler := next(filter(self.counts, self.simpler(found)), None)) is not None:
            found = simpler
        return found

    def in_a_smaller_cell(self, names: Names) -> Names:
        """The point, or one with more indices that differ, or with smaller sizes."""
        here = self.size_of(names)
        for cell in self.cells(here):
            if self.left < self.most // 2:
                break
            for candidate in self.filled(cell, names):
                if self.counts(candidate):
                    return candidate
        weight = self.weight(names)
        plainer = (one for one in self.filled(self.cell_of(names), names) if self.weight(one) < weight)
        return next(filter(self.counts, plainer), names)

    def cell_of(self, names: Names) -> Names:
        return {key: value for key, value in names.items() if key.startswith(("size:", "index:"))}

    def size_of(self, names: Names) -> tuple[int, ...]:
        """Indices that coincide, entries, and the places of the indices: what is small comes first."""
        found: dict[Any, list[int]] = {}
        for s in self.sampler.indices:
            found.setdefault(s.type.over, []).append(names[role(s)])
        together = sum(len(places) - len(set(places)) for places in found.values())
        sizes = [names[role(s)] for s in self.sampler.sizes]
        return together, sum(sizes), *sizes, sum(map(sum, found.values())), *(names[role(s)] for s in self.sampler.indices)

    def cells(self, below: tuple[int, ...]) -> Iterator[Names]:
        """Sizes and places of the free indices, the smallest first, all smaller than the point at hand."""
        sampler = self.sampler
        most = LARGEST if len(sampler.sizes) < 2 else 3 if len(sampler.sizes) < 4 else 2
        ranges = [range(s.type.minimum, max(s.type.minimum + 1, most) + 1) for s in sampler.sizes]
        found: list[tuple[tuple[int, ...], Names]] = []
        for chosen in product(*ranges):
            sizes = {role(s): n for s, n in zip(sampler.sizes, chosen, strict=True)}
            here = sorted(((self.size_of(c), c) for p in sampler.places(sizes) if (c := {**sizes, **p})), key=lambda one: one[0])
            kinds: dict[int, int] = {}
            for size, cell in here:
                kinds[size[0]] = kinds.get(size[0], 0) + 1
                if size < below and kinds[size[0]] <= PLACES:
                    found.append((size, cell))
        for _, cell in sorted(found, key=lambda one: one[0]):
            yield cell

    def filled(self, cell: Names, names: Names) -> Iterator[Names]:
        """Points of a cell: the plainest values, small whole numbers, and what is left of the point at hand."""
        sampler = self.sampler
        lengths = {role(s): sampler.lengths(s, cell) for s in sampler.values}
        for turn, fill in enumerate(FILLS):
            made = {role(s): filled(s.type.domain, lengths[role(s)], lambda _, fill=fill: fill) for s in sampler.values}
            yield from self.repaired({**cell, **self.counted(turn % 3), **made})
        for turn, step in ((1, 1), (2, 1), (0, -1)):
            made = {}
            for number, s in enumerate(sampler.values):
                start = (number + 1) * (turn != 1)
                count = lambda place, start=start, step=step: fmpq((start + step * place) % 3)  # noqa: E731  # a row of 0, 1, 2
                made[role(s)] = filled(s.type.domain, lengths[role(s)], count)
            yield from self.repaired({**cell, **self.counted(turn), **made})
        for turn in range(DRAWN):
            try:
                drawn = sampler.sample(cell, plainly=turn % 2 == 0)
            except (CannotEvaluate, ZeroDivisionError, OverflowError):
                break
            if drawn is not None:
                yield drawn
        kept = {role(s): fitted(names[role(s)], lengths[role(s)], s.type.domain) for s in sampler.values}
        yield from self.repaired({**cell, **{role(s): names[role(s)] for s in sampler.naturals}, **kept})

    def counted(self, more: int) -> Names:
        return {role(s): s.type.minimum + more for s in self.sampler.naturals}

    def repaired(self, names: Names) -> Iterator[Names]:
        """The point, and what it becomes where its equations are solved."""
        yield names
        if self.sampler.constraints and not self.sampler.hopeless(names):
            moved = dict(names)
            self.left -= REPAIR
            try:
                if self.sampler.satisfy(moved):
                    yield moved
            except (CannotEvaluate, ZeroDivisionError, OverflowError):
                return

    # single values --------------------------------------------------------------------------------------------

    def simpler(self, names: Names) -> Iterator[Names]:
        """The point with one value replaced by a simpler one, the boldest first."""
        for s in self.sampler.naturals:
            for n in range(s.type.minimum, names[role(s)]):
                yield from self.lighter(names, {role(s): n})
        values = [s for s in self.sampler.values if role(s) in self.spoken]
        yield from self.lighter(names, {role(s): sized(names[role(s)]) for s in values})
        for s in values:
            if s.type.domain != "onehot":
                yield from self.simpler_values(names, s)

    def simpler_values(self, names: Names, symbol: t.Symbol) -> Iterator[Names]:
        """The same of one number or array."""
        key, domain, old = role(symbol), symbol.type.domain, names[role(symbol)]
        if symbol.type.shape and domain != "simplex":
            for fill in FILLS:
                yield from self.lighter(names, {key: everywhere(old, fill)})
        for spot in entries_of(old):
            for simple in nearby(entry_at(old, spot)):
                if domain != "simplex":
                    yield from self.lighter(names, {key: with_entry(old, spot, simple)})
                    yield from self.balanced(names, symbol, spot, simple)
                elif 0 <= simple <= 1:
                    row = with_share(entry_at(old, spot[:-1]), spot[-1], simple)
                    yield from self.lighter(names, {key: with_entry(old, spot[:-1], row)})

    def balanced(self, names: Names, symbol: t.Symbol, spot: tuple[int, ...], value: fmpq) -> Iterator[Names]:
        """The entry with this value, and the next one of its row with what keeps their sum, where an equation is about them."""
        key = role(symbol)
        row = entry_at(names[key], spot[:-1]) if spot else None
        tied = any(c.equality and symbol in about for c, about in zip(self.sampler.constraints, self.sampler.about, strict=True))
        if tied and isinstance(row, list) and len(row) > 1:
            other = (spot[-1] + 1) % len(row)
            moved = with_entry(with_entry(row, (spot[-1],), value), (other,), row[other] + row[spot[-1]] - value)
            yield from self.lighter(names, {key: with_entry(names[key], spot[:-1], moved)})

    def lighter(self, names: Names, changed: Names) -> Iterator[Names]:
        """The point with other values, repaired where hypotheses ask for it, if the whole has become simpler."""
        weight = self.weight(names)
        for candidate in self.repaired({**names, **changed}):
            if self.weight(candidate) < weight:
                yield candidate

    def weight(self, names: Names) -> int:
        naturals = [int(names[role(s)]) for s in self.sampler.naturals]
        last = max(naturals, default=0) + 1  # as `Point` tells a sequence
        return sum(naturals) + sum(cost(names[role(s)], last) for s in self.sampler.values if role(s) in self.spoken)


def spoken(context: Context, relation: t.Expr, known: Collection[t.Symbol]) -> set[t.Symbol]:
    """The letters on which the claim can depend: those of its unfolded sides, and of hypotheses that tie others to them."""
    found = set(t.free_symbols(context.unfold(relation)))
    about = [symbols_of(h, context.definitions) for h in context.hypotheses]
    while tied := [s for s in about if s & found and not s <= found and any(v.type.domain != "size" for v in s & found)]:
        found |= tied[0]
    for s in list(found):
        found |= t.free_symbols(s)
    return {s for s in known if s in found}


def numbers(value: Any) -> bool:
    if isinstance(value, list):
        return all(map(numbers, value))
    return x.plain(value).__class__ is not x.Special


@lru_cache(maxsize=4096)
def _cost(p: int, q: int) -> int:
    value = fmpq(p, q)
    return SIMPLE.index(value) if value in SIMPLE else len(SIMPLE) + 3 * len(str(value))


def cost(value: Any, last: int = REACH) -> int:
    """How hard a value is to read; of a sequence the entries up to `last` are."""
    if isinstance(value, Table):
        return sum(cost(value[i], last) for i in range(last + 1))
    if isinstance(value, list):
        return sum(cost(v, last) for v in value)
    cheap: int = _cost(int(value.p), int(value.q))
    return cheap


def nearby(value: fmpq) -> list[fmpq]:
    """Simpler numbers: those of the list, then fractions of few digits next to the value."""
    here = cost(value)
    near = [fmpq(int(n), d) for d in (1, 2, 3, 4, 5, 10, 100) for n in ((value * d).floor(), (value * d).ceil())]
    return [v for v in dict.fromkeys((*SIMPLE, *near)) if cost(v) < here]


def sized(value: Any) -> Any:
    """Every number without its sign."""
    if isinstance(value, Table):
        return Table({i: sized(v) for i, v in value.entries.items()}, value.make)
    return [sized(v) for v in value] if isinstance(value, list) else abs(value)


def everywhere(value: Any, fill: fmpq) -> Any:
    if isinstance(value, Table):
        return Table({i: everywhere(v, fill) for i, v in value.entries.items()}, value.make)
    return [everywhere(v, fill) for v in value] if isinstance(value, list) else fill


def filled(domain: str, lengths: list[int | None], fill: Any, place: int = 0) -> Any:
    """An array (or a number) whose entry at a place is `fill(place)` where the domain has that; distributions to match."""
    if not lengths:
        value = fill(place)
        return value if domain not in ("simplex", "onehot") and inside(value, domain) else x.ONE
    first, *rest = lengths
    if domain in ("simplex", "onehot") and not rest and first is not None:
        weights = [abs(fill(place + k)) + (domain == "simplex" and fill(place) < 0) for k in range(first)]
        if domain == "onehot" or not any(weights):
            corner = int(abs(fill(place)).floor()) % first
            return [x.ONE if k == corner else x.ZERO for k in range(first)]
        total = sum(weights, x.ZERO)
        return [w / total for w in weights]
    if first is None:
        return Table({i: filled(domain, rest, fill, i) for i in range(LAST + 1)})
    return [filled(domain, rest, fill, place + k) for k in range(first)]


def fitted(value: Any, lengths: list[int | None], domain: str) -> Any:
    """What is left of an array in other sizes: cut, or with entries repeated."""
    if not lengths or lengths[0] is None:
        return value
    first, *rest = lengths
    assert first is not None
    if domain in ("simplex", "onehot") and not rest and first != len(value):
        head = value[: first - 1] if first <= len(value) else [*value, *[x.ZERO] * (first - 1 - len(value))]
        return [*head, x.ONE - sum(head, x.ZERO)]
    return [fitted(value[k % len(value)], rest, domain) for k in range(first)]


def smallest(
    context: Context,
    claim: t.Expr,
    point: Point,
    *,
    subject: t.Expr | None = None,
    tie: Tie | None = None,
    left: Left = lambda: 1.0,
) -> tuple[Point, str]:
    """A small point at which the claim is false as well, checked anew, and in words why; only letters that matter are told.

    `subject` is the claim of which this one is a step, as for `compare`; `tie` says whether the sides of a strict relation
    are exactly equal where they agree to all digits; `left` says how many seconds are left.
    """
    core, premises = _opened(claim, frozenset().union(*(symbols_of(h, context.definitions) for h in context.hypotheses)))
    context = context.assuming(*premises)
    symbols = {s for f in (core, *premises, subject) if f is not None for s in symbols_of(f, context.definitions)}
    shrinker = Shrinker(context, core, symbols, tie, left)
    found = shrinker.sampler.finished(shrinker.shrunk(dict(point.names)))
    if not shrinker.confirmed(found):
        found = point
    where = replace(found.only(shrinker.spoken), read=shrinker.read(found))
    if tie is not None:
        return found, f"both sides are equal at {where}"
    return found, explain(core, found, shrinker.code, where)
