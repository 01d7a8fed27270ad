"""`at(...)` carried out; with `new`, e.g. "b = 1/T", the variable of a limit is changed."""

from __future__ import annotations

from dataclasses import dataclass

from mathcore.rules.rule import Example, Form, Rule
from mathcore.translation import N_


@dataclass(frozen=True)
class Substitute(Rule):
    form = Form("substitution", "new")
    title = "substitute"
    spoken = N_("substitution")
    example = Example(
        given="x, r: real",
        left="at(x = 2: x^2 + r)",
        right="= 4 + r",
        reason="[substitution]",
        twin="= 2 + r",
    )

    new: str = ""
