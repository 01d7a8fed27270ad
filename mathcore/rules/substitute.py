"""`at(...)` carried out; with `new`, e.g. "b = 1/T", the variable of a limit is changed."""

from __future__ import annotations

from dataclasses import dataclass

from mathcore.rules.rule import Form, Rule
from mathcore.translation import N_


@dataclass(frozen=True)
class Substitute(Rule):
    form = Form("substitution", "new")
    title = "substitute"
    spoken = N_("substitution")

    new: str = ""
