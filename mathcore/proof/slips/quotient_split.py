"""A quotient was split over its denominator, or a term was cancelled that is no factor."""

from __future__ import annotations

from collections.abc import Iterator

from mathcore.language import tree as t
from mathcore.proof.prover.parts import Signed, summands, total
from mathcore.proof.slips import Case, Place, Undone, over, text_of

RANK = 21


def undone(case: Case) -> Iterator[Undone]:
    for place in case.earlier:
        if not isinstance(place.part, t.Div):
            continue
        above, below = place.part.left, place.part.right
        tops, bottoms = summands(above), summands(below)
        text = text_of(place.part)
        if len(bottoms) > 1:
            split = total([(sign, over(above, part)) for sign, part in bottoms])
            yield case.with_slip(f"a quotient was split over its denominator: {text}", place.put(t.Paren(split)))
            if len(tops) == len(bottoms):
                pairs = zip(tops, bottoms, strict=True)
                split = total([(a * b, over(x, y)) for (a, x), (b, y) in pairs])
                yield case.with_slip(f"a quotient was split term by term: {text}", place.put(t.Paren(split)))
        yield from _numerator(case, place, place.part, tops, bottoms)


def _numerator(case: Case, place: Place, quotient: t.Div, tops: Signed, bottoms: Signed) -> Iterator[Undone]:
    text, below = text_of(quotient), quotient.right
    for k, (sign, part) in enumerate(tops):
        if len(tops) > 1:  # (a + b) / c as a / c + b
            rest = [*tops[:k], *tops[k + 1 :]]
            split = total([(1, over(total(rest), below)), (sign, part)])
            yield case.with_slip(f"only a part of the numerator was divided: {text}", place.put(t.Paren(split)))
        for j, (other, piece) in enumerate(bottoms):
            if t.same(part, piece):  # (a + b) / (a + c) as b / c
                up, down = [*tops[:k], *tops[k + 1 :]], [*bottoms[:j], *bottoms[j + 1 :]]
                left = over(total(up) if up else t.number(1), total(down) if down else t.number(1))
                said = f"{text_of(part)} was cancelled in {text}, where it is no factor"
                yield case.with_slip(said, place.put(left))
                yield case.with_slip(said, place.put(t.Paren(t.Add(t.number(1 if sign == other else -1), left))))
    for (_, part), (_, piece) in ((a, b) for a in tops for b in bottoms):  # (1 + x) / (1 + y) as 1 + x / y
        if len(tops) > 1 and len(bottoms) > 1:
            up = [x for x in tops if x[1] is not part]
            split = total([*up, (1, over(part, piece))])
            yield case.with_slip(f"a quotient was split term by term: {text}", place.put(t.Paren(split)))
