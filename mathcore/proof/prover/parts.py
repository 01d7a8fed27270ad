"""A step in a place: what stands around the parts that differ is the same on both sides, so the parts alone are compared."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product
from typing import Any

from mathcore.evidence import Level, Verdict
from mathcore.language import tree as t
from mathcore.language.exponents import is_whole
from mathcore.language.parser import Context
from mathcore.language.substitution import substitute, with_part
from mathcore.proof.faults import FAILS
from mathcore.proof.prover.lemmas import claim_scope
from mathcore.proof.prover.search import closed_limit
from mathcore.proof.prover.trees import Writer, lettered, loose_letter
from mathcore.proof.rules.limits import value_of
from mathcore.proof.scope import text_of

DEEPEST = 5  # places inside places
UP = {"<=": ">=", "<": ">", ">=": "<=", ">": "<", "=": "=", "!=": "!="}
WEAK = {"<": "<=", ">": ">="}
RISING = ("exp", "log", "log2", "log10", "sqrt")
COUNTED = ("index", "size", "natural")
ZERO, ONE = t.number(0), t.number(1)
MINUS = t.Neg(ONE)

Decide = Callable[[Context, t.Expr], Verdict]


@dataclass(frozen=True)
class Goal:
    """A relation between two parts, in the context of their place."""

    context: Context
    left: t.Expr
    op: str
    right: t.Expr

    @property
    def relation(self) -> t.Relation:
        return t.Relation((self.left, self.right), (self.op,))


def by_parts(goal: Goal, decide: Decide, depth: int = DEEPEST) -> list[Verdict] | None:
    """Proofs of relations between parts that together give this one; None where none were found."""
    if depth == 0 or goal.op == "!=":
        return None
    for goals in _reduced(goal):
        shown: list[Verdict] = []
        for one in goals:
            if one.op in ("=", "<=", ">=") and t.same(one.left, one.right):
                continue
            found = by_parts(one, decide, depth - 1)  # the smaller the part, the sooner it is decided
            if found is None:
                verdict = decide(one.context, one.relation)
                found = [verdict] if verdict.level is Level.PROVED else None
            if found is None:
                break
            shown += found
        else:
            return shown
    return None


def _reduced(goal: Goal) -> Iterator[list[Goal]]:
    """Sets of goals, each of which gives this one; none is the goal itself again."""
    if goal.op in (">", ">="):
        yield from _reduced(Goal(goal.context, goal.right, UP[goal.op], goal.left))
        return
    left, right = t.bare(goal.left), t.bare(goal.right)
    goal = replace(goal, left=left, right=right)
    yield from _terms(goal)
    yield from _factors(goal)
    yield from _heads(goal)
    opened = [goal.context.unfold(side) if isinstance(_base(side), t.Apply) else side for side in (left, right)]
    if not (t.same(opened[0], left) and t.same(opened[1], right)):
        yield from _reduced(Goal(goal.context, opened[0], goal.op, opened[1]))


def _base(node: t.Expr) -> t.Expr:
    return t.bare(node.base) if isinstance(node, t.Index) else node


def summands(node: t.Expr, sign: int = 1) -> list[tuple[int, t.Expr]]:
    """The terms of a sum, each with its sign."""
    node = t.bare(node)
    match node:
        case t.Add(a, b):
            return [*summands(a, sign), *summands(b, sign)]
        case t.Sub(a, b):
            return [*summands(a, sign), *summands(b, -sign)]
        case t.Neg(a):
            return summands(a, -sign)
    return [(sign, node)]


def factors(node: t.Expr, power: int = 1) -> list[tuple[int, t.Expr]]:
    """The factors of a product, those that divide with power -1."""
    node = t.bare(node)
    match node:
        case t.Mul(a, b) if not (t.shape_of(a) or t.shape_of(b)):
            return [*factors(a, power), *factors(b, power)]
        case t.Div(a, b) if not (t.shape_of(a) or t.shape_of(b)):
            return [*factors(a, power), *factors(b, -power)]
        case t.Pow(a, t.Number(n, _)) if n in (2, 3):
            return [(power, a)] * int(n)
        case t.Neg(a) if not t.shape_of(a):
            return [(1, MINUS), *factors(a, power)]
    return [(power, node)]


Signed = list[tuple[int, t.Expr]]


def _without_common(one: Signed, other: Signed) -> tuple[Signed, Signed, Signed]:
    """What both have, and the rest of each."""
    common: Signed = []
    rest = list(other)
    mine: Signed = []
    for sign, part in one:
        place = next((k for k, (s, p) in enumerate(rest) if s == sign and t.same(p, part)), None)
        if place is None:
            mine.append((sign, part))
        else:
            common.append(rest.pop(place))
    return common, mine, rest


def total(terms: Sequence[tuple[int, t.Expr]]) -> t.Expr:
    """The sum of signed terms."""
    result: t.Expr | None = None
    for sign, term in terms:
        if result is None:
            result = term if sign > 0 else t.Neg(t.Paren(term))
        else:
            result = t.Add(result, t.Paren(term)) if sign > 0 else t.Sub(result, t.Paren(term))
    return ZERO if result is None else result


def product_of(parts: Sequence[tuple[int, t.Expr]]) -> t.Expr:
    """The product of factors, over those that divide."""
    above: list[t.Expr] = [t.Paren(p) for power, p in parts if power > 0] or [ONE]
    below = [t.Paren(p) for power, p in parts if power < 0]
    result: t.Expr = above[0]
    for part in above[1:]:
        result = t.Mul(result, part, True)
    for part in below:
        result = t.Div(result, part)
    return result


def _terms(goal: Goal) -> Iterator[list[Goal]]:
    a, b = summands(goal.left), summands(goal.right)
    if len(a) == len(b) == 1 and a[0][0] > 0 and b[0][0] > 0:
        return
    common, mine, rest = _without_common(a, b)
    if common or (len(mine) == len(rest) == 1):
        if len(mine) == len(rest) == 1 and mine[0][0] == rest[0][0] < 0:
            yield [Goal(goal.context, rest[0][1], goal.op, mine[0][1])]
        else:
            yield [replace(goal, left=total(mine), right=total(rest))]
    if (shared := _shared([p for _, p in (*mine, *rest)])) is not None:
        outside, inside = shared
        sides = [total([(s, inside[k + n]) for k, (s, _) in enumerate(part)]) for part, n in ((mine, 0), (rest, len(mine)))]
        whole = replace(goal, left=sides[0], right=sides[1])
        yield [whole] if goal.op == "=" else [Goal(goal.context, ZERO, goal.op, outside), whole]
    if len(mine) == len(rest) > 1 and [s for s, _ in mine] == [s for s, _ in rest]:
        pairs = [(x, y) if sign > 0 else (y, x) for (sign, x), (_, y) in zip(mine, rest, strict=True)]
        yield [replace(goal, left=x, right=y) for x, y in pairs]


def _shared(terms: list[t.Expr]) -> tuple[t.Expr, list[t.Expr]] | None:
    """A factor that all terms have, and the terms without it."""
    if len(terms) < 2:
        return None
    parts = [factors(term) for term in terms]
    for power, one in parts[0]:
        if isinstance(one, t.Number) or one == MINUS:
            continue
        rests = []
        for mine in parts:
            place = next((k for k, (p, other) in enumerate(mine) if p == power and t.same(one, other)), None)
            if place is None:
                break
            rests.append(product_of([*mine[:place], *mine[place + 1 :]]))
        else:
            return product_of([(power, one)]), rests
    return None


def _factors(goal: Goal) -> Iterator[list[Goal]]:
    a, b = factors(goal.left), factors(goal.right)
    if len(a) == len(b) == 1 and a[0][0] > 0 and b[0][0] > 0:
        return
    common, mine, rest = _without_common(a, b)
    plain = all(t.same(part, ONE) for _, part in common)
    if goal.op == "=":
        if common and not plain:
            yield [replace(goal, left=product_of(mine), right=product_of(rest))]
        if len(mine) == len(rest) and (len(mine) > 1 or common) and [s for s, _ in mine] == [s for s, _ in rest]:
            yield [replace(goal, left=x, right=y) for (_, x), (_, y) in zip(mine, rest, strict=True)]
        return
    if not plain:
        outside = product_of(common)
        sign = Goal(goal.context, ZERO, goal.op, outside)
        yield [sign, replace(goal, left=product_of(mine), right=product_of(rest))]
        sign = Goal(goal.context, outside, goal.op, ZERO)
        yield [sign, replace(goal, left=product_of(rest), right=product_of(mine))]
    if plain and len(mine) == len(rest) == 1 and mine[0][0] == rest[0][0] == -1:  # 1 / x <= 1 / y where 0 < y <= x
        yield [Goal(goal.context, ZERO, "<", rest[0][1]), Goal(goal.context, rest[0][1], goal.op, mine[0][1])]


def _heads(goal: Goal) -> Iterator[list[Goal]]:
    left, right, equal = goal.left, goal.right, goal.op == "="
    match left, right:
        case t.Call(f, xs), t.Call(g, ys) if f == g and len(xs) == len(ys):
            yield from _arguments(goal, f, xs, ys)
        case t.Pow(x, m), t.Pow(y, n):
            if equal:
                yield [replace(goal, left=x, right=y), replace(goal, left=m, right=n)]
            elif t.same(m, n) and isinstance(power := t.bare(m), t.Number) and power.value > 0:
                yield [Goal(goal.context, ZERO, "<=", x), replace(goal, left=x, right=y)]
        case t.Big(f, bs), t.Big(g, cs) if f == g and len(bs) == len(cs) and f in ("sum", "prod", "max", "min"):
            yield from _big(goal, left, right)
        case t.Derivative(x, u), t.Derivative(y, v) if equal and t.same(u, v):
            if (around := _around(goal.context, t.bare(u))) is not None:
                yield [Goal(around, x, "=", y)]
        case t.Limit(), t.Limit() if equal and left.side == right.side and t.same(left.point, right.point):
            if left.variable.type == right.variable.type:
                yield [_near(goal.context, left, right)]


def _arguments(goal: Goal, function: str, xs: tuple[t.Expr, ...], ys: tuple[t.Expr, ...]) -> Iterator[list[Goal]]:
    if goal.op == "=" or (function in ("max", "min") and goal.op == "<="):
        yield [replace(goal, left=x, right=y) for x, y in zip(xs, ys, strict=True)]
    elif function in RISING:
        yield [replace(goal, left=xs[0], right=ys[0])]


def _big(goal: Goal, left: t.Big, right: t.Big) -> Iterator[list[Goal]]:
    context, sides = goal.context, [left.body, right.body]
    ranges = False
    for one, other in zip(left.binders, right.binders, strict=True):
        ends = [(one.lower, other.lower), (one.upper, other.upper)]
        if one.symbol.type != other.symbol.type or not all((x is None) == (y is None) for x, y in ends):
            return
        if any(x is not None and y is not None and not t.same(x, y) for x, y in ends):
            return
        letter = t.Symbol(loose_letter(context, "at"), one.symbol.type)
        context = replace(context, symbols={**context.symbols, letter.name: letter}, fixed=context.fixed | {letter})
        sides = [substitute(side, {b.symbol: letter}) for side, b in zip(sides, (one, other), strict=True)]
        if one.lower is not None and one.upper is not None:
            ranges = True
            if len(left.binders) > 1:
                return
            context = context.assuming(t.Relation((one.lower, letter), ("<=",)), t.Relation((letter, one.upper), ("<=",)))
    op = WEAK.get(goal.op, goal.op) if ranges else goal.op
    if ranges and op != goal.op:  # no term, no strict inequality
        return
    goals = [Goal(context, sides[0], op, sides[1])]
    if left.op == "prod" and goal.op != "=":
        if goal.op != "<=":
            return
        goals.insert(0, Goal(context, ZERO, "<=", sides[0]))
    yield goals


def _around(context: Context, variable: t.Expr) -> Context | None:
    """Where two functions have to agree for their derivatives to agree: at all values of the variable near it."""
    letter = t.bare(variable.base) if isinstance(variable, t.Index) else variable
    if not isinstance(letter, t.Symbol) or letter.type.domain not in ("real", "positive"):
        return None
    return replace(context, hypotheses=tuple(h for h in context.hypotheses if _is_open(context, h, letter)))


def _is_open(context: Context, hypothesis: t.Expr, letter: t.Symbol) -> bool:
    """Whether a hypothesis that holds at a value of the letter holds near it."""
    if letter not in t.free_symbols(context.unfold(hypothesis)):
        return True
    core = t.bare(context.unfold(hypothesis))
    return isinstance(core, t.Relation) and set(core.ops) <= {"<", ">", "!="} and all(_varies(a, letter) for a in core.args)


def _varies(node: t.Expr, letter: t.Symbol) -> bool:
    """Whether what has a value at a value of the letter has one near it, without a jump: step jumps, sqrt ends at 0."""
    node = t.bare(node)
    if letter not in t.free_symbols(node):
        return True
    match node:
        case t.Pow(base, exponent):
            return letter not in t.free_symbols(exponent) and is_whole(exponent) and _varies(base, letter)
        case t.Call("log" | "log2" | "log10" | "sqrt", (argument,)):
            core = t.bare(argument)
            return (t.bare(core.base) if isinstance(core, t.Index) else core) == letter and letter.type.domain == "positive"
        case t.Symbol() | t.Neg() | t.Add() | t.Sub() | t.Mul() | t.Div() | t.Index() | t.Apply() | t.List():
            pass
        case t.Call("exp" | "erfc" | "abs" | "max" | "min" | "dot" | "transpose"):
            pass
        case t.Big("sum" | "prod" | "max" | "min" | "vector", binders):
            if any(letter in t.free_symbols(end) for b in binders for end in b.ends or ()):
                return False
        case _:
            return False
    return all(_varies(child, letter) for child in t.children(node))


def _near(context: Context, left: t.Limit, right: t.Limit) -> Goal:
    """The bodies agree at every place near the point, the point excepted."""
    letter = t.Symbol(loose_letter(context, "at"), left.variable.type)
    sides = [substitute(node.body, {node.variable: letter}) for node in (left, right)]
    context = replace(context, symbols={**context.symbols, letter.name: letter}, fixed=context.fixed | {letter})
    if left.point == t.INFINITY:
        near = [t.Relation((letter, ZERO), (">",))] if letter.type.domain in ("real", "nonnegative") else []
    elif t.bare(left.point) == t.Neg(t.INFINITY):
        near = [t.Relation((letter, ZERO), ("<",))]
    else:
        near = [t.Relation((letter, left.point), ({"+": ">", "-": "<"}.get(left.side, "!="),))]
    return Goal(context.assuming(*near), sides[0], "=", sides[1])


def shown(node: t.Expr) -> str:
    """A tree made here as text, with the brackets that it needs and no others."""
    return text_of(_unbracketed(node))


def _unbracketed(node: t.Expr) -> t.Expr:
    return _unbracketed(node.body) if isinstance(node, t.Paren) else t.map_children(node, _unbracketed)


# limits -----------------------------------------------------------------------------------------------------------


def without_limits(context: Context, relation: t.Expr, decide: Decide) -> tuple[t.Expr, list[Verdict]] | None:
    """The relation with what its limits are in their places, and the proofs that they are; None if one is not found."""
    nodes: list[t.Limit] = []
    node = context.unfold(relation)

    def collect(part: t.Expr) -> None:
        if isinstance(part, t.Limit):
            nodes.append(part)
        else:
            for child in t.children(part):
                collect(child)

    collect(node)
    shown: list[Verdict] = []
    for one in nodes:
        if not (symbols := t.free_symbols(one)) <= {*context.symbols.values(), *context.fixed} and symbols:
            return None  # a letter that is bound outside
        found = next(
            ((v, p) for v in values_of_limit(context, one) if (p := decide(context, t.Relation((one, v), ("=",)))).held), None
        )
        if found is None or found[1].level is not Level.PROVED:
            return None
        node = with_part(node, one, t.Paren(found[0]))
        shown.append(found[1])
    return (node, shown) if nodes else None


def values_of_limit(context: Context, node: t.Limit) -> Iterator[t.Expr]:
    """What a limit may be: as the kernel finds it."""
    inner = lettered(context, node)
    scope = claim_scope(inner, node)
    ways: tuple[Callable[[], t.Expr], ...] = (lambda: node, lambda: closed_limit(scope, node)[0])
    for way in ways:
        with suppress(*FAILS):
            _, _, value = value_of(scope, way())
            yield inner.parse(value) if isinstance(value, str) else Writer(inner, node).tree(value)
            return


# equivalences -----------------------------------------------------------------------------------------------------


def by_equivalents(context: Context, claim: t.Iff, decide: Decide) -> list[Verdict] | None:
    """`exp(u) < v` as u < log(v), `log(u) = v` as u = exp(v), `sqrt(u) < v` as u < v^2, on either side; then by a multiple."""
    sides = [[(side, None), *_freed(side)] for side in (claim.left, claim.right)]
    for (one, first), (other, second) in list(product(*sides)):
        shown: list[Verdict] = []
        for need in filter(None, (first, second)):
            shown.append(decide(context, need))
        if any(v.level is not Level.PROVED for v in shown):
            continue
        whole = t.Iff(one, other)
        if first is not None or second is not None:
            verdict = decide(context, whole)
            if verdict.level is Level.PROVED:
                return [*shown, verdict]
        if (found := by_multiple(context, whole, decide)) is not None:
            return [*shown, *found]
    return None


def by_combination(context: Context, claim: t.Iff, decide: Decide) -> list[Verdict] | None:
    """Equations that are combinations of those on the other side, with numbers: x + y = 3 and x - y = 1 give 2 x = 4."""
    sides = [_gaps(side) for side in (claim.left, claim.right)]
    if not all(sides) or len(sides[0]) * len(sides[1]) == 1:
        return None
    scope = claim_scope(context, claim)
    shown: list[Verdict] = []
    try:
        normal = scope.normal()
        read = [[normal.read(context.unfold(gap)) for gap in side] for side in sides]
    except FAILS:
        return None
    for here, there in ((0, 1), (1, 0)):
        for goal, gap in zip(read[there], sides[there], strict=True):
            weights = combination([dict(p.terms) for p in read[here]], dict(goal.terms))
            if weights is None:
                return None
            parts = [(1, t.Mul(t.Paren(t.number(w)), t.Paren(g), True)) for w, g in zip(weights, sides[here], strict=True) if w]
            verdict = decide(context, t.Relation((gap, total(parts)), ("=",)))
            if verdict.level is not Level.PROVED:
                return None
            shown.append(verdict)
    return shown


def _gaps(side: t.Expr) -> list[t.Expr]:
    """left - right of each equation of a conjunction of equations."""
    core = t.bare(side)
    parts = [t.bare(part) for part in core.parts] if isinstance(core, t.And) else [core]
    equations = [part for part in parts if isinstance(part, t.Relation) and set(part.ops) == {"="}]
    if len(equations) < len(parts):
        return []
    return [t.Sub(t.Paren(a), t.Paren(b)) for one in equations for a, b in zip(one.args, one.args[1:], strict=False)]


def combination(known: list[dict[Any, Fraction]], goal: dict[Any, Fraction]) -> list[Fraction] | None:
    """The numbers by which the known rows make the goal; None if none do."""
    rows = [[*(Fraction(k.get(m, 0)) for k in known), Fraction(goal.get(m, 0))] for m in {m for k in (*known, goal) for m in k}]
    pivots: list[int] = []
    for column in range(len(known)):
        place = next((k for k in range(len(pivots), len(rows)) if rows[k][column]), None)
        if place is None:
            continue
        rows[len(pivots)], rows[place] = rows[place], rows[len(pivots)]
        pivot = [value / rows[len(pivots)][column] for value in rows[len(pivots)]]
        rows = [
            pivot if k == len(pivots) else [a - row[column] * b for a, b in zip(row, pivot, strict=True)]
            for k, row in enumerate(rows)
        ]
        pivots.append(column)
    if any(row[-1] for row in rows[len(pivots) :]):
        return None
    found = dict(zip(pivots, (row[-1] for row in rows), strict=False))
    return [found.get(k, Fraction(0)) for k in range(len(known))]


def _freed(side: t.Expr) -> Iterator[tuple[t.Expr, t.Expr]]:
    """Relations that are equivalent to this one where a condition holds, with the condition."""
    core = t.bare(side)
    if not isinstance(core, t.Relation) or len(core.ops) != 1:
        return
    for (a, b), op in ((core.args, core.ops[0]), (core.args[::-1], UP[core.ops[0]])):
        match t.bare(a):
            case t.Call("exp", (u,)):
                yield t.Relation((u, t.Call("log", (b,))), (op,)), t.Relation((b, ZERO), (">",))
            case t.Call("log", (u,)):
                yield t.Relation((u, t.Call("exp", (b,))), (op,)), t.Relation((u, ZERO), (">",))
            case t.Call("sqrt", (u,)):
                yield t.Relation((u, t.Pow(t.Paren(b), t.number(2))), (op,)), t.Relation((b, ZERO), (">=",))


@dataclass(frozen=True)
class Solved:
    """The one value of a letter with which an equation holds, and what must not be 0 for that."""

    value: t.Expr
    nonzero: tuple[t.Expr, ...] = ()


def by_solving(context: Context, claim: t.Iff, decide: Decide) -> list[Verdict] | Verdict | None:
    """Equations solved for a letter: equivalent if both give one value; refuted if one fails at a point where the other holds."""
    about = frozenset().union(*(t.free_symbols(context.unfold(h)) for h in context.hypotheses))
    sides = [t.bare(context.unfold(side)) for side in (claim.left, claim.right)]
    for letter in sorted(t.free_symbols(claim) - about, key=lambda s: s.name):
        if letter.type != t.Type("real"):
            continue
        first, second = (_proved(context, side, letter, decide) for side in sides)
        if first is not None and second is not None:
            same = decide(context, t.Relation((first[0].value, second[0].value), ("=",)))
            if same.level is Level.PROVED:
                return [*first[1], *second[1], same]
        for found, other in ((first, sides[1]), (second, sides[0])):
            if found is None:
                continue
            one, _ = found
            move: dict[t.Symbol, t.Expr] = {letter: t.Paren(one.value)}
            fails = decide(context, substitute(other, move))
            if fails.level is Level.REFUTED:
                said = shown(t.Relation((letter, one.value), ("=",)))
                reason = f"where {said}, one side holds and {shown(other)} does not: {fails.reason}"
                return replace(fails, reason=reason, counterexample=f"{said}, {fails.counterexample}")
    return None


def _proved(context: Context, side: t.Expr, letter: t.Symbol, decide: Decide) -> tuple[Solved, list[Verdict]] | None:
    """The solution, and proofs that the equation holds with it, that it is a number, and that nothing was divided by 0."""
    one = solution(side, letter)
    if one is None:
        return None
    claims = [
        substitute(side, {letter: t.Paren(one.value)}),
        t.Relation((one.value, one.value), ("=",)),
        *(t.Relation((part, ZERO), ("!=",)) for part in one.nonzero),
    ]
    shown: list[Verdict] = []
    for claim in claims:
        shown.append(decide(context, claim))
        if shown[-1].level is not Level.PROVED:
            return None
    return one, shown


def solution(side: t.Expr, letter: t.Symbol) -> Solved | None:
    """The letter of an equation that holds it once: what stands around it is undone from outside."""
    core = t.bare(side)
    if not isinstance(core, t.Relation) or core.ops != ("=",):
        return None
    left, right = map(t.bare, core.args)
    if sum(n == letter for part in (left, right) for n in t.walk(part)) != 1:
        return None
    return _isolated(right, left, letter, ()) if letter in t.free_symbols(right) else _isolated(left, right, letter, ())


def _isolated(node: t.Expr, value: t.Expr, letter: t.Symbol, nonzero: tuple[t.Expr, ...]) -> Solved | None:
    rest, node = t.Paren(value), t.bare(node)

    def holds(part: t.Expr) -> bool:
        return letter in t.free_symbols(part)

    match node:
        case t.Symbol():
            return Solved(value, nonzero)
        case t.Neg(a):
            return _isolated(a, t.Neg(rest), letter, nonzero)
        case t.Add(a, b):
            inside, other = (a, b) if holds(a) else (b, a)
            return _isolated(inside, t.Sub(rest, t.Paren(other)), letter, nonzero)
        case t.Sub(a, b):
            inside, there = (a, t.Add(rest, t.Paren(b))) if holds(a) else (b, t.Sub(t.Paren(a), rest))
            return _isolated(inside, there, letter, nonzero)
        case t.Mul(a, b):
            inside, other = (a, b) if holds(a) else (b, a)
            return _isolated(inside, t.Div(rest, t.Paren(other)), letter, (*nonzero, other))
        case t.Div(a, b) if holds(a):
            return _isolated(a, t.Mul(rest, t.Paren(b), True), letter, nonzero)
        case t.Div(a, b):
            return _isolated(b, t.Div(t.Paren(a), rest), letter, (*nonzero, value))
        case t.Call(name, (a,)) if name in UNDONE:
            return _isolated(a, UNDONE[name](value), letter, nonzero)
    return None


UNDONE: dict[str, Callable[[t.Expr], t.Expr]] = {  # x of exp(x) = value, log(x) = value, sqrt(x) = value
    "exp": lambda value: t.Call("log", (value,)),
    "log": lambda value: t.Call("exp", (value,)),
    "sqrt": lambda value: t.Pow(t.Paren(value), t.number(2)),
}


def by_multiple(context: Context, claim: t.Iff, decide: Decide) -> list[Verdict] | None:
    """`a < b <=> c < d` where d - c is b - a times something positive; for equations, something that is not 0."""
    left, right = t.bare(claim.left), t.bare(claim.right)
    if not (isinstance(left, t.Relation) and isinstance(right, t.Relation) and len(left.ops) == len(right.ops) == 1):
        return None
    if {left.ops[0], UP[left.ops[0]]} != {right.ops[0], UP[right.ops[0]]}:
        return None
    gaps = [t.Paren(t.Sub(t.Paren(r.args[0]), t.Paren(r.args[1]))) for r in (left, right)]
    equation = left.ops[0] in ("=", "!=")
    for by in _multipliers(gaps[0], gaps[1]):
        factor = t.Neg(t.Paren(by)) if left.ops != right.ops else by
        same = decide(context, t.Relation((t.Mul(gaps[0], t.Paren(factor), True), gaps[1]), ("=",)))
        if same.level is not Level.PROVED:
            continue
        sized = decide(context, t.Relation((by, ZERO), ("!=" if equation else ">",)))
        if sized.level is Level.PROVED:
            return [same, sized]
    return None


def denominators(node: t.Expr) -> list[t.Expr]:
    """What terms of an expression are divided by, each once; not what stands inside sums and functions."""
    found: list[t.Expr] = []
    for _, term in summands(node):
        for power, part in factors(term):
            if power < 0:
                if not any(t.same(part, other) for other in found):
                    found.append(part)
            elif isinstance(part, (t.Add, t.Sub, t.Neg)):
                found += [p for p in denominators(part) if not any(t.same(p, other) for other in found)]
    return found


def _multipliers(one: t.Expr, other: t.Expr) -> Iterator[t.Expr]:
    """By what one gap may be multiplied to give the other: denominators of either, and a number."""
    down, up = denominators(other), denominators(one)
    rests: list[Signed] = [[]]
    letters = sorted(
        {s for s in t.free_symbols(one) | t.free_symbols(other) if not s.type.shape and s.type.domain not in COUNTED[:1]},
        key=lambda s: s.name,
    )
    rests += [[(power, s)] for s in letters for power in (1, -1)]
    tops = [[(1, p) for p in chosen] for chosen in _subsets(up)]
    bottoms = [[(-1, p) for p in chosen] for chosen in _subsets(down)]
    for rest, top, bottom in product(rests, tops, bottoms):
        for n in (1, 2) if not rest else (1,):
            for power in (1, -1) if n > 1 else (1,):
                yield product_of([*([(power, t.number(n))] if n > 1 else []), *rest, *top, *bottom])


def _subsets(parts: list[t.Expr]) -> Iterator[list[t.Expr]]:
    """All of them first, then none, then one each."""
    if parts:
        yield parts
    yield []
    if len(parts) > 1:
        yield from ([p] for p in parts)
