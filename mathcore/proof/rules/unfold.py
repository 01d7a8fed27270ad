"""Checks the rule `Unfold`: the same expression once every definition is opened, or one normal form."""

from __future__ import annotations

from dataclasses import replace

from mathcore.language import tree as t
from mathcore.proof.kernel.polynomial import KernelError
from mathcore.proof.rules.algebra import equal, expect
from mathcore.proof.rules.infinity import infinity
from mathcore.proof.scope import NotShown, Scope
from mathcore.rules.unfold import Unfold


def unfold(rule: Unfold, scope: Scope, left: t.Expr, op: str, right: t.Expr) -> tuple[t.Expr, ...]:
    expect(op, "=")
    if t.same(scope.unfold(left), scope.unfold(right)):
        _require_defined(scope, right)
        return ()  # the same expression, whatever its value
    scope.trace.axioms |= {"field", "exp and log", "finite sums", "delta"}
    equal(scope, left, right)
    return ()


def _require_defined(scope: Scope, node: t.Expr) -> None:
    """Leaves the conditions under which an expression is meant; it may be infinite, by logarithms of 0, but not inf - inf."""
    arrays = (s for s in scope.context.symbols.values() if t.DOMAINS[s.type.domain][:2] == (0, True) and s.type.shape)
    formal = replace(scope, formal=scope.formal | frozenset(arrays))
    normal = formal.normal() if _has_one_sign(formal, node) else scope.normal()
    try:
        normal.read(scope.unfold(node))
    except KernelError as error:
        raise NotShown(f"where this is defined is not read by the kernel: {error}") from None
    scope.take(normal)


def _has_one_sign(scope: Scope, node: t.Expr) -> bool:
    """Whether it is +inf wherever it is infinite, or -inf."""
    for side in (node, t.Neg(t.Paren(node))):
        try:
            infinity(scope, side)
            return True
        except (NotShown, KernelError):
            continue
    return False
