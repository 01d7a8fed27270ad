"""A term, a factor or a divisor went to the other side of an equation by the wrong operation."""

from __future__ import annotations

from collections.abc import Iterator

from mathcore.language import tree as t
from mathcore.proof.slips import Case, Undone, over, text_of, times

RANK = 30


def undone(case: Case) -> Iterator[Undone]:
    match case.op, t.bare(case.before), t.bare(case.after):
        case (("<=>" | "=>"), t.Relation((left, right), (_,)), t.Relation((kept, _), (op,))):
            for side, other in ((left, right), (right, left)):
                for rest, said, moved in _moved(t.bare(side), other):
                    if t.same(t.bare(rest), t.bare(kept)):
                        yield case.with_line(said, t.Relation((kept, moved), (op,)))


def _moved(side: t.Expr, other: t.Expr) -> Iterator[tuple[t.Expr, str, t.Expr]]:
    """What stays of one side, what is said of the rest, and the other side with it."""
    match side:
        case t.Add(a, b):
            for rest, term in ((a, b), (b, a)):
                yield rest, f"the term {text_of(term)} goes to the other side with the other sign", t.Sub(other, t.Paren(term))
        case t.Sub(a, term):
            yield a, f"the term {text_of(term)} goes to the other side with the other sign", t.Add(other, t.Paren(term))
        case t.Mul(a, b):
            for rest, factor in ((a, b), (b, a)):
                yield rest, f"the factor {text_of(factor)} goes to the other side as a divisor", over(other, factor)
        case t.Div(a, divisor):
            yield a, f"the divisor {text_of(divisor)} goes to the other side as a factor", times(other, divisor)
