"""A matrix was transposed: rows were taken for columns."""

from __future__ import annotations

from collections.abc import Iterator

from mathcore.language import tree as t
from mathcore.proof.slips import Case, Undone, text_of

RANK = 17


def undone(case: Case) -> Iterator[Undone]:
    for place in case.places:
        match place.part:
            case t.Index(base, (i, j)):
                said = f"rows and columns were exchanged: {text_of(place.part)} is transposed"
                yield case.with_line(said, place.put(t.Index(base, (j, i))))
            case t.Call("transpose", (inside,)):
                yield case.with_line(f"{text_of(inside)} was transposed", place.put(inside))
            case t.Symbol() | t.Apply() if len(t.shape_of(place.part)) == 2:
                said = f"{text_of(place.part)} has to be transposed"
                yield case.with_line(said, place.put(t.Call("transpose", (place.part,))))
