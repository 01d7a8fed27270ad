"""A sum of non-negative terms is zero exactly if each is: the equality case of the lemma named."""

from __future__ import annotations

from dataclasses import dataclass

from mathcore.rules.rule import Example, Form, Rule
from mathcore.translation import N_


@dataclass(frozen=True)
class EqualityCase(Rule):
    form = Form("equality", "lemma", (("at", "at"),))
    title = "equality case"
    spoken = N_("when both sides are equal")
    example = Example(
        given="n: size; p, q: simplex[n]; k: index[n]",
        left="kl_divergence(p, q) = 0",
        right="<=> forall(k: p[k] = q[k])",
        reason="[equality entropy.gap at x = p[k]; y = q[k]]",
        twin="<=> forall(k: p[k] = 2 q[k])",
        uses="kl_divergence, entropy",
    )

    lemma: str
    at: str = ""
