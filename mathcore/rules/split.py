"""One rule per case; the cases are shown to cover the domain."""

from __future__ import annotations

from dataclasses import dataclass

from mathcore.rules.rule import Form, Rule
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

    cases: tuple[Case, ...]
