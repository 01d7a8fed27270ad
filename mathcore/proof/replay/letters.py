"""Polynomials over letters, some of which are functions of polynomials: plain dictionaries, never changed once made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any

from mathcore.language import tree as t

Atom = tuple[Any, ...]
Mono = tuple[tuple[Atom, Fraction], ...]
Poly = dict[Mono, Fraction]  # never changed once it is made
Frozen = tuple[tuple[Mono, Fraction], ...]

ZERO: Poly = {}
ONE: Poly = {(): Fraction(1)}
TERMS, POWER, BINDERS, DEPTH, WORK, INSTANCES = 400, 8, 4, 2, 400, 256
SIGNS = {
    "positive": "+",
    "size": "+",
    "index": "+",
    "natural": "0+",
    "nonnegative": "0+",
    "unit": "0+",
    "simplex": "0+",
    "onehot": "0+",
}
ENDED = ("nonnegative", "unit", "simplex")  # domains whose ends are left out by what is shown inside only


class Outside(Exception):
    """This normal form does not speak of it; the text says of what."""


class Bad(Exception):
    """The certificate does not show what it claims."""


@dataclass(frozen=True)
class Fact:
    """value > 0 or >= 0, for every value of the loose symbols."""

    value: Frozen
    strict: bool
    loose: frozenset[t.Symbol] = frozenset()


def frozen(p: Poly) -> Frozen:
    return tuple(sorted(p.items(), key=lambda item: mono_key(item[0])))


@lru_cache(maxsize=1 << 16)
def key(part: Any) -> str:
    """A text by which letters are ordered."""
    if isinstance(part, t.Symbol):
        return f"{part.name}:{part.type.domain}"
    if isinstance(part, tuple):
        return f"({' '.join(map(key, part))})"
    return str(part)


def mono_key(m: Mono) -> str:
    return key(m)


@lru_cache(maxsize=1 << 16)
def symbols(part: Any) -> frozenset[t.Symbol]:
    """The symbols of a letter, bound ones (they begin with #) too."""
    if isinstance(part, t.Symbol):
        return frozenset([part])
    if isinstance(part, tuple):
        return frozenset().union(*map(symbols, part))
    return frozenset()


@lru_cache(maxsize=1 << 16)
def depth(part: Any) -> int:
    """How deep bound names are nested: theirs begin with # and the level."""
    if isinstance(part, t.Symbol):
        return int(part.name[1:].split(".")[0]) if part.name.startswith("#") else 0
    return max(map(depth, part), default=0) if isinstance(part, tuple) else 0


def monomials(part: Any) -> Iterator[Mono]:
    """The products of which a letter is made."""
    if not isinstance(part, tuple):
        return
    if part and all(isinstance(f, tuple) and f and isinstance(f[0], tuple) and f[0] and isinstance(f[0][0], str) for f in part):
        yield part
        return
    for inner in part:
        yield from monomials(inner)


def constant(p: Poly) -> Fraction | None:
    return Fraction(0) if not p else p[()] if len(p) == 1 and () in p else None


def number(value: Fraction | int) -> Poly:
    return {(): Fraction(value)} if value else {}


def of(atom: Atom, exponent: Fraction | int = 1) -> Poly:
    return {((atom, Fraction(exponent)),): Fraction(1)}


def plus(*parts: Poly) -> Poly:
    total: Poly = {}
    for p in parts:
        for m, c in p.items():
            total[m] = total.get(m, Fraction(0)) + c
    return {m: c for m, c in total.items() if c}


def scaled(p: Poly, factor: Fraction | int) -> Poly:
    return {m: c * factor for m, c in p.items()} if factor else {}


def minus(a: Poly, b: Poly) -> Poly:
    return plus(a, scaled(b, -1))


def primes(whole: int) -> Iterator[tuple[int, int]]:
    prime = 2
    while prime * prime <= whole:
        times = 0
        while whole % prime == 0:
            whole, times = whole // prime, times + 1
        if times:
            yield prime, times
        prime += 1
        if prime > 10_000:
            raise Outside("a large number")
    if whole > 1:
        yield whole, 1


def counts(a: Atom) -> bool:
    return a[0] == "s" and a[1].type.domain in ("natural", "size", "index")


def one_of(s: t.Symbol, every: t.Symbol) -> bool:
    """Whether an index or a natural number is one of those for which a letter stands."""
    a, b = s.type, every.type
    return a.domain == b.domain and a.over == b.over and not a.shape and a.minimum >= b.minimum
