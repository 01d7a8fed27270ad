"""Limits by expansion: what a normal form is like as y -> inf, term after term, each term smaller than the one before.

A term is a number times a size exp(E(y)) y^a log(y)^b log(log(y))^c ..., where E is itself a finite sum of terms that tend
to infinity, none of them a multiple of log(y), log(log(y)), ... So the logarithm of a size is a sum of such terms, and of
two sizes the larger is known by the sign of the largest term in the difference of their logarithms. What is left out of an
expansion is O(rest), and that is carried along: nothing is taken for 0 that was only not computed.

Numbers are polynomials of the kernel without y. Their signs are those that the facts give, or balls for numbers without letters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from functools import cmp_to_key
from typing import TypeVar

from mathcore.language import tree as t
from mathcore.language.substitution import substitute
from mathcore.proof.kernel.atom import Absolute, Denominator, Entry, Erfc, Exp, Extreme, Log, Max, Power, Step, Sum
from mathcore.proof.kernel.equations import replace_atom
from mathcore.proof.kernel.ledger import Condition
from mathcore.proof.kernel.normal import Normal
from mathcore.proof.kernel.numbers import sign_of_number
from mathcore.proof.kernel.polynomial import UNIT, ZERO, Atom, KernelError, Monomial, Poly, number, of
from mathcore.proof.kernel.show import show
from mathcore.proof.scope import NotShown

Value = Poly | str  # a finite limit, or "inf" / "-inf"
ORDERS = (3, 6, 12)  # terms of a power series, tried in turn
DEEPEST = 12
Told = TypeVar("Told")
Leader = tuple[t.Symbol, t.Symbol, Poly, str]  # k, j, what is positive for every k but j, by which hypothesis


class TooShort(NotShown):
    """All terms that were computed cancel: longer expansions may tell."""


@dataclass(frozen=True)
class Size:
    """exp(E(y)) y^a log(y)^b log(log(y))^c ...: `powers` are a, b, c, ...; the terms of E fall."""

    powers: tuple[Poly, ...] = ()
    exponent: tuple[Term, ...] = ()


Term = tuple[Size, Poly]
ONE = Size()
NOTHING = Size((number(-60),))  # b^y with |b| < 1 falls faster than this power of y, and than every other


@dataclass(frozen=True)
class Expansion:
    """Terms that fall, and an O(rest) that is smaller than each of them; without a rest the sum is exact."""

    terms: tuple[Term, ...] = ()
    rest: Size | None = None


class Expanding:
    """Expansions as the positive symbol y tends to infinity; facts hold for all y, or for y large enough."""

    def __init__(
        self, normal: Normal, y: t.Symbol, is_zero: Callable[[Poly], bool] | None = None, leaders: Sequence[Leader] = ()
    ) -> None:
        self.normal, self.y, self.vanishes, self.leaders = normal, y, is_zero, leaders
        self.place = normal.symbol(y)
        (self.atom,) = self.place.atoms()
        self.order, self.depth = ORDERS[0], 0
        self.found: dict[Poly, Expansion] = {}
        self.signs: dict[Size, int] = {}
        self.bounds: dict[Poly, int] = {}

    def limit(self, p: Poly) -> Value:
        return self._longer(lambda: self._limit(p))

    def eventually(self, p: Poly, relation: str) -> bool:
        """Whether p is > 0 (or >= 0, or != 0) for every y that is large enough."""
        if self.normal.facts.positive(p) or (relation == ">=" and self.normal.facts.nonnegative(p)):
            return True
        sign = self._longer(lambda: self.sign(self.leading(self.of(p))[1]))
        return relation == "!=" or sign > 0

    def _longer(self, ask: Callable[[], Told]) -> Told:
        """With longer expansions until they tell."""
        for order in ORDERS:
            self.order, self.found = order, {}
            try:
                return ask()
            except TooShort as error:
                reason = error
        raise reason

    def _limit(self, p: Poly) -> Value:
        found = self.of(p)
        if not found.terms:
            if found.rest is None or self.sign_of(found.rest) < 0:
                return ZERO
            raise TooShort(f"the leading terms of {show(p)} cancel")
        size, coefficient = found.terms[0]
        order = self.sign_of(size)
        if order < 0:
            return ZERO
        if order == 0:
            return coefficient
        return "inf" if self.sign(coefficient) > 0 else "-inf"

    # comparing -----------------------------------------------------------------------------------------------

    def sign(self, value: Poly) -> int:
        """1 or -1, or not shown."""
        facts = self.normal.facts
        if sign := sign_of_number(value):
            return sign
        if facts.positive(value):
            return 1
        if facts.positive(-value):
            return -1
        raise NotShown(f"the sign of {show(value)} is not known")

    def is_zero(self, value: Poly) -> bool:
        if not value or self.vanishes is not None:
            return not value or self.vanishes(value)  # type: ignore[misc]  # as tested
        return len(value.terms) > 1 and self.normal.is_zero(value)

    def sign_of(self, size: Size) -> int:
        """Whether a size tends to inf (1), is 1 (0) or tends to 0 (-1): the sign of the largest term of its logarithm."""
        if size not in self.signs:
            self.signs[size] = self._sign_of(size)
        return self.signs[size]

    def _sign_of(self, size: Size) -> int:
        level = next((k for k, power in enumerate(size.powers) if power), None)
        if not size.exponent:
            return 0 if level is None else self.sign(size.powers[level])
        first, coefficient = size.exponent[0]
        if level is not None and self.compare(first, _logarithm(level)) < 0:
            return self.sign(size.powers[level])
        return self.sign(coefficient)

    def compare(self, a: Size, b: Size) -> int:
        return 0 if a == b else self.sign_of(self.times(a, self.to(b, number(-1))))

    def times(self, a: Size, b: Size) -> Size:
        longest = max(len(a.powers), len(b.powers))
        powers = [sum((s.powers[k] for s in (a, b) if k < len(s.powers)), ZERO) for k in range(longest)]
        exponent = self.collected((*a.exponent, *b.exponent)) if a.exponent and b.exponent else a.exponent or b.exponent
        return _size(powers, exponent)

    def to(self, size: Size, e: Poly) -> Size:
        multiply = self.normal.multiply
        return _size([multiply(p, e) for p in size.powers], tuple((s, multiply(c, e)) for s, c in size.exponent))

    def collected(self, terms: Iterable[Term]) -> tuple[Term, ...]:
        """Terms of one size added, the largest first; what is 0 is left out."""
        sums: dict[Size, Poly] = {}
        for size, coefficient in terms:
            sums[size] = sums.get(size, ZERO) + coefficient
        kept = [(size, value) for size, value in sums.items() if not self.is_zero(value)]
        kept.sort(key=cmp_to_key(self.falling))
        result: list[Term] = []
        for size, value in kept:
            if result and self.compare(result[-1][0], size) == 0:  # one size in two forms
                both = result.pop()[1] + value
                result += [] if self.is_zero(both) else [(size, both)]
            else:
                result.append((size, value))
        return tuple(result)

    def falling(self, a: Term, b: Term) -> int:
        return self.compare(b[0], a[0])

    # expansions ----------------------------------------------------------------------------------------------

    def sum(self, parts: Iterable[Expansion]) -> Expansion:
        terms: list[Term] = []
        rest: Size | None = None
        for part in parts:
            terms += part.terms
            rest = self.larger(rest, part.rest)
        return self.made(terms, rest)

    def made(self, terms: Iterable[Term], rest: Size | None) -> Expansion:
        terms = tuple(terms)
        try:
            kept = self.collected(terms)
        except NotShown:  # which of them is larger is not known: a^y or b^y; both are nothing beside powers of y
            slow = [term for term in terms if not self.is_below(term[0], NOTHING)]
            if len(slow) == len(terms):
                raise
            kept, rest = self.collected(slow), self.larger(rest, NOTHING)
        if rest is not None:
            kept = tuple(term for term in kept if self.compare(term[0], rest) > 0)
        if len(kept) > 4 * self.order:
            kept, rest = kept[: 4 * self.order], kept[4 * self.order][0]
        return Expansion(kept, rest)

    def is_below(self, a: Size, b: Size) -> bool:
        try:
            return self.compare(a, b) < 0
        except NotShown:
            return False

    def larger(self, a: Size | None, b: Size | None) -> Size | None:
        if a is None or b is None:
            return b if a is None else a
        try:
            return a if self.compare(a, b) >= 0 else b
        except NotShown:
            if self.is_below(a, NOTHING) and self.is_below(b, NOTHING):
                return NOTHING
            raise

    def product(self, a: Expansion, b: Expansion) -> Expansion:
        terms = [(self.times(r, s), self.normal.multiply(c, d)) for r, c in a.terms for s, d in b.terms]
        rest: Size | None = None
        for one, other in ((a, b), (b, a)):
            bound = other.terms[0][0] if other.terms else other.rest
            if one.rest is not None and bound is not None:
                rest = self.larger(rest, self.times(one.rest, bound))
        return self.made(terms, rest)

    def leading(self, a: Expansion) -> Term:
        """The first term; its coefficient is not 0, and positive or negative by what its sign is asked for."""
        if not a.terms:
            if a.rest is None:
                raise NotShown("0 has no leading term")
            raise TooShort("the leading terms cancel")
        return a.terms[0]

    def apart(self, a: Expansion) -> tuple[Size, Poly, Expansion]:
        """size, c and d where the expansion is c size (1 + d), c != 0 and d -> 0."""
        size, coefficient = self.leading(a)
        if not self.normal.facts.is_apart(coefficient):
            self.sign(coefficient)
        down, inverse = self.to(size, number(-1)), self.free_of_conditions(lambda: self.normal.inverse(coefficient))
        terms = tuple((self.times(s, down), self.normal.multiply(c, inverse)) for s, c in a.terms[1:])
        return size, coefficient, Expansion(terms, None if a.rest is None else self.times(a.rest, down))

    def series(self, small: Expansion, coefficients: Callable[[int], Poly]) -> Expansion:
        """The sum of coefficients(k) small^k, for a function that is analytic at 0."""
        bound = small.terms[0][0] if small.terms else small.rest
        if bound is None:
            return self.constant(coefficients(0))
        result = self.constant(coefficients(self.order - 1))
        for k in reversed(range(self.order - 1)):
            result = self.sum((self.product(result, small), self.constant(coefficients(k))))
        return self.made(result.terms, self.larger(result.rest, self.to(bound, number(self.order))))

    def constant(self, value: Poly) -> Expansion:
        return Expansion(((ONE, value),) if value else ())

    def free_of_conditions(self, make: Callable[[], Poly]) -> Poly:
        """A value whose condition was shown here: that a number is not 0, or positive."""
        with self.normal.attempt() as own:
            value = make()
        self.normal.include(own.without(lambda _: True))
        return value

    def power(self, a: Expansion, e: Poly) -> Expansion:
        value = e.constant()
        size, coefficient, small = self.apart(a)
        if value is None or value.denominator != 1:
            if self.sign(coefficient) < 0:
                raise NotShown("a root, or a real power, of something negative")
            log = self.free_of_conditions(lambda: self.normal.log(coefficient))
            first = self.normal.exp(self.normal.multiply(e, log))
        else:
            first = self.free_of_conditions(lambda: self.normal.power(coefficient, int(value)))
        binomials = [UNIT]
        for k in range(1, self.order + 1):
            binomials.append(self.normal.multiply(binomials[-1], e - number(k - 1)).scale(Fraction(1, k)))
        return self.product(Expansion(((self.to(size, e), first),)), self.series(small, binomials.__getitem__))

    def log(self, a: Expansion) -> Expansion:
        size, coefficient, small = self.apart(a)
        if self.sign(coefficient) < 0:
            raise NotShown("a logarithm of something negative")
        inside = [*size.exponent, *((_logarithm(k), power) for k, power in enumerate(size.powers) if power)]
        first = self.free_of_conditions(lambda: self.normal.log(coefficient))
        rest = self.series(small, lambda k: number(Fraction((-1) ** (k + 1), k)) if k else ZERO)
        return self.sum((self.made(inside, None), self.constant(first), rest))

    def exp(self, a: Expansion) -> Expansion:
        if a.rest is not None and self.sign_of(a.rest) >= 0:
            raise TooShort("an exponent is not known up to what tends to 0")
        large, constant, small = list[Term](), ZERO, list[Term]()
        for size, coefficient in a.terms:
            order = self.sign_of(size)
            if order == 0:
                constant = constant + coefficient
            else:
                (large if order > 0 else small).append((size, coefficient))
        powers: dict[int, Poly] = {}
        exponent: list[Term] = []
        for size, coefficient in large:
            level = _level(size)
            if level is None:
                exponent.append((size, coefficient))
            else:
                powers[level] = coefficient
        whole = _size([powers.get(k, ZERO) for k in range(max(powers, default=-1) + 1)], tuple(exponent))
        factorial = [Fraction(1)]
        for k in range(1, self.order + 1):
            factorial.append(factorial[-1] / k)
        rest = self.series(Expansion(tuple(small), a.rest), lambda k: number(factorial[k]))
        return self.product(Expansion(((whole, self.normal.exp(constant)),)), rest)

    # reading normal forms ------------------------------------------------------------------------------------

    def of(self, p: Poly) -> Expansion:
        if self.y not in p.free:
            return self.constant(p)
        if p not in self.found:
            self.depth += 1
            try:
                if self.depth > DEEPEST:
                    raise NotShown("too deeply nested")
                self.found[p] = self._of(p)
            finally:
                self.depth -= 1
        return self.found[p]

    def _of(self, p: Poly) -> Expansion:
        content, common, primitive = self.normal.content(p, lambda _: True)
        outside = self.of_factors(common, content)
        if primitive == UNIT:
            return outside
        return self.product(outside, self.sum(self.of_factors(m, c) for m, c in primitive.terms.items()))

    def of_factors(self, factors: Monomial, coefficient: Fraction) -> Expansion:
        constant, inside, parts = number(coefficient), ZERO, list[Expansion]()
        for atom, exponent in factors:
            if self.y not in atom.free:
                constant = self.normal.multiply(constant, self.normal.combine([(atom, exponent)]))
            elif isinstance(atom, Exp):  # exp(a) exp(b) as exp(a + b): what grows in a may be what falls in b
                inside = inside + atom.exponent.scale(exponent)
            else:
                parts.append(self.of_atom(atom, exponent))
        result = self.constant(constant)
        if inside:
            parts.append(self.exp(self.of(inside)))
        for part in parts:
            result = self.product(result, part)
        return result

    def of_atom(self, atom: Atom, exponent: Fraction) -> Expansion:
        """atom^exponent"""
        if atom is self.atom:
            return Expansion(((Size((number(exponent),)), UNIT),))
        if isinstance(atom, Power):
            return self.of_power(atom, exponent)
        base = self.of_base(atom)
        return base if exponent == 1 else self.power(base, number(exponent))

    def of_base(self, atom: Atom) -> Expansion:
        if isinstance(atom, Log):
            return self.of_log(atom.argument)
        if isinstance(atom, Denominator):
            return self.of(atom.value)
        if isinstance(atom, Absolute):
            inside = self.of(atom.inside)
            sign = self.sign(self.leading(inside)[1])
            return self.product(self.constant(number(sign)), inside)
        if isinstance(atom, Extreme):
            return self.extreme(1 if isinstance(atom, Max) else -1, atom.values)
        if isinstance(atom, Step):
            return self.constant(UNIT if self.sign(self.leading(self.of(atom.argument))[1]) > 0 else ZERO)
        if isinstance(atom, Erfc):
            return self.erfc(self.of(atom.argument))
        if isinstance(atom, Sum):
            return self.of_sum(*self.normal.open(atom))
        raise NotShown(f"no rule for the growth of {show(of(atom))}")

    def of_sum(self, binders: list[t.Symbol], body: Monomial) -> Expansion:
        inside = self.of(Poly({body: Fraction(1)}))
        sizes = [s for s, _ in inside.terms] + ([] if inside.rest is None else [inside.rest])
        if not any(b in free for b in binders for s in sizes for free in _free(s)):
            return self.made([(s, self.normal.sum_all(binders, c)) for s, c in inside.terms], inside.rest)
        for k, j, gap, source in self.leaders if len(binders) == 1 else ():
            if k.type == j.type == binders[0].type:
                with suppress(NotShown):
                    result = self.led(inside, binders[0], j, self.normal.substitute(gap, {k: binders[0]}))
                    self.normal.facts.ledger.add(source)
                    return result
        raise NotShown("a sum whose terms grow in different ways")

    def led(self, inside: Expansion, k: t.Symbol, j: t.Symbol, gap: Poly) -> Expansion:
        """The sum over k of terms that all are smaller than the one at j: that one and O(the largest of the others).

        What is positive for every k but j, `gap`, is some g > 0 at that largest; by it an entry at k is known there.
        """
        g = self.normal.symbol(t.fresh(t.Symbol("g", t.Type("positive"))))
        for m, c in gap.terms.items():
            rest = gap - Poly({m: c})
            if len(m) == 1 and isinstance(m[0][0], Entry) and m[0][1] == 1 and k not in rest.free:
                break
        else:
            raise NotShown("the other terms of the sum are not known")
        entry = m[0][0]
        value = (g - rest).scale(1 / c)
        first = self.mapped(inside, lambda p: self.normal.substitute(p, {k: j}))
        others = self.mapped(inside, lambda p: replace_atom(self.normal, p, entry, value))
        bound = others.terms[0][0] if others.terms else others.rest
        if bound is None or any(k in free for free in _free(bound)):
            raise NotShown("the other terms of the sum are not known")
        result = self.made(first.terms, self.larger(first.rest, bound))
        self.leading(result)
        return result

    def mapped(self, a: Expansion, change: Callable[[Poly], Poly]) -> Expansion:
        """An expansion with its numbers changed."""

        def size(s: Size) -> Size:
            return _size([change(p) for p in s.powers], self.collected((size(inner), change(c)) for inner, c in s.exponent))

        return self.made([(size(s), change(c)) for s, c in a.terms], None if a.rest is None else size(a.rest))

    def of_log(self, inside: Poly) -> Expansion:
        try:
            return self.log(self.of(inside))
        except TooShort:
            raise
        except NotShown:  # which exponential grows fastest is not known
            return self.largest_slope(inside)

    def largest_slope(self, inside: Poly) -> Expansion:
        """log(sum of w_i exp(a_i y)) is m y + O(1), m the largest a_i, where all w_i > 0."""
        values: list[Poly] = []
        for m, c in inside.terms.items():
            slope = self._slope([], m)
            if c <= 0 or slope is None:
                raise NotShown(f"no rule for the growth of log({show(inside)})")
            values.append(slope)
        return self.made([(Size((UNIT,)), self.normal.extreme("max", values))], ONE)

    def _slope(self, binders: list[t.Symbol], m: tuple[tuple[Atom, Fraction], ...]) -> Poly | None:
        """The largest a over the binders, of w exp(a y) with w > 0 free of y."""
        inside, rest = ZERO, list[tuple[Atom, Fraction]]()
        for atom, exponent in m:
            if isinstance(atom, Exp) and self.y in atom.free:
                inside = inside + atom.exponent.scale(exponent)
            elif isinstance(atom, Sum) and self.y in atom.free and exponent == 1 and len(m) == 1:
                fresh, body = self.normal.open(atom)
                return self._slope(fresh, tuple(body))
            else:
                rest.append((atom, exponent))
        slope = self.normal.multiply(inside, of(self.atom, Fraction(-1)))
        weight = Poly({tuple(rest): Fraction(1)})
        if self.y in slope.free or self.y in weight.free or not self.normal.facts.positive(weight):
            return None
        for binder in binders:
            slope = self.normal.big_extreme("max", binder, slope)
        return slope

    def of_power(self, atom: Power, exponent: Fraction) -> Expansion:
        """base^E for a natural number E."""
        base, count = atom.base, atom.exponent.scale(exponent)
        if exponent.denominator == 1 and exponent % 2 == 0:
            base, count = self.normal.power(base, 2), count.scale(Fraction(1, 2))
        if self.y not in base.free:
            return self.of_constant_base(base, count)
        return self.exp(self.product(self.of(count), self.log(self.of(base))))

    def of_constant_base(self, base: Poly, count: Poly) -> Expansion:
        facts, grows = self.normal.facts, self.leading(self.of(count))
        try:
            positive = self.sign(base) > 0
        except NotShown:
            positive = False
        if positive:
            log = self.free_of_conditions(lambda: self.normal.log(base))
            return self.exp(self.product(self.of(count), self.constant(log)))
        if self.sign(grows[1]) < 0 or self.compare(grows[0], Size((UNIT,))) != 0:
            raise NotShown(f"no rule for powers of {show(base)}")
        gap = UNIT - self.normal.absolute(base)
        if (sign_of_number(gap) or 0) > 0 or facts.positive(gap) or (facts.positive(UNIT - base) and facts.positive(UNIT + base)):
            return Expansion((), NOTHING)
        if not gap or facts.nonnegative(gap):
            return Expansion((), ONE)
        raise NotShown(f"no rule for powers of {show(base)}")

    def extreme(self, sign: int, parts: tuple[Poly, ...]) -> Expansion:
        best = parts[0]
        for part in parts[1:]:
            gap = part - best
            if gap and not self.is_zero(gap) and self.sign(self.leading(self.of(gap))[1]) == sign:
                best = part
        return self.of(best)

    def erfc(self, inside: Expansion) -> Expansion:
        """erfc(u) is exp(-u^2) / (u sqrt(pi)) (1 - 1 / (2 u^2) + 3 / (4 u^4) - ...) as u -> inf."""
        if not inside.terms:
            raise TooShort("the argument of erfc is not known")
        size, coefficient = inside.terms[0]
        order = self.sign_of(size)
        if order <= 0:  # the value at the limit of u; it differs from erfc(u) by as little as u from its limit
            small = inside.terms[1:] if order == 0 else inside.terms
            bound = small[0][0] if small else inside.rest
            return self.made([(ONE, self.normal.erfc(ZERO if order else coefficient))], bound)
        if self.sign(coefficient) < 0:
            return self.sum((self.constant(number(2)), self.product(self.constant(number(-1)), self.erfc(self.negative(inside)))))
        square = self.product(inside, inside)
        doubles = [UNIT]
        for k in range(1, self.order + 1):
            doubles.append(doubles[-1].scale(Fraction(-(2 * k - 1), 2)))
        tail = self.series(self.power(square, number(-1)), doubles.__getitem__)
        root = self.normal.raise_to(self.normal.pi(), number(Fraction(-1, 2)))
        front = self.product(self.exp(self.negative(square)), self.power(inside, number(-1)))
        return self.product(self.product(self.constant(root), front), tail)

    def negative(self, a: Expansion) -> Expansion:
        return Expansion(tuple((s, -c) for s, c in a.terms), a.rest)


def _powers_as_exponentials(node: t.Expr, y: t.Symbol) -> t.Expr:
    """b^e as exp(e log(b)) for an e that is no number: the same where b > 0, which reading the logarithm asks for."""
    node = t.map_children(node, lambda part: _powers_as_exponentials(part, y))
    if isinstance(node, t.Pow) and y in t.free_symbols(node) and t.free_symbols(node.exponent):
        return t.Call("exp", (t.Mul(t.Paren(node.exponent), t.Call("log", (node.base,))),))
    return node


def near(
    normal: Normal,
    node: t.Limit,
    body: t.Expr,
    side: str,
    is_zero: Callable[[Poly], bool] | None = None,
    leaders: Sequence[Leader] = (),
) -> Value:
    """The limit of a body from one side; what it needs to have a value has to hold near the point.

    `is_zero` may know more numbers to be 0 than the normal form. `leaders` say at which place something is largest.
    """
    sized = (s for s in t.walk(body) if isinstance(s, t.Symbol) and s != node.variable)
    if any(node.variable in t.free_symbols(s) for s in sized):
        raise NotShown(f"a limit by {node.variable.name.partition('~')[0]}, the size of an array or the number of terms")
    y, one = on_the_way(node, side)
    moved = substitute(body, {node.variable: one})
    try:
        return _limit(normal, moved, Expanding(normal, y, is_zero, leaders))
    except NotShown:
        if t.same(powers := _powers_as_exponentials(moved, y), moved):
            raise
    return _limit(normal, powers, Expanding(normal, y, is_zero, leaders))


def holds_near(normal: Normal, node: t.Limit, relation: t.Relation, side: str) -> bool:
    """Whether a < b, a >= b, ... holds for every place that is near enough to the point."""
    y, one = on_the_way(node, side)
    ((a, b),), op = [relation.args], relation.ops[0]
    gap = t.Sub(t.Paren(b), t.Paren(a)) if op in ("<", "<=") else t.Sub(t.Paren(a), t.Paren(b))
    kind = {"<": ">", "<=": ">="}.get(op, op)
    try:
        return kind != "=" and Expanding(normal, y).eventually(normal.read(substitute(gap, {node.variable: one})), kind)
    except (NotShown, KernelError):
        return False


def on_the_way(node: t.Limit, side: str) -> tuple[t.Symbol, t.Expr]:
    """y, and the variable written as y, -y or point +- 1/y for y -> inf."""
    y = t.fresh(t.Symbol("y", t.Type("positive")))
    if node.point == t.Neg(t.INFINITY):
        return y, t.Neg(y)
    if node.point != t.INFINITY:
        step = t.Div(t.number(1), y)
        return y, t.Paren(t.Add(node.point, step) if side == "+" else t.Sub(node.point, step))
    if node.variable.type.domain in ("natural", "size"):
        y = t.fresh(t.Symbol("y", t.Type("natural", minimum=1)))
    return y, y


def _limit(normal: Normal, moved: t.Expr, expanding: Expanding) -> Value:
    """The limit for y -> inf; what the body needs to have a value has to hold for y large enough."""
    y = expanding.y

    def eventually(condition: Condition) -> bool:
        if y in condition.value.free and not expanding.eventually(condition.value, condition.relation):
            raise NotShown(f"{show(condition.value)} {condition.relation} 0 is not shown near the point")
        return y in condition.value.free

    try:
        with normal.attempt() as own:
            p = normal.read(moved)
        normal.include(own.without(eventually))
        with normal.attempt() as own:
            value = expanding.limit(p)
        if any(y in c.value.free for c in own.conditions.values()):
            raise NotShown("a condition on the way is not shown")
        normal.include(own)
    except KernelError as error:
        raise NotShown(str(error)) from None
    return value


def _size(powers: Iterable[Poly], exponent: tuple[Term, ...]) -> Size:
    kept = list(powers)
    while kept and not kept[-1]:
        kept.pop()
    return Size(tuple(kept), exponent)


def _logarithm(level: int) -> Size:
    """log(y) for 0, log(log(y)) for 1, ..."""
    return Size((*[ZERO] * (level + 1), UNIT))


def _level(size: Size) -> int | None:
    """k where the size is the logarithm of what has the k-th power: log(y) for 0, log(log(y)) for 1."""
    if size.exponent or len(size.powers) < 2 or size.powers[-1] != UNIT or any(size.powers[:-1]):
        return None
    return len(size.powers) - 2


def _free(size: Size) -> Iterator[frozenset[t.Symbol]]:
    for power in size.powers:
        yield power.free
    for inner, coefficient in size.exponent:
        yield coefficient.free
        yield from _free(inner)
