"""`<` where both sides may be equal."""

from __future__ import annotations

from collections.abc import Iterator

from mathcore.language import tree as t
from mathcore.proof.slips import Case, Undone

RANK = 4
OTHER = {"<": "<=", ">": ">=", "<=": "<", ">=": ">"}


def undone(case: Case) -> Iterator[Undone]:
    if case.op in ("<", ">"):
        said = f"{case.op} claims too much: the two sides can be equal, write {OTHER[case.op]}"
        yield Undone(said, case.before, OTHER[case.op], case.after, case.after)
    if case.op in ("<=>", "=>"):
        for place in case.places:
            match place.part:
                case t.Relation(sides, (op,)) if op in OTHER:
                    yield case.with_line(
                        f"{op} was written where {OTHER[op]} is meant", place.put(t.Relation(sides, (OTHER[op],)))
                    )
