"""Which numbers are whole as they are written. As exponents they make 0^0 = 1; with a real exponent 0^0 is undefined."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from mathcore.language import tree as t

MAX_POWER = 12  # in a polynomial
MAX_PLACES = 1000  # at which a polynomial is evaluated


def is_count(node: t.Expr) -> bool:
    """An index, a size or a natural number."""
    return isinstance(node, t.Symbol) and node.type.domain in ("natural", "size", "index") and not node.type.shape


def is_whole(node: t.Expr) -> bool:
    """A whole number, whatever its letters are."""
    match node:
        case t.Symbol():
            return is_count(node)
        case t.Paren(body) | t.Neg(body) | t.Big("sum" | "prod" | "max" | "min", _, body):
            return is_whole(body)
        case t.Call("abs" | "max" | "min", args):
            return all(map(is_whole, args))
        case t.Pow(base, exponent) if is_whole(base) and is_natural(exponent):
            return True
        case t.Add(a, b) | t.Sub(a, b) | t.Mul(a, b) if is_whole(a) and is_whole(b):
            return True
    return _is_bit(node) or _is_whole_polynomial(node)


def is_natural(node: t.Expr) -> bool:
    """0, 1, 2 ..., whatever its letters are."""
    match node:
        case t.Number(value, _):
            return value.denominator == 1 and value >= 0
        case t.Symbol():
            return is_count(node)
        case t.Paren(body) | t.Big("sum" | "prod" | "max" | "min", _, body):
            return is_natural(body)
        case t.Add(a, b) | t.Mul(a, b) | t.Pow(a, b):
            return is_natural(a) and is_natural(b)
        case t.Call("abs", (a,)):
            return is_whole(a)
        case t.Call("max", args):
            return all(map(is_whole, args)) and any(map(is_natural, args))
        case t.Call("min", args):
            return all(map(is_natural, args))
    return _is_bit(node)


def _is_bit(node: t.Expr) -> bool:
    """0 or 1 by its form: a delta, an entry of a one-hot vector."""
    match node:
        case t.Call("delta"):
            return True
        case t.Index(t.Symbol(_, kind) | t.Paren(t.Symbol(_, kind))):
            return kind.domain == "onehot"
    return False


def _is_whole_polynomial(node: t.Expr) -> bool:
    """Whether a polynomial in counts is whole at every one of them: t (t + 1) / 2.

    It is if it is at 0..d in each, where d is its degree: it is a sum of whole multiples of products of binomials.
    """
    degree = _degree(node)
    letters = sorted(t.free_symbols(node), key=lambda s: s.name)
    if degree is None or (degree + 1) ** len(letters) > MAX_PLACES:
        return False
    places = product(range(degree + 1), repeat=len(letters))
    return all(_value(node, dict(zip(letters, place, strict=True))).denominator == 1 for place in places)


def _degree(node: t.Expr) -> int | None:
    """A bound of the degree of a polynomial in counts with rational coefficients; None of anything else."""
    match node:
        case t.Number():
            return 0
        case t.Symbol() if is_count(node):
            return 1
        case t.Paren(body) | t.Neg(body):
            return _degree(body)
        case t.Add(a, b) | t.Sub(a, b) | t.Mul(a, b):
            one, other = _degree(a), _degree(b)
            if one is None or other is None:
                return None
            return one + other if isinstance(node, t.Mul) else max(one, other)
        case t.Div(a, t.Number(value, _)) if value:
            return _degree(a)
        case t.Pow(base, t.Number(value, _)) if value.denominator == 1 and 0 <= value <= MAX_POWER:
            return None if (one := _degree(base)) is None else one * int(value)
    return None


def _value(node: t.Expr, at: dict[t.Symbol, int]) -> Fraction:
    match node:
        case t.Number(value, _):
            return value
        case t.Symbol():
            return Fraction(at[node])
        case t.Paren(body):
            return _value(body, at)
        case t.Neg(body):
            return -_value(body, at)
        case t.Add(a, b):
            return _value(a, at) + _value(b, at)
        case t.Sub(a, b):
            return _value(a, at) - _value(b, at)
        case t.Mul(a, b):
            return _value(a, at) * _value(b, at)
        case t.Div(a, b):
            return _value(a, at) / _value(b, at)
        case t.Pow(a, b):
            return _value(a, at) ** int(_value(b, at))
    raise TypeError(f"a {type(node).__name__.lower()} is no polynomial")
