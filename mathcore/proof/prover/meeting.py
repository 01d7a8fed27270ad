"""Where a strict relation fails at a point that is no fraction: x log(x) > -exp(-1) at x = exp(-1), and nowhere else.

Numbers such as exp(-1), sqrt(2) or log(2) are put in the place of one number after the other. Where the sides seem to meet,
exact arithmetic is asked whether they are equal, and balls whether the point lies in the domain and keeps the hypotheses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import chain, islice
from typing import Any

from flint import arb, fmpq

from mathcore.language import tree as t
from mathcore.language.parser import Context
from mathcore.language.printers import to_text
from mathcore.proof.balls.compare import _opened
from mathcore.proof.balls.entries import entries_of, inside, with_entry, with_share
from mathcore.proof.balls.evaluate import program
from mathcore.proof.balls.hypotheses import constraints, symbols_of
from mathcore.proof.balls.point import CannotEvaluate, Point
from mathcore.proof.balls.program import role
from mathcore.proof.balls.seek import Seeker, _at, _filled
from mathcore.proof.balls.shrink import spoken
from mathcore.proof.balls.truth import TOUCHING, TRUE, statement
from mathcore.proof.balls.values import Names
from mathcore.proof.ties import concrete, equals

CELLS, SAMPLES = 4, 2  # sizes that are tried, and samples at each
NEAR = 1e-11  # of the sides against their size
DIGITS = 10**22  # of a number that stands for the closed form while it is looked for
LATE = 0.03  # seconds


@dataclass(frozen=True)
class Closed:
    """A number in closed form, and a fraction next to it."""

    tree: t.Expr
    near: fmpq


def closed_forms() -> tuple[Closed, ...]:
    """exp(k), sqrt(m), log(m), with small factors, and their opposites."""
    context = Context()
    texts = [f"{f}exp({e})" for e in ("-1", "1", "-2", "2", "-1 / 2", "1 / 2", "-3", "3") for f in ("", "2 ", "1 / 2 * ")]
    texts += [f"sqrt({m})" for m in ("2", "3", "5", "6", "1 / 2", "1 / 3", "2 / 3", "3 / 2", "1 / 5", "1 / 6")]
    texts += [f"log({m})" for m in ("2", "3", "4", "5", "3 / 2")]
    texts += [f"sqrt({m})" for m in ("log(2)", "2 * log(2)", "exp(1)", "exp(-1)")]
    texts += ["(1 + sqrt(5)) / 2", "(sqrt(5) - 1) / 2", "1 - exp(-1)"]
    texts += ["(3 - sqrt(3)) / 6", "(3 + sqrt(3)) / 6", "log(2 + sqrt(3))"]
    found = []
    for text in texts:
        tree = context.parse(text)
        near = _near(tree)
        found += [Closed(tree, near), Closed(t.Neg(tree if isinstance(tree, t.Call) else t.Paren(tree)), -near)]
    return tuple(found)


def _near(tree: t.Expr) -> fmpq:
    code = program({}, {})
    ball = arb(code.value(tree, code.frame(Point())))
    whole = arb(ball * DIGITS).mid().floor().unique_fmpz()
    return fmpq(0 if whole is None else int(whole), DIGITS)


_FORMS: list[Closed] = []


def met(context: Context, claim: t.Expr, left: Callable[[], float]) -> str | None:
    """A point in closed form at which the sides of a strict relation are equal, in words; None where none was found."""
    core, premises = _opened(claim, frozenset().union(*(symbols_of(h, context.definitions) for h in context.hypotheses)))
    if not isinstance(core, t.Relation) or core.ops not in (("<",), (">",), ("!=",)):
        return None
    if any(isinstance(n, (t.Limit, t.Derivative)) for n in t.walk(context.unfold(core))):
        return None
    _FORMS[:] = _FORMS or closed_forms()
    context = context.assuming(*premises)
    relation = core if core.ops != ("!=",) else t.Relation(core.args, ("<",))
    seeker = Seeker(context, relation, claim)
    if not seeker.sampler.endless.settled:
        return None
    told = {role(s) for s in spoken(context, relation, seeker.sampler.symbols)}
    for names in islice(seeker.cells(), CELLS):
        for turn in range(SAMPLES):
            drawn = seeker.sampler.sample(names, plainly=turn == 0)
            if drawn is None:
                continue
            for point in chain(_all_the_same(seeker, drawn), _candidates(seeker, drawn, left)):
                if _refutes(context, core, claim, seeker, point):
                    return f"both sides are equal at {_shown(point.only(told))}"
    return None


def _candidates(seeker: Seeker, drawn: Names, left: Callable[[], float]) -> Iterator[Point]:
    """Points with one number in closed form, alone or times another number, where the sides seem to meet."""
    values = [s for s in seeker.sampler.values if not any(size == t.NATURALS for size in s.type.shape)]
    spots = [(s, spot) for s in values for spot in entries_of(drawn[role(s)])][:12]
    for symbol, spot in spots:
        others = [_at(drawn[role(s)], place) for s, place in spots if (s, place) != (symbol, spot)]
        factors = [fmpq(1), *dict.fromkeys(abs(v) for v in others if v and abs(v) != 1)][:3]
        for factor in factors if symbol.type.domain not in ("simplex", "onehot") else factors[:1]:
            for closed in _FORMS:
                if left() < LATE:
                    return
                old = drawn[role(symbol)]
                near = closed.near * factor
                if symbol.type.domain in ("simplex", "onehot"):
                    if len(spot) != 1 or not 0 < near < 1 or len(old) == 1:
                        continue
                    new = with_share(old, spot[0], near)
                else:
                    new = with_entry(old, spot, near)
                if not inside(new, symbol.type.domain):
                    continue
                try:
                    height = seeker.height({**drawn, role(symbol): new})
                except (CannotEvaluate, ZeroDivisionError, OverflowError):
                    continue
                if height is not None and abs(height) < NEAR:
                    tree = closed.tree if factor == 1 else t.Mul(t.number(_fraction(factor)), t.Paren(closed.tree))
                    yield _with(seeker.sampler.finished(drawn), symbol, spot, tree, old)


def _all_the_same(seeker: Seeker, drawn: Names) -> Iterator[Point]:
    """Points with one closed form in the place of every number."""
    values = [s for s in seeker.sampler.values if not any(size == t.NATURALS for size in s.type.shape)]
    if any(s.type.domain in ("simplex", "onehot") for s in values):
        return
    for closed in _FORMS:
        filled = {role(s): _filled(drawn[role(s)], closed.near) for s in values}
        if not all(inside(filled[role(s)], s.type.domain) for s in values):
            continue
        try:
            height = seeker.height({**drawn, **filled})
        except (CannotEvaluate, ZeroDivisionError, OverflowError):
            continue
        if height is not None and abs(height) < NEAR:
            point = seeker.sampler.finished(drawn)
            same = {s.name: _everywhere(point.values[s.name], closed.tree) for s in values}
            yield replace(point, values={**point.values, **same})


def _everywhere(value: Any, tree: t.Expr) -> Any:
    return tuple(_everywhere(v, tree) for v in value) if isinstance(value, tuple) else tree


def _with(point: Point, symbol: t.Symbol, spot: tuple[int, ...], tree: t.Expr, old: Any) -> Point:
    """The point with the closed form at the spot; a distribution's other entries share what is left."""

    def with_tree(value: Any, places: tuple[int, ...]) -> Any:
        if not places:
            return tree
        return tuple(with_tree(v, places[1:]) if k == places[0] else v for k, v in enumerate(value))

    if symbol.type.domain in ("simplex", "onehot"):
        rest = sum((v for k, v in enumerate(old) if k != spot[0]), fmpq(0))
        left = t.Paren(t.Sub(t.number(1), t.Paren(tree)))
        shares = [_fraction(v / rest) if rest else Fraction(1, len(old) - 1) for v in old]
        parts = [left if s == 1 else t.Mul(t.number(s), left) for s in shares]
        new: Any = tuple(tree if k == spot[0] else part for k, part in enumerate(parts))
    else:
        new = with_tree(point.values[symbol.name], spot)
    return replace(point, values={**point.values, symbol.name: new})


