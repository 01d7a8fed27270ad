"""a != b holds where no factor of the difference is 0: by its sign, or as a factor of what a hypothesis says is not 0."""

from __future__ import annotations

from collections.abc import Iterator

from mathcore.language import tree as t
from mathcore.proof.kernel.normal import Normal
from mathcore.proof.kernel.polynomial import Poly, of
from mathcore.proof.kernel.show import show
from mathcore.proof.scope import NotShown, Scope


def unequal(scope: Scope, left: t.Expr, right: t.Expr) -> None:
    """No factor of left - right is 0; raises NotShown with the first of which that is not seen."""
    normal = scope.normal()
    gap = normal.read(scope.unfold(left)) - normal.read(scope.unfold(right))
    if not gap:
        raise NotShown("both sides are equal")
    apart = {_scaled(factor): sources for p, sources in normal.facts.apart.items() if p for factor in _factors(normal, p)}
    for factor in _factors(normal, gap):
        if sources := apart.get(_scaled(factor)):
            scope.trace.hypotheses |= sources
        elif not normal.facts.nonzero(factor):
            raise NotShown(f"{show(factor)} is not shown to differ from 0")
    scope.take(normal)
    scope.trace.axioms |= {"field", "order", "exp and log", "finite sums", "delta"}


def _factors(normal: Normal, p: Poly) -> Iterator[Poly]:
    """What is multiplied and not divided by: what divides has a value, and is not 0."""
    _, common, primitive = normal.content(p, lambda atom: True)
    yield from (of(atom) for atom, exponent in common if exponent > 0)
    yield from (factor for factor, _ in normal.factors(primitive))


def _scaled(p: Poly) -> Poly:
    """One multiple of all that are multiples of each other."""
    _, coefficient = next(p.sorted())
    return p.scale(1 / coefficient)
