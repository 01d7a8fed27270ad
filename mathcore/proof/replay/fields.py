"""The form of a document: which fields cards, claims, steps and rules have, and of what kind each is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from typing import Any

from mathcore.proof.replay.letters import Bad
from mathcore.rules import RULES
from mathcore.rules.certificate import Term
from mathcore.rules.split import Case

TEXT, TEXTS = "a text", "a list of texts"
CARD = {"given": TEXT, "define": TEXTS, "uses": TEXTS}
CLAIM = {"name": TEXT, "card": TEXT, "given": TEXT, "claim": TEXT, "instance": TEXT, "level": TEXT, "steps": "a list of steps"}
STEP = {"text": TEXT, "rule": "a rule", "level": TEXT, "conditions": TEXTS, "hypotheses": TEXTS, "lemmas": TEXTS, "axioms": TEXTS}
DEEP = 40  # rules in rules


@cache
def _of_rules() -> dict[str, dict[str, str]]:
    kinds = {"str": TEXT, "Rule": "a rule", "Rule | None": "a rule or nothing", "tuple[str, ...]": TEXTS}
    kinds |= {"tuple[Term, ...]": "a list of terms", "tuple[Case, ...]": "a list of cases"}
    return {r.__name__: {f.name: kinds[str(f.type)] for f in fields(r)} for r in (*RULES.values(), Term, Case)}


def check(what: str, part: Any, wanted: Mapping[str, str], deep: int = 0) -> None:
    """Raises Bad if a field is missing, unknown or of another kind."""
    if not isinstance(part, Mapping):
        raise Bad(f"{what} is no record of fields")
    for name in wanted:
        if name not in part:
            raise Bad(f"{what} lacks the field {name}")
    for name, value in part.items():
        if name not in wanted:
            raise Bad(f"{what} has a field {name!r} that is unknown")
        _field(f"{name} of {what}", value, wanted[name], deep)


def _field(what: str, value: Any, kind: str, deep: int) -> None:
    if deep > DEEP:
        raise Bad(f"rules are nested deeper than {DEEP}")
    if kind == "a rule or nothing" and value is None:
        return
    if kind.startswith("a list of"):
        if not isinstance(value, list):
            raise Bad(f"{what} is not {kind}")
        for item in value:
            _field(
                f"an item in {what}",
                item,
                {TEXTS: TEXT, "a list of steps": "a step"}.get(kind, kind[len("a list of ") : -1]),
                deep,
            )
    elif kind == TEXT:
        if not isinstance(value, str):
            raise Bad(f"{what} is not a text")
    elif kind == "a step":
        check(what, value, STEP, deep)
    else:
        name = value.get("rule") if isinstance(value, Mapping) else None
        of = _of_rules().get(name) if isinstance(name, str) else None
        if of is None or (name == "Term") != (kind == "term") or (name == "Case") != (kind == "case"):
            raise Bad(f"{what} is {'no rule' if kind.startswith('a rule') else f'no {kind}'} that is known")
        check(f"the {name}", value, {"rule": TEXT, **of}, deep + 1)
