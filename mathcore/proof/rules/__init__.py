"""One checker per rule of `card.py`: each re-executes what a step claims and says what it used.

A checker takes (rule, scope, left, op, right) and returns the conditions under which equality holds (or None where
that is not known); it raises NotShown with the reason. Steps that relate propositions ("<=>") have their own table.
"""

from __future__ import annotations

from collections.abc import Callable

from mathcore import card as c
from mathcore.language import tree as t
from mathcore.language.substitution import substitute
from mathcore.proof.kernel.polynomial import KernelError
from mathcore.proof.rules import algebra, cases, equivalence, limits, order, sequences
from mathcore.proof.scope import NotShown, Scope

Equality = tuple[t.Expr, ...] | None
Checker = Callable[..., Equality]

CHECKERS: dict[type[c.Rule], Checker] = {
    c.Rewrite: algebra.rewrite,
    c.Unfold: algebra.unfold,
    c.Entrywise: algebra.entrywise,
    c.Expectation: algebra.expectation,
    c.Differentiate: algebra.differentiate,
    c.Substitute: algebra.substitute,
    c.Use: order.use,
    c.Lemma: order.lemma,
    c.SumOver: order.sum_over,
    c.Certificate: order.certificate,
    c.Monotone: order.monotone,
    c.Squared: order.squared,
    c.Stationary: order.stationary,
    c.Split: cases.split,
    c.Support: cases.support,
    c.Attained: cases.attained,
    c.Telescope: sequences.telescope,
    c.Geometric: sequences.geometric,
    c.Induction: sequences.induction,
    c.Limiting: limits.limit,
    c.Squeeze: limits.squeeze,
    c.Directions: equivalence.directions,
    c.EqualityCase: equivalence.equality_case,
}


def check(rule: c.Rule, scope: Scope, left: t.Expr, op: str, right: t.Expr) -> Equality:
    """Run the checker of a rule on one relation between two sides."""
    try:
        if op in ("<=>", "=>"):
            equivalence.relate(rule, scope, left, op, right)
            return None
        checker = CHECKERS.get(type(rule)) or scope.fill
        if checker is None:
            raise NotShown(f"{type(rule).__name__} is no rule of a proof")
        return checker(rule, scope, left, op, right)
    except KernelError as error:
        raise NotShown(str(error)) from None


def prove(rule: c.Rule, scope: Scope, proposition: t.Expr) -> Equality:
    """Every relation of a proposition by one rule."""
    from mathcore.proof.scope import pairs

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
