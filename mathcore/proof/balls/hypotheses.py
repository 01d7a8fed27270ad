"""The hypotheses of a context as constraints on points: which relation, for which indices, under which premises."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from mathcore.language import tree as t


def symbols_of(node: t.Expr, definitions: Mapping[str, t.Definition]) -> frozenset[t.Symbol]:
    """The free symbols of a formula, those that notations hide and the sizes included."""
    found: set[t.Symbol] = set()
    seen: set[str] = set()
    queue = [node]
    hidden: set[t.Symbol] = set()
    while queue:
        current = queue.pop()
        free = t.free_symbols(current) - (hidden if current is not node else frozenset())
        found |= free
        for inner in t.walk(current):
            if isinstance(inner, t.Apply) and inner.head in definitions and inner.head not in seen:
                seen.add(inner.head)
                definition = definitions[inner.head]
                if not definition.parameters:
                    queue.append(definition.body)
                    found |= t.free_symbols(definition.body) - set(definition.indices)
                    found |= {size for i in definition.indices for size in t.free_symbols(i) - {i}}
                    hidden |= set(definition.indices)
    return frozenset(found)


@dataclass(frozen=True)
class Constraint:
    """One hypothesis read as a relation for all values of `universal` (indices and naturals that the claim lacks)."""

    node: t.Expr
    universal: tuple[t.Symbol, ...]
    premises: tuple[t.Expr, ...] = ()

    @property
    def sides(self) -> tuple[t.Expr, ...]:
        """Of a relation."""
        return self.node.args if isinstance(self.node, t.Relation) else ()

    @property
    def op(self) -> str:
        """Of a relation."""
        return self.node.ops[0] if isinstance(self.node, t.Relation) else ""

    @property
    def equality(self) -> bool:
        return isinstance(self.node, t.Relation) and self.node.ops == ("=",)


def constraints(
    hypotheses: Sequence[t.Expr], claim: Collection[t.Symbol], definitions: Mapping[str, t.Definition]
) -> list[Constraint]:
    found: list[Constraint] = []
    loose = [
        sorted((s for s in symbols_of(h, definitions) if counts(s) and s not in claim), key=lambda s: s.name) for h in hypotheses
    ]
    # `i != j` about indices that the claim lacks is no hypothesis by itself: it says for which i, j the others hold
    conditions = [
        (h, names)
        for h, names in zip(hypotheses, loose, strict=True)
        if names and all(counts(s) for s in symbols_of(h, definitions) if not is_size(s))
    ]
    for hypothesis, names in zip(hypotheses, loose, strict=True):
        if all(hypothesis is not c for c, _ in conditions):
            found += _parts(hypothesis, tuple(names), tuple(c for c, about in conditions if set(about) <= set(names)))
    return found


def _parts(node: t.Expr, universal: tuple[t.Symbol, ...], premises: tuple[t.Expr, ...]) -> Iterator[Constraint]:
    """The relations of a hypothesis, each for the letters for which it is meant and under its premises."""
    node = t.bare(node)
    if isinstance(node, t.And):
        for part in node.parts:
            yield from _parts(part, universal, premises)
    elif isinstance(node, t.Big) and node.op == "forall":
        ranges = [(b.symbol, b.lower, b.upper) for b in node.binders if b.lower is not None and b.upper is not None]
        within = [t.Relation(pair, ("<=",)) for s, low, high in ranges for pair in ((low, s), (s, high))]
        yield from _parts(node.body, (*universal, *t.bound_symbols(node)), (*premises, *within))
    elif isinstance(node, t.Implies):
        yield from _parts(node.conclusion, universal, (*premises, node.premise))
    elif isinstance(node, t.Relation) and len(node.ops) > 1:
        for place, op in enumerate(node.ops):
            yield from _parts(t.Relation(node.args[place : place + 2], (op,)), universal, premises)
    else:
        yield Constraint(node, universal, premises)


def counts(symbol: t.Symbol) -> bool:
    """An index or a natural number."""
    return symbol.type.domain in ("index", "natural") and not symbol.type.shape


def is_size(symbol: t.Symbol) -> bool:
    return symbol.type.domain == "size"


def stand_alone(node: t.Expr) -> list[t.Symbol]:
    """The symbols of a relation that are a whole side, or of which one entry is."""
    sides = [base_of(a) for a in node.args] if isinstance(node, t.Relation) else []
    return [s for s in sides if s is not None]


def base_of(side: t.Expr) -> t.Symbol | None:
    while isinstance(side, t.Paren):
        side = side.body
    if isinstance(side, t.Index):
        return base_of(side.base) if isinstance(side.base, (t.Symbol, t.Paren)) else None
    return side if isinstance(side, t.Symbol) else None
