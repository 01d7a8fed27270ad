"""Checks the rule `Limiting`: the algebra of limits, and sympy must not contradict."""

from __future__ import annotations

from mathcore.language import tree as t
from mathcore.proof.kernel.show import show
from mathcore.proof.rules.algebra import expect
from mathcore.proof.rules.limits import by_sympy, same_value, value_of
from mathcore.proof.scope import Contradicted, NotShown, Scope, text_of
from mathcore.rules.limiting import Limiting
from mathcore.translation import N_


def limiting(rule: Limiting, scope: Scope, left: t.Expr, op: str, right: t.Expr) -> tuple[t.Expr, ...]:
    """lim(...) = value: the limit of each part, put together; sympy must not contradict."""
    expect(op, "=")
    core, normal, value = value_of(scope, left)
    wanted = t.bare(scope.unfold(right))
    if isinstance(value, str):
        holds = text_of(wanted) == value
    else:
        holds = wanted not in (t.INFINITY, t.Neg(t.INFINITY)) and scope.vanishes(
            value - normal.read(wanted), normal, hypotheses=True
        )
    scope.take(normal)
    if not holds:
        raise NotShown(f"the limit comes out as {value if isinstance(value, str) else show(value)}")
    scope.trace.axioms |= {"limits", "field", "order"}
    _ask_sympy(scope, core, wanted)
    return ()


def _ask_sympy(scope: Scope, node: t.Limit, wanted: t.Expr) -> None:
    found = by_sympy(node, scope.context.definitions)
    agree = None if found is None else same_value(scope.normal(), found, wanted)
    limit = "" if found is None else text_of(t.bare(found))
    if found is None or agree is None:
        scope.trace.notes.append(N_("shown by the kernel alone: sympy gives no value to compare with"))
    elif agree:
        scope.trace.notes.append(N_("sympy's limit agrees"))
    elif any(isinstance(n, t.Call) and n.name == "step" for n in t.walk(found)):
        scope.trace.notes.append(N_("shown by the kernel alone: sympy's limit has cases, which are not compared"))
    elif t.free_symbols(node) and scope.context.hypotheses:
        scope.trace.notes.append(N_(f"sympy, which does not know the hypotheses, finds the limit {limit}"))
    else:
        raise Contradicted(f"sympy finds the limit {limit}")
