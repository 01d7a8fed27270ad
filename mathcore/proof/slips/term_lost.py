"""A term was lost, or is there once too often."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from mathcore.language import tree as t
from mathcore.proof.faults import FAILS
from mathcore.proof.prover.lemmas import claim_scope
from mathcore.proof.prover.parts import summands
from mathcore.proof.prover.trees import Writer, lettered
from mathcore.proof.slips import Case, Place, Undone, shown, text_of, times

RANK = 40


def undone(case: Case) -> Iterator[Undone]:
    for place in case.places:
        for term, rest in _of_two(place.part):
            yield case.with_line(f"the term {text_of(term)} is too much", place.put(rest))
    for place in case.earlier:
        for term, rest in _of_two(place.part):
            yield case.with_slip(f"the term {text_of(term)} was lost", place.put(rest))
    numbers: list[t.Expr] = [t.number(1)]
    parts = [p.part for p in case.earlier if not p.bound and not t.shape_of(p.part) and not isinstance(p.part, t.PROPOSITIONS)]
    parts = [p for p in parts if not (isinstance(p, t.Symbol) and p.type.domain == "index")]
    sums = [[a for _, a in summands(p)] for p in parts if len(summands(p)) > 1]
    crossed = [times(t.number(2), times(a, b)) for group in sums for k, a in enumerate(group) for b in group[k + 1 :]]
    for part in dict.fromkeys((*numbers, *parts, *crossed, *_written_out(case))):
        for whole in _wholes(case):
            yield case.with_line(f"the term {text_of(part)} was lost", whole.put(t.Add(whole.part, t.Paren(part))))
            yield case.with_line(f"the term {shown(t.Neg(part))} was lost", whole.put(t.Sub(whole.part, t.Paren(part))))
    logs = [t.Call("log", (s,)) for s in case.letters if s.type.domain == "size"]
    for part in logs:
        for whole in _wholes(case):
            yield case.with_line(f"the term {text_of(part)} was lost", whole.put(t.Add(whole.part, part)))


def _of_two(node: t.Expr) -> Iterator[tuple[t.Expr, t.Expr]]:
    """Each term of a sum or difference of two, with what is left without it."""
    match node:
        case t.Add(a, b):
            yield b, a
            yield a, b
        case t.Sub(a, b):
            yield b, a
            yield a, t.Neg(t.Paren(b))


def _written_out(case: Case) -> list[t.Expr]:
    """The terms of the line before with its brackets opened."""
    context = lettered(case.context, case.before)
    scope = claim_scope(context, case.before)
    writer, found = Writer(context, case.before), list[t.Expr]()
    with suppress(*FAILS):
        for monomial, factor in scope.normal().read(scope.unfold(case.before)).sorted():
            found.append(writer.monomial(monomial, abs(factor), {}))
    return found


def _wholes(case: Case) -> Iterator[Place]:
    """The line as a whole, or the sides of its relation."""
    for place in case.places:
        if isinstance(place.part, t.PROPOSITIONS):
            continue
        yield place
        if not isinstance(case.after, t.PROPOSITIONS):
            return
