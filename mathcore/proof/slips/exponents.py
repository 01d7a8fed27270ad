"""Exponents were added where they multiply, multiplied where they add, or are one off."""

from __future__ import annotations

from collections.abc import Iterator

from mathcore.language import tree as t
from mathcore.proof.slips import Case, Place, Undone, text_of, times

RANK = 24


def undone(case: Case) -> Iterator[Undone]:
    yield from _at_the_exponent(case)
    for place in case.earlier:
        yield from _of_earlier(case, place)


def _at_the_exponent(case: Case) -> Iterator[Undone]:
    for place in case.places:
        match place.part:
            case t.Pow(base, exponent) if not isinstance(base, t.Neg):
                for said, other in _others(exponent):
                    yield case.with_line(f"exponents: {said} in {text_of(place.part)}", place.put(t.Pow(base, t.Paren(other))))
                steps: tuple[t.Expr, ...] = (t.Add(exponent, t.number(1)), t.Sub(exponent, t.number(1)))
                if isinstance(exponent, t.Number):
                    steps = (t.number(exponent.value + 1), t.number(exponent.value - 1))
                for step in steps:
                    said = f"the exponent of {text_of(place.part)} is one off"
                    yield case.with_line(said, place.put(t.Pow(base, t.Paren(step))))
            case t.Call("exp", (inside,)):
                for said, other in _others(inside):
                    yield case.with_line(f"exponents: {said} in {text_of(place.part)}", place.put(t.Call("exp", (other,))))


def _of_earlier(case: Case, place: Place) -> Iterator[Undone]:
    said = f"exponents were treated wrongly in {text_of(place.part)}"
    match place.part:
        case t.Pow(t.Call("exp", (a,)) as base, m) | t.Pow(t.Paren(t.Call("exp", (a,)) as base), m):
            for wrong in (t.Add(t.Paren(a), t.Paren(m)), t.Pow(t.Paren(a), m)):
                yield case.with_slip(said, place.put(t.Call("exp", (wrong,))))
        case t.Pow(t.Paren(t.Pow(base, k)), m):
            for exponent in (t.Add(k, t.Paren(m)), t.Pow(t.Paren(k), m)):
                yield case.with_slip(said, place.put(t.Pow(base, t.Paren(exponent))))
        case t.Mul(t.Call("exp", (a,)), t.Call("exp", (b,))):
            yield case.with_slip(said, place.put(t.Call("exp", (times(a, b),))))
        case t.Div(t.Call("exp", (a,)), t.Call("exp", (b,))):
            yield case.with_slip(said, place.put(t.Call("exp", (t.Div(t.Paren(a), t.Paren(b)),))))
        case t.Mul(t.Pow(x, a), t.Pow(y, b)) if t.same(x, y):
            yield case.with_slip(said, place.put(t.Pow(x, t.Paren(times(a, b)))))
        case t.Mul(x, t.Pow(y, b)) if t.same(x, y):
            yield case.with_slip(said, place.put(t.Pow(x, b)))
        case t.Pow(t.Paren(t.Mul(a, b) | t.Div(a, b) as inside), m):
            kind: type[t.Mul | t.Div] = type(inside)
            said = f"the power reached only one factor of {text_of(place.part)}"
            yield case.with_slip(said, place.put(t.Paren(kind(a, t.Pow(t.Paren(b), m)))))
            yield case.with_slip(said, place.put(t.Paren(kind(t.Pow(t.Paren(a), m), b))))


def _others(exponent: t.Expr) -> Iterator[tuple[str, t.Expr]]:
    core = exponent.body if isinstance(exponent, t.Paren) else exponent
    match core:
        case t.Add(a, b):
            yield "they were added and should be multiplied", times(a, b)
        case t.Mul(a, b):
            yield "they were multiplied and should be added", t.Add(a, t.Paren(b))
        case t.Sub(a, b):
            yield "they were subtracted and should be divided", t.Div(t.Paren(a), t.Paren(b))
        case t.Div(a, b):
            yield "they were divided and should be subtracted", t.Sub(a, t.Paren(b))
