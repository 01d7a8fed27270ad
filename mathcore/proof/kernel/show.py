"""A polynomial of the kernel as readable text: for conditions and residuals, never parsed again."""

from __future__ import annotations

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


def show(p: Poly, limit: int = 400) -> str:
    """`2 x[i] - exp(z)`; long polynomials are cut."""
    terms = []
    for m, c in p.sorted():
        above = [_power(a, e) for a, e in m if e > 0]
        below = [_power(a, -e) for a, e in m if e < 0]
        size = abs(c)
        front = ([str(size)] if size != 1 or not above else []) + above
        text = " ".join(front) + (f" / ({' '.join(below)})" if below else "")
        terms.append(("- " if c < 0 else "+ ") + text)
    text = " ".join(terms) or "0"
    text = text[2:] if text.startswith("+ ") else text
    return text if len(text) <= limit else text[: limit - 4] + " ..."


def _power(atom: Atom, exponent: Fraction) -> str:
    if isinstance(atom, Exp):
        return f"exp({show(atom.exponent.scale(exponent))})"
    text = _atom(atom)
    return text if exponent == 1 else f"{text}^{exponent if exponent.denominator == 1 else f'({exponent})'}"


def _name(index: object) -> str:
    if isinstance(index, Symbol):
        if index.name.startswith("#"):
            depth, place = index.name[1:].split("~")[0].split(".")
            return "klmnabcd"[(int(depth) - 1 + int(place)) % 8]
        return index.name.split("~")[0]
    return show(index) if isinstance(index, Poly) else str(index)


def _atom(atom: Atom) -> str:
    match atom:
        case Scalar():
            return _name(atom.symbol)
        case Entry():
            return f"{_name(atom.symbol)}[{', '.join(_name(i) for i in atom.indices)}]"
        case Denominator():
            return f"({show(atom.value)})"
        case Power():
            return f"({show(atom.base)})^({show(atom.exponent)})"
        case Sum():
            return f"sum({', '.join(_name(b) for b in atom.binders)}: {show(atom.summand)})"
        case Range():
            return f"sum({_name(atom.variable)}: {show(atom.body)})"
        case Product():
            return f"prod({_name(atom.index)}: {show(atom.body)})"
        case BigMax():
            return f"max({_name(atom.index)}: {show(atom.body)})"
        case Limit():
            return f"lim({_name(atom.variable)}: {show(atom.body)})"
        case Partial():
            return f"D({atom.head}({show(atom.body)}), {_name(atom.place)})"
        case Pi():
            return "pi"
        case Log() | Absolute() | Extreme():
            return f"{atom.word}({', '.join(show(p) for p in atom.polynomials())})"
        case Prime():
            return str(atom.value)
        case Call():
            return f"{atom.name}({show(atom.argument)})"
        case Apply():
            return f"{atom.head}({', '.join(show(a) if isinstance(a, Poly) else show(a[1]) for a in atom.arguments)})"
        case Delta():
            return f"delta({_name(atom.keep)}, {_name(atom.drop)})"
    return atom.key


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
