"""A matrix product, transpose or dot product written as sums over indices, or such sums written as one."""

from __future__ import annotations

from dataclasses import dataclass

from mathcore.rules.rule import Example, Form, Rule
from mathcore.translation import N_


@dataclass(frozen=True)
class Entrywise(Rule):
    form = Form("entries")
    title = "entrywise"
    spoken = N_("entry by entry")
    example = Example(
        given="n, m: size; A: real[n, m]; v: real[m]; i: index[n]; j: index[m]",
        left="(A v)[i]",
        right="= sum(j: A[i, j] v[j])",
        reason="[entries]",
        twin="= sum(j: A[i, j])",
    )
