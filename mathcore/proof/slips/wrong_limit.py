"""A limit is another number."""

from __future__ import annotations

from collections.abc import Iterator

from mathcore.language import tree as t
from mathcore.proof.prover.parts import values_of_limit
from mathcore.proof.slips import Case, Undone, text_of

RANK = 8


def undone(case: Case) -> Iterator[Undone]:
    for place in case.earlier:
        if isinstance(place.part, t.Limit) and not any(isinstance(p.part, t.Limit) for p in case.places):
            for value in values_of_limit(case.context, place.part):
                meant = place.put(t.Paren(value))
                said = f"the limit is {text_of(value)}"
                yield Undone(said, case.before, case.op, meant, meant)
