"""Letters for bound symbols: the names that machines gave (`k~3`) become letters that a person would choose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain, count

from mathcore.language import tree as t
from mathcore.language.parser import RESERVED, Context

INDEX_LETTERS = "klmijhrsuvw"


def readable(node: t.Expr, context: Context | None = None) -> t.Expr:
    """The same tree with every fresh or clashing symbol under a legal letter of its own.

    A bound symbol keeps its name where the parser would accept it: not free elsewhere in the formula and not bound
    by an enclosing operator. A context makes declared letters of the same type come first, so that the printed text
    parses in it. Trees from the parser come back unchanged.
    """
    if not clashes(node, context):
        return node
    return _Renamer(node, context).rename(node, {}, frozenset())


def letters_of(node: t.Expr, context: Context | None = None) -> dict[t.Symbol, t.Symbol]:
    """The letters that `readable` gives to the fresh symbols that are free in the tree."""
    return _Renamer(node, context).free


def clashes(node: t.Expr, context: Context | None = None) -> bool:
    """Is there a name that the parser would not read back as it stands?"""
    free = {s.name for s in t.free_symbols(node)}
    return any("~" in name for name in free) or _clashes(node, free, frozenset(), context)


def _clashes(node: t.Expr, free: set[str], enclosing: frozenset[str], context: Context | None) -> bool:
    for symbol in t.bound_symbols(node):
        if "~" in symbol.name or symbol.name in free or symbol.name in enclosing or not _known(symbol, context):
            return True
        enclosing |= {symbol.name}
    return any(_clashes(child, free, enclosing, context) for child in t.children(node))


def _known(symbol: t.Symbol, context: Context | None) -> bool:
    """Would the parser give this name this declaration?"""
    if context is None:
        return True
    declared = context.symbols.get(symbol.name, t.Symbol(symbol.name, t.Type("natural")))
    return declared == symbol and symbol.name not in context.definitions


class _Renamer:
    def __init__(self, node: t.Expr, context: Context | None) -> None:
        self.context = context
        self.forbidden = set(RESERVED) | {n.head for n in t.walk(node) if isinstance(n, t.Apply)}
        self.types: dict[str, t.Type] = {}  # one name has one declaration
        if context is not None:
            self.forbidden |= set(context.definitions)
            self.types = {name: s.type for name, s in context.symbols.items()}
        free = sorted(t.free_symbols(node), key=lambda s: s.name)
        self.forbidden |= {s.name for s in free if "~" not in s.name}
        self.free: dict[t.Symbol, t.Symbol] = {}
        for symbol in free:
            if "~" in symbol.name:
                self.free[symbol] = self.choose(symbol, frozenset())
                self.forbidden.add(self.free[symbol].name)

    def rename(self, node: t.Expr, names: Mapping[t.Symbol, t.Symbol], enclosing: frozenset[str]) -> t.Expr:
        if isinstance(node, t.Symbol):
            return names.get(node) or self.free.get(node) or self.retyped(node, names)
        if isinstance(node, t.Apply):
            arguments = tuple(self.rename(a, names, enclosing) for a in node.args)
            return replace(node, args=arguments, shape=tuple(self.rename(s, names, enclosing) for s in node.shape))
        bound = t.bound_symbols(node)
        if not bound:
            return t.map_children(node, lambda child: self.rename(child, names, enclosing))
        inside = frozenset(s.name for n in t.walk(node) if n is not node for s in t.bound_symbols(n))
        inner, seen = dict(names), enclosing
        for symbol in bound:
            typed = self.retyped(symbol, names)
            keep = "~" not in typed.name and typed.name not in self.forbidden | seen and _known(typed, self.context)
            inner[symbol] = typed if keep and self.fits(typed.name, typed.type) else self.choose(typed, seen | inside)
            self.types.setdefault(inner[symbol].name, inner[symbol].type)
            seen |= {inner[symbol].name}
        if isinstance(node, t.At):
            values = tuple(self.rename(v, names, enclosing) for v in node.values)
            return t.At(tuple(inner[s] for s in bound), values, self.rename(node.body, inner, seen))
        if isinstance(node, t.Limit):
            point = self.rename(node.point, names, enclosing)
            return t.Limit(inner[node.variable], point, node.side, self.rename(node.body, inner, seen))
        return t.map_children(node, lambda child: self.rename(child, inner, seen))

    def retyped(self, symbol: t.Symbol, names: Mapping[t.Symbol, t.Symbol]) -> t.Symbol:
        """The symbol with renamed sizes in its declaration."""
        shape = tuple(self.rename(s, names, frozenset()) for s in symbol.type.shape)
        over = None if symbol.type.over is None else self.rename(symbol.type.over, names, frozenset())
        return t.Symbol(symbol.name, replace(symbol.type, shape=shape, over=over))

    def fits(self, name: str, kind: t.Type) -> bool:
        return self.types.get(name, kind) == kind

    def choose(self, symbol: t.Symbol, taken: frozenset[str]) -> t.Symbol:
        for name in self.candidates(symbol):
            if name not in self.forbidden and name not in taken and self.fits(name, symbol.type):
                return t.Symbol(name, symbol.type)
        raise AssertionError("unreachable: the candidates do not end")

    def candidates(self, symbol: t.Symbol) -> Iterator[str]:
        stem = symbol.name.split("~")[0] or "x"
        declared = [] if self.context is None else [s.name for s in self.context.symbols.values() if s.type == symbol.type]
        first = [stem] if self.context is None or stem in declared else []
        letters = INDEX_LETTERS if symbol.type.domain in ("index", "natural") else ""
        return chain(first, declared, [stem], letters, (f"{stem}{number}" for number in count(2)))
