"""Checks the rule `Attained`: a maximum is one of its numbers."""

from __future__ import annotations

from dataclasses import replace

from mathcore.language import tree as t
from mathcore.language.substitution import substitute, with_part
from mathcore.proof.checking import check
from mathcore.proof.scope import NotShown, Scope, is_index
from mathcore.rules.attained import Attained


def attained(rule: Attained, scope: Scope, left: t.Expr, op: str, right: t.Expr) -> tuple[t.Expr, ...] | None:
    """max(k: z[k]) = z[m] for some m with z[k] <= z[m] for every k; m stands for any such index."""
    big = next((n for side in (left, right) for n in t.walk(scope.unfold(side)) if isinstance(n, t.Big) and n.op == "max"), None)
    if big is None or len(big.binders) != 1:
        raise NotShown("there is no max(k: ...) in this step")
    if not all(t.free_symbols(big) <= t.free_symbols(side) for side in map(scope.unfold, (left, right)) if _stands_in(big, side)):
        raise NotShown("this maximum depends on a bound index: another m for each of its values")
    if any(
        isinstance(n, (t.Derivative, t.Limit, t.At)) and _stands_in(big, n)
        for side in (left, right)
        for n in t.walk(scope.unfold(side))
    ):
        raise NotShown("a maximum is attained at one m at one point, not all around it")
    if rule.index in scope.context.symbols and not is_index(scope.context.symbols[rule.index]):
        raise NotShown(f"{rule.index} is no index")
    index = t.fresh(t.Symbol(rule.index, big.binders[0].symbol.type))
    k = t.fresh(big.binders[0].symbol)
    top = substitute(big.body, {big.binders[0].symbol: index})
    below = t.Big("forall", (t.Binder(k),), t.Relation((substitute(big.body, {big.binders[0].symbol: k}), top), ("<=",)))

    context = replace(scope.context, symbols={**scope.context.symbols, rule.index: index})
    inner = replace(scope, context=context.assuming(below))
    scope.trace.axioms.add("maximum")
    low, high = (with_part(scope.unfold(side), big, t.Paren(top)) for side in (left, right))
    check(rule.by, inner, low, op, high)
    return None


def _stands_in(big: t.Expr, node: t.Expr) -> bool:
    return any(isinstance(n, t.Big) and t.same(n, big) for n in t.walk(node))
