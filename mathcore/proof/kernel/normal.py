"""The normal form: trees with sums over typed indices become polynomials over canonical atoms.

How the form is reached (and why it is sound):

* a binder gets a fresh name when its sum is read, so nothing is ever captured;
* delta(i, j) rewrites the larger index to the smaller throughout its monomial, and collapses a sum over its index;
* in a sum over k, what is free of k moves out; products of sums are opened with fresh binders into one multi-index
  sum, which is then split into connected components: products of sums and sums of products meet in one form;
* a divisor is factored over Q; each irreducible factor is one `den` atom and leaves the condition that it is not 0;
* log of a product splits only over factors proved positive; exp(a) exp(b) merge; exp(log a) = a;
* what is not shown to be positive or non-zero leaves a condition, never an assumption.

Factors p[k] of a summand guard its logarithms: p log(p / q) is read with p > 0, because at p = 0 both the summand and
every monomial that comes of it are 0 by the convention 0 log 0 = 0 (each still carries the factor p). A logarithm that
hides a division by p, such as log(exp(1 / p)), is not guarded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import reduce
from itertools import permutations, product
from math import gcd

from mathcore.language import tree as t
from mathcore.proof.kernel.polynomial import (
    UNIT,
    ZERO,
    Atom,
    KernelError,
    Monomial,
    Poly,
    monomial,
    number,
    of,
    symbol_key,
)
from mathcore.proof.kernel.show import show
from mathcore.proof.kernel.signs import Facts

MAX_TERMS = 4000
MAX_POWER = 24  # of a sum of several terms
MAX_PERMUTED = 4  # binders of one size whose order is tried out

# what a symbol may be replaced by: an index, a number, a polynomial, or a function from indices to polynomials
IndexTerm = t.Symbol | int
Target = t.Symbol | int | Poly | Callable[..., Poly]


@dataclass(frozen=True)
class Condition:
    """What must hold for a step to be meant: `value` is > 0, >= 0 or != 0."""

    value: Poly
    relation: str
    text: str


class Normal:
    """Reads trees into normal form over given facts; collects the side conditions that the facts do not discharge."""

    def __init__(self, facts: Facts, definitions: Mapping[str, t.Definition]) -> None:
        self.facts = facts
        self.definitions = definitions
        self.conditions: dict[str, Condition] = {}
        self.formal: frozenset[t.Symbol] = frozenset()  # their logarithms are read without a condition (rule Support)

    # conditions -------------------------------------------------------------------------------------------

    def require(self, value: Poly, relation: str, text: str = "") -> None:
        holds = {
            ">": self.facts.positive,
            ">=": self.facts.nonnegative,
            "!=": self.facts.nonzero,
        }[relation]
        if not holds(value):
            fails = {">": self.facts.nonnegative, ">=": self.facts.positive, "!=": lambda p: not p}[relation]
            if fails(-value):  # a condition that never holds is no condition: what asks for it is undefined
                raise KernelError(f"{text or 'undefined'}: {show(value)} is never {relation} 0")
            self.conditions.setdefault(f"{value.key} {relation} 0", Condition(value, relation, text))

    # arithmetic that knows the atoms ----------------------------------------------------------------------

    def multiply(self, a: Poly, b: Poly) -> Poly:
        if len(a.terms) * len(b.terms) > MAX_TERMS:
            raise KernelError(f"a product of {len(a.terms)} by {len(b.terms)} terms is too large")
        result: dict[Monomial, Fraction] = {}
        for (m, c), (n, d) in product(a.terms.items(), b.terms.items()):
            for p, e in self.combine((*m, *n)).terms.items():
                result[p] = result.get(p, Fraction(0)) + c * d * e
        return Poly(result)

    def combine(self, factors: Iterable[tuple[Atom, Fraction]]) -> Poly:
        """A product of powers of atoms: equal atoms merge, `den` numerators and |x|^2 expand, deltas act."""
        merged = monomial(factors)
        rest: list[tuple[Atom, Fraction]] = []
        expanded, coefficient, again = UNIT, Fraction(1), False
        for atom, exponent in merged:
            if atom.kind == "den" and exponent >= 1:
                whole = int(exponent // 1)
                expanded = self.multiply(expanded, self.power(atom.parts[0], whole))  # type: ignore[arg-type]  # the polynomial of the atom
                if exponent - whole:
                    rest.append((atom, exponent - whole))
                again = True
            elif atom.kind == "abs" and exponent >= 2:
                even = 2 * int(exponent // 2)
                expanded = self.multiply(expanded, self.power(atom.parts[0], even))  # type: ignore[arg-type]  # the polynomial of the atom
                if exponent - even:
                    rest.append((atom, exponent - even))
                again = True
            elif atom.kind == "prime" and not 0 < exponent < 1:
                whole = exponent.__floor__()
                coefficient *= Fraction(atom.parts[0]) ** whole  # type: ignore[arg-type]  # a prime
                if exponent - whole:
                    rest.append((atom, exponent - whole))
            elif atom.kind == "delta" and exponent != 1:
                if exponent < 0:
                    raise KernelError("a division by delta")
                rest.append((atom, Fraction(1)))
            else:
                rest.append((atom, exponent))
        if again:
            return self.multiply(self.combine(rest), expanded).scale(coefficient)
        for place, (atom, _) in enumerate(rest):
            if atom.kind != "delta":
                continue
            keep, drop = atom.parts
            others = rest[:place] + rest[place + 1 :]
            if any(drop in a.free for a, _ in others):
                moved = self.substitute(Poly({monomial(others): Fraction(1)}), {drop: keep})  # type: ignore[dict-item]  # an index
                return self.multiply(of(atom), moved).scale(coefficient)
        return Poly({monomial(rest): coefficient})

    def power(self, base: Poly, exponent: int) -> Poly:
        if exponent < 0:
            return self.power(self.inverse(base), -exponent)
        if len(base.terms) > 1 and exponent > MAX_POWER:
            raise KernelError(f"the power {exponent} of a sum is too large to expand")
        if (one := base.single()) is not None:
            m, c = one
            return self.combine((a, e * exponent) for a, e in m).scale(c**exponent)
        result = UNIT
        for _ in range(exponent):
            result = self.multiply(result, base)
        return result

    def inverse(self, p: Poly) -> Poly:
        if not p:
            raise KernelError("a division by an expression that is identically 0")
        content, common, primitive = self.content(p, lambda _: True)
        for atom, exponent in common:
            if exponent > 0:
                self.require(of(atom), "!=")
        result = self.combine((a, -e) for a, e in common).scale(1 / content)
        for factor, exponent in self.factors(primitive):
            self.require(factor, "!=")
            result = self.multiply(result, of(self.atom_of(factor), -exponent))
        return result

    def quotient(self, above: tuple[Monomial, Fraction], below: tuple[Monomial, Fraction]) -> Poly | None:
        """One term divided by another; None if it would divide by what may be 0 (a divisor of `above` is not 0 already)."""
        (m, c), (n, d) = above, below
        divided = {a for a, e in m if e < 0}
        result = monomial((*m, *((a, -e) for a, e in n)))
        if any(e < 0 and a not in divided and not self.facts.nonzero(of(a)) for a, e in result):
            return None
        return Poly({result: c / d})

    def content(self, p: Poly, may_leave: Callable[[Atom], bool]) -> tuple[Fraction, Monomial, Poly]:
        """p = content * common monomial * primitive polynomial; only atoms that may leave go to the common monomial."""
        if not p:
            raise KernelError("0 has no content")
        terms = list(p.terms.items())
        numerators = reduce(gcd, (abs(c.numerator) for _, c in terms))
        denominators = reduce(lambda a, b: a * b // gcd(a, b), (c.denominator for _, c in terms))
        content = Fraction(numerators, denominators)
        lowest: dict[Atom, Fraction] = {}
        exponents = [dict(m) for m, _ in terms]
        for atom in {a for m, _ in terms for a, _ in m if a.kind != "delta" and may_leave(a)}:
            least = min(e.get(atom, Fraction(0)) for e in exponents)
            if least:
                lowest[atom] = least
        if len(terms) == 1 and terms[0][1] < 0:
            content = -content
        common = monomial(lowest.items())
        inverse = tuple((a, -e) for a, e in common)
        primitive = Poly({monomial((*m, *inverse)): c / content for m, c in terms})
        return content, common, primitive

    def factors(self, p: Poly) -> list[tuple[Poly, int]]:
        """Irreducible factors over Q of a primitive polynomial, their leading sign made positive (the sign is kept)."""
        if p == UNIT:
            return []
        one = p.single()
        if one is not None:
            raise KernelError("a primitive polynomial cannot be one monomial")
        atoms = sorted(p.atoms())
        if any(e.denominator != 1 or e < 0 for m in p.terms for _, e in m):
            return [(p, 1)]
        from flint import Ordering, fmpq, fmpq_mpoly_ctx

        ring = fmpq_mpoly_ctx.get([f"x{i}" for i in range(len(atoms))], Ordering.lex)
        place = {a: i for i, a in enumerate(atoms)}
        dense = {}
        for m, c in p.terms.items():
            exponents = [0] * len(atoms)
            for a, e in m:
                exponents[place[a]] = int(e)
            dense[tuple(exponents)] = fmpq(c.numerator, c.denominator)
        constant, found = ring.from_dict(dense).factor()
        result: list[tuple[Poly, int]] = []
        for factor, exponent in found:
            terms = {}
            for exponents, c in factor.to_dict().items():
                m = monomial((atoms[i], Fraction(int(e))) for i, e in enumerate(exponents) if e)
                terms[m] = Fraction(int(c.p), int(c.q))
            result.append((Poly(terms), int(exponent)))
        # the constant goes to the first factor, so that the product of the factors is p itself
        scale = Fraction(int(constant.p), int(constant.q))
        if scale != 1:
            for place_, (factor, exponent) in enumerate(result):
                if exponent == 1:
                    result[place_] = (factor.scale(scale), 1)
                    break
            else:
                return [(p, 1)]
        return result

    def atom_of(self, p: Poly) -> Atom:
        """The polynomial as one atom (a denominator, or under a root)."""
        return Atom("den", (p,), p.key, p.free, p.depth)

    # functions --------------------------------------------------------------------------------------------

    def exp(self, p: Poly) -> Poly:
        factors: list[tuple[Atom, Fraction]] = []
        result = UNIT
        for m, c in p.terms.items():
            if len(m) == 1 and m[0][0].kind == "log" and m[0][1] == 1:
                result = self.multiply(result, self.raise_to(m[0][0].parts[0], number(c)))  # type: ignore[arg-type]  # the argument of the log
            else:
                one = Poly({m: Fraction(1)})
                factors.append((Atom("exp", (one,), one.key, one.free, one.depth), c))
        return self.multiply(result, self.combine(factors))

    def log(self, p: Poly) -> Poly:
        if (value := p.constant()) is not None:
            if value <= 0:
                raise KernelError(f"log of {value}")
            return self._log_of_prime_powers(value)
        content, common, primitive = self.content(p, lambda a: self.facts.positive(of(a)))
        if content < 0:
            content, primitive = -content, -primitive
        result = self._log_of_prime_powers(content)
        for atom, exponent in common:
            if atom.kind == "exp":
                inner: Poly = atom.parts[0]  # type: ignore[assignment]  # a monomial
            elif atom.kind == "den":
                inner = self._log_atom(atom.parts[0])  # type: ignore[arg-type]  # the polynomial
            elif atom.kind == "prod":
                inner = self._log_of_product(atom)
            else:
                inner = self._log_atom(of(atom))
            result = result + inner.scale(exponent)
        return result if primitive == UNIT else result + self._log_atom(primitive)

    def _log_atom(self, p: Poly) -> Poly:
        return of(Atom("log", (p,), p.key, p.free, p.depth))

    def _log_of_product(self, atom: Atom) -> Poly:
        """The log of a positive product of positive factors is the sum of their logs."""
        index, body = self.open_one(*atom.parts)  # type: ignore[arg-type]  # a bound index and its polynomial
        return self.sum(index, self.log(body)) if self.facts.positive(body) else self._log_atom(of(atom))

    def _log_of_prime_powers(self, value: Fraction) -> Poly:
        result = ZERO
        for whole, sign in ((value.numerator, 1), (value.denominator, -1)):
            for prime, exponent in _factorise(whole):
                result = result + self._log_atom(number(prime)).scale(sign * exponent)
        return result

    def raise_to(self, base: Poly, exponent: Poly) -> Poly:
        value = exponent.constant()
        if value is not None and value.denominator == 1:
            return self.power(base, int(value))
        if value is not None:
            return self._root(base, value)
        if self.facts.positive(base):
            return self.exp(self.multiply(exponent, self.log(base)))
        return self._symbolic_power(base, exponent)

    def _root(self, base: Poly, value: Fraction) -> Poly:
        if not base:
            return ZERO if value > 0 else self.inverse(base)
        content, common, primitive = self.content(base, lambda a: self.facts.nonnegative(of(a)))
        if value < 0:
            self.require(base, ">")
        if content < 0:
            content, primitive = -content, -primitive
        if primitive != UNIT and not self.facts.nonnegative(primitive):
            self.require(base, ">=")
        result = self.combine((a, e * value) for a, e in common)
        if (one := primitive.single()) is not None and one[1] == 1 and all(e % 2 == 0 for _, e in one[0]):
            for atom, exponent in one[0]:  # sqrt(x^2) = |x|
                size = of(Atom("abs", (of(atom),), atom.key, atom.free, atom.depth), exponent * value)
                result = self.multiply(result, size)
            primitive = UNIT
        for whole, sign in ((content.numerator, 1), (content.denominator, -1)):
            for prime, exponent in _factorise(whole):
                result = self.multiply(
                    result, self.combine([(Atom("prime", (prime,), str(prime), frozenset()), sign * exponent * value)])
                )
        return result if primitive == UNIT else self.multiply(result, of(self.atom_of(primitive), value))

    def _symbolic_power(self, base: Poly, exponent: Poly) -> Poly:
        """base^E for an integer-valued E >= 0 and a base of any sign: base^(a + b) = base^a base^b, (a b)^t = a^t b^t."""
        if not whole(exponent):
            raise KernelError("a power of something not shown positive needs a natural exponent")
        one = base.single()
        pieces: list[tuple[Poly, Fraction]] = [(base, Fraction(1))]
        if one is not None and (len(one[0]) > 1 or (one[1] != 1 and one[0])):
            pieces = [(of(a), e) for a, e in one[0]] + ([(number(one[1]), Fraction(1))] if one[1] != 1 else [])
        result = UNIT
        for m, c in exponent.terms.items():
            if m == ():
                result = self.multiply(result, self.power(base, int(c)))
                continue
            for piece, e in pieces:
                if self.facts.positive(piece):
                    part = self.raise_to(piece, Poly({m: c * e}))
                elif e.denominator == 1:
                    part = self._power_atom(piece, m, c * e)
                else:
                    raise KernelError("a power of a root of something not shown positive")
                result = self.multiply(result, part)
        return result

    def _power_atom(self, base: Poly, m: Monomial, times: Fraction) -> Poly:
        one = Poly({m: Fraction(1)})
        atom = Atom("power", (base, one), f"{base.key} ** {one.key}", base.free | one.free, max(base.depth, one.depth))
        if times < 0:
            self.require(base, "!=")
        return of(atom, times)

    def absolute(self, p: Poly) -> Poly:
        if self.facts.nonnegative(p):
            return p
        if self.facts.nonnegative(-p):
            return -p
        content, common, primitive = self.content(p, lambda _: True)
        result = number(abs(content))
        for atom, exponent in common:
            known = self.facts.nonnegative(of(atom)) or exponent % 2 == 0
            result = self.multiply(
                result, of(atom if known else Atom("abs", (of(atom),), atom.key, atom.free, atom.depth), exponent)
            )
        if primitive != UNIT:
            positive = max(primitive, -primitive, key=lambda q: q.key)
            result = self.multiply(result, of(Atom("abs", (positive,), positive.key, positive.free, positive.depth)))
        return result

    def extreme(self, name: str, values: list[Poly]) -> Poly:
        """max or min of finitely many values."""
        sign = 1 if name == "max" else -1
        kept: list[Poly] = []
        for value in values:
            if any(self.facts.nonnegative((other - value).scale(sign)) for other in kept):
                continue
            kept = [other for other in kept if not self.facts.nonnegative((value - other).scale(sign))]
            kept.append(value)
        if len(kept) == 1:
            return kept[0]
        kept.sort(key=lambda p: p.key)
        free = frozenset().union(*(p.free for p in kept))
        return of(Atom(name, tuple(kept), " , ".join(p.key for p in kept), free, max(p.depth for p in kept)))

    # big operators ----------------------------------------------------------------------------------------

    def size(self, index: t.Symbol) -> Poly:
        over = t.size_of(index)
        return number(over.value) if isinstance(over, t.Number) else self.symbol(over)  # type: ignore[arg-type]  # a size is a symbol or a number

    def sum(self, index: t.Symbol, p: Poly) -> Poly:
        result = ZERO
        for m, c in p.terms.items():
            result = result + self._sum_monomial([index], list(m)).scale(c)
            if len(result.terms) > MAX_TERMS:
                raise KernelError("a sum has too many terms")
        return result

    def _sum_monomial(self, binders: list[t.Symbol], factors: list[tuple[Atom, Fraction]]) -> Poly:
        """The sum over all binders of a product of powers."""
        outside = [(a, e) for a, e in factors if not any(b in a.free for b in binders)]
        inside = [(a, e) for a, e in factors if any(b in a.free for b in binders)]
        if outside:
            return self.multiply(self.combine(outside), self._sum_monomial(binders, inside))
        for atom, _ in inside:  # a delta on a binder removes that sum
            if atom.kind == "delta":
                for one, other in (atom.parts, atom.parts[::-1]):
                    if one in binders:
                        self.require_place(one, other)  # type: ignore[arg-type]  # indices
                        left = [b for b in binders if b != one]
                        rest = Poly({monomial(f for f in inside if f[0] is not atom): Fraction(1)})
                        return self._sum_all(left, self.substitute(rest, {one: other}))  # type: ignore[dict-item]  # indices
        for atom, exponent in inside:  # a product of sums that share the binder is one multi-index sum
            if atom.kind == "sum" and exponent.denominator == 1 and exponent > 0:
                rest = [(a, e) for a, e in inside if a is not atom]
                opened = list(binders)
                body: list[tuple[Atom, Fraction]] = rest
                for _ in range(int(exponent)):
                    fresh, m = self.open(atom)
                    opened += fresh
                    body = [*body, *m]
                return self._sum_all(opened, self.combine(body))
        merged = self.combine(inside)
        if merged.single() is None or merged.single() != (monomial(inside), Fraction(1)):
            return self._sum_all(binders, merged)
        eliminated = self._eliminate(inside)
        if eliminated is not None:
            return self._sum_all(binders, eliminated)
        return self._components(binders, inside)

    def require_place(self, index: t.Symbol, place: IndexTerm) -> None:
        """That a number is a value of the index: sum(k: delta(k, 3)) is 1 only from size 3 on."""
        if isinstance(place, int):
            self.require(self.size(index) - number(place), ">=", f"entry {place} exists")

    def _sum_all(self, binders: list[t.Symbol], p: Poly) -> Poly:
        result = ZERO
        for m, c in p.terms.items():
            result = result + self._sum_monomial(binders, list(m)).scale(c)
        return result

    def _components(self, binders: list[t.Symbol], factors: list[tuple[Atom, Fraction]]) -> Poly:
        result, left, remaining = UNIT, list(binders), list(factors)
        while left:
            group, atoms, grown = {left[0]}, [], True
            while grown:
                grown = False
                for factor in remaining:
                    if group & factor[0].free:
                        atoms.append(factor)
                        group |= factor[0].free & set(left)
                        grown = True
                remaining = [f for f in remaining if f not in atoms]
            members = [b for b in left if b in group]
            left = [b for b in left if b not in group]
            result = self.multiply(result, self._sum_atom(members, atoms) if atoms else self.size(members[0]))
        return result

    def _sum_atom(self, binders: list[t.Symbol], factors: list[tuple[Atom, Fraction]]) -> Poly:
        """The canonical atom of a connected sum: binders renamed so that the smallest printing wins."""
        depth = 1 + max(a.depth for a, _ in factors)
        body = Poly({monomial(factors): Fraction(1)})
        ordered = sorted(binders, key=lambda b: symbol_key(t.size_of(b)))
        if len(ordered) > MAX_PERMUTED:
            raise KernelError(f"a sum over {len(ordered)} linked indices")
        best: tuple[str, Poly, tuple[t.Symbol, ...]] | None = None
        sizes = [t.size_of(b) for b in ordered]
        names = tuple(t.Symbol(f"#{depth}.{place}", b.type) for place, b in enumerate(ordered))
        for order in permutations(range(len(ordered))):
            if [sizes[i] for i in order] != sizes:
                continue
            renamed = self.substitute(body, {ordered[i]: name for i, name in zip(order, names, strict=True)})
            if best is None or renamed.key < best[0]:
                best = (renamed.key, renamed, names)
        assert best is not None
        one = best[1].single()
        if one is None:
            raise KernelError("a summand changed its form when its index was renamed")
        key = f"{','.join(symbol_key(n) for n in names)}: {best[0]}"
        atom = Atom("sum", (names, one[0]), key, best[1].free - set(names), depth)
        return of(atom).scale(one[1])

    def open(self, atom: Atom) -> tuple[list[t.Symbol], Monomial]:
        """A sum atom's binders and summand under fresh names."""
        names, body = atom.parts
        fresh = {n: t.fresh(n) for n in names}  # type: ignore[attr-defined]  # a tuple of symbols
        moved = self.substitute(Poly({body: Fraction(1)}), fresh)  # type: ignore[dict-item, arg-type]  # a monomial
        one = moved.single()
        if one is None or one[1] != 1:
            raise KernelError("a summand changed its form when its index was renamed")
        return list(fresh.values()), one[0]

    def open_one(self, binder: t.Symbol, body: Poly) -> tuple[t.Symbol, Poly]:
        """The bound index of a one-index operator under a fresh name, and its body."""
        new = t.fresh(binder)
        return new, self.substitute(body, {binder: new})

    def _eliminate(self, factors: list[tuple[Atom, Fraction]]) -> Poly | None:
        """x / (1 + x) = 1 - 1 / (1 + x): an atom in which a denominator is linear leaves the numerator."""
        for den, exponent in factors:
            if den.kind != "den" or exponent > -1:
                continue
            polynomial: Poly = den.parts[0]  # type: ignore[assignment]  # the polynomial of the atom
            linear = _linear_atom(polynomial)
            if linear is None or dict(factors).get(linear, Fraction(0)) < 1:
                continue
            c1 = polynomial.terms[((linear, Fraction(1)),)]
            rest = polynomial - of(linear).scale(c1)
            others = [(a, e - (a is linear)) for a, e in factors]
            without = self.combine((*others, (den, Fraction(1))))  # one power of the denominator less
            return (without - self.multiply(self.combine(others), rest)).scale(1 / c1)
        return None

    def range_sum(self, variable: t.Symbol, low: Poly, high: Poly, p: Poly) -> Poly:
        """A sum over low..high: linear in its summand, what is free of the variable moves out."""
        self.require(low, ">=", "a range counts natural numbers")
        first, last = low.constant(), high.constant()
        if first is not None and last is not None and last - first < 64:
            result = ZERO
            for value in range(int(first), int(last) + 1):
                result = result + self.substitute(p, {variable: number(value)})
            return result
        result = ZERO
        for m, c in p.terms.items():
            outside = self.combine((a, e) for a, e in m if variable not in a.free)
            inside = tuple((a, e) for a, e in m if variable in a.free)
            if not inside:
                length = high - low + UNIT
                self.require(length, ">=")
                result = result + self.multiply(outside, length).scale(c)
                continue
            result = result + self.multiply(
                outside, self._bound_atom("range", variable, Poly({inside: Fraction(1)}), (low, high))
            ).scale(c)
        return result

    def _bound_atom(self, kind: str, variable: t.Symbol, body: Poly, ends: tuple[Poly, ...] = ()) -> Poly:
        depth = 1 + max([body.depth, *(e.depth for e in ends)])
        name = t.Symbol(f"#{depth}.0", variable.type)
        renamed = self.substitute(body, {variable: name})
        free = (renamed.free - {name}).union(*(e.free for e in ends))
        key = f"{symbol_key(name)} {' .. '.join(e.key for e in ends)}: {renamed.key}"
        return of(Atom(kind, (name, renamed, *ends), key, free, depth))

    def product(self, index: t.Symbol, p: Poly) -> Poly:
        """A product over an index: exp of a sum where the factors are exponentials, powers of n of what is free."""
        one = p.single()
        if one is None:
            return self._bound_atom("prod", index, p)
        m, c = one
        result = self.raise_to(number(c), self.size(index)) if c != 1 else UNIT
        for atom, exponent in m:
            if index not in atom.free:
                result = self.multiply(result, self.raise_to(of(atom), self.size(index).scale(exponent)))
            elif atom.kind == "exp":
                result = self.multiply(result, self.exp(self.sum(index, atom.parts[0]).scale(exponent)))  # type: ignore[arg-type]  # a monomial
            else:
                result = self.multiply(
                    result,
                    self.power(self._bound_atom("prod", index, of(atom)), int(exponent))
                    if exponent.denominator == 1
                    else self._refuse("a root inside a product"),
                )
        return result

    def _refuse(self, why: str) -> Poly:
        raise KernelError(why)

    def big_extreme(self, name: str, index: t.Symbol, p: Poly) -> Poly:
        """max over an index: what does not depend on it moves out of the maximum."""
        fixed = Poly({m: c for m, c in p.terms.items() if index not in Poly({m: c}).free})
        moving = p - fixed
        if not moving:
            return fixed
        return fixed + self._bound_atom("big" + name, index, moving)

    # substitution in normal form --------------------------------------------------------------------------

    def substitute(self, p: Poly, mapping: Mapping[t.Symbol, Target]) -> Poly:
        """Replace symbols and rebuild; atoms that do not depend on them are untouched."""
        keys = frozenset(mapping)
        if not keys & p.free:
            return p
        result = ZERO
        for m, c in p.terms.items():
            untouched = [(a, e) for a, e in m if not keys & a.free]
            term = Poly({monomial(untouched): c})
            for atom, exponent in m:
                if keys & atom.free:
                    rebuilt = self.rebuild(atom, mapping)
                    term = self.multiply(term, self.raise_to(rebuilt, number(exponent)))
            result = result + term
        return result

    def rebuild(self, atom: Atom, mapping: Mapping[t.Symbol, Target]) -> Poly:
        parts = atom.parts
        if atom.kind == "symbol":
            target = mapping[parts[0]]  # type: ignore[index]  # a symbol
            if isinstance(target, Poly):
                return target
            return number(target) if isinstance(target, int) else self.symbol(target)  # type: ignore[arg-type]  # an index or another symbol
        if atom.kind == "entry":
            base, *indices = parts
            moved = [self._index(i, mapping) for i in indices]  # type: ignore[arg-type]  # indices
            target = mapping.get(base)  # type: ignore[call-overload]  # a symbol
            if target is None:
                return self.entry(base, moved)  # type: ignore[arg-type]  # a symbol
            return self.entry(target, moved) if isinstance(target, t.Symbol) else target(*moved)  # type: ignore[operator]  # a function of the indices
        if atom.kind == "delta":
            return self.delta(*(self._index(i, mapping) for i in parts))  # type: ignore[arg-type]  # indices
        if atom.kind in ("exp", "log", "abs"):
            return getattr(self, {"abs": "absolute"}.get(atom.kind, atom.kind))(self.substitute(parts[0], mapping))  # type: ignore[arg-type, no-any-return]  # a polynomial
        if atom.kind == "den":
            return self.substitute(parts[0], mapping)  # type: ignore[arg-type]  # a polynomial
        if atom.kind in ("max", "min"):
            return self.extreme(atom.kind, [self.substitute(p, mapping) for p in parts])  # type: ignore[arg-type]  # polynomials
        if atom.kind == "power":
            return self.raise_to(self.substitute(parts[0], mapping), self.substitute(parts[1], mapping))  # type: ignore[arg-type]  # polynomials
        if atom.kind == "sum":
            fresh, body = self.open(atom) if any(_bound(n) for n in parts[0]) else ([], ())  # type: ignore[attr-defined]  # a tuple of symbols
            return self._sum_all(fresh, self.substitute(Poly({body: Fraction(1)}), mapping))
        if atom.kind == "range":
            variable, body, low, high = parts
            new = t.fresh(variable)  # type: ignore[arg-type]  # a symbol
            moved_body = self.substitute(body, {**mapping, variable: self.symbol(new)})  # type: ignore[arg-type, dict-item]  # a polynomial
            return self.range_sum(new, self.substitute(low, mapping), self.substitute(high, mapping), moved_body)  # type: ignore[arg-type]  # polynomials
        if atom.kind in ("prod", "bigmax", "bigmin"):
            new, body = self.open_one(*parts)  # type: ignore[arg-type]  # a symbol and a polynomial
            inner = self.substitute(body, mapping)
            return self.product(new, inner) if atom.kind == "prod" else self.big_extreme(atom.kind[3:], new, inner)
        if atom.kind == "limit":
            variable, body, point, side = parts
            new = t.fresh(variable)  # type: ignore[arg-type]  # a symbol
            inner = self.substitute(body, {**mapping, variable: self.symbol(new)})  # type: ignore[arg-type, dict-item]  # a polynomial
            moved_point = self.substitute(point, mapping) if isinstance(point, Poly) else point
            return self.limit(new, moved_point, side, inner)  # type: ignore[arg-type]  # as made by limit
        if atom.kind == "apply":
            head, *args = parts
            return self.apply(
                head, [self.substitute(a, mapping) if isinstance(a, Poly) else self._array(a, mapping) for a in args]
            )  # type: ignore[arg-type]  # a name
        raise KernelError(f"cannot substitute inside {atom.kind}")

    def _index(self, index: IndexTerm | Poly, mapping: Mapping[t.Symbol, Target]) -> IndexTerm | Poly:
        if isinstance(index, Poly):
            return self.substitute(index, mapping)
        if isinstance(index, t.Symbol) and index in mapping:
            target = mapping[index]
            if isinstance(target, (int, t.Symbol)):
                return target
            raise KernelError(f"an index cannot be replaced by an expression ({index.name})")
        return index

    def _array(self, array: object, mapping: Mapping[t.Symbol, Target]) -> object:
        binders, body = array  # type: ignore[misc]  # as made by read_array
        fresh = {b: t.fresh(b) for b in binders}
        moved = self.substitute(self.substitute(body, fresh), mapping)
        return (tuple(fresh.values()), moved)

    # leaves -----------------------------------------------------------------------------------------------

    def symbol(self, symbol: t.Symbol) -> Poly:
        return of(Atom("symbol", (symbol,), symbol_key(symbol), frozenset({symbol})))

    def entry(self, base: t.Symbol, indices: list[IndexTerm | Poly]) -> Poly:
        shown = [i.key if isinstance(i, Poly) else str(i) if isinstance(i, int) else symbol_key(i) for i in indices]
        free = frozenset({base}).union(
            *(i.free if isinstance(i, Poly) else {i} if isinstance(i, t.Symbol) else set() for i in indices)
        )
        return of(Atom("entry", (base, *indices), f"{symbol_key(base)} @ {'; '.join(shown)}", free))

    def delta(self, i: IndexTerm | Poly, j: IndexTerm | Poly) -> Poly:
        if isinstance(i, Poly) or isinstance(j, Poly):
            raise KernelError("delta compares indices")
        if i == j:
            return UNIT
        if isinstance(i, int) and isinstance(j, int):
            return ZERO
        if isinstance(i, t.Symbol) and isinstance(j, t.Symbol) and t.size_of(i) != t.size_of(j):
            raise KernelError(f"delta of indices of different sizes ({i.name}, {j.name})")
        keep, drop = sorted((i, j), key=lambda x: (0, "") if isinstance(x, int) else (1, symbol_key(x)))
        key = f"{keep if isinstance(keep, int) else symbol_key(keep)}, {symbol_key(drop)}"  # type: ignore[arg-type]  # two ints never come here
        return of(Atom("delta", (keep, drop), key, frozenset(x for x in (keep, drop) if isinstance(x, t.Symbol))))

    def apply(self, head: str, args: list[object]) -> Poly:
        """A function that has no definition: known only by its arguments."""
        keys, free = [], frozenset[t.Symbol]()
        canonical: list[object] = []
        for arg in args:
            if isinstance(arg, Poly):
                keys.append(arg.key)
                free |= arg.free
                canonical.append(arg)
                continue
            binders, body = arg  # type: ignore[misc]  # as made by read_array
            names = [t.Symbol(f"#{body.depth + 1}.{place}", b.type) for place, b in enumerate(binders)]
            named = self.substitute(body, dict(zip(binders, names, strict=True)))
            keys.append(f"[{','.join(symbol_key(n) for n in names)}: {named.key}]")
            free |= named.free - set(names)
            canonical.append((tuple(names), named))
        depth = 1 + max((a.depth if isinstance(a, Poly) else a[1].depth for a in canonical), default=0)  # type: ignore[index]  # pairs
        return of(Atom("apply", (head, *canonical), f"{head}({', '.join(keys)})", free, depth))

    def limit(self, variable: t.Symbol, point: Poly | str, side: str, body: Poly) -> Poly:
        if variable not in body.free:
            return body
        where, inner = (point.key, point.free) if isinstance(point, Poly) else (point, frozenset())
        depth = 1 + max(body.depth, point.depth if isinstance(point, Poly) else 0)
        name = t.Symbol(f"#{depth}.0", variable.type)
        renamed = self.substitute(body, {variable: self.symbol(name)})
        key = f"{symbol_key(name)} -> ({where}){side}: {renamed.key}"
        return of(Atom("limit", (name, renamed, point, side), key, renamed.free - {name} | inner, depth))

    # reading trees ----------------------------------------------------------------------------------------

    def read(self, node: t.Expr) -> Poly:
        """A tree whose definitions are unfolded, as a polynomial."""
        return getattr(self, "_read_" + type(node).__name__.lower(), self._unreadable)(node)  # type: ignore[no-any-return]  # readers return Poly

    def _unreadable(self, node: t.Expr) -> Poly:
        raise KernelError(f"the kernel does not read {type(node).__name__} here")

    def _read_number(self, node: t.Number) -> Poly:
        return number(node.value)

    def _read_constant(self, node: t.Constant) -> Poly:
        raise KernelError(f"{node.name} is no number")

    def _read_symbol(self, node: t.Symbol) -> Poly:
        if node.type.shape:
            raise KernelError(f"{node.name} is an array: index it")
        return self.symbol(node)

    def _read_paren(self, node: t.Paren) -> Poly:
        return self.read(node.body)

    def _read_neg(self, node: t.Neg) -> Poly:
        return -self.read(node.body)

    def _read_add(self, node: t.Add) -> Poly:
        return self.read(node.left) + self.read(node.right)

    def _read_sub(self, node: t.Sub) -> Poly:
        return self.read(node.left) - self.read(node.right)

    def _read_mul(self, node: t.Mul) -> Poly:
        return self._product(node)

    def _read_div(self, node: t.Div) -> Poly:
        return self._product(node)

    def _product(self, node: t.Expr) -> Poly:
        """A chain of factors; each non-negative entry among them guards the factors that are logarithms."""
        above, below = _chain(node)
        read: dict[int, Poly] = {}
        guards: list[Poly] = []
        for place, factor in enumerate(above):
            if not (isinstance(factor, t.Call) and factor.name in ("log", "log2", "log10")):
                read[place] = self.read(factor)
                guards += self._guards(read[place])
        if any(not p for p in read.values()) and not below:
            for place, factor in enumerate(above):  # 0 log(a) is 0 wherever a >= 0
                if place not in read:
                    self._require_boundary(factor.args[0])  # type: ignore[attr-defined]  # a log
            return ZERO
        result = UNIT
        logs = {place: self._guarded(factor, guards) for place, factor in enumerate(above) if place not in read}
        with self.facts.assuming(guards):
            for place in range(len(above)):
                result = self.multiply(result, read[place] if place in read else logs[place])
        for factor in below:
            result = self.multiply(result, self.inverse(self.read(factor)))
        return result

    def _guarded(self, factor: t.Expr, guards: list[Poly]) -> Poly:
        """A logarithm read where its guards are positive; without them if it is more than the log of a product there."""
        with self.facts.assuming(guards):
            value = self.read(factor)
        atoms = [a for g in guards for a in g.atoms()]
        return value if all(_tends_to_log(value, a) for a in atoms) else self.read(factor)

    def _require_boundary(self, node: t.Expr) -> None:
        """That log(node) is meant, with node = 0 and node = a / 0 allowed."""
        for factor in (part for parts in _chain(node) for part in parts):
            self.require(self.read(factor), ">=", "log of something negative")

    def _guards(self, p: Poly) -> list[Poly]:
        one = p.single()
        if one is None:
            return []
        guards = [a for a, e in one[0] if e > 0 and a.kind in ("entry", "symbol", "delta") and self.facts.nonnegative(of(a))]
        return [of(a) for a in guards]

    def _read_pow(self, node: t.Pow) -> Poly:
        base, exponent = self.read(node.base), self.read(node.exponent)
        return self.raise_to(base, exponent)

    def _read_call(self, node: t.Call) -> Poly:
        if node.name == "delta":
            return self.delta(*(self.read_index(a) for a in node.args))
        if node.name == "xlogy":
            return self._product(t.Mul(node.args[0], t.Call("log", (node.args[1],))))
        if node.name == "log" and self.formal:
            return self._formal_log(node.args[0])
        args = [self.read(a) for a in node.args]
        if node.name == "exp":
            return self.exp(args[0])
        if node.name in ("log", "log2", "log10"):
            self.require(args[0], ">", f"{node.name} of a positive number")
            result = self.log(args[0])
            if node.name == "log":
                return result
            return self.multiply(result, self.inverse(self.log(number(2 if node.name == "log2" else 10))))
        if node.name == "sqrt":
            return self.raise_to(args[0], number(Fraction(1, 2)))
        if node.name == "abs":
            return self.absolute(args[0])
        if node.name in ("erfc", "step"):  # opaque: no law of them is known here
            return self.apply(node.name, list(args))
        return self.extreme(node.name, args)

    def _formal_log(self, node: t.Expr) -> Poly:
        """log(a / b) as log(a) - log(b); log(q[k]) of a formal array is an atom, also where q[k] may be 0."""
        above, below = ([self.read(factor) for factor in factors] for factors in _chain(node))
        result = ZERO
        for values, sign in ((above, 1), (below, -1)):
            numbers = reduce(self.multiply, [v for v in values if v.constant() is not None], UNIT)  # -(-q) has two signs
            for value in (numbers, *(v for v in values if v.constant() is None)):
                one = value.single()
                if one is not None and self._is_formal(value):
                    atom, exponent = one[0][0]
                    if sign > 0 and any(map(self._is_formal, below)):
                        self.require(of(atom), ">", "0 / 0")  # log(a / 0) is inf only for a > 0
                    result = result + (self._log_atom(of(atom)).scale(exponent) + self.log(number(one[1]))).scale(sign)
                else:
                    self.require(value, ">", "log of a positive number")
                    result = result + self.log(value).scale(sign)
        return result

    def _is_formal(self, p: Poly) -> bool:
        one = p.single()
        return one is not None and len(one[0]) == 1 and one[0][0][0].kind == "entry" and one[0][0][0].parts[0] in self.formal

    def read_index(self, node: t.Expr) -> IndexTerm | Poly:
        if isinstance(node, t.Symbol) and node.type.domain == "index":
            return node
        if isinstance(node, t.Number) and node.value.denominator == 1:
            return int(node.value)
        return self.read(node)

    def _read_index(self, node: t.Index) -> Poly:
        base = node.base
        while isinstance(base, t.Paren):
            base = base.body
        if isinstance(base, t.Symbol):
            indices: list[IndexTerm | Poly] = []
            for size, index in zip(base.type.shape, node.indices, strict=True):
                place = self.read(index) if size == t.NATURALS else self.read_index(index)
                if isinstance(place, Poly):
                    self.require(place, ">=", "a sequence starts at 0")
                else:
                    self.require_place(t.Symbol("k", t.Type("index", over=size)), place)
                indices.append(place)
            return self.entry(base, indices)
        reduced = t.reduce_index(t.Index(base, node.indices))
        if isinstance(reduced, t.Index):
            raise KernelError("an entry of an expression that is no array")
        return self.read(reduced)

    def _read_apply(self, node: t.Apply) -> Poly:
        if node.head in self.definitions:
            return self.read(t.unfold(node, self.definitions))
        return self.apply(node.head, [self.read_array(a) if t.shape_of(a) else self.read(a) for a in node.args])

    def read_array(self, node: t.Expr) -> tuple[tuple[t.Symbol, ...], Poly]:
        """An array argument as (indices, entry)."""
        binders = tuple(t.fresh(t.Symbol("k", t.Type("index", over=size))) for size in t.shape_of(node))
        return binders, self.read(t.reduce_index(t.Index(node, binders)))

    def _read_derivative(self, node: t.Derivative) -> Poly:
        variable = node.variable
        base = variable.base if isinstance(variable, t.Index) else variable
        if not isinstance(base, t.Symbol):
            raise KernelError("a derivative by something that is no variable")
        if base.type.domain not in ("real", "positive") and not (
            isinstance(node.body, t.Apply) and node.body.head not in self.definitions
        ):
            raise KernelError("a derivative needs an open domain: declare the variable real or positive")
        with self.facts.around(base):
            body = self.read(node.body)
        return self.derivative(
            body, base, [self.read_index(i) for i in variable.indices] if isinstance(variable, t.Index) else []
        )

    def _read_at(self, node: t.At) -> Poly:
        fresh = {target: t.fresh(target) for target in node.targets}  # what is known of the free letter is not known of this one
        mapping: dict[t.Symbol, Target] = {}
        for target, value in zip(node.targets, node.values, strict=True):
            binders, entry = self.read_array(value) if target.type.shape else ((), self.read(value))
            self._require_domain(target, value, entry)
            mapping[fresh[target]] = self._entries(binders, entry) if binders else entry
        return self.substitute(self.read(t.substitute(t.unfold(node.body, self.definitions), fresh)), mapping)

    def _entries(self, binders: tuple[t.Symbol, ...], body: Poly) -> Callable[..., Poly]:
        return lambda *indices: self.substitute(body, dict(zip(binders, indices, strict=True)))

    def _require_domain(self, target: t.Symbol, value: t.Expr, entry: Poly) -> None:
        """That what is put in place of a symbol lies in the domain in which the symbol was read."""
        domain = target.type.domain
        if value == target or domain == "real":
            return
        if domain not in ("positive", "nonnegative", "unit"):
            raise KernelError(f"{target.name} is declared {domain}: nothing else is put in its place")
        self.require(entry, ">" if domain == "positive" else ">=", f"{target.name} is {domain}")
        if domain == "unit":
            self.require(UNIT - entry, ">=", f"{target.name} is {domain}")

    def _read_big(self, node: t.Big) -> Poly:
        renamed = {b.symbol: counting(b) for b in node.binders}
        body = t.substitute(node.body, renamed)
        result: Poly
        if node.op in ("max", "min"):
            if len(node.binders) != 1:
                raise KernelError(f"{node.op} over several indices")
            return self.big_extreme(node.op, renamed[node.binders[0].symbol], self.read(body))
        if node.op not in ("sum", "prod"):
            raise KernelError(f"{node.op} is no number")
        result = self.read(body)
        for binder in reversed(node.binders):
            new = renamed[binder.symbol]
            if binder.lower is not None and binder.upper is not None:
                if node.op == "prod":
                    raise KernelError("a product over a range")
                result = self.range_sum(new, self.read(binder.lower), self.read(binder.upper), result)
            else:
                result = self.sum(new, result) if node.op == "sum" else self.product(new, result)
        return result

    def _read_limit(self, node: t.Limit) -> Poly:
        if any(node.variable in t.free_symbols(s) for s in t.walk(node.body) if isinstance(s, t.Symbol) and s != node.variable):
            raise KernelError(f"a limit by {node.variable.name}, the size of an array")
        variable = t.fresh(node.variable)
        body = t.substitute(node.body, {node.variable: variable})
        infinite = {t.INFINITY: "inf", t.Neg(t.INFINITY): "-inf"}
        point = infinite[node.point] if node.point in infinite else self.read(node.point)
        self.require_approach(node.variable, point, node.side)
        near = [self.symbol(variable)] if point == "inf" or (node.side == "+" and not point) else []
        with self.facts.assuming(near):
            return self.limit(variable, point, node.side, self.read(body))

    def require_approach(self, variable: t.Symbol, point: Poly | str, side: str) -> None:
        """That the domain of the variable reaches the point, from the side that is meant."""
        low, _, high, _ = t.DOMAINS[variable.type.domain]
        if isinstance(point, str):
            if (high if point == "inf" else low) is not None:
                raise KernelError(f"{variable.name} is declared {variable.type.domain}: it does not tend to {point}")
            return
        if variable.type.domain in ("natural", "size"):
            raise KernelError(f"{variable.name} is a whole number: it tends to inf only")
        if low is not None:
            self.require(point - number(low), ">" if side == "-" else ">=", f"{variable.name} is {variable.type.domain}")
        if high is not None:
            self.require(number(high) - point, ">" if side == "+" else ">=", f"{variable.name} is {variable.type.domain}")

    # the derivative table ---------------------------------------------------------------------------------

    def derivative(self, p: Poly, base: t.Symbol, indices: list[IndexTerm | Poly]) -> Poly:
        result = ZERO
        for m, c in p.terms.items():
            for place, (atom, exponent) in enumerate(m):
                if base not in atom.free:
                    continue
                others = [f for i, f in enumerate(m) if i != place]
                inner = self._derivative_of_atom(atom, exponent, base, indices)
                result = result + self.multiply(self.combine(others), inner).scale(c)
        return result

    def _derivative_of_atom(self, atom: Atom, exponent: Fraction, base: t.Symbol, indices: list[IndexTerm | Poly]) -> Poly:
        """The derivative of atom^exponent."""
        parts = atom.parts
        if atom.kind == "exp":
            return self.multiply(of(atom, exponent), self.derivative(parts[0], base, indices)).scale(exponent)  # type: ignore[arg-type]  # a monomial
        if 0 < exponent < 1:
            self.require(of(atom), "!=", "a root has no derivative at 0")
        outer = of(atom, exponent - 1).scale(exponent) if exponent != 1 else UNIT
        if atom.kind == "symbol":
            return outer
        if atom.kind == "entry":
            own = parts[1:]
            inner = UNIT
            for mine, other in zip(own, indices, strict=True):
                if isinstance(mine, Poly) or isinstance(other, Poly):
                    gap = (mine if isinstance(mine, Poly) else number(0)) - (other if isinstance(other, Poly) else number(0))
                    if gap.constant() is None:
                        raise KernelError("a derivative by an entry of a sequence at another place")
                    inner = inner if not gap else ZERO
                else:
                    inner = self.multiply(inner, self.delta(mine, other))  # type: ignore[arg-type]  # indices
        elif atom.kind == "log":
            inner = self.multiply(self.derivative(parts[0], base, indices), self.inverse(parts[0]))  # type: ignore[arg-type]  # a polynomial
        elif atom.kind == "den":
            inner = self.derivative(parts[0], base, indices)  # type: ignore[arg-type]  # a polynomial
        elif atom.kind == "sum":
            fresh, body = self.open(atom)
            inner = self._sum_all(fresh, self.derivative(Poly({body: Fraction(1)}), base, indices))
        elif atom.kind == "range":
            variable, body, low, high = parts
            if base in low.free | high.free:  # type: ignore[attr-defined]  # polynomials
                raise KernelError("a derivative by the end of a range")
            inner = self.range_sum(variable, low, high, self.derivative(body, base, indices))  # type: ignore[arg-type]  # polynomials
        elif atom.kind == "power" and base not in parts[1].free:  # type: ignore[attr-defined]  # polynomials
            slope = self.multiply(parts[1], self.derivative(parts[0], base, indices))  # type: ignore[arg-type]  # polynomials
            inner = self.multiply(slope, self.multiply(of(atom), self.inverse(parts[0])))  # type: ignore[arg-type]  # a polynomial
        elif atom.kind == "apply" and len(parts) == 2 and isinstance(parts[1], Poly):
            inner = self.multiply(self.apply(f"{parts[0]}'", [parts[1]]), self.derivative(parts[1], base, indices))
        else:
            raise KernelError(f"no derivative of {atom.kind}")
        return self.multiply(outer, inner)

    # equality ---------------------------------------------------------------------------------------------

    def is_zero(self, p: Poly, limit: int = 6) -> bool:
        """Whether p = 0 follows: bring to the common denominator and expand, as long as denominators appear."""
        for _ in range(limit):
            if not p:
                return True
            worst: dict[Atom, Fraction] = {}
            for m in p.terms:
                for atom, exponent in m:
                    if atom.kind == "den" and exponent < 0:
                        worst[atom] = min(worst.get(atom, Fraction(0)), exponent)
            if not worst:
                return False
            raised = [(atom, Fraction(-(exponent.__floor__()))) for atom, exponent in worst.items()]
            total = ZERO
            for m, c in p.terms.items():
                total = total + self.combine((*m, *raised)).scale(c)
            p = total
        return not p


