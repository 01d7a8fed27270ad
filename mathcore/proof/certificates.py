"""Verdicts as certificates: statement, declarations, steps, rules with their data, lemmas, versions. Plain JSON."""

from __future__ import annotations

import json
import platform
from collections.abc import Iterable
from dataclasses import fields
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from mathcore.card import Card, Derivation
from mathcore.evidence import Verdict
from mathcore.proof.omitted import named
from mathcore.rules.certificate import Term
from mathcore.rules.rule import Rule
from mathcore.rules.split import Case

FORMAT = "mathcore certificates 1"
LIBRARIES = ("sympy", "python-flint", "lark")


def document(judged: Iterable[tuple[Card, Derivation, Verdict]]) -> dict[str, Any]:
    """All that a reader needs to check the verdicts again: the cards (and those they use), the derivations, the versions."""
    cards: dict[str, Any] = {}
    claims = []
    for card, derivation, verdict in judged:
        queue = [card]
        while queue:
            current = queue.pop()
            if current.name not in cards:
                cards[current.name] = {
                    "given": current.given,
                    "define": list(current.definitions),
                    "uses": list(current.uses),
                }
                queue += [current.other(name) for name in current.uses]
        claims.append(claim(card, derivation, verdict))
    return {"format": FORMAT, "versions": versions(), "cards": cards, "claims": claims}


def claim(card: Card, derivation: Derivation, verdict: Verdict) -> dict[str, Any]:
    """One derivation with its verdict."""
    key = derivation.key or derivation.title
    steps = [
        {
            "text": step.text,
            "rule": plain(step.by),
            "level": str(judged.level),
            "conditions": list(judged.conditions),
            "hypotheses": list(judged.hypotheses),
            "lemmas": list(judged.lemmas),
            "axioms": list(judged.axioms),
        }
        for step, judged in zip(named(derivation, verdict).steps, verdict.steps, strict=False)
    ]
    return {
        "name": f"{card.name}.{key}",
        "card": card.name,
        "given": derivation.given,
        "claim": derivation.claim,
        "instance": derivation.instance,
        "level": str(verdict.level),
        "steps": steps,
    }


def plain(part: Any) -> Any:
    """A rule as JSON: its name and its data."""
    if isinstance(part, (Rule, Term, Case)):
        return {"rule": type(part).__name__} | {f.name: plain(getattr(part, f.name)) for f in fields(part)}
    if isinstance(part, tuple):
        return [plain(item) for item in part]
    return part


def versions() -> dict[str, str]:
    from mathcore import __version__

    found = {"mathcore": __version__, "python": platform.python_version()}
    for library in LIBRARIES:
        try:
            found[library] = version(library)
        except PackageNotFoundError:
            found[library] = "without metadata"
    return found


def text(content: dict[str, Any]) -> str:
    """Sorted and indented: the same verdicts, the same bytes."""
    return json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False, allow_nan=False) + "\n"
