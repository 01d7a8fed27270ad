"""Exact points of a context: small n with every tuple of free indices, n up to 12 with every coincidence pattern.

Values reach the edges of their domains (zeros, ties, corners of the simplex). Hypotheses hold exactly. Where no point is
found, none is given.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product
from typing import Any

from mathcore.language import tree as t
from mathcore.language.parser import Context
from mathcore.proof.balls.entries import fractions_of, mark_of
from mathcore.proof.balls.evaluate import program
from mathcore.proof.balls.point import CannotEvaluate, Point
from mathcore.proof.balls.program import role
from mathcore.proof.balls.repair import Repair
from mathcore.proof.balls.truth import CLOSE, FALSE, TIGHT, TRUE
from mathcore.proof.balls.values import Names

TRIES = 24  # resamplings of a cell before it is given up
LEVEL = TRIES - 1  # the resampling in which all entries are alike: x[i] = x[j] for every i, j
ALIKE = 7  # resamplings after which it is given up if all fail alike
FLAT = 2  # points of the plainest values, at the smallest sizes
MANY = 64  # index tuples per size beyond which coincidence patterns stand for all of them


class Sampler(Repair):
    """Draws points for one context and one set of symbols."""

    def __init__(self, context: Context, symbols: Collection[t.Symbol], seed: int, functions: Mapping[str, t.Definition]) -> None:
        self.functions, self.context = dict(functions), context
        super().__init__(context, symbols, seed, program(context.definitions, self.functions))
        self.sizes = [s for s in self.symbols if s.type.domain == "size"]
        self.indices = [s for s in self.symbols if s.type.domain == "index" and not s.type.shape]
        self.rank = max((len(s.type.shape) for s in self.values), default=0)
        # hypotheses about sizes and indices alone
        self.bare = [
            place
            for place, constraint in enumerate(self.constraints)
            if not constraint.premises
            and not any(role(s).startswith("value:") or s.type.domain == "natural" for s in self.about[place])
        ]

    def places(self, sizes: Names) -> Iterator[Names]:
        """Every tuple of free indices, or one of every coincidence pattern where the tuples are too many."""
        ranges = [range(1, self.over(s, sizes) + 1) for s in self.indices]
        total = 1
        for r in ranges:
            total *= len(r)
        if total <= MANY:
            for chosen in product(*ranges):
                yield {f"index:{s.name}": i for s, i in zip(self.indices, chosen, strict=True)}
        else:
            for pattern in self.patterns():
                placed = self.placed(pattern, sizes)
                if placed is not None:
                    yield placed

    def patterns(self) -> list[list[list[t.Symbol]]]:
        """All ways in which free indices of equal size coincide, all equal and all different first."""
        found: list[list[list[t.Symbol]]] = [[]]
        for s in self.indices:
            longer = []
            for blocks in found:
                for place, block in enumerate(blocks):
                    if block[0].type.over == s.type.over:
                        longer.append([*blocks[:place], [*block, s], *blocks[place + 1 :]])
                longer.append([*blocks, [s]])
            found = longer[:2000]
        return sorted(found, key=lambda blocks: (len(blocks) not in (1, len(self.indices)), -len(blocks)))

    def placed(self, pattern: list[list[t.Symbol]], sizes: Names) -> Names | None:
        result: Names = {}
        used: dict[Any, set[int]] = {}
        for block in pattern:
            taken = used.setdefault(block[0].type.over, set())
            free = [i for i in range(1, self.over(block[0], sizes) + 1) if i not in taken]
            if not free:
                return None
            place = self.random.choice(free)
            taken.add(place)
            result |= {f"index:{s.name}": place for s in block}
        return result

    def small(self) -> list[Names]:
        """Cells with every size at most 4."""
        if not self.sizes:
            choices: list[tuple[int, ...]] = [()]
        elif len(self.sizes) == 1:
            choices = [(n,) for n in (2, 3, 1, 4)]
        else:
            choices = [c for c in product((1, 2, 3, 4), repeat=len(self.sizes)) if max(c) <= 3 or len(self.sizes) <= 2]
            self.random.shuffle(choices)
            choices.sort(key=lambda c: len(set(c)) == 1)  # unequal sizes first: a mixed-up axis shows
            choices = [*choices[:10], (1,) * len(self.sizes), (2,) * len(self.sizes)]
        cells = []
        for chosen in choices:
            sizes = {f"size:{s.name}": n for s, n in zip(self.sizes, chosen, strict=True)}
            if all(n >= s.type.minimum for s, n in zip(self.sizes, chosen, strict=True)):
                cells.append([{**sizes, **place} for place in self.places(sizes)])
        least = {f"size:{s.name}": s.type.minimum for s in self.sizes}
        if self.sizes and all(cells_ == [] for cells_ in cells):
            cells.append([{**least, **place} for place in self.places(least)])
        for group in cells:
            self.random.shuffle(group)
        return _interleave(cells)

    def big(self) -> Iterator[Names]:
        """Random larger sizes, coincidence patterns in turn."""
        if not self.sizes:
            return
        patterns = self.patterns()
        top = 12 if self.rank < 2 else 6
        for place in range(10_000):
            sizes = {
                f"size:{s.name}": max(s.type.minimum, self.random.randint(5 if self.rank < 2 else 2, top)) for s in self.sizes
            }
            placed = self.placed(patterns[place % len(patterns)], sizes)
            yield {**sizes, **placed} if placed is not None else {**sizes, **next(self.places(sizes))}

    def hopeless(self, cell: Names) -> bool:
        """A hypothesis about sizes and indices alone fails here, whatever the values; or no indices are such as it says."""
        return any(
            self.statements[place].decided(cell, b) == FALSE
            for place in self.bare
            for b in self.bindings(self.constraints[place], cell)
        ) or not self.is_somewhere(cell)

    def point(self, cell: Names, plainly: bool = False) -> Point | None:
        names = self.sample(cell, plainly)
        return None if names is None else self.finished(names)

    def sample(self, cell: Names, plainly: bool = False, flat: bool = False) -> Names | None:
        """Exact values at which every hypothesis holds, by the names of a frame; None where none were found."""
        if self.hopeless(cell):
            return None
        gaps: set[Any] = set()
        for attempt in range(TRIES if self.constraints else 1):
            self.flat = attempt == (0 if flat else LEVEL)
            names = self.draw(cell, plainly and attempt < 3)
            self.tied = self.tie() if attempt == 0 and not (plainly or flat) else None
            try:
                if self.satisfy(names):
                    return names
                gaps.add(self.gap(names))
            except CannotEvaluate:
                if attempt:
                    raise
                gaps.add(None)
            if attempt >= ALIKE and len(gaps) == 1 and None not in gaps:
                return None  # a hypothesis fails by the same amount whatever is drawn: 0 < variance(x) at n = 1
        return None

    def samples(self, count: int) -> Iterator[Names]:
        """At least `count` different samples where they can be had; `points` says which."""
        small = self.small()
        if len(small) < count * 2 // 3:
            small = small * -(-count * 2 // (3 * len(small))) if small else []
        large = self.big()
        wanted, failures = max(count, len(small) * 3 // 2 + 1), 0
        given: set[Any] = set()
        barren: list[Names] = []
        flattened = 0
        for place, cell in enumerate(_woven(small, large, wanted)):
            sizes = [v for k, v in cell.items() if k.startswith("size:")]
            flat = place >= 4 and max(sizes, default=1) <= 2 and flattened < FLAT
            flattened += flat
            names = None if cell in barren else self.sample(cell, plainly=place < 4, flat=flat)
            if names is None:
                barren += [] if cell in barren else [cell]
                failures += 1
                if failures > 3 * (len(given) + 4):
                    return
                continue
            mark = mark_of(names)
            if mark in given:  # a repeated point is no further evidence
                continue
            given.add(mark)
            yield names
            if len(given) >= wanted or not (self.values or self.sizes or self.naturals or self.indices):
                return

    def certain(self, names: Names) -> bool:
        """Whether every hypothesis holds here beyond doubt: what agrees to 1e-50 alone has to be equal by exact arithmetic."""
        from mathcore.proof.ties import equal_at

        for place, constraint in enumerate(self.constraints):
            for bound in self.bindings(constraint, names):
                outcome = self.statements[place].decided(names, bound)
                if outcome in (TRUE, TIGHT) or any(p.decided(names, bound) == FALSE for p in self.premises[place]):
                    continue
                node, at = constraint.node, {s: bound[role(s)] for s in constraint.universal}
                if not (outcome == CLOSE and isinstance(node, t.Relation) and len(node.ops) == 1):
                    return False
                if not equal_at(self.context, node, self.finished(names), at):
                    return False
        return self.is_endless(names)

    def finished(self, names: Names) -> Point:
        parts: dict[str, Names] = {"size": {}, "index": {}, "natural": {}, "value": {}}
        for key, value in names.items():
            kind, name = key.split(":", 1)
            parts[kind][name] = fractions_of(value) if kind == "value" else value
        point = Point(parts["size"], parts["value"], parts["index"], parts["natural"], self.functions)
        point.__dict__["names"] = names  # already exact: spares the conversion
        return point


def points(
    context: Context,
    formula_symbols: Collection[t.Symbol],
    count: int = 24,
    seed: int = 0,
    functions: Mapping[str, t.Definition] | None = None,
) -> Iterator[Point]:
    """At least `count` different points where they can be had: n <= 4 with all tuples of free indices, then n up to 12.

    `formula_symbols` are the free symbols of the claim (`symbols_of`); an index or natural of a hypothesis outside them
    means "for every". `functions` are instances of declared functions.
    """
    sampler = Sampler(context, formula_symbols, seed, functions or {})
    yield from map(sampler.finished, sampler.samples(count))


def witness(
    context: Context,
    sizes: Sequence[int] = (1, 2, 3, 5),
    formula_symbols: Collection[t.Symbol] | None = None,
    seed: int = 0,
    functions: Mapping[str, t.Definition] | None = None,
) -> dict[int, Point | None]:
    """For each n a point with sizes n (or n, n + 1, ...) at which every hypothesis holds exactly; None where none was found.

    Sizes below a declared minimum are left out. Without sizes the one point stands under 0.
    """
    if formula_symbols is None:
        formula_symbols = {s for s in context.symbols.values() if s.type.domain not in ("index", "natural") or s.type.shape}
    sampler = Sampler(context, formula_symbols, seed, functions or {})
    found: dict[int, Point | None] = {}
    for n in sizes if sampler.sizes else (0,):
        if any(n < s.type.minimum for s in sampler.sizes):
            continue
        found[n] = None
        for apart in (0, 1) if len(sampler.sizes) > 1 else (0,):  # all sizes n; or n and the next ones, where sizes must differ
            chosen = {f"size:{s.name}": n + apart * i for i, s in enumerate(sampler.sizes)}
            for place in sampler.places(chosen):
                found[n] = found[n] or sampler.point({**chosen, **place})
                if found[n] is not None:
                    break
    return found


def instances(context: Context, text: str) -> dict[str, t.Definition]:
    """Concrete functions for declared ones: "F(x) = x^2; G(w) = sum(k: w[k]^2)". What they mention must be declared."""
    found: dict[str, t.Definition] = {}
    for piece in text.split(";"):
        if not piece.strip():
            continue
        name = piece.split("(")[0].strip()
        declared = {k: v for k, v in context.symbols.items() if k != name}
        made = replace(context, symbols=declared, definitions={}).define(piece)
        found[name] = made.definitions[name]
    return found


def _woven(small: list[Names], large: Iterator[Names], wanted: int) -> Iterator[Names]:
    """Two small cells, one large, in turn; without sizes the small ones again and again."""
    place = 0
    for turn in range(6 * wanted):
        if turn % 3 == 2 or place >= len(small):
            cell = next(large, None)
            if cell is None and not small:
                return
            yield cell if cell is not None else small[turn % len(small)]
        else:
            yield small[place]
            place += 1


def _interleave(groups: list[list[Names]]) -> list[Names]:
    queues = [list(g) for g in groups]
    result: list[Names] = []
    while any(queues):
        for queue in queues:
            if queue:
                result.append(queue.pop())
    return result
