"""A tree multiplied out: sums of products of local functions, over powers of n and divided by global sums."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TypeVar

from mathcore.language import tree as t
from mathcore.language.substitution import substitute
from mathcore.proof.transfer.forms import TERMS, Outside, is_global, positive, rational, refuse_counts, terms_of

Key = TypeVar("Key")
Powers = tuple[tuple[Key, int], ...]


@dataclass(frozen=True)
class Product:
    """coefficient * n^a * sum over `binders` of the product of local functions, divided by global sums."""

    coefficient: Fraction = Fraction(1)
    powers: Powers[t.Symbol] = ()
    binders: tuple[t.Symbol, ...] = ()
    factors: tuple[t.Expr, ...] = ()
    divisors: Powers[int] = ()

    def times(self, other: Product) -> Product:
        return Product(
            self.coefficient * other.coefficient,
            merged(self.powers, other.powers),
            self.binders + other.binders,
            self.factors + other.factors,
            merged(self.divisors, other.divisors),
        )


def merged(a: Powers[Key], b: Powers[Key]) -> Powers[Key]:
    total = dict(a)
    for key, value in b:
        total[key] = total.get(key, 0) + value
    return tuple((k, v) for k, v in total.items() if v)


@dataclass
class Expander:
    """Multiplies out what holds sums; what holds none is one local function."""

    divisors: list[t.Expr] = field(default_factory=list)  # sums that are divided by, free of bound indices
    opaque: list[t.Expr] = field(default_factory=list)  # templates of functions of sums, e.g. log(sum(j: X[#1, j]))
    bound: frozenset[t.Symbol] = frozenset()

    def expand(self, node: t.Expr) -> list[Product]:
        found = self._expand(node)
        if len(found) > TERMS:
            raise Outside("too many terms")
        return found

    def _expand(self, node: t.Expr) -> list[Product]:
        node = t.bare(node)
        if isinstance(node, t.Number):
            return [Product(node.value)] if node.value else []
        if isinstance(node, t.Symbol) and node.type.domain == "size":
            return [Product(powers=((node, 1),))]
        if isinstance(node, t.Symbol) and node.type.domain == "index":
            raise Outside("an index used as a number")
        if not is_global(node):
            return [Product(factors=(node,))]
        match node:
            case t.Neg(body):
                return [replace(x, coefficient=-x.coefficient) for x in self.expand(body)]
            case t.Add(a, b):
                return self.expand(a) + self.expand(b)
            case t.Sub(a, b):
                return self.expand(a) + [replace(x, coefficient=-x.coefficient) for x in self.expand(b)]
            case t.Mul(a, b):
                return [x.times(y) for x in self.expand(a) for y in self.expand(b)]
            case t.Div(a, b):
                return [x.times(y) for x in self.expand(a) for y in self._inverse(b)]
            case t.Pow(base, exponent) if (value := rational(exponent)) is not None and value.denominator == 1:
                one = self._inverse(base) if value < 0 else None
                result = [Product()]
                for _ in range(abs(int(value))):  # opened anew each time: each copy has letters of its own
                    result = [x.times(y) for x in result for y in (one or self.expand(base))]
                return result
            case t.Big("sum", binders, body):
                if any(b.lower is not None for b in binders):
                    raise Outside("a sum over a range")
                fresh = {b.symbol: t.fresh(b.symbol) for b in binders}
                before, self.bound = self.bound, self.bound | set(fresh.values())
                inner = self.expand(substitute(body, fresh))
                self.bound = before
                return [replace(x, binders=(*fresh.values(), *x.binders)) for x in inner]
            case t.Call("exp", (inner,)):
                result = [Product()]
                for coefficient, part in terms_of(inner, Fraction(1)):
                    factor = t.Call("exp", (part,)) if not is_global(part) else self._opaque(t.Call("exp", (part,)))
                    result = [x.times(Product(factors=(t.Pow(factor, t.number(coefficient)),))) for x in result]
                return result
            case t.Call("log", (inner,)):
                core = t.bare(inner)
                if isinstance(core, (t.Mul, t.Div)) and positive(core.left) and positive(core.right):
                    kind = t.Add if isinstance(core, t.Mul) else t.Sub
                    return self.expand(kind(t.Call("log", (core.left,)), t.Call("log", (core.right,))))
                if not positive(core):
                    raise Outside("a logarithm of what is not positive by its form")
        return [Product(factors=(self._opaque(node),))]

    def _inverse(self, node: t.Expr) -> list[Product]:
        node = t.bare(node)
        if isinstance(node, t.Symbol) and node.type.domain == "size":
            return [Product(powers=((node, -1),))]
        if isinstance(node, t.Number) and node.value:
            return [Product(1 / node.value)]
        if isinstance(node, (t.Mul, t.Div)):
            return [
                x.times(y)
                for x in self._inverse(node.left)
                for y in (self.expand(node.right) if isinstance(node, t.Div) else self._inverse(node.right))
            ]
        if isinstance(node, t.Pow) and (value := rational(node.exponent)) is not None and value.denominator == 1 and value > 0:
            result = [Product()]
            for _ in range(int(value)):
                result = [x.times(y) for x in result for y in self._inverse(node.base)]
            return result
        if not is_global(node):
            return [Product(factors=(t.Div(t.number(1), t.Paren(node)),))]
        if not (positive(node) or positive(t.Neg(node))):
            raise Outside("a division by a sum that is not positive by its form")
        if self.bound & t.free_symbols(node):
            return [Product(factors=(self._opaque(t.Div(t.number(1), t.Paren(node))),))]
        for place, known in enumerate(self.divisors):
            if t.same(known, node):
                return [Product(divisors=((place, 1),))]
        self.divisors.append(node)
        return [Product(divisors=((len(self.divisors) - 1, 1),))]

    def _opaque(self, node: t.Expr) -> t.Expr:
        """A function of sums as a new letter, or a new array over the bound indices that it holds."""
        node = t.bare(node)
        for part in t.walk(node):
            refuse_counts(part)
            if isinstance(part, t.Symbol) and part.type.domain == "size":
                raise Outside("n under a function")
        order = [s for s in dict.fromkeys(n for n in t.walk(node) if isinstance(n, t.Symbol)) if s in self.bound]
        template = substitute(node, {s: t.Symbol(f"#{i}", s.type) for i, s in enumerate(order)})
        place = next((i for i, known in enumerate(self.opaque) if t.same(known, template)), len(self.opaque))
        if place == len(self.opaque):
            self.opaque.append(template)
        domain = "positive" if positive(node) else "real"
        sizes = tuple(t.size_of(s) for s in order)
        letter = t.Symbol(f"opaque~{place}", t.Type(domain, sizes))
        return t.Index(letter, tuple(order)) if order else letter
