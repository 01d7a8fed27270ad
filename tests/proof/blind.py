"""The engine with its points switched off, and false statements for it: what the kernel and the rules say on their own.

Random points hide a rule that accepts too much, wherever they happen to refute what it accepts. Here nothing refutes.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from itertools import islice, product

import pytest
from flint import fmpq

from mathcore.evidence import Level, Verdict
from mathcore.language import tree as t
from mathcore.proof import at_points, judging, scope
from mathcore.proof.balls import Comparison
from mathcore.proof.balls.evaluate import program
from mathcore.proof.balls.program import role
from mathcore.proof.balls.truth import FALSE
from mathcore.proof.balls.truth import statement as truth
from mathcore.proof.prover import decide
from mathcore.rules.certificate import Certificate, Term
from mathcore.rules.geometric import Geometric
from mathcore.rules.induction import Induction
from mathcore.rules.limiting import Limiting
from mathcore.rules.monotone import Monotone
from mathcore.rules.rewrite import Rewrite
from mathcore.rules.rule import Rule
from mathcore.rules.split import Case, Split
from mathcore.rules.squared import Squared
from mathcore.rules.squeeze import Squeeze
from mathcore.rules.stationary import Stationary
from mathcore.rules.telescope import Telescope
from mathcore.rules.use import Use
from tests.proof.pipeline import card
from tests.proof.statements import Statement

POINTS = 25


@contextmanager
def without_points() -> Iterator[None]:
    """Every look at points confirms: 25 points agree, the hypotheses hold somewhere, no point is sought."""
    seen = Verdict("", Level.ENCLOSED, "balls", points=POINTS)
    with pytest.MonkeyPatch.context() as patch:
        for module, name in ((judging, "at_points"), (decide, "_points"), (decide, "at_points"), (at_points, "at_points")):
            patch.setattr(module, name, lambda *_, **__: seen)
        for module in (decide, at_points):
            patch.setattr(module, "compared", lambda *_, **__: Comparison(POINTS))
        for module, name in ((decide, "unwitnessed"), (at_points, "unwitnessed"), (judging, "unwitnessed"), (judging, "sought")):
            patch.setattr(module, name, lambda *_, **__: "")
        for name in ("_sought", "_met"):
            patch.setattr(decide, name, lambda *_, **__: None)
        for module, memory in ((judging, "_judged"), (scope, "_FACTS")):
            patch.setattr(module, memory, {})
        yield


# made at random ---------------------------------------------------------------------------------------------

GIVEN = "x, y: real; r, s: positive; v: nonnegative; u: unit; t: natural"
PLACES = {
    "x": (-3, -1, Fraction(-1, 2), 0, 1, 2), "y": (-2, -1, 0, Fraction(1, 3), 3), "r": (Fraction(1, 100), Fraction(1, 2), 1, 5),
    "s": (Fraction(1, 9), 1, 7), "v": (0, Fraction(1, 4), 2), "u": (0, Fraction(1, 3), 1), "t": (0, 1, 2, 5), "T": (0, 1, 2, 6),
}  # fmt: skip
RANGES = "T, k: natural; r: positive"
RATIO = "n, k: natural >= 1; r: positive; F: unit[naturals]; F[k] < 1"
CONTEXTS = {declared: card(declared).context for declared in (GIVEN, RANGES)}


def is_false(claim: str, declared: str) -> bool:
    """Whether an inequality or equation of the letters above fails somewhere on a small grid, by balls."""
    context = CONTEXTS[declared]
    node = context.parse(claim)
    letters = sorted(t.free_symbols(node), key=lambda one: one.name)
    code = truth(program(context.definitions, {}), node)
    places = [[(role(one), number_of(one, value)) for value in PLACES[one.name]] for one in letters]
    return any(code.decided(dict(chosen)) == FALSE for chosen in product(*places))


def number_of(letter: t.Symbol, value: Fraction | int) -> object:
    return value if letter.type.domain == "natural" else fmpq(value.numerator, value.denominator)


class Maker:
    """Random false statements, each with a rule and data that somebody might give."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def pick(self, *choices: str) -> str:
        return self.random.choice(choices)

    def number(self, low: int = 1, high: int = 4) -> str:
        value = Fraction(self.random.randint(low, high), self.random.choice((1, 1, 1, 2, 3)))
        return str(value) if value.denominator == 1 else f"({value.numerator} / {value.denominator})"

    def value(self, depth: int) -> str:
        if depth <= 0:
            return self.pick("x", "y", "r", "s", "v", "u", "t", "1", "2", "(1 / 2)", "3")
        a, b = self.value(depth - 1), self.value(depth - 1)
        return self.pick(
            a, f"({a} + {b})", f"({a} - {b})", f"({a}) ({b})", f"({a})^2", f"({a})^3", f"abs({a})", f"max({a}, {b})",
            f"min({a}, {b})", f"({a}) / (1 + {self.pick('r', 'v', 'u', 't', 'x^2')})", f"exp({a})",
            f"log(1 + {self.pick('r', 'v', 'u')})",
            f"sqrt({self.pick('r', 'v', 'u', f'({a})^2')})", f"step({a})", f"{self.pick('u', 'v', 'r')}^t",
        )  # fmt: skip

    def rule(self, left: str, op: str, right: str) -> Rule:
        """What somebody might give as the reason for an inequality."""
        large, small = (right, left) if "<" in op else (left, right)
        gap = f"({large}) - ({small})"
        letter = self.pick("x", "r", "v", "u")
        kind = {"x": "real", "r": "positive", "v": "nonnegative", "u": "unit"}[letter]
        plain = Certificate((Term(gap),))
        return self.random.choice(
            (
                plain,
                plain,
                Split((Case(f"{letter} > {self.number(0, 2)}", plain), Case(f"{letter} <= {self.number(0, 2)}", plain))),
                Split((Case("x >= 0", plain), Case("x < 0", plain))),
                Split((Case("v = 0", plain), Case("v > 0", plain))),
                Monotone(f"({gap})", f"{letter}: {kind}", turning=self.pick("0", "1", "1 / 2")),
                Squared(small, large, plain),
                Stationary(f"{self.pick('x', 'r')} = {self.pick('0', '1', '-1', 'y')}"),
                Induction("t", plain, plain),
                Induction("t", plain, Use(f"{left} {op} {right}")),
            )
        )

    def relation(self) -> Statement:
        left, right = self.value(2), self.value(self.random.choice((0, 1, 2)))
        op = self.pick("<=", "<", ">=", ">", "=")
        claim = f"{left} {op} {right}"
        if op == "=":
            by_sign = Split((Case("x >= 0", Rewrite()), Case("x < 0", Rewrite())))
            return Statement(claim, self.random.choice((Rewrite(), by_sign)), GIVEN)
        return Statement(claim, self.rule(left, op, right), GIVEN)

    def sum(self) -> Statement:
        """A sum over a range that grows by the right term from another start, or by another term from the right start."""
        low, more, c = self.random.randint(0, 2), self.random.randint(-1, 2), self.number()
        closed = self.pick("T^2", "T", "2^T", "T (T + 1) / 2", "T^3", "r^T", "1 / (T + 1)", "T r", "abs(T - 2)")
        last = closed.replace("T", "(T - 1)") if "2^T" not in closed and "r^T" not in closed else closed.replace("^T", "^(T - 1)")
        term = f"(({closed}) - ({last}))".replace("T", "k")
        wrong = self.pick("1", "T", f"{c} T + 1", "-1", "(-1)^T", "0^T", "delta_")
        right = closed if wrong == "delta_" else f"{closed} + ({wrong})"
        end = "T" if more == 0 else f"T {'+' if more > 0 else '-'} {abs(more)}"
        return Statement(f"sum(k = {low}..{end}: {term}) = {right}", self.random.choice((Telescope(), Geometric())), RANGES)

    # limits whose value is known by how they are made ----------------------------------------------------------

    def piece(self) -> tuple[str, Fraction]:
        """A body and its limit as n -> inf, n positive or natural."""
        a, b = self.random.randint(1, 5), self.random.randint(1, 5)
        c, d = self.random.choice((-1, 1)) * self.random.randint(1, 9), self.random.randint(1, 9)
        forms = (
            (f"({a} n + {d}) / ({b} n + 1)", Fraction(a, b)),
            (f"({a} n^2 + ({c})) / ({b} n^2 + n)", Fraction(a, b)),
            (f"(sqrt(n^2 + {a} n) - n)", Fraction(a, 2)),
            (f"n log(1 + {a} / n)", Fraction(a)),
            (f"n (exp({c} / (n + {d})) - 1)", Fraction(c)),
            (f"({d} n + {a}) exp(-n / {b})", Fraction(0)),
            (f"log(n + {d}) / n", Fraction(0)),
            (f"log(({a} n + 1) / ({a} n))", Fraction(0)),
            (f"log((1 + {a} / n)^n)", Fraction(a)),
            (f"log(exp({a} n) + n^{b}) / n", Fraction(a)),
            ("n^(1 / n)", Fraction(1)),
            (f"({a} / {a + b})^n n^{b}", Fraction(0)),
            (f"max({a} n, n + {d}) / n", Fraction(max(a, 1))),
            (f"abs({c} n + {d}) / n", Fraction(abs(c))),
            (f"step({c} n + {d})", Fraction(int(c > 0))),
        )
        return self.random.choice(forms)

    def body(self, depth: int) -> tuple[str, Fraction]:
        if depth <= 0:
            return self.piece()
        (p, a), (q, b) = self.body(depth - 1), self.body(depth - 1)
        ways = [(f"({p} + {q})", a + b), (f"({p} - ({q}))", a - b), (f"({p}) ({q})", a * b), (f"({p})^2", a * a), (p, a)]
        if b:
            ways.append((f"({p}) / ({q})", a / b))
        return self.random.choice(ways)

    def limit(self) -> Statement:
        """A limit that is another one by how it is made."""
        text, value = self.body(self.random.choice((0, 1, 1, 2)))
        wrong = value + self.random.choice((1, -1, Fraction(1, 2), value or 1, Fraction(1, 1000)))
        kind, claim = self.pick("positive", "natural >= 1"), str(wrong)
        rule = self.random.choice((Limiting(), Limiting(), Limiting(), Geometric(), Squeeze(claim, Rewrite(), claim, Rewrite())))
        return Statement(f"lim(n -> inf: {text}) = {self.pick(claim, claim, claim, 'inf', '-inf')}", rule, f"n: {kind}")

    def ratio(self) -> Statement:
        """c b(n)^n with a base that varies: 1 + e / n + ..., of which the limit is c exp(e)."""
        a, d = self.random.randint(1, 6), self.random.randint(0, 6)
        falling, rising = f"1 - {a} / (n + {a + d})", f"1 + {a} / (n + {d})"
        base = self.pick(falling, rising, f"(n + {d}) / (n + {d + a})", "1 - 1 / (n + 2)^2", "F[n]")
        power = self.pick("n", "(n + 1)", "(2 n)")
        claim = self.pick("0", "inf", "1 / 2")
        return Statement(f"lim(n -> inf: {self.pick('', 'r ', '3 ')}({base})^{power}) = {claim}", Geometric(), RATIO)


def made(seed: int) -> Iterator[Statement]:
    """Statements that are false by how they are made, or at a place of a grid."""
    maker = Maker(seed)
    while True:
        yield maker.limit()
        yield maker.ratio()
        for one in (maker.relation(), maker.relation(), maker.relation(), maker.sum()):
            if is_false(one.claim, one.given):
                yield one


def some(seed: int, count: int) -> list[Statement]:
    return list(islice(made(seed), count))
