"""The base of a logarithm was confused: nats, bits, hartleys."""

from __future__ import annotations

from collections.abc import Iterator

from mathcore.language import tree as t
from mathcore.proof.slips import Case, Undone, over, terms, text_of, times

RANK = 12
BASES = {"log": "e", "log2": "2", "log10": "10"}


def undone(case: Case) -> Iterator[Undone]:
    for place in case.places:
        match place.part:
            case t.Call(name, args) if name in BASES:
                for other in BASES.keys() - {name}:
                    said = f"the base of the logarithm: {text_of(place.part)} was written where {other} is meant"
                    yield case.with_line(said, place.put(t.Call(other, args)))
    if any(isinstance(p.part, t.Call) and p.part.name in BASES for p in (*case.places, *case.earlier)):
        for place in terms(case):
            for base in (2, 10):
                factor = t.Call("log", (t.number(base),))
                if any(t.same(place.part, p) for p in (factor, factor.args[0])):
                    continue
                said = f"the base of the logarithm: log({base}) is missing at {text_of(place.part)}"
                yield case.with_line(said, place.put(times(factor, place.part)))
                yield case.with_line(said, place.put(over(place.part, factor)))
