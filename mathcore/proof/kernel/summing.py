"""Sums, products and extremes over indices and ranges; substitution without capture; the leaves of a polynomial."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import chain, permutations, product
from math import factorial, prod

from mathcore.language import tree as t
from mathcore.proof.kernel.arithmetic import MAX_TERMS, Arithmetic, IndexTerm, Target
from mathcore.proof.kernel.atom import (
    Absolute,
    Apply,
    Array,
    BigMax,
    Delta,
    Denominator,
    Entry,
    Erfc,
    Exp,
    Limit,
    Log,
    Max,
    Min,
    Partial,
    Power,
    Product,
    Range,
    Scalar,
    Step,
    Sum,
)
from mathcore.proof.kernel.ledger import Ledger
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

MAX_ENDS = 4  # terms by which two sums over ranges may differ
MAX_ORDERS = 24  # orders of the binders of a sum that are tried out


class Summing(Arithmetic):
    """Arithmetic with bound indices."""

    loosely = False  # whether an index may be replaced by a number, in entries too

    # big operators ----------------------------------------------------------------------------------------

    def size(self, index: t.Symbol) -> Poly:
        over = t.size_of(index)
        if isinstance(over, t.Symbol):
            return self.symbol(over)
        if isinstance(over, t.Number):
            return number(over.value)
        raise KernelError(f"{index.name} runs over no declared size")

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
            if isinstance(atom, Delta):
                for one, other in ((atom.keep, atom.drop), (atom.drop, atom.keep)):
                    if isinstance(one, t.Symbol) and one in binders:
                        self.require_place(one, other)
                        left = [b for b in binders if b != one]
                        others = Poly({monomial(f for f in inside if f[0] is not atom): Fraction(1)})
                        return self.sum_all(left, self.substitute(others, {one: other}))
        for atom, exponent in inside:  # a product of sums that share the binder is one multi-index sum
            if isinstance(atom, Sum) and exponent.denominator == 1 and exponent > 0:
                rest = [(a, e) for a, e in inside if a is not atom]
                opened = list(binders)
                body: list[tuple[Atom, Fraction]] = rest
                for _ in range(int(exponent)):
                    fresh, m = self.open(atom)
                    opened += fresh
                    body = [*body, *m]
                return self.sum_all(opened, self.combine(body))
        merged = self.combine(inside)
        if merged.single() is None or merged.single() != (monomial(inside), Fraction(1)):
            return self.sum_all(binders, merged)
        eliminated = self._eliminate(inside)
        if eliminated is not None:
            return self.sum_all(binders, eliminated)
        return self._components(binders, inside)

    def require_place(self, index: t.Symbol, place: IndexTerm) -> None:
        """That a number is a value of the index: sum(k: delta(k, 3)) is 1 only from size 3 on."""
        if isinstance(place, int):
            self.require(self.size(index) - number(place), ">=", f"entry {place} exists", elsewhere=True)

    def sum_all(self, binders: list[t.Symbol], p: Poly) -> Poly:
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
        body = Poly({monomial(factors): Fraction(1)})
        if len(binders) == 1 and (ranged := self._as_range(binders[0], body)) is not None:
            return ranged
        depth = 1 + max(a.depth for a, _ in factors)
        ordered = sorted(binders, key=lambda b: symbol_key(t.size_of(b)))
        sizes = [t.size_of(b) for b in ordered]
        if prod(factorial(sizes.count(s)) for s in set(sizes)) > MAX_ORDERS:
            raise KernelError(f"a sum over {len(ordered)} linked indices")
        best: tuple[str, Poly, tuple[t.Symbol, ...]] | None = None
        names = tuple(t.Symbol(f"#{depth}.{place}", b.type) for place, b in enumerate(ordered))
        blocks = [[i for i, s in enumerate(sizes) if s == size] for size in dict.fromkeys(sizes)]
        for order in (list(chain(*chosen)) for chosen in product(*(permutations(block) for block in blocks))):
            renamed = self.substitute(body, {ordered[i]: name for i, name in zip(order, names, strict=True)})
            if best is None or renamed.key < best[0]:
                best = (renamed.key, renamed, names)
        assert best is not None
        one = best[1].single()
        if one is None:
            raise KernelError("a summand changed its form when its index was renamed")
        return of(Sum(names, one[0])).scale(one[1])

    def _as_range(self, index: t.Symbol, body: Poly) -> Poly | None:
        """A sum over 1..n where the index is used as a number and never as an index."""
        if not body.is_made_with(Scalar(index)):
            return None
        counted = t.fresh(t.Symbol(index.name, t.Type("natural", minimum=1)))
        try:
            moved = self.substitute(body, {index: self.symbol(counted)})
        except KernelError:
            return None
        return self.range_sum(counted, UNIT, self.size(index), moved)

    def _as_index_sum(self, variable: t.Symbol, high: Poly, p: Poly) -> Poly | None:
        """sum(t = 1..n: z[t]) is sum(k: z[k]), where the letter is used as an index over the whole axis."""
        one = high.single()
        if one is None or one[1] != 1 or len(one[0]) != 1 or not isinstance(one[0][0][0], Scalar) or one[0][0][1] != 1:
            return None
        size = one[0][0][0].symbol
        if size.type.domain != "size" or not p.holds(Entry):
            return None
        index = t.fresh(t.Symbol(variable.name, t.Type("index", over=size)))
        moved = self.substitute(p, {variable: self.symbol(index)})
        try:
            self.substitute(moved, {index: self.symbol(variable)})
        except KernelError:  # it is an index
            return self.sum(index, moved)
        return None

    def _counted(self, p: Poly) -> Poly:
        """p with its sums over one index written as ranges 1..n, to be compared with other ranges."""
        result = ZERO
        for m, c in p.terms.items():
            sums = [a for a, e in m if isinstance(a, Sum) and len(a.binders) == 1 and e == 1]
            term = Poly({monomial(f for f in m if f[0] not in sums): c})
            for atom in sums:
                (index,), body = self.open(atom)
                counted = t.fresh(t.Symbol(index.name, t.Type("natural", minimum=1)))
                self.loosely = True
                try:
                    moved = self.substitute(Poly({body: Fraction(1)}), {index: self.symbol(counted)})
                finally:
                    self.loosely = False
                term = self.multiply(term, self._range_atom(counted, UNIT, self.size(index), moved))
            result = result + term
        return result

    def open(self, atom: Sum) -> tuple[list[t.Symbol], Monomial]:
        """A sum's binders and summand under fresh names."""
        fresh = {n: t.fresh(n) for n in atom.binders}
        one = self.substitute(atom.summand, fresh).single()
        if one is None or one[1] != 1:
            raise KernelError("a summand changed its form when its index was renamed")
        return list(fresh.values()), one[0]

    def opened(self, m: Monomial) -> tuple[list[t.Symbol], dict[Atom, Fraction]]:
        """A monomial as binders and factors: its sums opened, each copy with fresh binders."""
        binders: list[t.Symbol] = []
        factors: list[tuple[Atom, Fraction]] = []
        for atom, exponent in m:
            if isinstance(atom, Sum) and exponent.denominator == 1 and exponent > 0:
                for _ in range(int(exponent)):
                    fresh, body = self.open(atom)
                    binders += fresh
                    factors += body
            else:
                factors.append((atom, exponent))
        return binders, dict(monomial(factors))

    def open_one(self, binder: t.Symbol, body: Poly) -> tuple[t.Symbol, Poly]:
        """The bound index of a one-index operator under a fresh name, and its body."""
        new = t.fresh(binder)
        return new, self.substitute(body, {binder: new})

    def _eliminate(self, factors: list[tuple[Atom, Fraction]]) -> Poly | None:
        """x / (1 + x) = 1 - 1 / (1 + x): an atom in which a denominator is linear leaves the numerator."""
        for den, exponent in factors:
            if not isinstance(den, Denominator) or exponent > -1:
                continue
            linear = _linear_atom(den.value)
            if linear is None or dict(factors).get(linear, Fraction(0)) < 1:
                continue
            c1 = den.value.terms[((linear, Fraction(1)),)]
            rest = den.value - of(linear).scale(c1)
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
        if low == UNIT and (whole_axis := self._as_index_sum(variable, high, p)) is not None:
            return whole_axis
        result = ZERO
        for m, c in p.terms.items():
            free = [(a, e) for a, e in m if variable not in a.free]
            bound = tuple((a, e) for a, e in m if variable in a.free)
            self._require_beside(free, low, high)
            if not bound:
                length = high - low + UNIT
                self.require(length, ">=", elsewhere=True)
                result = result + self.multiply(self.combine(free), length).scale(c)
                continue
            whole = self._range_atom(variable, low, high, Poly({bound: Fraction(1)}))
            result = result + self.multiply(self.combine(free), whole).scale(c)
        return result

    def _require_beside(self, factors: Iterable[tuple[Atom, Fraction]], low: Poly, high: Poly) -> None:
        """That what is moved out of a sum over low..high has a value also where the sum is empty, and 0 whatever its terms are.

        They were read where there is a place in the range, so that high >= low: sum(k = t + 1..T: 1 / (T - t)) is 1 for T > t
        only.
        """
        if not self.facts.nonnegative(high - low):
            self._require_divisors(factors)

    def _require_divisors(self, factors: Iterable[tuple[Atom, Fraction]]) -> None:
        """That nothing by which these factors divide, however deep, is 0."""
        for atom, exponent in factors:
            if exponent < 0:
                divisor = atom.value if isinstance(atom, Denominator) else of(atom)
                self.require(divisor, "!=", elsewhere=True)
            for part in atom.polynomials():
                for m in part.terms:
                    self._require_divisors(m)

    def aligned(self, one: Range, other: Range) -> Iterator[tuple[Poly, Ledger]]:
        """Values of `one`, a sum over a range, in terms of `other`, and what each rests on: w * other + end terms, after a
        shift or a reversal."""
        place = self.symbol(one.variable)
        for sign in (1, -1):  # u = sign * v + offset runs through other's range
            ends = (other.low, other.high) if sign > 0 else (other.high, other.low)
            for end, mine in zip(ends, (one.low, one.high), strict=True):
                offset = end - mine.scale(sign)
                with self.attempt() as own:
                    value = self._in_terms_of(one, other, place.scale(sign) + offset)
                    begin, stop = ((e - offset).scale(sign) for e in ends)  # other's range, counted by v
                    extra = None if value is None else self._with_ends(one, begin, stop)
                    whole = None if value is None or extra is None else self.multiply(value, of(other)) + extra
                if whole is not None:
                    yield whole, own

    def _in_terms_of(self, one: Range, other: Range, place: Poly) -> Poly | None:
        """The factor w, free of the variable, by which the summand of `one` is that of `other` at the place."""
        try:
            moved = self.substitute(other.body, {other.variable: place}).single()
            ratio = None if moved is None else self.quotient(next(iter(one.body.terms.items())), moved)
        except KernelError:
            return None
        return None if ratio is None or one.variable in ratio.free else ratio

    def _with_ends(self, one: Range, begin: Poly, stop: Poly) -> Poly | None:
        """The sum minus that over begin..stop, where they differ by few terms at their ends and neither runs backwards."""
        before, after = (begin - one.low).constant(), (one.high - stop).constant()
        if (
            before is None
            or after is None
            or abs(before) + abs(after) > MAX_ENDS
            or {before.denominator, after.denominator} != {1}
        ):
            return None
        shorter = (begin if before > 0 else one.low), (stop if after > 0 else one.high)
        if not self.facts.nonnegative(shorter[1] - shorter[0] + UNIT):
            return None
        result = ZERO
        for gap, start, step in ((int(before), begin, -1), (int(after), stop, 1)):
            for k in range(1, abs(gap) + 1):
                place = start + number(step * k if gap > 0 else -step * (k - 1))
                term = self.substitute(one.body, {one.variable: place})
                result = result + (term if gap > 0 else -term)
        return result

    def _range_atom(self, variable: t.Symbol, low: Poly, high: Poly, body: Poly) -> Poly:
        return of(Range(*self._canonical(variable, body, low, high), low, high))

    def _canonical(self, variable: t.Symbol, body: Poly, *ends: Poly) -> tuple[t.Symbol, Poly]:
        """A bound letter and its body under the name that says how deep it stands."""
        depth = 1 + max([body.depth, *(e.depth for e in ends)])
        name = t.Symbol(f"#{depth}.0", variable.type)
        if name != variable and name in body.free:
            raise KernelError("a bound letter would be captured")
        return name, self.substitute(body, {variable: name})

    def product(self, index: t.Symbol, p: Poly) -> Poly:
        """A product over an index: exp of a sum where the factors are exponentials, powers of n of what is free."""
        one = p.single()
        if one is None:
            return self._product_of_positive(index, p) if self.facts.positive(p) else of(Product(*self._canonical(index, p)))
        m, c = one
        result = self.raise_to(number(c), self.size(index)) if c != 1 else UNIT
        for atom, exponent in m:
            if index not in atom.free:
                result = self.multiply(result, self.raise_to(of(atom), self.size(index).scale(exponent)))
            elif isinstance(atom, Exp):
                result = self.multiply(result, self.exp(self.sum(index, atom.exponent).scale(exponent)))
            elif self.facts.positive(of(atom)):
                result = self.multiply(result, self._product_of_positive(index, of(atom, exponent)))
            else:
                result = self.multiply(
                    result,
                    self.power(of(Product(*self._canonical(index, of(atom)))), int(exponent))
                    if exponent.denominator == 1
                    else self._refuse("a root inside a product"),
                )
        return result

    def _product_of_positive(self, index: t.Symbol, p: Poly) -> Poly:
        return self.exp(self.sum(index, self.log(p)))

    def range_product(self, variable: t.Symbol, low: Poly, high: Poly, p: Poly) -> Poly:
        """A product over low..high of positive factors is exp of the sum of their logs; of one factor its power."""
        if variable not in p.free and self.facts.nonnegative(length := high - low + UNIT):
            for m in p.terms:
                self._require_beside(m, low, high)
            return self.raise_to(p, length)
        if not self.facts.positive(p):
            raise KernelError("a product over a range of what is not shown to be positive")
        return self.exp(self.range_sum(variable, low, high, self.log(p)))

    def _refuse(self, why: str) -> Poly:
        raise KernelError(why)

    def big_extreme(self, name: str, index: t.Symbol, p: Poly) -> Poly:
        """max over an index: what does not depend on it, and factors >= 0, move out; min(k: x) is -max(k: -x)."""
        self.ledger.axioms.add("maximum")
        if name == "min":
            return -self.big_extreme("max", index, -p)
        fixed = Poly({m: c for m, c in p.terms.items() if index not in Poly({m: c}).free})
        moving = p - fixed
        if not moving:
            return fixed
        content, common, inside = self.content(moving, lambda a: index not in a.free and self.facts.nonnegative(of(a)))
        if content < 0:
            content, inside = -content, -inside
        one = inside.single()
        if one is not None and abs(one[1]) == 1 and (u := self.exponent_of(one[0])) is not None:  # exp grows
            most = self.exp(self.big_extreme("max" if one[1] > 0 else "min", index, u))
            return fixed + self.multiply(self.combine(common).scale(content * one[1]), most)
        if one is not None and one[1] == 1 and len(one[0]) == 1 and isinstance(one[0][0][0], Log) and one[0][0][1] == 1:
            greatest = self.big_extreme("max", index, one[0][0][0].argument)
            if self.facts.positive(greatest):  # log grows
                return fixed + self.multiply(self.combine(common).scale(content), self.log(greatest))
        return fixed + self.multiply(self.combine(common).scale(content), of(BigMax(*self._canonical(index, inside))))

    # substitution in normal form --------------------------------------------------------------------------

    def substitute(self, p: Poly, mapping: Mapping[t.Symbol, Target]) -> Poly:
        """Replace symbols and rebuild; atoms that do not depend on them are untouched."""
        keys = frozenset(mapping)
        if not keys & p.free:
            return p
        for size in (s for s in keys if s.type.domain == "size"):
            check_places(size, p)
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
        def put(p: Poly) -> Poly:
            return self.substitute(p, mapping)

        match atom:
            case Scalar():
                return self._number(atom, mapping[atom.symbol])
            case Entry():
                return self._entry(atom, mapping)
            case Delta():
                return self.delta(self._index(atom.keep, mapping), self._index(atom.drop, mapping))
            case Range() | Limit():
                new = t.fresh(atom.variable)
                inner = self.substitute(atom.body, {**mapping, atom.variable: self.symbol(new)})
                if isinstance(atom, Range):
                    return self.range_sum(new, put(atom.low), put(atom.high), inner)
                return self.limit(new, put(atom.point) if isinstance(atom.point, Poly) else atom.point, atom.side, inner)
            case Partial():
                new, inner = self.open_one(atom.index, atom.body)
                if isinstance(place := self._index(atom.place, mapping), Poly):
                    raise KernelError("a derivative is by an entry at an index")
                return self.partial(atom.head, new, put(inner), place)
            case Apply():
                return self.apply(atom.head, [put(a) if isinstance(a, Poly) else self._array(a, mapping) for a in atom.arguments])
        return self.made_again(atom, put)

    def _number(self, atom: Scalar, target: Target) -> Poly:
        if isinstance(target, Poly):
            return target
        if isinstance(target, t.Symbol):
            return self.symbol(target)
        if isinstance(target, int):
            return number(target)
        raise KernelError(f"{atom.symbol.name} is no array")

    def _entry(self, atom: Entry, mapping: Mapping[t.Symbol, Target]) -> Poly:
        moved = [self._index(i, mapping) for i in atom.indices]
        base = mapping.get(atom.symbol, atom.symbol)
        if isinstance(base, t.Symbol):
            return self.entry(base, moved)
        if isinstance(base, (int, Poly)):
            raise KernelError(f"{atom.symbol.name} is an array")
        return base(*moved)

    def made_again(self, atom: Atom, put: Callable[[Poly], Poly]) -> Poly:
        """An atom with the polynomials inside it changed: a function of numbers, or one operator over indices."""
        match atom:
            case Sum():
                fresh, body = self.open(atom)
                return self.sum_all(fresh, put(Poly({body: Fraction(1)})))
            case Exp():
                return self.exp(put(atom.exponent))
            case Log():
                return self.log(put(atom.argument))
            case Absolute():
                return self.absolute(put(atom.inside))
            case Denominator():
                return put(atom.value)
            case Power():
                return self.raise_to(put(atom.base), put(atom.exponent))
            case Max() | Min():
                return self.extreme(atom.word, [put(p) for p in atom.values])
            case Product() | BigMax():
                new, inner = self.open_one(atom.index, atom.body)
                return self.product(new, put(inner)) if isinstance(atom, Product) else self.big_extreme("max", new, put(inner))
            case Step() | Erfc():
                return self.step(put(atom.argument)) if isinstance(atom, Step) else self.erfc(put(atom.argument))
        raise KernelError(f"cannot substitute inside {atom.word}")

    def _index(self, index: IndexTerm | Poly, mapping: Mapping[t.Symbol, Target]) -> IndexTerm | Poly:
        if isinstance(index, Poly):
            return self.substitute(index, mapping)
        if isinstance(index, t.Symbol) and index in mapping:
            target = mapping[index]
            if isinstance(target, (int, t.Symbol)) or (self.loosely and isinstance(target, Poly)):
                return target
            raise KernelError(f"an index cannot be replaced by an expression ({index.name})")
        return index

    def _array(self, array: Array, mapping: Mapping[t.Symbol, Target]) -> Array:
        binders, body = array
        fresh = {b: t.fresh(b) for b in binders}
        moved = self.substitute(self.substitute(body, fresh), mapping)
        return (tuple(fresh.values()), moved)

    # leaves -----------------------------------------------------------------------------------------------

    def symbol(self, symbol: t.Symbol) -> Poly:
        return of(Scalar(symbol))

    def entry(self, base: t.Symbol, indices: list[IndexTerm | Poly]) -> Poly:
        indices = [_plain_place(i) if size != t.NATURALS else i for i, size in zip(indices, base.type.shape, strict=True)]
        return of(Entry(base, tuple(indices)))

    def delta(self, i: IndexTerm | Poly, j: IndexTerm | Poly) -> Poly:
        if isinstance(i, Poly) or isinstance(j, Poly):
            raise KernelError("delta compares indices")
        if i == j:
            return UNIT
        if (isinstance(i, int) and isinstance(j, int)) or self.facts.differ(i, j):
            return ZERO
        if isinstance(i, t.Symbol) and isinstance(j, t.Symbol) and t.size_of(i) != t.size_of(j):
            raise KernelError(f"delta of indices of different sizes ({i.name}, {j.name})")
        keep, drop = sorted((i, j), key=lambda x: (0, "") if isinstance(x, int) else (1, symbol_key(x)))
        assert isinstance(drop, t.Symbol)
        return of(Delta(keep, drop))

    def apply(self, head: str, args: Sequence[Poly | Array]) -> Poly:
        """A function that has no definition, known only by its arguments; step and erfc have laws."""
        if head in ("step", "erfc") and isinstance(argument := args[0], Poly):
            return self.step(argument) if head == "step" else self.erfc(argument)
        canonical: list[Poly | Array] = []
        for arg in args:
            if isinstance(arg, Poly):
                canonical.append(arg)
                continue
            binders, body = arg
            names = tuple(t.Symbol(f"#{body.depth + 1}.{place}", b.type) for place, b in enumerate(binders))
            canonical.append((names, self.substitute(body, dict(zip(binders, names, strict=True)))))
        return of(Apply(head, tuple(canonical)))

    def partial(self, head: str, name: t.Symbol, body: Poly, place: IndexTerm) -> Poly:
        """The derivative of f(vector) by entry `place`, at the vector with entries `body`."""
        canonical = t.Symbol(f"#{body.depth + 1}.0", name.type)
        return of(Partial(head, canonical, self.substitute(body, {name: canonical}), place))

    def limit(self, variable: t.Symbol, point: Poly | str, side: str, body: Poly) -> Poly:
        if variable not in body.free:
            return body
        depth = 1 + max(body.depth, point.depth if isinstance(point, Poly) else 0)
        name = t.Symbol(f"#{depth}.0", variable.type)
        return of(Limit(name, self.substitute(body, {variable: self.symbol(name)}), point, side))


