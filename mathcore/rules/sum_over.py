"""A relation between the summands, for every value of `index` (or of the letter of a range), summed."""

from __future__ import annotations

from dataclasses import dataclass

from mathcore.rules.rule import Form, Rule
from mathcore.translation import N_


@dataclass(frozen=True)
class SumOver(Rule):
    form = Form("each", "index")
    title = "sum over"
    spoken = N_("term by term")

    index: str
    by: Rule
