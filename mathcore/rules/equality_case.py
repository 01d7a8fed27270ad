"""A sum of non-negative terms is zero exactly if each is: the equality case of the lemma named."""

from __future__ import annotations

from dataclasses import dataclass

from mathcore.rules.rule import Form, Rule
from mathcore.translation import N_


@dataclass(frozen=True)
class EqualityCase(Rule):
    form = Form("equality", "lemma", (("at", "at"),))
    title = "equality case"
    spoken = N_("when both sides are equal")

    lemma: str
    at: str = ""
