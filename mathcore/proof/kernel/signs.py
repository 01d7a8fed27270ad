"""What is known about signs: one source, the declarations and the hypotheses. Sound and incomplete.

`positive(p)` and `nonnegative(p)` answer True only if it follows; False means "not shown".
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from itertools import product, starmap
from typing import TYPE_CHECKING, Any, Protocol, Self

from mathcore.language import tree as t
from mathcore.proof.kernel.atom import (
    Absolute,
    BigMax,
    Delta,
    Denominator,
    Entry,
    Erfc,
    Exp,
    Letter,
    Log,
    Max,
    Min,
    Pi,
    Power,
    Prime,
    Product,
    Range,
    Scalar,
    Step,
    Sum,
    is_jump,
    without_bars,
)
from mathcore.proof.kernel.ledger import Attempt
from mathcore.proof.kernel.polynomial import UNIT, ZERO, Atom, KernelError, Monomial, Poly, monomial, monomial_key, number, of

if TYPE_CHECKING:
    from mathcore.proof.kernel.normal import Reading

DEPTH = 3  # hypotheses combined in one argument
WORK = 600  # polynomials whose sign is looked into for one question
CASES = 3  # absolute values, steps and deltas whose cases are gone through


@dataclass(frozen=True)
class Fact:
    """value > 0 (strict) or >= 0, for every value of the indices in `pattern`; `sources` names the hypotheses behind it.

    With `where` only for those at which all of these are >= 0.
    """

    value: Poly
    strict: bool
    sources: frozenset[str] = frozenset()
    pattern: frozenset[t.Symbol] = frozenset()
    where: tuple[Poly, ...] = ()

    @cached_property
    def about(self) -> Atom | None:
        """The atom whose sign this is: the value is a positive multiple of it."""
        one = self.value.single() if not self.where else None
        return one[0][0][0] if one is not None and len(one[0]) == 1 and one[0][0][1] == 1 and one[1] > 0 else None


class Found:
    """What was found out under one state of knowledge, each with what it needed: signs of polynomials, and trees read."""

    __slots__ = ("readings", "signs")

    def __init__(self) -> None:
        self.signs: dict[tuple[Poly, int | str], tuple[str, set[str]]] = {}
        self.readings: dict[object, Reading] = {}  # by `Normal.read`


class Algebra(Protocol):
    """What signs ask of arithmetic: polynomials that are normal forms."""

    def symbol(self, symbol: t.Symbol) -> Poly: ...
    def substitute(self, p: Poly, mapping: Mapping[t.Symbol, Any]) -> Poly: ...
    def multiply(self, a: Poly, b: Poly) -> Poly: ...
    def combine(self, factors: Iterable[tuple[Atom, Fraction]]) -> Poly: ...
    def raise_to(self, base: Poly, exponent: Poly) -> Poly: ...
    def log(self, p: Poly) -> Poly: ...
    def content(self, p: Poly, may_leave: Callable[[Atom], bool]) -> tuple[Fraction, Monomial, Poly]: ...
    def factors(self, p: Poly) -> list[tuple[Poly, int]]: ...


class Signs(ABC):
    """Signs of polynomials from the types of their symbols and from known inequalities."""

    def __init__(self) -> None:
        self.known: list[Fact] = []
        self.apart: dict[Poly, frozenset[str]] = {}  # known to be != 0, and by which hypotheses
        self.distinct: dict[frozenset[t.Symbol], str] = {}  # indices known to differ, and by which hypothesis
        self.ledger: set[str] = set()  # hypotheses that answers rest on
        self._busy: set[Atom] = set()
        # what was found under what is known now (replaced, never emptied, when that changes), and what was known for a while
        self.found = Found()
        self._under: dict[tuple[tuple[Fact, ...], frozenset[Poly]], Found] = {}
        self._work, self._nested = 0, 0
        self._instances: dict[tuple[Fact, tuple[t.Symbol, ...]], Fact] = {}
        self._entries: dict[tuple[Poly, t.Symbol, t.Symbol], Poly] = {}  # what stands in a sum or a maximum, at an index

    @abstractmethod
    def algebra(self) -> Algebra:
        """Arithmetic that asks these facts."""

    @abstractmethod
    def plain(self) -> Algebra:
        """Arithmetic that knows nothing."""

    def attempt(self) -> Attempt[set[str]]:
        """A ledger of its own, for what may lead nowhere."""
        return Attempt(self, set())

    def nonzero(self, p: Poly) -> bool:
        return self.positive(p) or self.positive(-p) or self.is_apart(p)

    def is_apart(self, p: Poly) -> bool:
        """Whether a hypothesis says that p is not 0."""
        p = without_bars(p)
        for q in (p, -p):
            if q in self.apart:
                self.ledger |= self.apart[q]
                return True
        return self._is_power_beside_one(p)

    def _is_power_beside_one(self, p: Poly) -> bool:
        """Whether p is c (exp(u) - 1) with u != 0: b^n - 1 for a base b > 0 that is not 1."""
        if len(p.terms) != 2 or () not in p.terms or sum(p.terms.values(), Fraction(0)):
            return False
        (power,) = (m for m in p.terms if m)
        exponents = [a.exponent.scale(e) for a, e in power if isinstance(a, Exp)]
        if len(exponents) != len(power) or (one := sum(exponents, ZERO).single()) is None:
            return False
        with self.attempt() as own:
            seen = all(
                self._sign_of_power(a, e) == "+"
                or self._is_seen_apart(of(a))
                or (isinstance(a, Log) and self._is_seen_apart(a.argument - UNIT))
                for a, e in one[0]
            )
        if seen:
            self.ledger |= own
        return seen

    def _is_seen_apart(self, p: Poly) -> bool:
        """Whether p is not 0 by a hypothesis, or by its sign from single facts; what is at least 1 is not 0."""
        if not self._nested:  # a question of its own
            self._work = 0
        return self.is_apart(p) or "+" in (self._sign(p, 1), self._sign(-p, 1)) or bool(self._sign(p - UNIT, 1))

    def differ(self, i: t.Symbol | int, j: t.Symbol | int) -> bool:
        """Whether a hypothesis says that two indices are different."""
        source = None if isinstance(i, int) or isinstance(j, int) else self.distinct.get(frozenset((i, j)))
        if source is not None:
            self.ledger.add(source)
        return source is not None

    def add(self, fact: Fact) -> None:
        self.known.append(fact)
        self.found, self._under = Found(), {}

    def set_apart(self, p: Poly, sources: frozenset[str]) -> None:
        """p != 0, by these hypotheses."""
        self.apart[p] = sources
        self.found, self._under = Found(), {}

    def set_distinct(self, i: t.Symbol, j: t.Symbol, source: str) -> None:
        """Two indices differ, by this hypothesis."""
        self.distinct[frozenset((i, j))] = source
        self.found, self._under = Found(), {}

    def use(self, fact: Fact) -> None:
        self.ledger |= fact.sources

    def copy(self) -> Self:
        """The same knowledge, nothing of it used yet; what is found from it is found for all copies."""
        other = type(self)()
        other.found, other._under = self.found, self._under
        other.known, other.apart = list(self.known), dict(self.apart)
        other._instances, other._entries = self._instances, self._entries
        other.distinct = dict(self.distinct)
        return other

    @contextmanager
    def assuming(self, positive: Iterable[Poly] = (), nonnegative: Iterable[Poly] = ()) -> Iterator[None]:
        """Within the block these are positive, those >= 0."""
        more = [Fact(p, True) for p in positive] + [Fact(p, False) for p in nonnegative]
        with self.knowing(self.known + more) if more else nullcontext():
            yield

    @contextmanager
    def knowing(self, facts: list[Fact], apart: dict[Poly, frozenset[str]] | None = None) -> Iterator[None]:
        """Within the block these facts and no others; of what is known to be != 0 this alone, if it is handed in."""
        before = self.known, self.apart, self.found
        self.known, self.apart = facts, self.apart if apart is None else apart
        self.found = self._under.setdefault((tuple(facts), frozenset(self.apart)), Found())
        try:
            yield
        finally:
            self.known, self.apart, self.found = before

    @contextmanager
    def around(self, variable: t.Symbol) -> Iterator[None]:
        """Within the block only what holds all around a value of the variable: not `x >= 0`, which ends at 0."""

        def lasts(p: Poly) -> bool:
            return variable not in p.free or not _jumps(p)

        facts = [f for f in self.known if variable not in f.value.free or (f.strict and lasts(f.value))]
        with self.knowing(facts, {p: sources for p, sources in self.apart.items() if lasts(p)}):
            yield

    def positive(self, p: Poly) -> bool:
        return self.sign(p) == "+"

    def nonnegative(self, p: Poly) -> bool:
        return not p or self.sign(p, strict=False) in ("+", "0+")

    def sign(self, p: Poly, strict: bool = True) -> str:
        """ "+" for > 0, "0+" for >= 0, "" for not shown; not `strict`: ">= 0" is enough."""
        if not p:
            return "0+"
        if not self._nested:
            return self._remembered(p, strict)
        return self._asked(p, strict)

    def _remembered(self, p: Poly, strict: bool) -> str:
        """One whole question, with the hypotheses that its answer needs."""
        key, signs = (p, "strict" if strict else "any"), self.found.signs
        if key not in signs:
            self._work = 0
            with self.attempt() as own:
                answer = self._asked(p, strict)
            signs[key] = answer, own if answer else set()
        answer, sources = signs[key]
        self.ledger |= sources
        return answer

    def _asked(self, p: Poly, strict: bool) -> str:
        self._nested += 1
        try:
            best = self._sign(p, DEPTH)
            if best == "+" or (best and (not strict or len(p.terms) == 1)):
                return best
            for way in (self._sign_by_factors, self._sign_by_cases, self._sign_beside_exponential):
                with self.attempt() as own:
                    found = way(p)
                better = found == "+" or (found and not strict)
                if better or (found and not best):
                    self.ledger |= own
                if better:
                    return found
                best = best or found
            return best
        finally:
            self._nested -= 1

    def _sign(self, p: Poly, depth: int) -> str:
        """The sign by combining facts; remembered with the hypotheses that it used. "" when the work is too much."""
        if (p, depth) in self.found.signs:
            result, sources = self.found.signs[p, depth]
            self.ledger |= sources
            return result
        self._work += 1
        if self._work > WORK:
            return ""
        with self.attempt() as own:
            result = self._combined(p, depth)
        if result or not (self._busy or self._work > WORK):
            self.found.signs[p, depth] = result, own if result else set()
        if result:
            self.ledger |= own
        return result

    def asked(self, p: Poly) -> tuple[str, frozenset[str]]:
        """The sign of p from single facts, and the hypotheses that it needs."""
        with self.attempt() as own:
            sign = self._sign(p, 1)
        return sign, frozenset(own)

    def _combined(self, p: Poly, depth: int) -> str:
        with self.attempt() as own:
            signs = [self._sign_of_term(m, c) for m, c in p.terms.items()]
        if all(signs):
            self.ledger |= own
            return "+" if "+" in signs or self._above_strict(p) else "0+"
        if depth == 0:
            return ""
        open_terms = [term for term, sign in zip(p.terms.items(), signs, strict=True) if not sign]
        best, kept = "", set[str]()  # and the hypotheses behind it
        with self.attempt():  # each fact names its own hypotheses
            for fact in self._facts_for(p):
                for weight in self._weights(p, open_terms, fact.value):
                    rest = p - times(fact.value, weight)
                    if len(rest.terms) > len(p.terms) + 1:
                        continue
                    with self.attempt() as own:
                        found = "0+" if not rest else self._sign(rest, depth - 1)
                        weighed = self._weighs_by(p, *weight) if found else ""  # again, so that what it needs counts as used
                    strict = found == "+" or (fact.strict and weighed == "+")
                    if strict or (found and not best):
                        best, kept = "+" if strict else "0+", own | fact.sources
                    if strict:
                        break
                if best == "+":
                    break
        self.ledger |= kept
        return best

    def _above_strict(self, p: Poly) -> bool:
        """Whether p, a sum of terms >= 0, is at least a multiple of what is known to be positive."""
        for fact in (f for f in self.known if f.strict and not f.pattern and not f.where and len(f.value.terms) > 1):
            ratios = [p.terms.get(m, Fraction(0)) / c for m, c in fact.value.terms.items()]
            if all(c > 0 for c in fact.value.terms.values()) and min(ratios) > 0:
                self.use(fact)
                return True
        return False

    def _weights(self, p: Poly, open_terms: list[tuple[Monomial, Fraction]], fact: Poly) -> Iterator[tuple[Monomial, Fraction]]:
        """w >= 0 such that p - w * fact loses a term of p that is not shown to be >= 0, or the whole of p."""
        seen = set()
        for m, c in open_terms:
            for n, d in fact.terms.items():
                if (c < 0) is not (d < 0):
                    continue
                quotient = monomial((*m, *((a, -e) for a, e in n)))
                weight = (quotient, c / d)
                if weight not in seen and self._weighs_by(p, *weight):
                    seen.add(weight)
                    yield weight

    def _weighs_by(self, p: Poly, quotient: Monomial, c: Fraction) -> str:
        """The sign of a weight beside p, if it has a value: p is defined, so what divides it is not 0."""
        divided = {a for m in p.terms for a, e in m if e < 0}
        if all(e > 0 or a in divided or self.is_apart(of(a)) or self.sign_of_atom(a) == "+" for a, e in quotient):
            return self._sign_of_term(quotient, c)
        return ""

    def _facts_for(self, p: Poly) -> Iterator[Fact]:
        indices = [s for s in p.free if s.type.domain in ("index", "natural")]
        for fact in list(self.known):
            if not (fact.pattern or fact.where):
                yield fact
                continue
            yield from self.instances(fact, indices)
        yield from self._exponentials(p)
        yield from self._powers(p)
        for atom in sorted(
            {a for f in self.known if f.value.holds(Absolute) and not f.pattern for a in f.value.atoms()} - p.atoms()
        ):
            if isinstance(atom, Absolute) and atom.free & p.free:  # a hypothesis bounds |x|
                yield from self._facts_of_kind(atom, p)
        for atom in sorted(p.atoms()):
            if is_jump(atom) or _is_unit(atom):  # 1 - x >= 0 for what lies in the unit interval
                yield Fact(UNIT - of(atom), False)
            yield from self._facts_of_kind(atom, p)

    def _facts_of_kind(self, atom: Atom, p: Poly) -> Iterator[Fact]:
        match atom:
            case Absolute():  # |x| >= x and |x| >= -x
                yield Fact(of(atom) - atom.inside, False)
                yield Fact(of(atom) + atom.inside, False)
            case Product():  # a product of numbers from 0 to 1
                (least, first), (below, second) = self.asked(atom.body), self.asked(UNIT - atom.body)
                if least and below:
                    yield Fact(UNIT - of(atom), False, first | second)
            case BigMax():  # the maximum is >= each
                yield from self._each_below(atom, of(atom), atom.index, atom.body, p)
            case Sum() if len(atom.binders) == 1:
                yield from self._each_below_sum(atom, p)
            case Log():  # and the log of such a sum; below 1 a log is negative; log t <= t - 1 is a lemma with a proof of its own
                below, sources = self.asked(UNIT - atom.argument)
                if below:
                    yield Fact(-of(atom), below == "+", sources)
                yield from self._log_of_each_below(atom, p)
            case Erfc():
                yield Fact(UNIT.scale(2) - of(atom), True)
            case Scalar() if atom.domain in ("size", "natural", "index"):
                yield from self._facts_of_count(atom)

    def _each_below_sum(self, atom: Sum, p: Poly) -> Iterator[Fact]:
        with self.attempt() as own:
            sign = self._sign_of_term(atom.body, Fraction(1))
        if sign:  # a sum of what is >= 0
            yield from self._each_below(atom, of(atom), atom.binders[0], atom.summand, p, own)

    def _facts_of_count(self, atom: Scalar) -> Iterator[Fact]:
        lowest = atom.symbol.type.minimum or (0 if atom.domain == "natural" else 1)
        yield Fact(of(atom) - UNIT.scale(lowest), False)
        size = t.size_of(atom.symbol) if atom.domain == "index" else None
        if isinstance(size, (t.Number, t.Symbol)):  # an index lies from 1 to its size
            last = number(size.value) if isinstance(size, t.Number) else self.plain().symbol(size)
            yield Fact(last - of(atom), False)

    def instances(self, fact: Fact, indices: list[t.Symbol]) -> Iterator[Fact]:
        """A fact for every index, at the indices that occur."""
        names = sorted(fact.pattern, key=lambda s: s.name)
        for chosen in product(indices, repeat=len(names)):
            if not all(is_one_of(b, a) for a, b in zip(names, chosen, strict=True)):
                continue
            if (fact, chosen) not in self._instances:
                algebra = self.plain()
                put = {n: c if c.type.domain == "index" else algebra.symbol(c) for n, c in zip(names, chosen, strict=True)}
                value, *where = (algebra.substitute(p, put) for p in (fact.value, *fact.where))
                self._instances[fact, chosen] = Fact(value, fact.strict, fact.sources, where=tuple(where))
            if (instance := self._where_it_holds(self._instances[fact, chosen])) is not None:
                yield instance

    def _where_it_holds(self, fact: Fact) -> Fact | None:
        """A fact without the conditions that are seen to hold here, by facts that have none; None if one is not."""
        if not fact.where:
            return fact
        with self.knowing([f for f in self.known if not f.where]):
            asked = [self.asked(p) for p in fact.where if p]
        if not all(sign for sign, _ in asked):
            return None
        return Fact(fact.value, fact.strict, fact.sources.union(*(sources for _, sources in asked)))

    def _exponentials(self, p: Poly) -> Iterator[Fact]:
        """exp(u) >= 1 where u >= 0, exp(u) <= 1 where u <= 0; strictly where u is."""
        for m in p.terms:
            factors = [(a, e) for a, e in m if isinstance(a, Exp)]
            if not factors:
                continue
            u = ZERO
            for atom, exponent in factors:
                u = u + atom.exponent.scale(exponent)
            value = Poly({tuple(factors): Fraction(1)})
            for direction in (1, -1):
                sign, sources = self.asked(u.scale(direction))
                if sign:
                    yield Fact((value - UNIT).scale(direction), sign == "+", sources)
                    break

    def _powers(self, p: Poly) -> Iterator[Fact]:
        """base^E <= 1 where 0 <= base <= 1 and E >= 0; strictly where base < 1 and E > 0."""
        for atom, exponent in sorted({(a, e) for m in p.terms for a, e in m if isinstance(a, Power) and e > 0}):
            sign, first = self.asked(atom.base)
            below, second = self.asked(UNIT - atom.base)
            if sign and below:
                grows, third = self.asked(atom.exponent)
                yield Fact(UNIT - of(atom, exponent), below == grows == "+", first | second | third)

    def _each_below(
        self, atom: Atom, value: Poly, name: t.Symbol, body: Poly, p: Poly, needed: Iterable[str] = ()
    ) -> Iterator[Fact]:
        """value >= body at every index that occurs in p, by the hypotheses that are needed."""
        over = name.type.over
        several, sources = (
            isinstance(over, t.Symbol) and over.type.minimum >= 2 and not isinstance(atom, BigMax),
            frozenset(needed),
        )
        if several:
            with self.attempt() as own:
                several = self.positive(body)
            sources |= own
        for index in sorted((s for s in p.free if s.type.domain == "index"), key=lambda s: s.name):
            if index.type.over == over:
                if (body, name, index) not in self._entries:
                    self._entries[body, name, index] = self.plain().substitute(body, {name: index})
                yield Fact(value - self._entries[body, name, index], several, sources)

    def _log_of_each_below(self, atom: Log, p: Poly) -> Iterator[Fact]:
        """log(sum(k: f(k))) >= log(f(i)) where every f(k) > 0."""
        one = atom.argument.single()
        if one is None or one[1] != 1 or len(one[0]) != 1 or not isinstance(one[0][0][0], Sum) or one[0][0][1] != 1:
            return
        inner = one[0][0][0]
        with self.attempt() as own:
            positive = len(inner.binders) == 1 and self._sign_of_term(inner.body, Fraction(1)) == "+"
            logarithm = self.algebra().log(inner.summand) if positive else None
        if logarithm is not None:
            yield from self._each_below(atom, of(atom), inner.binders[0], logarithm, p, own)

    def _sign_of_term(self, m: Monomial, c: Fraction) -> str:
        if c < 0:
            return ""
        signs = [self._sign_of_power(a, e) for a, e in m]
        if all(signs):
            return "0+" if "0+" in signs else "+"
        return ""

    def _sign_of_power(self, atom: Atom, exponent: Fraction) -> str:
        sign = self.sign_of_atom(atom)
        if sign == "+":
            return "+"
        if exponent.denominator == 1 and exponent % 2 == 0:
            return "+" if exponent < 0 or self._differs_from_0(atom) else "0+"
        if sign == "0+" and self.is_apart(of(atom)):
            return "+"
        if exponent < 0 and sign == "0+":
            return "+"  # it is divided by, so it is not 0 (a condition says so), and it is >= 0
        if exponent.denominator % 2 == 0:
            return "0+"  # an even root of something defined
        return sign if sign == "0+" else ""

    def _differs_from_0(self, atom: Atom) -> bool:
        """Whether a hypothesis says that it is not 0, or that it is negative."""
        below = next((f for f in self.known if f.strict and not f.pattern and not f.where and f.value == -of(atom)), None)
        if below is not None:
            self.use(below)
        return below is not None or self.is_apart(of(atom))

    def sign_of_atom(self, atom: Atom) -> str:
        about = [fact for fact in self.known if fact.about is atom]
        for fact in about:
            if fact.strict:
                self.use(fact)
                return "+"
        if atom in self._busy:  # asked for on the way to itself
            return ""
        self._busy.add(atom)
        try:
            declared = self._sign_by_kind(atom)
        finally:
            self._busy.discard(atom)
        if declared == "+":
            return declared
        if about and not declared:
            self.use(about[0])
            return "0+"
        for fact in self.known:
            general = fact.value.single() if fact.pattern and (fact.strict or not declared) else None
            if general is not None and len(general[0]) == 1 and type(general[0][0][0]) is type(atom):
                for instance in self.instances(fact, [s for s in atom.free if s.type.domain in ("index", "natural")]):
                    if instance.about is atom:
                        self.use(instance)
                        return "+" if fact.strict else "0+"
        return declared

    def _sign_by_kind(self, atom: Atom) -> str:
        match atom:
            case Letter():
                low, attained, _, _ = t.DOMAINS[atom.domain]
                if low is None:
                    return ""
                return "+" if low > 0 or not attained or atom.symbol.type.minimum > 0 else "0+"
            case Exp() | Prime() | Pi() | Erfc():
                return "+"
            case Step() | Delta() | Absolute():
                return "0+"
            case Denominator():
                return self._sign(atom.value, DEPTH - 1) or self._sign_by_factors(atom.value)
            case Sum():
                sign = self._sign_of_term(atom.body, Fraction(1))  # sizes are at least 1
                strict = sign and (self._has_positive_term(atom.binders, atom.body) or self._weighs(atom.binders, atom.body))
                return "+" if strict else sign
            case Product():
                return self._sign(atom.body, DEPTH - 1)
            case BigMax():
                sign = self._sign(atom.body, DEPTH - 1)
                one = atom.body.single() if sign == "0+" else None
                return "+" if one is not None and one[1] > 0 and self._weighs((atom.index,), one[0]) else sign
            case Range():
                return "0+" if self._sign(atom.body, DEPTH - 1) else ""  # may be an empty sum
            case Power():
                return self._sign(atom.base, DEPTH - 1)
            case Log():
                return self._sign(atom.argument - UNIT, DEPTH - 1)  # log is increasing and log 1 = 0
            case Max() | Min():
                signs = [self._sign(p, DEPTH - 1) for p in atom.values]
                first, last = ("+", "") if isinstance(atom, Max) else ("", "+")
                return next(sign for sign in (first, "0+", last) if sign in signs)
        return ""

    def _has_positive_term(self, names: tuple[t.Symbol, ...], body: Monomial) -> bool:
        """Whether a fact says that one summand is positive."""
        if len(names) > 2:
            return False
        strict = [f.value for f in self.known if f.strict and not f.pattern and not f.where and len(f.value.terms) == 1]
        strict += self.apart
        indices = sorted({s for p in strict for s in p.free if s.type.domain == "index"}, key=lambda s: s.name)
        for chosen in product(indices, repeat=len(names)):
            if all(is_one_of(c, n) for c, n in zip(chosen, names, strict=True)):
                term = self.plain().substitute(Poly({body: Fraction(1)}), dict(zip(names, chosen, strict=True)))
                if (one := term.single()) is not None and one[1] > 0 and all(starmap(self._power_is_positive, one[0])):
                    return True
        return False

    def _weighs(self, names: tuple[t.Symbol, ...], body: Monomial) -> bool:
        """Whether positive numbers stand beside weights that sum to 1: a simplex has a positive entry."""
        weights = [a for a, e in body if isinstance(a, Entry) and e > 0 and a.domain in ("simplex", "onehot")]
        return any(
            isinstance(k := w.indices[-1], t.Symbol)
            and k in names
            and k.type.over == w.symbol.type.shape[-1]  # all weights, not the first few
            and k not in w.indices[:-1]
            and all(self._sign_of_power(a, e) == "+" for a, e in body if a is not w)
            for w in weights
        )

    def _power_is_positive(self, atom: Atom, exponent: Fraction) -> bool:
        return self._known_positive(atom) or (exponent % 2 == 0 and self._differs_from_0(atom))

    def _known_positive(self, atom: Atom) -> bool:
        found = next((f for f in self.known if f.strict and not f.where and f.value == of(atom)), None)
        if found is not None:
            self.use(found)
        return found is not None or (isinstance(atom, (Exp, Letter)) and self._sign_by_kind(atom) == "+")

    def _sign_by_cases(self, p: Poly) -> str:
        """|x| is x where x >= 0 and -x elsewhere; a step or a delta is 1 or 0; what is linear in a number from 0 to 1 lies
        between its values at 0 and at 1."""
        split = sorted(a for a in p.atoms() if isinstance(a, (Absolute, Delta, Step)) or _is_linear_unit(a, p))
        if not split or len(split) > CASES or len(p.terms) > 60:
            return ""
        atom, algebra, found = split[0], self.algebra(), []
        if isinstance(atom, Absolute):
            inside = atom.inside
            cases: list[tuple[Poly, Fact | None]] = [(inside, Fact(inside, False)), (-inside, Fact(-inside, False))]
        elif isinstance(atom, Step):
            cases = [(UNIT, Fact(atom.argument, False)), (ZERO, Fact(-atom.argument, True))]
        else:
            cases = [(UNIT, None), (ZERO, None)]  # nothing is known of the indices
        for value, fact in cases:
            with self.knowing(self.known + ([fact] if fact is not None else [])):
                try:
                    found.append(self.sign(_put(algebra, p, atom, value)))
                except KernelError:
                    found.append("")
            if not found[-1]:
                return ""
        return "0+" if "0+" in found else "+"

    def _sign_beside_exponential(self, p: Poly) -> str:
        """p over one of its exponentials: exp(a) - exp(b) has the sign of exp(a - b) - 1."""
        if not 2 <= len(p.terms) <= 4:
            return ""
        divisors = {tuple(f for f in m if isinstance(f[0], Exp)) for m in p.terms} - {()}
        for divisor in sorted(divisors, key=monomial_key):
            down = tuple((a, -e) for a, e in divisor)
            if sign := self._sign(Poly({monomial((*m, *down)): c for m, c in p.terms.items()}), DEPTH):
                return sign
        return ""

    def _sign_by_factors(self, p: Poly) -> str:
        """The product of the signs of the irreducible factors."""
        if len(p.terms) == 1 or len(p.terms) > 60:
            return ""
        try:
            algebra = self.algebra()
            content, common, primitive = algebra.content(p, lambda _: True)
            parts = algebra.factors(primitive)
        except KernelError:
            return ""
        if len(parts) == 1 and parts[0][1] == 1 and not common:
            return ""
        negative = content < 0
        signs = [self._sign_of_power(a, e) for a, e in common]
        for factor, exponent in parts:
            sign = self._sign(factor, DEPTH)
            if not sign and self._sign(-factor, DEPTH):
                sign, negative = self._sign(-factor, DEPTH), negative ^ (exponent % 2 == 1)
            if exponent % 2 == 0:
                sign = sign or "0+"
            signs.append(sign)
        if negative or not all(signs):
            return ""
        return "0+" if "0+" in signs else "+"


def _is_linear_unit(atom: Atom, p: Poly) -> bool:
    """A number from 0 to 1 in which p is linear; the other atoms are the numbers that they are."""
    return _is_unit(atom) and {e for m in p.terms for a, e in m if a is atom} == {Fraction(1)}


def _is_unit(atom: Atom) -> bool:
    """Whether it is declared to lie from 0 to 1."""
    return isinstance(atom, Letter) and atom.domain in ("unit", "simplex", "onehot")


def _jumps(p: Poly) -> bool:
    """Whether a step occurs: what is positive at one point need not be so around it."""
    return p.holds(Step)


def _put(algebra: Algebra, p: Poly, atom: Atom, value: Poly) -> Poly:
    """p with a value for an atom, wherever it is a factor."""
    result = ZERO
    for m, c in p.terms.items():
        exponent = dict(m).get(atom, Fraction(0))
        others = algebra.combine((a, e) for a, e in m if a is not atom)
        result = result + algebra.multiply(others, algebra.raise_to(value, number(exponent))).scale(c)
    return result


def times(p: Poly, weight: tuple[Monomial, Fraction]) -> Poly:
    """p times one term, without rewriting (only compared, never trusted as a normal form)."""
    m, c = weight
    return Poly({monomial((*m, *n)): c * d for n, d in p.terms.items()})


def is_one_of(symbol: t.Symbol, general: t.Symbol) -> bool:
    """Whether every value of the symbol is a value of the general one."""
    return symbol.type.minimum >= general.type.minimum and replace(symbol.type, minimum=0) == replace(general.type, minimum=0)
