"""A declared hypothesis (or one that a domain carries, such as sum(k: p[k]) = 1), at a substitution.

For an equality several hypotheses, separated by semicolons, may be used one after the other.
"""

from __future__ import annotations

from dataclasses import dataclass

from mathcore.rules.rule import Example, Form, Rule
from mathcore.translation import N_


@dataclass(frozen=True)
class Use(Rule):
    form = Form("given", "hypothesis", (("at", "at"),))
    title = "use"
    spoken = N_("given")
    example = Example(
        given="n: size; p: simplex[n]; k: index[n]",
        left="1 - sum(k: p[k])",
        right="= 0",
        reason="[given sum(k: p[k]) = 1]",
        twin="= 1",
    )

    hypothesis: str
    at: str = ""
