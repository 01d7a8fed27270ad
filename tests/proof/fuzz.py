"""A random search for lies: `python -m tests.proof.fuzz --count 50000 --seed 1 [--log FILE]`.

Random trees of sums, exponentials, logarithms, deltas, powers, quotients and entries of arrays. Each tree gives an equal
pair (the tree, and the tree rewritten 1 to 5 times at random places in ways that keep its meaning) and an unequal one (the
rewritten tree broken at one place). What the kernel says is compared with exact points, never with the prover:

* UNSOUND: the kernel accepts a pair, and at some point the two sides differ or one is undefined. Must be 0.
* undecided: the kernel does not accept an equal pair. At most 1 in 1000.

The search is split into chunks, each with a seed of its own; with --log a finished chunk is written down and not searched again.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from mathcore.language import tree as t
from mathcore.language.parser import FormulaError
from mathcore.language.substitution import substitute
from mathcore.proof.balls.point import CannotEvaluate, Point
from mathcore.proof.balls.points import Sampler
from mathcore.proof.balls.program import Program
from mathcore.proof.balls.truth import FALSE, ONE_SIDED, SKIP, TRUTHS, statement
from mathcore.proof.checking import check
from mathcore.proof.judging import scope_of
from mathcore.proof.kernel.polynomial import KernelError
from mathcore.proof.rules import order
from mathcore.proof.scope import Contradicted, NotShown, Trace, text_of
from mathcore.rules.rewrite import Rewrite
from mathcore.rules.rule import Rule
from mathcore.rules.use import Use
from tests.proof.mutation import broken, is_value, places
from tests.proof.pipeline import card

GIVEN = (
    "n, d: size; x, y: real[n]; X: real[n, n]; Y: real[n, d]; p: simplex[n]; P, Q: positive[n]; a, b: real; r, s: positive; "
    "v: nonnegative; i, j, k, l, m: index[n]; g, h: index[d]; t: natural"
)
CARD = card(GIVEN)
SYMBOL = CARD.context.symbols
BOUND = {"n": "klm", "d": "gh"}  # letters for bound indices
CHUNK = 100  # trees
POINTS = 40
SECONDS = 2.0  # a pair that takes longer is listed
SUM_OF_P = "sum(k: p[k]) = 1"


def sym(name: str) -> t.Symbol:
    return SYMBOL[name]


def num(value: int) -> t.Expr:
    return t.number(value)


# random trees -----------------------------------------------------------------------------------------------


class Grower:
    """Random trees that are defined everywhere: only positive expressions are divided by and put under a logarithm."""

    def __init__(self, seed: str) -> None:
        self.random = random.Random(seed)

    def pick(self, *choices: object) -> object:
        return self.random.choice(choices)

    def index(self, known: str) -> t.Symbol:
        """An index over n: a free one, or one that is bound around."""
        return sym(self.random.choice([c for c in known if c not in "gh"]))

    def sum(self, grow: Callable[[int, str], t.Expr], depth: int, known: str, letters: str = "klm") -> t.Expr:
        letter = next((c for c in letters if c not in known), None)
        if letter is None:
            return grow(depth - 1, known)
        return t.Big("sum", (t.Binder(sym(letter)),), grow(depth - 1, known + letter))

    def positive(self, depth: int, known: str) -> t.Expr:
        leaves: list[Callable[[], t.Expr]] = [
            lambda: sym(self.random.choice("rsrsn")),
            lambda: num(self.random.choice((2, 3, 5))),
            lambda: t.Index(sym(self.random.choice("PQ")), (self.index(known),)),
        ]
        if depth <= 0:
            return self.random.choice(leaves)()
        one = lambda: t.Paren(self.positive(depth - 1, known))  # noqa: E731  # a draw of its own each time
        forms = [
            lambda: t.Call("exp", (self.real(depth - 1, known),)),
            lambda: t.Call("exp", (self.real(depth - 1, known),)),
            lambda: t.Add(one(), one()),
            lambda: t.Mul(one(), one()),
            lambda: t.Div(one(), one()),
            lambda: self.sum(self.positive, depth, known),
            lambda: t.Pow(one(), num(self.random.choice((2, -1, -2)))),
            lambda: t.Call("sqrt", (one(),)),
            *leaves,
        ]
        return self.random.choice(forms)()

    def real(self, depth: int, known: str) -> t.Expr:
        leaves: list[Callable[[], t.Expr]] = [
            lambda: sym(self.random.choice("ab")),
            lambda: num(self.random.choice((0, 1, 2, 3))),
            lambda: sym("v"),
            lambda: t.Index(sym(self.random.choice("xyp")), (self.index(known),)),
            lambda: t.Index(sym(self.random.choice("xy")), (self.index(known),)),
            lambda: t.Index(sym("X"), (self.index(known), self.index(known))),
            lambda: t.Call("delta", (self.index(known), self.index(known))),
        ]
        if any(c in known for c in "gh"):
            leaves += [lambda: t.Index(sym("Y"), (self.index(known), sym(next(c for c in known if c in "gh"))))] * 3
        if depth <= 0:
            return self.random.choice(leaves)()
        one = lambda: t.Paren(self.real(depth - 1, known))  # noqa: E731  # a draw of its own each time
        forms = [
            lambda: t.Add(one(), one()),
            lambda: t.Sub(one(), one()),
            lambda: t.Mul(one(), one()),
            lambda: t.Mul(one(), one()),
            lambda: t.Div(one(), t.Paren(self.positive(depth - 1, known))),
            lambda: self.sum(self.real, depth, known),
            lambda: self.sum(self.real, depth, known),
            lambda: self.sum(self.real, depth, known, "gh") if depth > 1 else one(),
            lambda: t.Pow(one(), num(2)),
            lambda: t.Pow(self.random.choice(leaves)(), num(3)),
            lambda: t.Pow(t.Paren(self.random.choice(leaves)()), sym("t")),
            lambda: t.Mul(t.Call("delta", (self.index(known), self.index(known))), one()),
            lambda: t.Call("log", (self.positive(depth - 1, known),)),
            lambda: t.Call("abs", (one(),)),
            lambda: t.Neg(one()),
            lambda: t.Mul(sym("v"), t.Call("log", (t.Mul(sym("v"), t.Paren(self.positive(depth - 2, known))),))),
            lambda: self.positive(depth, known),
            lambda: t.Derivative(self.smooth(depth - 1, known), t.Index(sym("x"), (self.index("ij"),))),
        ]
        return self.random.choice(forms)()

    def smooth(self, depth: int, known: str) -> t.Expr:
        """Differentiable everywhere by x: polynomials and exponentials."""
        leaf = lambda: t.Index(sym(self.random.choice("xxy")), (self.index(known),))  # noqa: E731  # a draw of its own each time
        if depth <= 0:
            return leaf()
        one = lambda: t.Paren(self.smooth(depth - 1, known))  # noqa: E731  # a draw of its own each time
        forms = [
            leaf,
            lambda: t.Add(one(), one()),
            lambda: t.Mul(one(), one()),
            lambda: t.Pow(one(), num(2)),
            lambda: t.Call("exp", (one(),)),
            lambda: self.sum(self.smooth, depth, known),
            lambda: t.Div(one(), t.Paren(t.Add(num(1), t.Call("exp", (leaf(),))))),
        ]
        return self.random.choice(forms)()


# rewriting that keeps the meaning ---------------------------------------------------------------------------


def is_sum(node: t.Expr) -> bool:
    return isinstance(node, t.Big) and node.op == "sum"


def is_positive(node: t.Expr) -> bool:
    """Positive as Grower makes it."""
    node = t.bare(node)
    match node:
        case t.Number(value, _):
            return value > 0
        case t.Symbol(_, kind):
            return kind.domain in ("positive", "size")
        case t.Index(base, _):
            return base.type.domain == "positive"
        case t.Call("exp", _):
            return True
        case t.Call("sqrt", (inner,)):
            return is_positive(inner)
        case t.Add(left, right) | t.Mul(left, right) | t.Div(left, right):
            return is_positive(left) and is_positive(right)
        case t.Big("sum", _, body):
            return is_positive(body)
        case t.Pow(base, _):
            return is_positive(base)
    return False


def letters(node: t.Expr) -> set[str]:
    return {s.name for n in t.walk(node) for s in (*t.bound_symbols(n), *([n] if isinstance(n, t.Symbol) else []))}


def unused(taken: set[str], size: str = "n") -> t.Symbol:
    """A bound letter that nothing here uses."""
    name = next((f"{c}{i}" if i else c for i in range(9) for c in BOUND[size] if (f"{c}{i}" if i else c) not in taken), "k99")
    return t.Symbol(name, t.Type("index", over=sym(size)))


def rewritings(node: t.Expr, bound: tuple[t.Symbol, ...], rand: random.Random) -> Iterator[tuple[str, t.Expr]]:
    """Other forms of a value, each with the name of the law."""
    p, own = t.Paren, {s.name for s in bound} | letters(node) | {"i", "j"}
    real = rand.choice((sym("a"), sym("b"), t.Index(sym("x"), (sym("i"),))))
    positive = rand.choice((sym("r"), sym("n"), t.Index(sym("P"), (sym("j"),)), t.Call("exp", (sym("a"),))))
    yield "x + y - y", t.Sub(t.Add(p(node), real), real)
    yield "2 x - x", t.Sub(t.Mul(num(2), p(node)), p(node))
    yield "x r / r", t.Div(t.Mul(p(node), positive), p(positive))
    yield "exp(a) exp(-a) x", t.Mul(t.Mul(t.Call("exp", (real,)), t.Call("exp", (t.Neg(real),))), p(node))
    yield "mean of a constant", t.Div(t.Big("sum", (t.Binder(unused(own)),), p(node)), sym("n"))
    match node:
        case t.Add(x, y):
            yield "terms commute", t.Add(p(y), p(x))
            if isinstance(t.bare(x), t.Div) and isinstance(t.bare(y), t.Div):
                (one, r), (two, s) = ((t.bare(z).left, t.bare(z).right) for z in (x, y))
                yield "common denominator", t.Div(p(t.Add(t.Mul(p(one), p(s)), t.Mul(p(two), p(r)))), p(t.Mul(p(r), p(s))))
        case t.Sub(x, y):
            yield "-(y - x)", t.Neg(p(t.Sub(y, p(x))))
            yield "x + (-1) y", t.Add(x, t.Mul(p(num(-1)), p(y)))
        case t.Neg(x):
            yield "0 - x", t.Sub(num(0), p(x))
        case t.Mul(x, y):
            yield "factors commute", t.Mul(p(y), p(x))
            for one, two in ((t.bare(x), y), (t.bare(y), x)):
                if isinstance(one, (t.Add, t.Sub)):
                    yield "distributed", type(one)(t.Mul(p(one.left), p(two)), p(t.Mul(p(one.right), p(two))))
                if is_sum(one):
                    new = unused(own, one.binders[0].symbol.type.over.name)
                    body = substitute(one.body, {one.binders[0].symbol: new})
                    yield "factor into the sum", t.Big("sum", (t.Binder(new), *one.binders[1:]), t.Mul(p(body), p(two)))
            if is_sum(t.bare(x)) and is_sum(t.bare(y)):
                first, second = t.bare(x), t.bare(y)
                u = unused(own, first.binders[0].symbol.type.over.name)
                w = unused(own | {u.name}, second.binders[0].symbol.type.over.name)
                bodies = (substitute(big.body, {big.binders[0].symbol: new}) for big, new in ((first, u), (second, w)))
                yield "product of sums", t.Big("sum", (t.Binder(u), t.Binder(w)), t.Mul(*map(p, bodies)))
            if isinstance(t.bare(x), t.Call) and t.bare(x).name == "delta":
                one, two = t.bare(x).args
                if isinstance(two, t.Symbol) and two not in {s for n in t.walk(y) for s in t.bound_symbols(n)}:
                    yield "delta moves an index", t.Mul(x, p(substitute(y, {two: one})))
                yield "delta squared", t.Mul(x, t.Mul(p(x), p(y)))
        case t.Div(x, y):
            yield "x y^-1", t.Mul(p(x), t.Pow(p(y), p(num(-1))))
            core = t.bare(x)
            if isinstance(core, (t.Add, t.Sub)):
                yield "quotient of a sum", type(core)(t.Div(p(core.left), p(y)), t.Div(p(core.right), p(y)))
        case t.Pow(base, t.Number(value, _)) if value == 2:
            core = t.bare(base)
            yield "square as a product", t.Mul(p(base), p(base))
            yield "abs(x)^2", t.Pow(t.Call("abs", (base,)), num(2))
            if isinstance(core, (t.Add, t.Sub)):
                cross = t.Mul(num(2), t.Mul(p(core.left), p(core.right)))
                yield "binomial", t.Add(p(type(core)(t.Pow(p(core.left), num(2)), cross)), t.Pow(p(core.right), num(2)))
            if is_sum(core):
                u = unused(own, core.binders[0].symbol.type.over.name)
                w = unused(own | {u.name}, core.binders[0].symbol.type.over.name)
                bodies = (substitute(core.body, {core.binders[0].symbol: new}) for new in (u, w))
                yield "square of a sum", t.Big("sum", (t.Binder(u), t.Binder(w)), t.Mul(*map(p, bodies)))
        case t.Pow(base, t.Symbol("t", _)):
            core = t.bare(base)
            if isinstance(core, t.Mul):
                yield "power of a product", t.Mul(t.Pow(p(core.left), sym("t")), t.Pow(p(core.right), sym("t")))
            yield (
                "x^(t + 1) / x^1 as a product",
                t.Sub(t.Mul(p(t.Add(base, num(1))), p(node)), t.Pow(p(base), p(t.Add(sym("t"), num(1))))),
            )
        case t.Call("exp", (inner,)):
            core = t.bare(inner)
            if isinstance(core, t.Add):
                yield "exp of a sum", t.Mul(t.Call("exp", (core.left,)), t.Call("exp", (core.right,)))
            if isinstance(core, t.Sub):
                yield "exp of a difference", t.Div(t.Call("exp", (core.left,)), t.Call("exp", (core.right,)))
            yield "exp(x / 2)^2", t.Pow(t.Call("exp", (t.Div(p(inner), num(2)),)), num(2))
            yield "1 / exp(-x)", t.Div(num(1), t.Call("exp", (t.Neg(p(inner)),)))
        case t.Call("log", (inner,)):
            core = t.bare(inner)
            if isinstance(core, t.Mul) and is_positive(core):
                yield "log of a product", t.Add(t.Call("log", (core.left,)), t.Call("log", (core.right,)))
            if isinstance(core, t.Div) and is_positive(core):
                yield "log of a quotient", t.Sub(t.Call("log", (core.left,)), t.Call("log", (core.right,)))
            if isinstance(core, t.Call) and core.name == "exp":
                yield "log(exp(x))", core.args[0]
            if is_positive(core):
                yield "log(x^2) / 2", t.Div(t.Call("log", (t.Pow(p(inner), num(2)),)), num(2))
        case t.Call("abs", (inner,)):
            yield "abs(-x)", t.Call("abs", (t.Neg(p(inner)),))
            yield "sqrt(x^2)", t.Call("sqrt", (t.Pow(p(inner), num(2)),))
        case t.Call("delta", (one, two)):
            yield "delta turned", t.Call("delta", (two, one))
            new = unused(own)
            yield (
                "delta over a sum",
                t.Big("sum", (t.Binder(new),), t.Mul(t.Call("delta", (one, new)), t.Call("delta", (new, two)))),
            )
        case t.Index(base, indices) if len(indices) == 1:
            new = unused(own)
            yield (
                "entry by a delta",
                t.Big("sum", (t.Binder(new),), t.Mul(t.Call("delta", (indices[0], new)), t.Index(base, (new,)))),
            )
        case t.Big("sum", binders, body):
            core, symbol = t.bare(body), binders[0].symbol
            new = unused(own, symbol.type.over.name)
            yield "renamed index", t.Big("sum", (t.Binder(new), *binders[1:]), substitute(body, {symbol: new}))
            if len(binders) == 2:
                yield "sums exchanged", t.Big("sum", binders[::-1], body)
                yield "nested sums", t.Big("sum", binders[1:], t.Big("sum", binders[:1], body))
            if len(binders) == 1 and is_sum(core):
                yield "sums exchanged", t.Big("sum", core.binders, t.Big("sum", binders, core.body))
            if isinstance(core, (t.Add, t.Sub)):
                yield "sum of a sum", type(core)(p(t.Big("sum", binders, core.left)), p(t.Big("sum", binders, core.right)))
            if isinstance(core, (t.Mul, t.Div)):
                free = {b.symbol for b in binders}
                if not free & t.free_symbols(core.right):
                    yield "factor out of the sum", type(core)(p(t.Big("sum", binders, core.left)), p(core.right))
                if isinstance(core, t.Mul) and not free & t.free_symbols(core.left):
                    yield "factor out of the sum", t.Mul(p(core.left), p(t.Big("sum", binders, core.right)))
        case t.Derivative(body, variable):
            core = t.bare(body)
            if isinstance(core, t.Add):
                yield "derivative of a sum", t.Add(t.Derivative(core.left, variable), t.Derivative(core.right, variable))
            if isinstance(core, t.Mul):
                yield (
                    "product rule",
                    t.Add(
                        t.Mul(t.Derivative(core.left, variable), p(core.right)),
                        t.Mul(p(core.left), t.Derivative(core.right, variable)),
                    ),
                )
            if isinstance(core, t.Call) and core.name == "exp":
                yield "chain rule", t.Mul(p(core), t.Derivative(core.args[0], variable))
            if isinstance(core, t.Pow):
                yield "power rule", t.Mul(t.Mul(num(2), p(core.base)), t.Derivative(core.base, variable))
            if is_sum(core) and not {b.symbol.name for b in core.binders} & letters(variable):
                yield "derivative into the sum", t.Big("sum", core.binders, t.Derivative(core.body, variable))
    if is_positive(node):
        yield "sqrt(x)^2", t.Pow(t.Call("sqrt", (node,)), num(2))
        yield "exp(log(x))", t.Call("exp", (t.Call("log", (node,)),))
        yield "1 / (1 / x)", t.Div(num(1), p(t.Div(num(1), p(node))))
        yield "x^(1/3) x^(2/3)", t.Mul(t.Pow(p(node), p(t.Div(num(1), num(3)))), t.Pow(p(node), p(t.Div(num(2), num(3)))))
    if node == num(1):
        new = unused(own)
        yield "1 as the sum of p", t.Big("sum", (t.Binder(new),), t.Index(sym("p"), (new,)))


SMOOTH = ("sqrt(x)^2", "exp(log(x))", "1 / (1 / x)", "x^(1/3) x^(2/3)", "abs(x)^2")  # not inside a derivative
SIZE = 70  # nodes of a rewritten tree


def rewritten(node: t.Expr, rand: random.Random, times: int) -> tuple[t.Expr, list[str]]:
    """The tree after some random rewritings, and their names."""
    done: list[str] = []
    for _ in range(times):
        inside = {id(n) for d in t.walk(node) if isinstance(d, t.Derivative) for n in t.walk(d.body)}
        spots = [s for s in places(node) if is_value(s.node) and not isinstance(s.node, t.Paren)]
        # a real exponent is not a natural one, whatever cancels in it: 0^(t + b - b) is undefined at t = 0
        exponents = {id(n) for d in t.walk(node) if isinstance(d, t.Pow) for n in t.walk(d.exponent)}
        zeros = {id(n) for product in _zeros(node) for n in t.walk(product) if n is not product}
        spots = [s for s in spots if id(s.node) not in exponents | zeros]
        rand.shuffle(spots)
        for spot in spots[:4]:
            apart = ("factor out of the sum",) if isinstance(spot.node, t.Big) and _zeros(spot.node) else ()
            forms = [
                f
                for f in rewritings(spot.node, spot.bound, rand)
                if f[0] not in apart and (id(spot.node) not in inside or f[0] not in SMOOTH)
            ]
            weights = [1 if f[0] in ALWAYS else 4 for f in forms]
            if forms:
                name, new = rand.choices(forms, weights)[0]
                made = spot.put(t.Paren(new))
                if sum(1 for _ in t.walk(made)) <= SIZE:
                    node, done = made, [*done, name]
                    break
    return node, done


ALWAYS = (
    "x + y - y",
    "2 x - x",
    "x r / r",
    "exp(a) exp(-a) x",
    "mean of a constant",
    "sqrt(x)^2",
    "exp(log(x))",
    "1 / (1 / x)",
    "x^(1/3) x^(2/3)",
)


def _zeros(node: t.Expr) -> list[t.Expr]:
    """Products v log(v r): the only places where a logarithm may be infinite, and 0 log 0 is a convention about the factors."""

    def factors(part: t.Expr) -> list[t.Expr]:
        part = t.bare(part)
        return factors(part.left) + factors(part.right) if isinstance(part, t.Mul) else [part]

    v = sym("v")
    logs = (n for n in t.walk(node) if isinstance(n, t.Mul))
    return [n for n in logs if any(isinstance(f, t.Call) and f.name == "log" and v in t.free_symbols(f) for f in factors(n))]


# judging ----------------------------------------------------------------------------------------------------


@cache
def sampled(count: int = POINTS) -> tuple[Point, ...]:
    """Points for every letter: sizes 1 to 6, indices that coincide and that do not, zeros and ties."""
    context = CARD.context
    symbols = {s for s in context.symbols.values() if s.name in {*"ndxyXYpPQabrsvijt"}}
    sampler = Sampler(context, symbols, 77, {})
    shuffled = random.Random(78)
    cells = []
    for place in range(count):
        n = (2, 3, 1, 4, 2, 5, 3, 6)[place % 8]
        cells.append({"size:n": n, "size:d": place % 3 + 1, "index:i": shuffled.randint(1, n), "index:j": shuffled.randint(1, n)})
    made = (sampler.point(cell, plainly=place % 3 == 0) for place, cell in enumerate(cells))
    return tuple(p for p in made if p is not None)


def differ(left: t.Expr, right: t.Expr) -> tuple[str, int]:
    """A point where the two sides differ (or one is undefined), and at how many they agree."""
    judged = statement(Program(CARD.context.definitions), t.Relation((left, right), ("=",)))
    agreed = 0
    for point in sampled():
        try:
            outcome = judged.decided(point.names, highest=1024)
        except (CannotEvaluate, OverflowError):
            continue
        if outcome in (FALSE, ONE_SIDED):
            return str(point), agreed
        agreed += outcome in TRUTHS or outcome == SKIP
    return "", agreed


ACCEPTED, CONDITIONAL, REFUSED, CRASHED = "accepted", "conditional", "refused", "crashed"


def ask(left: t.Expr, right: t.Expr, by: Rule = Rewrite()) -> tuple[str, str]:
    """What the kernel says of left = right."""
    trace = Trace()
    scope = scope_of(card=CARD, context=CARD.context, trace=trace, path=("fuzz",), subject=t.Relation((left, right), ("=",)))
    try:
        check(by, scope, left, "=", right)
    except (NotShown, Contradicted, FormulaError) as error:
        return REFUSED, str(error)
    except RecursionError:
        return REFUSED, "too deeply nested"
    except Exception as error:
        return CRASHED, f"{type(error).__name__}: {error}"
    return (CONDITIONAL, "; ".join(trace.conditions)) if trace.conditions else (ACCEPTED, "")


@dataclass
class Run:
    """Counts, and every finding in words."""

    trees: int = 0
    equal: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    harmless: int = 0  # broken trees that no point refutes
    laws: Counter[str] = field(default_factory=Counter)
    findings: list[str] = field(default_factory=list)  # unsound, crashes
    undecided: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)  # rewritings that change the meaning: errors of this file
    slow: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def add(self, other: Run) -> None:
        self.trees += other.trees
        self.harmless += other.harmless
        self.seconds += other.seconds
        for name in ("equal", "false", "laws"):
            getattr(self, name).update(getattr(other, name))
        for name in ("findings", "undecided", "wrong", "slow"):
            getattr(self, name).extend(getattr(other, name))

    @property
    def unsound(self) -> int:
        return self.false[ACCEPTED]

    def table(self) -> str:
        equal, false, accepted = sum(self.equal.values()), sum(self.false.values()), self.equal[ACCEPTED]
        lines = [
            f"{'trees':34}{self.trees:>10}",
            f"{'expressions (two a pair)':34}{2 * (equal + false + self.harmless):>10}",
            f"{'equal pairs':34}{equal:>10}",
            f"{'  accepted':34}{self.equal[ACCEPTED]:>10}",
            f"{'  undecided':34}{equal - accepted:>10}{100 * (equal - accepted) / max(equal, 1):>10.3f} %",
            f"{'false pairs (refuted by a point)':34}{false:>10}",
            f"{'  UNSOUND (accepted)':34}{self.unsound:>10}",
            f"{'broken, but no point refutes':34}{self.harmless:>10}",
            f"{'laws used':34}{len(self.laws):>10}",
            f"{'seconds':34}{self.seconds:>10.1f}",
        ]
        lines += [f"FINDING: {x}" for x in self.findings] + [f"NOT A REWRITING: {x}" for x in self.wrong]
        lines += [f"undecided: {x}" for x in self.undecided[:40]] + [f"slow: {x}" for x in self.slow[:20]]
        return "\n".join(lines)

    def to_json(self) -> dict[str, object]:
        return {k: dict(v) if isinstance(v, Counter) else v for k, v in self.__dict__.items()}

    @staticmethod
    def from_json(data: dict) -> Run:
        return Run(**{k: Counter(v) if isinstance(v, dict) else v for k, v in data.items()})


def one(name: str, result: Run) -> None:
    """One tree: its equal and its unequal pair."""
    grower = Grower(name)
    rand = grower.random
    tree = grower.real(rand.choice((1, 2, 2, 3, 3)), "ij")
    other, laws = rewritten(tree, rand, rand.randint(1, 5))
    result.trees += 1
    if not laws:
        return
    by: Rule = Use(SUM_OF_P) if "1 as the sum of p" in laws else Rewrite()
    told = f"[{name}] {text_of(tree)} = {text_of(other)}"
    started = time.perf_counter()
    answer, why = ask(tree, other, by)
    spent = time.perf_counter() - started
    if spent > SECONDS:
        result.slow.append(f"{spent:.1f} s {told}")
    point, _ = differ(tree, other)
    if point and answer != ACCEPTED:
        result.wrong.append(f"{told}   ({', '.join(laws)}; {point})")
        return
    result.laws.update(laws)
    result.equal[answer] += 1
    if point:
        result.findings.append(f"UNSOUND {told}   ({', '.join(laws)}; {point})")
        result.false[ACCEPTED] += 1
    elif answer == CRASHED:
        result.findings.append(f"CRASH {told}   ({why})")
    if answer != ACCEPTED:
        result.undecided.append(f"{told}   ({answer}: {why}; {', '.join(laws)})")
    wrong = slipped(other, rand)
    if wrong is None:
        return
    kind, bad = wrong
    answer, why = ask(tree, bad, by)
    point, agreed = differ(tree, bad)
    told = f"[{name}] {text_of(tree)} = {text_of(bad)}"
    if answer == CRASHED:
        result.findings.append(f"CRASH {told}   ({why})")
    if not point:
        result.harmless += 1
        return
    result.false[answer] += 1
    if answer == ACCEPTED:
        result.findings.append(f"UNSOUND {told}   ({kind}; after {agreed} points that agree: {point})")


def slipped(node: t.Expr, rand: random.Random) -> tuple[str, t.Expr] | None:
    """The tree broken at one random place."""
    spots = list(places(node))
    rand.shuffle(spots)
    around = tuple(sym(x) for x in "ij")
    numbers = tuple(sym(x) for x in "abrsvxyPQ")
    for spot in spots[:12]:
        forms = list(broken(spot, around, numbers))
        if forms:
            kind, new = rand.choice(forms)
            return kind, spot.put(t.Paren(new))
    return None


def run(count: int, seed: int = 1, log: Path | None = None, show: Callable[[str], None] = lambda _: None) -> Run:
    """Search `count` trees; a chunk that stands in the log is read from there."""
    total, done = Run(), _read(log, seed)
    for start in range(0, count, CHUNK):
        size = min(CHUNK, count - start)
        key = f"{seed}:{start}:{size}"
        if key in done:
            total.add(done[key])
            continue
        chunk, began = Run(), time.perf_counter()
        for place in range(start, start + size):
            one(f"{seed}:{place}", chunk)
        chunk.seconds = time.perf_counter() - began
        total.add(chunk)
        if log is not None:
            with log.open("a", encoding="utf-8") as file:
                file.write(json.dumps({"chunk": key, **chunk.to_json()}) + "\n")
        undecided = sum(total.equal.values()) - total.equal[ACCEPTED]
        show(f"{total.trees}/{count} trees, {total.unsound} unsound, {undecided} undecided, {total.seconds:.0f} s")
    return total


def _read(log: Path | None, seed: int) -> dict[str, Run]:
    if log is None or not log.exists():
        return {}
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines() if line.endswith("}")]
    return {d.pop("chunk"): Run.from_json(d) for d in lines if d["chunk"].startswith(f"{seed}:")}


# signs ------------------------------------------------------------------------------------------------------


def supposed(grower: Grower) -> tuple[list[t.Expr], t.Expr]:
    """Random hypotheses 0 <= h or 0 < h, and a value that may follow to be >= 0 from them: or nearly."""
    rand, zero = grower.random, num(0)
    hypotheses: list[t.Expr] = []
    for _ in range(rand.choice((0, 1, 1, 2))):
        h = grower.real(rand.choice((0, 1, 1, 2)), "ij")
        chance = rand.random()
        if chance < 0.25:
            h = grower.sum(grower.real, 1, "ij")
        elif chance < 0.5:
            h = t.Sub(sym(rand.choice("abrs")), t.Paren(h))
        hypotheses.append(t.Relation((zero, h), (rand.choice(("<", "<=")),)))
    known: list[t.Expr] = [h.args[1] for h in hypotheses]  # type: ignore[attr-defined]  # relations

    def value(depth: int) -> t.Expr:
        """>= 0 wherever the hypotheses hold; each way that is not quite sound stands beside the one that is."""
        p = t.Paren
        forms: list[Callable[[], t.Expr]] = [
            lambda: grower.positive(1, "ij"),
            lambda: t.Pow(p(grower.real(1, "ij")), num(2)),
            lambda: t.Call("abs", (grower.real(1, "ij"),)),
            lambda: t.Index(sym("p"), (grower.index("ij"),)),
            lambda: t.Sub(num(1), t.Index(sym("p"), (grower.index("ij"),))),
            lambda: t.Call("exp", (grower.real(1, "ij"),)),
            lambda: sym(rand.choice("vnt")),
        ] + [lambda: rand.choice(known)] * (5 if known else 0)
        if depth > 0:
            forms += [
                lambda: t.Add(p(value(depth - 1)), p(value(depth - 1))),
                lambda: t.Mul(p(value(depth - 1)), p(value(depth - 1))),
                lambda: t.Div(p(value(depth - 1)), p(grower.positive(1, "ij"))),
                lambda: t.Call("max", (value(depth - 1), grower.real(1, "ij"))),
                lambda: grower.sum(lambda d, k: t.Mul(p(grower.positive(1, k)), p(value(0))), 1, "ij"),
                lambda: _sum_less_a_term(grower, known),
                lambda: t.Sub(p(value(depth - 1)), p(grower.real(0, "ij"))),  # a slip
                lambda: t.Mul(p(value(depth - 1)), p(grower.real(0, "ij"))),  # a slip
                lambda: t.Sub(p(value(depth - 1)), p(value(depth - 1))),  # a slip
                lambda: t.Sub(p(value(depth - 1)), p(grower.positive(0, "ij"))),  # a slip
                lambda: t.Call("log", (t.Add(num(1), p(value(depth - 1))),)),
                lambda: t.Call("log", (grower.positive(1, "ij"),)),  # a slip
                lambda: t.Call("min", (value(depth - 1), value(depth - 1))),
            ]
        return rand.choice(forms)()

    if known and rand.random() < 0.4:
        return hypotheses, _sum_less_a_term(grower, known)
    return hypotheses, value(2)


def _sum_less_a_term(grower: Grower, known: list[t.Expr]) -> t.Expr:
    """sum(k: f(k)) - f(i), with f positive or a summand of a hypothesis."""
    sums = [t.bare(h) for h in known if is_sum(t.bare(h))]
    if sums and grower.random.random() < 0.6:
        big = grower.random.choice(sums)
    else:
        big = t.Big("sum", (t.Binder(sym("k")),), grower.positive(1, "ijk"))
    k = big.binders[0].symbol
    if k.type != sym("i").type:
        return big
    return t.Sub(t.Paren(big), t.Paren(substitute(big.body, {k: sym("i")})))


def against(hypotheses: list[t.Expr], claim: t.Expr) -> str:
    """A point at which every hypothesis holds and the claim fails, by trying them all."""
    program = Program(CARD.context.definitions)
    given, judged = [statement(program, h) for h in hypotheses], statement(program, claim)
    for point in sampled(160):
        try:
            if all(h.decided(point.names, highest=512) in TRUTHS for h in given):
                if judged.decided(point.names, highest=512) in (FALSE, ONE_SIDED):
                    return str(point)
        except (CannotEvaluate, OverflowError):
            continue
    return ""


def signs(count: int, seed: int = 1) -> Run:
    """What the signs take for >= 0 or > 0 under hypotheses, no point may refute."""
    result = Run()
    started = time.perf_counter()
    for place in range(count):
        name = f"signs:{seed}:{place}"
        hypotheses, value = supposed(Grower(name))
        context = CARD.context.assuming(*hypotheses)
        subject = t.And((t.Relation((value, num(0)), (">=",)), *hypotheses))  # i and j of a hypothesis are these i and j
        scope = scope_of(card=CARD, context=context, trace=Trace(), path=("fuzz",), subject=subject)
        told = f"[{name}] {'; '.join(map(text_of, hypotheses))} => {text_of(value)}"
        result.trees += 1
        began = time.perf_counter()
        try:
            normal = scope.normal()
            read = normal.read(value)
            op = ">" if normal.facts.positive(read) else ">=" if normal.facts.nonnegative(read) else ""
            op = op or (">=" if order.nonnegative(normal, value) else "")
            scope.take(normal)
        except (NotShown, KernelError, RecursionError):
            continue
        except Exception as error:
            result.findings.append(f"CRASH {told}   ({type(error).__name__}: {error})")
            continue
        if (spent := time.perf_counter() - began) > SECONDS:
            result.slow.append(f"{spent:.1f} s {told}")
        if not op or scope.trace.conditions:
            result.equal[REFUSED] += 1
            continue
        result.equal[ACCEPTED] += 1
        point = against(hypotheses, t.Relation((value, num(0)), (op,)))
        if point:
            result.false[ACCEPTED] += 1
            result.findings.append(f"UNSOUND {told} {op} 0   ({point})")
    result.seconds = time.perf_counter() - started
    return result


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.proof.fuzz", description=__doc__.partition("\n")[0])
    parser.add_argument("--count", type=int, default=1000, help="random trees")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--log", type=Path, help="finished chunks are written here and not searched again")
    parser.add_argument(
        "--signs", type=int, default=0, metavar="COUNT", help="random inequalities under random hypotheses instead"
    )
    parser.add_argument("--again", metavar="SEED:PLACE", default="", help="one tree once more, e.g. 1:4711")
    chosen = parser.parse_args(arguments)
    if chosen.again:
        result = Run()
        one(chosen.again, result)
        print(result.table())
        return int(bool(result.findings))
    if chosen.signs:
        result = signs(chosen.signs, chosen.seed)
        print(
            f"{result.trees} values, {result.equal[ACCEPTED]} shown >= 0 or > 0, {result.unsound} UNSOUND, {result.seconds:.1f} s"
        )
        print("\n".join([*(f"FINDING: {x}" for x in result.findings), *(f"slow: {x}" for x in result.slow[:20])]))
        return int(bool(result.findings))
    show = (lambda line: print(f"\r{line}   ", end="", file=sys.stderr, flush=True)) if sys.stderr.isatty() else (lambda _: None)
    result = run(chosen.count, chosen.seed, chosen.log, show)
    print(result.table())
    equal = sum(result.equal.values())
    return int(bool(result.findings or result.wrong) or 1000 * (equal - result.equal[ACCEPTED]) > equal)


if __name__ == "__main__":
    sys.exit(main())
