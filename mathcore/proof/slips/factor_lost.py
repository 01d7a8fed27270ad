"""A factor was lost, or is there once too often."""

from __future__ import annotations

from collections.abc import Iterator

from mathcore.language import tree as t
from mathcore.proof.prover.parts import factors, summands
from mathcore.proof.slips import Case, Undone, over, terms, text_of, times

RANK = 32
NUMBERS = (2, 3, 4)


def undone(case: Case) -> Iterator[Undone]:
    candidates = _candidates(case)
    for place in terms(case):
        inside = [s for s in case.earlier if isinstance(s.part, t.Index) and t.free_symbols(s.part) & set(place.bound)]
        for one in (*candidates, *dict.fromkeys(p.part for p in inside)):
            if not t.same(one, place.part):
                yield case.with_line(
                    f"a factor {text_of(one)} was lost at {text_of(place.part)}", place.put(times(one, place.part))
                )
                said = f"a factor {text_of(one)} is once too often at {text_of(place.part)}"
                yield case.with_line(said, place.put(over(place.part, one)))
    for place in case.places:
        match place.part:
            case t.Mul(a, b) as product:
                for kept, lost in ((a, b), (b, a)):
                    if t.shape_of(kept) == t.shape_of(product):  # A is no vector where A w was one
                        yield case.with_line(f"a factor {text_of(lost)} is once too often", place.put(kept))


def _candidates(case: Case) -> list[t.Expr]:
    """Small numbers, the numbers that letters stand for, and what both lines are products of."""
    candidates: list[t.Expr] = [t.number(n) for n in NUMBERS]
    candidates += [s for s in case.letters if not s.type.shape and s.type.domain not in ("index", "size", "function")]
    for side in (case.before, case.after):
        for _, term in summands(side):
            for _, part in factors(term):
                if not isinstance(part, (t.Number, t.Symbol, *t.PROPOSITIONS)) and not t.shape_of(part):
                    candidates += [] if any(t.same(part, c) for c in candidates) else [part]
    return candidates
