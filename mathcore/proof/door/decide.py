"""One claim decided: points that refute come first, then a proof is searched, then points that seek the edge."""

from __future__ import annotations

from dataclasses import replace

from mathcore.evidence import Level, Verdict, worst
from mathcore.language import tree as t
from mathcore.language.parser import Context
from mathcore.proof.balls import symbols_of
from mathcore.proof.balls.evaluate import program
from mathcore.proof.balls.truth import TRUE, statement
from mathcore.proof.door import smt
from mathcore.proof.door.deadline import Clock, OutOfTime, limited
from mathcore.proof.door.search import Found, opened, part_of, search
from mathcore.proof.scope import NotShown, bare, text_of
from mathcore.proof.second_leg import compared, second_leg, unwitnessed

LATE = "the points took too long"
FEW, MANY = 3, 16  # places from which a point is sought before and after the search for a proof


def together(verdicts: list[Verdict]) -> Verdict:
    """The verdict on all branches of a Piecewise."""
    if len(verdicts) == 1:
        return verdicts[0]
    level = worst([v.level for v in verdicts])
    decisive = next(v for v in verdicts if v.level is level)

    def union(name: str) -> tuple[str, ...]:
        return tuple(sorted({x for v in verdicts for x in getattr(v, name)}))

    method = (
        decisive.method if level is not Level.PROVED else "case by case: " + "; ".join(dict.fromkeys(v.method for v in verdicts))
    )
    certificates = [v.certificate for v in verdicts if v.certificate]
    return replace(
        decisive,
        method=method,
        points=sum(v.points for v in verdicts),
        steps=tuple(verdicts),
        conditions=union("conditions"),
        hypotheses=union("hypotheses"),
        lemmas=union("lemmas"),
        axioms=union("axioms"),
        certificate="(reset)\n".join(certificates) if level is Level.DECIDED else "",
    )


def decide(context: Context, claim: t.Expr, clock: Clock, decider: str | None = None) -> Verdict:
    """The verdict on one proposition within the time that is left.

    `decider="z3"` is asked where no proof was found: its word is a level of its own.
    """
    verdict = _decided(context, claim, clock, decider)
    alone = verdict.level is Level.UNKNOWN and verdict.points <= 1
    if alone and (one := _for_one(context, claim)) and _hold_nowhere(context, claim, clock):
        other = decide(*one, clock, decider)
        if other.level in (Level.PROVED, Level.REFUTED):
            note = "no point satisfies the hypotheses for every index, so they are read of one"
            return replace(other, claim=verdict.claim, reason="; ".join(filter(None, (other.reason, note))))
    return verdict


def _decided(context: Context, claim: t.Expr, clock: Clock, decider: str | None) -> Verdict:
    text = text_of(claim)
    goal = bare(claim)
    parts = _chain(goal)
    if parts is not None:
        shares = (Clock(clock.left() / (len(parts) - k)) for k in range(len(parts)))
        own = [decide(context, part_of(context, [claim], p), share, decider) for p, share in zip(parts, shares, strict=True)]
        return _whole(text, [replace(v, claim=text_of(part)) for part, v in zip(parts, own, strict=True)])
    context, instance = _instances(context, claim)
    second = _points(context, claim, instance, clock.left() / 3)
    if second.level is Level.REFUTED:
        return replace(second, claim=text, reason=f"false at a point: {second.counterexample}")
    if constant := _constant(context, opened(claim)[0]):
        return replace(constant, claim=text)
    if counter := _sought(context, claim, clock, 0.1, FEW):
        return _refuted(text, counter, second)
    found, why = _searched(context, claim, clock)
    if found is not None and not found.conditions:
        return _confirmed(context, claim, text, found, second, instance, clock)
    if found is None and decider is not None:
        answer = _asked(context, claim, clock, second.points > 0)
        if answer.level is not Level.UNKNOWN:
            return replace(answer, claim=text, points=second.points)
        why = f"{why}; {answer.reason}"
    if counter := _met(context, claim, clock) or _sought(context, claim, clock, 0.9):
        return _refuted(text, counter, second)
    if found is not None:
        verdict = _confirmed(context, claim, text, found, second, instance, clock)
        left = ", ".join(found.conditions)
        return replace(verdict, level=worst([verdict.level, Level.CONDITIONAL]), reason=verdict.reason or f"left to show: {left}")
    if found_sizes := _with_least_sizes(context, claim):
        declared, core, said = found_sizes
        verdict = decide(declared, core, clock)
        if verdict.level is Level.PROVED:
            return replace(verdict, claim=text, hypotheses=tuple(sorted({*verdict.hypotheses, *said})))
    hint = f"; {smt.HINT}" if decider is None and smt.fits(context, claim) else ""
    return Verdict(text, Level.UNKNOWN, "door", f"{why}; no point that was tried refutes it{hint}", points=second.points)


