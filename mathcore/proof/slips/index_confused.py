"""An index was taken for another one."""

from __future__ import annotations

from collections.abc import Iterator

from mathcore.language import tree as t
from mathcore.proof.slips import Case, Undone

RANK = 9


def undone(case: Case) -> Iterator[Undone]:
    for place in case.places:
        part = place.part
        if isinstance(part, t.Symbol) and part.type.domain == "index":
            for other in dict.fromkeys((*case.letters, *place.bound)):
                if other != part and other.type == part.type:
                    said = f"an index was confused: {part.name} was written where {other.name} is meant"
                    yield case.with_line(said, place.put(other))
