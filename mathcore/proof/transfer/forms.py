"""What the form of a tree tells, whatever the values: numbers, signs, whether sums occur; and what lies outside the theorem."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from mathcore.language import tree as t

TERMS = 600  # of an expression with all products multiplied out, and of a value


class Outside(Exception):
    """The theorem does not speak of this, or it is too large; the text says why."""


def rational(node: t.Expr) -> Fraction | None:
    node = t.bare(node)
    if isinstance(node, t.Number):
        return node.value
    if isinstance(node, t.Neg):
        value = rational(node.body)
        return None if value is None else -value
    if isinstance(node, (t.Add, t.Sub, t.Mul, t.Div)):
        a, b = rational(node.left), rational(node.right)
        if a is None or b is None:
            return None
        if isinstance(node, t.Div):
            return a / b if b else None
        return a + b if isinstance(node, t.Add) else a - b if isinstance(node, t.Sub) else a * b
    return None


def positive(node: t.Expr) -> bool:
    """Positive by its form alone, whatever the values."""
    node = t.bare(node)
    match node:
        case t.Number(value, _):
            return value > 0
        case t.Symbol(_, kind):
            return kind.domain in ("positive", "size")
        case t.Index(base, _):
            return isinstance(base, t.Symbol) and base.type.domain == "positive"
        case t.Call("exp", _):
            return True
        case t.Call("sqrt" | "abs", (inner,)):
            return positive(inner)
        case t.Add(a, b):
            return (positive(a) and nonnegative(b)) or (nonnegative(a) and positive(b))
        case t.Mul(a, b) | t.Div(a, b):
            return positive(a) and positive(b)
        case t.Neg(t.Neg(body)):
            return positive(body)
        case t.Pow(base, _):
            return positive(base)
        case t.Big("sum" | "prod" | "max" | "min", _, body):
            return positive(body)
    return False


def nonnegative(node: t.Expr) -> bool:
    node = t.bare(node)
    if positive(node) or (isinstance(node, t.Number) and node.value == 0):
        return True
    match node:
        case t.Symbol(_, kind):
            return kind.domain in ("nonnegative", "unit", "natural")
        case t.Index(base, _):
            return isinstance(base, t.Symbol) and base.type.domain in ("nonnegative", "unit", "simplex")
        case t.Call("delta" | "abs" | "sqrt", _):
            return True
        case t.Add(a, b) | t.Mul(a, b) | t.Div(a, b):
            return nonnegative(a) and nonnegative(b)
        case t.Pow(_, exponent):
            value = rational(exponent)
            return (value is not None and value.denominator == 1 and value % 2 == 0) or nonnegative(node.base)
        case t.Big("sum", _, body):
            return nonnegative(body)
    return False


def is_global(node: t.Expr) -> bool:
    """Whether sums, or n as a number, occur: then it is no local function."""
    for part in t.walk(node):
        if isinstance(part, (t.Big, t.Limit, t.Apply, t.List)):
            return True
        if isinstance(part, t.Symbol) and part.type.domain == "size":
            return True
        refuse_counts(part)
    return False


def refuse_counts(part: t.Expr) -> None:
    """An index that is used as a number, and an entry at a fixed place, are not the same for every index."""
    if isinstance(part, t.Index) and not all(isinstance(i, t.Symbol) and i.type.domain == "index" for i in part.indices):
        raise Outside("an entry at a fixed or shifted place")
    if isinstance(part, t.Call) and part.name == "delta":
        if not all(isinstance(t.bare(i), t.Symbol) for i in part.args):
            raise Outside("an index compared with a number")
        return
    if not isinstance(part, t.Index):
        if any(isinstance(x, t.Symbol) and x.type.domain == "index" for x in map(t.bare, t.children(part))) and not isinstance(
            part, t.Binder
        ):
            raise Outside("an index used as a number")


def terms_of(node: t.Expr, factor: Fraction) -> Iterator[tuple[Fraction, t.Expr]]:
    """The terms of a sum, each with its number."""
    node = t.bare(node)
    match node:
        case t.Neg(body):
            yield from terms_of(body, -factor)
        case t.Add(a, b):
            yield from terms_of(a, factor)
            yield from terms_of(b, factor)
        case t.Sub(a, b):
            yield from terms_of(a, factor)
            yield from terms_of(b, -factor)
        case t.Mul(a, b) if rational(a) is not None:
            yield from terms_of(b, factor * (rational(a) or 0))
        case t.Div(a, b) if rational(b):
            yield from terms_of(a, factor / (rational(b) or 1))
        case _:
            yield factor, node


def length(index: t.Symbol, sizes: Mapping[t.Symbol, int]) -> int:
    """Over how many places an index runs."""
    size = t.size_of(index)
    if isinstance(size, t.Symbol):
        return sizes[size]
    if isinstance(size, t.Number):
        return int(size.value)
    raise Outside("a size that is worked out")


def place_of(index: t.Expr, at: Mapping[t.Symbol, int]) -> int:
    """Where an index stands."""
    index = t.bare(index)
    if not isinstance(index, t.Symbol) or index not in at:
        raise Outside("an entry at a fixed or shifted place")
    return at[index]


def indices_of(node: t.Expr) -> frozenset[t.Symbol]:
    return frozenset(n for n in t.walk(node) if isinstance(n, t.Symbol) and n.type.domain == "index")
