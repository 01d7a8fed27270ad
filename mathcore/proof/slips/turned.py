"""The inequality points the wrong way."""

from __future__ import annotations

from collections.abc import Iterator

from mathcore.language import tree as t
from mathcore.proof.prover.parts import UP
from mathcore.proof.slips import Case, Undone

RANK = 5


def undone(case: Case) -> Iterator[Undone]:
    if case.op in ("<", "<=", ">", ">="):
        said = f"the inequality should be turned round: {UP[case.op]} instead of {case.op}"
        yield Undone(said, case.before, UP[case.op], case.after, case.after)
    if case.op in ("<=>", "=>"):
        for place in case.places:
            match place.part:
                case t.Relation(sides, (op,)) if op in ("<", "<=", ">", ">="):
                    said = f"the inequality was not turned round (or was, and should not be): {UP[op]} instead of {op}"
                    yield case.with_line(said, place.put(t.Relation(sides, (UP[op],))))
