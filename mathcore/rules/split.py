"""One rule per case; the cases are shown to cover the domain."""

from __future__ import annotations

from dataclasses import dataclass

from mathcore.rules.rule import Example, Form, Rule
from mathcore.translation import N_


@dataclass(frozen=True)
class Case:
    condition: str
    by: Rule


@dataclass(frozen=True)
class Split(Rule):
    form = Form("cases")
    title = "case split"
    spoken = N_("case by case")
    example = Example(
        given="a: real",
        left="abs(a)",
        right=">= a",
        reason=("[cases]\n- a >= 0: [terms 0]\n- a < 0: [terms -2 a]"),
        twin=">= 2 a",
    )

    cases: tuple[Case, ...]
