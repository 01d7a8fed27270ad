"""The normal form: trees with sums over typed indices become polynomials over canonical atoms.

How the form is reached (and why it is sound):

* a binder gets a fresh name when its sum is read, so nothing is ever captured;
* delta(i, j) rewrites the larger index to the smaller throughout its monomial, and collapses a sum over its index;
* in a sum over k, what is free of k moves out; products of sums are opened with fresh binders into one multi-index
  sum, which is then split into connected components: products of sums and sums of products meet in one form;
* a divisor is factored over Q; each irreducible factor is one `Denominator` and leaves the condition that it is not 0;
* log of a product splits only over factors proved positive; exp(a) exp(b) merge; exp(log a) = a;
* what is not shown to be positive or non-zero leaves a condition, never an assumption.

Factors p[k] of a summand guard its logarithms: p log(p / q) is read with p > 0, because at p = 0 both the summand and
every monomial that comes of it are 0 by the convention 0 log 0 = 0 (each still carries the factor p). A logarithm that
hides a division by p, such as log(exp(1 / p)), is not guarded.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import reduce
from itertools import permutations, product
from typing import TypeGuard

from mathcore.language import tree as t
from mathcore.language.exponents import is_count, is_whole
from mathcore.language.substitution import reduce_index, substitute, unfold
from mathcore.proof.kernel.arithmetic import IndexTerm, Target, whole
from mathcore.proof.kernel.atom import Absolute, Delta, Denominator, Entry, Range, Scalar, Sum
from mathcore.proof.kernel.derivative import Deriving
from mathcore.proof.kernel.ledger import Ledger
from mathcore.proof.kernel.polynomial import UNIT, ZERO, Atom, KernelError, Poly, number, of
from mathcore.proof.kernel.signs import Signs

GUARDS = (Entry, Scalar, Delta)
WRITTEN_OUT = 6  # the largest literal size whose sums are written out

__all__ = ["Normal", "counting", "whole"]


@dataclass(frozen=True)
class Reading:
    """A tree as a polynomial, and what that needs."""

    value: Poly
    ledger: Ledger
    definitions: Mapping[str, t.Definition]  # held, so that their id stays taken


class Normal(Deriving):
    """Reads trees into normal form over given facts."""

    def __init__(self, facts: Facts, definitions: Mapping[str, t.Definition]) -> None:
        super().__init__(facts)
        self.definitions = definitions
        self._within = False  # a tree that is being read
        self._whole: t.Expr = t.number(0)  # the tree that is read
        self.formal: frozenset[t.Symbol] = frozenset()  # their logarithms are read without a condition (rule Support)

    # reading trees ----------------------------------------------------------------------------------------

    def read(self, node: t.Expr) -> Poly:
        """A tree whose definitions are unfolded, as a polynomial."""
        return self._read(node) if self._within else self._remembered(node)

    def _remembered(self, node: t.Expr) -> Poly:
        """A whole tree, read once under what is known."""
        key, readings = (node, self.formal, id(self.definitions)), self.facts.found.readings
        if (reading := readings.get(key)) is not None:
            self.include(reading.ledger)
            return reading.value
        self._within, self._whole = True, node
        try:
            with self.attempt() as own:
                value = self._read(node)
        finally:
            self._within = False
        self.include(own)
        readings[key] = Reading(value, own, self.definitions)
        return value

    def _read(self, node: t.Expr) -> Poly:
        return getattr(self, "_read_" + type(node).__name__.lower(), self._unreadable)(node)

    def _unreadable(self, node: t.Expr) -> Poly:
        raise KernelError(f"the kernel does not read {type(node).__name__} here")

    def _read_number(self, node: t.Number) -> Poly:
        return number(node.value)

    def _read_constant(self, node: t.Constant) -> Poly:
        if node == t.PI:
            return self.pi()
        raise KernelError(f"{node.name} is no number")

    def _read_symbol(self, node: t.Symbol) -> Poly:
        self.declare(node)
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
        logarithms: dict[int, t.Call] = {}
        guards: list[Poly] = []
        for place, factor in enumerate(above):
            if _is_logarithm(factor):
                logarithms[place] = factor
            else:
                read[place] = self.read(factor)
                guards += self._guards(read[place])
        if any(not p for p in read.values()) and not below:
            for logarithm in logarithms.values():  # 0 log(a) is 0 wherever a >= 0
                self._require_boundary(logarithm.args[0])
            return ZERO
        result = UNIT
        logs = {place: self._guarded(logarithm, guards) for place, logarithm in logarithms.items()}
        with self.facts.assuming(guards):
            for place in range(len(above)):
                result = self.multiply(result, read[place] if place in read else logs[place])
        for factor in below:
            result = self.multiply(result, self.inverse(self.read(factor)))
        return result

    def _guarded(self, factor: t.Expr, guards: list[Poly]) -> Poly:
        """A logarithm read where its guards are positive; what it is made of has to have values where they are 0 as well."""
        letters = frozenset(s for g in guards for s in g.free if s.type.domain != "index")
        if any(isinstance(n, t.Call) and n.name == "step" and letters & t.free_symbols(n) for n in t.walk(factor)):
            return self.read(factor)  # it may jump where a guard is 0, to a logarithm of something negative
        for part in t.children(factor) if guards else ():
            self._read_inside(part)
        with self.facts.assuming(guards):
            return self.read(factor)

    def _read_inside(self, node: t.Expr) -> None:
        """What functions stand in the argument of a guarded logarithm have their values where a guard is 0 as well.

        Quotients, their sums, products, powers and roots may be 0 / 0 or p / 0 there: 0 times the logarithm is 0 all the same.
        Of exp(v / v) there is no value, cancelled or not.
        """
        match node:
            case t.Number() | t.Symbol() | t.Constant():
                return
            case t.Mul() | t.Div() if any(map(_is_logarithm, _chain(node)[0])):
                self.read(node)
            case t.Paren() | t.Neg() | t.Add() | t.Sub() | t.Mul() | t.Div() | t.Call("sqrt"):
                for part in t.children(node):
                    self._read_inside(part)
            case t.Pow(base, exponent) if not t.free_symbols(exponent):
                self._read_inside(base)
            case t.Call("exp", (t.Call("log", (inner,)) | t.Paren(t.Call("log", (inner,))),)):
                self.read(inner)  # exp(log(v)) is 0 at 0
            case _:
                self.read(node)

    def _require_boundary(self, node: t.Expr) -> None:
        """That log(node) is meant, with node = 0 and node = a / 0 allowed; above positive divisors signs are joined: -(b - a)."""
        above, below = ([self.read(part) for part in parts] for parts in _chain(node))
        if all(map(self.facts.positive, below)):
            numbers = reduce(self.multiply, [f for f in above if f.constant() is not None], UNIT)
            above = [f for f in above if f.constant() is None] or [UNIT]
            above[0] = self.multiply(numbers, above[0])
        for factor in (*above, *below):
            self.require(factor, ">=", "log of something negative")

    def _guards(self, p: Poly) -> list[Poly]:
        """What is 0 only where the factor p is 0: its entries, symbols, deltas and sums; or p, a sum of what is >= 0."""
        one = p.single()
        if one is None:
            if not all(e > 0 and isinstance(a, GUARDS) for m in p.terms for a, e in m):
                return []
            if all(c > 0 for c in p.terms.values()):
                return [p] if all(self.facts.nonnegative(Poly({m: c})) for m, c in p.terms.items()) else []
            sign, sources = self.facts.asked(p)  # a p + (1 - a) q, spelt out
            self.facts.ledger |= sources
            return [p] if sign else []
        return [of(a) for a, e in one[0] if e > 0 and isinstance(a, (*GUARDS, Sum)) and self.facts.nonnegative(of(a))]

    def _read_pow(self, node: t.Pow) -> Poly:
        base, exponent = self.read(node.base), self.read(node.exponent)
        value = exponent.constant()
        settled = bool(value) and all(map(is_count, t.free_symbols(node.exponent)))
        if not (settled or is_whole(node.exponent)):  # a real power, also where its exponent comes out as 0: 0^(x - x)
            self.require(base, ">", "the base of a real power")
        return self.raise_to(base, exponent)

    def _read_call(self, node: t.Call) -> Poly:
        if node.name == "delta":
            return self.delta(*(self.read_index(a) for a in node.args))
        if node.name == "xlogy":
            return self._product(t.Mul(node.args[0], t.Call("log", (node.args[1],))))
        if node.name == "log" and self.formal:
            return self._formal_log(node.args[0])
        if node.name == "sqrt" and (root := _root_of_square(node.args[0])) is not None:
            return self.absolute(self.read(root))
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
        if node.name in ("erfc", "step"):
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
        return one is not None and len(one[0]) == 1 and isinstance(one[0][0][0], Entry) and one[0][0][0].symbol in self.formal

    def read_index(self, node: t.Expr) -> IndexTerm | Poly:
        if isinstance(node, t.Symbol) and node.type.domain == "index":
            self.declare(node)
            return node
        if isinstance(node, t.Number) and node.value.denominator == 1:
            return int(node.value)
        return self.read(node)

    def _read_index(self, node: t.Index) -> Poly:
        base = node.base
        while isinstance(base, t.Paren):
            base = base.body
        if isinstance(base, t.Symbol):
            self.declare(base)
            if len(node.indices) < len(base.type.shape):
                raise KernelError(f"a row of {base.name} stands where a number is needed: write vector(j: {base.name}[i, j])")
            return self.entry(base, [self._place(size, i) for size, i in zip(base.type.shape, node.indices, strict=True)])
        reduced = reduce_index(t.Index(base, node.indices))
        if isinstance(reduced, t.Index) and isinstance(base, t.Big) and base.op == "vector":
            places = {b.symbol: i for b, i in zip(base.binders, node.indices, strict=False)}
            for index, place in places.items():
                self._place(t.size_of(index), place)
            entry, inner = substitute(base.body, places), node.indices[len(places) :]
            return self.read(t.Index(entry, inner) if inner else entry)
        if isinstance(reduced, t.Index):
            raise KernelError("an entry of an expression that is no array")
        return self.read(reduced)

    def _place(self, size: t.Expr, index: t.Expr) -> IndexTerm | Poly:
        """A place on an axis of this size, which has to exist."""
        place = self.read(index) if size == t.NATURALS else self.read_index(index)
        if isinstance(place, Poly) and size == t.NATURALS:
            self.require(place, ">=", "a sequence starts at 0")
        elif isinstance(place, Poly):
            self.require(place - UNIT, ">=", "entries count from 1")
            self.require(self.size(t.Symbol("k", t.Type("index", over=size))) - place, ">=", "the entry exists")
        else:
            self.require_place(t.Symbol("k", t.Type("index", over=size)), place)
        return place

    def _read_apply(self, node: t.Apply) -> Poly:
        if node.head in self.definitions:
            return self.read(unfold(node, self.definitions))
        return self.apply(node.head, [self.read_array(a) if t.shape_of(a) else self.read(a) for a in node.args])

    def read_array(self, node: t.Expr) -> tuple[tuple[t.Symbol, ...], Poly]:
        """An array argument as (indices, entry)."""
        binders = tuple(t.fresh(t.Symbol("k", t.Type("index", over=size))) for size in t.shape_of(node))
        return binders, self.read(reduce_index(t.Index(node, binders)))

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
            with self.attempt() as own:
                body = self.read(node.body)
            edges = [c for c in own.conditions.values() if c.relation == ">=" and base in c.value.free]
            self.include(own.without(edges.__contains__))
            for edge in edges:  # it is asked all around the place
                self.require(edge.value, ">", edge.text, edge.elsewhere)
        if not isinstance(variable, t.Index):
            return self.derivative(body, base, [])
        (entry,) = self._read_index(variable).atoms()  # its places in the form that entries have
        assert isinstance(entry, Entry)
        return self.derivative(body, base, list(entry.indices))

    def _read_at(self, node: t.At) -> Poly:
        fresh = {target: t.fresh(target) for target in node.targets}  # what is known of the free letter is not known of this one
        mapping: dict[t.Symbol, Target] = {}
        for target, value in zip(node.targets, node.values, strict=True):
            binders, entry = self.read_array(value) if target.type.shape else ((), self.read(value))
            self._require_domain(target, value, entry)
            mapping[fresh[target]] = self._entries(binders, entry) if binders else entry
        body = substitute(unfold(node.body, self.definitions), fresh)
        with self.attempt() as own:
            read = self.read(body)
        self.include(own.without(lambda _: True))  # they are asked of the letter: below, of its value
        varied = any(isinstance(n, t.Derivative) for n in t.walk(body))  # then it is asked all around the place
        for one in own.conditions.values():
            there = self.substitute(one.value, mapping)
            strict = varied and one.relation == ">=" and there != one.value
            self.require(there, ">" if strict else one.relation, one.text, one.elsewhere)
        return self.substitute(read, mapping)

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
        body = substitute(node.body, renamed)
        result: Poly
        places = [found for b in node.binders if (found := _written_places(b)) is not None]
        if len(places) == len(node.binders) and node.op != "vector":
            return self._written_out(node, places)
        if node.op in ("max", "min"):
            if len(node.binders) != 1:
                raise KernelError(f"{node.op} over several indices")
            return self.big_extreme(node.op, renamed[node.binders[0].symbol], self.read(body))
        if node.op not in ("sum", "prod"):
            raise KernelError(f"{node.op} is no number")
        if len(node.binders) > 1:
            return self.read(reduce(lambda inner, b: t.Big(node.op, (b,), inner), reversed(node.binders), node.body))
        (binder,) = node.binders
        if node.op == "sum" and (earlier := self.from_start(node)) is not None:
            return self._read_big(earlier)
        if node.op == "sum" and self._counts_down(node.body, binder.symbol) and (ends := as_range(node).ends) is not None:
            start, end = ends
            self.require(self.read(start), ">=", "a range counts natural numbers")
            place = t.Symbol(binder.symbol.name, t.Type("natural"))  # counts from the upper end down: b^(T - s) is b^place
            turned = t.Paren(t.Sub(t.Paren(end), place))
            length = t.Sub(t.Paren(end), t.Paren(start))
            binder = t.Binder(place, t.number(0), length)
            renamed = {place: counting(binder)}
            body = substitute(substitute(node.body, {node.binders[0].symbol: turned}), renamed)
        new = renamed[binder.symbol]
        if binder.lower is None or binder.upper is None:
            result = self.read(body)
        else:
            low, high, at = self.read(binder.lower), self.read(binder.upper), self.symbol(new)
            with self.facts.assuming(nonnegative=[at - low, high - at]):
                result = self.read(body)
            return self.range_sum(new, low, high, result) if node.op == "sum" else self.range_product(new, low, high, result)
        return self.sum(new, result) if node.op == "sum" else self.product(new, result)

    def from_start(self, node: t.Big) -> t.Big | None:
        """A sum over s = a..b of b^(s - c), c <= a, as one over a place that counts from 0: no power is divided by its base."""
        binder = as_range(node)
        low = bare_number(binder.lower)
        if low is None or binder.upper is None:
            return None
        late = False
        for power in (n for n in t.walk(node.body) if isinstance(n, t.Pow) and binder.symbol in t.free_symbols(n.exponent)):
            if binder.symbol in t.free_symbols(power.base) or self.facts.positive(self.read(power.base)):
                continue
            gap = (self.read(power.exponent) - self.symbol(binder.symbol)).constant()
            if gap is None or gap.denominator != 1 or gap + low < 0:
                return None
            late |= gap < 0
        if not late:
            return None
        place = t.Symbol(binder.symbol.name, t.Type("natural"))
        start = t.number(low)
        body = substitute(node.body, {node.binders[0].symbol: t.Paren(t.Add(place, start))})
        return t.Big("sum", (t.Binder(place, t.number(0), t.Sub(t.Paren(binder.upper), start)),), body)

    def _counts_down(self, body: t.Expr, symbol: t.Symbol) -> bool:
        """Whether powers of what may be 0 have exponents that fall with the symbol, and none that grow: b^(T - s)."""
        falling = False
        for power in (n for n in t.walk(body) if isinstance(n, t.Pow) and symbol in t.free_symbols(n.exponent)):
            if symbol in t.free_symbols(power.base):
                return False
            ((one, _),) = self.symbol(symbol).terms.items()
            slope = self.read(power.exponent).terms.get(one, Fraction(0))
            if slope > 0:
                return False
            falling |= slope < 0 and not self.facts.positive(self.read(power.base))
        return falling

    def _written_out(self, node: t.Big, places: list[range]) -> Poly:
        """A sum, product or extreme over these places of each index."""
        values = [
            self.read(substitute(node.body, {b.symbol: t.number(i) for b, i in zip(node.binders, place, strict=True)}))
            for place in product(*places)
        ]
        if node.op in ("max", "min"):
            return self.extreme(node.op, values)
        if node.op == "sum":
            return reduce(Poly.__add__, values, ZERO)
        return reduce(self.multiply, values, UNIT)

    def _read_mean(self, node: t.Mean) -> Poly:
        """The mean over all batches, monomial by monomial: shares of samples and of pairs of samples."""
        batch = t.fresh(node.batch)
        total, drawn = self.size(t.Symbol("i", t.Type("index", over=batch.type.shape[0]))), self.size(batch)
        self.require(total - drawn, ">=", "a batch is not larger than the data")
        self.ledger.axioms.add("uniform batches")
        result = ZERO
        for m, c in self.read(substitute(node.body, {node.batch: batch})).terms.items():
            binders, factors = self.opened(m)
            entries = [a for a in factors if isinstance(a, Entry) and a.symbol == batch]
            others = [(a, e) for a, e in factors.items() if a not in entries]
            if any(batch in a.free for a, _ in others) or any(factors[a] < 0 or factors[a].denominator != 1 for a in entries):
                raise KernelError("a mean over batches is taken of polynomials in the entries of the batch")
            share = self._share([a.indices[0] for a in entries], total, drawn)
            result = result + self.sum_all(binders, self.multiply(self.combine(others), share)).scale(c)
        return result

    def _share(self, drawn_ones: list[IndexTerm | Poly], total: Poly, drawn: Poly) -> Poly:
        """The share of the batches that hold these samples: b / N for one, b (b - 1) / (N (N - 1)) for two different ones."""
        if not drawn_ones:
            return UNIT
        one = self.multiply(drawn, self.inverse(total))
        if len(drawn_ones) == 1:
            return one
        if len(drawn_ones) > 2:
            raise KernelError("a mean over batches of more than two entries at once")
        self.require(total - UNIT, ">", "there are two different samples")
        pair = self.multiply(one, self.multiply(drawn - UNIT, self.inverse(total - UNIT)))
        same = self.delta(*drawn_ones)
        return self.multiply(same, one) + self.multiply(UNIT - same, pair)

    def _read_limit(self, node: t.Limit) -> Poly:
        """A limit that is a whole side: equal to what it is equal to. Inside an expression it would have to be a number."""
        whole = self._whole
        while isinstance(whole, t.Paren):
            whole = whole.body
        if whole is not node:
            raise KernelError("a limit inside an expression: that it exists and is finite is not shown")
        if any(node.variable in t.free_symbols(s) for s in t.walk(node.body) if isinstance(s, t.Symbol) and s != node.variable):
            raise KernelError(f"a limit by {node.variable.name}, the size of an array")
        variable = t.fresh(node.variable)
        body = substitute(node.body, {node.variable: variable})
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

    # equality ---------------------------------------------------------------------------------------------

    def is_zero(self, p: Poly, limit: int = 6) -> bool:
        """Whether p = 0 follows: bring to the common denominator and expand, as long as denominators appear."""
        for _ in range(limit):
            if not p:
                return True
            worst: dict[Atom, Fraction] = {}
            for m in p.terms:
                for atom, exponent in m:
                    if isinstance(atom, (Denominator, Absolute)) and exponent < 0:
                        worst[atom] = min(worst.get(atom, Fraction(0)), exponent)
            if not worst:
                break
            raised = [(atom, Fraction(-(exponent.__floor__()))) for atom, exponent in worst.items()]
            total = ZERO
            for m, c in p.terms.items():
                total = total + self.combine((*m, *raised)).scale(c)
            p = total
        return not p or self._aligned(p, limit - 1)

    def _aligned(self, p: Poly, limit: int) -> bool:
        """Whether p = 0 follows where sums over ranges that differ by a shift, a reversal or their end terms are one."""
        ranges = sorted({a for m in p.terms for a, e in m if isinstance(a, Range) and e == 1})
        if any(Entry in a.kinds() for a in ranges):  # then sums over all entries are ranges as well
            p = self._counted(p)
            ranges = sorted({a for m in p.terms for a, e in m if isinstance(a, Range) and e == 1})
        for one, other in permutations(ranges, 2):
            for value, own in self.aligned(one, other):
                with self.attempt() as tried:
                    replaced = ZERO
                    for m, c in p.terms.items():
                        factor = value if any(a is one for a, _ in m) else UNIT
                        replaced = replaced + self.multiply(self.combine(f for f in m if f[0] is not one), factor).scale(c)
                    vanishes = limit > 0 and self.is_zero(replaced, limit)
                if vanishes:
                    self.include(own)
                    self.include(tried)
                    return True
        return False


class Facts(Signs):
    """Known inequalities and the signs that follow, with the arithmetic of the kernel."""

    def algebra(self) -> Normal:
        return Normal(self, {})

    def plain(self) -> Normal:
        return Normal(Facts(), {})


def _root_of_square(node: t.Expr) -> t.Expr | None:
    """x where the tree is x^2, in whatever brackets."""
    while isinstance(node, t.Paren):
        node = node.body
    return node.base if isinstance(node, t.Pow) and isinstance(node.exponent, t.Number) and node.exponent.value == 2 else None


def _written_places(binder: t.Binder) -> range | None:
    """The places of an index of a literal size that is small enough to write them out."""
    size = t.size_of(binder.symbol) if binder.lower is None else None
    return range(1, int(size.value) + 1) if isinstance(size, t.Number) and size.value <= WRITTEN_OUT else None


def bare_number(node: t.Expr | None) -> int | None:
    """The value of a whole number that is written down."""
    while isinstance(node, t.Paren):
        node = node.body
    return int(node.value) if isinstance(node, t.Number) and node.value.denominator == 1 else None


def as_range(node: t.Big) -> t.Binder:
    """The binder of a sum over one index as the range 1..n, where the index is used as a number and never as an index."""
    binder = node.binders[0]
    if binder.lower is not None:
        return binder
    used, places = 0, 0
    for part in t.walk(node.body):
        used += part == binder.symbol
        if isinstance(part, t.Index) and isinstance(part.base, t.Symbol):  # a place in a sequence is a number
            held = zip(part.base.type.shape, part.indices, strict=False)  # of a row the first ones
            places += any(size != t.NATURALS and binder.symbol in t.free_symbols(index) for size, index in held)
        elif isinstance(part, (t.Index, t.Apply)) or (isinstance(part, t.Call) and part.name == "delta"):
            places += binder.symbol in t.free_symbols(part)
    if places or not used:
        return binder
    counted = t.Symbol(binder.symbol.name, t.Type("natural", minimum=1))
    return t.Binder(counted, t.number(1), t.size_of(binder.symbol))


def counting(binder: t.Binder) -> t.Symbol:
    """A bound symbol under a fresh name; over 1..T it is at least 1, whatever is declared of a letter of that name."""
    new, lower = t.fresh(binder.symbol), binder.lower
    if lower is None:
        return new
    least = lower.value if isinstance(lower, t.Number) and lower.value.denominator == 1 else 0
    return t.Symbol(new.name, replace(new.type, minimum=max(int(least), 0)))


def _is_logarithm(node: t.Expr) -> TypeGuard[t.Call]:
    return isinstance(node, t.Call) and node.name in ("log", "log2", "log10")


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
