"""The second check of every step and claim: balls at exact points; sequences for limits. It may refute, never prove."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from mathcore.evidence import Level, Verdict
from mathcore.language import tree as t
from mathcore.language.parser import Context
from mathcore.proof.balls import Comparison, approach, compare, symbols_of, witness
from mathcore.proof.balls.compare import _opened
from mathcore.proof.balls.point import CannotEvaluate
from mathcore.proof.scope import NEGATED, bare, text_of
from mathcore.proof.ties import equal_at

ENOUGH = 8  # points, for a claim with free values
POINTS = 24  # drawn for a comparison
STARTS = 24  # places from which to move towards a point that refutes


def second_leg(context: Context, relation: t.Expr, *, instance: str = "", subject: t.Expr | None = None) -> Verdict:
    """REFUTED with the point, ENCLOSED with the number of points that confirm, or UNKNOWN; the caller names the claim."""
    found = compared(context, relation, instance=instance, subject=subject)
    if found.refuted is not None:
        return Verdict(
            "", Level.REFUTED, "balls", found.detail, counterexample=found.detail or str(found.refuted), points=found.points
        )
    has_values = any(s.type.domain not in ("size", "index", "natural") for s in symbols_of(relation, context.definitions))
    if found.points == 0 or (has_values and found.points < min(ENOUGH, _reachable(relation))):
        reason = f"the second check confirmed only {found.points} points: {found.detail or 'more are needed'}"
        return Verdict("", Level.UNKNOWN, "balls", reason, points=found.points)
    return Verdict("", Level.ENCLOSED, "balls", found.detail, points=found.points)


def sought(context: Context, relation: t.Expr, *, instance: str = "", subject: t.Expr | None = None) -> str:
    """A point at which an inequality fails, found by moving towards where its sides meet; empty if none was found."""
    from mathcore.proof.balls.seek import seek

    context, relation, subject = _with_instance(context, instance, relation, subject)
    try:
        return seek(context, relation, STARTS, subject=subject) or ""
    except CannotEvaluate:
        return ""


def compared(
    context: Context, relation: t.Expr, *, instance: str = "", subject: t.Expr | None = None, seed: int = 0, count: int = POINTS
) -> Comparison:
    """What points, or sequences for limits, say about a relation."""
    context, relation, subject = _with_instance(context, instance, relation, subject)
    found = _limit_check(context, relation, subject, seed, count)
    if found is None:
        found = compare(context, relation, subject=subject, seed=seed, count=count)
    return _tied(context, relation, found)


def _tied(context: Context, relation: t.Expr, found: Comparison) -> Comparison:
    """A strict relation is false where its sides are exactly equal, also where balls only see that they are near."""
    core, _ = _opened(relation, frozenset().union(*(symbols_of(h, context.definitions) for h in context.hypotheses)))
    if found.refuted is None and isinstance(core, t.Relation) and len(core.ops) == 1:
        for point in found.touching:
            if equal_at(context, core, point):
                return replace(found, refuted=point, detail=f"both sides are equal at {point}")
    return found


def _with_instance(context: Context, text: str, *formulas: t.Expr | None) -> tuple[Any, ...]:  # the context, then the formulas
    """Any function `f: function[d]` replaced by a concrete one, "f(v) = ...", everywhere; it may speak of other symbols."""
    functions: dict[str, t.Definition] = {}
    for piece in filter(str.strip, text.split(";")):
        name = piece.split("(")[0].strip()
        others = {k: v for k, v in context.symbols.items() if k != name}
        functions[name] = replace(context, symbols=others).define(piece, closed=False).definitions[name]
    put = partial(t.unfold, definitions=functions)
    if not functions:
        return (context, *formulas)
    made = replace(
        context,
        hypotheses=tuple(put(h) for h in context.hypotheses),
        definitions={name: replace(d, body=put(d.body)) for name, d in context.definitions.items()},
    )
    return (made, *(None if f is None else put(f) for f in formulas))


def _reachable(relation: t.Expr) -> int:
    """Sequences are fewer than points: three of them are enough for a limit."""
    return 3 if any(isinstance(n, t.Limit) for n in t.walk(relation)) else ENOUGH


def _limit_check(context: Context, relation: t.Expr, subject: t.Expr | None, seed: int, count: int) -> Comparison | None:
    """Limits are checked along sequences; None if the relation holds no limit."""
    core = bare(relation)
    parts = core.args if isinstance(core, t.Relation) else (core,)  # the sides: the kernel has unfolded them before
    if not any(isinstance(n, t.Limit) for part in parts for n in t.walk(context.unfold(part))):
        return None
    if isinstance(core, t.Iff):
        return _limit_exactly_if(context, core, subject, seed)
    if not isinstance(core, t.Relation) or len(core.ops) != 1 or core.ops[0] != "=":
        return Comparison(0, detail="a limit inside such a relation has no second check")
    left, right = (bare(side) for side in core.args)
    if isinstance(left, t.Limit) and isinstance(right, t.Limit):
        return _two_limits(context, left, right, subject, seed, count)
    if isinstance(right, t.Limit):
        left, right = right, left
    if not isinstance(left, t.Limit):
        return Comparison(0, detail="a limit inside an expression has no second check")
    return approach(context, left, right, subject=subject, seed=seed, count=max(6, count // 4))


def _two_limits(context: Context, left: t.Limit, right: t.Limit, subject: t.Expr | None, seed: int, count: int) -> Comparison:
    """The bodies agree near the point, pointwise, across a change of variable x = 1/y; where they differ, their difference
    has to tend to 0 (bodies that differ refute nothing: 1/x and 2/x have one limit)."""
    body = right.body
    if left.variable != right.variable:
        mapped: t.Expr = left.variable if left.point == right.point else t.Paren(t.Div(t.number(1), left.variable))
        body = t.substitute(context.unfold(body), {right.variable: mapped})
    near = context
    if left.variable.type.domain not in ("positive", "natural"):
        near = context.assuming(t.Relation((t.number(0), left.variable), ("<",)))
    pointwise = compare(near, t.Relation((left.body, body), ("=",)), subject=subject, seed=seed, count=count)
    if pointwise.refuted is None:
        return pointwise
    gap = t.Sub(t.Paren(left.body), t.Paren(body))
    return approach(context, replace(left, body=gap), t.number(0), subject=subject, seed=seed)


def _limit_exactly_if(context: Context, claim: t.Iff, subject: t.Expr | None, seed: int) -> Comparison:
    """Where the condition holds the limit is confirmed; where it fails the limit is refuted."""
    sides = [claim.left, claim.right]
    about = next(s for s in sides if any(isinstance(n, t.Limit) for n in t.walk(s)))
    condition = sides[1 - sides.index(about)]
    core = bare(about)
    if not (isinstance(core, t.Relation) and isinstance(bare(core.args[0]), t.Limit)):
        return Comparison(0, detail="write lim(...) = value <=> condition")
    holds = approach(context.assuming(condition), bare(core.args[0]), core.args[1], subject=subject, seed=seed)  # type: ignore[arg-type]  # a limit
    if holds.refuted is not None:
        return holds
    total = holds.points
    for negation in _negations(condition):
        fails = approach(context.assuming(negation), bare(core.args[0]), core.args[1], subject=subject, seed=seed)  # type: ignore[arg-type]  # a limit
        if fails.refuted is None and fails.points:
            return Comparison(0, detail=f"the limit seems to hold also where {text_of(negation)}")
        if fails.refuted is None:
            return Comparison(0, detail=f"nothing was checked where {text_of(negation)}")
        total += 1
    return Comparison(total)


def _negations(condition: t.Expr) -> list[t.Expr]:
    """One negated relation after the other."""
    core = bare(condition)
    if not isinstance(core, t.Relation):
        return []
    return [t.Relation((a, b), (NEGATED[op],)) for a, op, b in zip(core.args[:-1], core.ops, core.args[1:], strict=True)]


def unwitnessed(context: Context, claim: t.Expr, *, instance: str = "") -> str:
    """Empty if the hypotheses hold at an exact point for several n; otherwise for which n none was found."""
    if not context.hypotheses:
        return ""
    context, claim = _with_instance(context, instance, claim)
    try:
        found = witness(context, formula_symbols=symbols_of(claim, context.definitions))
    except CannotEvaluate as error:
        return f"the hypotheses cannot be evaluated: {error}"
    missing = [n for n, point in found.items() if point is None]
    if len(found) - len(missing) >= min(2, len(found)) and found:
        return ""
    sizes = ", ".join(map(str, missing)) or "any"
    return f"no point was found that satisfies the hypotheses (n = {sizes}): the claim may be vacuous"
