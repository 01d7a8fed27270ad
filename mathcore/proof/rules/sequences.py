"""Rules for natural numbers: telescope, geometric and induction, all by the step from t to t + 1."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from mathcore.language import tree as t
from mathcore.language.substitution import substitute
from mathcore.proof.checking import check
from mathcore.proof.kernel.arithmetic import Target
from mathcore.proof.kernel.atom import Entry, Exp, Power, Range
from mathcore.proof.kernel.equations import align_ranges, replace_atom, subtract_multiple
from mathcore.proof.kernel.normal import Normal, as_range, counting
from mathcore.proof.kernel.polynomial import UNIT, ZERO, Atom, Poly, number, of
from mathcore.proof.kernel.show import show
from mathcore.proof.rules.algebra import expect, fill_gaps
from mathcore.proof.scope import NotShown, Scope, pairs, text_of
from mathcore.rules.geometric import Geometric
from mathcore.rules.induction import Induction
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
            raise NotShown(f"from {over.name} to {over.name} + 1: left - right = {show(carried)}, which is not shown to be 0")
        carried = better
    if not normal.is_zero(carried):
        raise NotShown(f"from {over.name} to {over.name} + 1: left - right = {show(carried)}, which is not shown to be 0")
    scope.take(normal)
    scope.trace.axioms |= {"finite sums", "field", "induction"}
    return ()


def induction(rule: Induction, scope: Scope, left: t.Expr, op: str, right: t.Expr) -> tuple[t.Expr, ...] | None:
    """The relation at the least value, and at t + 1 from the relation at t; hypotheses on this one t are dropped."""
    over = scope.context.symbols.get(rule.over)
    if over is None or over.type.domain != "natural" or over.type.shape:
        raise NotShown(f"{rule.over} is no declared natural number")
    sides = tuple(scope.unfold(side) for side in (left, right))
    if any(over in t.free_symbols(s) for side in sides for s in t.walk(side) if isinstance(s, t.Symbol) and s != over):
        raise NotShown(f"{rule.over} is the size of an array here")
    scope = scope.without(over)
    base = {over: t.number(over.type.minimum)}
    try:
        check(rule.start, scope, substitute(sides[0], base), op, substitute(sides[1], base))
    except NotShown as error:
        raise NotShown(f"at {rule.over} = {over.type.minimum}: {error}") from None
    now = t.fresh(over)
    known = t.Relation((substitute(sides[0], {over: now}), substitute(sides[1], {over: now})), (op,))
    context = replace(scope.context, symbols={**scope.context.symbols, rule.over: now})
    inner = replace(scope, context=context.assuming(known)).trying()
    following = {over: t.Paren(t.Add(now, t.number(1)))}
    try:
        check(rule.step, inner, substitute(sides[0], following), op, substitute(sides[1], following))
        scope.include(inner, now)
    except NotShown as error:
        raise NotShown(f"from {rule.over} to {rule.over} + 1: {error}") from None
    scope.trace.hypotheses.discard(text_of(known))
    scope.trace.axioms.add("induction")
    return () if op == "=" else None


def _atom(normal: Normal, symbol: t.Symbol) -> Atom:
    return next(iter(normal.symbol(symbol).atoms()))


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
