"""A quotient stands upside down."""

from __future__ import annotations

from collections.abc import Iterator

from mathcore.language import tree as t
from mathcore.proof.slips import Case, Undone, over, terms, text_of

RANK = 29


def undone(case: Case) -> Iterator[Undone]:
    for place in terms(case):
        match place.part:
            case t.Div(a, b):
                yield case.with_line(f"{text_of(place.part)} stands upside down", place.put(over(b, a)))
            case t.Number() | t.Relation() | t.Call("exp"):
                pass
            case part if not (isinstance(part, t.Symbol) and part.type.domain in ("index", "natural")):
                yield case.with_line(f"1 / {text_of(t.Paren(part))} is meant", place.put(over(t.number(1), part)))
