"""The rule of a step that names none: a definition, algebra or a derivative, by what changes from one side to the other."""

from __future__ import annotations

from dataclasses import replace

from mathcore import card as c
from mathcore.evidence import Verdict
from mathcore.language import tree as t
from mathcore.language.parser import Context

PLAIN: tuple[c.Rule, ...] = (c.unfold, c.rewrite, c.differentiate)


def candidates(context: Context, left: t.Expr, right: t.Expr) -> tuple[c.Rule, ...]:
    """The rules that need no data, the likeliest first."""
    if _derivatives(left) != _derivatives(right):
        first: c.Rule = c.differentiate
    elif _heads(context, left) != _heads(context, right) or t.same(context.unfold(left), context.unfold(right)):
        first = c.unfold
    else:
        first = c.rewrite
    return (first, *(rule for rule in PLAIN if rule != first))


def _derivatives(node: t.Expr) -> int:
    return sum(isinstance(n, t.Derivative) for n in t.walk(node))


def _heads(context: Context, node: t.Expr) -> set[str]:
    """The defined names that are spoken of."""
    names = (n.head if isinstance(n, t.Apply) else n.name for n in t.walk(node) if isinstance(n, (t.Apply, t.Symbol)))
    return {name for name in names if name in context.definitions}


def named(derivation: c.Derivation, verdict: Verdict) -> c.Derivation:
    """The derivation with the rules that were found where it names none."""
    found = {c.rule_name(rule): rule for rule in PLAIN}
    pairs = zip(derivation.steps, verdict.steps, strict=False)
    return replace(
        derivation, steps=tuple(s if s.by is not None else replace(s, by=found.get(v.method, c.rewrite)) for s, v in pairs)
    )
