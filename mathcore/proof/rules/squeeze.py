"""Checks the rule `Squeeze`: between two functions with one limit."""

from __future__ import annotations

from dataclasses import replace

from mathcore.language import tree as t
from mathcore.proof.checking import check
from mathcore.proof.rules.algebra import expect
from mathcore.proof.rules.limiting import limiting
from mathcore.proof.rules.limits import freshened, point_of
from mathcore.proof.scope import NotShown, Scope, text_of
from mathcore.rules.limiting import Limiting
from mathcore.rules.squeeze import Squeeze


def squeeze(rule: Squeeze, scope: Scope, left: t.Expr, op: str, right: t.Expr) -> tuple[t.Expr, ...]:
    """Near the point lower <= body <= upper, and both ends have the limit that is claimed."""
    expect(op, "=")
    core = t.bare(scope.unfold(left))
    if not isinstance(core, t.Limit):
        raise NotShown("the left side is no limit")
    core = freshened(core)
    variable = core.variable
    scope = replace(
        scope, context=replace(scope.context, symbols={**scope.context.symbols, variable.name.partition("~")[0]: variable})
    )
    normal = scope.normal()
    normal.require_approach(variable, point_of(normal, core), core.side)
    scope.take(normal)
    near = _near(scope, core, rule.near).trying()
    lower, upper = scope.parse(rule.lower), scope.parse(rule.upper)
    for side, by, relation in ((lower, rule.below, "<="), (upper, rule.above, ">=")):
        try:
            check(by, near, side, relation, core.body)
            scope.include(near, variable)
        except NotShown as error:
            raise NotShown(f"{text_of(side)} {relation} {text_of(core.body)}: {error}") from None
        end = t.Limit(core.variable, core.point, core.side, scope.unfold(side))
        if core.variable in t.free_symbols(end.body):
            limiting(Limiting(), scope, end, "=", right)
        else:
            normal = scope.normal()
            if not normal.is_zero(normal.read(end.body) - normal.read(scope.unfold(right))):
                raise NotShown(f"{text_of(side)} has another limit")
            scope.take(normal)
    scope.trace.axioms.add("squeeze")
    return ()


def _near(scope: Scope, node: t.Limit, near: str) -> Scope:
    """Where the bounds need to hold: on the side of the point, and as near to it as `near` says."""
    variable = node.variable
    zero = isinstance(node.point, t.Number) and node.point.value == 0
    facts: list[t.Expr] = []
    if (zero and node.side == "+") or node.point == t.INFINITY:
        facts.append(t.Relation((t.number(0), variable), ("<",)))
    if near:
        region = scope.parse(near)
        facts.append(region)
        core = t.bare(region)
        if not isinstance(core, t.Relation) or len(core.ops) != 1:
            raise NotShown("near is one relation such as p <= 1")
        a, b = (t.bare(x) for x in core.args)
        upper = a == variable and core.ops[0] in ("<", "<=") and isinstance(b, t.Number) and b.value > 0 and zero
        lower = a == variable and core.ops[0] in (">", ">=") and isinstance(b, t.Number) and node.point == t.INFINITY
        if not (upper or lower):
            raise NotShown(f"{near} does not hold near the point")
    return scope.assuming(*facts)
