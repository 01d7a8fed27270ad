"""The sum of products was taken for the product of sums."""

from __future__ import annotations

from collections.abc import Iterator

from mathcore.language import tree as t
from mathcore.proof.prover.parts import factors, product_of
from mathcore.proof.slips import Case, Undone, text_of

RANK = 22


def undone(case: Case) -> Iterator[Undone]:
    for place in case.earlier:
        if not (isinstance(place.part, t.Big) and place.part.op == "sum" and len(place.part.binders) == 1):
            continue
        binders, parts = place.part.binders, factors(place.part.body)
        bound = binders[0].symbol
        said = f"a sum of products was taken for a product of sums: {text_of(place.part)}"
        moving = [(power, p) for power, p in parts if bound in t.free_symbols(p)]
        still = [(power, p) for power, p in parts if bound not in t.free_symbols(p)]
        if len(moving) > 1:
            apart = [(power, t.Big("sum", binders, p)) for power, p in moving]
            yield case.with_slip(said, place.put(product_of([*still, *apart])))
        for k in range(len(moving)):
            if len(moving) > 1:
                rest = t.Big("sum", binders, product_of([*moving[:k], *moving[k + 1 :]]))
                one = (moving[k][0], t.Big("sum", binders, moving[k][1]))
                yield case.with_slip(said, place.put(product_of([*still, one, (1, rest)])))
        match place.part.body:
            case t.Pow(base, exponent):
                said = f"a sum of squares was taken for the square of a sum: {text_of(place.part)}"
                yield case.with_slip(said, place.put(t.Pow(t.Big("sum", binders, base), exponent)))
    for place in case.places:
        match place.part:
            case t.Mul(t.Big("sum", over, x), t.Big("sum", others, y)) if over == others:
                said = f"a sum of products was taken for a product of sums: {text_of(place.part)}"
                yield case.with_line(said, place.put(t.Big("sum", over, t.Mul(t.Paren(x), t.Paren(y)))))
