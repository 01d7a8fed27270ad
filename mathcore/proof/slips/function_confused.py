"""A function was taken for another one: max for min, exp for log, a product for a sum."""

from __future__ import annotations

from collections.abc import Iterator

from mathcore.language import tree as t
from mathcore.proof.slips import Case, Undone, text_of

RANK = 33
OTHER = {"max": "min", "min": "max", "exp": "log", "log": "exp"}
BIG = {"sum": "prod", "prod": "sum", "max": "min", "min": "max"}


def undone(case: Case) -> Iterator[Undone]:
    for place in case.places:
        match place.part:
            case t.Call(name, args) if name in OTHER:
                said = f"{name} was written in {text_of(place.part)} where {OTHER[name]} is meant"
                yield case.with_line(said, place.put(t.Call(OTHER[name], args)))
                if len(args) == 1:
                    yield case.with_line(f"{name} is too much in {text_of(place.part)}", place.put(t.Paren(args[0])))
            case t.Big(op, binders, body) if op in BIG:
                said = f"{op} was written in {text_of(place.part)} where {BIG[op]} is meant"
                yield case.with_line(said, place.put(t.Big(BIG[op], binders, body)))
                bound = {b.symbol for b in binders}
                if not bound & t.free_symbols(body):
                    yield case.with_line(f"the {op} is too much in {text_of(place.part)}", place.put(t.Paren(body)))
            case t.Apply(head, (argument,)) if not isinstance(argument, t.Symbol) or not argument.type.shape:
                said = f"the sign of the argument in {text_of(place.part)} changed"
                yield case.with_line(said, place.put(t.Apply(head, (t.Neg(t.Paren(argument)),))))
