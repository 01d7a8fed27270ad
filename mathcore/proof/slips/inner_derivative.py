"""The chain rule's inner derivative was left out."""

from __future__ import annotations

from collections.abc import Iterator

from mathcore.proof.slips import Case, Undone
from mathcore.proof.wrong_derivatives import INNER, derived_wrongly

RANK = 14


def undone(case: Case) -> Iterator[Undone]:
    yield from (case.with_slip(said, before) for said, before in derived_wrongly(case, INNER))
