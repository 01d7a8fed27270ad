"""A formula with every definition opened and every array entry by entry: what a program in numbers can follow."""

from __future__ import annotations

from collections.abc import Mapping

from mathcore.language import tree as t
from mathcore.language.printers.names import readable
from mathcore.language.substitution import reduce_index, substitute, unfold


class NotComputable(ValueError):
    """The formula has no value by arithmetic alone, e.g. a limit or a derivative that is not carried out."""


def written_out(
    node: t.Expr, definitions: Mapping[str, t.Definition] | None = None, sizes: Mapping[str, int] | None = None
) -> t.Expr:
    """The same value in arithmetic, elementary functions, and sums, products, maxima, minima and lists of known length.

    `sizes` are the values of the sizes that are letters.

    Raises
    ------
    NotComputable
        Where anything else is left: derivatives, limits, means over batches, functions without a definition.
    """
    opened = unfold(node, definitions or {})
    known = {s: t.number(sizes[s.name]) for s in t.free_symbols(opened) if sizes and s.type.domain == "size" and s.name in sizes}
    return readable(_plain(substitute(opened, known)))


def _plain(node: t.Expr) -> t.Expr:
    if isinstance(node, t.At):
        return _plain(substitute(node.body, dict(zip(node.targets, node.values, strict=True))))
    if not isinstance(node, (t.Symbol, t.List, t.Paren)) and not (isinstance(node, t.Big) and node.op == "vector"):
        shape = t.shape_of(node)
        if shape:
            return _plain(_by_entries(node, shape))
    if isinstance(node, t.Index):
        reduced = reduce_index(node)
        if reduced != node:
            return _plain(reduced)
    if isinstance(node, (t.Derivative, t.Limit, t.Mean, t.Apply, t.Implies, t.Iff)) or _endless(node):
        raise NotComputable(f"a {_called(node)} is not computed by arithmetic: write what it is equal to")
    return t.map_children(node, _plain)


def _by_entries(node: t.Expr, shape: tuple[t.Expr, ...]) -> t.Expr:
    """A sum, product or transpose of arrays as a list of its entries; a row of a matrix too."""
    letters = tuple(t.fresh(t.Symbol("k", t.Type("index", over=size))) for size in shape)
    entry = reduce_index(t.Index(node, letters))
    if isinstance(entry, t.Index) and entry.base is node:
        if not isinstance(node, t.Index):
            raise NotComputable(f"a {_called(node)} has no entries that arithmetic finds")
        entry = reduce_index(t.Index(node.base, (*node.indices, *letters)))
    return t.Big("vector", tuple(map(t.Binder, letters)), entry)


def _endless(node: t.Expr) -> bool:
    """Whether it runs over sizes that are letters, or over nothing that is known."""
    if not isinstance(node, t.Big):
        return False
    if node.op == "forall":
        return True
    return any(b.lower is None and not isinstance(b.symbol.type.over, t.Number) for b in node.binders)


def _called(node: t.Expr) -> str:
    if isinstance(node, t.Apply):
        return f"function `{node.head}` without a definition"
    if isinstance(node, t.Big):
        return f"`{node.op}` over a size that is a letter"
    return type(node).__name__.lower()


def holds_logarithm(node: t.Expr) -> bool:
    """Whether a product with it may be 0 log 0, which is 0 by convention."""
    return any(isinstance(n, t.Call) and n.name in ("log", "log2", "log10", "xlogy") for n in t.walk(node))
