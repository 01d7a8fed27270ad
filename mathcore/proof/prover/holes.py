"""Rules that hold other rules are tried with a `Hole` in the place of the inner one.

The rule's own checker then sets up the inner goal, and the search goes on there; with what it found in its place, the whole
rule is checked again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from mathcore.language import tree as t
from mathcore.proof.checking import check
from mathcore.proof.scope import NotShown, Scope, Trace
from mathcore.rules.attained import Attained
from mathcore.rules.induction import Induction
from mathcore.rules.monotone import Monotone
from mathcore.rules.rule import Rule
from mathcore.rules.split import Case, Split
from mathcore.rules.squared import Squared
from mathcore.rules.sum_over import SumOver
from mathcore.rules.support import Support

Make = Callable[[], Rule]


@dataclass(frozen=True)
class Hole(Rule):
    """The place of a rule that is searched, and what was found for it; stands in no proof."""

    depth: int
    found: list[Rule] = field(default_factory=list, compare=False)


def filled(rule: Rule, scope: Scope, left: t.Expr, op: str, right: t.Expr) -> Rule:
    """The rule with what its holes were filled with; raises NotShown where one was filled with nothing."""
    check(rule, replace(scope, trace=Trace()), left, op, right)
    return _put(rule)


def filled_later(make: Make, scope: Scope, left: t.Expr, op: str, right: t.Expr) -> Rule:
    return filled(make(), scope, left, op, right)


def _put(rule: Rule) -> Rule:
    if isinstance(rule, Hole):
        if not rule.found:
            raise NotShown("the case was not reached")
        return _put(rule.found[-1])
    if isinstance(rule, Split):
        return Split(tuple(Case(case.condition, _put(case.by)) for case in rule.cases))
    if isinstance(rule, Induction):
        return replace(rule, start=_put(rule.start), step=_put(rule.step))
    if isinstance(rule, Monotone):
        by, sign = (None if inner is None else _put(inner) for inner in (rule.by, rule.sign))
        return replace(rule, by=by, sign=sign)
    if isinstance(rule, (Support, Attained, SumOver, Squared)):
        return replace(rule, by=_put(rule.by))
    return rule


def split_filled(rule: Rule, scope: Scope, left: t.Expr, op: str, right: t.Expr) -> Rule:
    """A split in which each leaf has a hole of its own."""

    def own(node: Rule) -> Rule:
        if isinstance(node, Split):
            return Split(tuple(Case(case.condition, own(case.by)) for case in node.cases))
        return Hole(node.depth) if isinstance(node, Hole) else node

    return filled(own(rule), scope, left, op, right)
