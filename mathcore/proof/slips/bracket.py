"""A factor or a sign reached only a part of the bracket behind it."""

from __future__ import annotations

from collections.abc import Iterator

from mathcore.language import tree as t
from mathcore.proof.prover.parts import Signed, factors, product_of, summands, total
from mathcore.proof.slips import Case, Put, Undone, text_of

RANK = 23


def undone(case: Case) -> Iterator[Undone]:
    for place in case.earlier:
        match place.part:
            case (t.Neg(inside) | t.Sub(_, inside)) as part if len(parts := summands(inside)) > 1:
                said = f"the sign before a bracket reached only a part of it: {text_of(part)}"
                before: Signed = [(1, part.left)] if isinstance(part, t.Sub) else []
                for wrong in _half(parts, -1):
                    yield case.with_slip(said, place.put(t.Paren(total([*before, *wrong]))))
            case t.Mul() | t.Div():
                parts = factors(place.part)
                for k, (power, inside) in enumerate(parts):
                    if power > 0 and len(terms := summands(inside)) > 1:
                        yield from _reaching(case, place.put, text_of(place.part), [*parts[:k], *parts[k + 1 :]], terms)
            case t.Big("sum", binders, body) if len(parts := summands(body)) > 1:
                said = f"the sum reached only a part of the bracket: {text_of(place.part)}"
                for k in range(len(parts)):
                    outside, others = parts[k], [*parts[:k], *parts[k + 1 :]]
                    if not {b.symbol for b in binders} & t.free_symbols(outside[1]):
                        apart = total([(1, t.Big("sum", binders, t.Paren(total(others)))), outside])
                        yield case.with_slip(said, place.put(t.Paren(apart)))


def _half(parts: Signed, sign: int) -> Iterator[Signed]:
    """Each of the terms alone, the first one before all, with the sign; and each of them alone without it."""
    for k in range(len(parts)):
        yield [(s * sign if j == k else s, p) for j, (s, p) in enumerate(parts)]
        if len(parts) > 2:
            yield [(s if j == k else s * sign, p) for j, (s, p) in enumerate(parts)]


def _reaching(case: Case, put: Put, text: str, others: Signed, parts: Signed) -> Iterator[Undone]:
    for k in range(len(parts)):
        for reached in ({k}, set(range(len(parts))) - {k}):
            wrong = [(s, product_of([*others, (1, p)]) if j in reached else p) for j, (s, p) in enumerate(parts)]
            said = f"a factor reached only a part of the bracket: {text}"
            yield case.with_slip(said, put(t.Paren(total(wrong))))
            if len(parts) == 2:
                break
