"""sum(t = a..b: F[t + 1] - F[t]) = F[b + 1] - F[a]."""

from __future__ import annotations

from dataclasses import dataclass

from mathcore.rules.rule import Example, Form, Rule
from mathcore.translation import N_


@dataclass(frozen=True)
class Telescope(Rule):
    form = Form("telescope")
    title = "telescope"
    spoken = N_("neighbours cancel")
    example = Example(
        given="t: natural",
        left="sum(s = 0..t: (s + 1)^2 - s^2)",
        right="= (t + 1)^2",
        reason="[telescope]",
        twin="= t^2",
    )
