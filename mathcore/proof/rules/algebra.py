"""Equalities by the normal form, and what a rule is told of a step that it cannot show."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from mathcore.language import substitution
from mathcore.language import tree as t
from mathcore.proof.kernel.atom import Scalar
from mathcore.proof.kernel.normal import Normal, counting
from mathcore.proof.kernel.show import show
from mathcore.proof.scope import NotShown, Scope, text_of

EMPTY: Mapping[t.Symbol, t.Expr] = MappingProxyType({})


def equal(scope: Scope, left: t.Expr, right: t.Expr, *, hypotheses: bool = False, only: str = "") -> None:
    """Both sides have one normal form; arrays entry by entry."""
    if t.shape_of(left) or t.shape_of(right):
        if t.shape_of(left) != t.shape_of(right):
            raise NotShown("the two sides have different shapes")
        names = tuple(t.fresh(t.Symbol("k", t.Type("index", over=size))) for size in t.shape_of(left))
        left, right = (substitution.reduce_index(t.Index(scope.unfold(side), names)) for side in (left, right))
    normal = scope.normal()
    gap = normal.read(scope.unfold(left)) - normal.read(scope.unfold(right))
    holds = scope.vanishes(gap, normal, hypotheses=hypotheses, only=only)
    if holds and normal.conditions:
        fill_gaps(normal, scope, scope.unfold(left), scope.unfold(right))
    scope.take(normal)
    if not holds:
        raise NotShown(f"left - right = {show(gap)}, which is not shown to be 0")


def fill_gaps(normal: Normal, scope: Scope, *sides: t.Expr, source: str = "") -> None:
    """What is left as x != 0 is dropped where everything said is a polynomial in x: equal for x != 0, equal at 0.

    No other hypothesis may speak of x: near 0 as well it has to hold.
    """
    others = [scope.unfold(h) for h in scope.context.hypotheses if text_of(h) != source]
    for key, condition in normal.conditions.items():
        one = condition.value.single()
        if condition.relation != "!=" or one is None or len(one[0]) != 1 or not isinstance(one[0][0][0], Scalar):
            continue
        x = one[0][0][0].symbol
        if x.type.domain not in ("real", "nonnegative", "unit"):
            continue
        if all(_is_polynomial_in(side, x) for side in sides) and not any(t.depends_on(h, x) for h in others):
            normal.ledger.settled.add(key)
            scope.trace.axioms.add("limits")


def _is_polynomial_in(node: t.Expr, x: t.Symbol, below: Mapping[t.Symbol, t.Expr] = EMPTY) -> bool:
    """Whether each value of the naturals makes it, by its form, a polynomial in x; `below` are the ends of the sums around it."""
    node = t.bare(node)
    if node == x or not t.depends_on(node, x):
        return True
    match node:
        case t.Neg(body):
            return _is_polynomial_in(body, x, below)
        case t.Add(a, b) | t.Sub(a, b) | t.Mul(a, b):
            return _is_polynomial_in(a, x, below) and _is_polynomial_in(b, x, below)
        case t.Derivative(body, _):
            return _is_polynomial_in(body, x, below)
        case t.Pow(base, exponent):
            return _is_polynomial_in(base, x, below) and not t.depends_on(exponent, x) and is_natural(exponent, below)
        case t.Big("sum", binders, body):
            letters = {b.symbol: counting(b) for b in binders}
            ends = {letters[b.symbol]: b.upper for b in binders if b.upper is not None}
            fixed = not any(t.depends_on(end, x) for b in binders for end in (b.lower, b.upper) if end)
            return fixed and _is_polynomial_in(substitution.substitute(body, letters), x, {**below, **ends})
    return False


def is_natural(node: t.Expr, below: Mapping[t.Symbol, t.Expr] = EMPTY) -> bool:
    """0, 1, 2 ... by its form; an index that counts up from a number does so from 0 or above, and stays below its end."""
    node = t.bare(node)
    match node:
        case t.Number(value, _):
            return value.denominator == 1 and value >= 0
        case t.Symbol(_, kind):
            return kind.domain in ("natural", "size") and not kind.shape
        case t.Add(a, b) | t.Mul(a, b):
            return is_natural(a, below) and is_natural(b, below)
        case t.Sub(a, b):
            end, least = t.bare(b), t.bare(a)
            if isinstance(end, t.Symbol) and end in below:
                return t.same(t.bare(below[end]), least)
            if isinstance(least, t.Symbol) and isinstance(end, t.Number) and end.value.denominator == 1:
                lowest = max(least.type.minimum, int(least.type.domain == "size"))
                return is_natural(least) and lowest >= end.value
    return False


def expect(op: str, *allowed: str) -> None:
    if op not in allowed:
        raise NotShown(f"this rule shows {' and '.join(allowed)}, not {op}")
