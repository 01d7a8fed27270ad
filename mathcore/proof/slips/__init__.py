"""Slips: how a line goes wrong in one place, a file a kind. Each undoes its slip in the line, or makes it in the line before.

A file has `undone(case)`, which gives relations that hold if this slip was made, and `RANK`: of several slips that explain a
line the one with the lowest rank is named. Nothing here decides: what is given is judged by points and by the prover.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from mathcore.language import tree as t
from mathcore.language.parser import Context
from mathcore.language.printers import text_of
from mathcore.proof.balls import CannotEvaluate, Point, points, symbols_of
from mathcore.proof.prover.parts import shown

ZERO, ONE, TWO = t.number(0), t.number(1), t.number(2)
Put = Callable[[t.Expr], t.Expr]  # the whole tree with this in one of its places


@dataclass(frozen=True)
class Place:
    """A part of a tree, what is bound around it, and the tree with something else there."""

    part: t.Expr
    put: Put
    bound: tuple[t.Symbol, ...] = ()
    names: bool = False  # it names an entry or an end of a range, and is no value of its own


@dataclass(frozen=True)
class Case:
    """A line that does not follow: `before op after`, where `before` is the line before it."""

    context: Context
    before: t.Expr
    op: str
    after: t.Expr

    @cached_property
    def places(self) -> list[Place]:
        """All parts of the line."""
        return list(places(self.after))

    @cached_property
    def earlier(self) -> list[Place]:
        """All parts of the line before, as it stands and with its definitions opened."""
        found, opened = list(places(self.before)), self.context.unfold(self.before)
        return found if t.same(opened, self.before) else [*found, *places(opened)]

    @cached_property
    def letters(self) -> list[t.Symbol]:
        """The free letters of the two lines, by name."""
        nodes = (self.context.unfold(side) for side in (self.before, self.after))
        return sorted(frozenset().union(*map(t.free_symbols, nodes)), key=lambda s: s.name)

    def points(self, count: int, seed: int, *given: t.Expr) -> list[Point]:
        """Points that keep the hypotheses; none where these speak of a function of which nothing else is known."""
        symbols = symbols_of(Undone("", self.before, self.op, self.after).relation, self.context.definitions)
        try:
            return list(points(self.context.assuming(*given), symbols, count, seed=seed))
        except CannotEvaluate:
            return []

    def with_line(self, said: str, after: t.Expr) -> Undone:
        """The same line before; `after` is what the line says without the slip."""
        return Undone(said, self.before, self.op, after, after)

    def with_slip(self, said: str, before: t.Expr) -> Undone:
        """The slip made in the line before gives the line."""
        return Undone(said, before, self.op, self.after, None)


@dataclass(frozen=True)
class Undone:
    """A relation that holds if the slip was made; `meant`: what the line says without it, where that is known."""

    said: str
    before: t.Expr
    op: str
    after: t.Expr
    meant: t.Expr | None = None
    given: tuple[t.Expr, ...] = ()  # it holds under these

    @property
    def relation(self) -> t.Expr:
        if self.op == "<=>":
            return t.Iff(self.before, self.after)
        if self.op == "=>":
            return t.Implies(self.before, self.after)
        return t.Relation((self.before, self.after), (self.op,))


def kinds() -> dict[str, ModuleType]:
    """The slips by the names of their files."""
    return {info.name: import_module(f"{__name__}.{info.name}") for info in iter_modules(__path__)}


def places(node: t.Expr, put: Put = lambda new: new, bound: tuple[t.Symbol, ...] = (), names: bool = False) -> Iterator[Place]:
    """Every part of a tree that has a value; letters that are bound or differentiated by are none."""
    if not isinstance(node, (t.Paren, t.Binder)):
        yield Place(node, put, bound, names)
    kept: tuple[t.Expr, ...] = ()
    match node:
        case t.Derivative(_, variable):
            kept = (variable,)
        case t.Index(base, _):
            kept = (base,) if isinstance(base, t.Symbol) else ()
        case t.Binder(symbol, _, _):
            kept = (symbol,)
        case t.Limit(variable, _, _, _):
            kept = (variable,)
        case t.At(targets, _, _):
            kept = targets
    inner, names = (*bound, *t.bound_symbols(node)), names or isinstance(node, (t.Index, t.Binder))
    for number, child in enumerate(t.children(node)):
        if not any(child is one for one in kept):
            yield from places(child, _below(put, node, number), inner, names)


def _below(put: Put, node: t.Expr, number: int) -> Put:
    return lambda new: put(_with_child(node, number, new))


def _with_child(node: t.Expr, number: int, new: t.Expr) -> t.Expr:
    seen = iter(range(len(t.children(node))))
    return t.map_children(node, lambda child: new if next(seen) == number else child)


def terms(case: Case) -> Iterator[Place]:
    """The terms of the sums in a line, and what stands whole in a function, a quotient, a power or under a sum."""
    for place in case.places:
        part = place.part
        if place.names or isinstance(part, (t.Add, t.Sub, t.Neg, *t.PROPOSITIONS)) or t.shape_of(part):
            continue
        if not (isinstance(part, t.Symbol) and part.type.domain == "index"):
            yield place


def times(left: t.Expr, right: t.Expr) -> t.Expr:
    return t.Mul(t.Paren(left), t.Paren(right), True)


def over(above: t.Expr, below: t.Expr) -> t.Expr:
    return t.Div(t.Paren(above), t.Paren(below))


__all__ = ["Case", "Place", "Put", "Undone", "kinds", "over", "places", "shown", "terms", "text_of", "times"]
