"""`by` where the probabilities named in `of` are positive; zeros by 0 log 0 = 0 and by both sides infinite."""

from __future__ import annotations

from dataclasses import dataclass

from mathcore.rules.rule import Form, Rule
from mathcore.translation import N_


@dataclass(frozen=True)
class Support(Rule):
    form = Form("support", "of")
    title = "support split"
    spoken = N_("case by case")

    of: tuple[str, ...]
    by: Rule
