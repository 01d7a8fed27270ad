"""Sums, products and extremes over indices and ranges; substitution without capture; the leaves of a polynomial."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import chain, permutations, product
from math import factorial, prod

from mathcore.language import tree as t
from mathcore.proof.kernel.arithmetic import MAX_TERMS, Arithmetic, IndexTerm, Target
from mathcore.proof.kernel.ledger import Ledger
from mathcore.proof.kernel.polynomial import (
    UNIT,
    ZERO,
    Atom,
    KernelError,
    Monomial,
    Poly,
    made_of,
    monomial,
    number,
    of,
    symbol_key,
)

MAX_ENDS = 4  # terms by which two sums over ranges may differ
MAX_ORDERS = 24  # orders of the binders of a sum that are tried out

Array = tuple[tuple[t.Symbol, ...], Poly]  # an argument with axes: its indices, and the entry at them


class Summing(Arithmetic):
    """Arithmetic with bound indices."""

    loosely = False  # whether an index may be replaced by a number, in entries too

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
                        others = Poly({monomial(f for f in inside if f[0] is not atom): Fraction(1)})
                        return self.sum_all(left, self.substitute(others, {one: other}))  # type: ignore[dict-item]  # indices
        for atom, exponent in inside:  # a product of sums that share the binder is one multi-index sum
            if atom.kind == "sum" and exponent.denominator == 1 and exponent > 0:
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
        key = f"{','.join(symbol_key(n) for n in names)}: {best[0]}"
        atom = Atom("sum", (names, one[0]), key, best[1].free - set(names), depth)
        return of(atom).scale(one[1])

    def _as_range(self, index: t.Symbol, body: Poly) -> Poly | None:
        """A sum over 1..n where the index is used as a number and never as an index."""
        if f"symbol({symbol_key(index)})" not in body.key:
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
        if one is None or one[1] != 1 or len(one[0]) != 1 or one[0][0][0].kind != "symbol" or one[0][0][1] != 1:
            return None
        size: t.Symbol = one[0][0][0].parts[0]  # type: ignore[assignment]  # a symbol
        if size.type.domain != "size" or "entry(" not in p.key:
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
            term = Poly({monomial(f for f in m if f[0].kind != "sum" or len(f[0].parts[0]) != 1 or f[1] != 1): c})  # type: ignore[arg-type]  # symbols
            for atom, exponent in m:
                if atom.kind != "sum" or len(atom.parts[0]) != 1 or exponent != 1:  # type: ignore[arg-type]  # symbols
                    continue
                (index,), body = self.open(atom)
                counted = t.fresh(t.Symbol(index.name, t.Type("natural", minimum=1)))
                self.loosely = True
                try:
                    moved = self.substitute(Poly({body: Fraction(1)}), {index: self.symbol(counted)})
                finally:
                    self.loosely = False
                term = self.multiply(term, self._bound_atom("range", counted, moved, (UNIT, self.size(index))))
            result = result + term
        return result

    def open(self, atom: Atom) -> tuple[list[t.Symbol], Monomial]:
        """A sum atom's binders and summand under fresh names."""
        names, body = atom.parts
        fresh = {n: t.fresh(n) for n in names}  # type: ignore[attr-defined]  # a tuple of symbols
        moved = self.substitute(Poly({body: Fraction(1)}), fresh)  # type: ignore[dict-item]  # a monomial
        one = moved.single()
        if one is None or one[1] != 1:
            raise KernelError("a summand changed its form when its index was renamed")
        return list(fresh.values()), one[0]

    def opened(self, m: Monomial) -> tuple[list[t.Symbol], dict[Atom, Fraction]]:
        """A monomial as binders and factors: its sums opened, each copy with fresh binders."""
        binders: list[t.Symbol] = []
        factors: list[tuple[Atom, Fraction]] = []
        for atom, exponent in m:
            if atom.kind == "sum" and exponent.denominator == 1 and exponent > 0:
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
            whole = self._bound_atom("range", variable, Poly({bound: Fraction(1)}), (low, high))
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
                divisor: Poly = atom.parts[0] if atom.kind == "den" else of(atom)  # type: ignore[assignment]  # a polynomial
                self.require(divisor, "!=", elsewhere=True)
            for part in made_of(atom):
                for m in part.terms:
                    self._require_divisors(m)

    def aligned(self, one: Atom, other: Atom) -> Iterator[tuple[Poly, Ledger]]:
        """Values of `one`, a sum over a range, in terms of `other`, and what each rests on: w * other + end terms, after a
        shift or a reversal."""
        v, body, low, high = one.parts
        *_, first, last = other.parts
        place = self.symbol(v)  # type: ignore[arg-type]  # a symbol
        for sign in (1, -1):  # u = sign * v + offset runs through other's range
            ends = (first, last) if sign > 0 else (last, first)
            for end, mine in zip(ends, (low, high), strict=True):
                offset = end - mine.scale(sign)  # type: ignore[attr-defined]  # polynomials
                with self.attempt() as own:
                    value = self._in_terms_of(one, other, place.scale(sign) + offset)
                    begin, stop = ((e - offset).scale(sign) for e in ends)  # other's range, counted by v
                    extra = None if value is None else self._with_ends(v, body, (begin, stop), (low, high))  # type: ignore[arg-type]  # polynomials
                    whole = None if value is None or extra is None else self.multiply(value, of(other)) + extra
                if whole is not None:
                    yield whole, own

    def _in_terms_of(self, one: Atom, other: Atom, place: Poly) -> Poly | None:
        """The factor w, free of the variable, by which the summand of `one` is that of `other` at the place."""
        v, body, *_ = one.parts
        u, summand, *_ = other.parts
        try:
            moved = self.substitute(summand, {u: place}).single()  # type: ignore[arg-type, dict-item]  # a polynomial
            ratio = None if moved is None else self.quotient(next(iter(body.terms.items())), moved)  # type: ignore[attr-defined]  # one monomial
        except KernelError:
            return None
        return None if ratio is None or v in ratio.free else ratio

    def _with_ends(self, v: t.Symbol, body: Poly, have: tuple[Poly, Poly], want: tuple[Poly, Poly]) -> Poly | None:
        """sum over `want` minus sum over `have`, where they differ by few terms at their ends and neither runs backwards."""
        before, after = (have[0] - want[0]).constant(), (want[1] - have[1]).constant()
        if (
            before is None
            or after is None
            or abs(before) + abs(after) > MAX_ENDS
            or {before.denominator, after.denominator} != {1}
        ):
            return None
        shorter = (have[0] if before > 0 else want[0]), (have[1] if after > 0 else want[1])
        if not self.facts.nonnegative(shorter[1] - shorter[0] + UNIT):
            return None
        result = ZERO
        for gap, start, step in ((int(before), have[0], -1), (int(after), have[1], 1)):
            for k in range(1, abs(gap) + 1):
                place = start + number(step * k if gap > 0 else -step * (k - 1))
                term = self.substitute(body, {v: place})
                result = result + (term if gap > 0 else -term)
        return result

    def _bound_atom(self, kind: str, variable: t.Symbol, body: Poly, ends: tuple[Poly, ...] = ()) -> Poly:
        depth = 1 + max([body.depth, *(e.depth for e in ends)])
        name = t.Symbol(f"#{depth}.0", variable.type)
        if name != variable and name in body.free:
            raise KernelError("a bound letter would be captured")
        renamed = self.substitute(body, {variable: name})
        free = (renamed.free - {name}).union(*(e.free for e in ends))
        key = f"{symbol_key(name)} {' .. '.join(e.key for e in ends)}: {renamed.key}"
        return of(Atom(kind, (name, renamed, *ends), key, free, depth))

    def product(self, index: t.Symbol, p: Poly) -> Poly:
        """A product over an index: exp of a sum where the factors are exponentials, powers of n of what is free."""
        one = p.single()
        if one is None:
            return self._product_of_positive(index, p) if self.facts.positive(p) else self._bound_atom("prod", index, p)
        m, c = one
        result = self.raise_to(number(c), self.size(index)) if c != 1 else UNIT
        for atom, exponent in m:
            if index not in atom.free:
                result = self.multiply(result, self.raise_to(of(atom), self.size(index).scale(exponent)))
            elif atom.kind == "exp":
                result = self.multiply(result, self.exp(self.sum(index, atom.parts[0]).scale(exponent)))  # type: ignore[arg-type]  # a monomial
            elif self.facts.positive(of(atom)):
                result = self.multiply(result, self._product_of_positive(index, of(atom, exponent)))
            else:
                result = self.multiply(
                    result,
                    self.power(self._bound_atom("prod", index, of(atom)), int(exponent))
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
        if one is not None and one[1] == 1 and len(one[0]) == 1 and one[0][0][0].kind == "log" and one[0][0][1] == 1:
            greatest = self.big_extreme("max", index, one[0][0][0].parts[0])  # type: ignore[arg-type]  # a polynomial
            if self.facts.positive(greatest):  # log grows
                return fixed + self.multiply(self.combine(common).scale(content), self.log(greatest))
        return fixed + self.multiply(self.combine(common).scale(content), self._bound_atom("bigmax", index, inside))

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
            return self.entry(target, moved) if isinstance(target, t.Symbol) else target(*moved)
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
            return self.sum_all(fresh, self.substitute(Poly({body: Fraction(1)}), mapping))
        if atom.kind == "range":
            variable, summand, low, high = parts
            new = t.fresh(variable)  # type: ignore[arg-type]  # a symbol
            inner = self.substitute(summand, {**mapping, variable: self.symbol(new)})  # type: ignore[arg-type, dict-item]  # a polynomial
            return self.range_sum(new, self.substitute(low, mapping), self.substitute(high, mapping), inner)  # type: ignore[arg-type]  # polynomials
        if atom.kind in ("prod", "bigmax"):
            new, inner = self.open_one(*parts)  # type: ignore[arg-type]  # a symbol and a polynomial
            inner = self.substitute(inner, mapping)
            return self.product(new, inner) if atom.kind == "prod" else self.big_extreme("max", new, inner)
        if atom.kind == "limit":
            variable, inside, point, side = parts
            new = t.fresh(variable)  # type: ignore[arg-type]  # a symbol
            inner = self.substitute(inside, {**mapping, variable: self.symbol(new)})  # type: ignore[arg-type, dict-item]  # a polynomial
            moved_point = self.substitute(point, mapping) if isinstance(point, Poly) else point
            return self.limit(new, moved_point, side, inner)  # type: ignore[arg-type]  # as made by limit
        if atom.kind == "partial":
            head, name, entry, place = parts
            new, inner = self.open_one(name, entry)  # type: ignore[arg-type]  # an index and a polynomial
            return self.partial(head, new, self.substitute(inner, mapping), self._index(place, mapping))  # type: ignore[arg-type]  # an index
        if atom.kind == "apply":
            head, *args = parts
            moved_args = [self.substitute(a, mapping) if isinstance(a, Poly) else self._array(a, mapping) for a in args]  # type: ignore[arg-type]  # arrays
            return self.apply(head, moved_args)  # type: ignore[arg-type]  # a name
        raise KernelError(f"cannot substitute inside {atom.kind}")

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
        return of(Atom("symbol", (symbol,), symbol_key(symbol), frozenset({symbol})))

    def entry(self, base: t.Symbol, indices: list[IndexTerm | Poly]) -> Poly:
        indices = [_plain_place(i) if size != t.NATURALS else i for i, size in zip(indices, base.type.shape, strict=True)]
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
        if (isinstance(i, int) and isinstance(j, int)) or self.facts.differ(i, j):
            return ZERO
        if isinstance(i, t.Symbol) and isinstance(j, t.Symbol) and t.size_of(i) != t.size_of(j):
            raise KernelError(f"delta of indices of different sizes ({i.name}, {j.name})")
        keep, drop = sorted((i, j), key=lambda x: (0, "") if isinstance(x, int) else (1, symbol_key(x)))
        key = f"{keep if isinstance(keep, int) else symbol_key(keep)}, {symbol_key(drop)}"
        return of(Atom("delta", (keep, drop), key, frozenset(x for x in (keep, drop) if isinstance(x, t.Symbol))))

    def apply(self, head: str, args: Sequence[Poly | Array]) -> Poly:
        """A function that has no definition, known only by its arguments; step and erfc have laws."""
        if head in ("step", "erfc"):
            return (self.step if head == "step" else self.erfc)(args[0])  # type: ignore[arg-type]  # a polynomial
        keys, free = [], frozenset[t.Symbol]()
        canonical: list[Poly | Array] = []
        for arg in args:
            if isinstance(arg, Poly):
                keys.append(arg.key)
                free |= arg.free
                canonical.append(arg)
                continue
            binders, body = arg
            names = [t.Symbol(f"#{body.depth + 1}.{place}", b.type) for place, b in enumerate(binders)]
            named = self.substitute(body, dict(zip(binders, names, strict=True)))
            keys.append(f"[{','.join(symbol_key(n) for n in names)}: {named.key}]")
            free |= named.free - set(names)
            canonical.append((tuple(names), named))
        depth = 1 + max((a.depth if isinstance(a, Poly) else a[1].depth for a in canonical), default=0)
        return of(Atom("apply", (head, *canonical), f"{head}({', '.join(keys)})", free, depth))

    def partial(self, head: str, name: t.Symbol, body: Poly, place: IndexTerm) -> Poly:
        """The derivative of f(vector) by entry `place`, at the vector with entries `body`."""
        canonical = t.Symbol(f"#{body.depth + 1}.0", name.type)
        named = self.substitute(body, {name: canonical})
        shown = str(place) if isinstance(place, int) else symbol_key(place)
        free = (named.free - {canonical}) | (frozenset() if isinstance(place, int) else {place})
        key = f"{head} {shown} [{symbol_key(canonical)}: {named.key}]"
        return of(Atom("partial", (head, canonical, named, place), key, free, 1 + body.depth))

    def limit(self, variable: t.Symbol, point: Poly | str, side: str, body: Poly) -> Poly:
        if variable not in body.free:
            return body
        where, inner = (point.key, point.free) if isinstance(point, Poly) else (point, frozenset())
        depth = 1 + max(body.depth, point.depth if isinstance(point, Poly) else 0)
        name = t.Symbol(f"#{depth}.0", variable.type)
        renamed = self.substitute(body, {variable: self.symbol(name)})
        key = f"{symbol_key(name)} -> ({where}){side}: {renamed.key}"
        return of(Atom("limit", (name, renamed, point, side), key, renamed.free - {name} | inner, depth))


def _plain_place(place: IndexTerm | Poly) -> IndexTerm | Poly:
    """A place in an array as an index or a number, where it is one."""
    if not isinstance(place, Poly):
        return place
    if (value := place.constant()) is not None and value.denominator == 1:
        return int(value)
    one = place.single()
    if one is not None and one[1] == 1 and len(one[0]) == 1 and one[0][0][1] == 1 and one[0][0][0].kind == "symbol":
        symbol: t.Symbol = one[0][0][0].parts[0]  # type: ignore[assignment]  # a symbol
        return symbol if symbol.type.domain == "index" else place
    return place


def _linear_atom(p: Poly) -> Atom | None:
    """The greatest atom that occurs once, alone and to the first power: p = c1 * atom + rest, c1 a number."""
    for atom in sorted(p.atoms(), reverse=True):
        with_it = [m for m in p.terms if any(a is atom for a, _ in m)]
        if with_it == [((atom, Fraction(1)),)]:
            return atom
    return None


def _bound(symbol: t.Symbol) -> bool:
    return symbol.name.startswith("#")
