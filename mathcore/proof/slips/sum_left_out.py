"""A sum was left out: one term stands where all of them are meant."""

from __future__ import annotations

from collections.abc import Iterator

from mathcore.language import tree as t
from mathcore.language.substitution import substitute
from mathcore.proof.slips import Case, Undone, terms

RANK = 25


def undone(case: Case) -> Iterator[Undone]:
    free = [s for s in case.letters if s.type.domain == "index"]
    for place in terms(case):
        if isinstance(place.part, t.Symbol) and place.part.type.domain in ("index", "size", "natural"):
            continue
        for k in (*free, *place.bound):
            if k.type.domain == "index" and k in t.free_symbols(place.part):
                whole = t.Big("sum", (t.Binder(k),), t.Paren(place.part))
                yield case.with_line(f"the sum over {k.name} was left out", place.put(whole))
    for place in case.earlier:
        if isinstance(place.part, t.Big) and place.part.op in ("sum", "prod", "max") and len(place.part.binders) == 1:
            (binder,) = place.part.binders
            said = f"the {'product' if place.part.op == 'prod' else place.part.op} over {binder.symbol.name} was left out"
            for k in (*free, *place.bound):
                if k.type == binder.symbol.type:
                    yield case.with_slip(said, place.put(substitute(place.part.body, {binder.symbol: k})))
            if binder.symbol not in t.free_symbols(place.part.body):
                yield case.with_slip(said, place.put(place.part.body))
