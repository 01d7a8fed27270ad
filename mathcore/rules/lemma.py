"""An earlier derivation, "entropy.tangent" or "tangent" of this card, at a substitution "t = n p[k]"."""

from __future__ import annotations

from dataclasses import dataclass

from mathcore.rules.rule import Example, Form, Rule
from mathcore.translation import N_


@dataclass(frozen=True)
class Lemma(Rule):
    form = Form("lemma", "name", (("at", "at"),))
    title = "lemma"
    spoken = N_("shown before")
    example = Example(
        given="x: real",
        left="exp(x)",
        right=">= 1 + x",
        reason="[lemma softmax.tangent at c = x]",
        twin=">= 2 + x",
        uses="softmax",
    )

    name: str
    at: str = ""
