"""Checks the rule `Entrywise`: matrices against sums over indices."""

from __future__ import annotations

from mathcore.language import substitution
from mathcore.language import tree as t
from mathcore.proof.rules.algebra import equal, expect
from mathcore.proof.scope import NotShown, Scope
from mathcore.rules.entrywise import Entrywise


def entrywise(rule: Entrywise, scope: Scope, left: t.Expr, op: str, right: t.Expr) -> tuple[t.Expr, ...]:
    """Matrices against indices: what stands for arrays on one side is written out over indices on the other."""
    expect(op, "=")
    heads = frozenset(scope.context.definitions)  # opened with their dot products kept
    written = [node for side in (left, right) for node in (side, substitution.unfold(side, scope.context.definitions, heads))]
    if not any(_is_matrix_form(n) for node in written for n in t.walk(node)):
        raise NotShown("there is no matrix product, transpose or dot product in this step")
    scope.trace.axioms |= {"field", "exp and log", "finite sums", "delta", "matrices"}
    equal(scope, left, right)
    return ()


def _is_matrix_form(node: t.Expr) -> bool:
    """A transpose, a dot product, or a product or sum of arrays."""
    if isinstance(node, t.Call):
        return node.name in ("dot", "transpose")
    return isinstance(node, (t.Mul, t.Add, t.Sub, t.Neg, t.Div)) and bool(t.shape_of(node))
