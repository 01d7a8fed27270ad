"""Rules that hold other rules are tried with a `Hole` in the place of the inner one.

The rule's own checker then sets up the inner goal, and the search goes on there; with what it found in its place, the whole
rule is checked again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from mathcore import card as c
from mathcore.language import tree as t
from mathcore.proof.checking import check
from mathcore.proof.scope import NotShown, Scope, Trace

Make = Callable[[], c.Rule]


@dataclass(frozen=True)
class Hole(c.Rule):
    """The place of a rule that is searched, and what was found for it; stands in no proof."""

    depth: int
    found: list[c.Rule] = field(default_factory=list, compare=False)


def filled(rule: c.Rule, scope: Scope, left: t.Expr, op: str, right: t.Expr) -> c.Rule:
    """The rule with what its holes were filled with; raises NotShown where one was filled with nothing."""
    check(rule, replace(scope, trace=Trace()), left, op, right)
    return _put(rule)


def filled_later(make: Make, scope: Scope, left: t.Expr, op: str, right: t.Expr) -> c.Rule:
    return filled(make(), scope, left, op, right)


def _put(rule: c.Rule) -> c.Rule:
    if isinstance(rule, Hole):
        if not rule.found:
            raise NotShown("the case was not reached")
        return _put(rule.found[-1])
    if isinstance(rule, c.Split):
        return c.Split(tuple(c.Case(case.condition, _put(case.by)) for case in rule.cases))
    if isinstance(rule, c.Induction):
        return replace(rule, start=_put(rule.start), step=_put(rule.step))
    if isinstance(rule, c.Monotone) and rule.sign is not None:
        rule = replace(rule, sign=_put(rule.sign))
    if isinstance(rule, (c.Support, c.Attained, c.SumOver, c.Squared)) or (isinstance(rule, c.Monotone) and rule.by is not None):
        return replace(rule, by=_put(rule.by))  # type: ignore[arg-type]  # not None
    return rule


def split_filled(rule: c.Rule, scope: Scope, left: t.Expr, op: str, right: t.Expr) -> c.Rule:
    """A split in which each leaf has a hole of its own."""

    def own(node: c.Rule) -> c.Rule:
        if isinstance(node, c.Split):
            return c.Split(tuple(c.Case(case.condition, own(case.by)) for case in node.cases))
        return Hole(node.depth) if isinstance(node, Hole) else node

    return filled(own(rule), scope, left, op, right)
