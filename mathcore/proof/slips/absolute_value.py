"""An absolute value was lost: sqrt(x^2) is |x|, and x^2 = y^2 says |x| = |y|."""

from __future__ import annotations

from collections.abc import Iterator

from mathcore.language import tree as t
from mathcore.proof.slips import Case, Undone, terms, text_of

RANK = 31


def undone(case: Case) -> Iterator[Undone]:
    roots = any(isinstance(p.part, t.Call) and p.part.name in ("sqrt", "abs") for p in case.earlier)
    for place in terms(case):
        part = place.part
        if isinstance(part, t.Call) and part.name == "abs":
            yield case.with_line(f"{text_of(part)} needs no absolute value", place.put(t.Paren(part.args[0])))
        elif roots and not isinstance(part, t.Number) and not (isinstance(part, t.Symbol) and part.type.domain == "index"):
            said = f"the absolute value of {text_of(part)} was lost"
            yield case.with_line(said, place.put(t.Call("abs", (part,))))
    match case.op, t.bare(case.after):
        case (("<=>" | "=>"), t.Relation((a, b), ("=",))):
            said = f"the sign was lost: {text_of(a)} may be the negative of {text_of(b)}"
            yield case.with_line(said, t.Relation((t.Call("abs", (a,)), t.Call("abs", (b,))), ("=",)))
