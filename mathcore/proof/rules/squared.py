"""Checks the rule `Squared`: an inequality by the squares of its sides."""

from __future__ import annotations

from mathcore.language import tree as t
from mathcore.proof.checking import check
from mathcore.proof.rules.algebra import equal, expect
from mathcore.proof.rules.order import DOWN, UP, nonnegative
from mathcore.proof.scope import NotShown, Scope
from mathcore.rules.squared import Squared


def squared(rule: Squared, scope: Scope, left: t.Expr, op: str, right: t.Expr) -> tuple[t.Expr, ...] | None:
    """a <= b from b >= 0 and a^2 <= b^2 (a < b from a^2 < b^2): otherwise a > b >= 0 would give a^2 > b^2."""
    expect(op, *UP, *DOWN)
    smaller, larger = (t.Paren(scope.unfold(scope.parse(side))) for side in (rule.smaller, rule.larger))
    a, b = (left, right) if op in UP else (right, left)
    equal(scope, t.Sub(t.Paren(b), t.Paren(a)), t.Sub(larger, smaller), hypotheses=True)
    normal = scope.normal()
    if not nonnegative(normal, larger):
        raise NotShown(f"{rule.larger} is not shown to be >= 0")
    scope.take(normal)
    scope.trace.axioms |= {"order", "field"}
    two = t.number(2)
    check(rule.by, scope, t.Pow(smaller, two), "<" if op in ("<", ">") else "<=", t.Pow(larger, two))
    return None
