"""A relation between the summands, for every value of `index` (or of the letter of a range), summed."""

from __future__ import annotations

from dataclasses import dataclass

from mathcore.rules.rule import Example, Form, Rule
from mathcore.translation import N_


@dataclass(frozen=True)
class SumOver(Rule):
    form = Form("each", "index")
    title = "sum over"
    spoken = N_("term by term")
    example = Example(
        given="n: size; x, y: real[n]; k: index[n]; x[k] <= y[k]",
        left="sum(k: x[k])",
        right="<= sum(k: y[k])",
        reason="[each k] [given x[k] <= y[k]]",
        twin="<= sum(k: y[k] - 1)",
    )

    index: str
    by: Rule
