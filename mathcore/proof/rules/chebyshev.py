"""Checks the rule `Chebyshev`: a sum of products against the product of the sums."""

from __future__ import annotations

from dataclasses import replace

from mathcore.language import tree as t
from mathcore.language.substitution import substitute
from mathcore.proof.checking import check
from mathcore.proof.rules.algebra import expect
from mathcore.proof.rules.order import follows, nonnegative
from mathcore.proof.scope import NotShown, Scope
from mathcore.rules.chebyshev import Chebyshev


def chebyshev(rule: Chebyshev, scope: Scope, left: t.Expr, op: str, right: t.Expr) -> tuple[t.Expr, ...] | None:
    """The sides differ by a positive multiple of sum(i, j: w[i] w[j] (f[i] - f[j]) (g[i] - g[j])), which has the sign of its
    products where w >= 0; written out, it is 2 sum(w) sum(w f g) - 2 sum(w f) sum(w g).
    """
    expect(op, "<=", ">=")  # the products with i = j are 0, and for n = 1 there are no others
    i, j, inner = _two_places(rule, scope)
    f, g, w = (inner.unfold(inner.parse(text)) for text in (rule.one, rule.other, rule.weight))
    at_i, at_j = ([t.Paren(side) for side in (f, g, w)], [t.Paren(substitute(side, {i: j})) for side in (f, g, w)])
    product = t.Mul(t.Paren(t.Sub(at_i[0], at_j[0])), t.Paren(t.Sub(at_i[1], at_j[1])))
    pairs = t.Big("sum", (t.Binder(i), t.Binder(j)), t.Mul(t.Mul(at_i[2], at_j[2]), product))
    order = _order(scope, t.Div(pairs, t.number(2)), left, op, right)
    normal = inner.normal()
    if not nonnegative(normal, w):
        raise NotShown(f"the weight {rule.weight} is not shown to be >= 0")
    positive = normal.facts.positive(normal.read(w))
    inner.take(normal)
    scope.trace.axioms |= {"field", "finite sums", "order"}
    zero = t.number(0)
    found = check(rule.by, inner, product, order, zero)
    if not positive:
        return None
    cases = (t.Relation((product, zero), ("=",)),) if found is None else found
    return tuple(t.Big("forall", (t.Binder(i), t.Binder(j)), case) for case in cases)


def _two_places(rule: Chebyshev, scope: Scope) -> tuple[t.Symbol, t.Symbol, Scope]:
    """Any two indices of one size, and the scope in which the data speak of them."""
    known, names = scope.context.symbols, [name.strip() for name in rule.indices.split(",")]
    kinds = [known[name].type for name in names if name in known]
    if not len(set(names)) == len(kinds) == 2 or kinds[0] != kinds[1] or kinds[0].domain != "index":
        raise NotShown(f"{rule.indices}: two declared indices of one size are needed")
    i, j = (t.fresh(known[name]) for name in names)
    symbols = {**known, **dict(zip(names, (i, j), strict=True))}
    return i, j, replace(scope, context=replace(scope.context, symbols=symbols))


def _order(scope: Scope, pairs: t.Expr, left: t.Expr, op: str, right: t.Expr) -> str:
    """Whether the step says that this sum is >= 0, or that it is <= 0."""
    for order in (">=", "<="):
        tried = scope.trying()
        try:
            follows(tried, t.Relation((pairs, t.number(0)), (order,)), left, op, right, None)
        except NotShown:
            continue
        scope.trace.include(tried.trace)
        return order
    raise NotShown("the sides do not differ by a multiple > 0 or < 0 of sum(w) sum(w f g) - sum(w f) sum(w g)")
