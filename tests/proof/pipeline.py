"""The kernel alone, and the whole pipeline, on a claim given as text: for the tests of the proof room."""

from __future__ import annotations

from dataclasses import dataclass

from mathcore.card import Card, Derivation, Step
from mathcore.evidence import Verdict
from mathcore.formulas import LIBRARY
from mathcore.language import tree as t
from mathcore.proof import derive, judging
from mathcore.proof.checking import check
from mathcore.proof.judging import scope_of
from mathcore.proof.scope import Contradicted, NotShown, Trace
from mathcore.rules.rewrite import Rewrite
from mathcore.rules.rule import Rule

SAME = "same_(v_) = v_"  # a card needs a definition; most claims here need none


def card(
    given: str = "", derivations: tuple[Derivation, ...] = (), define: str = SAME, name: str = "trial", **fields: object
) -> Card:
    declared = f"{given}; v_: real" if given.strip() else "v_: real"
    known = {"define": define, "derivations": derivations, "library": LIBRARY, **fields}
    return Card(name=name, title=name, summary="", given=declared, **known)  # type: ignore[arg-type]  # fields of the card, by name


@dataclass(frozen=True)
class Answer:
    """What the checkers say without balls: `accepted` means shown, with no condition left."""

    accepted: bool
    reason: str = ""
    conditions: tuple[str, ...] = ()


def kernel(claim: str, by: Rule = Rewrite(), given: str = "", of: Card | None = None, **fields: object) -> Answer:
    """The claim by one rule, the kernel alone."""
    of = of or card(given, **fields)  # type: ignore[arg-type]  # fields of the card, by name
    context = of.context
    parsed = context.parse(claim)
    goal, premises = judging.goal_of(parsed)
    trace = Trace()
    scope = scope_of(card=of, context=context.assuming(*premises), trace=trace, path=("the claim under test",), subject=parsed)
    left, op, right = (goal.left, "<=>", goal.right) if isinstance(goal, t.Iff) else (goal.args[0], goal.ops[0], goal.args[1])
    try:
        check(by, scope, left, op, right)
    except (NotShown, Contradicted) as error:
        return Answer(False, str(error), tuple(trace.conditions))
    return Answer(not trace.conditions, "", tuple(trace.conditions))


def pipeline(
    claim: str, by: Rule = Rewrite(), given: str = "", instance: str = "", equality: str = "", **fields: object
) -> Verdict:
    """The verdict on the claim as a derivation of one step: kernel, balls, witnesses and all."""
    of = card(given, **fields)  # type: ignore[arg-type]  # fields of the card, by name
    goal, _ = judging.goal_of(of.context.parse(claim))
    op, right = ("<=>", goal.right) if isinstance(goal, t.Iff) else (goal.ops[0], goal.args[1])
    step = Step(f"{op} {judging.text_of(right)}", by=by, why="the claim in one step")
    return derive.verify_derivation(of, Derivation("the claim", claim=claim, steps=(step,), instance=instance, equality=equality))