def counting(binder: t.Binder) -> t.Symbol:
    """A bound symbol under a fresh name; over 1..T it is at least 1."""
    new, lower = t.fresh(binder.symbol), binder.lower
    if isinstance(lower, t.Number) and lower.value.denominator == 1:
        return t.Symbol(new.name, replace(new.type, minimum=max(int(lower.value), new.type.minimum)))
    return new


def _inside(atom: Atom) -> list[Poly]:
    """The polynomials of which an atom is made."""
    found = [p for p in atom.parts if isinstance(p, Poly)]
    if atom.kind == "sum":
        found.append(Poly({atom.parts[1]: Fraction(1)}))  # type: ignore[dict-item]  # a monomial
    if atom.kind == "apply":
        found += [p[1] for p in atom.parts if isinstance(p, tuple)]
    return found


def _holds(atom: Atom, part: Atom) -> bool:
    return atom is part or any(_holds(a, part) for p in _inside(atom) for a in p.atoms())


def _divides(p: Poly, part: Atom) -> bool:
    """Whether p divides by something that holds the atom."""
    return any(_holds(a, part) and (e < 0 or any(_divides(q, part) for q in _inside(a))) for m in p.terms for a, e in m)


def _tends_to_log(p: Poly, part: Atom) -> bool:
    """p depends on the atom only through terms c log(a), where a does not divide by it: 0 times it is 0 by convention."""
    for m in p.terms:
        about = [(a, e) for a, e in m if _holds(a, part)]
        if about and not (
            len(about) == 1 and about[0][0].kind == "log" and about[0][1] == 1 and not _divides(about[0][0].parts[0], part)
        ):  # type: ignore[arg-type]  # a polynomial
            return False
    return True


