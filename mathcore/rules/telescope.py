"""sum(t = a..b: F[t + 1] - F[t]) = F[b + 1] - F[a]."""

from __future__ import annotations

from dataclasses import dataclass

from mathcore.rules.rule import Form, Rule
from mathcore.translation import N_


@dataclass(frozen=True)
class Telescope(Rule):
    form = Form("telescope")
    title = "telescope"
    spoken = N_("neighbours cancel")
