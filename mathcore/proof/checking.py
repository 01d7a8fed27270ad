"""A rule is checked by the checker that the scope knows for it, on one relation or on every relation of a proposition."""

from __future__ import annotations

from mathcore.language import tree as t
from mathcore.language.substitution import substitute
from mathcore.proof.kernel.polynomial import KernelError
from mathcore.proof.scope import Equality, NotShown, Scope, pairs
from mathcore.rules.rule import Rule


def check(rule: Rule, scope: Scope, left: t.Expr, op: str, right: t.Expr) -> Equality:
    """Run the checker of a rule on one relation between two sides."""
    try:
        if op in ("<=>", "=>"):
            relate = scope.checkers.between.get(type(rule))
            if relate is not None:
                relate(rule, scope, left, op, right)
            elif op == "=>":
                implied(rule, scope, left, right)
            else:
                raise NotShown("this rule does not relate propositions")
            return None
        checker = scope.checkers.of.get(type(rule))
        if checker is None:
            raise NotShown(f"{type(rule).__name__} is no rule for two expressions")
        return checker(rule, scope, left, op, right)
    except KernelError as error:
        raise NotShown(str(error)) from None


def implied(rule: Rule, scope: Scope, left: t.Expr, right: t.Expr) -> None:
    """The right proposition by one rule, where the left one holds."""
    prove(rule, scope.assuming(left), right)


def prove(rule: Rule, scope: Scope, proposition: t.Expr) -> Equality:
    """Every relation of a proposition by one rule."""
    core = t.bare(proposition)
    if isinstance(core, t.And):
        for part in core.parts:
            prove(rule, scope, part)
        return None
    if isinstance(core, t.Big) and core.op == "forall":
        fresh = {b.symbol: t.fresh(b.symbol) for b in core.binders}
        return prove(rule, scope, substitute(core.body, fresh))
    if not isinstance(core, t.Relation):
        raise NotShown("only relations, conjunctions and forall are proved here")
    result: Equality = None
    for left, op, right in pairs(core):
        result = check(rule, scope, left, op, right)
    return result
