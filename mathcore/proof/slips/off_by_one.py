"""A range, a counted number or a place in a sequence is off by one."""

from __future__ import annotations

from collections.abc import Iterator

from mathcore.language import tree as t
from mathcore.language.substitution import substitute
from mathcore.proof.slips import Case, Undone, text_of

RANK = 22
ONE = t.number(1)


def undone(case: Case) -> Iterator[Undone]:
    for place in case.places:
        match place.part:
            case t.Big(op, (t.Binder(k, low, high),), body) if low is not None and high is not None:
                for ends in ((_up(low), high), (_down(low), high), (low, _up(high)), (low, _down(high))):
                    said = f"the range of the {op} over {k.name} is off by one: {text_of(ends[0])}..{text_of(ends[1])} is meant"
                    yield case.with_line(said, place.put(t.Big(op, (t.Binder(k, *ends),), body)))
        part = place.part
        if isinstance(part, t.Symbol) and part.type.domain in ("natural", "size"):
            for other in (_up(part), _down(part)):
                said = f"off by one: {text_of(other)} is meant in place of {part.name}"
                yield case.with_line(said, place.put(t.Paren(other)))
        match part:
            case t.Sub(a, b) | t.Add(a, b) if b == ONE and _counted(a):
                said = f"off by one: {text_of(a)} is meant in place of {text_of(part)}"
                yield case.with_line(said, place.put(a))
                turned = t.Add(a, b) if isinstance(part, t.Sub) else t.Sub(a, b)
                said = f"off by one: {text_of(turned)} is meant in place of {text_of(part)}"
                yield case.with_line(said, place.put(turned))
    for letter in (s for s in case.letters if s.type.domain in ("natural", "size")):
        for other in (_up(letter), _down(letter)):
            if letter.type.domain == "natural":
                said = f"off by one: {text_of(other)} is meant in place of {letter.name}"
                yield case.with_line(said, substitute(case.after, {letter: t.Paren(other)}))


def _counted(node: t.Expr) -> bool:
    return all(s.type.domain in ("natural", "size") for s in t.free_symbols(node)) and bool(t.free_symbols(node))


def _up(node: t.Expr) -> t.Expr:
    if isinstance(node, t.Number):
        return t.number(node.value + 1)
    return node.left if isinstance(node, t.Sub) and node.right == ONE else t.Add(node, ONE)


def _down(node: t.Expr) -> t.Expr:
    if isinstance(node, t.Number):
        return t.number(node.value - 1)
    return node.left if isinstance(node, t.Add) and node.right == ONE else t.Sub(node, ONE)
