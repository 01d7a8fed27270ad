"""The sign of a term, of an exponent or of the whole changed."""

from __future__ import annotations

from collections.abc import Iterator

from mathcore.language import tree as t
from mathcore.language.substitution import substitute
from mathcore.proof.slips import Case, Undone, text_of

RANK = 28


def undone(case: Case) -> Iterator[Undone]:
    for place in case.places:
        match place.part:
            case t.Add(a, b):
                yield case.with_line(_said(b), place.put(t.Sub(a, b)))
            case t.Sub(a, b):
                yield case.with_line(_said(b), place.put(t.Add(a, b)))
            case t.Neg(a):
                yield case.with_line(_said(a), place.put(a))
    for letter in case.letters:
        if not letter.type.shape and letter.type.domain in ("real", "positive", "nonnegative", "unit"):
            yield case.with_line(_said(letter), substitute(case.after, {letter: t.Paren(t.Neg(letter))}))
    for place in case.places:
        part = place.part
        if place.names or isinstance(part, (t.Neg, t.Number, *t.PROPOSITIONS)) or t.shape_of(part):
            continue
        if isinstance(part, t.Symbol) and part.type.domain in ("index", "size", "natural"):
            continue
        yield case.with_line(_said(part), place.put(t.Neg(t.Paren(part))))


def _said(part: t.Expr) -> str:
    return f"the sign of {text_of(part)} changed"
