"""Checks the rule `Substitute`: `at(...)` carried out, or another variable for a limit."""

from __future__ import annotations

from mathcore.language import substitution
from mathcore.language import tree as t
from mathcore.language.exponents import is_count
from mathcore.proof.kernel.polynomial import ZERO
from mathcore.proof.rules.algebra import equal, expect
from mathcore.proof.scope import NotShown, Scope
from mathcore.rules.substitute import Substitute


def substitute(rule: Substitute, scope: Scope, left: t.Expr, op: str, right: t.Expr) -> tuple[t.Expr, ...]:
    """`at(...)` carried out, or a limit's variable x replaced by 1/y (0+ and inf change places)."""
    expect(op, "=")
    scope.trace.axioms |= {"field", "exp and log", "finite sums", "delta"}
    if not rule.new:
        equal(scope, left, right)
        return ()
    old, new = t.bare(scope.unfold(left)), t.bare(scope.unfold(right))
    if not (isinstance(old, t.Limit) and isinstance(new, t.Limit)):
        raise NotShown("a new variable belongs to a limit on both sides")
    ends = {("inf", "0+"), ("0+", "inf")}
    if (_end(old), _end(new)) not in ends:
        raise NotShown("x = 1/y exchanges the limits 0+ and inf")
    name, _, value = rule.new.partition("=")
    wanted = t.bare(scope.parse(value))
    reader = scope.normal()
    for limit in (old, new):
        reader.require_approach(limit.variable, "inf" if limit.point == t.INFINITY else ZERO, limit.side)
    scope.take(reader)
    if is_count(new.variable):
        raise NotShown(f"{new.variable.name} takes whole numbers only: a limit along those need not be one along {name.strip()}")
    if name.strip() != old.variable.name or t.strip(wanted) != t.strip(t.Div(t.number(1), new.variable)):
        raise NotShown("only x = 1/y is a change of variable here")
    y = t.fresh(t.Symbol("y", t.Type("positive")))
    body = substitution.substitute(old.body, {old.variable: t.Paren(t.Div(t.number(1), y))})
    scope.trace.axioms.add("limits")
    equal(scope, body, substitution.substitute(new.body, {new.variable: y}))
    return ()


def _end(limit: t.Limit) -> str:
    if limit.point == t.INFINITY:
        return "inf"
    return f"{limit.point.text}{limit.side}" if isinstance(limit.point, t.Number) else "?"
