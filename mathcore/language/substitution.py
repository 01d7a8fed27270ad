"""The one substitution on trees, and what rests on it: entries of what is built, definitions at their arguments.

What replaces a letter is neither bound nor varied by anything around it. Everybody who puts trees in the place of letters
does it here; balls do not: they evaluate a tree where its letters have other values, and that is what tests this room.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import overload

from mathcore.language.tree import (
    Add,
    Apply,
    At,
    Big,
    Binder,
    Call,
    Definition,
    Derivative,
    Div,
    Expr,
    Index,
    Limit,
    List,
    Mul,
    Neg,
    Number,
    Paren,
    Relation,
    Sub,
    Symbol,
    Type,
    bare,
    bound_symbols,
    free_symbols,
    fresh,
    map_children,
    same,
    shape_of,
    size_of,
    walk,
)


@overload
def substitute(node: Relation, mapping: Mapping[Symbol, Expr]) -> Relation: ...
@overload
def substitute(node: Expr, mapping: Mapping[Symbol, Expr]) -> Expr: ...
def substitute(node: Expr, mapping: Mapping[Symbol, Expr]) -> Expr:
    """Replace symbols by trees: the value is that of the tree where each symbol has the value of what replaces it.

    Nothing is captured: bound symbols get fresh names. Sizes inside types follow; `vector(k: a)[i]` is reduced. The variable
    of a derivative is what the derivative is evaluated at: D(x y, x) at x = y is y, not D(y y, y).
    Notations hide symbols: unfold them first (`unfold`).
    """
    return _substitute(node, dict(mapping)) if mapping else node


def renamed(symbol: Symbol, mapping: Mapping[Symbol, Symbol]) -> Symbol:
    """`substitute` where symbols are replaced by symbols: another symbol, or the same with other sizes."""
    return mapping[symbol] if symbol in mapping else retyped(symbol, mapping)


def retyped(symbol: Symbol, mapping: Mapping[Symbol, Expr]) -> Symbol:
    """The symbol with the sizes in its declaration replaced; its name stays."""
    kind = symbol.type
    if not kind.shape and kind.over is None:
        return symbol
    shape = tuple(_substitute(size, mapping) for size in kind.shape)
    over = None if kind.over is None else _substitute(kind.over, mapping)
    if shape == kind.shape and over == kind.over:
        return symbol
    return Symbol(symbol.name, replace(kind, shape=shape, over=over))


def _substitute(node: Expr, mapping: Mapping[Symbol, Expr]) -> Expr:
    if isinstance(node, Symbol):
        return mapping[node] if node in mapping else retyped(node, mapping)
    if isinstance(node, Apply):
        return Apply(
            node.head,
            tuple(_substitute(a, mapping) for a in node.args),
            tuple(_substitute(s, mapping) for s in node.shape),
        )
    bound = bound_symbols(node)
    if bound:
        new = {s: fresh(retyped(s, mapping)) for s in bound}
        inner = {s: t for s, t in mapping.items() if s not in new} | new
        if isinstance(node, At):
            values = tuple(_substitute(v, mapping) for v in node.values)
            return At(tuple(new[s] for s in bound), values, _substitute(node.body, inner))
        if isinstance(node, Limit):
            return Limit(new[node.variable], _substitute(node.point, mapping), node.side, _substitute(node.body, inner))
        return map_children(node, lambda child: _substitute(child, inner))
    if isinstance(node, Derivative):
        return _substitute_derivative(node, mapping)
    node = map_children(node, lambda child: _substitute(child, mapping))
    return reduce_index(node) if isinstance(node, Index) else node


def _substitute_derivative(node: Derivative, mapping: Mapping[Symbol, Expr]) -> Expr:
    """By what is put in, where it is a letter that nothing else holds; else by a fresh letter, evaluated at what is put in."""
    variable = bare(node.variable)
    base = variable.base if isinstance(variable, Index) else variable
    assert isinstance(base, Symbol)
    place = bare(mapping[base] if base in mapping else retyped(base, mapping))
    others = (mapping[s] if s in mapping else retyped(s, mapping) for s in free_symbols(node) if s != base)
    letter = _varying(place, base)
    if letter is not None and not any(letter in free_symbols(other) for other in others):
        inner = {**mapping, base: place}
        return Derivative(_substitute(node.body, inner), _substitute(variable, inner))
    free = fresh(retyped(base, mapping))
    inner = {**mapping, base: free}
    return At((free,), (place,), Derivative(_substitute(node.body, inner), _substitute(variable, inner)))


def _varying(place: Expr, base: Symbol) -> Symbol | None:
    """The letter that varies where one differentiates by `place` instead of `base`; None if that is no variable."""
    letter, entries = place, 0
    if isinstance(place, Index) and not base.type.shape and all(isinstance(i, (Symbol, Number)) for i in place.indices):
        letter, entries = place.base, len(place.indices)
    if not isinstance(letter, Symbol) or len(letter.type.shape) != len(base.type.shape) + entries:
        return None
    return letter if letter.type.domain in ("real", "positive", base.type.domain) else None


def with_part(node: Expr, part: Expr, value: Expr) -> Expr:
    """`value` wherever `part` stands; not below what binds, or differentiates by, a letter of either: it is another one there."""
    part = bare(part)
    if type(node) is type(part) and same(node, part):
        return value
    varied = (bare(node.variable),) if isinstance(node, Derivative) else ()
    letters = {*bound_symbols(node), *(s.base if isinstance(s, Index) else s for s in varied)}
    if letters & (free_symbols(part) | free_symbols(value)):
        return node
    return map_children(node, lambda child: with_part(child, part, value))


def reduce_index(node: Index) -> Expr:
    """`vector(k: a)[i]` is a with k replaced by i; `[a, b][2]` is b (indices count from 1).

    `vector(k: 1)[5]` is left as it is: that there are five entries is not said by the entry.
    """
    base = bare(node.base)
    if isinstance(base, Big) and base.op == "vector":
        places = {b.symbol: i for b, i in zip(base.binders, node.indices, strict=False)}
        if len(places) < len(base.binders) or not all(_exists(k, i, base.body) for k, i in places.items()):
            return node
        found, inner = substitute(base.body, places), node.indices[len(places) :]
        return reduce_index(Index(found, inner)) if inner else found
    if len(node.indices) == len(shape_of(base)) and (entry := _entry_of(base, node.indices)) is not None:
        return entry
    if isinstance(base, List) and isinstance(node.indices[0], Number):
        item = base.items[int(node.indices[0].value) - 1]
        return item if len(node.indices) == 1 else Index(item, node.indices[1:])
    return node


def _exists(index: Symbol, place: Expr, body: Expr) -> bool:
    """Whether a place is one of the index, or the body names an entry at that place, which says so."""
    if isinstance(place, Symbol) and place.type.domain == "index":
        return True
    size = size_of(index)
    if isinstance(place, Number) and isinstance(size, (Number, Symbol)):
        least = size.value if isinstance(size, Number) else size.type.minimum
        if 1 <= place.value <= least:
            return True
    named = ((n.base, n.indices) for n in walk(body) if isinstance(n, Index) and index in n.indices)
    return any(i == index and s == size for base, indices in named for i, s in zip(indices, shape_of(base), strict=False))


def _entry_of(base: Expr, indices: tuple[Expr, ...]) -> Expr | None:
    """One entry of a sum, multiple, product or transpose of arrays; None for anything else."""

    def at(array: Expr, *places: Expr) -> Expr:
        return reduce_index(Index(array, places)) if places else array

    if isinstance(base, Neg):
        return Neg(at(base.body, *indices))
    if isinstance(base, (Add, Sub)):
        return Paren(type(base)(at(base.left, *indices), at(base.right, *indices)))
    if isinstance(base, Div):
        return Div(Paren(at(base.left, *indices)), base.right)
    if isinstance(base, Call) and base.name == "transpose":
        return at(base.args[0], *reversed(indices))
    if isinstance(base, Mul):
        rows, columns = len(shape_of(base.left)), len(shape_of(base.right))
        if rows and columns:  # a product of matrices
            k = fresh(Symbol("k", Type("index", over=shape_of(base.right)[0])))
            left, right = at(base.left, *indices[: rows - 1], k), at(base.right, k, *indices[rows - 1 :])
            return Big("sum", (Binder(k),), Mul(Paren(left), Paren(right)))
        left, right = (at(side, *indices) if shape_of(side) else side for side in (base.left, base.right))
        return Mul(Paren(left), Paren(right))
    return None


def dot(u: Expr, v: Expr) -> Expr:
    """The sum of the products of the entries."""
    k = fresh(Symbol("k", Type("index", over=shape_of(u)[0])))
    left, right = (reduce_index(Index(side, (k,))) for side in (u, v))
    return Big("sum", (Binder(k),), Mul(Paren(left), Paren(right)))


def instantiate(definition: Definition, args: tuple[Expr, ...], indices: tuple[Expr, ...]) -> Expr:
    """The body of a definition for these arguments; sizes of the parameters take the sizes of the arguments."""
    mapping: dict[Symbol, Expr] = {}
    for parameter, arg in zip(definition.parameters, args, strict=True):
        for size, actual in zip(parameter.type.shape, shape_of(arg), strict=True):
            if isinstance(size, Symbol):
                mapping[size] = actual
        mapping[parameter] = arg
    for index, actual in zip(definition.indices, indices, strict=True):
        mapping[index] = actual
    return substitute(definition.body, mapping)


def unfold(node: Expr, definitions: Mapping[str, Definition], only: frozenset[str] | None = None) -> Expr:
    """Replace heads by their definitions, again and again; `only` limits which heads are opened."""
    if isinstance(node, Index):
        indices = tuple(unfold(i, definitions, only) for i in node.indices)
        base = bare(node.base)
        if isinstance(base, Apply) and base.head in definitions and (only is None or base.head in only):
            definition = definitions[base.head]
            args = tuple(unfold(a, definitions, only) for a in base.args)
            depth = len(definition.indices)
            there = all(_exists(k, i, definition.body) for k, i in zip(definition.indices, indices, strict=False))
            if depth and len(indices) >= depth and there:
                body = unfold(instantiate(definition, args, indices[:depth]), definitions, only)
                return body if len(indices) == depth else reduce_index(Index(body, indices[depth:]))
        return reduce_index(Index(unfold(base, definitions, only), indices))
    if isinstance(node, Apply) and node.head in definitions and (only is None or node.head in only):
        definition = definitions[node.head]
        args = tuple(unfold(a, definitions, only) for a in node.args)
        if not definition.indices:
            return unfold(instantiate(definition, args, ()), definitions, only)
        sizes = instantiated_shape(definition, args)
        binders = tuple(Symbol(i.name, replace(i.type, over=s)) for i, s in zip(definition.indices, sizes, strict=True))
        binders = tuple(fresh(b) for b in binders)
        body = unfold(instantiate(definition, args, binders), definitions, only)
        return Big("vector", tuple(Binder(b) for b in binders), body)
    node = map_children(node, lambda child: unfold(child, definitions, only))
    return dot(*node.args) if isinstance(node, Call) and node.name == "dot" and only is None else node


def instantiated_shape(definition: Definition, args: tuple[Expr, ...]) -> tuple[Expr, ...]:
    """The shape of the result for these arguments."""
    mapping: dict[Symbol, Expr] = {}
    for parameter, arg in zip(definition.parameters, args, strict=True):
        for size, actual in zip(parameter.type.shape, shape_of(arg), strict=True):
            if isinstance(size, Symbol):
                mapping[size] = actual
    return tuple(substitute(s, mapping) for s in definition.shape)
