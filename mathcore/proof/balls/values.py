"""Random exact values of every domain: zeros, ties, corners of the simplex, plain fractions and wide ones."""

from __future__ import annotations

import random
from typing import Any

from flint import fmpq

from mathcore.language import tree as t
from mathcore.proof.balls import extended as x
from mathcore.proof.balls.entries import LAST, scaled
from mathcore.proof.balls.point import CannotEvaluate, Table
from mathcore.proof.balls.program import role

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

NATURALS = (0, 1, 2, 3, 6, 0, 1, 2, 4, 5, 7, 8)  # beyond the least one

Names = dict[str, Any]


class Values:
    """Draws values for declared symbols."""

    def __init__(self, symbols: list[t.Symbol], seed: int) -> None:
        self.symbols = symbols
        self.random = random.Random(seed)
        self.naturals = [s for s in symbols if s.type.domain == "natural" and not s.type.shape]
        self.values = [s for s in symbols if s.type.shape or s.type.domain not in ("size", "index", "natural", "function")]
        self.flat = False  # the plainest values in the sample at hand
        self.decks: dict[str, list[fmpq]] = {}
        self.last: dict[str, fmpq] = {}

    def draw(self, cell: Names, plainly: bool) -> Names:
        names = dict(cell)
        for s in self.naturals:
            low = s.type.minimum
            names[f"natural:{s.name}"] = low + self.random.choice(NATURALS)
        if self.flat:
            return names | {role(s): self.level(s, names) for s in self.values}
        names["~least"] = not plainly and self.random.random() < 0.1
        before: dict[tuple[str, str], Any] = {}
        for s in self.values:
            kind = (s.type.domain, str(self.lengths(s, names)))
            if kind in before and s.type.shape and not plainly and self.random.random() < 0.12:
                names[role(s)] = before[kind]  # two arrays that agree: where a gap between them closes
                if s.type.domain in CLOSE and self.random.random() < 0.4 and not isinstance(before[kind], Table):
                    names[role(s)] = scaled(before[kind], self.random.choice(CLOSE[s.type.domain]))
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
            value = [value] * length if length is not None else Table(dict.fromkeys(range(LAST + 1), value))
        return value

    def lengths(self, s: t.Symbol, names: Names) -> list[int | None]:
        found: list[int | None] = []
        for size in s.type.shape:
            if isinstance(size, t.Symbol):
                found.append(names[f"size:{size.name}"])
            elif isinstance(size, t.Number):
                found.append(int(size.value))
            elif size == t.NATURALS:
                found.append(None)
            else:
                raise CannotEvaluate(f"{s.name} has an axis of no declared size")
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
            return Table({i: self.filled(domain, rest, style) for i in range(LAST + 1)})
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
