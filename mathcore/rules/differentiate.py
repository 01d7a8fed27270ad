"""The derivative carried out: by sympy, by the kernel's table, and by jets of balls."""

from __future__ import annotations

from dataclasses import dataclass

from mathcore.rules.rule import Example, Form, Rule
from mathcore.translation import N_


@dataclass(frozen=True)
class Differentiate(Rule):
    form = Form("derivative")
    title = "differentiate"
    spoken = N_("derivative")
    example = Example(
        given="x: real",
        left="D(x^3, x)",
        right="= 3 x^2",
        reason="[derivative]",
        twin="= 3 x",
    )
