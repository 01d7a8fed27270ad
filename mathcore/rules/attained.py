"""max(k: z[k]) is z[m] for some m, and z[k] <= z[m] for every k: `by` with that m."""

from __future__ import annotations

from dataclasses import dataclass

from mathcore.rules.rule import Example, Form, Rule
from mathcore.translation import N_


@dataclass(frozen=True)
class Attained(Rule):
    form = Form("maximum", "index")
    title = "case split"
    spoken = N_("case by case")
    example = Example(
        given="n: size; k: index[n]; x: real[n]; c: real; x[k] <= c",
        left="max(k: x[k])",
        right="<= c",
        reason="[maximum m] [given x[k] <= c at k = m]",
        twin="<= c - 1",
    )

    index: str
    by: Rule
