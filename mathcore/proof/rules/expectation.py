"""Checks the rule `Expectation`: means over batches carried out."""

from __future__ import annotations

from mathcore.language import tree as t
from mathcore.proof.rules.algebra import equal, expect
from mathcore.proof.scope import NotShown, Scope
from mathcore.rules.expectation import Expectation


def expectation(rule: Expectation, scope: Scope, left: t.Expr, op: str, right: t.Expr) -> tuple[t.Expr, ...]:
    """A mean over batches carried out; equations that hold here (also of a simplex) may be used."""
    expect(op, "=")
    if not any(isinstance(n, t.Mean) for side in (left, right) for n in t.walk(scope.unfold(side))):
        raise NotShown("there is no mean over batches in this step")
    scope.trace.axioms |= {"field", "exp and log", "finite sums", "delta", "uniform batches"}
    equal(scope, left, right, hypotheses=True)
    return ()
