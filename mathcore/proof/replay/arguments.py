"""The arguments of a lemma as a certificate gives them: each of the kind, the shape and the size that its letter asks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from mathcore.language import tree as t
from mathcore.language.parser import Context
from mathcore.proof.replay.letters import Bad

COUNTED = ("size", "index", "natural")


@dataclass(frozen=True)
class Arguments:
    """What stands for the letters of a lemma, and for its sizes."""

    values: Mapping[t.Symbol, t.Expr]
    sizes: Mapping[t.Symbol, t.Expr]

    @property
    def put(self) -> dict[t.Symbol, t.Expr]:
        return {s: v for s, v in self.sizes.items() if s != v} | {s: t.Paren(v) for s, v in self.values.items()}

    def kept(self, symbol: t.Symbol) -> bool:
        """Whether a letter that is not named here runs over no size that is changed."""
        return not any(s in self.sizes and self.sizes[s] != s for s in t.free_symbols(symbol))


def arguments(own: Context, parse: Callable[[str], t.Expr], at: str) -> Arguments:
    """`t = n p[k]; q = r` read for a lemma with these declarations; raises Bad where the kinds, shapes or sizes differ."""
    values: dict[t.Symbol, t.Expr] = {}
    sizes: dict[t.Symbol, t.Expr] = {}
    for item in filter(None, map(str.strip, at.split(";"))):
        letter, equals, text = item.partition("=")
        symbol = own.symbols.get(letter.strip())
        if symbol is None or not equals:
            raise Bad(f"{item} gives no letter of the lemma a value")
        if symbol in values or symbol in sizes:
            raise Bad(f"{symbol.name} of the lemma is given twice")
        value = parse(text)
        if len(symbol.type.shape) != len(t.shape_of(value)):
            raise Bad(f"{symbol.name} of the lemma has {len(symbol.type.shape)} axes, not {len(t.shape_of(value))}")
        if symbol.type.domain == "size":
            sizes[symbol] = t.bare(value)
        else:
            values[symbol] = value
    for symbol, value in values.items():
        for size, actual in zip(symbol.type.shape, t.shape_of(value), strict=True):
            if (sizes.setdefault(size, actual) if isinstance(size, t.Symbol) else size) != actual:
                raise Bad(f"{symbol.name} of the lemma has another size than the other arguments")
    for size, actual in sizes.items():
        if not _is_size(actual, size.type.minimum):
            raise Bad(f"{size.name} of the lemma is a size from {size.type.minimum} on: that is no such size")
    for symbol, value in values.items():
        if not _is_of_kind(t.bare(value), symbol.type, sizes):
            raise Bad(f"{symbol.name} of the lemma is declared {symbol.type.domain}: something else is put in its place")
    return Arguments(values, sizes)


def _is_size(node: t.Expr, least: int) -> bool:
    if isinstance(node, t.Number):
        return node.value.denominator == 1 and node.value >= max(least, 1)
    return isinstance(node, t.Symbol) and node.type.domain == "size" and node.type.minimum >= least


def _is_of_kind(node: t.Expr, kind: t.Type, sizes: Mapping[t.Symbol, t.Expr]) -> bool:
    """By its form; that a number lies in the domain is shown where the lemma is used."""
    match kind.domain:
        case "index":
            over = sizes.get(kind.over, kind.over) if isinstance(kind.over, t.Symbol) else kind.over
            runs = isinstance(node, t.Symbol) and node.type.domain == "index" and node.type.over == over
            return runs or (isinstance(node, t.Number) and node.value.denominator == 1 and node.value >= 1)
        case "natural" if not kind.shape:
            return all(
                isinstance(n, (t.Add, t.Sub, t.Mul, t.Paren))
                or (isinstance(n, t.Number) and n.value.denominator == 1)
                or (isinstance(n, t.Symbol) and n.type.domain in COUNTED and not n.type.shape)
                for n in t.walk(node)
            )
        case "onehot":
            return isinstance(node, t.Symbol) and node.type.domain == "onehot"
        case "function" | "batch":
            return False
    return True
