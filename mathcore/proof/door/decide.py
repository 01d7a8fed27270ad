"""One claim decided: points that refute come first, then a proof is searched, then points that seek the edge."""

from __future__ import annotations

from dataclasses import replace

from mathcore.evidence import Level, Verdict, worst
from mathcore.language import tree as t
from mathcore.language.parser import Context, FormulaError
from mathcore.proof.door.deadline import Clock, OutOfTime, limited
from mathcore.proof.door.search import Found, search
from mathcore.proof.scope import NotShown, bare, text_of
from mathcore.proof.second_leg import second_leg, unwitnessed

QUICK = 8  # points drawn first
ERRORS = (
    NotShown,
    FormulaError,
    RecursionError,
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
    ArithmeticError,
    AssertionError,
)


def together(verdicts: list[Verdict]) -> Verdict:
    """The verdict on all branches of a Piecewise."""
    if len(verdicts) == 1:
        return verdicts[0]
    level = worst([v.level for v in verdicts])
    decisive = next(v for v in verdicts if v.level is level)
    union = {
        name: tuple(sorted({x for v in verdicts for x in getattr(v, name)}))
        for name in ("conditions", "hypotheses", "lemmas", "axioms")
    }
    method = (
        decisive.method if level is not Level.PROVED else "case by case: " + "; ".join(dict.fromkeys(v.method for v in verdicts))
    )
    return replace(decisive, method=method, points=sum(v.points for v in verdicts), steps=tuple(verdicts), **union)


def decide(context: Context, claim: t.Expr, clock: Clock) -> Verdict:
    """The verdict on one proposition within the time that is left."""
    text = text_of(claim)
    goal = bare(claim)
    parts = _chain(goal)
    if parts is not None:
        return _whole(text, [decide(context, part, Clock(clock.left() / (len(parts) - k))) for k, part in enumerate(parts)])
    second = _points(context, claim, clock.left() / 3)
    if second.level is Level.REFUTED:
        return replace(second, claim=text, reason=f"false at a point: {second.counterexample}")
    found: Found | None = None
    why = "no proof was found"
    try:
        with limited(0.75 * clock.left()):
            found = search(context, claim, clock)
    except OutOfTime:
        why = "no proof was found within the time limit"
    except NotShown as error:
        why = str(error)
    except ERRORS as error:
        why = f"no proof was found ({type(error).__name__})"
    if found is not None and not found.conditions:
        return _confirmed(context, claim, text, found, second)
    from mathcore.proof.door.points import seek

    counter = None
    try:
        with limited(0.9 * clock.left()):
            counter = seek(context, claim, clock)
    except OutOfTime:
        pass
    except ERRORS:
        pass
    if counter is not None:
        return Verdict(text, Level.REFUTED, "balls", f"false at a point: {counter}", counterexample=counter, points=second.points)
    if found is not None:
        verdict = _confirmed(context, claim, text, found, second)
        left = ", ".join(found.conditions)
        return replace(verdict, level=worst([verdict.level, Level.CONDITIONAL]), reason=verdict.reason or f"left to show: {left}")
    return Verdict(text, Level.UNKNOWN, "door", f"{why}; no point that was tried refutes it", points=second.points)


def _chain(goal: t.Expr) -> list[t.Expr] | None:
    """The single relations of a chain or a conjunction."""
    if isinstance(goal, t.Relation) and len(goal.ops) > 1:
        return [t.Relation((a, b), (op,)) for a, op, b in zip(goal.args, goal.ops, goal.args[1:], strict=False)]
    return list(goal.parts) if isinstance(goal, t.And) else None


def _whole(text: str, verdicts: list[Verdict]) -> Verdict:
    return replace(together(verdicts), claim=text)


def _points(context: Context, claim: t.Expr, seconds: float) -> Verdict:
    try:
        with limited(seconds):
            return second_leg(context, claim)
    except OutOfTime:
        return Verdict("", Level.UNKNOWN, "balls", "the points took too long")
    except ERRORS as error:
        return Verdict("", Level.UNKNOWN, "balls", f"no point could be evaluated ({type(error).__name__}: {error})")


def _confirmed(context: Context, claim: t.Expr, text: str, found: Found, second: Verdict) -> Verdict:
    """A proof counts only if the points confirm it and the hypotheses hold somewhere."""
    level, reason = Level.PROVED, ""
    if second.level is Level.UNKNOWN:
        level, reason = Level.UNKNOWN, f"a proof was found, but {second.reason}"
    elif missing := unwitnessed(context, claim):
        level, reason = Level.UNKNOWN, missing
    return Verdict(
        claim=text,
        level=level,
        method=found.method,
        reason=reason or "; ".join(found.notes),
        conditions=found.conditions,
        hypotheses=found.hypotheses,
        lemmas=found.lemmas,
        axioms=found.axioms,
        points=second.points,
    )
