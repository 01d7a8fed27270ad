"""The algebra of the replayer's normal form: products, powers, logarithms, sums over indices and ranges, signs.

Sums over indices are split into connected parts with canonical names; quotients are powers of polynomials that are
multiplied away at the end. Nothing is searched but signs, two facts deep.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from functools import reduce
from itertools import permutations, product
from math import gcd, prod
from typing import Any

from mathcore.language import tree as t
from mathcore.proof.replay.letters import (
    BINDERS,
    DEPTH,
    INSTANCES,
    ONE,
    POWER,
    SIGNS,
    TERMS,
    WORK,
    ZERO,
    Atom,
    Fact,
    Frozen,
    Mono,
    Outside,
    Poly,
    constant,
    counts,
    depth,
    frozen,
    key,
    minus,
    mono_key,
    monomials,
    number,
    of,
    one_of,
    plus,
    primes,
    scaled,
    symbols,
)


class Algebra:
    """Powers, functions and sums of polynomials under facts; `open` holds what is needed for them to be defined and not shown."""

    def __init__(
        self, facts: Iterable[Fact] = (), apart: Iterable[Frozen] = (), distinct: Iterable[frozenset[t.Symbol]] = ()
    ) -> None:
        self.facts, self.apart, self.distinct = list(facts), set(apart), set(distinct)
        self.open: set[tuple[Frozen, str]] = set()
        self.elsewhere = False  # whether a sum was read that may be empty and then is another one, and not undefined
        self._work = 0

    # products -------------------------------------------------------------------------------------------------

    def times(self, a: Poly, b: Poly) -> Poly:
        if len(a) * len(b) > 40 * TERMS:
            raise Outside("too many terms")
        total: Poly = {}
        for m, c in a.items():
            for n, d in b.items():
                for q, e in self.mono((*m, *n)).items():
                    total[q] = total.get(q, Fraction(0)) + c * d * e
        if len(total) > TERMS:
            raise Outside("too many terms")
        return {m: c for m, c in total.items() if c}

    def product(self, parts: Iterable[Poly]) -> Poly:
        return reduce(self.times, parts, ONE)

    def mono(self, factors: Iterable[tuple[Atom, Fraction]]) -> Poly:
        """A product of powers of letters, brought to its form."""
        exponents: dict[Atom, Fraction] = {}
        for a, e in factors:
            exponents[a] = exponents.get(a, Fraction(0)) + e
        exponents = {a: e for a, e in exponents.items() if e}
        for a, e in exponents.items():
            if a[0] == "d":
                if e < 0:
                    raise Outside("a division by delta")
                exponents[a] = Fraction(1)
                big, small = a[2], a[1]
                if isinstance(big, t.Symbol) and any(b != a and big in symbols(b) for b in exponents):
                    rest = [self.put(of(b, f), {big: small}) for b, f in exponents.items() if b != a]
                    return self.product([of(a), *rest])
            elif a[0] == "e" and a[1].type.domain == "onehot" and e > 1 and e.denominator == 1:
                exponents[a] = Fraction(1)
        for a, e in exponents.items():
            others = [(b, f) for b, f in exponents.items() if b != a]
            if a[0] == "P" and e >= 1:
                whole = e.__floor__()
                left = [(a, e - whole)] if e != whole else []
                return self.times(self.mono([*others, *left]), self.power(dict(a[1]), Fraction(whole)))
            if a[0] == "P" and len(a[1]) == 1 and a[1][0][0] == () and e < 0:  # a root of a number
                whole = e.__floor__()
                return scaled(self.mono([*others, (a, e - whole)]), a[1][0][1] ** whole)
            if a[0] == "abs" and e.denominator == 1 and (e >= 2 or e < 0):
                half = 2 * (e / 2).__floor__()
                return self.times(
                    self.mono([*others, (a, e - half)] if e != half else others), self.power(dict(a[1]), Fraction(half))
                )
            if a[0] == "P" and e.denominator == 1 and len(a[1]) == 2 and (found := self._apart(a, e, others)) is not None:
                return found
        return {tuple(sorted(exponents.items(), key=lambda f: key(f[0]))): Fraction(1)}

    def _apart(self, divisor: Atom, e: Fraction, others: list[tuple[Atom, Fraction]]) -> Poly | None:
        """E / (c0 + c1 E) = (1 - c0 / (c0 + c1 E)) / c1, and 1 / (E (c0 + c1 E)) = (1/E - c1 / (c0 + c1 E)) / c0."""
        values = dict(divisor[1])
        if () not in values:
            return None
        c0 = values[()]
        ((inner, c1),) = ((m, c) for m, c in values.items() if m)
        have = dict(others)
        if all((f > 0 and have.get(a, 0) >= f) or (f < 0 and have.get(a, 0) <= f) for a, f in inner):
            rest = [*others, *((a, -f) for a, f in inner)]
            first = self.mono([*rest, (divisor, e + 1)] if e != -1 else rest)
            return plus(scaled(first, 1 / c1), scaled(self.mono([*rest, (divisor, e)]), -c0 / c1))
        if len(inner) == 1 and inner[0][0][0] == "exp" and have.get(inner[0][0], Fraction(0)) <= -inner[0][1] < 0:
            first = self.mono([*others, (divisor, e + 1)] if e != -1 else others)
            return plus(scaled(first, 1 / c0), scaled(self.mono([*others, *inner, (divisor, e)]), -c1 / c0))
        return None

    def power(self, p: Poly, r: Fraction) -> Poly:
        if r.denominator == 1 and r >= 0:
            if len(p) == 1:
                ((m, c),) = p.items()
                return scaled(self.mono((a, e * r) for a, e in m), c ** int(r))
            if r > POWER:
                raise Outside("a large power")
            return self.product([p] * int(r))
        if not p:
            if r > 0:
                return ZERO
            raise Outside("a division by 0")
        if r.denominator != 1:
            return self._root(p, r)
        self.need(p, "!=")
        content, common, rest = self.content(p)
        result = scaled(self.mono((a, e * r) for a, e in common), content ** int(r))
        return result if rest == ONE else self.times(result, self.mono([(("P", frozen(rest)), r)]))

    def _root(self, p: Poly, r: Fraction) -> Poly:
        self.need(p, ">" if r < 0 else ">=")
        content, common, rest = self.content(p)
        if content < 0:
            content, rest = -content, scaled(rest, -1)
        parts: list[tuple[Atom, Fraction]] = []
        for a, e in common:
            if self.sign_of(a) or a[0] == "P":
                parts.append((a, e * r))
            elif e.denominator == 1 and e % 2 == 0:
                parts.append((("abs", frozen(of(a))), e * r))
            else:
                rest = self.times(rest, of(a, e))
        if rest != ONE and not self.sign(rest):
            self.open |= {(frozen(of(a)), "!=") for a, _ in common if self.sign_of(a) != "+"}  # 0 times what has no root
        if any(a[0] == "P" and not self.sign_of(a) for a, _ in common):
            raise Outside("a root of a quotient of unknown sign")
        for whole, side in ((content.numerator, 1), (content.denominator, -1)):
            parts += [(("P", frozen(number(q))), side * k * r) for q, k in primes(whole)]
        if rest != ONE:
            parts.append((("P", frozen(rest)), r))
        return self.mono(parts)

    def content(self, p: Poly) -> tuple[Fraction, Mono, Poly]:
        """number * letters * rest; the first coefficient of the rest is positive."""
        top, below = 0, 1
        for c in p.values():
            top, below = gcd(top * c.denominator, c.numerator * below), below * c.denominator
        factor = Fraction(abs(top), below)
        lowest: dict[Atom, Fraction] = {}
        for a in {a for m in p for a, _ in m}:
            least = min(dict(m).get(a, Fraction(0)) for m in p)
            if least:
                lowest[a] = least
        common = tuple(sorted(lowest.items(), key=lambda f: key(f[0])))
        rest = self.times(p, {tuple((a, -e) for a, e in common): Fraction(1)}) if common else p
        if not rest:
            raise Outside("terms that cancel once they are multiplied out")
        first = min(rest, key=mono_key)
        if rest[first] < 0:
            factor = -factor
        return factor, common, scaled(rest, 1 / factor)

    # functions ------------------------------------------------------------------------------------------------

    def exp(self, p: Poly) -> Poly:
        parts, result = [], ONE
        for m, c in p.items():
            if len(m) == 1 and m[0][0][0] == "log" and m[0][1] == 1:
                result = self.times(result, self.power(dict(m[0][0][1]), c))
            else:
                parts.append((("exp", m), c))
        return self.times(result, self.mono(parts))

    def log(self, p: Poly) -> Poly:
        if not p:
            raise Outside("the logarithm of 0")
        self.need(p, ">")
        content, common, rest = self.content(p)
        if content < 0:
            content, rest = -content, scaled(rest, -1)
        result = ZERO
        for a, e in common:
            if a[0] == "exp":
                result = plus(result, {a[1]: e})
            elif a[0] == "P" and len(a[1]) > 1 and self.sign_of(a) == "+":
                result = plus(result, scaled(self.log(dict(a[1])), e))
            elif self.sign_of(a) and a[0] != "d":  # >= 0 and a factor of something positive
                result = plus(result, scaled(of(("log", frozen(of(a)))), e))
            else:
                rest = self.times(rest, of(a, e))
        for whole, side in ((content.numerator, 1), (content.denominator, -1)):
            for q, k in primes(whole):
                result = plus(result, scaled(of(("log", frozen(number(q)))), side * k))
        return result if rest == ONE else plus(result, of(("log", frozen(rest))))

    def absolute(self, p: Poly) -> Poly:
        if not p or self.sign(p):
            return p
        if self.sign(scaled(p, -1)):
            return scaled(p, -1)
        content, common, rest = self.content(p)
        result = number(abs(content))
        for a, e in common:
            known = self.sign_of(a) or (e.denominator == 1 and e % 2 == 0)
            result = self.times(result, of(a, e) if known else of(("abs", frozen(of(a))), e))
        if rest == ONE:
            return result
        return self.times(result, rest if self.sign(rest) else of(("abs", frozen(rest))))

    def power_of(self, base: Poly, exponent: Poly) -> Poly:
        value = constant(exponent)
        if value is not None:
            return self.power(base, value)
        if self.sign(base) == "+":
            return self.exp(self.times(exponent, self.log(base)))
        if not base:
            raise Outside("a symbolic power of 0")
        if not all(
            c.denominator == 1 and all(counts(a) and e > 0 and e.denominator == 1 for a, e in m) for m, c in exponent.items()
        ):
            raise Outside("a symbolic power of what is not shown positive")
        if len(base) != 1:
            content, common, rest = self.content(base)
            pieces: list[tuple[Poly, Fraction]] = [(number(content), Fraction(1)), (rest, Fraction(1))]
        else:
            ((common, content),) = base.items()
            pieces = [(number(content), Fraction(1))]
        pieces += [(of(a), e) for a, e in common]
        result = ONE
        for piece, e in pieces:
            if piece == ONE:
                continue
            if e.denominator != 1 or e < 0:
                raise Outside("a symbolic power of a root or a quotient")
            if self.sign(piece) == "+":
                result = self.times(result, self.exp(self.times(scaled(exponent, e), self.log(piece))))
                continue
            for m, c in exponent.items():
                if c < 0:
                    self.need(piece, "!=")
                part = self.power(piece, c * e) if not m else of(("pw", frozen(piece), m), c * e)
                result = self.times(result, part)
        return result

    # sums -----------------------------------------------------------------------------------------------------

    def sum(self, k: t.Symbol, body: Poly) -> Poly:
        total: list[Poly] = []
        for m, c in body.items():
            outside = [(a, e) for a, e in m if k not in symbols(a)]
            inside = [(a, e) for a, e in m if k in symbols(a)]
            part = self._sum([k], inside) if inside else self.size(k)
            total.append(scaled(self.times(self.mono(outside), part), c))
        return plus(*total)

    def size(self, k: t.Symbol) -> Poly:
        over = t.size_of(k)
        if isinstance(over, t.Symbol):
            return of(("s", over))
        if not isinstance(size := t.bare(over), t.Number):
            raise Outside("a size that is worked out")
        return number(size.value)

    def _sum(self, binders: list[t.Symbol], factors: list[tuple[Atom, Fraction]]) -> Poly:
        """The sum over all binders of a product in each factor of which one of them occurs."""
        opened: list[tuple[Atom, Fraction]] = []
        for a, e in factors:
            if a[0] == "sum" and e.denominator == 1 and 0 < e <= BINDERS and any(b in symbols(a) for b in binders):
                for _ in range(int(e)):
                    fresh, inner = self.opened(a)
                    binders = [*binders, *fresh]
                    opened += inner
            else:
                opened.append((a, e))
        for a, _ in opened:
            if a[0] == "d":
                for here, there in ((a[2], a[1]), (a[1], a[2])):
                    if here in binders and isinstance(there, t.Symbol) and there.type.over == here.type.over:
                        rest = [self.put(of(b, f), {here: there}) for b, f in opened if b != a]
                        value = self.product(rest)
                        for b in (b for b in binders if b != here):
                            value = self.sum(b, value)
                        return value
        product = self.mono(opened)
        if product != {tuple(sorted(opened, key=lambda f: key(f[0]))): Fraction(1)}:
            value = product
            for b in binders:
                value = self.sum(b, value)
            return value
        if len(binders) > BINDERS:
            raise Outside("a sum over many indices")
        groups: list[tuple[set[t.Symbol], list[tuple[Atom, Fraction]]]] = [({b}, []) for b in binders]
        for a, e in opened:
            touching = [g for g in groups if g[0] & symbols(a)]
            merged = (set().union(*(g[0] for g in touching)), [f for g in touching for f in g[1]] + [(a, e)])
            groups = [g for g in groups if g not in touching] + [merged]
        return self.product(self._connected(*g) for g in groups)

    def _connected(self, binders: set[t.Symbol], factors: list[tuple[Atom, Fraction]]) -> Poly:
        if not factors:
            return self.product(map(self.size, binders))
        level = 1 + max(depth(a) for a, _ in factors)
        best: tuple[str, Atom] | None = None
        for order in permutations(sorted(binders, key=key)):
            names = [t.Symbol(f"#{level}.{i}", b.type) for i, b in enumerate(order)]
            body = reduce(self.times, (self.put(of(a, e), dict(zip(order, names, strict=True))) for a, e in factors), ONE)
            ((m, c),) = body.items() if len(body) == 1 else (((), Fraction(0)),)
            if c != 1:
                raise Outside("a sum whose names matter")
            atom = ("sum", tuple(names), m)
            if best is None or key(atom) < best[0]:
                best = (key(atom), atom)
        assert best is not None
        return of(best[1])

    def opened(self, atom: Atom) -> tuple[list[t.Symbol], list[tuple[Atom, Fraction]]]:
        """A sum with new names for what it binds."""
        fresh = [t.fresh(t.Symbol("k", b.type)) for b in atom[1]]
        body = self.put({atom[2]: Fraction(1)}, dict(zip(atom[1], fresh, strict=True)))
        if len(body) != 1 or next(iter(body.values())) != 1:
            raise Outside("a sum whose names matter")
        return fresh, list(next(iter(body)))

    def range(self, k: t.Symbol, low: Poly, high: Poly, body: Poly) -> Poly:
        """sum(k = low..high), counted from 0."""
        length = plus(minus(high, low), ONE)
        self.need(length, ">=")
        self.elsewhere |= (frozen(length), ">=") in self.open
        self.need(low, ">=")  # what is counted are natural numbers
        count = constant(length)
        if count is not None and count.denominator == 1 and count <= POWER:
            return plus(*(self.put(body, {k: plus(low, number(i))}) for i in range(int(count))))
        body = self.put(body, {k: plus(of(("s", k)), low)})
        total: list[Poly] = []
        for m, c in body.items():
            free = [(a, e) for a, e in m if k not in symbols(a)]
            if not self.sign(minus(high, low)):  # the body was read where there is a place in the range
                self.beside(free)
            outside = self.mono(free)
            inside = tuple((a, e) for a, e in m if k in symbols(a))
            part = length
            if inside:
                level = 1 + max(depth(inside), depth(frozen(length)))
                name = t.Symbol(f"#{level}.0", t.Type("natural"))
                renamed = self.put({inside: Fraction(1)}, {k: name})
                part = plus(*(scaled(of(("range", name, n, frozen(length))), d) for n, d in renamed.items()))
            total.append(scaled(self.times(outside, part), c))
        return plus(*total)

    def beside(self, factors: Iterable[tuple[Atom, Fraction]]) -> None:
        """What stands before a sum that may be empty has a value there too: nothing is 0 by which it divides."""
        for a, e in factors:
            if e < 0:
                divisor = dict(a[1]) if a[0] == "P" else of(a)
                self.need(divisor, "!=")
                self.elsewhere |= (frozen(divisor), "!=") in self.open
            for m in monomials(a):
                self.beside(m)

    def unrolled(self, p: Poly, known: Poly) -> Poly:
        """p with sums over ranges that are one term longer than those of `known` written by these."""
        shorter = {(a[2], a[3]): a for m in known for a, _ in m if a[0] == "range"}
        total: list[Poly] = []
        for m, c in p.items():
            parts: list[Poly] = []
            for a, e in m:
                below = shorter.get((a[2], frozen(minus(dict(a[3]), ONE)))) if a[0] == "range" else None
                if below is None or a[1] != below[1]:
                    parts.append(of(a, e))
                    continue
                last = self.put({below[2]: Fraction(1)}, {below[1]: dict(below[3])})
                parts.append(self.power(plus(of(below), last), e))
            total.append(scaled(self.product(parts), c))
        return plus(*total)

    def put(self, p: Poly, mapping: Mapping[t.Symbol, Any]) -> Poly:
        """p with other indices, numbers or polynomials for symbols."""
        if not any(s in symbols(m) for m in p for s in mapping):
            return p
        total: list[Poly] = []
        for m, c in p.items():
            parts = [self._put(a, e, mapping) if any(s in symbols(a) for s in mapping) else of(a, e) for a, e in m]
            total.append(scaled(self.product(parts), c))
        return plus(*total)

    def _put(self, a: Atom, e: Fraction, mapping: Mapping[t.Symbol, Any]) -> Poly:
        def inner(part: Frozen) -> Poly:
            return self.put(dict(part), mapping)

        def value(s: t.Symbol) -> Poly:
            new = mapping.get(s, s)
            return of(("s", new)) if isinstance(new, t.Symbol) else number(new) if isinstance(new, int) else new

        match a[0]:
            case "s":
                return self.power(value(a[1]), e)
            case "e":
                if a[1] in mapping:
                    raise Outside("an array is replaced")
                return self.power(of(("e", a[1], tuple(self._place(i, mapping) for i in a[2]))), e)
            case "d":
                return self.delta(self._place(a[1], mapping), self._place(a[2], mapping))
            case "exp":
                return self.exp(scaled(inner(((a[1], Fraction(1)),)), e))
            case "log":
                return self.power(self.log(inner(a[1])), e)
            case "P":
                return self.power(inner(a[1]), e)
            case "abs":
                return self.power(self.absolute(inner(a[1])), e)
            case "pw":
                return self.power(self.power_of(inner(a[1]), inner(((a[2], Fraction(1)),))), e)
            case "fn":
                return self.power(of((*a[:2], tuple(self._argument(x, mapping) for x in a[2]))), e)
            case "sum":
                fresh = [t.fresh(t.Symbol("k", b.type)) for b in a[1]]
                body = self.put({a[2]: Fraction(1)}, {**mapping, **dict(zip(a[1], fresh, strict=True))})
                for b in fresh:
                    body = self.sum(b, body)
                return self.power(body, e)
            case "range":
                name = t.fresh(t.Symbol("k", a[1].type))
                body = self.put({a[2]: Fraction(1)}, {**mapping, a[1]: name})
                return self.power(self.range(name, ZERO, minus(inner(a[3]), ONE), body), e)
            case "max":
                name = t.fresh(t.Symbol("k", a[1].type))
                return self.power(self.maximum(name, self.put(dict(a[2]), {**mapping, a[1]: name})), e)
        raise Outside(f"a {a[0]} in which something is replaced")

    def _argument(self, x: Atom, mapping: Mapping[t.Symbol, Any]) -> Atom:
        if x[0] == "number":
            return ("number", frozen(self.put(dict(x[1]), mapping)))
        fresh = tuple(t.fresh(t.Symbol("k", b.type)) for b in x[1])
        return self._vector(fresh, self.put(dict(x[2]), {**mapping, **dict(zip(x[1], fresh, strict=True))}))

    def _vector(self, names: tuple[t.Symbol, ...], body: Poly) -> Atom:
        level = 1 + depth(frozen(body))
        bound = tuple(t.Symbol(f"#{level}.{i}", b.type) for i, b in enumerate(names))
        return ("vector", bound, frozen(self.put(body, dict(zip(names, bound, strict=True)))))

    def _place(self, i: Any, mapping: Mapping[t.Symbol, Any]) -> Any:
        if isinstance(i, t.Symbol):
            new = mapping.get(i, i)
            return new if isinstance(new, (t.Symbol, int)) else self.place(new)
        return i if isinstance(i, int) else self.place(self.put(dict(i), mapping))

    def place(self, p: Poly) -> Any:
        """An index, a number or a polynomial as a place."""
        value = constant(p)
        if value is not None:
            if value.denominator != 1:
                raise Outside("a place that is no whole number")
            return int(value)
        if len(p) == 1:
            ((m, c),) = p.items()
            if c == 1 and len(m) == 1 and m[0][1] == 1 and m[0][0][0] == "s":
                return m[0][0][1]
        return frozen(p)

    def delta(self, i: Any, j: Any) -> Poly:
        if i == j:
            return ONE
        if isinstance(i, int) and isinstance(j, int):
            return ZERO
        if not all(isinstance(x, (t.Symbol, int)) for x in (i, j)):
            raise Outside("a delta of numbers")
        if isinstance(i, t.Symbol) and isinstance(j, t.Symbol):
            if i.type.over != j.type.over:
                raise Outside("a delta of indices of different sizes")
            if frozenset((i, j)) in self.distinct:
                return ZERO
        first, second = sorted((i, j), key=lambda x: (isinstance(x, t.Symbol), key(x)))
        return of(("d", first, second))

    def maximum(self, k: t.Symbol, body: Poly) -> Poly:
        if k not in symbols(frozen(body)):
            return body
        level = 1 + depth(frozen(body))
        name = t.Symbol(f"#{level}.0", k.type)
        return of(("max", name, frozen(self.put(body, {k: name}))))

    # signs ----------------------------------------------------------------------------------------------------

    def need(self, p: Poly, relation: str) -> None:
        if relation == "!=" and self.nonzero(p):
            return
        if relation in (">", ">=") and (sign := self.sign(p)) and (relation == ">=" or sign == "+"):
            return
        if (value := constant(p)) is not None and (value < 0 or (value == 0 and relation != ">=")):
            raise Outside(f"{value} {relation} 0")
        self.open.add((frozen(p), relation))

    def nonzero(self, p: Poly) -> bool:
        if not p:
            return False
        if self.sign(p) == "+" or self.sign(scaled(p, -1)) == "+":
            return True
        _, common, rest = self.content(p)
        one = all(self.sign_of(a) == "+" or frozen(of(a)) in self.apart or (a[0] == "P" and e < 0) for a, e in common)
        return one and (rest == ONE or frozen(rest) in self.apart or "+" in (self.sign(rest), self.sign(scaled(rest, -1))))

    def sign(self, p: Poly) -> str:
        """ "+" for > 0, "0+" for >= 0, "" for not shown."""
        self._work = 0
        if (found := self._sign(p, DEPTH)) or len(p) < 2:
            return found
        content, common, rest = self.content(p)
        outer = self._term_sign(common, abs(content)) if common else ""
        inner = self._sign(rest if content > 0 else scaled(rest, -1), DEPTH) if outer else ""
        if inner:
            return "0+" if "0+" in (outer, inner) else "+"
        for a, e in self._divisors(p).items():
            whole = dict(a[1])
            turn = 1 if self._sign(whole, 1) == "+" else -1 if self._sign(scaled(whole, -1), 1) == "+" else 0
            if turn:
                return self.sign(scaled(self._multiplied(p, a, -e), turn**-e))
        return ""

    def _sign(self, p: Poly, deep: int) -> str:
        if not p:
            return "0+"
        self._work += 1
        if self._work > WORK:
            return ""
        signs = [self._term_sign(m, c) for m, c in p.items()]
        if all(signs):
            return "+" if "+" in signs else "0+"
        if deep == 0 or len(p) > 12:
            return ""
        best = ""
        bad = next(m for (m, _), s in zip(p.items(), signs, strict=True) if not s)
        for value, strict in self._facts_about(p):
            for n, d in value.items():
                if d * p[bad] <= 0:
                    continue
                have = dict(bad)
                for a, e in n:
                    have[a] = have.get(a, Fraction(0)) - e
                weight = tuple(sorted(((a, e) for a, e in have.items() if e), key=lambda f: key(f[0])))
                if any(e < 0 for _, e in weight) or not (weighed := self._term_sign(weight, p[bad] / d)):
                    continue
                rest = minus(p, scaled(self.times(value, {weight: Fraction(1)}), p[bad] / d))
                if len(rest) > len(p) + 1 or not (found := self._sign(rest, deep - 1)):
                    continue
                if found == "+" or (strict and weighed == "+"):
                    return "+"
                best = "0+"
        return best

    def _facts_about(self, p: Poly) -> Iterator[tuple[Poly, bool]]:
        inside = symbols(frozen(p))
        for fact in self.facts:
            yield from ((value, fact.strict) for value in self.instances(dict(fact.value), fact.loose, inside))
        for a in {a for m in p for a, _ in m}:
            if a[0] == "s" and a[1].type.domain in ("size", "index", "natural"):
                least = a[1].type.minimum or (0 if a[1].type.domain == "natural" else 1)
                yield minus(of(a), number(least)), False
                if isinstance(size := a[1].type.over, (t.Number, t.Symbol)):  # an index lies from 1 to its size
                    yield minus(number(size.value) if isinstance(size, t.Number) else of(("s", size)), of(a)), False
            if a[0] == "d" or (a[0] in ("s", "e") and a[1].type.domain in ("unit", "simplex", "onehot")):
                yield minus(ONE, of(a)), False
            if a[0] == "abs":
                yield minus(of(a), dict(a[1])), False
                yield plus(of(a), dict(a[1])), False
            if a[0] == "exp" and (sign := self._sign(scaled({a[1]: Fraction(1)}, -1), 1)):
                yield minus(ONE, of(a)), sign == "+"
            if a[0] == "exp" and (sign := self._sign({a[1]: Fraction(1)}, 1)):
                yield minus(of(a), ONE), sign == "+"
            if a[0] == "pw" and self._sign(minus(ONE, dict(a[1])), 1) and self._sign(dict(a[1]), 1):
                yield minus(ONE, of(a)), False
            if a[0] == "fn" and a[1] == "erfc":
                yield minus(number(2), of(a)), True

    def instances(self, value: Poly, loose: frozenset[t.Symbol], inside: frozenset[t.Symbol]) -> Iterator[Poly]:
        """A formula meant for every value of its loose indices, at the indices that occur; of too many, none."""
        letters = sorted(loose, key=key)
        ranges = [[s for s in sorted(inside, key=key) if one_of(s, letter)] for letter in letters]
        if prod(map(len, ranges)) <= INSTANCES:
            for chosen in product(*ranges):
                yield Algebra().put(value, dict(zip(letters, chosen, strict=True)))

    def _term_sign(self, m: Mono, c: Fraction) -> str:
        if c < 0:
            return ""
        worst = "+"
        for a, e in m:
            sign = self.sign_of(a)
            if sign != "+":
                if e.denominator == 1 and e % 2 == 0:
                    sign = "+" if e < 0 or frozen(of(a)) in self.apart else "0+"
                elif e.denominator % 2 == 0:
                    sign = sign or "0+"  # an even root of something defined
                if sign and e < 0:
                    sign = "+"  # it is divided by
                if sign == "0+" and frozen(of(a)) in self.apart:
                    sign = "+"
            if not sign:
                return ""
            worst = "0+" if sign == "0+" else worst
        return worst

    def sign_of(self, a: Atom) -> str:
        for fact in self.facts:
            value = dict(fact.value)
            if len(value) == 1 and len(next(iter(value))) == 1 and next(iter(value.values())) > 0:
                for instance in self.instances(value, fact.loose, symbols(a)):
                    if list(instance) == [((a, Fraction(1)),)] and fact.strict:
                        return "+"
        return self._sign_by_kind(a) or next(
            (
                "0+"
                for fact in self.facts
                if not fact.loose and list(dict(fact.value)) == [((a, Fraction(1)),)] and fact.value[0][1] > 0
            ),
            "",
        )

    def _sign_by_kind(self, a: Atom) -> str:
        match a[0]:
            case "s" | "e":
                if a[1].type.domain == "natural" and a[1].type.minimum > 0:
                    return "+"
                return SIGNS.get(a[1].type.domain, "")
            case "exp" | "pi":
                return "+"
            case "P":
                return self._sign(dict(a[1]), 1)
            case "d":
                return "0+"
            case "abs":
                return "+" if a[1] in self.apart else "0+"
            case "log":
                return self._sign(minus(dict(a[1]), ONE), 1)
            case "sum":
                return self._term_sign(a[2], Fraction(1))
            case "range":
                return "0+" if self._term_sign(a[2], Fraction(1)) else ""
            case "pw":
                return "0+" if self._sign(dict(a[1]), 1) else ""
            case "max":
                return self._sign(dict(a[2]), 1)
            case "fn":
                return {"erfc": "+", "step": "0+"}.get(a[1], "")
        return ""

    # zero -----------------------------------------------------------------------------------------------------

    def _divisors(self, p: Poly) -> dict[Atom, int]:
        """What is divided by, with the lowest whole power in which it stands."""
        lowest: dict[Atom, int] = {}
        for m in p:
            for a, e in m:
                if a[0] == "P" and e < 0 and e.denominator == 1:
                    lowest[a] = min(lowest.get(a, 0), int(e))
        return lowest

    def _multiplied(self, p: Poly, a: Atom, times: int) -> Poly:
        total: list[Poly] = []
        for m, c in p.items():
            e = dict(m).get(a, Fraction(0)) + times
            rest = {tuple(f for f in m if f[0] != a): c}
            total.append(self.times(rest, self.power(dict(a[1]), e) if e.denominator == 1 else of(a, e)))
        return plus(*total)

    def cleared(self, p: Poly) -> Poly:
        """p times what is divided by in it, until nothing is."""
        for _ in range(12):
            lowest = self._divisors(p)
            if not lowest:
                return p
            a = max(lowest, key=lambda b: (depth(b), key(b)))
            p = self._multiplied(p, a, -lowest[a])
        return p
