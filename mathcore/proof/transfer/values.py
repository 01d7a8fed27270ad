"""Exact values at one n: quotients of polynomials whose generators are entries, exp(monomial), log(polynomial), ..."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product
from math import gcd
from typing import Any

from mathcore.language import tree as t
from mathcore.proof.transfer.forms import TERMS, Outside, indices_of, length, place_of, positive, rational
from mathcore.proof.transfer.products import Powers, Product, merged

Generator = tuple[Any, ...]  # its kind, and what it is made of
Monomial = tuple[tuple[Generator, Fraction], ...]
Terms = dict[Monomial, Fraction]
Frozen = frozenset[tuple[Monomial, Fraction]]  # the same as a key


@dataclass(frozen=True)
class Value:
    """top / product of bottom[key]^exponent; a key is a polynomial as a frozenset of its terms."""

    top: Terms
    bottom: Powers[Frozen] = ()

    @property
    def key(self) -> tuple[Frozen, frozenset[tuple[Frozen, int]]]:
        return frozenset(self.top.items()), frozenset(self.bottom)


class Arithmetic:
    """Values at one n. `vague` says that generators were used between which unknown relations may hold."""

    def __init__(self) -> None:
        self.vague = False
        self.positive: dict[Generator, bool] = {}
        self.memory: dict[tuple[t.Expr, tuple[int, ...]], Value] = {}

    def total(self, terms: list[Product], sizes: Mapping[t.Symbol, int], place: Mapping[t.Symbol, int]) -> Value:
        result = Value({})
        for x in terms:
            scale = x.coefficient
            for size, power in x.powers:
                scale *= Fraction(sizes[size]) ** power
            for chosen in product(*(range(1, length(b, sizes) + 1) for b in x.binders)):
                at = {**place, **dict(zip(x.binders, chosen, strict=True))}
                value = Value({(): scale})
                for factor in sorted(x.factors, key=lambda f: not (isinstance(f, t.Call) and f.name == "delta")):
                    value = self.multiply(value, self.value(factor, at))
                    if not value.top:
                        break
                result = self.add(result, value)
        return result

    def value(self, node: t.Expr, at: Mapping[t.Symbol, int]) -> Value:
        own = sorted(indices_of(node), key=lambda s: s.name)
        key = (node, tuple(at[s] for s in own))
        if key not in self.memory:
            self.memory[key] = self._value(node, at)
        return self.memory[key]

    def _value(self, node: t.Expr, at: Mapping[t.Symbol, int]) -> Value:
        match node:
            case t.Paren(body):
                return self.value(body, at)
            case t.Number(value, _):
                return Value({(): value} if value else {})
            case t.Symbol(name, _):
                return self.generator(("entry", name), positive(node))
            case t.Index(t.Symbol(name, _), indices):
                return self.generator(("entry", name, *(place_of(i, at) for i in indices)), positive(node))
            case t.Neg(body):
                return self.scaled(self.value(body, at), Fraction(-1))
            case t.Add(a, b):
                return self.add(self.value(a, at), self.value(b, at))
            case t.Sub(a, b):
                return self.add(self.value(a, at), self.scaled(self.value(b, at), Fraction(-1)))
            case t.Mul(a, b):
                return self.multiply(self.value(a, at), self.value(b, at))
            case t.Div(a, b):
                return self.multiply(self.value(a, at), self.power(self.value(b, at), Fraction(-1)))
            case t.Pow(base, exponent):
                known = rational(exponent)
                if known is not None:
                    return self.power(self.value(base, at), known)
                below, above = self.value(base, at), self.value(exponent, at)
                if self.is_positive(below):
                    return self.exp(self.multiply(above, self.log(below)))
                raise Outside("a symbolic power of what is not positive by its form")
            case t.Call("delta", (i, j)):
                return Value({(): Fraction(1)} if place_of(i, at) == place_of(j, at) else {})
            case t.Call("exp", (a,)):
                return self.exp(self.value(a, at))
            case t.Call("log", (a,)):
                return self.log(self.value(a, at))
            case t.Call("sqrt", (a,)):
                return self.power(self.value(a, at), Fraction(1, 2))
            case t.Call("log2" | "log10" as name, (a,)):
                unit = self.log(Value({(): Fraction(2 if name == "log2" else 10)}))
                return self.multiply(self.log(self.value(a, at)), self.power(unit, Fraction(-1)))
            case t.Call("xlogy", (a, b)):
                return self.multiply(self.value(a, at), self.log(self.value(b, at)))
            case t.Call(name, args):
                self.vague = True
                parts = tuple(self.value(a, at).key for a in args)
                return self.generator(("call", name, parts), False)
        raise Outside(f"a {type(node).__name__.lower()} at one n")

    # the four operations --------------------------------------------------------------------------------------

    def generator(self, name: Generator, is_positive: bool) -> Value:
        self.positive[name] = is_positive
        return Value({((name, Fraction(1)),): Fraction(1)})

    def scaled(self, a: Value, factor: Fraction) -> Value:
        return Value({m: c * factor for m, c in a.top.items()}, a.bottom)

    def add(self, a: Value, b: Value) -> Value:
        if not a.top:
            return b
        if not b.top:
            return a
        below, other = dict(a.bottom), dict(b.bottom)
        both = {k: max(below.get(k, 0), other.get(k, 0)) for k in {**below, **other}}
        top = dict(self._raised(a.top, both, below))
        for m, c in self._raised(b.top, both, other).items():
            top[m] = top.get(m, Fraction(0)) + c
        return Value({m: c for m, c in top.items() if c}, tuple(both.items()))

    def _raised(self, top: Terms, both: Mapping[Frozen, int], have: Mapping[Frozen, int]) -> Terms:
        for key, exponent in both.items():
            for _ in range(exponent - have.get(key, 0)):
                top = self.times(top, dict(key))
        return top

    def multiply(self, a: Value, b: Value) -> Value:
        if not a.top or not b.top:
            return Value({})
        return Value(self.times(a.top, b.top), merged(a.bottom, b.bottom))

    def times(self, a: Terms, b: Terms) -> Terms:
        if len(a) * len(b) > 50 * TERMS:
            raise Outside("too many terms at one n")
        result: Terms = {}
        for (m, c), (n, e) in product(a.items(), b.items()):
            for p, f in self.merge(m, n).items():
                result[p] = result.get(p, Fraction(0)) + c * e * f
        return {m: c for m, c in result.items() if c}

    def merge(self, m: Monomial, n: Monomial) -> Terms:
        """The product of two monomials; a root that is whole again is expanded."""
        exponents = dict(m)
        for g, e in n:
            exponents[g] = exponents.get(g, Fraction(0)) + e
        number, whole = Fraction(1), []
        for g, e in list(exponents.items()):
            if g[0] == "root" and not 0 <= e < 1:
                floor = e.__floor__()
                exponents[g] = e - floor
                if floor < 0:
                    raise Outside("a root that is divided by")
                whole += [dict(g[1])] * floor
            if g[0] == "prime" and not 0 <= e < 1:
                floor = e.__floor__()
                exponents[g] = e - floor
                number *= Fraction(g[1]) ** floor
        result: Terms = {tuple(sorted(((g, e) for g, e in exponents.items() if e), key=repr)): number}
        for factor in whole:
            result = self.times(result, factor)
        return result

    # powers, exp, log -----------------------------------------------------------------------------------------

    def is_positive(self, a: Value) -> bool:
        return bool(a.top) and self._positive(a.top) and all(self._positive(dict(k)) for k, _ in a.bottom)

    def _positive(self, top: Terms) -> bool:
        plainly = [c > 0 and all(self._positive_power(g, e) for g, e in m) for m, c in top.items()]
        weakly = [
            c > 0 and all(self._positive_power(g, e) or (e.denominator == 1 and e % 2 == 0) for g, e in m) for m, c in top.items()
        ]
        return any(plainly) and all(weakly)

    def _positive_power(self, g: Generator, _: Fraction) -> bool:
        return self.positive.get(g, g[0] in ("exp", "prime", "root"))

    def power(self, a: Value, exponent: Fraction) -> Value:
        if exponent.denominator == 1:
            if exponent >= 0:
                result = Value({(): Fraction(1)})
                for _ in range(int(exponent)):
                    result = self.multiply(result, a)
                return result
            return self.power(self.inverse(a), -exponent)
        if not self.is_positive(a):
            raise Outside("a root of what is not positive by its form")
        result = self._root(a.top, exponent)
        for key, e in a.bottom:
            result = self.multiply(result, self._root(dict(key), -exponent * e))
        return result

    def _root(self, top: Terms, exponent: Fraction) -> Value:
        content, common, rest = self.content(top)
        result = Value({tuple((g, e * exponent) for g, e in common): Fraction(1)})
        for whole, sign in ((content.numerator, 1), (content.denominator, -1)):
            for prime, times in _factors(whole):
                result = self.multiply(result, Value(self.merge((), ((("prime", prime), sign * times * exponent),))))
        if rest != {(): Fraction(1)}:
            if exponent < 0:
                raise Outside("a root that is divided by")
            self.vague = True
            result = self.multiply(result, Value(self.merge((), ((("root", frozenset(rest.items())), exponent),))))
        return result

    def inverse(self, a: Value) -> Value:
        if not a.top:
            raise Outside("a division by 0")
        negative = {m: -c for m, c in a.top.items()}
        if not (self._positive(a.top) or self._positive(negative)):
            raise Outside("a division by what is not positive by its form")
        top: Terms = {(): Fraction(1)}
        for key, exponent in a.bottom:
            for _ in range(exponent):
                top = self.times(top, dict(key))
        content, common, rest = self.content(a.top)
        inverse = Value({tuple((g, -e) for g, e in common): 1 / content})
        if rest != {(): Fraction(1)}:
            inverse = replace(inverse, bottom=((frozenset(rest.items()), 1),))
        return self.multiply(Value(top), inverse)

    def content(self, top: Terms) -> tuple[Fraction, Monomial, Terms]:
        """number * monomial of positive generators * the rest."""
        top_number = Fraction(0)
        for c in top.values():
            top_number = Fraction(
                gcd(top_number.numerator * c.denominator, c.numerator * top_number.denominator),
                top_number.denominator * c.denominator,
            )
        if all(c < 0 for c in top.values()):
            top_number = -top_number
        lowest: dict[Generator, Fraction] = {}
        for g in {g for m in top for g, _ in m if self._positive_power(g, Fraction(1)) or len(top) == 1}:
            least = min(dict(m).get(g, Fraction(0)) for m in top)
            if least:
                lowest[g] = least
        common = tuple(sorted(lowest.items(), key=repr))
        rest: Terms = {}
        for m, c in top.items():
            left = dict(m)
            for g, e in common:
                left[g] = left.get(g, Fraction(0)) - e
            rest[tuple(sorted(((g, e) for g, e in left.items() if e), key=repr))] = c / top_number
        return top_number, common, rest

    def exp(self, a: Value) -> Value:
        if a.bottom:
            self.vague = True
            return self.generator(("exp of", a.key), True)
        result = Value({(): Fraction(1)})
        for m, c in a.top.items():
            if len(m) == 1 and m[0][0][0] == "log" and m[0][1] == 1:
                result = self.multiply(result, self.power(Value(dict(m[0][0][1])), c))
            else:
                self.positive[("exp", m)] = True
                result = self.multiply(result, Value({((("exp", m), c),): Fraction(1)}))
        return result

    def log(self, a: Value) -> Value:
        if not self.is_positive(a):
            raise Outside("a logarithm of what is not positive by its form")
        result = self._log(a.top)
        for key, exponent in a.bottom:
            result = self.add(result, self.scaled(self._log(dict(key)), Fraction(-exponent)))
        return result

    def _log(self, top: Terms) -> Value:
        content, common, rest = self.content(top)
        result = Value({})
        for whole, sign in ((content.numerator, 1), (content.denominator, -1)):
            for prime, times in _factors(whole):
                result = self.add(result, self._log_generator({(): Fraction(prime)}, Fraction(sign * times)))
        for g, e in common:
            if g[0] == "exp":
                result = self.add(result, Value({g[1]: e}))
            elif g[0] == "prime":
                result = self.add(result, self._log_generator({(): Fraction(g[1])}, e))
            else:
                result = self.add(result, self._log_generator({((g, Fraction(1)),): Fraction(1)}, e))
        return result if rest == {(): Fraction(1)} else self.add(result, self._log_generator(rest, Fraction(1)))

    def _log_generator(self, top: Terms, factor: Fraction) -> Value:
        self.vague = True
        name = ("log", frozenset(top.items()))
        self.positive.setdefault(name, (top.get((), 0) > 1 and len(top) == 1))
        return Value({((name, Fraction(1)),): factor})


def _factors(whole: int) -> list[tuple[int, int]]:
    found, prime = [], 2
    while prime * prime <= whole:
        times = 0
        while whole % prime == 0:
            whole, times = whole // prime, times + 1
        found += [(prime, times)] if times else []
        prime += 1
        if prime > 10_000:
            raise Outside("a large number")
    return [*found, (whole, 1)] if whole > 1 else found
