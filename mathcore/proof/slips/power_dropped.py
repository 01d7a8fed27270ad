"""A square, or another power, was dropped; or there is one too many."""

from __future__ import annotations

from collections.abc import Iterator

from mathcore.language import tree as t
from mathcore.proof.prover.parts import summands, total
from mathcore.proof.slips import Case, Undone, terms, text_of

RANK = 19


def undone(case: Case) -> Iterator[Undone]:
    for place in case.places:
        if len(parts := summands(place.part)) > 1 and not t.shape_of(place.part):
            squared = total([(sign, t.Pow(t.Paren(p), t.number(2))) for sign, p in parts])
            yield case.with_line(f"the squares in {text_of(place.part)} were dropped", place.put(t.Paren(squared)))
    for place in terms(case):
        part = place.part
        if isinstance(part, t.Pow) and isinstance(part.exponent, t.Number):
            yield case.with_line(f"the power of {text_of(part)} is one too many", place.put(part.base))
        if not isinstance(part, (t.Number, t.Symbol)) or (isinstance(part, t.Symbol) and part.type.domain != "index"):
            yield case.with_line(f"the square of {text_of(part)} was dropped", place.put(t.Pow(t.Paren(part), t.number(2))))
        if isinstance(part, t.Call) and part.name == "sqrt":
            yield case.with_line(f"{text_of(part)} is a root too many", place.put(part.args[0]))
        elif not isinstance(part, (t.Number, t.Pow)) and not (isinstance(part, t.Symbol) and part.type.domain == "index"):
            yield case.with_line(f"the square root of {text_of(part)} was dropped", place.put(t.Call("sqrt", (part,))))
