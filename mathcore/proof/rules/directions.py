"""Checks the rule `Directions`: both directions of an "exactly if"."""

from __future__ import annotations

from mathcore.language import tree as t
from mathcore.proof.checking import prove
from mathcore.proof.rules import equality_case
from mathcore.proof.scope import NotShown, Scope
from mathcore.rules.directions import Directions
from mathcore.rules.equality_case import EqualityCase


def relate(rule: Directions, scope: Scope, left: t.Expr, op: str, right: t.Expr) -> None:
    """Right from left by one rule, left from right by another."""
    if op != "<=>":
        raise NotShown("both directions belong to <=>")
    for way, by, given, goal in (("forward", rule.forward, left, right), ("backward", rule.backward, right, left)):
        try:
            if isinstance(by, EqualityCase):
                equality_case.relate(by, scope, given, "=>", goal)
            else:
                prove(by, scope.assuming(given), goal)
        except NotShown as error:
            raise NotShown(f"{way}: {error}") from None
    return None
