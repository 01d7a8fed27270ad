"""A definition opened or closed."""

from __future__ import annotations

from dataclasses import dataclass

from mathcore.rules.rule import Example, Form, Rule
from mathcore.translation import N_


@dataclass(frozen=True)
class Unfold(Rule):
    form = Form("definition")
    title = "unfold"
    spoken = N_("definition")
    example = Example(
        given="x: real",
        left="f(x)",
        right="= x^2",
        reason="[definition]",
        twin="= x",
        define="f(x) = x^2",
    )
