"""`by` where the probabilities named in `of` are positive; zeros by 0 log 0 = 0 and by both sides infinite."""

from __future__ import annotations

from dataclasses import dataclass

from mathcore.rules.rule import Example, Form, Rule
from mathcore.translation import N_


@dataclass(frozen=True)
class Support(Rule):
    form = Form("support", "of")
    title = "support split"
    spoken = N_("case by case")
    example = Example(
        given="n: size; q: simplex[n]; j, k: index[n]",
        left="-sum(k: delta(k, j) log(q[k]))",
        right="= -log(q[j])",
        reason="[support q] [algebra]",
        twin="= -q[j]",
    )

    of: tuple[str, ...]
    by: Rule
