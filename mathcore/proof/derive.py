"""What is said of a derivation: the verdict, which hypotheses contradict each other, by which rules its steps go."""

from __future__ import annotations

from dataclasses import replace

from mathcore import card as c
from mathcore.evidence import NO_POINT, Level, Verdict
from mathcore.language.chain import start
from mathcore.language.chain import step as chain_step
from mathcore.language.reading import read
from mathcore.proof.at_points import at_points
from mathcore.proof.judging import Claim, by_any_rule, goal_of, judge_derivation, opened_of, opened_with
from mathcore.proof.vacuous import emptiness


def verify_derivation(card: c.Card, derivation: c.Derivation) -> Verdict:
    """The verdict on a derivation, with one verdict a step; where no point keeps all hypotheses, it says which is false."""
    return judge_derivation(card, derivation, emptiness)


def with_rules(card: c.Card, derivation: c.Derivation) -> c.Derivation:
    """The derivation with a rule beside every step for which one is found."""
    opened = opened_of(card, derivation)
    goal, premises = goal_of(opened.claim)
    label = f"{card.name}.{derivation.key or derivation.title}"
    claim = Claim(card, opened.context.assuming(*premises), opened.claim, path=(label,), explain=emptiness)
    left, steps = start(goal), list[c.Step]()
    for step in derivation.steps:
        op, right = chain_step(claim.context, step.text)
        if step.by is None:
            shown = by_any_rule(claim.scope(), left, op, right)
            step = replace(step, by=shown.rule) if shown.level is Level.PROVED else step
        steps.append(step)
        left = right
    return replace(derivation, steps=tuple(steps))


def judge_false_claim(card: c.Card, claim: c.FalseClaim) -> Verdict:
    """A false claim must be refuted by a point, never by a failed proof."""
    context = card.context.given(claim.given) if claim.given else card.context
    parsed = context.parse(claim.statement)
    opened = opened_with(context, parsed, instance=claim.instance)
    if opened.unclear:
        level = Level.REFUTED if opened.false else Level.UNKNOWN
        return Verdict(claim.statement, level, "balls", "" if opened.false else opened.unclear, counterexample=opened.false)
    verdict = at_points(opened.context, opened.claim, instance=claim.instance, thorough=True)
    wide = read(context, parsed, widely=True)
    if verdict.counterexample and wide.widened:
        every = at_points(wide.context, parsed, instance=claim.instance, thorough=True)
        if not every.counterexample and not every.reason.endswith(NO_POINT):
            meant = f"it depends on how the hypotheses are meant: no point refutes it if {'; '.join(wide.said)}"
            return Verdict(claim.statement, Level.UNKNOWN, "balls", meant, points=every.points)
    if verdict.counterexample:
        return Verdict(claim.statement, Level.REFUTED, "balls", counterexample=verdict.counterexample, points=verdict.points)
    return Verdict(claim.statement, Level.UNKNOWN, "balls", "no point refutes this", points=verdict.points)
