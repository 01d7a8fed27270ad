"""Both directions of an "exactly if": `forward` proves the right from the left, `backward` the left from the right."""

from __future__ import annotations

from dataclasses import dataclass

from mathcore.rules.rule import Form, Part, Rule
from mathcore.translation import N_


@dataclass(frozen=True)
class Directions(Rule):
    form = Form("directions", parts=(Part("forward", "forward"), Part("backward", "backward")))
    title = "both directions"
    spoken = N_("both directions")

    forward: Rule
    backward: Rule
