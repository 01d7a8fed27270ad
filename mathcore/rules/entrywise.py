"""A matrix product, transpose or dot product written as sums over indices, or such sums written as one."""

from __future__ import annotations

from dataclasses import dataclass

from mathcore.rules.rule import Form, Rule
from mathcore.translation import N_


@dataclass(frozen=True)
class Entrywise(Rule):
    form = Form("entries")
    title = "entrywise"
    spoken = N_("entry by entry")
