"""The algebra of limits: continuity, sums, quotients, exp and log at the ends; sympy must agree."""

from __future__ import annotations

from dataclasses import dataclass

from mathcore.rules.rule import Example, Form, Rule
from mathcore.translation import N_


@dataclass(frozen=True)
class Limiting(Rule):
    form = Form("limit")
    title = "limit"
    spoken = N_("limit")
    example = Example(
        given="x: positive",
        left="lim(x -> inf: 1 / (1 + exp(-x)))",
        right="= 1",
        reason="[limit]",
        twin="= 0",
    )