def _asked(context: Context, claim: t.Expr, clock: Clock, witnessed: bool) -> Verdict:
    seconds = 0.6 * clock.left()
    try:
        with limited(seconds):
            return smt.decide(context, claim, 0.9 * seconds, witnessed)  # by the clock on the wall
    except OutOfTime:
        return Verdict("", Level.UNKNOWN, reason="z3 was not asked in time")


def _with_least_sizes(context: Context, claim: t.Expr) -> tuple[Context, t.Expr, tuple[str, ...]] | None:
    """`n >= 2` said of a size, as its declaration `n: size >= 2`: what is shown of sums of n terms begins there."""
    core, premises = opened(claim)
    least: dict[t.Symbol, int] = {}
    said: list[t.Expr] = []
    for h in (*context.hypotheses, *premises):
        match bare(h):
            case t.Relation((t.Symbol() as n, t.Number(value, _)), (">=" | ">" as op,)):
                pass
            case t.Relation((t.Number(value, _), t.Symbol() as n), ("<=" | "<" as op,)):
                pass
            case _:
                continue
        if n.type.domain == "size" and not n.type.shape and value.denominator == 1:
            least[n] = max(least.get(n, n.type.minimum), int(value) + (op in ("<", ">")))
            said.append(h)
    put: dict[t.Symbol, t.Expr] = {
        n: t.Symbol(n.name, replace(n.type, minimum=m)) for n, m in least.items() if m > max(n.type.minimum, 1)
    }
    if not put:
        return None
    rest = [h for h in (*context.hypotheses, *premises) if h not in said]
    declared = replace(
        context,
        symbols={name: t.substitute(s, put) for name, s in context.symbols.items()},  # type: ignore[misc]  # symbols stay symbols
        hypotheses=tuple(t.substitute(h, put) for h in rest),
    )
    return declared, part_of(declared, [t.substitute(claim, put)], t.substitute(core, put)), tuple(map(text_of, said))


def _for_one(context: Context, claim: t.Expr) -> tuple[Context, t.Expr] | None:
    """`o[i] = 1` about an index that the claim lacks, said of one i: whatever i is, the claim follows from it."""
    spoken = t.free_symbols(context.unfold(claim))
    letters = {s for s in context.symbols.values() if s.type.domain == "index"} - spoken
    about = [h for h in context.hypotheses if letters & t.free_symbols(context.unfold(h))]
    if not about:
        return None
    kept = tuple(h for h in context.hypotheses if h not in about)
    for h in reversed(about):
        claim = t.Implies(h, claim)
    return replace(context, hypotheses=kept), claim


def _hold_nowhere(context: Context, claim: t.Expr, clock: Clock) -> bool:
    """Whether the hypotheses hold for every index at one point at most of those that are drawn; not that time was short."""
    context, instance = _instances(context, claim)
    found = _points(context, claim, instance, max(clock.left(), 0.2))
    return found.reason != LATE and found.points <= 1


def _searched(context: Context, claim: t.Expr, clock: Clock) -> tuple[Found | None, str]:
    try:
        with limited(0.75 * clock.left()):
            return search(context, claim, clock), ""
    except OutOfTime:
        return None, "no proof was found within the time limit"
    except NotShown as error:
        return None, str(error)
    except Exception as error:  # whatever a library raises on a strange claim: no proof
        return None, f"no proof was found ({type(error).__name__})"


def _refuted(text: str, counter: str, second: Verdict) -> Verdict:
    return Verdict(text, Level.REFUTED, "balls", f"false at a point: {counter}", counterexample=counter, points=second.points)


def _sought(context: Context, claim: t.Expr, clock: Clock, share: float, starts: int = MANY) -> str | None:
    from mathcore.proof.balls.seek import seek

    try:
        with limited(share * clock.left()):
            if any(isinstance(n, t.Limit) for n in t.walk(claim)):  # other sequences than those of the first look
                found = compared(context, claim, seed=3, count=8 * starts) if starts == MANY else None
                return None if found is None or found.refuted is None else found.detail or str(found.refuted)
            return seek(context, claim, starts, clock.left)
    except OutOfTime:
        return None
    except Exception:  # a point that cannot be evaluated refutes nothing
        return None


