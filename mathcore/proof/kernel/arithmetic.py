"""Polynomials whose atoms have laws: products, quotients, factors, exp, log, powers, |x|, max and min.

Conditions are collected here: what is not shown to be positive or non-zero leaves one, never an assumption.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from fractions import Fraction
from functools import reduce
from itertools import product
from math import gcd

from mathcore.language import tree as t
from mathcore.proof.kernel.atom import (
    Absolute,
    Delta,
    Denominator,
    Entry,
    Erfc,
    Exp,
    Log,
    Max,
    Min,
    Pi,
    Power,
    Prime,
    Product,
    Scalar,
    Step,
    is_bit,
    is_jump,
    is_onehot,
    without_bars,
)
from mathcore.proof.kernel.ledger import Attempt, Condition, Key, Ledger
from mathcore.proof.kernel.polynomial import (
    ONE,
    UNIT,
    ZERO,
    Atom,
    KernelError,
    Monomial,
    Poly,
    monomial,
    number,
    of,
)
from mathcore.proof.kernel.show import show
from mathcore.proof.kernel.signs import Signs

MAX_TERMS = 4000
MAX_POWER = 24  # of a sum of several terms
MAX_DEGREE = 60  # of a polynomial that is factored
FACTORED = 128  # bits of a number that is factored in a moment, whatever its primes are
SMALL = 20  # bits of the primes that are taken out of a larger one

# what a symbol may be replaced by: an index, a number, a polynomial, or a function from indices to polynomials
IndexTerm = t.Symbol | int
Target = t.Symbol | int | Poly | Callable[..., Poly]


class IdenticallyZero(KernelError):
    """What looked like something is 0 wherever it is defined."""


class Arithmetic:
    """Algebra over given facts; collects the side conditions that the facts do not discharge."""

    def __init__(self, facts: Signs) -> None:
        self.facts = facts
        self.ledger = Ledger(facts.ledger)

    # what an answer rests on ------------------------------------------------------------------------------

    @contextmanager
    def attempt(self) -> Iterator[Ledger]:
        """A ledger of its own within the block, for what may lead nowhere: `include` it if it did not."""
        with self.facts.attempt() as used, Attempt(self, Ledger(used)) as own:
            yield own

    def include(self, own: Ledger) -> None:
        """What an attempt rests on is what the whole rests on."""
        for symbol in own.declared.values():
            self.declare(symbol)
        for condition in own.conditions.values():
            self._ask(condition)
        self.facts.ledger |= own.used
        self.ledger.axioms |= own.axioms

    def declare(self, symbol: t.Symbol) -> None:
        """One name has one declaration: two symbols of one name in one formula are an error, never merged."""
        known = self.ledger.declared.setdefault(symbol.name, symbol)
        if known.type != symbol.type:
            raise KernelError(f"{symbol.name} has two declarations here: {known.type.domain} and {symbol.type.domain}")

    @property
    def conditions(self) -> dict[Key, Condition]:
        """What is left open."""
        return self.ledger.conditions

    def require(self, value: Poly, relation: str, text: str = "", elsewhere: bool = False) -> None:
        holds = {
            ">": self.facts.positive,
            ">=": self.facts.nonnegative,
            "!=": self.facts.nonzero,
        }[relation]
        if not holds(value):
            never: dict[str, Callable[[Poly], bool]] = {
                ">": self.facts.nonnegative,
                ">=": self.facts.positive,
                "!=": lambda p: not p,
            }
            if never[relation](-value):  # a condition that never holds is no condition: what asks for it is undefined
                raise KernelError(f"{text or 'undefined'}: {show(value)} is never {relation} 0")
            value = without_bars(value) if relation == "!=" else value
            self._ask(Condition(value.scale(1 / value.common_factor), relation, text, elsewhere))

    def _ask(self, condition: Condition) -> None:
        """The first condition of a kind stays, but for one that matters elsewhere too."""
        if condition.key not in self.ledger.required or condition.elsewhere:
            self.ledger.required[condition.key] = condition

    # arithmetic that knows the atoms ----------------------------------------------------------------------

    def multiply(self, a: Poly, b: Poly) -> Poly:
        if len(a.terms) * len(b.terms) > MAX_TERMS:
            raise KernelError(f"a product of {len(a.terms)} by {len(b.terms)} terms is too large")
        result: dict[Monomial, Fraction] = {}
        for (m, c), (n, d) in product(a.terms.items(), b.terms.items()):
            coefficient = d if c == 1 else c if d == 1 else c * d
            merged = monomial((*m, *n)) if m and n else m or n
            if any(a.acts for a, _ in merged):
                for p, e in self._acted(merged).terms.items():
                    _add(result, p, coefficient * e)
            else:
                _add(result, merged, coefficient)
        return Poly(result)

    def combine(self, factors: Iterable[tuple[Atom, Fraction]]) -> Poly:
        """A product of powers of atoms: equal atoms merge, denominators in numerators and |x|^2 expand, deltas act."""
        merged = monomial(factors)
        return self._acted(merged) if any(a.acts for a, _ in merged) else Poly({merged: ONE})

    def _acted(self, merged: Monomial) -> Poly:
        rest: list[tuple[Atom, Fraction]] = []
        expanded, coefficient, again = UNIT, Fraction(1), False
        for atom, exponent in merged:
            if isinstance(atom, Denominator) and exponent >= 1:
                whole = int(exponent // 1)
                expanded = self.multiply(expanded, self.power(atom.value, whole))
                if exponent - whole:
                    rest.append((atom, exponent - whole))
                again = True
            elif isinstance(atom, Absolute) and exponent >= 2:
                even = 2 * int(exponent // 2)
                expanded = self.multiply(expanded, self.power(atom.inside, even))
                if exponent - even:
                    rest.append((atom, exponent - even))
                again = True
            elif isinstance(atom, Prime) and not 0 < exponent < 1:
                whole = exponent.__floor__()
                coefficient *= Fraction(atom.value) ** whole
                if exponent - whole:
                    rest.append((atom, exponent - whole))
            elif is_bit(atom) and exponent != 1:  # 0 or 1: every positive power is itself
                if exponent < 0 and not isinstance(atom, Entry):
                    raise KernelError(f"a division by {'delta' if isinstance(atom, Delta) else 'step'}, which may be 0")
                rest.append((atom, exponent if exponent < 0 else Fraction(1)))
            else:
                rest.append((atom, exponent))
        if again:
            return self.multiply(self.combine(rest), expanded).scale(coefficient)
        for place, (atom, _) in enumerate(rest):
            if not isinstance(atom, Delta):
                continue
            others = rest[:place] + rest[place + 1 :]
            if any(atom.drop in a.free for a, _ in others):
                moved = self.substitute(Poly({monomial(others): Fraction(1)}), {atom.drop: atom.keep})
                return self.multiply(of(atom), moved).scale(coefficient)
        for place, (atom, exponent) in enumerate(rest):  # one entry of a row is 1: t[i] t[j] = t[i] delta(i, j)
            if not is_onehot(atom) or exponent != 1:
                continue
            for after, (other, power) in enumerate(rest[place + 1 :], place + 1):
                if isinstance(other, Entry) and power == 1 and other.leads_like(atom):
                    others = [f for i, f in enumerate(rest) if i != after]
                    both = self.delta(atom.indices[-1], other.indices[-1])
                    return self.multiply(self.combine(others), both).scale(coefficient)
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
        one = p.single()
        if one is not None and (bits := [a for a, _ in one[0] if isinstance(a, Delta)]):  # where a delta is not 0 it is 1
            if not all(self.facts.positive(of(bit)) for bit in bits):
                raise KernelError("a division by delta")
            return self.inverse(Poly({tuple(f for f in one[0] if f[0] not in bits): one[1]}))
        content, common, primitive = self.content(p, lambda _: True)
        for atom, exponent in common:
            if exponent > 0:
                self.require(of(atom), "!=")
        result = self.combine((a, -e) for a, e in common).scale(1 / content)
        for factor, times in self.factors(primitive):
            self.require(factor, "!=")
            result = self.multiply(result, of(self.atom_of(factor), -times))
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
        """p = content * common monomial * primitive polynomial; only atoms that may leave go to the common monomial.

        What p divides by is no denominator of the primitive polynomial, as far as it may leave.
        """
        if not p:
            raise KernelError("0 has no content")
        terms = list(p.terms.items())
        content = p.common_factor
        lowest: dict[Atom, Fraction] = {}
        exponents = [dict(m) for m, _ in terms]
        for atom in {a for m, _ in terms for a, _ in m if not isinstance(a, Delta) and may_leave(a)}:
            least = min(e.get(atom, Fraction(0)) for e in exponents)
            if least:
                lowest[atom] = least
        if len(terms) == 1 and terms[0][1] < 0:
            content = -content
        common = monomial(lowest.items())
        inverse = tuple((a, -e) for a, e in common)
        primitive = Poly({monomial((*m, *inverse)): c / content for m, c in terms})
        if not any(isinstance(a, Denominator) and e >= 1 for m in primitive.terms for a, e in m):
            return content, common, primitive
        expanded = reduce(Poly.__add__, (self.combine(m).scale(c) for m, c in primitive.terms.items()), ZERO)
        if not expanded:
            raise IdenticallyZero("an expression that is identically 0")
        more, shared, primitive = self.content(expanded, may_leave)
        return content * more, monomial((*common, *shared)), primitive

    def factors(self, p: Poly) -> list[tuple[Poly, int]]:
        """Irreducible factors over Q of a primitive polynomial, their leading sign made positive (the sign is kept).

        Of a high degree it is factored as a polynomial in powers of its atoms, x^5000 + 1 in x^5000; if that is of a high
        degree too, not at all.
        """
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
        exponents = [[int(dict(m).get(a, 0)) for a in atoms] for m in p.terms]
        powers_of = [1] * len(atoms)
        if max(map(sum, exponents)) > MAX_DEGREE:
            powers_of = [gcd(*column) for column in zip(*exponents, strict=True)]
            exponents = [[e // g for e, g in zip(row, powers_of, strict=True)] for row in exponents]
            if max(map(sum, exponents)) > MAX_DEGREE:
                return [(p, 1)]
        coefficients = (fmpq(c.numerator, c.denominator) for c in p.terms.values())
        dense = dict(zip(map(tuple, exponents), coefficients, strict=True))
        constant, found = ring.from_dict(dense).factor()
        result: list[tuple[Poly, int]] = []
        for factor, times in found:
            terms = {}
            for powers, value in factor.to_dict().items():
                m = monomial((atoms[i], Fraction(int(e) * powers_of[i])) for i, e in enumerate(powers) if e)
                terms[m] = Fraction(int(value.p), int(value.q))
            result.append((Poly(terms), int(times)))
        # the constant goes to the first factor, so that the product of the factors is p itself
        scale = Fraction(int(constant.p), int(constant.q))
        if scale != 1:
            for number_of, (first, times) in enumerate(result):
                if times == 1 or (scale == -1 and times % 2 == 1):
                    result[number_of] = (first.scale(scale), times)
                    break
            else:
                return [(p, 1)]
        return result

    def atom_of(self, p: Poly) -> Atom:
        """The polynomial as one atom (a denominator, or under a root)."""
        return Denominator(p)

    # functions --------------------------------------------------------------------------------------------

    def exp(self, p: Poly) -> Poly:
        factors: list[tuple[Atom, Fraction]] = []
        result = UNIT
        for m, c in p.terms.items():
            if len(m) == 1 and isinstance(m[0][0], Log) and m[0][1] == 1:
                result = self.multiply(result, self.raise_to(m[0][0].argument, number(c)))
            else:
                factors.append((Exp(Poly({m: Fraction(1)})), c))
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
            if not is_bit(atom):  # 0 or 1, and positive here: its log is 0
                result = result + self._log_of_positive(atom).scale(exponent)
        if len(primitive.terms) > 1 and (split := self.factors(primitive)) != [(primitive, 1)]:
            known = [(f, e) for f, e in split if self.facts.positive(f)]
            for factor, times in known:
                result = result + self._log_atom(factor).scale(times)
            rest = (self.power(f, e) for f, e in split if (f, e) not in known)
            primitive = reduce(self.multiply, rest, UNIT)
        return result if primitive == UNIT else result + self._log_atom(primitive)

    def _log_atom(self, p: Poly) -> Poly:
        return of(Log(p))

    def _log_of_positive(self, atom: Atom) -> Poly:
        match atom:
            case Exp():
                return atom.exponent
            case Denominator():
                return self._log_atom(atom.value)
            case Prime():
                return self._log_of_prime_powers(Fraction(atom.value))
            case Product():  # the log of a positive product of positive factors is the sum of their logs
                index, body = self.open_one(atom.index, atom.body)
                if self.facts.positive(body):
                    return self.sum(index, self.log(body))
        return self._log_atom(of(atom))

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
        if not base and whole(exponent) and self.facts.positive(exponent):
            return ZERO
        if self.facts.positive(base):
            return self.exp(self.multiply(exponent, self.log(base)))
        return self._symbolic_power(base, exponent)

    def _root(self, base: Poly, value: Fraction) -> Poly:
        if not base:
            return ZERO if value > 0 else self.inverse(base)
        if (one := base.single()) is not None and any(is_jump(a) for a, _ in one[0]):
            bits = [(a, e) for a, e in one[0] if is_jump(a)]
            if value < 0:
                raise KernelError("a division by what may be 0")
            others = Poly({tuple(f for f in one[0] if f not in bits): one[1]})
            return self.multiply(self.combine(bits), self._root(others, value))
        content, common, primitive = self.content(base, lambda a: self.facts.nonnegative(of(a)))
        if value < 0:
            self.require(base, ">")
        if content < 0:
            content, primitive = -content, -primitive
        if primitive != UNIT and not self.facts.nonnegative(primitive):
            self.require(base, ">=")
        result = self.combine((a, e * value) for a, e in common)
        if (rooted := self._with_squares_rooted(result, primitive, value)) is not None:
            result, primitive = rooted, UNIT
        for whole, sign in ((content.numerator, 1), (content.denominator, -1)):
            for prime, times in _factorise(whole):
                result = self.multiply(result, self.combine([(Prime(prime), sign * times * value)]))
        return result if primitive == UNIT else self.multiply(result, of(self.atom_of(primitive), value))

    def _with_squares_rooted(self, result: Poly, p: Poly, value: Fraction) -> Poly | None:
        """result p^value, if p is a product of squares and of what is >= 0."""
        if (one := p.single()) is not None:
            if one[1] != 1 or any(e % 2 for _, e in one[0]):
                return None
            for atom, exponent in one[0]:  # sqrt(x^2) = |x|
                if self.facts.nonnegative(-of(atom)):
                    size = self.raise_to(-of(atom), number(exponent * value))
                else:
                    size = of(Absolute(of(atom)), exponent * value)
                result = self.multiply(result, size)
            return result
        split = self.factors(p)
        odd = [f for f, e in split if e % 2]
        if len(odd) == len(split) or not all(map(self.facts.nonnegative, odd)):
            return None
        for factor, times in split:
            root = factor if times % 2 else self.absolute(factor)
            result = self.multiply(result, self.raise_to(root, number(times * value)))
        return result

    def _symbolic_power(self, base: Poly, exponent: Poly) -> Poly:
        """base^E for an integer-valued E >= 0 and a base of any sign: base^(a + b) = base^a base^b, (a b)^t = a^t b^t."""
        if not whole(exponent):
            raise KernelError("a power of something not shown positive needs a natural exponent")
        one = base.single()
        pieces: list[tuple[Poly, Fraction]] = [(base, Fraction(1))]
        if one is not None and one[0] and (len(one[0]) > 1 or one[1] != 1 or one[0][0][1] != 1):
            pieces = [(of(a), e) if e.denominator == 1 else (of(a, e), Fraction(1)) for a, e in one[0]] + (
                [(number(one[1]), Fraction(1))] if one[1] != 1 else []
            )
        result = UNIT
        for m, c in exponent.terms.items():
            if m == ():
                result = self.multiply(result, self.power(base, int(c)))
                continue
            for piece, e in pieces:
                if self.facts.positive(piece):
                    part = self.raise_to(piece, Poly({m: c * e}))
                else:
                    part = self._power_atom(piece, m, c * e)
                result = self.multiply(result, part)
        return result

    def _power_atom(self, base: Poly, m: Monomial, times: Fraction) -> Poly:
        inner = base.single()
        if inner is not None and len(inner[0]) == 1 and isinstance(inner[0][0][0], Power):  # (a^s)^t = a^(s t)
            nested, exponent = inner[0][0][0], inner[0][0][1]
            (n,) = nested.exponent.terms
            return self._power_atom(nested.base, monomial((*m, *n)), times * exponent)
        if times < 0:
            self.require(base, "!=")
        return of(Power(base, Poly({m: Fraction(1)})), times)

    def absolute(self, p: Poly) -> Poly:
        if self.facts.nonnegative(p):
            return p
        if self.facts.nonnegative(-p):
            return -p
        try:
            content, common, primitive = self.content(p, lambda _: True)
        except IdenticallyZero:
            return ZERO
        result = number(abs(content))
        for atom, exponent in common:
            known = self.facts.nonnegative(of(atom)) or exponent % 2 == 0
            result = self.multiply(result, of(atom if known else Absolute(of(atom)), exponent))
        if (one := primitive.single()) is not None:  # deltas, which are 0 or 1
            return self.multiply(result, Poly({one[0]: abs(one[1])}))
        for factor, times in self.factors(primitive):
            if self.facts.nonnegative(factor) or times % 2 == 0:
                size = factor
            elif self.facts.nonnegative(-factor):
                size = -factor
            else:
                positive = max(factor, -factor, key=lambda q: q.key)
                size = of(Absolute(positive))
            result = self.multiply(result, self.power(size, times))
        return result

    def extreme(self, name: str, values: Iterable[Poly]) -> Poly:
        """max or min of finitely many values."""
        self.ledger.axioms.add("maximum")
        sign = 1 if name == "max" else -1
        kept: list[Poly] = []
        for value in values:
            if any(self.facts.nonnegative((other - value).scale(sign)) for other in kept):
                continue
            kept = [other for other in kept if not self.facts.nonnegative((value - other).scale(sign))]
            kept.append(value)
        if len(kept) == 1:
            return kept[0]
        if len(kept) == 2:  # max(a, b) = (a + b + |a - b|) / 2
            return (kept[0] + kept[1] + self.absolute(kept[0] - kept[1]).scale(sign)).scale(Fraction(1, 2))
        kept.sort(key=lambda p: p.key)
        return of(Max(tuple(kept)) if name == "max" else Min(tuple(kept)))

    def step(self, p: Poly) -> Poly:
        """1 for p >= 0, 0 below; a positive factor changes nothing."""
        self.ledger.axioms.add("unit step")
        if self.facts.nonnegative(p):
            return UNIT
        if self.facts.positive(-p):
            return ZERO
        try:
            content, _, primitive = self.content(p, lambda a: self.facts.positive(of(a)))
        except IdenticallyZero:
            return UNIT
        inside = primitive if content > 0 else -primitive
        gap = self._gap_of_exponents(inside)
        return of(Step(inside)) if gap is None else self.step(gap)

    def _gap_of_exponents(self, p: Poly) -> Poly | None:
        """u - v where p = exp(u) - exp(v): the same sign, for exp grows."""
        above = [m for m, c in p.terms.items() if c == 1]
        below = [m for m, c in p.terms.items() if c == -1]
        if not (len(p.terms) == 2 and len(above) == len(below) == 1):
            return None
        u, v = (self.exponent_of(m) for m in (above[0], below[0]))
        return None if u is None or v is None else u - v

    def exponent_of(self, m: Monomial) -> Poly | None:
        """u where the monomial is exp(u)."""
        exponents = [a.exponent.scale(e) for a, e in m if isinstance(a, Exp)]
        return reduce(Poly.__add__, exponents, ZERO) if len(exponents) == len(m) else None

    def erfc(self, p: Poly) -> Poly:
        """erfc(-p) = 2 - erfc(p); erfc(0) = 1."""
        self.ledger.axioms.add("error function")
        if not p:
            return UNIT
        if (-p).key > p.key:
            return number(2) - of(Erfc(-p))
        return of(Erfc(p))

    def pi(self) -> Poly:
        self.ledger.axioms.add("error function")
        return of(Pi())

    # what big operators add -------------------------------------------------------------------------------

    def substitute(self, p: Poly, mapping: Mapping[t.Symbol, Target]) -> Poly:
        raise NotImplementedError

    def sum(self, index: t.Symbol, p: Poly) -> Poly:
        raise NotImplementedError

    def delta(self, i: IndexTerm | Poly, j: IndexTerm | Poly) -> Poly:
        raise NotImplementedError

    def open_one(self, binder: t.Symbol, body: Poly) -> tuple[t.Symbol, Poly]:
        raise NotImplementedError


def _add(terms: dict[Monomial, Fraction], m: Monomial, c: Fraction) -> None:
    before = terms.get(m)
    terms[m] = c if before is None else before + c


def _is_natural(atom: Atom) -> bool:
    return isinstance(atom, Scalar) and atom.domain in ("natural", "size", "index")


def whole(p: Poly) -> bool:
    """An integer whatever its natural numbers are."""
    return all(
        c.denominator == 1 and all(_is_natural(a) and e > 0 and e.denominator == 1 for a, e in m) for m, c in p.terms.items()
    )


def _factorise(whole: int) -> list[tuple[int, int]]:
    """Its primes and their powers; of a number beyond `FACTORED` bits what is left without the small ones stays whole."""
    from flint import fmpz

    if whole < 2:
        return []
    found = fmpz(whole).factor() if whole.bit_length() <= FACTORED else fmpz(whole).factor_smooth(SMALL)
    return [(int(p), int(e)) for p, e in found]
