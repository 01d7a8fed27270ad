"""A polynomial of the kernel as readable text: for conditions and residuals, never parsed again."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType

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


class Letters:
    """The letters by which what is bound is written: each another one, and none that stands free or is a size.

    None of `known` is taken that is declared as something else.
    """

    def __init__(self, p: Poly, known: Mapping[str, Symbol] = MappingProxyType({})) -> None:
        self.known = known
        free = p.free
        named = {s for s in free if not _is_unnamed(s)}
        sizes = {size for s in named for size in (*s.type.shape, s.type.over) if isinstance(size, Symbol)}
        self.taken = {s.name for s in named | sizes}
        self.of: dict[str, str] = {}
        self.first = {s.name for s in free - named}  # which have no place among those that are bound

    def __getitem__(self, symbol: Symbol) -> str:
        """Bound letters of one name are never one in the other, and share a letter."""
        name = symbol.name
        if not _is_unnamed(symbol):
            return name
        if name not in self.of:
            depth, place = (1, 0) if name in self.first or "~" in name else map(int, name[1:].split("."))
            letters = [letter for letter in LETTERS if letter not in self.taken or letter in self.of.values()]
            own: tuple[str, ...] = () if "#" in name or symbol.type.domain in ("index", "natural") else (name.partition("~")[0],)
            if symbol.type.domain == "natural" and name in self.first:  # a number that goes on and on has no size to be known by
                own = tuple(sorted((k for k, s in self.known.items() if s.type.domain == "natural"), key=str.swapcase))
            liked = (*own, *letters[depth - 1 + place :], *letters, *(f"k{number}" for number in range(1, 1000)))
            self.of[name] = next(letter for letter in liked if letter not in self.taken and self._may_be(letter, symbol))
            self.taken.add(self.of[name])
        return self.of[name]

    def _may_be(self, letter: str, symbol: Symbol) -> bool:
        declared = self.known[letter].type if letter in self.known else symbol.type
        return (declared.domain, declared.over, declared.shape) == (symbol.type.domain, symbol.type.over, symbol.type.shape)


def _is_unnamed(symbol: Symbol) -> bool:
    """Whether a rule or the normal form gave it its name, which no claim has."""
    return "#" in symbol.name or "~" in symbol.name


def show(p: Poly, limit: int | None = 400) -> str:
    """`2 x[i] - exp(z)`; long polynomials are cut."""
    text = _shown(p, Letters(p))
    return text if limit is None or len(text) <= limit else text[: limit - 4] + " ..."


def show_for_each(p: Poly, known: Mapping[str, Symbol]) -> tuple[str, tuple[str, ...]]:
    """A polynomial, and the letters in it that no claim names: it is meant for each of their values."""
    letters = Letters(p, known)
    unnamed = filter(_is_unnamed, p.free)
    return _shown(p, letters), tuple(sorted((letters[s] for s in unnamed), key=LETTERS.find))


def _shown(p: Poly, letters: Letters) -> str:
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


def _power(atom: Atom, exponent: Fraction, letters: Letters) -> str:
    if isinstance(atom, Exp):
        return f"exp({_shown(atom.exponent.scale(exponent), letters)})"
    text = _atom(atom, letters)
    if exponent == 1:
        return text
    return f"{f'({text})' if isinstance(atom, Power) else text}^{exponent if exponent.denominator == 1 else f'({exponent})'}"


def _name(index: object, letters: Letters) -> str:
    if isinstance(index, Symbol):
        return letters[index]
    return _shown(index, letters) if isinstance(index, Poly) else str(index)


def _atom(atom: Atom, letters: Letters) -> str:
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
