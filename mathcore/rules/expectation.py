"""`mean(c: ...)` over all batches of b of N samples carried out: each sample is in the share b / N of them."""

from __future__ import annotations

from dataclasses import dataclass

from mathcore.rules.rule import Example, Form, Rule
from mathcore.translation import N_


@dataclass(frozen=True)
class Expectation(Rule):
    form = Form("expectation")
    title = "expectation"
    spoken = N_("mean over all batches")
    example = Example(
        given="N, b: size; b <= N; i: index[N]; c: batch[N, b]",
        left="mean(c: c[i])",
        right="= b / N",
        reason="[expectation]",
        twin="= b",
    )
