"""Between two expressions with the same limit: `lower` <= body (by `below`), body <= `upper` (by `above`)."""

from __future__ import annotations

from dataclasses import dataclass

from mathcore.rules.rule import Form, Part, Rule
from mathcore.translation import N_


@dataclass(frozen=True)
class Squeeze(Rule):
    form = Form("squeeze", "", (("near", "near"),), (Part("below", "below", "lower"), Part("above", "above", "upper")))
    title = "squeeze"
    spoken = N_("squeeze")

    lower: str
    below: Rule
    upper: str
    above: Rule
    near: str = ""
