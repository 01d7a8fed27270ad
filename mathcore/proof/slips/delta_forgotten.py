"""delta(i, j) was forgotten: what is right only for i = j was written for every i and j."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from mathcore.language import tree as t
from mathcore.language.substitution import substitute
from mathcore.proof.slips import Case, Undone, terms, times
from mathcore.proof.wrong_derivatives import DELTA, derived_wrongly

RANK = 10


def undone(case: Case) -> Iterator[Undone]:
    yield from (case.with_slip(said, before) for said, before in derived_wrongly(case, DELTA))
    free = [s for s in case.letters if s.type.domain == "index"]
    for i, j in combinations(free, 2):
        if i.type != j.type:
            continue
        name = f"delta({i.name}, {j.name})"
        before, after = (substitute(case.context.unfold(side), {i: j}) for side in (case.before, case.after))
        delta = t.Call("delta", (i, j))
        with_delta = [case.with_line(f"{name} was forgotten", p.put(times(delta, p.part))) for p in terms(case)]
        same = Undone(f"{name} was forgotten: right only for {i.name} = {j.name}", before, case.op, after)
        yield from (Undone(same.said, u.before, u.op, u.after, u.meant) for u in with_delta)
        yield same
        apart = t.Relation((i, j), ("!=",))
        said = f"{name} was forgotten: right only for {i.name} other than {j.name}"
        yield Undone(said, case.before, case.op, case.after, given=(apart,))
