"""Random values repaired until every hypothesis holds exactly: equalities are solved linearly over the rationals,
inequalities met by moves. Where that does not succeed there is no point.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import product
from math import gcd
from typing import Any

from flint import fmpq

from mathcore.language import tree as t
from mathcore.language.parser import Context
from mathcore.proof.balls import extended as x
from mathcore.proof.balls.endless import STEADY, Following, endless
from mathcore.proof.balls.entries import (
    LAST,
    REACH,
    entries_of,
    entry_at,
    extend,
    inside,
    linear,
    moved,
    scaled,
    with_entry,
    with_share,
)
from mathcore.proof.balls.hypotheses import Constraint, base_of, constraints, counts, stand_alone, symbols_of
from mathcore.proof.balls.point import CannotEvaluate, Table, Watched
from mathcore.proof.balls.program import Frame, Program, role
from mathcore.proof.balls.truth import TIGHT, TRUE, TRUTHS, statement
from mathcore.proof.balls.values import Names, Values

Spot = tuple[str, list[tuple[int, ...]], str]  # the role of a symbol, its entries, its domain

ROUNDS = 40  # repairs of one sample
FEWEST, WORK = 4, 8_000  # ... of one that is large: hypotheses, each at values of its letters, that all repairs look at
LONGEST = 1024  # bits of an exact number from which a repair goes on
STEPS = [fmpq(p, q) for p, q in ((1, 2), (1, 3), (1, 1), (2, 1), (3, 4), (5, 2))]
SMALL = [fmpq(p, q) for q in (1, 2, 3, 4) for p in range(-10 * q, 10 * q + 1) if gcd(p, q) == 1 and (q < 3 or abs(p) <= q)]
GUESSES = 200  # small values tried for numbers before one is found
PARTS = [fmpq(p, q) for p, q in ((1, 2), (9, 10), (1, 7), (3, 4), (1, 20))]


class Repair(Values):
    """Draws values at which the hypotheses of a context hold."""

    def __init__(self, context: Context, claim: Collection[t.Symbol], seed: int, code: Program) -> None:
        self.program = code
        claim = frozenset(claim) | context.fixed
        self.constraints = constraints(context.hypotheses, claim, context.definitions)
        super().__init__(_needed(context, claim), seed)
        self.guesses = GUESSES
        self.tied: int | None = None  # an inequality that is to hold with equality in the sample at hand
        equalities = [c.equality for c in self.constraints]
        self.mixed = any(equalities) and not all(equalities)  # then signs are repaired first, and scaling keeps them
        self.statements = [statement(code, c.node) for c in self.constraints]
        self.premises = [[statement(code, p) for p in c.premises] for c in self.constraints]
        self.about = [symbols_of(c.node, context.definitions) for c in self.constraints]
        self.alone = [stand_alone(c.node) for c in self.constraints]
        self.endless = endless(self.constraints, context.definitions)
        self.somewhere = [  # conditions, as constraints on letters of which some have to keep them
            (
                Constraint(h, tuple(s for s in symbols_of(h, context.definitions) if counts(s) and s not in claim)),
                statement(code, h),
            )
            for h in context.somewhere
        ]

    def over(self, index: t.Symbol, sizes: Names) -> int:
        size = index.type.over
        if isinstance(size, t.Number):
            return int(size.value)
        if isinstance(size, t.Symbol):
            return int(sizes[f"size:{size.name}"])
        raise CannotEvaluate(f"{index.name} runs over no declared size")

    def bindings(self, constraint: Constraint, names: Names) -> list[Names]:
        if not constraint.universal:
            return [{}]
        ranges = []
        for s in constraint.universal:
            key = role(s)
            if s.type.domain == "natural":
                ranges.append([(key, i) for i in range(s.type.minimum, s.type.minimum + REACH)])
            else:
                ranges.append([(key, i) for i in range(1, self.over(s, names) + 1)])
        return [dict(chosen) for chosen in product(*ranges)]

    def instances(self, names: Names, without: Collection[int] = ()) -> list[tuple[int, Names]]:
        """(constraint, values of its universal indices) wherever its premises hold."""
        return [(p, bound) for p in range(len(self.constraints)) if p not in without for bound in self.live(p, names)]

    def is_somewhere(self, names: Names) -> bool:
        """Whether there are such indices as the hypotheses speak of."""
        return all(any(such.decided(names, b) in TRUTHS for b in self.bindings(c, names)) for c, such in self.somewhere)

    def holds(self, names: Names, place: int, bound: Names) -> bool:
        return self.statements[place].decided(names, bound) in TRUTHS

    def residual(self, names: Names, place: int, bound: Names) -> fmpq | None:
        """left - right of an equality between numbers, if it is an exact rational."""
        frame = Frame({**names, **bound}, 0, False)
        left, right = self.statements[place].sides(frame)
        value = x.sub(left, right) if not isinstance(left, list) and not isinstance(right, list) else None
        return value if value.__class__ is fmpq else None

    def residuals(self, names: Names, active: list[tuple[int, Names]]) -> list[fmpq] | None:
        found = [r for r in (self.residual(names, p, b) for p, b in active) if r is not None]
        return found if len(found) == len(active) else None

    def reading(self, names: Names, active: list[tuple[int, Names]], name: str) -> dict[int, list[int]] | None:
        """By the entries of a sequence, which of the active residuals read them; None if the symbol is no sequence."""
        value = names[name]
        if not isinstance(value, Table):
            return None
        found: dict[int, list[int]] = {}
        for number, (place, bound) in enumerate(active):
            watched = Watched(value)
            self.residual({**names, name: watched}, place, bound)
            for entry in watched.read:
                found.setdefault(entry, []).append(number)
        return found

    def spots(self, place: int, names: Names) -> list[Spot]:
        """The symbols whose entries may be moved to satisfy a constraint; what stands alone on a side comes first."""
        first = self.alone[place]
        turn = -1 if self.random.random() < 0.4 else 1  # numbers before arrays, or arrays before numbers: a = 0 solves too much
        rest = sorted((s for s in self.about[place] if s not in first), key=lambda s: (turn * len(s.type.shape), s.name))
        return [
            (name, entries_of(names[name]), s.type.domain)
            for s in (*first, *rest)
            if (name := role(s)).startswith("value:") and name in names
        ]

    def solve(self, names: Names, places: list[int]) -> bool:
        """Solve the equalities one hypothesis after the other, each together with those before it."""
        done: list[int] = []
        with x.working(224):
            for place in places:
                done.append(place)
                active = [(p, b) for p in done for b in self.live(p, names)]
                if all(self.residual(names, p, b) == 0 for p, b in active):
                    continue
                spots = self.spots(place, names)
                if any(self.eliminate(names, active, spot) for spot in spots) or self.assign(names, place, active):
                    continue
                if self.eliminate_numbers(names, active, spots):
                    continue
                if not self.guess(names, active, spots):
                    return False
        return True

    def live(self, place: int, names: Names) -> list[Names]:
        """The values of the universal indices of a constraint at which its premises hold."""
        bindings, premises = self.bindings(self.constraints[place], names), self.premises[place]
        if not premises:
            return bindings
        return [b for b in bindings if all(p.outcome(Frame({**names, **b}, 0, False)) in TRUTHS for p in premises)]

    def eliminate(self, names: Names, active: list[tuple[int, Names]], spot: Spot) -> bool:
        """Move the entries of one symbol so that all active equalities hold exactly; the residuals must be linear in them."""
        name, entries, domain = spot
        if domain == "onehot":
            return False
        start = self.residuals(names, active)
        if start is None:
            return False
        if (self.mixed or domain in ("nonnegative", "positive", "unit", "simplex")) and self.scale(names, active, name, domain):
            return True
        if domain == "simplex":
            return False
        chosen = self.random.sample(entries, len(entries))
        columns = self.slopes(names, active, name, chosen, start)
        steps = None if columns is None else linear(columns, [-s for s in start])
        if steps is None:
            return False
        new = names[name]
        for entry, step in zip(chosen, steps, strict=False):
            if step != 0:
                new = moved(new, entry, step)
        return self.accept(names, name, new, domain, active)

    def eliminate_numbers(self, names: Names, active: list[tuple[int, Names]], spots: list[Spot]) -> bool:
        """Move several numbers at once so that equations that are linear in them hold: x + y = 3 and x - y = 1."""
        start, domains = self.residuals(names, active), {name: domain for name, entries, domain in spots if entries == [()]}
        if start is None or len(domains) < 2:
            return False
        columns = list[list[fmpq]]()
        for name in domains:
            old, names[name] = names[name], names[name] + 1
            found, names[name] = self.residuals(names, active), old
            if found is None:
                return False
            columns.append([a - b for a, b in zip(found, start, strict=True)])
        steps = linear(columns, [-s for s in start])
        if steps is None:
            return False
        kept = {name: names[name] for name in domains}
        names.update({name: kept[name] + step for name, step in zip(domains, steps, strict=True)})
        if all(inside(names[name], domain) for name, domain in domains.items()):
            if all(self.residual(names, p, b) == 0 for p, b in active):
                return True
        names.update(kept)
        return False

    def guess(self, names: Names, active: list[tuple[int, Names]], spots: list[Spot]) -> bool:
        """Give a number a small value at which all active equalities hold: x - 1 = sqrt(x + 5) at x = 4."""
        numbers = [(name, domain) for name, entries, domain in spots if entries == [()] and domain in t.DOMAINS]
        for name, domain in numbers:
            for value in self.random.sample(SMALL, len(SMALL) // len(numbers) ** 2):
                self.guesses -= 1
                if self.guesses < 0:
                    return False
                if self.accept(names, name, value, domain, active):
                    self.guesses = GUESSES
                    return True
        return False

    def slopes(
        self, names: Names, active: list[tuple[int, Names]], name: str, chosen: list[tuple[int, ...]], start: list[fmpq]
    ) -> list[list[fmpq]] | None:
        """What a step of 1 in each entry changes in the residuals, until every one of these is reached."""
        old = names[name]
        columns: list[list[fmpq]] = []
        basis: dict[int, list[fmpq]] = {}
        read = self.reading(names, active, name)
        for entry in chosen:
            about = range(len(active)) if read is None else read.get(entry[0], [])  # the others stay as they are
            names[name] = moved(old, entry, x.ONE)
            found = self.residuals(names, [active[k] for k in about])
            names[name] = old
            if found is None:
                return None
            columns.append([x.ZERO] * len(active))
            for k, value in zip(about, found, strict=True):
                columns[-1][k] = value - start[k]
            extend(basis, columns[-1])
            if len(basis) == len(active):  # these entries reach every residual
                break
        return columns

    def scale(self, names: Names, active: list[tuple[int, Names]], name: str, domain: str) -> bool:
        """Multiply all entries, or those of one row, by one factor (keeps signs), for one equality after the other."""
        old = names[name]
        if isinstance(old, Table):
            return False
        for place, bound in active:
            if self.residual(names, place, bound) != 0 and not self.scale_one(names, place, bound, name):
                names[name] = old
                return False
        new, names[name] = names[name], old
        return self.accept(names, name, new, domain, active)

    def scale_one(self, names: Names, place: int, bound: Names, name: str) -> bool:
        """The residual must be linear in the factor."""
        old, first = names[name], self.residual(names, place, bound)
        depth = len(entries_of(old)[0])
        rows = [(axis, at) for at in bound.values() for axis in range(depth)] if depth > 1 else []
        for row in [*rows, None]:
            names[name] = scaled(old, fmpq(2), row)
            second = self.residual(names, place, bound)
            if first is not None and second is not None and second != first:
                names[name] = scaled(old, x.ONE - first / (second - first), row)
                if self.residual(names, place, bound) == 0:
                    return True
        names[name] = old
        return False

    def accept(self, names: Names, name: str, new: Any, domain: str, active: list[tuple[int, Names]]) -> bool:
        old, names[name] = names[name], new
        if inside(new, domain) and all(self.residual(names, p, b) == 0 for p, b in active):
            return True
        names[name] = old
        return False

    def assign(self, names: Names, place: int, active: list[tuple[int, Names]]) -> bool:
        """`z[m] = max(k: z[k])`: give the entry that stands alone the value of the other side."""
        sides = self.constraints[place].sides
        for bound in self.live(place, names):
            for side, other in ((0, 1), (1, 0)):
                target = self.target(sides[side], {**names, **bound})
                if target is None:
                    continue
                value = self.statements[place].sides(Frame({**names, **bound}, 0, False))[other]
                if value.__class__ is fmpq:
                    name, entry, domain = target
                    share = domain == "simplex"
                    new = with_share(names[name], entry[0], value) if share else with_entry(names[name], entry, value)
                    if inside(new, domain):
                        names[name] = new
                        break
        return all(self.residual(names, p, b) == 0 for p, b in active)

    def target(self, side: t.Expr, names: Names) -> tuple[str, tuple[int, ...], str] | None:
        """The entry that a bare `x` or `z[j]` names."""
        while isinstance(side, t.Paren):
            side = side.body
        symbol = base_of(side)
        if symbol is None or role(symbol) not in names or not role(symbol).startswith("value:"):
            return None
        if symbol.type.domain == "onehot" or (symbol.type.domain == "simplex" and len(symbol.type.shape) != 1):
            return None
        frame, entry = Frame(names, 0, False), []
        if isinstance(side, t.Index):
            for index, size in zip(side.indices, symbol.type.shape, strict=False):
                run, _ = self.program.whole(index, {})
                entry.append(run(frame, {}) - (0 if size == t.NATURALS else 1))
        if len(entry) != len(symbol.type.shape):
            return None
        return role(symbol), tuple(entry), symbol.type.domain

    def nudge(self, names: Names, place: int, bound: Names) -> bool:
        """Move one entry so that a failing inequality holds; True if something was moved."""
        node = self.constraints[place].node
        if not (isinstance(node, t.Relation) and node.ops[0] in ("<", "<=", ">", ">=", "!=")):
            return False
        left, right = self.statements[place].sides(Frame({**names, **bound}, 0, False))
        op = node.ops[0]
        if op in (">", ">="):
            low, high, values = node.args[1], node.args[0], (right, left)
        else:
            low, high, values = node.args[0], node.args[1], (left, right)
        moves = []
        down, up = self.target(low, {**names, **bound}), self.target(high, {**names, **bound})
        if down is not None and _short(values[1]):
            moves.append((down, values[1], -1))
        if up is not None and _short(values[0]):
            moves.append((up, values[0], 1))
        self.random.shuffle(moves)
        for (name, entry, domain), other, side in moves:
            for value in self.beyond(other, side, op in ("<=", ">=")):
                new = with_share(names[name], entry[0], value) if domain == "simplex" else with_entry(names[name], entry, value)
                if inside(new, domain):
                    names[name] = new
                    return True
        return self.shake(names, place)

    def beyond(self, other: fmpq, side: int, attained: bool) -> list[fmpq]:
        """Values on one side of a number, the sign kept if it can be; the number itself where that will do."""
        pick = self.random.choice
        steps = [
            other + side * pick(STEPS),
            other * pick(PARTS) if other * side < 0 else other / pick(PARTS) if other != 0 else other + side * pick(STEPS),
        ]
        if side < 0 < other:
            steps = [other * pick(PARTS), other - pick(STEPS)]
        if side > 0 > other:
            steps = [other * pick(PARTS), other + pick(STEPS)]
        if attained and self.random.random() < 0.3:
            steps.insert(0, other)
        return steps

    def shake(self, names: Names, place: int) -> bool:
        """Move any entry of which the constraint speaks."""
        pick = self.random.choice
        spots = [s for s in self.spots(place, names) if s[2] not in ("simplex", "onehot")]
        if not spots:
            return False
        name, entries, domain = pick(spots)
        entry = pick(entries)
        old = entry_at(names[name], entry)
        for value in (
            pick((old / 2, old / 8, old * 2, old * 8, old * fmpq(9, 10), -old, old + 1, old - 1, x.ZERO)),
            self.entry(domain, "plain"),
        ):
            new = with_entry(names[name], entry, value)
            if inside(new, domain):
                names[name] = new
                return True
        return False

    def satisfy(self, names: Names) -> bool:
        """Repair a sample until every hypothesis holds, exactly."""
        if not self.is_somewhere(names):
            return False
        if not self.constraints:
            return True
        if not self.repaired(names):
            return False
        self.go_on(names)
        return True

    def repaired(self, names: Names) -> bool:
        equalities = [p for p, c in enumerate(self.constraints) if c.equality or p == self.tied]
        work = 0
        for turn in range(ROUNDS):
            solved = bool(equalities) and not (turn == 0 and self.mixed)
            if solved and not self.solve(names, equalities):
                return False
            met = {p for p in equalities if solved and not self.premises[p]}  # solving has left nothing of these
            instances = self.instances(names, met)
            failing = [(p, b) for p, b in instances if not self.holds(names, p, b)]
            if not failing:
                return True
            work += len(instances)
            if work > WORK and turn + 1 >= FEWEST:
                return False
            moved = turn == 0
            for place, bound in failing:
                if not self.constraints[place].equality and not self.holds(names, place, bound):
                    moved |= self.nudge(names, place, bound)
            if not moved:
                return False
        return False

    def further(self, place: int, names: Names, following: Following) -> Iterator[Names]:
        """The values of the letters at which a hypothesis says what a sequence is beyond what is repaired."""
        constraint, letter = self.constraints[place], following.letter
        rest = replace(constraint, universal=tuple(s for s in constraint.universal if s != letter))
        first = max(letter.type.minimum + REACH, 0)
        for at in range(first, LAST - following.ahead + 1):
            for bound in self.bindings(rest, names):
                yield {**bound, role(letter): at}

    def go_on(self, names: Names) -> None:
        """The entries of sequences beyond those that are repaired, as the hypotheses say, where these are exact."""
        for at in range(LAST + 1):
            for f in self.endless.following:
                for bound in self.further(f.place, names, f):
                    if bound[role(f.letter)] + f.ahead == at:
                        self.go_one_further(names, f, bound)

    def go_one_further(self, names: Names, f: Following, bound: Names) -> None:
        statement, constraint = self.statements[f.place], self.constraints[f.place]
        if statement.decided(names, bound) in TRUTHS:
            return
        value = statement.sides(Frame({**names, **bound}, 0, False))[1 - f.side]
        target = self.target(constraint.sides[f.side], {**names, **bound})
        if value.__class__ is fmpq and _short(value) and target is not None:
            strict = {"<": -1, ">": 1}.get(constraint.op, 0)
            names[target[0]] = with_entry(names[target[0]], target[1], value + (strict if f.side == 0 else -strict))

    def is_endless(self, names: Names) -> bool:
        """Whether what holds as far as it was tried holds for every natural number."""
        if not self.endless.settled:
            return False
        for s in self.endless.steady:
            table = names[role(s)]
            if any(table[i] != table[STEADY] for i in range(STEADY, LAST + 1)):
                return False
        return all(
            self.statements[f.place].decided(names, bound) in (TRUE, TIGHT)
            for f in self.endless.following
            for bound in self.further(f.place, names, f)
        )

    def tie(self) -> int | None:
        """One inequality in four samples is met with equality: claims fail at the border first."""
        weak = [p for p, c in enumerate(self.constraints) if isinstance(c.node, t.Relation) and c.node.ops[0] in ("<=", ">=")]
        return self.random.choice(weak) if weak and self.random.random() < 0.25 else None

    def gap(self, names: Names) -> Any:
        """The first hypothesis that fails here, and by how much, exactly; None if that is not known."""
        for place, bound in self.instances(names):
            statement = self.statements[place]
            if statement.decided(names, bound) in TRUTHS:
                continue
            sides = statement.sides(Frame({**names, **bound}, 0, False))
            if len(sides) != 2 or not all(side.__class__ is fmpq for side in sides):
                return None
            return place, tuple(bound.items()), str(sides[0] - sides[1])
        return None


def _short(value: Any) -> bool:
    """An exact number that repairs may go on from: x := y + 1/(x y x) would make it three times as long each time."""
    return value.__class__ is fmpq and value.p.bit_length() + value.q.bit_length() <= LONGEST


def _needed(context: Context, claim: Collection[t.Symbol]) -> list[t.Symbol]:
    """The symbols of which a point needs values; an index of a hypothesis that the claim lacks is bound by "for every"."""
    needed = set(claim)
    for hypothesis in context.hypotheses:
        for s in symbols_of(hypothesis, context.definitions):
            if s.type.domain not in ("index", "natural") or s.type.shape:
                needed.add(s)
            elif s.type.over is not None:
                needed |= t.free_symbols(s.type.over)
    for s in list(needed):
        needed |= {f for f in t.free_symbols(s) if f is not s}
    ordered = sorted(needed, key=lambda s: s.name)
    if len({role(s) for s in ordered}) < len(ordered):
        raise CannotEvaluate("one letter is declared in two ways: " + ", ".join(s.name for s in ordered))
    return ordered
