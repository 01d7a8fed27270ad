"""The kernel's values: exact polynomials over interned atoms.

A polynomial maps monomials to rationals; a monomial is a sorted tuple of (atom, exponent), exponents rational. What an
atom is (a scalar, an entry x[i], exp of a monomial, a whole sum ...) is said in `atom.py`; here atoms are only compared, and
two atoms are the same object exactly if their keys agree. Keys spell out declarations, so a scalar and an index of one name
differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import lru_cache
from math import gcd, lcm
from typing import ClassVar, Self
from weakref import WeakValueDictionary

from mathcore.language.tree import Constant, Expr, Number, Symbol

ONE = Fraction(1)


class KernelError(Exception):
    """The kernel cannot read or decide this: the honest answer is `unknown`."""


@lru_cache(maxsize=1 << 14)
def symbol_key(symbol: Expr) -> str:
    """Name and declaration of a symbol, so that equal names with other declarations differ."""
    if isinstance(symbol, Symbol):
        kind = symbol.type
        shape = ",".join(symbol_key(s) for s in kind.shape)
        over = symbol_key(kind.over) if kind.over is not None else ""
        return f"{symbol.name}:{kind.domain}[{shape}|{over}]{kind.minimum or ''}"
    if isinstance(symbol, Number):
        return str(symbol.value)
    if isinstance(symbol, Constant):
        return symbol.name
    raise KernelError(f"a size or index must be a symbol or a number, not {type(symbol).__name__}")


class Atom:
    """An interned generator, of a class for each kind (`atom.py`); `free` are the symbols on which it depends.

    Two atoms are one object exactly if their keys agree; the keys are their order as well. `depth` counts the binders within
    each other. `acts` says that a product with it may be more than a monomial (`Arithmetic.combine`).
    """

    __slots__ = ("__weakref__", "_kinds", "depth", "free", "key")
    _known: ClassVar[WeakValueDictionary[str, Atom]] = WeakValueDictionary()

    word: str  # with which the key begins
    acts: bool = False
    key: str
    free: frozenset[Symbol]
    depth: int
    _kinds: frozenset[type[Atom]] | None

    @classmethod
    def _interned(cls, text: str, **fields: object) -> Self:
        """The atom with this text, which spells out its fields."""
        key = f"{cls.word}({text})"
        known = Atom._known.get(key)
        if known is None:
            known = super().__new__(cls)
            for name, field in fields.items():
                setattr(known, name, field)
            known.key, known.free, known.depth, known._kinds = key, known._symbols(), known._level(), None
            Atom._known[key] = known
        assert isinstance(known, cls)
        return known

    def polynomials(self) -> tuple[Poly, ...]:
        """The polynomials of which it is made."""
        return ()

    def _symbols(self) -> frozenset[Symbol]:
        return frozenset[Symbol]().union(*(p.free for p in self.polynomials()))

    def _level(self) -> int:
        return max((p.depth for p in self.polynomials()), default=0)

    def kinds(self) -> frozenset[type[Atom]]:
        """Its class and those of the atoms inside it."""
        if self._kinds is None:
            inner = {a for p in self.polynomials() for a in p.atoms()}
            self._kinds = frozenset({type(self)}).union(*(a.kinds() for a in inner))
        return self._kinds

    def is_made_with(self, part: Atom) -> bool:
        """Whether an atom is this one or occurs inside it."""
        return self is part or any(p.is_made_with(part) for p in self.polynomials())

    def __repr__(self) -> str:
        return self.key

    def __lt__(self, other: Atom) -> bool:
        return self.key < other.key


Monomial = tuple[tuple[Atom, Fraction], ...]


class Poly:
    """An immutable polynomial; arithmetic that needs no knowledge of atoms."""

    __slots__ = ("_hash", "_key", "terms")

    def __init__(self, terms: dict[Monomial, Fraction]) -> None:
        self.terms = terms if all(terms.values()) else {m: c for m, c in terms.items() if c}
        self._key: str | None = None
        self._hash: int | None = None

    @property
    def key(self) -> str:
        if self._key is None:
            self._key = " + ".join(sorted(f"{c!s}*{monomial_key(m)}" for m, c in self.terms.items()))
        return self._key

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Poly) and self.terms == other.terms

    def __hash__(self) -> int:
        if self._hash is None:  # the dictionary has the hashes of its monomials; those of fractions would be dear
            self._hash = hash((frozenset(self.terms), sum(c.numerator for c in self.terms.values())))
        return self._hash

    def __repr__(self) -> str:
        return self.key or "0"

    def __bool__(self) -> bool:
        return bool(self.terms)

    def __add__(self, other: Poly) -> Poly:
        if not self.terms or not other.terms:
            return self if self.terms else other
        result = dict(self.terms)
        for m, c in other.terms.items():
            before = result.get(m)
            result[m] = c if before is None else before + c
        return Poly(result)

    def __neg__(self) -> Poly:
        return Poly({m: -c for m, c in self.terms.items()})

    def __sub__(self, other: Poly) -> Poly:
        return self + (-other)

    def scale(self, factor: Fraction | int) -> Poly:
        return self if factor == 1 else Poly({m: c * factor for m, c in self.terms.items()})

    def constant(self) -> Fraction | None:
        """The value if this is a number."""
        if not self.terms:
            return Fraction(0)
        return self.terms.get(()) if len(self.terms) == 1 else None

    def single(self) -> tuple[Monomial, Fraction] | None:
        return next(iter(self.terms.items())) if len(self.terms) == 1 else None

    def atoms(self) -> frozenset[Atom]:
        return frozenset(a for m in self.terms for a, _ in m)

    @property
    def free(self) -> frozenset[Symbol]:
        return frozenset().union(*(a.free for a in self.atoms())) if self.terms else frozenset()

    @property
    def common_factor(self) -> Fraction:
        """The greatest number of which every coefficient is a whole multiple; 1 of the polynomial 0."""
        coefficients = self.terms.values()
        return Fraction(gcd(*(c.numerator for c in coefficients)) or 1, lcm(*(c.denominator for c in coefficients)))

    @property
    def depth(self) -> int:
        return max((a.depth for a in self.atoms()), default=0)

    def holds(self, kind: type[Atom]) -> bool:
        """Whether an atom of this class occurs, however deep."""
        return any(kind in a.kinds() for a in self.atoms())

    def is_made_with(self, part: Atom) -> bool:
        """Whether this atom occurs, however deep."""
        return any(a.is_made_with(part) for a in self.atoms())

    def sorted(self) -> Iterator[tuple[Monomial, Fraction]]:
        """Terms in a fixed order."""
        return iter(sorted(self.terms.items(), key=lambda item: monomial_key(item[0])))


def monomial_key(m: Monomial) -> str:
    return "*".join(a.key if e == 1 else f"{a.key}^{e!s}" for a, e in m)


def monomial(factors: Iterable[tuple[Atom, Fraction]]) -> Monomial:
    """Merge equal atoms, drop zero exponents, sort."""
    merged: dict[Atom, Fraction] = {}
    for atom, exponent in factors:
        before = merged.get(atom)
        merged[atom] = exponent if before is None else before + exponent
    kept = [item for item in merged.items() if item[1]]
    if len(kept) > 1:
        kept.sort(key=_by_key)
    return tuple(kept)


def _by_key(factor: tuple[Atom, Fraction]) -> str:
    return factor[0].key


def number(value: Fraction | int) -> Poly:
    return Poly({(): Fraction(value)})


def of(atom: Atom, exponent: Fraction | int = 1) -> Poly:
    return Poly({((atom, Fraction(exponent)),): ONE})


ZERO, UNIT = Poly({}), number(1)