def _plain_place(place: IndexTerm | Poly) -> IndexTerm | Poly:
    """A place in an array as an index or a number, where it is one."""
    if not isinstance(place, Poly):
        return place
    if (value := place.constant()) is not None and value.denominator == 1:
        return int(value)
    one = place.single()
    if one is not None and one[1] == 1 and len(one[0]) == 1 and one[0][0][1] == 1 and isinstance(one[0][0][0], Scalar):
        symbol = one[0][0][0].symbol
        return symbol if symbol.type.domain == "index" else place
    return place


def _linear_atom(p: Poly) -> Atom | None:
    """The greatest atom that occurs once, alone and to the first power: p = c1 * atom + rest, c1 a number."""
    for atom in sorted(p.atoms(), reverse=True):
        with_it = [m for m in p.terms if any(a is atom for a, _ in m)]
        if with_it == [((atom, Fraction(1)),)]:
            return atom
    return None


def check_places(size: t.Symbol, *forms: Poly) -> None:
    """Raise where what holds of `size` does not carry over to another number: an index over it is one of other places then."""
    if any(any(_is_place(s, size) for s in p.free) or _counts_places(size, p) for p in forms):
        raise KernelError(f"an index here runs over {size.name} places: with another number of them it is another index")


def _is_place(letter: t.Symbol, size: t.Symbol) -> bool:
    return letter.type.domain == "index" and letter.type.over == size


def _counts_places(size: t.Symbol, p: Poly) -> bool:
    """Whether a place among `size` stands for its number in p, however deep: what is known of it is used then."""
    return any(
        (isinstance(a, Scalar) and _is_place(a.symbol, size)) or any(_counts_places(size, q) for q in a.polynomials())
        for a in p.atoms()
    )
