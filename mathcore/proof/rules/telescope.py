"""Checks the rule `Telescope`: a sum over a range grows by its last term."""

from __future__ import annotations

from mathcore.language import tree as t
from mathcore.language.substitution import substitute
from mathcore.proof.kernel.atom import Range
from mathcore.proof.kernel.equations import align_ranges, subtract_multiple
from mathcore.proof.kernel.normal import Normal, as_range, counting
from mathcore.proof.kernel.polynomial import UNIT, ZERO, Poly, number
from mathcore.proof.kernel.show import show
from mathcore.proof.kernel.summing import check_places
from mathcore.proof.rules.algebra import expect
from mathcore.proof.scope import NotShown, Scope
from mathcore.rules.telescope import Telescope


def telescope(rule: Telescope, scope: Scope, left: t.Expr, op: str, right: t.Expr) -> tuple[t.Expr, ...]:
    """A sum over a..b equals R(b) if R grows by the last summand and is 0 for the empty sum."""
    expect(op, "=")
    core = t.bare(scope.unfold(left))
    if not (isinstance(core, t.Big) and core.op == "sum" and len(core.binders) == 1):
        return _by_induction(scope, left, right)
    normal = scope.normal()
    core = normal.from_start(core) or core
    binder = as_range(core)
    low, high = normal.read(binder.lower), normal.read(binder.upper)  # type: ignore[arg-type]  # a range has both ends
    last = [s for s in high.free if s.type.domain in ("natural", "size") and s not in (high - normal.symbol(s)).free]
    if len(last) != 1 or last[0] in low.free:
        raise NotShown("the upper end is T plus a number, with T a natural number")
    upper = last[0]
    around, scope = scope, scope.without(upper)
    normal = scope.normal()  # induction passes through every value of the upper end
    normal.require(low, ">=", "a range counts natural numbers")
    result = normal.read(scope.unfold(right))
    index = counting(binder)
    with normal.facts.assuming(nonnegative=[normal.symbol(index) - low, high - normal.symbol(index)]):
        body = normal.read(substitute(core.body, {core.binders[0].symbol: index}))
    check_places(upper, body, result)
    if upper in body.free:  # with the end every term changes
        return _by_induction(around, left, right)
    following = {upper: normal.symbol(upper) + UNIT}
    summand = normal.substitute(body, {index: normal.substitute(high, following)})
    growth = normal.substitute(result, following) - result
    if not normal.is_zero(growth - summand):
        raise NotShown(
            f"from {upper.name} to {upper.name} + 1 the right side grows by {show(growth)}, the sum by {show(summand)}"
        )
    empty = (low - UNIT - (high - normal.symbol(upper))).constant()
    least = max(upper.type.minimum, 1 if upper.type.domain == "size" else 0)
    if empty is None or empty < least:
        # the induction starts at the least value: one explicit sum
        start = number(least)
        end = normal.substitute(high, {upper: start})
        normal.require(end + UNIT - low, ">=", "a sum that ends before it begins does not grow")
        first = normal.range_sum(index, low, end, body)
    else:
        if empty > least:
            raise NotShown("the sum would run backwards for small values of its end")
        start, first = number(empty), ZERO
    at_start = normal.substitute(result, {upper: start})
    if not normal.is_zero(at_start - first):
        raise NotShown(f"at the start the right side is {show(at_start)}, the sum is {show(first)}")
    scope.take(normal)
    scope.trace.axioms |= {"finite sums", "field", "induction"}
    return ()


def _by_induction(scope: Scope, left: t.Expr, right: t.Expr) -> tuple[t.Expr, ...]:
    """An equation about a sum to T: it holds at the least T, and what it says at T carries it to T + 1."""
    sides = tuple(scope.unfold(side) for side in (left, right))

    def read(inner: Scope) -> tuple[Normal, Poly]:
        normal = inner.normal()
        return normal, normal.read(sides[0]) - normal.read(sides[1])

    ranges = [a for m in read(scope)[1].terms for a, _ in m if isinstance(a, Range)]
    above = [a.high for a in ranges]
    known = scope.context.symbols.values()
    ends = {s for high in above for s in high.free if s.type.domain in ("natural", "size") and s in known}
    if len(ends) != 1:
        raise NotShown("there is no sum over a range up to one natural number")
    (over,) = ends
    scope = scope.without(over)
    normal, gap = read(scope)
    start = normal.substitute(gap, {over: number(over.type.minimum)})
    if not normal.is_zero(start):
        raise NotShown(f"at {over.name} = {over.type.minimum}: left - right = {show(start)}")
    following = normal.substitute(gap, {over: normal.symbol(over) + UNIT})
    carried = align_ranges(normal, following, gap)
    for _ in range(3):
        if normal.is_zero(carried):
            break
        better = subtract_multiple(normal, carried, gap)
        if better is None:
            break
        carried = better
    if not normal.is_zero(carried):
        raise NotShown(f"from {over.name} to {over.name} + 1: left - right = {show(carried)}, which is not shown to be 0")
    scope.take(normal)
    scope.trace.axioms |= {"finite sums", "field", "induction"}
    return ()
