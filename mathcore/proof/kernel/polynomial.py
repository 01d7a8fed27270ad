"""The kernel's values: exact polynomials over interned atoms.

A polynomial maps monomials to rationals; a monomial is a sorted tuple of (atom, exponent), exponents rational. What
an atom is (a symbol, an entry x[i], exp of a monomial, a whole sum ...) is decided in `normal.py`; here atoms are only
compared, and two atoms are the same object exactly if their keys agree. Keys spell out declarations, so a scalar and
an index of one name differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import lru_cache
from typing import ClassVar
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
    """An interned generator; `parts` is what it was made of, `free` the symbols on which it depends.

    `acts` says that a product with it may be more than a monomial (`Arithmetic.combine`).
    """

    __slots__ = ("__weakref__", "acts", "depth", "free", "key", "kind", "parts")
    _known: ClassVar[WeakValueDictionary[str, Atom]] = WeakValueDictionary()

    kind: str
    parts: tuple[object, ...]
    key: str
    free: frozenset[Symbol]
    depth: int
    acts: bool

    def __new__(cls, kind: str, parts: tuple[object, ...], key: str, free: frozenset[Symbol], depth: int = 0) -> Atom:
        full = f"{kind}({key})"
        known = cls._known.get(full)
        if known is None:
            known = super().__new__(cls)
            known.kind, known.parts, known.key, known.free, known.depth = kind, parts, full, free, depth
            known.acts = kind in ("den", "abs", "prime") or is_bit(known)
            cls._known[full] = known
        return known

    def __repr__(self) -> str:
        return self.key

    def __lt__(self, other: Atom) -> bool:
        return self.key < other.key


def made_of(atom: Atom) -> list[Poly]:
    """The polynomials of which an atom is made."""
    found = [p for p in atom.parts if isinstance(p, Poly)]
    if atom.kind == "sum":
        found.append(Poly({atom.parts[1]: ONE}))  # type: ignore[dict-item]  # a monomial
    if atom.kind == "apply":
        found += [p[1] for p in atom.parts if isinstance(p, tuple)]
    return found


def is_onehot(atom: Atom) -> bool:
    return atom.kind == "entry" and atom.parts[0].type.domain == "onehot"  # type: ignore[attr-defined]  # a symbol


def is_call(atom: Atom, name: str) -> bool:
    return atom.kind == "apply" and atom.parts[0] == name


def is_bit(atom: Atom) -> bool:
    """Whether it is 0 or 1."""
    return atom.kind == "delta" or is_call(atom, "step") or is_onehot(atom)


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
    def depth(self) -> int:
        return max((a.depth for a in self.atoms()), default=0)

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
