"""The kernel leg alone, and the whole pipeline, on a claim given as text: for the tests of the proof room."""

from __future__ import annotations

from dataclasses import dataclass

from mathcore.card import Card, Derivation, Rule, Step, rewrite
from mathcore.evidence import Level
from mathcore.language import tree as t
from mathcore.proof import derive
from mathcore.proof.rules import check
from mathcore.proof.scope import NotShown, Scope, Trail

SAME = "same_(v_) = v_"  # a card needs a definition; most claims here need none


def card(given: str = "", derivations: tuple[Derivation, ...] = (), define: str = SAME, name: str = "trial", **fields: object) -> Card:
    declared = f"{given}; v_: real" if given.strip() else "v_: real"
    return Card(name=name, title=name, summary="", given=declared, define=define, derivations=derivations, **fields)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Answer:
    """What the checkers say without balls: `accepted` means shown, with no condition left."""

    accepted: bool
    reason: str = ""
    conditions: tuple[str, ...] = ()
    hypotheses: tuple[str, ...] = ()
    equality: tuple[str, ...] | None = None


def kernel(claim: str, by: Rule = rewrite, given: str = "", of: Card | None = None, **fields: object) -> Answer:
    """The claim by one rule, the kernel leg alone."""
    of = of or card(given, **fields)  # type: ignore[arg-type]
    context = of.context
    parsed = context.parse(claim)
    goal, premises = derive._goal(parsed)
    trail = Trail()
    scope = Scope(card=of, context=context.assuming(*premises), trail=trail, path=("the claim under test",), subject=parsed)
    left, op, right = (goal.left, "<=>", goal.right) if isinstance(goal, t.Iff) else (goal.args[0], goal.ops[0], goal.args[1])
    try:
        equality = check(by, scope, left, op, right)
    except NotShown as error:
        return Answer(False, str(error), tuple(trail.conditions), tuple(sorted(trail.hypotheses)))
    shown = None if equality is None else tuple(map(derive.text_of, equality))
    return Answer(not trail.conditions, "", tuple(trail.conditions), tuple(sorted(trail.hypotheses)), shown)


def derivation(claim: str, by: Rule = rewrite, given: str = "", **fields: object) -> Derivation:
    """The claim in one step: its right side again, by one rule."""
    for op in ("<=>", "<=", ">=", "<", ">", "="):
        head, _, tail = claim.rpartition("=> ") if op != "<=>" and "=> " in claim and "<=> " not in claim else ("", "", claim)
        left, found, right = _parted(tail, op)
        if found:
            return Derivation("the claim", claim=claim, steps=(Step(f"{op} {right}", by=by, why="test"),), given=given, **fields)  # type: ignore[arg-type]
    raise ValueError(claim)


def _parted(text: str, op: str) -> tuple[str, str, str]:
    """Left, operator, right at the outermost level."""
    depth = 0
    for place, character in enumerate(text):
        depth += (character in "([") - (character in ")]")
        here = text[place : place + len(op)]
        alone = op != "=" or (text[place - 1] not in "<>!" and text[place + 1] != ">")
        whole = op not in ("<", ">") or text[place + 1 : place + 2] != "="
        arrow = op != ">" or text[place - 1] not in "=-"
        if depth == 0 and here == op and alone and whole and arrow and not (op == "<=" and text[place : place + 3] == "<=>"):
            return text[:place].strip(), op, text[place + len(op) :].strip()
    return text, "", ""


def pipeline(claim: str, by: Rule = rewrite, given: str = "", of: Card | None = None, **fields: object) -> Level:
    """The level of the claim as a derivation of one step: kernel, balls, witnesses and all."""
    made = derivation(claim, by, **{k: fields.pop(k) for k in ("instance", "equality") if k in fields})  # type: ignore[arg-type]
    return derive.verify_derivation(of or card(given, **fields), made).level  # type: ignore[arg-type]
