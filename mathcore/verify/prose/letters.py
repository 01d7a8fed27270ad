"""Decimals beside letters: where hypotheses leave the other side one value, a decimal after `=` is that value, rounded."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from flint import arb

from mathcore.conformance.examples import Claim, claims_of, width
from mathcore.conformance.rounding import BITS, Walk, is_wide
from mathcore.conformance.rounding import with_rounding as loosened
from mathcore.document.chain import Rounded
from mathcore.evidence import Level, Verdict
from mathcore.language import tree as t
from mathcore.language.chain import core_of
from mathcore.language.parser import Context
from mathcore.language.printers import to_text
from mathcore.language.substitution import substitute
from mathcore.proof.balls import extended as x
from mathcore.proof.balls.compare import UNDEFINED
from mathcore.proof.balls.evaluate import evaluate
from mathcore.proof.balls.point import CannotEvaluate, Point
from mathcore.proof.deadline import Clock
from mathcore.proof.prover.decide import decide
from mathcore.proof.prover.search import speaking_of


def with_rounding(context: Context, claim: t.Expr, exactly: Verdict, clock: Clock) -> Verdict:
    """The verdict on a claim whose decimals are rounded; `exactly` is that on the claim as if they were exact.

    Raises Rounded where nobody can tell which is meant.
    """
    if exactly.level is Level.PROVED:
        return exactly
    claim = t.bare(claim)
    whole = _read(claim)
    if not whole.values:
        return exactly
    verdict = decide(speaking_of(context, whole.claim), whole.claim, clock)
    if verdict.level is Level.PROVED and not (isinstance(claim, t.Iff) or whole.wide) and _is_fixed(context, whole, clock):
        return replace(verdict, reading=(*verdict.reading, *(f"{d} is rounded to its last digit" for d in whole.digits)))
    parts = [read for read in (_read(claim, 0), _read(claim, -1)) if read.claim != whole.claim]
    if verdict.level is Level.PROVED or any(
        decide(speaking_of(context, read.claim), read.claim, clock).level is Level.PROVED for read in parts
    ):
        raise Rounded(f"whether {whole.digits[0]} is exact or rounded decides, and is not said")
    if verdict.level is Level.REFUTED and exactly.level is Level.REFUTED:
        return verdict if UNDEFINED in verdict.counterexample else exactly
    return verdict if verdict.level is Level.REFUTED else replace(exactly, level=Level.UNKNOWN, reason=verdict.reason)


@dataclass(frozen=True)
class _Read:
    """A claim with rounding intervals in the place of `digits`, which are rounded forms of `values`; `wide` excuse too much."""

    claim: t.Expr
    values: tuple[t.Expr, ...]
    digits: tuple[str, ...]
    premises: tuple[t.Expr, ...]
    wide: bool = False


def _read(claim: t.Expr, only: int | None = None) -> _Read:
    """Each relation of the claim, of all that its sides stand for (`=`: the last), or `only` of the first or last of these."""
    if isinstance(claim, t.Iff):
        claim = t.Implies(claim.left, claim.right)
    core, premises = core_of(claim)
    goals: list[t.Expr] = []
    found: list[_Rounded] = []
    for relation in core.parts if isinstance(core, t.And) else (core,):
        if not isinstance(relation, t.Relation):
            return _Read(claim, (), (), premises)
        walk = Walk(relation.ops, [None if _claim(side) is None else width(side) for side in relation.args])
        for place, op in enumerate(relation.ops):
            pairs = walk.pairs(place)
            told = [pairs[-1 if only is None else only]] if only is not None or op == "=" else pairs
            goals += [_goal(relation.args[one], op, relation.args[other], found) for one, other in told]
            walk.passed(place, rounded=any(_computed(side) is not None for side in relation.args[place : place + 2]))
    goal = goals[0] if len(goals) == 1 else t.And(tuple(goals))
    for premise in reversed(premises):
        goal = t.Implies(premise, goal)
    values, digits = tuple(one.value for one in found), tuple(dict.fromkeys(one.digits for one in found))
    return _Read(goal, values, digits, premises, any(one.wide for one in found))


@dataclass(frozen=True)
class _Rounded:
    """A value and the digits that are its rounded form; `wide`: computed from decimals that excuse too much."""

    value: t.Expr
    digits: str
    wide: bool = False


def _goal(one: t.Expr, op: str, other: t.Expr, found: list[_Rounded]) -> t.Expr:
    """What a relation says; a decimal beside `=` says that the other side rounds to it, which is kept in `found`."""
    for value, side in ((one, other), (other, one)):
        claim = _claim(side)
        if op == "=" and claim is not None and claim.low < claim.high and _claim(value) is None and not t.shape_of(value):
            digits = t.bare(side)
            found.append(_Rounded(value, digits.text if isinstance(digits, t.Number) else to_text(t.strip(side))))
            return claim.said_of(value)
        if op == "=" and claim is None and (around := _computed(side, value)) is not None and not t.shape_of(value):
            found.append(_Rounded(value, to_text(t.strip(side)), is_wide(around)))
            low, high = _rational(around.lower()), _rational(around.upper())
            return t.Relation((t.number(low), value, t.number(high)), ("<=", "<="))
    return t.Relation((one, other), (op,))


def _computed(side: t.Expr, beside: t.Expr | None = None) -> arb | None:
    """What a side comes to that is computed from decimals alone, each of them rounded; None for any other side."""
    if t.free_symbols(side) or t.shape_of(side):
        return None
    loose, values = loosened(side, beside)
    if not values:
        return None
    try:
        found = x.plain(evaluate(loose, Point(values=values), {}, BITS))
    except CannotEvaluate:
        return None
    return found if isinstance(found, arb) and found.is_finite() else None


def _rational(exact: arb) -> Fraction:
    man, exponent = exact.mid().man_exp()
    return Fraction(int(man)) * Fraction(2) ** int(exponent)


def _claim(side: t.Expr) -> Claim | None:
    """What digits claim; None for what is computed, and for lists."""
    claims = claims_of(side)
    return claims[0] if claims is not None and len(claims) == 1 and not claims[0].fraction and not claims[0].word else None


def _is_fixed(context: Context, read: _Read, clock: Clock) -> bool:
    """Whether hypotheses leave each value one number: it is the same for other letters that keep them."""
    hypotheses = [*map(context.unfold, (*context.hypotheses, *read.premises))]
    values = [*map(context.unfold, read.values)]
    letters = {s for node in (*hypotheses, *values) for s in t.free_symbols(node)}
    heads = {n.head for node in (*hypotheses, *values) for n in t.walk(node) if isinstance(n, t.Apply)}
    if heads - set(context.definitions) or any(s.type.domain in ("size", "index", "function") for s in letters):
        return False
    others: dict[t.Symbol, t.Expr] = {s: t.Symbol(f"{s.name}_", s.type) for s in letters}
    named = {s.name: s for s in others.values() if isinstance(s, t.Symbol)}
    if named.keys() & context.symbols.keys():
        return False
    twice = replace(
        context,
        symbols={**context.symbols, **named},
        hypotheses=(*hypotheses, *(substitute(hypothesis, others) for hypothesis in hypotheses)),
    )
    same = [t.Relation((value, substitute(value, others)), ("=",)) for value in values]
    return all(decide(speaking_of(twice, claim), claim, clock).level is Level.PROVED for claim in same)
