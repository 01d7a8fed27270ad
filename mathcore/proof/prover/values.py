"""Where the sides of a step have values: no divisor is 0, and what stood there before has its roots and logarithms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from enum import Enum

from mathcore.language import tree as t
from mathcore.language.parser import Context
from mathcore.language.substitution import substitute
from mathcore.proof.faults import FAILS
from mathcore.proof.kernel.normal import Normal
from mathcore.proof.kernel.show import show
from mathcore.proof.prover.lemmas import claim_scope
from mathcore.proof.prover.parts import factors
from mathcore.proof.rules.algebra import is_natural

ZERO = t.number(0)
ROOTS = ("log", "log2", "log10", "sqrt")


class Roots(Enum):
    """Which roots and logarithms are taken to have values, and whether at 0."""

    KEPT, INSIDE, BROUGHT = range(3)  # of the line before; there no logarithm of 0; of the line itself too


def where_defined(context: Context, before: t.Expr, after: t.Expr, roots: Roots = Roots.KEPT) -> list[t.Expr]:
    """Conditions that a step takes for granted, those left out that are known: no divisor is 0, and roots have values."""
    scope = claim_scope(context, t.Relation((before, after), ("=",)))
    normal = scope.normal()
    found: list[t.Expr] = []
    for node, rooted in ((before, True), (after, roots is Roots.BROUGHT)):
        for relation, binders in _needs(context.unfold(node), rooted, (), inside=roots is not Roots.KEPT):
            left, right = relation.args
            known = False
            with suppress(*FAILS):
                gap = normal.read(substitute(left, _counted(binders))) - normal.read(right)
                facts = normal.facts
                known = {"!=": facts.nonzero, ">": facts.positive, ">=": facts.nonnegative}[relation.ops[0]](gap)
            bound = _bound(normal, relation, binders)
            condition: t.Expr = t.Big("forall", bound, relation) if bound else relation
            if not known and t.free_symbols(condition) and not any(t.same(condition, other) for other in found):
                found.append(condition)
    return found


def _bound(normal: Normal, relation: t.Relation, binders: tuple[t.Binder, ...]) -> tuple[t.Binder, ...]:
    """The binders that a condition needs: their letters stand in it, or there may be no terms, of which nothing is asked."""
    found: tuple[t.Binder, ...] = ()
    spoken = t.free_symbols(relation)
    for b in reversed(binders):
        if b.symbol in spoken or _may_be_empty(normal, b, binders):
            found, spoken = (b, *found), spoken.union(*map(t.free_symbols, filter(None, (b.lower, b.upper))))
    return found


def _may_be_empty(normal: Normal, b: t.Binder, binders: tuple[t.Binder, ...]) -> bool:
    if b.lower is None or b.upper is None:
        return False
    with suppress(*FAILS):
        low, high = (normal.read(substitute(end, _counted(binders))) for end in (b.lower, b.upper))
        return not normal.facts.nonnegative(high - low)
    return True


def cases(conditions: Sequence[t.Expr]) -> list[list[t.Expr]]:
    """What conditions come to, case by case: `forall(t = 1..T: a != 0)` is a != 0, or there is no such t, T < 1."""
    for place, condition in enumerate(conditions):
        if len(ways := _ways(condition)) > 1:
            others = [*conditions[:place], *conditions[place + 1 :]]
            some = cases([*others, ways[0]])
            return some + [[none, *case] for none in ways[1:] for case in cases([c for c in others if none not in _ways(c)])]
    return [list(conditions)]


def _ways(condition: t.Expr) -> list[t.Expr]:
    """A condition for terms of which it does not speak: it holds, or one of their ranges is empty."""
    match condition:
        case t.Big("forall", binders, body):
            spoken = t.free_symbols(body).union(*(t.free_symbols(e) for b in binders for e in (b.lower, b.upper) if e))
            inner = {b.symbol for b in binders}
            kept, none = list[t.Binder](), list[t.Expr]()
            for b in binders:
                if b.symbol in spoken or b.lower is None or b.upper is None or inner & t.free_symbols(t.Sub(b.upper, b.lower)):
                    kept.append(b)
                else:
                    none.append(t.Relation((b.upper, b.lower), ("<",)))
            return [t.Big("forall", tuple(kept), body) if kept else body, *none]
    return [condition]


def without_terms(node: t.Expr, condition: t.Expr) -> t.Expr:
    """A formula where `T < 1`, that no term of a range is there: its sums are 0, its products 1, and T is its least number."""
    match condition:
        case t.Relation((high, low), ("<",)):
            pass
        case _:
            return node

    def emptied(n: t.Expr) -> t.Expr:
        if isinstance(n, t.Big) and n.op in ("sum", "prod") and any((b.upper, b.lower) == (high, low) for b in n.binders):
            return t.number(0 if n.op == "sum" else 1)
        return t.map_children(n, emptied)

    made, least = emptied(node), t.bare(low)
    if isinstance(high, t.Symbol) and isinstance(least, t.Number) and high.type.domain == "natural" and not high.type.shape:
        made = substitute(made, {high: t.number(high.type.minimum)}) if least.value == high.type.minimum + 1 else made
    return made


def surely(context: Context, *sides: t.Expr) -> list[t.Expr]:
    """What is true of the letters wherever all sides have values, those of empty sums and of 0 log(0) included."""
    found: list[t.Expr] = []
    for side in sides:
        for relation, binders in _certain(context.unfold(side), ()):
            bound = tuple(b for b in binders if b.lower is not None or b.symbol in t.free_symbols(relation))
            condition: t.Expr = t.Big("forall", bound, relation) if bound else relation
            if t.free_symbols(condition) and not any(t.same(condition, other) for other in found):
                found.append(condition)
    return found


Needed = tuple[t.Relation, tuple[t.Binder, ...]]


def _certain(node: t.Expr, binders: tuple[t.Binder, ...]) -> Iterator[Needed]:
    match node:
        case t.Relation() | t.Paren() | t.Neg() | t.Add() | t.Sub() | t.Mul() | t.Derivative() | t.Call("abs" | "exp" | "sqrt"):
            pass
        case t.Div(_, below):
            for _, part in factors(below):
                part = t.bare(part)
                positive = isinstance(part, t.Pow) and isinstance(n := t.bare(part.exponent), t.Number) and n.value > 0
                yield t.Relation((t.bare(part.base) if positive else part, ZERO), ("!=",)), binders  # type: ignore[attr-defined]  # a power
        case t.Pow(_, exponent) if isinstance(t.bare(exponent), t.Number):
            pass
        case t.Big("sum" | "prod" | "max" | "min", inner, _):
            binders = (*binders, *inner)
        case t.At(targets, values, body):
            taken = frozenset().union(*map(t.free_symbols, values))
            for relation, inner in _certain(body, ()):
                if not taken & {b.symbol for b in inner}:
                    yield substitute(relation, dict(zip(targets, values, strict=True))), (*binders, *inner)  # type: ignore[misc]  # names that are all there
            return
        case _:
            return
    if isinstance(node, t.Call) and node.name == "sqrt":
        yield t.Relation((node.args[0], ZERO), (">=",)), binders
    for child in t.children(node):
        if not isinstance(child, t.Binder):
            yield from _certain(child, binders)


def divisors(context: Context, conditions: Sequence[t.Expr]) -> set[str]:
    """The factors of what is not 0, as the kernel tells them: none of them is 0."""
    scope = claim_scope(context, ZERO)
    found: set[str] = set()
    for condition in conditions:
        match condition:
            case t.Relation((left, _), ("!=",)) if not any(isinstance(n, t.Pow | t.Big) and not _plain(n) for n in t.walk(left)):
                normal = scope.normal()
                with suppress(*FAILS):
                    value, read = normal.read(left), set(normal.conditions)
                    normal.inverse(value)
                    found |= {f"{show(c.value)} != 0" for key, c in normal.conditions.items() if key not in read}
    return found


def _plain(node: t.Expr) -> bool:
    return isinstance(node, t.Pow) and isinstance(t.bare(node.exponent), t.Number)


def _counted(binders: tuple[t.Binder, ...]) -> dict[t.Symbol, t.Expr]:
    """The letters of ranges as letters that begin where the ranges do."""
    least = [(b.symbol, t.bare(b.lower)) for b in binders if b.lower is not None]
    return {s: t.Symbol(s.name, replace(s.type, minimum=int(n.value))) for s, n in least if isinstance(n, t.Number)}


def _needs(
    node: t.Expr, roots: bool, binders: tuple[t.Binder, ...], varied: bool = False, inside: bool = False
) -> Iterator[tuple[t.Relation, tuple[t.Binder, ...]]]:
    """`varied`: all around a point, for a derivative. `inside`: logarithms are numbers; a root has a value at 0 as well."""
    match node:
        case t.Limit() | t.At() | t.Implies():
            return
        case t.Div(_, below):
            for _, part in factors(below):
                part = t.bare(part)
                part = t.bare(part.base) if isinstance(part, t.Pow) else part
                yield t.Relation((part, ZERO), ("!=",)), binders
        case t.Pow(base, exponent) if not isinstance(t.bare(exponent), t.Number) and not is_natural(exponent):
            yield t.Relation((base, ZERO), ("!=",)), binders
        case t.Call(name, args) if roots and name in ROOTS:
            yield t.Relation((args[0], ZERO), (">" if varied or (inside and name != "sqrt") else ">=",)), binders
        case t.Call("abs" | "step", (a,)) if varied:  # no derivative at a kink
            yield t.Relation((a, ZERO), ("!=",)), binders
        case t.Call("max" | "min", (a, b)) if varied:
            yield t.Relation((a, b), ("!=",)), binders
        case t.Mean(batch, _) if batch.type.over is not None:
            yield t.Relation((batch.type.shape[0], batch.type.over), (">=",)), binders
            return
        case t.Derivative():
            varied = True
        case t.Big(_, inner, _):
            binders = (*binders, *inner)
    for child in t.children(node):
        if not isinstance(child, t.Binder):
            yield from _needs(child, roots, binders, varied, inside)
