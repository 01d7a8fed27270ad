"""Points that seek the edge of a claim: zeros, ties, n = 1, extremes, and a descent towards the place where the sides meet.

What is found is confirmed by balls of any precision: a descent only proposes.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from flint import arb, fmpq

from mathcore.language import tree as t
from mathcore.language.parser import Context
from mathcore.proof.balls import extended as x
from mathcore.proof.balls.compare import _opened
from mathcore.proof.balls.entries import entries_of, inside, scaled, with_entry, with_share
from mathcore.proof.balls.evaluate import program
from mathcore.proof.balls.hypotheses import symbols_of
from mathcore.proof.balls.point import CannotEvaluate
from mathcore.proof.balls.points import Sampler
from mathcore.proof.balls.program import Frame, role
from mathcore.proof.balls.shrink import Left, smallest
from mathcore.proof.balls.truth import FALSE, ONE_SIDED, statement
from mathcore.proof.balls.values import Names

SIZES = (1, 2, 3, 2, 1, 5, 8, 12)
MOVES = 140  # from one start
LATE = 0.05  # seconds: no time for another start
ROUGH = 64  # bits of a value that only guides
FILLS = (fmpq(0), fmpq(1), fmpq(-1), fmpq(1, 2), fmpq(30), fmpq(-30), fmpq(1, 1000), fmpq(2))
FACTORS = (fmpq(2), fmpq(1, 2), fmpq(11, 10), fmpq(10, 11), fmpq(101, 100), fmpq(100, 101), fmpq(-1), fmpq(8))


def seek(context: Context, claim: t.Expr, starts: int, left: Left = lambda: 1.0, subject: t.Expr | None = None) -> str | None:
    """A point at which the claim is false, in words; None if none was found from so many places, or in time.

    `subject` is the claim of which this one is a step, as for `compare`.
    """
    core, premises = _opened(claim, frozenset().union(*(symbols_of(h, context.definitions) for h in context.hypotheses)))
    if not isinstance(core, t.Relation) or len(core.ops) != 1:
        return None
    context = context.assuming(*premises)
    seeker = Seeker(context, core, claim if subject is None else subject)
    if not seeker.sampler.endless.settled:
        return None
    for names in seeker.proposed(starts, left):
        outcome = seeker.judged.decided(names)
        if outcome in (FALSE, ONE_SIDED) and seeker.sampler.certain(names):
            point = seeker.sampler.finished(dict(names))
            return smallest(context, core, point, subject=claim if subject is None else subject, left=left)[1]
    return None


class Seeker:
    """One claim, its compiled sides and a sampler that keeps the hypotheses."""

    def __init__(self, context: Context, relation: t.Relation, claim: t.Expr) -> None:
        self.relation, self.op = relation, relation.ops[0]
        self.code = program(context.definitions, {})
        self.judged = statement(self.code, relation)
        symbols = symbols_of(relation, context.definitions) | symbols_of(claim, context.definitions)
        self.sampler = Sampler(context, symbols, 7, {})
        self.random = random.Random(11)

    def cells(self) -> Iterator[Names]:
        sizes = self.sampler.sizes
        for n in SIZES:
            chosen = {
                f"size:{s.name}": max(s.type.minimum, n if k == 0 else self.random.choice((n, 2, 3))) for k, s in enumerate(sizes)
            }
            places = list(self.sampler.places(chosen))
            if places:
                yield {**chosen, **self.random.choice(places)}

    def proposed(self, starts: int, left: Left) -> Iterator[Names]:
        for cell in self.cells():
            for fill in FILLS:
                names = self.filled(cell, fill)
                if names is not None:
                    yield names
            if not self.sampler.sizes and not self.sampler.indices:
                break
        cells = list(self.cells())
        for start in range(starts):
            if left() < LATE:
                return
            names = self.sampler.sample(cells[start % len(cells)], plainly=start % 3 == 0)
            if names is not None and self.op != "!=":
                yield from self.descent(names, left) if self.op != "=" else iter((names,))

    def filled(self, cell: Names, fill: fmpq) -> Names | None:
        """Every real entry the same; distributions uniform or certain."""
        names = self.sampler.draw(cell, True)
        for s in self.sampler.values:
            if any(size == t.NATURALS for size in s.type.shape):
                continue
            old = names[role(s)]
            value = (
                fill
                if inside(fill, s.type.domain if s.type.domain not in ("simplex", "onehot") else "unit")
                else abs(fill)
                if fill != 0
                else fmpq(1)
            )
            if s.type.domain in ("simplex", "onehot"):
                names[role(s)] = _corner(old) if fill.q == 1 else old
            elif inside(_filled(old, value), s.type.domain):
                names[role(s)] = _filled(old, value)
        try:
            return names if self.sampler.satisfy(names) else None
        except CannotEvaluate:
            return None

    # descent ------------------------------------------------------------------------------------------------

    def height(self, names: Names) -> float | None:
        """(larger - smaller) over the size of both, roughly; None where it is not known or infinite."""
        with x.working(ROUGH):
            left, right = (x.plain(v) for v in self.judged.sides(Frame(names, 0, False)))
            if any(v.__class__ is x.Special for v in (left, right)):
                return None
            a, b = x.ball(left), x.ball(right)
            gap = b - a if self.op in ("<", "<=") else a - b
            size = abs(a) + abs(b)
            value = gap / size if size > 0 else gap
            middle = float(arb(value.mid())) if value.is_finite() else None
        return middle

    def descent(self, names: Names, left: Left) -> Iterator[Names]:
        """Moves of single entries that bring the sides together, and past each other where the claim is false."""
        best = self.height(names)
        if best is None:
            return
        for turn in range(MOVES):
            if turn % 16 == 15 and left() < LATE:
                return
            moved = self.moved(names)
            if moved is None:
                continue
            try:
                value = self.height(moved)
            except (CannotEvaluate, ZeroDivisionError, OverflowError):
                continue
            if value is None or value > best:
                continue
            names, best = moved, value
            if best < 0:
                yield dict(names)
                return
        if best < 1e-9:
            yield dict(names)

    def moved(self, names: Names) -> Names | None:
        pick = self.random.choice
        values = [s for s in self.sampler.values if not any(size == t.NATURALS for size in s.type.shape)]
        if not values:
            return None
        symbol = pick(values)
        key, domain = role(symbol), symbol.type.domain
        old, new = names[key], None
        others = [s for s in values if s is not symbol and s.type.shape == symbol.type.shape]
        kind = self.random.random()
        if others and kind < 0.12:
            new = names[role(pick(others))]
        elif symbol.type.shape and kind < 0.2 and domain not in ("simplex", "onehot"):
            new = scaled(old, pick(FACTORS))
        elif domain == "onehot":
            new = _corner(old, self.random.randrange(len(old))) if len(symbol.type.shape) == 1 else None
        else:
            spots = entries_of(old)
            spot = pick(spots)
            value = _at(old, spot)
            other = _at(old, pick(spots))
            step = pick(
                (value * pick(FACTORS), other, fmpq(0), value + pick(FACTORS), value - pick(FACTORS), (value + other) / 2)
            )
            if domain == "simplex":
                new = with_share(old, spot[0], step) if len(spot) == 1 and 0 <= step <= 1 else None
            else:
                new = with_entry(old, spot, step)
        if new is None or not inside(new, domain) or _long(new):
            return None
        result = {**names, key: new}
        if self.sampler.constraints:
            try:
                if not self.sampler.satisfy(result):
                    return None
            except (CannotEvaluate, ZeroDivisionError):
                return None
        return result


def _at(value: Any, spot: tuple[int, ...]) -> Any:
    for place in spot:
        value = value[place]
    return value


def _filled(value: Any, fill: fmpq) -> Any:
    return [_filled(v, fill) for v in value] if isinstance(value, list) else fill


def _corner(value: Any, place: int = 0) -> Any:
    if isinstance(value, list) and value and isinstance(value[0], list):
        return [_corner(v, place) for v in value]
    return [fmpq(int(k == place)) for k in range(len(value))]


def _long(value: Any) -> bool:
    """A rational that has grown too long to be read, or too large to be exponentiated."""
    if isinstance(value, list):
        return any(map(_long, value))
    return int(value.q).bit_length() > 60 or abs(value) > 10**6
