"""`mean(c: ...)` over all batches of b of N samples carried out: each sample is in the share b / N of them."""

from __future__ import annotations

from dataclasses import dataclass

from mathcore.rules.rule import Form, Rule
from mathcore.translation import N_


@dataclass(frozen=True)
class Expectation(Rule):
    form = Form("expectation")
    title = "expectation"
    spoken = N_("mean over all batches")
