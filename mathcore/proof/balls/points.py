"""Exact points of a context: small n with every tuple of free indices, n up to 12 with every coincidence pattern.

Values reach the edges of their domains (zeros, ties, corners of the simplex). Hypotheses hold exactly: equalities are
solved linearly over the rationals, inequalities met by moves and rejection. Where no point is found, none is given.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product
from typing import Any

from flint import fmpq

from mathcore.language import tree as t
from mathcore.language.parser import Context
from mathcore.proof.balls import extended as x
from mathcore.proof.balls.evaluate import CannotEvaluate, Frame, Point, Program, Table, program, role
from mathcore.proof.balls.truth import FALSE, TRUTHS, Statement, statement

TRIES = 24  # resamplings of a cell before it is given up
ALIKE = 7  # resamplings after which it is given up if all fail alike
ROUNDS = 40  # repairs of one sample
LONGEST = 1024  # bits of an exact number from which a repair goes on
REACH = 9  # a hypothesis about every natural t is held at t = 0..REACH - 1
FLAT = 2  # points of the plainest values, at the smallest sizes
MANY = 64  # index tuples per size beyond which coincidence patterns stand for all of them

SMALL = [
    fmpq(p, q) for p, q in ((1, 2), (-1, 2), (1, 1), (-1, 1), (2, 1), (-3, 2), (1, 3), (-2, 3), (5, 4), (3, 1), (-7, 5), (3, 4))
]
WIDE = [fmpq(7, 2), fmpq(-40), fmpq(40), fmpq(11), fmpq(-9, 2), fmpq(25, 3), fmpq(-6)]
POSITIVE = [fmpq(p, q) for p, q in ((1, 2), (1, 1), (2, 1), (1, 3), (5, 3), (3, 1), (7, 4), (1, 10), (9, 4), (13, 2), (20, 1))]
UNIT = [fmpq(p, q) for p, q in ((1, 2), (1, 3), (3, 4), (1, 10), (9, 10), (2, 5), (5, 7))]
DECKS = {
    "real": [x.ZERO, x.ONE, -x.ONE, fmpq(-40), fmpq(40), fmpq(7, 2), fmpq(1, 2), fmpq(-2, 3), fmpq(1, 50)],
    "positive": [x.ONE, fmpq(1, 10), fmpq(40), fmpq(5, 3), fmpq(1, 2), fmpq(51, 50)],
    "nonnegative": [x.ZERO, x.ONE, fmpq(1, 3), fmpq(13, 2)],
    "unit": [x.ZERO, x.ONE, fmpq(1, 2), fmpq(9, 10), fmpq(1, 3)],
}
CLOSE = {domain: [fmpq(51, 50), fmpq(49, 50)] for domain in ("real", "positive", "nonnegative")}  # nearly the same
STEPS = [fmpq(p, q) for p, q in ((1, 2), (1, 3), (1, 1), (2, 1), (3, 4), (5, 2))]
PARTS = [fmpq(p, q) for p, q in ((1, 2), (9, 10), (1, 7), (3, 4), (1, 20))]

Names = dict[str, Any]


def symbols_of(node: t.Expr, definitions: Mapping[str, t.Definition]) -> frozenset[t.Symbol]:
    """The free symbols of a formula, those that notations hide and the sizes included."""
    found: set[t.Symbol] = set()
    seen: set[str] = set()
    queue = [node]
    hidden: set[t.Symbol] = set()
    while queue:
        current = queue.pop()
        free = t.free_symbols(current) - (hidden if current is not node else frozenset())
        found |= free
        for inner in t.walk(current):
            if isinstance(inner, t.Apply) and inner.head in definitions and inner.head not in seen:
                seen.add(inner.head)
                definition = definitions[inner.head]
                if not definition.parameters:
                    queue.append(definition.body)
                    found |= t.free_symbols(definition.body) - set(definition.indices)
                    hidden |= set(definition.indices)
    return frozenset(found)


@dataclass(frozen=True)
class Constraint:
    """One hypothesis read as a relation for all values of `universal` (indices and naturals that the claim lacks)."""

    node: t.Expr
    universal: tuple[t.Symbol, ...]
    premises: tuple[t.Expr, ...] = ()

    @property
    def equality(self) -> bool:
        return isinstance(self.node, t.Relation) and self.node.ops == ("=",)


def constraints(
    hypotheses: Sequence[t.Expr], claim: Collection[t.Symbol], definitions: Mapping[str, t.Definition]
) -> list[Constraint]:
    found: list[Constraint] = []

    def take(node: t.Expr, universal: tuple[t.Symbol, ...], premises: tuple[t.Expr, ...]) -> None:
        while isinstance(node, t.Paren):
            node = node.body
        if isinstance(node, t.And):
            for part in node.parts:
                take(part, universal, premises)
        elif isinstance(node, t.Big) and node.op == "forall":
            take(node.body, (*universal, *t.bound_symbols(node)), premises)
        elif isinstance(node, t.Implies):
            take(node.conclusion, universal, (*premises, node.premise))
        elif isinstance(node, t.Relation) and len(node.ops) > 1:
            for place, op in enumerate(node.ops):
                take(t.Relation(node.args[place : place + 2], (op,)), universal, premises)
        else:
            found.append(Constraint(node, universal, premises))

    loose = [
        sorted((s for s in symbols_of(h, definitions) if counts(s) and s not in claim), key=lambda s: s.name) for h in hypotheses
    ]
    # `i != j` about indices that the claim lacks is no hypothesis by itself: it says for which i, j the others hold
    conditions = [
        (h, names)
        for h, names in zip(hypotheses, loose, strict=True)
        if names and all(counts(s) for s in symbols_of(h, definitions) if not is_size(s))
    ]
    for hypothesis, names in zip(hypotheses, loose, strict=True):
        if all(hypothesis is not c for c, _ in conditions):
            take(hypothesis, tuple(names), tuple(c for c, about in conditions if set(about) <= set(names)))
    return found


def counts(symbol: t.Symbol) -> bool:
    """An index or a natural number."""
    return symbol.type.domain in ("index", "natural") and not symbol.type.shape


def is_size(symbol: t.Symbol) -> bool:
    return symbol.type.domain == "size"


class Sampler:
    """Draws points for one context and one set of symbols."""

    def __init__(self, context: Context, symbols: Collection[t.Symbol], seed: int, functions: Mapping[str, t.Definition]) -> None:
        self.random = random.Random(seed)
        self.flat = False  # the plainest values in the sample at hand
        self.tied: int | None = None  # an inequality that is to hold with equality in the sample at hand
        self.functions = dict(functions)
        self.decks: dict[str, list[fmpq]] = {}
        self.last: dict[str, fmpq] = {}
        self.program: Program = program(context.definitions, self.functions)
        # an index of a hypothesis that the claim lacks is bound by "for every"
        needed = set(symbols)
        self.constraints = constraints(context.hypotheses, needed, context.definitions)
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
        self.sizes = [s for s in ordered if s.type.domain == "size"]
        self.indices = [s for s in ordered if s.type.domain == "index" and not s.type.shape]
        self.naturals = [s for s in ordered if s.type.domain == "natural" and not s.type.shape]
        others = [s for s in ordered if s not in self.sizes and s not in self.indices and s not in self.naturals]
        self.values = [s for s in others if s.type.domain != "function"]
        self.opaque = [s for s in others if s.type.domain == "function"]
        self.rank = max((len(s.type.shape) for s in self.values), default=0)
        equalities = [c.equality for c in self.constraints]
        self.mixed = any(equalities) and not all(equalities)  # then signs are repaired first, and scaling keeps them
        self.statements = [statement(self.program, c.node) for c in self.constraints]
        self.premises = [[statement(self.program, p) for p in c.premises] for c in self.constraints]
        self.about = [symbols_of(c.node, context.definitions) for c in self.constraints]
        self.alone = [_stand_alone(c.node) for c in self.constraints]
        # hypotheses about sizes and indices alone
        self.bare = [
            place
            for place, constraint in enumerate(self.constraints)
            if not constraint.premises
            and not any(role(s).startswith("value:") or s.type.domain == "natural" for s in self.about[place])
        ]

    # where: sizes and indices -------------------------------------------------------------------------------

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

    def over(self, index: t.Symbol, sizes: Names) -> int:
        size = index.type.over
        if isinstance(size, t.Number):
            return int(size.value)
        if isinstance(size, t.Symbol):
            return int(sizes[f"size:{size.name}"])
        raise CannotEvaluate(f"{index.name} runs over no declared size")

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

    # what: values -------------------------------------------------------------------------------------------

    def draw(self, cell: Names, plainly: bool) -> Names:
        names = dict(cell)
        for s in self.naturals:
            low = s.type.minimum
            names[f"natural:{s.name}"] = self.random.choice((low, low + 1, low + 2, low + 3, low + 6))
        if self.flat:
            return names | {role(s): self.level(s, names) for s in self.values}
        names["~least"] = not plainly and self.random.random() < 0.1
        before: dict[tuple[str, str], Any] = {}
        for s in self.values:
            kind = (s.type.domain, str(self.lengths(s, names)))
            if kind in before and s.type.shape and not plainly and self.random.random() < 0.12:
                names[role(s)] = before[kind]  # two arrays that agree: where a gap between them closes
                if s.type.domain in CLOSE and self.random.random() < 0.4 and not isinstance(before[kind], Table):
                    names[role(s)] = _scaled(before[kind], self.random.choice(CLOSE[s.type.domain]))
            else:
                names[role(s)] = before[kind] = self.array(s, names, plainly)
        del names["~least"]
        return names

    def level(self, s: t.Symbol, names: Names) -> Any:
        """The plainest value: zeros, ones where 0 lies outside, uniform distributions. There exponentials and logs are exact."""
        lengths = self.lengths(s, names)
        value: Any = x.ONE if s.type.domain == "positive" else x.ZERO
        if s.type.domain in ("simplex", "onehot") and (last := lengths[-1]) is not None:
            lengths.pop()
            value = [fmpq(1, last)] * last if s.type.domain == "simplex" else [x.ONE] + [x.ZERO] * (last - 1)
        for length in reversed(lengths):
            value = [value] * length if length is not None else Table(dict.fromkeys(range(REACH + 12), value))
        return value

    def lengths(self, s: t.Symbol, names: Names) -> list[int | None]:
        found: list[int | None] = []
        for size in s.type.shape:
            if size == t.NATURALS:
                found.append(None)
            else:
                found.append(int(size.value) if isinstance(size, t.Number) else names[f"size:{size.name}"])  # type: ignore[attr-defined]  # the parser allows no other
        return found

    def array(self, s: t.Symbol, names: Names, plainly: bool) -> Any:
        lengths = self.lengths(s, names)
        style = "plain" if plainly else self.random.choice(("plain", "plain", "zeros", "ties", "wide", "equal", "mixed"))
        if names["~least"]:
            style = "equal"
        return self.filled(s.type.domain, lengths, style) if lengths else self.scalar(s.type.domain, style)

    def filled(self, domain: str, lengths: list[int | None], style: str) -> Any:
        if not lengths:
            return self.entry(domain, style)
        first, rest = lengths[0], lengths[1:]
        if first is None:
            return Table({i: self.filled(domain, rest, style) for i in range(REACH + 12)})
        if domain in ("simplex", "onehot") and not rest:
            return self.pmf(first, domain, style)
        if style == "equal" and not rest:
            return [self.entry(domain, self.random.choice(("plain", "zeros")))] * first
        if style == "ties" and not rest:
            few = [self.entry(domain, "plain") for _ in range(max(1, first // 2))]
            return [self.random.choice(few) for _ in range(first)]
        return [self.filled(domain, rest, style) for _ in range(first)]

    def scalar(self, domain: str, style: str) -> fmpq:
        """From a shuffled deck, so that 0, 1 and -1 come within a dozen draws; now and then the scalar drawn before."""
        if style == "plain" or domain not in DECKS:
            value = self.entry(domain, "plain")
        elif domain in self.last and self.random.random() < 0.15:
            value = self.last[domain]
            if domain in CLOSE and self.random.random() < 0.4:
                value = value * self.random.choice(CLOSE[domain])
        else:
            deck = self.decks.setdefault(domain, [])
            if not deck:
                deck += self.random.sample(DECKS[domain], len(DECKS[domain]))
            value = deck.pop()
        self.last[domain] = value
        return value

    def entry(self, domain: str, style: str) -> fmpq:
        pick, chance = self.random.choice, self.random.random()
        if style == "plain" and chance < 0.4 and domain in ("real", "positive", "nonnegative", "unit"):
            bottom = self.random.randint(2, 13)
            top = self.random.randint(1, bottom - 1 if domain == "unit" else 3 * bottom)
            return fmpq(-top if domain == "real" and chance < 0.2 else top, bottom)
        edgy = style in ("zeros", "mixed", "ties", "equal") and chance < 0.4
        if domain == "natural":
            return fmpq(pick((0, 1, 2, 3, 5)))
        if domain == "positive":
            return fmpq(40) if style == "wide" and chance < 0.3 else pick(POSITIVE)
        if domain == "nonnegative":
            return x.ZERO if edgy else pick(POSITIVE)
        if domain in ("unit", "simplex"):
            return pick((x.ZERO, x.ONE)) if edgy else pick(UNIT)
        if domain == "onehot":
            return pick((x.ZERO, x.ONE))
        if edgy:
            return x.ZERO
        return pick(WIDE) if style == "wide" else pick(SMALL)

    def pmf(self, n: int, domain: str, style: str) -> list[fmpq]:
        corner = self.random.randrange(n)
        if domain == "onehot" or (style == "wide"):
            return [x.ONE if k == corner else x.ZERO for k in range(n)]
        if style == "equal":
            return [fmpq(1, n)] * n
        zeros = 0.4 if style in ("zeros", "mixed") else 0.0
        weights = [0 if self.random.random() < zeros else self.random.randint(1, 3 if style == "ties" else 9) for _ in range(n)]
        if not any(weights):
            weights[corner] = 1
        total = sum(weights)
        return [fmpq(w, total) for w in weights]

    # hypotheses ---------------------------------------------------------------------------------------------

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

    def spots(self, place: int, names: Names) -> list[tuple[str, list[tuple[int, ...]], str]]:
        """The symbols whose entries may be moved to satisfy a constraint; what stands alone on a side comes first."""
        first = self.alone[place]
        turn = -1 if self.random.random() < 0.4 else 1  # numbers before arrays, or arrays before numbers: a = 0 solves too much
        rest = sorted((s for s in self.about[place] if s not in first), key=lambda s: (turn * len(s.type.shape), s.name))
        return [
            (name, _spots(names[name]), s.type.domain)
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
                if not any(self.eliminate(names, active, spot) for spot in self.spots(place, names)):
                    if not self.assign(names, place, active):
                        return False
        return True

    def live(self, place: int, names: Names) -> list[Names]:
        """The values of the universal indices of a constraint at which its premises hold."""
        bindings, premises = self.bindings(self.constraints[place], names), self.premises[place]
        if not premises:
            return bindings
        return [b for b in bindings if all(p.outcome(Frame({**names, **b}, 0, False)) in TRUTHS for p in premises)]

    def eliminate(self, names: Names, active: list[tuple[int, Names]], spot: tuple[str, list[tuple[int, ...]], str]) -> bool:
        """Move the entries of one symbol so that all active equalities hold exactly; the residuals must be linear in them."""
        name, entries, domain = spot
        old = names[name]
        if domain == "onehot":
            return False
        start = self.residuals(names, active)
        if start is None:
            return False
        if (self.mixed or domain in ("nonnegative", "positive", "unit", "simplex")) and self.scale(names, active, name, domain):
            return True
        if domain == "simplex":
            return False
        columns: list[list[fmpq]] = []
        basis: dict[int, list[fmpq]] = {}
        chosen = self.random.sample(entries, len(entries))
        for entry in chosen:
            names[name] = _moved(old, entry, x.ONE)
            column = self.residuals(names, active)
            names[name] = old
            if column is None:
                return False
            columns.append([c - s for c, s in zip(column, start, strict=True)])
            _extend(basis, columns[-1])
            if len(basis) == len(active):  # these entries reach every residual
                break
        steps = _linear(columns, [-s for s in start])
        if steps is None:
            return False
        new = old
        for entry, step in zip(chosen, steps, strict=False):
            if step != 0:
                new = _moved(new, entry, step)
        return self.accept(names, name, new, domain, active)

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
        depth = len(_spots(old)[0])
        rows = [(axis, at) for at in bound.values() for axis in range(depth)] if depth > 1 else []
        for row in [*rows, None]:
            names[name] = _scaled(old, fmpq(2), row)
            second = self.residual(names, place, bound)
            if first is not None and second is not None and second != first:
                names[name] = _scaled(old, x.ONE - first / (second - first), row)
                if self.residual(names, place, bound) == 0:
                    return True
        names[name] = old
        return False

    def accept(self, names: Names, name: str, new: Any, domain: str, active: list[tuple[int, Names]]) -> bool:
        old, names[name] = names[name], new
        if _inside(new, domain) and all(self.residual(names, p, b) == 0 for p, b in active):
            return True
        names[name] = old
        return False

    def assign(self, names: Names, place: int, active: list[tuple[int, Names]]) -> bool:
        """`z[m] = max(k: z[k])`: give the entry that stands alone the value of the other side."""
        node = self.constraints[place].node
        for bound in self.live(place, names):
            for side, other in ((0, 1), (1, 0)):
                target = self.target(node.args[side], {**names, **bound})  # type: ignore[attr-defined]  # an equality
                if target is None:
                    continue
                value = self.statements[place].sides(Frame({**names, **bound}, 0, False))[other]
                if value.__class__ is fmpq:
                    name, entry, domain = target
                    new = _share(names[name], entry[0], value) if domain == "simplex" else _set(names[name], entry, value)
                    if _inside(new, domain):
                        names[name] = new
                        break
        return all(self.residual(names, p, b) == 0 for p, b in active)

    def target(self, side: t.Expr, names: Names) -> tuple[str, tuple[int, ...], str] | None:
        """The entry that a bare `x` or `z[j]` names."""
        while isinstance(side, t.Paren):
            side = side.body
        symbol = _base(side)
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
        pick = self.random.choice
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
            steps = [
                other + side * pick(STEPS),
                other * pick(PARTS) if other * side < 0 else other / pick(PARTS) if other != 0 else other + side * pick(STEPS),
            ]
            if side < 0 < other:
                steps = [other * pick(PARTS), other - pick(STEPS)]
            if side > 0 > other:
                steps = [other * pick(PARTS), other + pick(STEPS)]
            if op in ("<=", ">=") and self.random.random() < 0.3:
                steps.insert(0, other)
            for value in steps:
                new = _share(names[name], entry[0], value) if domain == "simplex" else _set(names[name], entry, value)
                if _inside(new, domain):
                    names[name] = new
                    return True
        spots = [s for s in self.spots(place, names) if s[2] not in ("simplex", "onehot")]
        if not spots:
            return False
        name, entries, domain = pick(spots)
        entry = pick(entries)
        old = _get(names[name], entry)
        for value in (
            pick((old / 2, old / 8, old * 2, old * 8, old * fmpq(9, 10), -old, old + 1, old - 1, x.ZERO)),
            self.entry(domain, "plain"),
        ):
            new = _set(names[name], entry, value)
            if _inside(new, domain):
                names[name] = new
                return True
        return False

    def satisfy(self, names: Names) -> bool:
        """Repair a sample until every hypothesis holds, exactly."""
        if not self.constraints:
            return True
        equalities = [p for p, c in enumerate(self.constraints) if c.equality or p == self.tied]
        for turn in range(ROUNDS):
            solved = bool(equalities) and not (turn == 0 and self.mixed)
            if solved and not self.solve(names, equalities):
                return False
            met = {p for p in equalities if solved and not self.premises[p]}  # solving has left nothing of these
            failing = [(p, b) for p, b in self.instances(names, met) if not self.holds(names, p, b)]
            if not failing:
                return True
            moved = turn == 0
            for place, bound in failing:
                if not self.constraints[place].equality and not self.holds(names, place, bound):
                    moved |= self.nudge(names, place, bound)
            if not moved:
                return False
        return False

    def tie(self) -> int | None:
        """One inequality in four samples is met with equality: claims fail at the border first."""
        weak = [p for p, c in enumerate(self.constraints) if isinstance(c.node, t.Relation) and c.node.ops[0] in ("<=", ">=")]
        return self.random.choice(weak) if weak and self.random.random() < 0.25 else None

    def hopeless(self, cell: Names) -> bool:
        """A hypothesis about sizes and indices alone fails here, whatever the values."""
        return any(
            self.statements[place].decided(cell, b) == FALSE
            for place in self.bare
            for b in self.bindings(self.constraints[place], cell)
        )

    def point(self, cell: Names, plainly: bool = False) -> Point | None:
        names = self.sample(cell, plainly)
        return None if names is None else self.finished(names)

    def sample(self, cell: Names, plainly: bool = False, flat: bool = False) -> Names | None:
        """Exact values at which every hypothesis holds, by the names of a frame; None where none were found."""
        if self.hopeless(cell):
            return None
        gaps: set[Any] = set()
        for attempt in range(TRIES if self.constraints else 1):
            self.flat = flat and attempt == 0
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
            mark = _mark(names)
            if mark in given:  # a repeated point is no further evidence
                continue
            given.add(mark)
            yield names
            if len(given) >= wanted or not (self.values or self.sizes or self.naturals or self.indices):
                return

    def finished(self, names: Names) -> Point:
        parts: dict[str, Names] = {"size": {}, "index": {}, "natural": {}, "value": {}}
        for key, value in names.items():
            kind, name = key.split(":", 1)
            parts[kind][name] = _fractions(value) if kind == "value" else value
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


def _stand_alone(node: t.Expr) -> list[t.Symbol]:
    """The symbols of a relation that are a whole side, or of which one entry is."""
    sides = [_base(a) for a in node.args] if isinstance(node, t.Relation) else []
    return [s for s in sides if s is not None]


def _base(side: t.Expr) -> t.Symbol | None:
    while isinstance(side, t.Paren):
        side = side.body
    if isinstance(side, t.Index):
        return _base(side.base) if isinstance(side.base, (t.Symbol, t.Paren)) else None
    return side if isinstance(side, t.Symbol) else None


def _spots(value: Any, prefix: tuple[int, ...] = ()) -> list[tuple[int, ...]]:
    if isinstance(value, Table):
        return [s for i in range(REACH + 1) for s in _spots(value[i], (*prefix, i))]
    if isinstance(value, list):
        return [s for i, v in enumerate(value) for s in _spots(v, (*prefix, i))]
    return [prefix]


def _get(value: Any, entry: tuple[int, ...]) -> Any:
    for place in entry:
        value = value[place]
    return value


def _set(value: Any, entry: tuple[int, ...], number: fmpq) -> Any:
    if not entry:
        return number
    inner = _set(value[entry[0]], entry[1:], number)
    if isinstance(value, Table):
        return Table({**value.entries, entry[0]: inner}, value.make)
    return [inner if i == entry[0] else v for i, v in enumerate(value)]


def _share(value: Any, place: int, share: fmpq) -> Any:
    """A distribution in which one entry gets `share`; the others keep their proportions (or split the rest evenly)."""
    rest = sum((v for k, v in enumerate(value) if k != place), x.ZERO)
    if len(value) == 1:
        return [share]
    even = (1 - share) / (len(value) - 1)
    return [share if k == place else (v * (1 - share) / rest if rest else even) for k, v in enumerate(value)]


def _moved(value: Any, entry: tuple[int, ...], step: fmpq) -> Any:
    return _set(value, entry, _get(value, entry) + step)


def _scaled(value: Any, factor: fmpq, row: tuple[int, int] | None = None) -> Any:
    """All entries times the factor, or those whose index on an axis (from 0) has a value (from 1)."""
    if not isinstance(value, list):
        return value * factor
    if row is None:
        return [_scaled(v, factor) for v in value]
    axis, at = row
    if axis == 0:
        return [_scaled(v, factor) if k == at else v for k, v in enumerate(value, 1)]
    return [_scaled(v, factor, (axis - 1, at)) for v in value]


def _short(value: Any) -> bool:
    """An exact number that repairs may go on from: x := y + 1/(x y x) would make it three times as long each time."""
    return value.__class__ is fmpq and value.p.bit_length() + value.q.bit_length() <= LONGEST


def _inside(value: Any, domain: str) -> bool:
    if isinstance(value, Table):
        return all(_inside(v, domain) for v in value.entries.values())
    if isinstance(value, list):
        if domain in ("simplex", "onehot") and value and not isinstance(value[0], list):
            return sum(value, x.ZERO) == 1 and all(_inside(v, "unit") for v in value)
        return all(_inside(v, domain) for v in value)
    lower, attained, upper, reached = t.DOMAINS[domain]
    if lower is not None and (value < lower or (value == lower and not attained)):
        return False
    if domain == "natural" and value.q != 1:
        return False
    return not (upper is not None and (value > upper or (value == upper and not reached)))


def _fractions(value: Any) -> Any:
    if isinstance(value, Table):
        return Table({i: _fractions(v) for i, v in value.entries.items()})
    if isinstance(value, list):
        return tuple(_fractions(v) for v in value)
    return Fraction(int(value.p), int(value.q))


def _mark(value: Any) -> Any:
    """Equal for equal points, and hashable."""
    if value.__class__ is fmpq:
        return value.p, value.q  # which hash faster than their ratio
    if isinstance(value, dict):
        return tuple([(k, _mark(v)) for k, v in value.items()])
    if isinstance(value, list):
        return tuple([_mark(v) for v in value])
    return _mark(dict(sorted(value.entries.items()))) if isinstance(value, Table) else value


def _extend(basis: dict[int, list[fmpq]], column: list[fmpq]) -> None:
    """The column without its parts along the basis, as its next vector by the place of its first entry, if something is left."""
    for place, vector in basis.items():
        if column[place] != 0:
            factor = column[place] / vector[place]
            column = [a - factor * b for a, b in zip(column, vector, strict=True)]
    first = next((place for place, value in enumerate(column) if value != 0), None)
    if first is not None:
        basis[first] = column


def _linear(columns: list[list[fmpq]], wanted: list[fmpq]) -> list[fmpq] | None:
    """One solution of sum_j step_j column_j = wanted, as few entries moved as the elimination needs; None if there is none."""
    rows = [[column[r] for column in columns] + [wanted[r]] for r in range(len(wanted))]
    pivots: list[int] = []
    width, top = len(columns), 0
    for column in range(width):
        pivot = next((r for r in range(top, len(rows)) if rows[r][column] != 0), None)
        if pivot is None:
            continue
        rows[top], rows[pivot] = rows[pivot], rows[top]
        lead = rows[top][column]
        rows[top] = [v / lead for v in rows[top]]
        for r, row in enumerate(rows):
            if r != top and row[column] != 0:
                factor = row[column]
                rows[r] = [a - factor * b for a, b in zip(row, rows[top], strict=True)]
        pivots.append(column)
        top += 1
        if top == len(rows):
            break
    if any(row[-1] != 0 for row in rows[top:]):
        return None
    steps = [x.ZERO] * width
    for r, column in enumerate(pivots):
        steps[column] = rows[r][-1]
    return steps


__all__ = ["Sampler", "Statement", "constraints", "instances", "points", "symbols_of", "witness"]
