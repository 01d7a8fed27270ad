"""`start` shows the relation at the least value of the natural number `over`; `step` shows it at over + 1, with the
relation at over as a hypothesis.
"""

from __future__ import annotations

from dataclasses import dataclass

from mathcore.rules.rule import Example, Form, Part, Rule
from mathcore.translation import N_


@dataclass(frozen=True)
class Induction(Rule):
    form = Form("induction", "over", parts=(Part("start", "start"), Part("step", "step")))
    title = "induction"
    spoken = N_("induction")
    example = Example(
        given="t: natural; h: nonnegative",
        left="(1 + h)^t",
        right=">= 1 + t h",
        reason=("[induction t]\n- start: [terms 0]\n- step: [terms]\n  - (1 + h) ((1 + h)^t - 1 - t h)\n  - t h^2"),
        twin=">= 1 + t h^2 + t",
    )

    over: str
    start: Rule
    step: Rule