def _met(context: Context, claim: t.Expr, clock: Clock) -> str | None:
    from mathcore.proof.door.meeting import met

    try:
        with limited(0.5 * clock.left()):
            return met(context, claim, clock.left)
    except OutOfTime:
        return None
    except Exception:  # a point that cannot be evaluated refutes nothing
        return None


def _instances(context: Context, claim: t.Expr) -> tuple[Context, str]:
    """A function that is only declared is tried out as a cubic: what fails there fails for some function."""
    heads = {n.head for n in t.walk(context.unfold(claim)) if isinstance(n, t.Apply)}
    names = sorted(s.name for s in context.symbols.values() if s.type == t.Type("function") and s.name in heads)
    if not names:
        return context, ""
    variable = t.Symbol("v_", t.Type("real"))
    made = replace(context, symbols={**context.symbols, "v_": variable})
    return made, "; ".join(f"{name}(v_) = v_^3 / {k + 2} - {k + 1} v_ + 1 / 3" for k, name in enumerate(names))


def _constant(context: Context, goal: t.Expr) -> Verdict | None:
    """Numbers without symbols are compared by balls: an enclosure that decides is a proof."""
    if not isinstance(goal, t.Relation) or goal.ops[0] == "=" or symbols_of(goal, context.definitions):
        return None
    try:
        if statement(program(context.definitions, {}), goal).decided({}) == TRUE:
            return Verdict("", Level.PROVED, "enclosed by balls", axioms=("field", "order"), points=1)
    except Exception:  # no value
        return None
    return None


def _chain(goal: t.Expr) -> list[t.Expr] | None:
    """The single relations of a chain or a conjunction."""
    if isinstance(goal, t.Relation) and len(goal.ops) > 1:
        return [t.Relation((a, b), (op,)) for a, op, b in zip(goal.args, goal.ops, goal.args[1:], strict=False)]
    return list(goal.parts) if isinstance(goal, t.And) else None


def _whole(text: str, verdicts: list[Verdict]) -> Verdict:
    return replace(together(verdicts), claim=text)


def _points(context: Context, claim: t.Expr, instance: str, seconds: float) -> Verdict:
    try:
        with limited(seconds):
            return second_leg(context, claim, instance=instance)
    except OutOfTime:
        return Verdict("", Level.UNKNOWN, "balls", LATE)
    except Exception as error:
        return Verdict("", Level.UNKNOWN, "balls", f"no point could be evaluated ({type(error).__name__})")


def _pinned(context: Context, claim: t.Expr, instance: str) -> bool:
    """Whether the hypotheses leave one point only: numbers, an equation, and whatever is drawn is the same."""
    values = [s for s in symbols_of(claim, context.definitions) if s.type.domain != "function"]
    fixed = any(isinstance(h, t.Relation) and "=" in h.ops for h in map(bare, (*context.hypotheses, *opened(claim)[1])))
    if instance or not fixed or any(s.type.shape or s.type.domain not in t.DOMAINS or _counted(s) for s in values):
        return False
    found = [compared(context, claim, seed=seed) for seed in range(1, 7)]
    return all(f.points <= 1 and f.refuted is None for f in found) and sum(f.points for f in found) >= 4


def _counted(symbol: t.Symbol) -> bool:
    return symbol.type.domain in ("size", "index", "natural", "batch")


def _confirmed(context: Context, claim: t.Expr, text: str, found: Found, second: Verdict, instance: str, clock: Clock) -> Verdict:
    """A proof counts only if the points confirm it and the hypotheses hold somewhere."""
    level, reason = Level.PROVED, ""
    if second.reason == LATE:
        second = _points(context, claim, instance, clock.left())
    if second.level is Level.REFUTED:
        return replace(second, claim=text, level=Level.CONFLICT, reason="the kernel accepts this and a point refutes it")
    if second.level is Level.UNKNOWN and not (second.points and _pinned(context, claim, instance)):
        level, reason = Level.UNKNOWN, f"a proof was found, but {second.reason}"
    else:
        try:
            with limited(max(clock.left(), 0.2)):
                missing = unwitnessed(context, claim, instance=instance)
        except OutOfTime:
            missing = "no point that satisfies the hypotheses was found in time"
        if missing:
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
