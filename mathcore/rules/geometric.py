"""Powers: sum(s = 0..t: r^s), the solution of u[t + 1] = r u[t], and r^t -> 0 exactly if |r| < 1."""

from __future__ import annotations

from dataclasses import dataclass

from mathcore.rules.rule import Example, Form, Rule
from mathcore.translation import N_


@dataclass(frozen=True)
class Geometric(Rule):
    form = Form("geometric")
    title = "geometric"
    spoken = N_("geometric")
    example = Example(
        given="X: real[naturals]; t, s: natural; r: real; X[s + 1] = r X[s]",
        left="X[t]",
        right="= r^t X[0]",
        reason="[geometric]",
        twin="= r^t",
    )
