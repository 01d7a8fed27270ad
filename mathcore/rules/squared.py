"""`smaller` <= `larger` where larger >= 0, by their squares: `by` compares smaller^2 with larger^2."""

from __future__ import annotations

from dataclasses import dataclass

from mathcore.rules.rule import Example, Form, Rule
from mathcore.translation import N_


@dataclass(frozen=True)
class Squared(Rule):
    form = Form("squares", "smaller", (("under", "larger"),))
    title = "squared"
    spoken = N_("by squares")
    example = Example(
        given="a, b: nonnegative",
        left="sqrt(a b)",
        right="<= (a + b) / 2",
        reason="[squares sqrt(a b) under (a + b) / 2] [terms (a - b)^2 / 4]",
        twin="<= (a + b) / 3",
    )

    smaller: str
    larger: str
    by: Rule
