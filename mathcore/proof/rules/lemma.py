"""Checks the rule `Lemma`: what was shown before, at a substitution."""

from __future__ import annotations

from mathcore.language import tree as t
from mathcore.proof.rules.order import equality_of, follows
from mathcore.proof.scope import NotShown, Scope, pairs
from mathcore.rules.lemma import Lemma


def lemma(rule: Lemma, scope: Scope, left: t.Expr, op: str, right: t.Expr) -> tuple[t.Expr, ...] | None:
    """An earlier derivation at a substitution; premises of an implication must hold here."""
    _, claim, derivation, mapping = scope.lemma(rule.name, rule.at)
    claim = t.bare(claim)
    while isinstance(claim, t.Implies):
        premise = t.bare(claim.premise)
        if not isinstance(premise, t.Relation):
            raise NotShown("the lemma's premise is no relation")
        for a, rel, b in pairs(premise):
            scope.require_relation(a, rel, b)
        claim = t.bare(claim.conclusion)
    equality = equality_of(scope, rule.name, derivation, mapping)
    return follows(scope, claim, left, op, right, equality)
