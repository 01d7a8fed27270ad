"""`start` shows the relation at the least value of the natural number `over`; `step` shows it at over + 1, with the
relation at over as a hypothesis.
"""

from __future__ import annotations

from dataclasses import dataclass

from mathcore.rules.rule import Form, Part, Rule
from mathcore.translation import N_


@dataclass(frozen=True)
class Induction(Rule):
    form = Form("induction", "over", parts=(Part("start", "start"), Part("step", "step")))
    title = "induction"
    spoken = N_("induction")

    over: str
    start: Rule
    step: Rule
