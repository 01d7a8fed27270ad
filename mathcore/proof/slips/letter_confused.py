"""A letter was taken for another one of its kind: q for p, the prediction for the truth."""

from __future__ import annotations

from collections.abc import Iterator

from mathcore.language import tree as t
from mathcore.language.substitution import substitute
from mathcore.proof.slips import Case, Undone

RANK = 34


def undone(case: Case) -> Iterator[Undone]:
    for place in case.places:
        part = place.part
        base = part.base if isinstance(part, t.Index) else part
        if not isinstance(base, t.Symbol) or base.type.domain in ("index", "size", "function"):
            continue
        for other in case.letters:
            if other != base and other.type.shape == base.type.shape and other.type.domain not in ("index", "size", "function"):
                new = t.Index(other, part.indices) if isinstance(part, t.Index) else other
                yield case.with_line(f"{base.name} was written where {other.name} is meant", place.put(new))
    free = [s for s in case.letters if s.type.domain not in ("index", "size", "natural", "function")]
    for k, one in enumerate(free):
        for other in free[k + 1 :]:
            if one.type == other.type:
                after = substitute(case.after, {one: other, other: one})
                yield case.with_line(f"{one.name} and {other.name} were exchanged", after)
