"""Checks the rule `Induction`: at the least number, and from each to the next."""

from __future__ import annotations

from dataclasses import replace

from mathcore.language import tree as t
from mathcore.language.substitution import substitute
from mathcore.proof.checking import check
from mathcore.proof.scope import NotShown, Scope, text_of
from mathcore.rules.induction import Induction


def induction(rule: Induction, scope: Scope, left: t.Expr, op: str, right: t.Expr) -> tuple[t.Expr, ...] | None:
    """The relation at the least value, and at t + 1 from the relation at t; hypotheses on this one t are dropped."""
    over = scope.context.symbols.get(rule.over)
    if over is None or over.type.domain != "natural" or over.type.shape:
        raise NotShown(f"{rule.over} is no declared natural number")
    sides = tuple(scope.unfold(side) for side in (left, right))
    if any(over in t.free_symbols(s) for side in sides for s in t.walk(side) if isinstance(s, t.Symbol) and s != over):
        raise NotShown(f"{rule.over} is the size of an array here")
    scope = scope.without(over)
    base = {over: t.number(over.type.minimum)}
    try:
        check(rule.start, scope, substitute(sides[0], base), op, substitute(sides[1], base))
    except NotShown as error:
        raise NotShown(f"at {rule.over} = {over.type.minimum}: {error}") from None
    now = t.fresh(over)
    known = t.Relation((substitute(sides[0], {over: now}), substitute(sides[1], {over: now})), (op,))
    context = replace(scope.context, symbols={**scope.context.symbols, rule.over: now})
    inner = replace(scope, context=context.assuming(known)).trying()
    following = {over: t.Paren(t.Add(now, t.number(1)))}
    try:
        check(rule.step, inner, substitute(sides[0], following), op, substitute(sides[1], following))
        scope.include(inner, now)
    except NotShown as error:
        raise NotShown(f"from {rule.over} to {rule.over} + 1: {error}") from None
    scope.trace.hypotheses.discard(text_of(known))
    scope.trace.axioms.add("induction")
    return () if op == "=" else None
