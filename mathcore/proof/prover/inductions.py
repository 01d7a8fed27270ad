"""Inequalities by induction over a natural number, or over a size that is the size of nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from mathcore.language import tree as t
from mathcore.language.substitution import substitute
from mathcore.proof.checking import check
from mathcore.proof.kernel.atom import Denominator
from mathcore.proof.kernel.polynomial import ZERO
from mathcore.proof.prover.holes import Hole, filled
from mathcore.proof.prover.inequalities import described, searching
from mathcore.proof.prover.trees import Writer, loose_letter
from mathcore.proof.rules.order import UP, gap_of
from mathcore.proof.scope import NotShown, Scope, text_of
from mathcore.rules.induction import Induction
from mathcore.rules.monotone import Monotone


def by_induction(scope: Scope, left: t.Expr, op: str, right: t.Expr) -> str:
    """Over a natural number, or a size that is the size of nothing, up to which a sum runs or that is an exponent."""
    for own, rule, (a, b) in _inductions(scope, left, op, right):
        whole = filled(rule, searching(own), a, op, b)
        check(whole, own, a, op, b)
        return described(whole)
    raise NotShown("no sum up to a natural number")


def by_induction_below(scope: Scope, left: t.Expr, op: str, right: t.Expr) -> str:
    """The same for a fraction whose divisor is positive, by its numerator: x / divisor rises in x."""
    normal, writer = scope.normal(), Writer(scope.context, scope.subject)
    gap = gap_of(scope, normal, left, op, right)
    dens = sorted({a for m in gap.terms for a, e in m if isinstance(a, Denominator) and e < 0})
    if len(dens) != 1 or any(e < -1 for m in gap.terms for a, e in m if a is dens[0]):
        raise NotShown("no fraction with one divisor")
    above = sum((normal.combine((*m, (dens[0], Fraction(1)))).scale(v) for m, v in gap.terms.items()), ZERO)
    below, numerator, zero = text_of(writer.tree(dens[0].value)), writer.tree(above), t.number(0)
    sides = (zero, numerator) if op in UP else (numerator, zero)
    name = loose_letter(scope.context, "x")
    for own, rule, (a, b) in _inductions(scope, sides[0], op, sides[1]):
        inner = f"{text_of(a)} {op} {text_of(b)}"
        whole = Monotone(f"{name} / ({below})", f"{name}: real", inner, filled(rule, searching(own), a, op, b))
        check(whole, own, left, op, right)
        return described(whole)
    raise NotShown("no natural number to count by")


def _inductions(scope: Scope, left: t.Expr, op: str, right: t.Expr) -> Iterator[tuple[Scope, Induction, tuple[t.Expr, t.Expr]]]:
    """Each with its scope, in which what is counted is a natural number, and the sides there."""
    sides = [scope.unfold(side) for side in (left, right)]
    ends = [n.binders[0].upper for s in sides for n in t.walk(s) if isinstance(n, t.Big) and n.binders[0].upper is not None]
    ends += [n.exponent for s in sides for n in t.walk(s) if isinstance(n, t.Pow)]
    entries = [n for s in sides for n in t.walk(s) if isinstance(n, t.Index) and t.shape_of(n.base) == (t.NATURALS,)]
    ends += [n.indices[0] for n in entries]
    free = {s for end in ends for s in t.free_symbols(end)}
    for over in sorted((s for s in free if s.type.domain in ("natural", "size") and not s.type.shape), key=lambda s: s.name):
        if scope.context.symbols.get(over.name) != over or any(over in t.free_symbols(s) - {s} for s in _symbols(sides)):
            continue
        counted = t.Symbol(over.name, t.Type("natural", minimum=over.type.minimum))
        move: dict[t.Symbol, t.Expr] = {over: counted}
        known = {k: v for k, v in scope.context.symbols.items() if over not in t.free_symbols(v)} | {over.name: counted}
        hypotheses = tuple(substitute(h, move) for h in scope.context.hypotheses)
        subject = None if scope.subject is None else substitute(scope.unfold(scope.subject), move)
        own = replace(scope, context=replace(scope.context, symbols=known, hypotheses=hypotheses), subject=subject)
        a, b = (substitute(side, move) for side in sides)
        yield own, Induction(over.name, Hole(1), Hole(1)), (a, b)


def _symbols(sides: list[t.Expr]) -> set[t.Symbol]:
    nodes = [n for side in sides for n in t.walk(side)]
    return {n for n in nodes if isinstance(n, t.Symbol)} | {s for n in nodes for s in t.bound_symbols(n)}
