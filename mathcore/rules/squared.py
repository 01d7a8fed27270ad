"""`smaller` <= `larger` where larger >= 0, by their squares: `by` compares smaller^2 with larger^2."""

from __future__ import annotations

from dataclasses import dataclass

from mathcore.rules.rule import Form, Rule
from mathcore.translation import N_


@dataclass(frozen=True)
class Squared(Rule):
    form = Form("squares", "smaller", (("under", "larger"),))
    title = "squared"
    spoken = N_("by squares")

    smaller: str
    larger: str
    by: Rule
