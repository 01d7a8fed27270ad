"""Checks the rule `Rewrite`: both sides have one normal form; relations are positive multiples of each other."""

from __future__ import annotations

from mathcore.language import tree as t
from mathcore.proof.kernel.polynomial import Poly
from mathcore.proof.kernel.show import show
from mathcore.proof.rules.algebra import equal, expect
from mathcore.proof.rules.equivalence import inequalities
from mathcore.proof.rules.order import ratios
from mathcore.proof.scope import NotShown, Scope
from mathcore.rules.rewrite import Rewrite


def rewrite(rule: Rewrite, scope: Scope, left: t.Expr, op: str, right: t.Expr) -> tuple[t.Expr, ...]:
    expect(op, "=")
    scope.trace.axioms |= {"field", "exp and log", "finite sums", "delta"}
    equal(scope, left, right)
    return ()


def relate(rule: Rewrite, scope: Scope, left: t.Expr, op: str, right: t.Expr) -> None:
    """Each inequality of one side is a positive multiple of one of the other, or follows from the declarations."""
    normal = scope.normal()
    a, b = inequalities(scope, normal, left), inequalities(scope, normal, right)

    def implied(goal: tuple[Poly, str], known: list[tuple[Poly, str]]) -> bool:
        p, relation = goal
        if (relation == "<" and normal.facts.positive(p)) or (relation == "<=" and normal.facts.nonnegative(p)):
            return True
        for q, other in known:
            if relation == other or (relation == "<=" and other == "<"):
                for w in ratios(normal, p, q):
                    if normal.facts.positive(w) or (relation == "=" and normal.facts.nonzero(w)):
                        return True
        return False

    for goals, known in ((b, a), (a, b)) if op == "<=>" else ((b, a),):
        for goal in goals:
            if not implied(goal, known):
                raise NotShown(
                    f"{show(goal[0])} {'>' if goal[1] == '<' else '>=' if goal[1] == '<=' else goal[1]} 0 does not follow"
                )
    scope.take(normal)
    scope.trace.axioms |= {"order", "field"}
