"""The larger side minus the smaller is exactly a sum of non-negative terms."""

from __future__ import annotations

from dataclasses import dataclass

from mathcore.rules.rule import Example, Form, Rule
from mathcore.translation import N_


@dataclass(frozen=True)
class Term:
    """One term of a certificate: weight (shown >= 0) times what a lemma shows >= 0, summed over `over`, e.g. "i, j"."""

    weight: str
    lemma: str = ""
    at: str = ""
    over: str = ""


@dataclass(frozen=True)
class Certificate(Rule):
    form = Form("terms")
    title = "certificate"
    spoken = N_("terms that cannot be negative")
    example = Example(
        given="a, b: real",
        left="2 a b",
        right="<= a^2 + b^2",
        reason="[terms (a - b)^2]",
        twin="<= a^2",
    )

    terms: tuple[Term, ...]
