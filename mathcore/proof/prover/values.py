"""Where the sides of a step have values: no divisor is 0, and what stood there before has its roots and logarithms."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
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
from mathcore.proof.prover.parts import factors, product_of
from mathcore.proof.rules.algebra import is_natural
from mathcore.proof.transfer.forms import rational

ZERO = t.number(0)
LOGARITHMS = ("log", "log2", "log10")


class Roots(Enum):
    """Which roots and logarithms are taken to have values, and whether at 0."""

    KEPT, INSIDE, BROUGHT = range(3)  # of the line before; there no logarithm of 0; of the line itself too


def where_defined(context: Context, before: t.Expr, after: t.Expr, roots: Roots = Roots.KEPT) -> list[t.Expr]:
    """Conditions that a step takes for granted, those left out that are known: no divisor is 0, and roots have values."""
    scope = claim_scope(context, t.Relation((before, after), ("=",)))
    normal = scope.normal()
    found: list[t.Expr] = []
    for node, rooted in ((before, True), (after, roots is Roots.BROUGHT)):
        for relation, binders in _needs(context.unfold(node), rooted, (), within=roots is not Roots.KEPT):
            assert isinstance(relation, t.Relation)
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


def _bound(normal: Normal, relation: t.Expr, binders: Binders) -> tuple[t.Binder, ...]:
    """The binders that a condition needs: their letters stand in it, or there may be no terms, of which nothing is asked."""
    found: tuple[t.Binder, ...] = ()
    spoken = t.free_symbols(relation)
    for b in reversed(binders):
        if b.symbol in spoken or _may_be_empty(normal, b, binders):
            found, spoken = (b, *found), spoken.union(*map(t.free_symbols, filter(None, (b.lower, b.upper))))
    return found


def _may_be_empty(normal: Normal, b: t.Binder, binders: Binders) -> bool:
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
    return _told(needed for side in sides for needed in _certain(context.unfold(side), ()))


def inside(context: Context, *sides: t.Expr, declared: bool = True) -> list[t.Expr]:
    """That no logarithm of the sides is one of 0; without `declared`, only where nobody says that its argument may be 0.

    Of a letter that is declared nonnegative its author says so, and log(0) is then -inf by convention.
    """
    own, bare = claim_scope(context, ZERO).normal(), claim_scope(replace(context, hypotheses=()), ZERO).normal()

    def is_said(argument: t.Expr) -> bool:
        of_any = {
            s: t.Symbol(s.name, replace(s.type, domain="real")) for s in t.free_symbols(argument) if s.type.domain in SIGNED
        }
        with suppress(*FAILS):
            by_form = bare.facts.nonnegative(bare.read(substitute(argument, of_any)))
            return own.facts.nonnegative(own.read(argument)) and not by_form
        return False

    def is_meant(needed: Needed) -> bool:
        positive, binders = needed
        positive = positive.conclusion if isinstance(positive, t.Implies) else positive
        return declared or not is_said(substitute(t.children(positive)[0], _counted(binders)))

    return _told(filter(is_meant, (needed for side in sides for needed in _of_logarithms(context.unfold(side), ()))))


SIGNED = ("positive", "nonnegative", "unit", "simplex", "onehot")


Binders = tuple[t.Binder, ...]
Needed = tuple[t.Expr, Binders]


def _told(needs: Iterable[Needed]) -> list[t.Expr]:
    """Needs as conditions on the letters, each one once."""
    found: list[t.Expr] = []
    for relation, binders in needs:
        bound = tuple(b for b in binders if b.lower is not None or b.symbol in t.free_symbols(relation))
        condition: t.Expr = t.Big("forall", bound, relation) if bound else relation
        if t.free_symbols(condition) and not any(t.same(condition, other) for other in found):
            found.append(condition)
    return found


def _below(node: t.Expr, binders: Binders, needs: Callable[[t.Expr, Binders], Iterator[Needed]]) -> Iterator[Needed]:
    """What the parts of a node need: of a body with values put in, what it needs of them; near the point of a limit, what
    does not speak of its variable."""
    match node:
        case t.At(targets, values, body):
            put = dict(zip(targets, values, strict=True))
            for relation, inner in needs(body, ()):
                moved = substitute(t.Big("forall", inner, relation) if inner else relation, put)
                own = moved.binders if isinstance(moved, t.Big) else ()
                yield (moved.body if isinstance(moved, t.Big) else moved), (*binders, *own)
            for value in values:
                yield from needs(value, binders)
        case t.Limit(variable, point, _, body):
            for relation, inner in needs(body, binders):
                if variable not in t.free_symbols(t.Big("forall", inner, relation) if inner else relation):
                    yield relation, inner
            yield from needs(point, binders)
        case _:
            inner = (*binders, *node.binders) if isinstance(node, t.Big) else binders
            for child in t.children(node):
                if not isinstance(child, t.Binder):
                    yield from needs(child, inner)


def _of_logarithms(node: t.Expr, binders: Binders, beside: t.Expr | None = None) -> Iterator[Needed]:
    """That their arguments are > 0; where what stands `beside` a logarithm is 0, the product is 0 by convention."""
    match node:
        case t.Implies() | t.Mean():
            return
        case t.Mul() | t.Div() if not t.shape_of(node):
            parts = factors(node)
            for place, (_, part) in enumerate(parts):
                rest = [p for k, p in enumerate(parts) if k != place and p[0] > 0 and t.free_symbols(p[1])]
                yield from _of_logarithms(part, binders, _product(beside, rest))
            return
        case t.Add() | t.Sub() | t.Neg() | t.Paren():
            for child in t.children(node):
                yield from _of_logarithms(child, binders, beside)
            return
        case t.Call(name, (argument,)) if name in LOGARITHMS:
            positive = t.Relation((argument, ZERO), (">",))
            yield (positive if beside is None else t.Implies(t.Relation((beside, ZERO), ("!=",)), positive)), binders
    yield from _below(node, binders, _of_logarithms)


def _product(one: t.Expr | None, parts: list[tuple[int, t.Expr]]) -> t.Expr | None:
    if one is None:
        return product_of(parts) if parts else None
    return product_of([(1, one), *parts])


def _of_base(exponent: t.Expr) -> str:
    """How the base of a power compares with 0, so that it has a value; of an exponent that is any number, for all of them."""
    number = rational(exponent)
    if is_natural(exponent) or (number is not None and number.denominator == 1 and number >= 0):
        return ""
    if is_whole(exponent):
        return "!="
    return ">=" if number is not None and number > 0 else ">"


def is_whole(node: t.Expr) -> bool:
    """A whole number by its form."""
    node = t.bare(node)
    match node:
        case t.Symbol(_, kind):
            return kind.domain in ("natural", "size", "index") and not kind.shape
        case t.Add(a, b) | t.Sub(a, b) | t.Mul(a, b):
            return is_whole(a) and is_whole(b)
        case t.Neg(a):
            return is_whole(a)
    number = rational(node)
    return number is not None and number.denominator == 1


def _certain(node: t.Expr, binders: Binders) -> Iterator[Needed]:
    match node:
        case t.Relation() | t.Paren() | t.Neg() | t.Add() | t.Sub() | t.Mul() | t.Derivative() | t.Call("abs" | "exp" | "sqrt"):
            pass
        case t.Div(_, below):
            for _, part in factors(below):
                part = t.bare(part)
                if isinstance(part, t.Pow) and isinstance(n := t.bare(part.exponent), t.Number) and n.value > 0:
                    part = t.bare(part.base)
                yield t.Relation((part, ZERO), ("!=",)), binders
        case t.Pow(base, exponent):
            op = _of_base(exponent)
            op = ">=" if op == ">" and rational(exponent) is None else op  # 0 has a power where the exponent is > 0
            if op:
                yield t.Relation((t.bare(base), ZERO), (op,)), binders
        case t.Big("sum" | "prod" | "max" | "min") | t.At() | t.Limit():
            pass
        case _:
            return
    if isinstance(node, t.Call) and node.name == "sqrt":
        yield t.Relation((node.args[0], ZERO), (">=",)), binders
    yield from _below(node, binders, _certain)


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


def _counted(binders: Binders) -> dict[t.Symbol, t.Expr]:
    """The letters of ranges as letters that begin where the ranges do."""
    least = [(b.symbol, t.bare(b.lower)) for b in binders if b.lower is not None]
    return {s: t.Symbol(s.name, replace(s.type, minimum=int(n.value))) for s, n in least if isinstance(n, t.Number)}


def _needs(node: t.Expr, roots: bool, binders: Binders, varied: bool = False, within: bool = False) -> Iterator[Needed]:
    """`varied`: all around a point, for a derivative. `within`: logarithms are numbers; a root has a value at 0 as well."""
    match node:
        case t.Implies():
            return
        case t.Div(_, below):
            for _, part in factors(below):
                part = t.bare(part)
                part = t.bare(part.base) if isinstance(part, t.Pow) else part
                yield t.Relation((part, ZERO), ("!=",)), binders
        case t.Pow(base, exponent) if roots and (op := _of_base(exponent)):
            yield t.Relation((t.bare(base), ZERO), (">" if varied and op == ">=" else op,)), binders
        case t.Pow(base, exponent) if _of_base(exponent) in ("!=", ">"):  # it divides, whatever is asked of roots
            yield t.Relation((t.bare(base), ZERO), ("!=",)), binders
        case t.Call("sqrt", (a,)) if roots:
            yield t.Relation((a, ZERO), (">" if varied else ">=",)), binders
        case t.Call(name, (a,)) if roots and name in LOGARITHMS:
            yield t.Relation((a, ZERO), (">" if varied or within else ">=",)), binders
        case t.Call("abs" | "step", (a,)) if varied:  # no derivative at a kink
            yield t.Relation((a, ZERO), ("!=",)), binders
        case t.Call("max" | "min", (a, b)) if varied:
            yield t.Relation((a, b), ("!=",)), binders
        case t.Mean(batch, _) if batch.type.over is not None:
            yield t.Relation((batch.type.shape[0], batch.type.over), (">=",)), binders
            return
    varied = varied or isinstance(node, t.Derivative)
    yield from _below(node, binders, lambda part, around: _needs(part, roots, around, varied, within))
