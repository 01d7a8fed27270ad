"""Checks the rule `Stationary`: slope 0 of a convex function."""

from __future__ import annotations

from dataclasses import replace

from mathcore.language import tree as t
from mathcore.language.substitution import reduce_index, substitute
from mathcore.proof.kernel.normal import Normal
from mathcore.proof.kernel.polynomial import Poly
from mathcore.proof.kernel.show import show
from mathcore.proof.rules.algebra import equal, expect
from mathcore.proof.rules.order import nonnegative, require_all_along
from mathcore.proof.scope import NotShown, Scope
from mathcore.rules.stationary import Stationary


def stationary(rule: Stationary, scope: Scope, left: t.Expr, op: str, right: t.Expr) -> tuple[t.Expr, ...] | None:
    """F(v) >= F(v*) where F is convex (Hessian positive semidefinite on a convex domain) and the gradient at v* vanishes.

    Where equations bind v, it is enough that the gradient vanishes along v - v*: F(v) >= F(v*) + <gradient, v - v*>.
    """
    expect(op, ">=")
    name, _, value = rule.variable.partition("=")
    v = scope.context.symbols.get(name.strip())
    if v is None or v.type.domain not in ("real", "positive") or len(v.type.shape) > 1:
        raise NotShown("the variable is a declared real or positive number or vector: its domain is then open and convex")
    point = scope.unfold(scope.parse(value))
    scope.require_domain(point, v.type)
    f = scope.unfold(left)
    equal(scope, right, substitute(f, {v: point}))
    sizes = v.type.shape
    i, j = (tuple(t.fresh(t.Symbol(letter, t.Type("index", over=s))) for s in sizes) for letter in "ij")
    bound, scope = scope, scope.without(v)  # f is convex on the whole domain, not only where a hypothesis puts v
    normal = scope.normal()
    body = normal.read(f)
    slope = normal.derivative(body, v, list(i))
    entries = normal.read_array(point) if sizes else ((), normal.read(point))
    at = (lambda *idx: normal.substitute(entries[1], dict(zip(entries[0], idx, strict=True)))) if sizes else entries[1]
    there = normal.substitute(slope, {v: at})
    interior = scope.vanishes(there, normal, hypotheses=True)
    if not interior:
        step = normal.entry(v, list(i)) - at(*i) if sizes else normal.symbol(v) - at  # type: ignore[operator]  # as made above
        along = normal.sum_all(list(i), normal.multiply(there, step))
        tied = bound.normal()
        if not bound.vanishes(along, tied, hypotheses=True):
            raise NotShown(
                f"the gradient at the point is {show(there)}, neither shown to be 0 nor to vanish along v - v*: {show(along)}"
            )
        bound.take(tied)
    second = normal.derivative(slope, v, list(j))
    curved = _psd(scope, normal, rule, second, i, j)
    require_all_along(normal, v)
    scope.take(normal)
    scope.trace.axioms |= {"derivative table", "convexity", "order"}
    if not curved:
        return None
    relation = t.Relation((t.Index(v, i), reduce_index(t.Index(point, i))) if sizes else (v, point), ("=",))
    return (t.Big("forall", tuple(t.Binder(x) for x in i), relation) if sizes else relation,)


def _psd(scope: Scope, normal: Normal, rule: Stationary, second: Poly, i: tuple[t.Symbol, ...], j: tuple[t.Symbol, ...]) -> bool:
    """The Hessian is positive semidefinite; True if it is positive definite."""
    if not i:
        if not normal.facts.nonnegative(second):
            raise NotShown(f"the second derivative {show(second)} is not shown to be >= 0")
        return normal.facts.positive(second)
    diagonal = normal.substitute(second, {j[0]: i[0]})
    if normal.is_zero(second - normal.multiply(normal.delta(i[0], j[0]), diagonal)):
        if not normal.facts.nonnegative(diagonal):
            raise NotShown(f"the diagonal {show(diagonal)} of the Hessian is not shown to be >= 0")
        return normal.facts.positive(diagonal)
    if not rule.curvature:
        raise NotShown("the Hessian is not diagonal: give u' H u as a sum of squares (curvature=...)")
    u = t.fresh(t.Symbol("u", t.Type("real", (t.size_of(i[0]),))))
    form = normal.sum(
        i[0], normal.sum(j[0], normal.multiply(normal.multiply(normal.entry(u, [i[0]]), second), normal.entry(u, [j[0]])))
    )
    named = replace(scope, context=replace(scope.context, symbols={**scope.context.symbols, "u": u}))
    squares = normal.read(named.unfold(named.parse(rule.curvature)))
    if not normal.is_zero(form - squares):
        raise NotShown(f"u' H u - curvature = {show(form - squares)}, which is not shown to be 0")
    if not nonnegative(normal, named.unfold(named.parse(rule.curvature))):
        raise NotShown(f"{rule.curvature} is not shown to be >= 0")
    return False
