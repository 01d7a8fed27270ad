"""An equivalence of which only one direction holds."""

from __future__ import annotations

from collections.abc import Iterator

from mathcore.proof.slips import Case, Undone

RANK = 50


def undone(case: Case) -> Iterator[Undone]:
    if case.op == "<=>":
        yield Undone("only one direction holds: write =>, the converse is false", case.before, "=>", case.after, case.after)
        said = "only one direction holds: this line gives the line before, but does not follow from it"
        yield Undone(said, case.after, "=>", case.before)
    if case.op == "=":
        for op in ("<=", ">="):
            yield Undone(f"the sides are not equal: only {op} holds", case.before, op, case.after, case.after)
    if case.op == "=>":
        yield Undone("the implication was turned round", case.after, "=>", case.before)
