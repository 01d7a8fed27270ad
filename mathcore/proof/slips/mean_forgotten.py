"""1/n was forgotten, or the n equal terms of a sum were counted once."""

from __future__ import annotations

from collections.abc import Iterator

from mathcore.language import tree as t
from mathcore.proof.slips import Case, Undone, over, terms, text_of, times

RANK = 22


def undone(case: Case) -> Iterator[Undone]:
    for n in (s for s in case.letters if s.type.domain == "size"):
        for place in terms(case):
            if place.part == n:
                yield case.with_line(f"{n.name} was forgotten, or there once too often", place.put(t.number(1)))
                continue
            said = f"1/{n.name} was forgotten beside {text_of(place.part)}"
            yield case.with_line(said, place.put(over(place.part, n)))
            said = f"a factor {n.name} was lost: {text_of(place.part)} is there {n.name} times"
            yield case.with_line(said, place.put(times(n, place.part)))
