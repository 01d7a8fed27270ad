"""max(k: z[k]) is z[m] for some m, and z[k] <= z[m] for every k: `by` with that m."""

from __future__ import annotations

from dataclasses import dataclass

from mathcore.rules.rule import Form, Rule
from mathcore.translation import N_


@dataclass(frozen=True)
class Attained(Rule):
    form = Form("maximum", "index")
    title = "case split"
    spoken = N_("case by case")

    index: str
    by: Rule