def _chain(node: t.Expr) -> tuple[list[t.Expr], list[t.Expr]]:
    """Factors and divisors of a product, through brackets and signs."""
    if isinstance(node, t.Mul):
        (a, b), (c, d) = _chain(node.left), _chain(node.right)
        return a + c, b + d
    if isinstance(node, t.Div):
        a, b = _chain(node.left)
        return a, [*b, node.right]
    if isinstance(node, t.Paren):
        return _chain(node.body)
    if isinstance(node, t.Neg):
        a, b = _chain(node.body)
        return [t.number(-1), *a], b
    return [node], []


def _linear_atom(p: Poly) -> Atom | None:
    """The greatest atom that occurs once, alone and to the first power: p = c1 * atom + rest, c1 a number."""
    for atom in sorted(p.atoms(), reverse=True):
        with_it = [m for m in p.terms if any(a is atom for a, _ in m)]
        if with_it == [((atom, Fraction(1)),)]:
            return atom
    return None


def _is_natural(atom: Atom) -> bool:
    return atom.kind == "symbol" and atom.parts[0].type.domain in ("natural", "size", "index")  # type: ignore[attr-defined]  # a symbol


def whole(p: Poly) -> bool:
    """An integer whatever its natural numbers are."""
    return all(
        c.denominator == 1 and all(_is_natural(a) and e > 0 and e.denominator == 1 for a, e in m) for m, c in p.terms.items()
    )


def _bound(symbol: t.Symbol) -> bool:
    return symbol.name.startswith("#")


def _factorise(whole: int) -> list[tuple[int, int]]:
    from flint import fmpz

    return [(int(p), int(e)) for p, e in fmpz(whole).factor()] if whole > 1 else []
