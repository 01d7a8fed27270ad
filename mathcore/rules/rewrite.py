"""Algebra of finite sums, products, powers, exp and log; both sides have one normal form."""

from __future__ import annotations

from dataclasses import dataclass

from mathcore.rules.rule import Example, Form, Rule
from mathcore.translation import N_


@dataclass(frozen=True)
class Rewrite(Rule):
    form = Form("algebra")
    title = "rewrite"
    spoken = N_("algebra")
    example = Example(
        given="a, b: real",
        left="(a + b)^2",
        right="= a^2 + 2 a b + b^2",
        reason="[algebra]",
        twin="= a^2 + b^2",
    )
