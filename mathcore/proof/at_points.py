"""The second check of every step and claim: balls at exact points. It may refute, never prove.

The body of a limit is looked at on the way to the point. Where it does not come near the value, the limit at that point is
computed, by the kernel and by sympy: what is seen on the way decides nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from mathcore.evidence import Level, Verdict
from mathcore.language import tree as t
from mathcore.language.parser import Context
from mathcore.language.substitution import substitute, unfold
from mathcore.proof.balls import Comparison, approach, compare, symbols_of, witness
from mathcore.proof.balls.approach import Look
from mathcore.proof.balls.compare import _opened
from mathcore.proof.balls.point import CannotEvaluate
from mathcore.proof.balls.shrink import Left, smallest
from mathcore.proof.numbered_limits import Word, is_number, judged
from mathcore.proof.scope import NEGATED, text_of
from mathcore.proof.ties import equal_at

ENOUGH = 8  # points, for a claim with free values
POINTS = 24  # drawn for a comparison
SOME = 3  # points of these that keep the hypotheses: more draws will find more
STARTS = 24  # places from which to move towards a point that refutes
COMPUTED, MORE = 2, 6  # limits that are computed at a point, where the body does not come near and where it does


def at_points(
    context: Context,
    relation: t.Expr,
    *,
    instance: str = "",
    subject: t.Expr | None = None,
    left: Left = lambda: 1.0,
    thorough: bool = False,
) -> Verdict:
    """REFUTED with the point, ENCLOSED with the number of points that confirm, or UNKNOWN; the caller names the claim.

    `left` says how many seconds are left to make a point small. The reason of what is ENCLOSED is a warning: what speaks
    against it and decides nothing.
    """
    found = compared(context, relation, instance=instance, subject=subject, left=left, thorough=thorough)
    has_values = any(s.type.domain not in ("size", "index", "natural") for s in symbols_of(relation, context.definitions))
    wanted = min(ENOUGH, _reachable(relation)) if has_values else 1
    if found.refuted is None and SOME <= found.points < wanted and not found.computed:
        more = compared(context, relation, instance=instance, subject=subject, seed=1, count=4 * POINTS, left=left)
        found = more if more.refuted is not None or more.points > found.points else found
    if found.refuted is not None:
        return _refuted(found)
    if found.points < wanted and not found.computed:
        reason = f"the second check confirmed only {found.points} points: {found.detail or 'more are needed'}"
        return Verdict("", Level.UNKNOWN, "balls", reason, points=found.points)
    return Verdict("", Level.ENCLOSED, "balls", found.warning, points=found.points)


def _refuted(found: Comparison) -> Verdict:
    counter = found.detail or str(found.refuted)
    return Verdict("", Level.REFUTED, "balls", found.detail, counterexample=counter, points=found.points)


def sought(context: Context, relation: t.Expr, *, instance: str = "", subject: t.Expr | None = None) -> str:
    """A point at which an inequality fails, found by moving towards where its sides meet; empty if none was found."""
    from mathcore.proof.balls.seek import seek

    stated = context, relation
    context, relation, subject = _with_instance(context, instance, relation, subject)
    try:
        found = seek(context, relation, STARTS, subject=subject)
        return _with_functions(found, instance, *stated) if found else ""
    except CannotEvaluate:
        return ""


def compared(
    context: Context,
    relation: t.Expr,
    *,
    instance: str = "",
    subject: t.Expr | None = None,
    seed: int = 0,
    count: int = POINTS,
    left: Left = lambda: 1.0,
    thorough: bool = False,
) -> Comparison:
    """What points say about a relation; `thorough`: limits are computed also where the body comes near the value."""
    stated = context, relation
    context, relation, subject = _with_instance(context, instance, relation, subject)
    found = _limit_check(context, relation, Asked(subject, seed, count, thorough))
    if found is None:
        found = compare(context, relation, subject=subject, seed=seed, count=count)
        if found.refuted is not None:
            point, detail = smallest(context, relation, found.refuted, subject=subject, left=left)
            found = replace(found, refuted=point, detail=detail)
        else:
            found = _tied(context, relation, subject, found, left)
    return found if found.refuted is None else replace(found, detail=_with_functions(found.detail, instance, *stated))


def _with_functions(detail: str, instance: str, context: Context, relation: t.Expr) -> str:
    """What was found, and the functions that stood for those that the claim leaves open."""
    spoken = {n.head for n in t.walk(context.unfold(relation)) if isinstance(n, t.Apply)} if instance else set()
    return "; ".join([detail, *(p.strip() for p in instance.split(";") if p.split("(")[0].strip() in spoken)])


def _tied(context: Context, relation: t.Expr, subject: t.Expr | None, found: Comparison, left: Left) -> Comparison:
    """A strict relation is false where its sides are exactly equal, also where balls only see that they are near."""
    core, _ = _opened(relation, frozenset().union(*(symbols_of(h, context.definitions) for h in context.hypotheses)))
    if found.refuted is None and isinstance(core, t.Relation) and len(core.ops) == 1:
        tie = partial(equal_at, context, core)
        for point in filter(tie, found.touching):
            point, detail = smallest(context, relation, point, subject=subject, tie=tie, left=left)
            return replace(found, refuted=point, detail=detail)
    return found


def _with_instance(context: Context, text: str, *formulas: t.Expr | None) -> tuple[Any, ...]:  # the context, then the formulas
    """Any function `f: function[d]` replaced by a concrete one, "f(v) = ...", everywhere; it may speak of other symbols.

    Those do not vary with what a formula binds or differentiates by: with f(v) = v b, D(f(a), b) is 0.
    """
    functions: dict[str, t.Definition] = {}
    letters: dict[t.Symbol, t.Expr] = {}
    for piece in filter(str.strip, text.split(";")):
        name = piece.split("(")[0].strip()
        others = {k: v for k, v in context.symbols.items() if k != name}
        own = replace(context, symbols=others).define(piece, closed=False).definitions[name]
        free = {s for s in t.free_symbols(own.body) - {*own.parameters, *own.indices} if s.type.domain != "size"}
        held = {s: t.fresh(s) for s in free}
        functions[name] = replace(own, body=substitute(own.body, held))
        letters |= {new: s for s, new in held.items()}
    opened = partial(unfold, definitions=functions)

    def put(node: t.Expr) -> t.Expr:
        return substitute(opened(node), letters)

    if not functions:
        return (context, *formulas)
    made = replace(
        context,
        hypotheses=tuple(put(h) for h in context.hypotheses),
        definitions={  # what has parameters knows no other letters
            name: replace(d, body=(opened if d.parameters else put)(d.body)) for name, d in context.definitions.items()
        },
    )
    return (made, *(None if f is None else put(f) for f in formulas))


def _reachable(relation: t.Expr) -> int:
    """Sequences are fewer than points: three of them are enough for a limit."""
    return 3 if any(isinstance(n, t.Limit) for n in t.walk(relation)) else ENOUGH


@dataclass(frozen=True)
class Asked:
    """How a limit is looked at."""

    subject: t.Expr | None
    seed: int
    count: int
    thorough: bool


def _limit_check(context: Context, relation: t.Expr, asked: Asked) -> Comparison | None:
    """Limits on the way to their points, and at some points computed; None if the relation holds no limit."""
    core = t.bare(relation)
    parts = core.args if isinstance(core, t.Relation) else (core,)  # the sides: the kernel has unfolded them before
    if not any(isinstance(n, t.Limit) for part in parts for n in t.walk(context.unfold(part))):
        return None
    if isinstance(core, t.Iff):
        return _limit_exactly_if(context, core, asked)
    if not isinstance(core, t.Relation) or len(core.ops) != 1 or core.ops[0] != "=":
        return Comparison(0, detail="a limit inside such a relation has no second check")
    left, right = (t.bare(side) for side in core.args)
    if isinstance(left, t.Limit) and isinstance(right, t.Limit):
        return _two_limits(context, left, right, asked)
    if isinstance(right, t.Limit):
        left, right = right, left
    if not isinstance(left, t.Limit):
        return Comparison(0, detail="a limit inside an expression has no second check")
    return _limit(context, left, right, replace(asked, count=max(6, asked.count // 4)))


def _limit(context: Context, node: t.Limit, value: t.Expr, asked: Asked) -> Comparison:
    """What is seen on the way confirms; what does not come near is computed at a few points, and only that refutes."""
    seen = approach(context, node, value, subject=asked.subject, seed=asked.seed, count=asked.count)
    total = Comparison(seen.places, detail=seen.detail)
    doubtful = [look for look in seen.looks if not look.near]
    chosen = doubtful[:COMPUTED] if not asked.thorough else [*doubtful, *(look for look in seen.looks if look.near)][:MORE]
    for look in chosen:
        told = judged(context, node, value, look.point)
        if told.word is Word.DIFFERS and look.certain:
            return replace(total, refuted=look.point, detail=f"{told.told}, at {look.point}")
        if look.near:
            continue
        if told.word is Word.AGREES:
            against = told_of(look) if look.places > 2 else ""
            total = replace(total, points=total.points + 1, computed=True, warning=total.warning or against)
        else:
            total = replace(total, undecided=total.undecided + 1, detail=told_of(look))
    return total


def told_of(look: Look) -> str:
    where = f" ({look.point})" if look.point.names else ""
    return f"{look.seen}{where}, which decides nothing"


def _two_limits(context: Context, left: t.Limit, right: t.Limit, asked: Asked) -> Comparison:
    """The bodies agree near the point, pointwise, across a change of variable x = 1/y; where they differ, their difference
    has to tend to 0 (bodies that differ refute nothing: 1/x and 2/x have one limit)."""
    body = right.body
    if (left.point, left.side) == (right.point, right.side):
        mapped: t.Expr = left.variable
    elif {(left.point, left.side), (right.point, right.side)} == {(t.INFINITY, ""), (t.number(0), "+")}:
        mapped = t.Paren(t.Div(t.number(1), left.variable))
    else:
        return Comparison(0, detail="the limits are at different points")
    if mapped != right.variable:
        body = t.At((right.variable,), (mapped,), body)
    near = context
    if left.variable.type.domain not in ("positive", "natural"):
        near = context.assuming(t.Relation((t.number(0), left.variable), ("<",)))
    relation = t.Relation((left.body, body), ("=",))
    pointwise = compare(near, relation, subject=asked.subject, seed=asked.seed, count=asked.count)
    if pointwise.refuted is None:
        return pointwise
    gap = t.Sub(t.Paren(left.body), t.Paren(body))
    found = _limit(context, replace(left, body=gap), t.number(0), replace(asked, count=6))
    plain = not any(symbols_of(n, context.definitions) for n in (left, right))
    if found.refuted is None:
        return found
    if plain and (is_number(context, left) or is_number(context, right)):  # then they are one only if the gap tends to 0
        return replace(found, detail=f"left - right: {found.detail}")
    return Comparison(0, detail="the bodies differ near the point, which decides nothing: both limits may be infinite")


def _limit_exactly_if(context: Context, claim: t.Iff, asked: Asked) -> Comparison:
    """Where the condition holds the limit is confirmed; where it fails the limit is refuted."""
    sides = [claim.left, claim.right]
    about = next(s for s in sides if any(isinstance(n, t.Limit) for n in t.walk(s)))
    condition = sides[1 - sides.index(about)]
    core = t.bare(about)
    if not (isinstance(core, t.Relation) and core.ops == ("=",) and isinstance(node := t.bare(core.args[0]), t.Limit)):
        return Comparison(0, detail="write lim(...) = value <=> condition")
    asked = replace(asked, count=6)
    holds = _limit(context.assuming(condition), node, core.args[1], asked)
    if holds.refuted is not None:
        return holds
    total = holds.points
    for negation in _negations(condition):
        fails = _limit(context.assuming(negation), node, core.args[1], asked)
        if fails.refuted is None and fails.points:
            return Comparison(0, detail=f"the limit seems to hold also where {text_of(negation)}")
        if fails.refuted is None:
            return Comparison(0, detail=f"nothing was checked where {text_of(negation)}")
        total += 1
    return Comparison(total)


def _negations(condition: t.Expr) -> list[t.Expr]:
    """One negated relation after the other."""
    core = t.bare(condition)
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