def _refutes(context: Context, core: t.Relation, claim: t.Expr, seeker: Seeker, point: Point) -> bool:
    """The point is one of the context, both sides have values there, and exact arithmetic finds them equal."""
    try:
        sides = [concrete(context, side, point, {}) for side in core.args]
        if _outcome(t.Relation((sides[0], sides[1]), ("<",))) != TOUCHING or not equals(*sides):
            return False
        return all(_in_domain(s, point.values[s.name]) for s in seeker.sampler.values) and all(
            _kept(context, h, claim, point) for h in context.hypotheses
        )
    except (CannotEvaluate, LookupError, ArithmeticError, RecursionError, ValueError):
        return False


def _outcome(relation: t.Relation) -> str:
    return statement(program({}, {}), relation).decided({})


def _holds(left: t.Expr, op: str, right: t.Expr) -> bool:
    """A relation between numbers: an equation by exact arithmetic, the others by balls."""
    if op == "=":
        return equals(left, right)
    return _outcome(t.Relation((left, right), (op,))) == TRUE or (op in ("<=", ">=") and equals(left, right))


def _in_domain(symbol: t.Symbol, value: Any) -> bool:
    """Every entry in its domain."""
    if isinstance(value, tuple):
        if symbol.type.domain in ("simplex", "onehot") and not isinstance(value[0], tuple):
            total: t.Expr = t.number(0)
            for entry in value:
                total = t.Add(total, _tree(entry))
            return (
                symbol.type.domain == "simplex"
                and equals(total, t.number(1))
                and all(_holds(t.number(0), "<=", _tree(v)) for v in value)
            )
        return all(_in_domain(symbol, entry) for entry in value)
    low, attained, high, reached = t.DOMAINS[symbol.type.domain]
    if symbol.type.domain in ("natural", "onehot"):
        return not isinstance(value, t.Expr)
    return (low is None or _holds(t.number(low), "<=" if attained else "<", _tree(value))) and (
        high is None or _holds(_tree(value), "<=" if reached else "<", t.number(high))
    )


