"""Checks the rule `Geometric`: sums and limits of powers, and sequences that grow by a factor."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from mathcore.language import tree as t
from mathcore.language.substitution import substitute
from mathcore.proof.checking import implied
from mathcore.proof.kernel.arithmetic import Target
from mathcore.proof.kernel.atom import Entry, Exp, Power
from mathcore.proof.kernel.equations import replace_atom
from mathcore.proof.kernel.normal import Normal
from mathcore.proof.kernel.polynomial import UNIT, Atom, Poly, number, of
from mathcore.proof.kernel.show import show
from mathcore.proof.kernel.summing import check_places
from mathcore.proof.rules.algebra import expect, fill_gaps
from mathcore.proof.rules.telescope import telescope
from mathcore.proof.scope import NotShown, Scope, pairs, text_of
from mathcore.rules.geometric import Geometric
from mathcore.rules.telescope import Telescope


def geometric(rule: Geometric, scope: Scope, left: t.Expr, op: str, right: t.Expr) -> tuple[t.Expr, ...]:
    """sum of r^s; the solution of u[t + 1] = r u[t]; the limit of c r^t."""
    expect(op, "=")
    core = t.bare(scope.unfold(left))
    if isinstance(core, t.Limit):
        ratio, factor = ratio_of(scope, core)
        normal = scope.normal()
        if t.bare(right) == t.INFINITY:
            if not (normal.facts.positive(ratio - UNIT) and normal.facts.positive(factor)):
                raise NotShown(f"{show(ratio)} > 1 and {show(factor)} > 0 are not shown")
            scope.take(normal)
            scope.trace.axioms |= {"geometric limit", "order"}
            return ()
        if not normal.is_zero(normal.read(scope.unfold(right))):
            raise NotShown("the limit of c r^t for |r| < 1 is 0")
        if not (normal.facts.positive(UNIT - ratio) and normal.facts.positive(UNIT + ratio)):
            raise NotShown(f"|{show(ratio)}| < 1 is not shown")
        scope.take(normal)
        scope.trace.axioms |= {"geometric limit", "order"}
        return ()
    if not isinstance(core, (t.Index, t.Apply)):
        return telescope(Telescope(), scope, left, op, right)
    return _recurrence(scope, left, right)


def _atom(normal: Normal, symbol: t.Symbol) -> Atom:
    return next(iter(normal.symbol(symbol).atoms()))


def ratio_of(scope: Scope, node: t.Limit) -> tuple[Poly, Poly]:
    """r and c of lim(t -> inf: c r^t)."""
    if node.point != t.INFINITY or node.variable.type.domain != "natural":
        raise NotShown("a geometric limit is one of t -> inf over natural t")
    normal = scope.normal()
    body = normal.read(scope.unfold(node.body))
    one = body.single()
    if one is None:
        raise NotShown("not of the form c r^t")
    ratio, factor = UNIT, number(one[1])
    for atom, exponent in one[0]:
        if node.variable not in atom.free:
            factor = normal.multiply(factor, of(atom, exponent))
            continue
        if isinstance(atom, Power) and atom.exponent == normal.symbol(node.variable) and exponent.denominator == 1:
            ratio = normal.multiply(ratio, normal.power(atom.base, int(exponent)))
        elif isinstance(atom, Exp):
            time = _atom(normal, node.variable)
            (m, k), *_ = atom.exponent.terms.items()
            slope = Poly({tuple(f for f in m if f != (time, Fraction(1))): k})
            if node.variable in slope.free:
                raise NotShown("not of the form c r^t")
            ratio = normal.multiply(ratio, normal.exp(slope.scale(exponent)))
        else:
            raise NotShown("not of the form c r^t")
    if node.variable in ratio.free:
        raise NotShown(f"{show(ratio)} is another ratio for every {node.variable.name}")
    scope.take(normal)
    return ratio, factor


def _recurrence(scope: Scope, left: t.Expr, right: t.Expr) -> tuple[t.Expr, ...]:
    """u[t] = R(t): R = u at the least t, and a hypothesis u[s + 1] = r u[s] for every s carries R(t) to R(t + 1)."""
    normal = scope.normal()
    value = normal.read(scope.unfold(left))
    one = value.single()
    if one is None or len(one[0]) != 1 or not isinstance(one[0][0][0], Entry) or one[0][0][1] != 1 or one[1] != 1:
        raise NotShown("the left side is an entry u[t] of a sequence")
    entry = one[0][0][0]
    indices = entry.indices
    if not isinstance(indices[0], Poly) or len(indices[0].free) != 1:
        raise NotShown("the left side is an entry u[t] of a sequence")
    (time,) = indices[0].free
    scope = scope.without(time)
    normal = scope.normal()
    result = normal.read(scope.unfold(right))
    check_places(time, value, result)
    start = {time: number(time.type.minimum)}
    first = normal.substitute(result, start)
    if not scope.vanishes(first - normal.substitute(value, start), normal, hypotheses=True):
        if time.type.minimum > 0:  # what holds from 0 on holds from there on
            whole = t.Symbol(time.name, replace(time.type, minimum=0))
            known = replace(scope.context, symbols={**scope.context.symbols, time.name: whole})
            move: dict[t.Symbol, t.Expr] = {time: whole}
            subject = None if scope.subject is None else substitute(scope.unfold(scope.subject), move)
            sides = (substitute(scope.unfold(side), move) for side in (left, right))
            return _recurrence(replace(scope, context=known, subject=subject), *sides)
        raise NotShown(f"at {time.name} = {time.type.minimum} the right side is {show(first)}")
    following = normal.substitute(value, {time: normal.symbol(time) + UNIT})
    for a, b, pattern, source in ((a, b, p, s) for r, p, s in scope.equations() for a, op, b in pairs(r) if op == "="):
        lhs, rhs = normal.read(scope.unfold(a)), normal.read(scope.unfold(b))
        counts = (s for s in pattern if s.type.domain == "natural" and s.type.minimum <= time.type.minimum)
        first_of = lhs.single()
        leading = first_of[0][0][0] if first_of is not None and first_of[0] else None
        ends = leading.indices[1:] if isinstance(leading, Entry) else ()
        shared = zip(ends, indices[1:], strict=False)
        rows: dict[t.Symbol, Target] = {
            k: here for k, here in shared if isinstance(k, t.Symbol) and k in pattern
        }  # and every row
        for general in counts:  # the hypothesis holds for every such number
            here: dict[t.Symbol, Target] = {general: normal.symbol(time), **rows}
            if normal.substitute(lhs, here) != following:
                continue
            carried = replace_atom(normal, normal.substitute(rhs, here), entry, result)
            grown = normal.substitute(result, {time: normal.symbol(time) + UNIT})
            if normal.is_zero(carried - grown):
                fill_gaps(normal, scope, scope.unfold(right), scope.unfold(b), source=source)
                scope.take(normal)
                scope.trace.hypotheses.add(source)
                scope.trace.axioms |= {"induction", "field"}
                return ()
    raise NotShown(f"no hypothesis for every {time.name} carries {text_of(left)} to the next {time.name}")


def relate(rule: Geometric, scope: Scope, left: t.Expr, op: str, right: t.Expr) -> None:
    """lim(t -> inf: c r^t) = 0 exactly if abs(r) < 1, for c != 0."""
    if op == "=>":
        return implied(rule, scope, left, right)
    relation, bound = t.bare(left), t.bare(right)
    if not (
        isinstance(relation, t.Relation) and relation.ops == ("=",) and isinstance(bound, t.Relation) and bound.ops == ("<",)
    ):
        raise NotShown("write lim(t -> inf: c r^t) = 0 <=> abs(r) < 1")
    limit, zero = t.bare(scope.unfold(relation.args[0])), relation.args[1]
    normal = scope.normal()
    size = t.bare(bound.args[0])
    if (
        not isinstance(limit, t.Limit)
        or not normal.is_zero(normal.read(zero))
        or not (isinstance(size, t.Call) and size.name == "abs")
    ):
        raise NotShown("write lim(t -> inf: c r^t) = 0 <=> abs(r) < 1")
    ratio, factor = ratio_of(scope, limit)
    if not normal.facts.nonzero(factor):
        raise NotShown(f"{show(factor)} is not shown to differ from 0: then the limit is 0 for every r")
    if not normal.is_zero(normal.read(scope.unfold(size.args[0])) - ratio) or not normal.is_zero(
        normal.read(bound.args[1]) - UNIT
    ):
        raise NotShown(f"the ratio is {show(ratio)}")
    scope.take(normal)
    scope.trace.axioms.add("geometric limit")
    return None
