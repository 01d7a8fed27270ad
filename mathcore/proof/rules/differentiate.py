"""Checks the rule `Differentiate`: by the kernel's table, and sympy must agree."""

from __future__ import annotations

from mathcore.language import tree as t
from mathcore.proof.kernel.atom import Step
from mathcore.proof.kernel.polynomial import KernelError
from mathcore.proof.rules.algebra import equal, expect
from mathcore.proof.scope import Contradicted, NotShown, Scope, text_of
from mathcore.rules.differentiate import Differentiate
from mathcore.translation import N_


def differentiate(rule: Differentiate, scope: Scope, left: t.Expr, op: str, right: t.Expr) -> tuple[t.Expr, ...]:
    """The kernel's table carries the derivative out; sympy's own result must agree with it."""
    expect(op, "=")
    derivatives = [n for side in (left, right) for n in t.walk(scope.unfold(side)) if isinstance(n, t.Derivative)]
    if not derivatives:
        raise NotShown("there is no derivative in this step")
    for node in derivatives:
        variable = node.variable.base if isinstance(node.variable, t.Index) else node.variable
        if not isinstance(variable, t.Symbol) or variable.type.domain not in ("real", "positive"):
            raise NotShown("a derivative needs an open domain: declare the variable real or positive")
    scope.trace.axioms |= {"field", "exp and log", "finite sums", "delta", "derivative table"}
    before = set(scope.trace.hypotheses)
    equal(scope, left, right)
    variables = {n.variable.base if isinstance(n.variable, t.Index) else n.variable for n in derivatives}
    used = scope.trace.hypotheses - before
    for hypothesis in (h for h in scope.context.hypotheses if text_of(h) in used and not _open(h)):
        if variables & t.free_symbols(scope.unfold(hypothesis)):
            raise NotShown(f"the hypothesis {text_of(hypothesis)} speaks of the variable of differentiation")
    _ask_sympy(scope, left, right)
    return ()


def _open(hypothesis: t.Expr) -> bool:
    """An inequality that is strict at a point holds all around it; an equality does not."""
    return all(op in ("<", ">", "!=") for n in t.walk(hypothesis) if isinstance(n, t.Relation) for op in n.ops)


def _ask_sympy(scope: Scope, left: t.Expr, right: t.Expr) -> None:
    """sympy's derivative, read back, must have the kernel's normal form."""
    from mathcore.language.sympy_bridge import differentiate as by_sympy

    def carried_out(node: t.Expr) -> t.Expr:
        node = t.map_children(node, carried_out)
        if not isinstance(node, t.Derivative):
            return node
        return by_sympy(node.body, node.variable)

    try:
        a, b = (carried_out(scope.unfold(side)) for side in (left, right))
    except Exception as error:
        scope.trace.notes.append(
            N_(f"shown by the kernel alone: sympy gives no derivative to compare with ({type(error).__name__})")
        )
        return
    normal = scope.normal()
    try:
        gap = normal.read(a) - normal.read(b)
        agrees = normal.is_zero(gap)
        if not agrees and gap.holds(Step):
            scope.trace.notes.append(N_("shown by the kernel alone: sympy's derivative has cases, which are not compared"))
            return
    except KernelError as error:
        scope.trace.notes.append(N_(f"shown by the kernel alone: sympy's derivative is not read ({error})"))
        return
    if not agrees:
        raise Contradicted("sympy's derivative differs from the kernel's")
    scope.trace.notes.append(N_("sympy's derivative agrees"))