def _kept(context: Context, hypothesis: t.Expr, claim: t.Expr, point: Point) -> bool:
    """Whether a hypothesis holds at the point, for all the indices that it speaks of."""
    spoken = symbols_of(claim, context.definitions) | context.fixed
    for one in constraints([hypothesis], spoken, context.definitions):
        if one.premises or not isinstance(one.node, t.Relation):
            return False
        places: list[dict[t.Symbol, int]] = [{}]
        for index in one.universal:
            if index.type.domain != "index" or not isinstance(index.type.over, t.Symbol):
                return False
            places = [{**p, index: k} for p in places for k in range(1, point.sizes[index.type.over.name] + 1)]
        for place in places:
            a, b = (concrete(context, side, point, place) for side in one.node.args)
            if not _holds(a, one.node.ops[0], b):
                return False
    return True


def _tree(value: Any) -> t.Expr:
    return value if isinstance(value, t.Expr) else t.number(value)


def _fraction(value: fmpq) -> Fraction:
    return Fraction(int(value.p), int(value.q))


def _shown(point: Point) -> str:
    def text(value: Any) -> str:
        if isinstance(value, tuple):
            return "[" + ", ".join(map(text, value)) + "]"
        return to_text(value) if isinstance(value, t.Expr) else str(value)

    parts = [f"{k} = {v}" for k, v in (*point.sizes.items(), *point.naturals.items())]
    parts += [f"{k} = {text(v)}" for k, v in point.values.items()]
    return ", ".join([*parts, *(f"{k} = {v}" for k, v in point.indices.items())])
