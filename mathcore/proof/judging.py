"""Derivations judged: each step by its rule and by balls, the steps composed to the claim, the hypotheses witnessed.

What is proved is the claim as printed: the steps must start at its left side, end at its right side, and their
relations must compose to its relation.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import NamedTuple

from mathcore import card as c
from mathcore.evidence import NO_POINT, Level, Verdict, worst
from mathcore.language import tree as t
from mathcore.language.chain import composed, core_of, start
from mathcore.language.chain import relation as related
from mathcore.language.chain import step as chain_step
from mathcore.language.parser import Context, FormulaError
from mathcore.language.reading import Reading, read
from mathcore.proof.at_points import at_points, sought, unwitnessed
from mathcore.proof.checking import check
from mathcore.proof.defined import false_either_way, written
from mathcore.proof.faults import told
from mathcore.proof.omitted import candidates, further
from mathcore.proof.rules import CHECKERS
from mathcore.proof.rules.equivalence import equivalent
from mathcore.proof.scope import Contradicted, Equality, NotShown, Scope, Trace, text_of
from mathcore.rules.rule import Rule

SHOWN = (Level.PROVED, Level.CONDITIONAL)  # by the kernel; points and a witness are asked for in either case

Explain = Callable[[Context, t.Expr], str]  # why no point satisfies all hypotheses of a claim, as far as it is seen


def unexplained(context: Context, claim: t.Expr) -> str:
    """Nothing: for who asks whether a claim is shown, and not why it is not."""
    return ""


def implies(shown: str, claimed: str) -> bool:
    return shown == claimed or (shown, claimed) in {
        ("<", "<="),
        (">", ">="),
        ("=", "<="),
        ("=", ">="),
        ("<=>", "=>"),
        ("<", "!="),
        (">", "!="),
    }


def judge_derivation(
    card: c.Card, derivation: c.Derivation, explain: Explain = unexplained, path: tuple[str, ...] = ()
) -> Verdict:
    """The verdict on a derivation, with one verdict a step. `path` names the derivations whose lemma this one is.

    It is judged once, whatever asks for it; only a verdict that met a circle holds for this path alone.
    """
    key = (card, derivation, explain)
    if key in _judged:
        return _judged[key]
    verdict = _verified(card, derivation, explain, path)
    if not path or all("circular: " not in v.reason for v in (verdict, *verdict.steps)):
        _judged[key] = verdict
    return verdict


_judged: dict[tuple[c.Card, c.Derivation, Explain], Verdict] = {}


def _verified(card: c.Card, derivation: c.Derivation, explain: Explain, path: tuple[str, ...]) -> Verdict:
    label = f"{card.name}.{derivation.key or derivation.title}"
    try:
        return _verify(card, derivation, explain, (*path, label))
    except FormulaError as error:
        return Verdict(derivation.claim, Level.UNKNOWN, method="card", reason=str(error))
    except NotShown as error:
        return Verdict(derivation.claim, Level.UNKNOWN, reason=str(error))
    except Exception as error:  # what nothing on the way expects
        return Verdict(derivation.claim, Level.CONFLICT, reason=told(error))


@dataclass(frozen=True)
class Claim:
    """What the steps of a derivation are to show, and where: under its premises too."""

    card: c.Card
    context: Context
    whole: t.Expr  # with its premises
    instance: str = ""
    path: tuple[str, ...] = ()
    explain: Explain = unexplained

    def scope(self) -> Scope:
        return scope_of(self.card, self.context, Trace(), self.whole, self.path, self.explain)


def _verify(card: c.Card, derivation: c.Derivation, explain: Explain, path: tuple[str, ...]) -> Verdict:
    opened = opened_of(card, derivation)
    reading = opened.reading
    goal, premises = goal_of(opened.claim)
    claim = Claim(card, opened.context.assuming(*premises), opened.claim, derivation.instance, path, explain)
    if opened.unclear:
        if opened.false:
            return Verdict(derivation.claim, Level.REFUTED, "balls", "the claim is false at a point", counterexample=opened.false)
        raise NotShown(opened.unclear)
    if not derivation.steps:
        raise NotShown("a derivation needs at least one step")
    _check_instance(claim)
    parsed = [chain_step(claim.context, step.text) for step in derivation.steps]
    chain = [start(goal), *(node for _, node in parsed)]
    lines = zip(derivation.steps, chain, parsed, strict=False)
    judged = [judge_step(claim, step, left, op, right) for step, left, (op, right) in lines]
    steps, equalities = [verdict for verdict, _ in judged], [equality for _, equality in judged]
    second = at_points(claim.context, claim.whole, instance=claim.instance)
    composition = _composition(goal, chain, tuple(op for op, _ in parsed))
    level, reason = _of_steps(claim, steps, composition, chain[-1])
    if second.counterexample:
        if level is not Level.CONFLICT:  # a step on which the two checks disagree stays the news
            level, reason = (Level.CONFLICT if level is Level.PROVED else Level.REFUTED), "the claim is false at a point"
    elif level in SHOWN and (problem := _unconfirmed(claim, derivation, parsed, equalities, second)):
        level, reason = Level.UNKNOWN, problem
    told = {text_of(h): text_of(mine) for h, mine in reading.told}
    steps = [replace(s, hypotheses=tuple(sorted({told.get(h, h) for h in s.hypotheses}))) for s in steps] if told else steps
    if level is Level.UNKNOWN and second.reason.endswith(NO_POINT):
        reason = explain(claim.context, claim.whole) or reason
    return Verdict(
        claim=derivation.claim,
        level=level,
        method="kernel and balls",
        reason=reason,
        reading=(*(reading.said if reading.told or reading.context.somewhere else ()), *reading.fixed),
        conditions=_union(s.conditions for s in steps),
        hypotheses=_union((opened.resting_on({h for s in steps for h in s.hypotheses}), *(s.hypotheses for s in steps))),
        lemmas=_union(s.lemmas for s in steps),
        axioms=_union(s.axioms for s in steps),
        counterexample=second.counterexample or next((s.counterexample for s in steps if s.counterexample), ""),
        points=second.points,
        steps=tuple(steps),
    )


def _check_instance(claim: Claim) -> None:
    """Raise where the functions that stand for any others break a hypothesis that rules use for every argument."""
    scope = claim.scope()
    for hypothesis in claim.context.hypotheses if claim.instance else ():
        if not scope.general(hypothesis) - scope.loose(hypothesis):  # of indices alone: points draw what it speaks of
            continue
        against = at_points(claim.context.without([hypothesis]), hypothesis, instance=claim.instance).counterexample
        if against:
            raise NotShown(f"the instance {claim.instance} does not keep {text_of(hypothesis)}: {against}")


def _of_steps(claim: Claim, steps: Sequence[Verdict], composition: str, last: t.Expr) -> tuple[Level, str]:
    """What the steps show together, and the reason where it is less than the claim."""
    level = worst([s.level for s in steps])
    reason = next((s.reason for s in steps if s.level is level and s.level is not Level.PROVED), "")
    if composition:
        level, reason = worst([level, Level.UNKNOWN]), reason or composition
    if level in SHOWN and any(isinstance(n, t.Limit) for n in t.walk(claim.context.unfold(last))):
        level, reason = Level.UNKNOWN, "the last line holds a limit, of which it is not shown that it exists: go on to its value"
    return level, reason


def _unconfirmed(
    claim: Claim,
    derivation: c.Derivation,
    parsed: Sequence[tuple[str, t.Expr]],
    equalities: Sequence[Equality],
    second: Verdict,
) -> str:
    """What else is asked of a claim that the steps show, and fails: points, the equality case, a witness of the hypotheses."""
    if second.level is Level.UNKNOWN:
        return second.reason
    problem = _equality(claim, derivation, parsed, equalities)
    return problem or unwitnessed(claim.context, claim.whole, instance=claim.instance)


def scope_of(
    card: c.Card,
    context: Context,
    trace: Trace,
    subject: t.Expr | None = None,
    path: tuple[str, ...] = (),
    explain: Explain = unexplained,
) -> Scope:
    """Where a claim, the subject, is judged, with all rules; `path` names the derivations of which it is a lemma."""
    return Scope(card, context, trace, CHECKERS, partial(cited, explain=explain), path, subject)


def cited(scope: Scope, name: str, explain: Explain = unexplained) -> tuple[Context, t.Expr, c.Derivation]:
    """A derivation that a rule in this scope names: it has to be shown without conditions, and not to rest on itself."""
    card_name, _, key = name.rpartition(".")
    try:
        card = scope.card.other(card_name) if card_name not in ("", scope.card.name) else scope.card
        derivation = card.derivation(key)
    except (KeyError, c.WrongCard) as error:  # there is no such page, or no such derivation on it
        raise NotShown(str(error.args[0])) from None
    label = f"{card.name}.{derivation.key or derivation.title}"
    if label in scope.path:
        raise NotShown(f"circular: {' -> '.join([*scope.path, label])}")
    verdict = judge_derivation(card, derivation, explain, scope.path)
    if not verdict.held:
        raise NotShown(f"the lemma {label} is {verdict.level}: {verdict.reason}")
    if verdict.conditions:
        raise NotShown(f"the lemma {label} holds only under {', '.join(verdict.conditions)}")
    scope.trace.lemmas.add(label)
    opened = opened_of(card, derivation)
    return opened.context, opened.claim, derivation  # its hypotheses as they were read when it was shown


class Opened(NamedTuple):
    """What a derivation says, its premises aside: what hypotheses define is a notation where its derivatives meet it."""

    context: Context
    claim: t.Expr
    reading: Reading
    resting_on: Callable[[Collection[str]], tuple[str, ...]] = lambda _: ()  # the hypotheses that became notations here
    unclear: str = ""
    false: str = ""  # of what is unclear: a point at which it is false however it is meant


def opened_of(card: c.Card, derivation: c.Derivation) -> Opened:
    context = derivation.context(card)
    claim = context.parse(derivation.claim)
    lines = [chain_step(context, step.text)[1] for step in derivation.steps]
    return opened_with(context, claim, lines, derivation.instance)


def opened_with(context: Context, claim: t.Expr, lines: Sequence[t.Expr] = (), instance: str = "") -> Opened:
    """A claim as it is judged, with what stands on the lines below it."""
    reading = read(context, claim, functions=False)
    plain = Opened(reading.context, claim, reading)
    moving = [n for f in (claim, *lines) for n in t.walk(context.unfold(f)) if isinstance(n, (t.Derivative, t.Limit, t.At))]
    if not moving:
        return plain
    whole: t.Expr = t.And((claim, *lines))
    for premise in reversed(core_of(claim)[1]):
        whole = t.Implies(premise, whole)
    form = written(reading.context, whole, reading.defined)
    if form.unclear:
        return plain._replace(
            unclear=form.unclear, false=false_either_way(written(reading.context, claim, reading.defined), instance)
        )
    gone = {d.symbol for d in reading.defined} - set(form.context.symbols.values())
    if not any(t.free_symbols(n.body) & gone for n in moving):
        return plain
    core, _ = core_of(form.claim)
    assert isinstance(core, t.And)  # as made above
    return Opened(form.context, core.parts[0], reading, form.resting_on)


def goal_of(claim: t.Expr) -> tuple[t.Relation | t.Iff, tuple[t.Expr, ...]]:
    """The relation to show, and the premises under which."""
    core, premises = core_of(claim)
    if (isinstance(core, t.Relation) and len(core.ops) == 1) or isinstance(core, t.Iff):
        return core, premises
    raise NotShown("a claim is one relation (a chain of several is several derivations)")


def _composition(goal: t.Relation | t.Iff, chain: list[t.Expr], ops: tuple[str, ...]) -> str:
    """Empty if the steps compose to the claim; otherwise what is wrong."""
    end = goal.right if isinstance(goal, t.Iff) else goal.args[-1]
    wanted = "<=>" if isinstance(goal, t.Iff) else goal.ops[0]
    if not t.same(chain[-1], end):
        return f"the steps end at {text_of(chain[-1])}, the claim at {text_of(end)}"
    shown = composed(ops)
    if shown is None:
        if "!=" in ops:
            return f"the relations {' '.join(ops)} show nothing together: beside one != only = may stand"
        return f"the relations {' '.join(ops)} point in different directions and show nothing together"
    return "" if implies(shown, wanted) else f"the steps show {shown}, the claim says {wanted}"


def judge_step(claim: Claim, step: c.Step, left: t.Expr, op: str, right: t.Expr) -> tuple[Verdict, Equality]:
    """The verdict on a step by its rule and by balls, and when its relation holds with equality."""
    scope = claim.scope()
    shown = by_any_rule(scope, left, op, right) if step.by is None else _by(step.by, scope, left, op, right)
    level, reason, trace = shown.level, shown.reason, shown.trace
    if level is Level.PROVED and trace.conditions:
        level, reason = Level.CONDITIONAL, "left to show: " + ", ".join(trace.conditions)
    relation = related(left, op, right)
    second = at_points(claim.context, relation, instance=claim.instance, subject=claim.whole)
    if level is Level.UNKNOWN and not second.counterexample:  # it may be false: a longer search than every step is given
        against = sought(claim.context, relation, instance=claim.instance, subject=claim.whole)
        second = replace(second, counterexample=against)
    if second.counterexample:
        if level is Level.PROVED:
            level, reason = Level.CONFLICT, "the kernel accepts this step and the balls refute it"
        elif level in (Level.CONDITIONAL, Level.UNKNOWN):  # a point may be where a condition that is left fails
            level = Level.REFUTED
    elif level in SHOWN and second.level is Level.UNKNOWN:
        level, reason = Level.UNKNOWN, second.reason
    verdict = Verdict(
        claim=step.text,
        level=level,
        method=shown.rule.title,
        reason=reason or "; ".join(filter(None, (*trace.notes, second.reason if second.level is Level.ENCLOSED else ""))),
        conditions=tuple(trace.conditions),
        hypotheses=tuple(sorted(trace.hypotheses)),
        lemmas=tuple(sorted(trace.lemmas)),
        axioms=tuple(sorted(trace.axioms)),
        counterexample=second.counterexample,
        points=second.points,
    )
    return verdict, shown.equality


def by_any_rule(scope: Scope, left: t.Expr, op: str, right: t.Expr) -> _Shown:
    """By the first rule that shows a step which names none; what the likeliest one says if there is none."""
    plain = candidates(scope.context, left, right)
    shown = _by(plain[0], scope, left, op, right)
    if shown.level is not Level.UNKNOWN:
        return shown
    for other in (*plain[1:], *further(scope.card, scope.context, scope.path[-1], left, op, right)):
        again = _by(other, replace(scope, trace=Trace()), left, op, right)
        if again.level is not Level.UNKNOWN:
            return again
    return shown


class _Shown(NamedTuple):
    """What a rule says of a step."""

    rule: Rule
    level: Level
    reason: str
    equality: Equality
    trace: Trace


def _by(rule: Rule, scope: Scope, left: t.Expr, op: str, right: t.Expr) -> _Shown:
    level, reason, equality = Level.PROVED, "", None
    try:
        equality = check(rule, scope, left, op, right)
    except NotShown as error:
        level, reason = Level.UNKNOWN, str(error)
    except Contradicted as error:
        level, reason = Level.CONFLICT, str(error)
    except RecursionError:
        level, reason = Level.UNKNOWN, "too deeply nested for the kernel"
    return _Shown(rule, level, reason, equality, scope.trace)


def _equality(claim: Claim, derivation: c.Derivation, parsed: Sequence[tuple[str, t.Expr]], found: Sequence[Equality]) -> str:
    """Empty if the declared equality case is exactly the one that the steps give, or none is declared."""
    if not derivation.equality:
        return ""
    declared = claim.context.parse(derivation.equality)
    if any(op in ("<", ">") for op, _ in parsed):
        return "a step is strict: then the sides are never equal"
    weak = [e for (op, _), e in zip(parsed, found, strict=True) if op in ("<=", ">=")]
    if len(weak) != 1 or weak[0] is None:
        return "the equality case is not known from the steps"
    cases = list(weak[0])
    if len(cases) == 1 and equivalent(claim.scope(), cases[0], declared):
        return ""
    return f"the steps give equality for {' and '.join(text_of(x) for x in cases) or 'nothing'}, not {derivation.equality}"


def _union(groups: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(sorted({item for group in groups for item in group}))
