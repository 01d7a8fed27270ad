"""A polynomial of the kernel as readable text: for conditions and residuals, never parsed again."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from mathcore.language.tree import Add, Expr, Index, Mul, Neg, Pow, Sub, Symbol, number
from mathcore.proof.kernel.atom import (
    Absolute,
    Apply,
    BigMax,
    Call,
    Delta,
    Denominator,
    Entry,
    Exp,
    Extreme,
    Letter,
    Limit,
    Log,
    Partial,
    Pi,
    Power,
    Prime,
    Product,
    Range,
    Scalar,
    Sum,
)
from mathcore.proof.kernel.polynomial import Atom, Poly

LETTERS = "klmnabcdhijopqrstuvwxyz"  # of what is bound, but for those that stand free


def show(p: Poly, limit: int | None = 400) -> str:
    """`2 x[i] - exp(z)`; long polynomials are cut."""
    free = {s.name.partition("~")[0] for s in p.free if not s.name.startswith("#")}
    text = _shown(p, [letter for letter in LETTERS if letter not in free])
    return text if limit is None or len(text) <= limit else text[: limit - 4] + " ..."


def _shown(p: Poly, letters: Sequence[str]) -> str:
    terms = []
    for m, c in p.sorted():
        above = [_power(a, e, letters) for a, e in m if e > 0]
        below = [_power(a, -e, letters) for a, e in m if e < 0]
        size = abs(c)
        front = ([str(size)] if size != 1 or not above else []) + above
        text = " ".join(front) + (f" / ({' '.join(below)})" if below else "")
        terms.append(("- " if c < 0 else "+ ") + text)
    text = " ".join(terms) or "0"
    return text[2:] if text.startswith("+ ") else text


def _power(atom: Atom, exponent: Fraction, letters: Sequence[str]) -> str:
    if isinstance(atom, Exp):
        return f"exp({_shown(atom.exponent.scale(exponent), letters)})"
    text = _atom(atom, letters)
    return text if exponent == 1 else f"{text}^{exponent if exponent.denominator == 1 else f'({exponent})'}"


def _name(index: object, letters: Sequence[str]) -> str:
    if isinstance(index, Symbol):
        if index.name.startswith("#"):
            depth, place = index.name[1:].split("~")[0].split(".")
            return letters[(int(depth) - 1 + int(place)) % len(letters)]
        return index.name.split("~")[0]
    return _shown(index, letters) if isinstance(index, Poly) else str(index)


def _atom(atom: Atom, letters: Sequence[str]) -> str:
    match atom:
        case Scalar():
            return _name(atom.symbol, letters)
        case Entry():
            return f"{_name(atom.symbol, letters)}[{', '.join(_name(i, letters) for i in atom.indices)}]"
        case Denominator():
            return f"({_shown(atom.value, letters)})"
        case Power():
            return f"({_shown(atom.base, letters)})^({_shown(atom.exponent, letters)})"
        case Sum():
            return f"sum({', '.join(_name(b, letters) for b in atom.binders)}: {_shown(atom.summand, letters)})"
        case Range():
            ends = f"{_shown(atom.low, letters)}..{_shown(atom.high, letters)}"
            return f"sum({_name(atom.variable, letters)} = {ends}: {_shown(atom.body, letters)})"
        case Product() | BigMax():
            word = "prod" if isinstance(atom, Product) else "max"
            return f"{word}({_name(atom.index, letters)}: {_shown(atom.body, letters)})"
        case Limit():
            point = f"{_name(atom.point, letters)}{atom.side}"
            return f"lim({_name(atom.variable, letters)} -> {point}: {_shown(atom.body, letters)})"
        case Partial():
            return f"D({atom.head}({_shown(atom.body, letters)}), {_name(atom.place, letters)})"
        case Pi():
            return "pi"
        case Log() | Absolute() | Extreme():
            return f"{atom.word}({', '.join(_shown(p, letters) for p in atom.polynomials())})"
        case Prime():
            return str(atom.value)
        case Call():
            return f"{atom.name}({_shown(atom.argument, letters)})"
        case Apply():
            inside = (a if isinstance(a, Poly) else a[1] for a in atom.arguments)
            return f"{atom.head}({', '.join(_shown(a, letters) for a in inside)})"
    assert isinstance(atom, Delta)  # every other kind is named above
    return f"delta({_name(atom.keep, letters)}, {_name(atom.drop, letters)})"


def tree_of(p: Poly) -> Expr | None:
    """A polynomial in symbols and entries with whole powers as a tree again; None for anything else."""
    total: Expr | None = None
    for m, c in p.sorted():
        term: Expr | None = number(abs(c)) if abs(c) != 1 or not m else None
        for atom, exponent in m:
            if not isinstance(atom, Letter) or exponent.denominator != 1 or exponent < 0:
                return None
            places = atom.indices if isinstance(atom, Entry) else ()
            indices = tuple(i for i in places if isinstance(i, Symbol))
            if len(indices) < len(places):
                return None
            factor: Expr = Index(atom.symbol, indices) if indices else atom.symbol
            factor = factor if exponent == 1 else Pow(factor, number(exponent))
            term = factor if term is None else Mul(term, factor)
        assert term is not None
        if total is None:
            total = term if c > 0 else Neg(term)
        else:
            total = Add(total, term) if c > 0 else Sub(total, term)
    return total if total is not None else number(0)
