"""A normal form of the replayer's own, with symbolic n: how an expression is read into it, derivatives included.

Written apart from the kernel and simpler. What an expression needs to be defined and what is not shown (a divisor that is
not 0, a logarithm of something positive) is kept in `open`.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import reduce
from typing import Any

from mathcore.language import tree as t
from mathcore.language.exponents import is_whole
from mathcore.language.substitution import reduce_index, substitute
from mathcore.proof.replay.algebra import Algebra
from mathcore.proof.replay.letters import (
    ONE,
    SIGNS,
    ZERO,
    Atom,
    Fact,
    Frozen,
    Outside,
    Poly,
    frozen,
    key,
    minus,
    number,
    of,
    plus,
    scaled,
    symbols,
)


class Forms(Algebra):
    """Reads expressions under facts."""

    # reading --------------------------------------------------------------------------------------------------

    def read(self, node: t.Expr) -> Poly:
        match node:
            case t.Paren(body):
                return self.read(body)
            case t.Number(value, _):
                return number(value)
            case t.Constant("pi"):
                return of(("pi",))
            case t.Symbol(_, kind) if not kind.shape and kind.domain not in ("batch", "function"):
                return of(("s", node))
            case t.Neg(body):
                return scaled(self.read(body), -1)
            case t.Add(a, b):
                return plus(self.read(a), self.read(b))
            case t.Sub(a, b):
                return minus(self.read(a), self.read(b))
            case t.Mul(a, b):
                one = self.read(a)
                return self.times(one, self._read_beside(one, b))
            case t.Div(a, b):
                return self.times(self.read(a), self.power(self.read(b), Fraction(-1)))
            case t.Pow(base, exponent):
                return self._read_power(base, exponent)
            case t.Call(name, args):
                return self._call(name, args)
            case t.Index(t.Symbol() as base, indices) if len(indices) == len(base.type.shape):
                return of(
                    ("e", base, tuple(self.within(self.read(i), size) for i, size in zip(indices, base.type.shape, strict=True)))
                )
            case t.Apply(head, args) if not node.shape:
                return of(("fn", head, tuple(self._read_argument(a) for a in args)))
            case t.Derivative(body, variable):
                return self.derivative(body, variable)
            case t.At(targets, values, body) if not any(x.type.shape for x in targets):
                return self._at({x: self.read(v) for x, v in zip(targets, values, strict=True)}, body)
            case t.Big(op, binders, body):
                return self._big(op, binders, body)
            case t.Index():
                reduced = reduce_index(node)
                if reduced != node:
                    return self.read(reduced)
        raise Outside(f"a {type(node).__name__.lower()}")

    def _read_beside(self, factor: Poly, node: t.Expr) -> Poly:
        """A factor; a logarithm beside delta(i, j) counts where i = j alone, for 0 log(0) is 0."""
        core = t.bare(node)
        if isinstance(core, t.Call) and core.name == "log" and len(factor) == 1:
            inner = self.read(core.args[0])
            for a, _ in next(iter(factor)):
                if a[0] == "d" and isinstance(a[2], t.Symbol) and self.sign(inner):
                    return self.log(self.put(inner, {a[2]: a[1]}))
        return self.read(node)

    def _at(self, values: dict[t.Symbol, Poly], body: t.Expr) -> Poly:
        """What is put in lies in the domain that was relied on; hypotheses speak of other values."""
        for x, value in values.items():
            self.require_domain(x, value)
        inner = Forms([f for f in self.facts if not symbols(f.value) & set(values)], (), self.distinct)
        read = inner.read(body)
        if any(symbols(value) & set(values) for value, _ in inner.open):
            raise Outside("a condition on what is replaced")
        self.open |= inner.open
        self.elsewhere |= inner.elsewhere
        return self.put(read, values)

    def require_domain(self, x: t.Symbol, value: Poly) -> None:
        """That a value lies in the domain of a letter for which it stands."""
        wanted = SIGNS.get(x.type.domain, "")
        if x.type.domain not in ("real", "positive", "nonnegative", "unit"):
            raise Outside(f"whether {x.name} lies in its domain")
        if wanted and (not (sign := self.sign(value)) or (wanted == "+" and sign != "+")):
            raise Outside(f"whether {x.name} lies in its domain")
        if x.type.domain == "unit" and not self.sign(minus(ONE, value)):
            raise Outside(f"whether {x.name} lies in its domain")

    def within(self, p: Poly, size: t.Expr) -> Any:
        """A place in an axis of this size; that it lies there is asked of what is no index."""
        place = self.place(p)
        if not (isinstance(place, t.Symbol) and place.type.domain == "index"):
            self.need(p if size == t.NATURALS else minus(p, ONE), ">=")
            if size != t.NATURALS:
                self.need(minus(self.read(size), p), ">=")
        return place

    def _read_argument(self, node: t.Expr) -> Atom:
        shape = t.shape_of(node)
        if not shape:
            return ("number", frozen(self.read(node)))
        names = tuple(t.fresh(t.Symbol("k", t.Type("index", over=s))) for s in shape)
        return self._vector(names, self.read(reduce_index(t.Index(node, names))))

    def _read_power(self, base: t.Expr, exponent: t.Expr) -> Poly:
        above, below = self.read(exponent), self.read(base)
        named = any(isinstance(x, t.Symbol) for x in t.walk(exponent))
        if named and not is_whole(exponent):  # also where the exponent comes out as 0: 0^(x - x)
            self.need(below, ">")
        return self.power_of(below, above)

    def _call(self, name: str, args: tuple[t.Expr, ...]) -> Poly:
        if name == "delta":
            return self.delta(*(self.place(self.read(a)) for a in args))
        values = [self.read(a) for a in args]
        match name:
            case "exp":
                return self.exp(values[0])
            case "log":
                return self.log(values[0])
            case "log2" | "log10":
                below = self.log(number(2 if name == "log2" else 10))
                return self.times(self.log(values[0]), self.power(below, Fraction(-1)))
            case "xlogy":
                return self.times(values[0], self.log(values[1]))
            case "sqrt":
                return self.power(values[0], Fraction(1, 2))
            case "abs":
                return self.absolute(values[0])
            case "max" | "min":
                turn = 1 if name == "max" else -1
                return reduce(lambda a, b: scaled(plus(a, b, scaled(self.absolute(minus(a, b)), turn)), Fraction(1, 2)), values)
            case "erfc" | "step":
                return of(("fn", name, (("number", frozen(values[0])),)))
        raise Outside(f"the function {name}")

    def _big(self, op: str, binders: tuple[t.Binder, ...], body: t.Expr) -> Poly:
        (first, *others) = binders
        inner = t.Big(op, tuple(others), body) if others else body
        k = t.fresh(first.symbol)
        if first.lower is not None and first.upper is not None:
            if op != "sum":
                raise Outside(f"a {op} over a range")
            k = t.fresh(t.Symbol("k", t.Type("natural")))
            low, high = self.read(first.lower), self.read(first.upper)
            inner = substitute(inner, {first.symbol: k})
            with_range = Forms(
                [*self.facts, Fact(frozen(minus(of(("s", k)), low)), False), Fact(frozen(minus(high, of(("s", k)))), False)],
                self.apart,
                self.distinct,
            )
            value = with_range.read(inner)
            self.open |= with_range.open
            self.elsewhere |= with_range.elsewhere
            return self.range(k, low, high, value)
        length = t.bare(t.size_of(first.symbol))
        if isinstance(length, t.Number) and op == "sum":
            count = int(length.value)
            return plus(*(self.read(substitute(inner, {first.symbol: t.number(i)})) for i in range(1, count + 1)))
        value = self.read(substitute(inner, {first.symbol: k}))
        match op:
            case "sum":
                return self.sum(k, value)
            case "max":
                return self.maximum(k, value)
            case "min":
                return scaled(self.maximum(k, scaled(value, -1)), -1)
            case "prod" if self.sign(value) == "+":
                return self.exp(self.sum(k, self.log(value)))
        raise Outside(f"a {op}")

    # derivatives ----------------------------------------------------------------------------------------------

    def derivative(self, node: t.Expr, variable: t.Expr) -> Poly:
        """By a number or an entry that varies freely; only what holds all around a point may be used in the body."""
        base = variable.base if isinstance(variable, t.Index) else variable
        if not isinstance(base, t.Symbol) or base.type.domain not in ("real", "positive", "nonnegative", "unit"):
            raise Outside("a derivative by something that does not vary freely")
        around = Forms([f for f in self.facts if f.strict and "step" not in key(f.value)], (), self.distinct)
        places = zip(base.type.shape, variable.indices, strict=True) if isinstance(variable, t.Index) else ()
        at = tuple(self.within(self.read(i), size) for size, i in places)
        value = around.slope(around.read(node), base, at)
        if base.type.domain in ("nonnegative", "unit"):  # at an end of the domain there is one side alone
            entry = of(("e", base, at) if at else ("s", base))
            self.open |= {(frozen(entry), ">")} | ({(frozen(minus(ONE, entry)), ">")} if base.type.domain == "unit" else set())
        self.open |= {(p, ">" if relation == ">=" and base in symbols(p) else relation) for p, relation in around.open}
        self.elsewhere |= around.elsewhere
        return value

    def slope(self, p: Poly, x: t.Symbol, at: tuple[Any, ...]) -> Poly:
        total: list[Poly] = []
        for m, c in p.items():
            for place, (a, e) in enumerate(m):
                if x in symbols(a):
                    rest = self.mono([*m[:place], *m[place + 1 :]])
                    total.append(scaled(self.times(rest, self._slope(a, e, x, at)), c))
        return plus(*total)

    def _slope(self, a: Atom, e: Fraction, x: t.Symbol, at: tuple[Any, ...]) -> Poly:
        """The derivative of a^e."""

        def inner(part: Frozen) -> Poly:
            return self.slope(dict(part), x, at)

        def outer() -> Poly:
            return scaled(self.power(of(a), e - 1) if e != 1 else ONE, e)

        match a[0]:
            case "s" if a[1] == x:
                return outer()
            case "e" if a[1] == x and not any(x in symbols(i) for i in a[2]):
                return self.product([outer(), *(self.delta(i, j) for i, j in zip(a[2], at, strict=True))])
            case "exp":
                return scaled(self.times(of(a, e), inner(((a[1], Fraction(1)),))), e)
            case "log":
                return self.product([outer(), self.power(dict(a[1]), Fraction(-1)), inner(a[1])])
            case "P":
                return scaled(self.times(self.power(dict(a[1]), e - 1), inner(a[1])), e)
            case "abs":
                self.need(dict(a[1]), "!=")
                turn = self.times(dict(a[1]), of(a, -1))
                return self.product([outer(), turn, inner(a[1])])
            case "sum":
                fresh, factors = self.opened(a)
                value = self.slope({tuple(factors): Fraction(1)}, x, at)
                for b in fresh:
                    value = self.sum(b, value)
                return self.times(outer(), value)
            case "range" if x not in symbols(a[3]):
                name = t.fresh(t.Symbol("k", a[1].type))
                value = self.slope(self.put({a[2]: Fraction(1)}, {a[1]: name}), x, at)
                return self.times(outer(), self.range(name, ZERO, minus(dict(a[3]), ONE), value))
            case "pw" if x not in symbols(a[2]):
                base = dict(a[1])
                return scaled(self.product([of(a, e), {a[2]: Fraction(1)}, self.power(base, Fraction(-1)), inner(a[1])]), e)
            case "fn" if all(arg[0] == "number" for arg in a[2]):
                return self.times(outer(), plus(*(self._slope_of_function(a, i, inner) for i in range(len(a[2])))))
        raise Outside(f"no derivative of a {a[0]}")

    def _slope_of_function(self, a: Atom, place: int, inner: Callable[[Frozen], Poly]) -> Poly:
        argument = a[2][place][1]
        if a[1] == "erfc":
            square = scaled(self.power(dict(argument), Fraction(2)), -1)
            return self.product([number(-2), self.exp(square), of(("pi",), Fraction(-1, 2)), inner(argument)])
        if a[1] == "step":
            self.need(dict(argument), "!=")
            return ZERO
        return self.times(of(("fn", f"{a[1]}'{place}", a[2])), inner(argument))
