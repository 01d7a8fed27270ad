"""Trees, definitions and derivations as sympy objects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from mathcore.language import tree as t
from mathcore.language.chain import relation, start, step
from mathcore.language.parser import Context
from mathcore.language.printers.names import readable
from mathcore.language.substitution import unfold
from mathcore.language.sympy_bridge.calculus import differentiate
from mathcore.language.sympy_bridge.conversion import ToSympy, finished


def to_sympy(node: t.Expr, definitions: Mapping[str, t.Definition] | None = None, sizes: Mapping[str, int] | None = None) -> Any:
    """A tree as a sympy object, heads unfolded, derivatives and limits not carried out.

    Parameters
    ----------
    node : Expr
    definitions : mapping, optional
        Heads that may occur in the tree, as in ``Context.definitions``.
    sizes : mapping of names to int, optional
        Values of sizes, and of free indices: ``{"n": 3, "i": 1}``. Sums are then written out over plain symbols
        ``z1, z2, z3``, a form for `sympy.lambdify`; a vector becomes a column.

    Raises
    ------
    SympyError
        Where sympy has no such object, e.g. a maximum over a symbolic number of entries.
    """
    tree = readable(unfold(node, definitions or {}))
    return finished(ToSympy(tree, sizes, differentiate).convert(tree))


def definition_to_sympy(
    definition: t.Definition, definitions: Mapping[str, t.Definition], sizes: Mapping[str, int] | None = None
) -> Any:
    """The defining relation as an unevaluated `Eq`; with sizes, entry by entry in a column (or matrix) on both sides."""
    import sympy

    body = readable(unfold(definition.body, definitions))
    converter = ToSympy(body, sizes, differentiate)
    if definition.indices and converter.countable(definition.indices) == definition.indices:
        left = converter.everywhere(definition.indices, lambda at: at.entry_of(definition))
        right = converter.everywhere(definition.indices, lambda at: at.convert(body))
        return sympy.Eq(finished(left), finished(right), evaluate=False)
    if definition.indices:
        head = sympy.IndexedBase(definition.head, real=True)[tuple(converter.convert(i) for i in definition.indices)]
    elif definition.parameters and not any(p.type.shape for p in definition.parameters):
        head = sympy.Function(definition.head)(*(converter.convert(p) for p in definition.parameters))
    else:
        head = sympy.Symbol(definition.head, real=True)
    return sympy.Eq(head, converter.convert(body), evaluate=False)


class Chain(tuple[Any, ...]):
    """The steps of a derivation as sympy relations, each between two neighbours; `claim` is what they show together."""

    claim: Any


def chain_to_sympy(context: Context, claim: str, steps: Iterable[str], sizes: Mapping[str, int] | None = None) -> Chain:
    """The claim and the steps of a derivation as unevaluated relations; with sizes, for every value of their free indices.

    Equations for all values of the indices are one equation of columns or matrices; other relations stand in an `And`.

    Raises
    ------
    SympyError
        Where sympy has no such object, e.g. a maximum over a symbolic number of entries.
    """
    said = [context.parse(claim)]
    side = start(said[0])
    for op, following in [step(context, text) for text in steps]:
        said.append(relation(side, op, following))
        side = following
    whole = readable(unfold(t.And(tuple(said)), context.definitions))
    assert isinstance(whole, t.And)
    free = sorted(t.free_symbols(whole), key=lambda s: s.name)
    if sizes is None and all(s.type.domain != "size" for s in free):
        sizes = {}  # nothing is symbolic: written out
    converter = ToSympy(whole, sizes, differentiate)
    indices = converter.countable(s for s in free if s.type.domain == "index" and not s.type.shape)
    told, *links = [converter.stated(part, indices) for part in whole.parts]
    chain = Chain(links)
    chain.claim = told
    return chain
