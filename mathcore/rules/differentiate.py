"""The derivative carried out: by sympy, by the kernel's table, and by jets of balls."""

from __future__ import annotations

from dataclasses import dataclass

from mathcore.rules.rule import Form, Rule
from mathcore.translation import N_


@dataclass(frozen=True)
class Differentiate(Rule):
    form = Form("derivative")
    title = "differentiate"
    spoken = N_("derivative")
