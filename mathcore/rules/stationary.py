"""The gradient by `variable` is zero at the point and the function is convex (`curvature` >= 0, see checker)."""

from __future__ import annotations

from dataclasses import dataclass

from mathcore.rules.rule import Example, Form, Rule
from mathcore.translation import N_


@dataclass(frozen=True)
class Stationary(Rule):
    form = Form("stationary", "variable", (("curvature", "curvature"),))
    title = "stationary"
    spoken = N_("slope 0")
    example = Example(
        given="a: real",
        left="a^2 - 2 a",
        right=">= 1^2 - 2 * 1",
        reason="[stationary a = 1]",
        twin=">= 1",
    )

    variable: str
    curvature: str = ""
