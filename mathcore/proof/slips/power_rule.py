"""A power was differentiated wrongly."""

from __future__ import annotations

from collections.abc import Iterator

from mathcore.proof.slips import Case, Undone
from mathcore.proof.wrong_derivatives import POWER, derived_wrongly

RANK = 31


def undone(case: Case) -> Iterator[Undone]:
    yield from (case.with_slip(said, before) for said, before in derived_wrongly(case, POWER))
