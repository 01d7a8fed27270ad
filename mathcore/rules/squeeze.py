"""Between two expressions with the same limit: `lower` <= body (by `below`), body <= `upper` (by `above`)."""

from __future__ import annotations

from dataclasses import dataclass

from mathcore.rules.rule import Example, Form, Part, Rule
from mathcore.translation import N_


@dataclass(frozen=True)
class Squeeze(Rule):
    form = Form("squeeze", "", (("near", "near"),), (Part("below", "below", "lower"), Part("above", "above", "upper")))
    title = "squeeze"
    spoken = N_("squeeze")
    example = Example(
        given="x: positive",
        left="lim(x -> inf: exp(-x) step(x))",
        right="= 0",
        reason="[squeeze]\n- below 0: [terms exp(-x) step(x)]\n- above exp(-x): [terms exp(-x) (1 - step(x))]",
        twin="= 1",
    )

    lower: str
    below: Rule
    upper: str
    above: Rule
    near: str = ""
