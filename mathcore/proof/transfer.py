"""Finite-n transfer: an identity in n is proved by proving it for a few n, exactly. A route of its own, beside the kernel.

The theorem, with its proof, stands in docs/finite-n-transfer.md. In short: an expression that is made of local functions
(of numbers and of the entries at the indices at hand) by sums over indices, products and powers of n is 0 for every n if
it is 0, as a function, for n = 1..D + F: D counts the sums and explicit n of a product, F the free indices.

Nothing of the kernel is used here: definitions are unfolded and letters renamed by the language room, derivatives, the
taking apart of sums and the exact arithmetic at each n are written anew, and dumber.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import product
from math import gcd
from typing import Any, TypeVar

from mathcore.language import tree as t
from mathcore.language.parser import Context

WORK = 6_000  # evaluated summands; beyond it a claim is too large for this route
TERMS = 600  # of an expression with all products multiplied out, and of a value

Key = TypeVar("Key")
Powers = tuple[tuple[Key, int], ...]


class Outside(Exception):
    """The theorem does not speak of this, or it is too large; the text says why."""


@dataclass(frozen=True)
class Transfer:
    """`holds` is True if the identity is proved for every n, False if it fails at one n, None if this route says nothing."""

    holds: bool | None
    reason: str = ""
    checked: int = 0  # sizes and patterns of the free indices
    largest: int = 0  # n that was needed
    interior: bool = False  # about distributions without zeros only


def transfer(context: Context, relation: t.Expr) -> Transfer:
    """The identity `left = right` under the declarations of a context."""
    core = _bare(relation)
    if not isinstance(core, t.Relation) or core.ops != ("=",):
        return Transfer(None, "only equations are transferred")
    try:
        left, right = (_prepared(context, side) for side in core.args)
        names = _axes(left, right)
        if names is not None:
            left, right = (t.reduce_index(t.Index(side, names)) for side in (left, right))
        found = _check(t.Sub(t.Paren(left), t.Paren(right)))
        letters = [n for side in (left, right) for n in t.walk(side) if isinstance(n, t.Symbol)]
        inside = any(s.name.endswith("~") and s.type.domain == "positive" for s in letters)
        used = {s.name.removesuffix("~") for s in letters if s.name.endswith("~")}
        left_over = [h for h in context.hypotheses if (total := _total(context.unfold(h))) is None or total[0].name not in used]
        if found.holds is False and left_over:  # perhaps not where the other hypotheses hold
            return replace(found, holds=None, reason=f"{found.reason}, but not all hypotheses are used here")
        return replace(found, interior=inside)
    except Outside as error:
        return Transfer(None, str(error))
    except RecursionError:
        return Transfer(None, "too deeply nested")


def _bare(node: t.Expr) -> t.Expr:
    while isinstance(node, t.Paren):
        node = node.body
    return node


def _axes(left: t.Expr, right: t.Expr) -> tuple[t.Symbol, ...] | None:
    shapes = t.shape_of(left), t.shape_of(right)
    if shapes[0] != shapes[1]:
        raise Outside("the sides have different shapes")
    return tuple(t.fresh(t.Symbol("k", t.Type("index", over=s))) for s in shapes[0]) or None


# before the theorem: definitions, derivatives and hypotheses are worked out ---------------------------------------


def _prepared(context: Context, node: t.Expr) -> t.Expr:
    """Unfolded, differentiated, hypotheses eliminated: p[k] becomes u[k] / sum(j: u[j]) with u positive."""
    node = _worked_out(context.unfold(node))
    put: dict[t.Symbol, t.Expr] = {}
    for symbol in sorted({n for n in t.walk(node) if isinstance(n, t.Symbol)}, key=lambda s: s.name):
        kind = symbol.type
        if kind.domain == "onehot" or (kind.domain == "simplex" and len(kind.shape) != 1):
            raise Outside(f"{symbol.name} is declared {kind.domain}: its entries do not vary one by one")
        if kind.domain == "simplex":
            put[symbol] = _shares(symbol)
    for hypothesis in context.hypotheses:
        total = _total(context.unfold(hypothesis))
        if total is not None and total[0] not in put and total[0].type.domain == "real":
            put[total[0]] = _shifted(*total)
    return t.substitute(node, put) if put else node


def _shares(p: t.Symbol) -> t.Expr:
    over = p.type.shape[0]
    k, j = (t.fresh(t.Symbol("k", t.Type("index", over=over))) for _ in range(2))
    u = t.Symbol(f"{p.name}~", t.Type("positive", (over,)))
    return t.Big("vector", (t.Binder(k),), t.Div(t.Index(u, (k,)), t.Big("sum", (t.Binder(j),), t.Index(u, (j,)))))


def _shifted(x: t.Symbol, value: t.Expr) -> t.Expr:
    """x[k] = u[k] + (value - sum(j: u[j])) / n runs through all x with that sum, u through all real arrays."""
    over = x.type.shape[0]
    k, j = (t.fresh(t.Symbol("k", t.Type("index", over=over))) for _ in range(2))
    u = t.Symbol(f"{x.name}~", x.type)
    rest = t.Sub(t.Paren(value), t.Big("sum", (t.Binder(j),), t.Index(u, (j,))))
    return t.Big("vector", (t.Binder(k),), t.Add(t.Index(u, (k,)), t.Div(t.Paren(rest), over)))


def _total(hypothesis: t.Expr) -> tuple[t.Symbol, t.Expr] | None:
    """(x, c) of sum(k: x[k]) = c."""
    core = _bare(hypothesis)
    if not isinstance(core, t.Relation) or core.ops != ("=",):
        return None
    big, value = _bare(core.args[0]), core.args[1]
    if not (isinstance(big, t.Big) and big.op == "sum" and len(big.binders) == 1 and big.binders[0].lower is None):
        return None
    entry = _bare(big.body)
    k = big.binders[0].symbol
    if (
        isinstance(entry, t.Index)
        and isinstance(entry.base, t.Symbol)
        and entry.indices == (k,)
        and isinstance(_bare(value), t.Number)
    ):
        return entry.base, value
    return None


def _worked_out(node: t.Expr) -> t.Expr:
    """Derivatives carried out and `at` substituted, from the inside out."""
    if isinstance(node, t.At):
        values = tuple(_worked_out(v) for v in node.values)
        return t.Paren(t.substitute(_worked_out(node.body), dict(zip(node.targets, map(t.Paren, values), strict=True))))
    if isinstance(node, t.Derivative):
        variable = node.variable
        base = variable.base if isinstance(variable, t.Index) else variable
        if not isinstance(base, t.Symbol) or base.type.domain not in ("real", "positive"):
            raise Outside("a derivative by something that does not vary freely")
        return t.Paren(_slope(_worked_out(node.body), base, variable.indices if isinstance(variable, t.Index) else ()))
    node = t.map_children(node, _worked_out)
    return t.reduce_index(node) if isinstance(node, t.Index) else node


ZERO, ONE = t.number(0), t.number(1)


def _slope(node: t.Expr, x: t.Symbol, at: tuple[t.Expr, ...]) -> t.Expr:
    """The derivative by x, or by its entry at these indices."""
    if not t.depends_on(node, x):
        return ZERO
    p = t.Paren

    def d(part: t.Expr) -> t.Expr:
        return p(_slope(part, x, at))

    match node:
        case t.Symbol():
            return ONE
        case t.Index(t.Symbol() as base, indices) if base == x:
            result: t.Expr = ONE
            for mine, other in zip(indices, at, strict=True):
                result = t.Mul(result, t.Call("delta", (mine, other)))
            return result
        case t.Paren(body):
            return d(body)
        case t.Neg(body):
            return t.Neg(d(body))
        case t.Add(a, b):
            return t.Add(d(a), d(b))
        case t.Sub(a, b):
            return t.Sub(d(a), d(b))
        case t.Mul(a, b):
            return t.Add(t.Mul(d(a), p(b)), t.Mul(p(a), d(b)))
        case t.Div(a, b):
            return t.Sub(t.Div(d(a), p(b)), t.Div(t.Mul(p(a), d(b)), t.Pow(p(b), t.number(2))))
        case t.Pow(base, exponent) if not t.depends_on(exponent, x):
            return t.Mul(t.Mul(p(exponent), t.Pow(p(base), p(t.Sub(p(exponent), ONE)))), d(base))
        case t.Call("exp", (a,)):
            return t.Mul(node, d(a))
        case t.Call("log", (a,)):
            return t.Div(d(a), p(a))
        case t.Call("sqrt", (a,)):
            return t.Div(d(a), p(t.Mul(t.number(2), node)))
        case t.Big("sum", binders, body) if all(b.lower is None for b in binders):
            fresh = {b.symbol: t.fresh(b.symbol) for b in binders}
            return t.Big("sum", tuple(t.Binder(s) for s in fresh.values()), _slope(t.substitute(body, fresh), x, at))
    raise Outside(f"no derivative of a {type(node).__name__.lower()} here")


# sums of products of local functions ------------------------------------------------------------------------------


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
            _merged(self.powers, other.powers),
            self.binders + other.binders,
            self.factors + other.factors,
            _merged(self.divisors, other.divisors),
        )


def _merged(a: Powers[Key], b: Powers[Key]) -> Powers[Key]:
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
        node = _bare(node)
        if isinstance(node, t.Number):
            return [Product(node.value)] if node.value else []
        if isinstance(node, t.Symbol) and node.type.domain == "size":
            return [Product(powers=((node, 1),))]
        if isinstance(node, t.Symbol) and node.type.domain == "index":
            raise Outside("an index used as a number")
        if not _global(node):
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
                inner = self.expand(t.substitute(body, fresh))
                self.bound = before
                return [replace(x, binders=(*fresh.values(), *x.binders)) for x in inner]
            case t.Call("exp", (inner,)):
                result = [Product()]
                for coefficient, part in _terms(inner, Fraction(1)):
                    factor = t.Call("exp", (part,)) if not _global(part) else self._opaque(t.Call("exp", (part,)))
                    result = [x.times(Product(factors=(t.Pow(factor, t.number(coefficient)),))) for x in result]
                return result
            case t.Call("log", (inner,)):
                core = _bare(inner)
                if isinstance(core, (t.Mul, t.Div)) and positive(core.left) and positive(core.right):
                    kind = t.Add if isinstance(core, t.Mul) else t.Sub
                    return self.expand(kind(t.Call("log", (core.left,)), t.Call("log", (core.right,))))
                if not positive(core):
                    raise Outside("a logarithm of what is not positive by its form")
        return [Product(factors=(self._opaque(node),))]

    def _inverse(self, node: t.Expr) -> list[Product]:
        node = _bare(node)
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
        if not _global(node):
            return [Product(factors=(t.Div(ONE, t.Paren(node)),))]
        if not (positive(node) or positive(t.Neg(node))):
            raise Outside("a division by a sum that is not positive by its form")
        if self.bound & t.free_symbols(node):
            return [Product(factors=(self._opaque(t.Div(ONE, t.Paren(node))),))]
        for place, known in enumerate(self.divisors):
            if t.same(known, node):
                return [Product(divisors=((place, 1),))]
        self.divisors.append(node)
        return [Product(divisors=((len(self.divisors) - 1, 1),))]

    def _opaque(self, node: t.Expr) -> t.Expr:
        """A function of sums as a new letter, or a new array over the bound indices that it holds."""
        node = _bare(node)
        for part in t.walk(node):
            _refuse_counts(part)
            if isinstance(part, t.Symbol) and part.type.domain == "size":
                raise Outside("n under a function")
        order = [s for s in dict.fromkeys(n for n in t.walk(node) if isinstance(n, t.Symbol)) if s in self.bound]
        template = t.substitute(node, {s: t.Symbol(f"#{i}", s.type) for i, s in enumerate(order)})
        place = next((i for i, known in enumerate(self.opaque) if t.same(known, template)), len(self.opaque))
        if place == len(self.opaque):
            self.opaque.append(template)
        domain = "positive" if positive(node) else "real"
        sizes = tuple(t.size_of(s) for s in order)
        letter = t.Symbol(f"opaque~{place}", t.Type(domain, sizes))
        return t.Index(letter, tuple(order)) if order else letter


def rational(node: t.Expr) -> Fraction | None:
    node = _bare(node)
    if isinstance(node, t.Number):
        return node.value
    if isinstance(node, t.Neg):
        value = rational(node.body)
        return None if value is None else -value
    if isinstance(node, (t.Add, t.Sub, t.Mul, t.Div)):
        a, b = rational(node.left), rational(node.right)
        if a is None or b is None:
            return None
        if isinstance(node, t.Div):
            return a / b if b else None
        return a + b if isinstance(node, t.Add) else a - b if isinstance(node, t.Sub) else a * b
    return None


def _global(node: t.Expr) -> bool:
    """Whether sums, or n as a number, occur: then it is no local function."""
    for part in t.walk(node):
        if isinstance(part, (t.Big, t.Limit, t.Apply, t.List)):
            return True
        if isinstance(part, t.Symbol) and part.type.domain == "size":
            return True
        _refuse_counts(part)
    return False


def _refuse_counts(part: t.Expr) -> None:
    """An index that is used as a number, and an entry at a fixed place, are not the same for every index."""
    if isinstance(part, t.Index) and not all(isinstance(i, t.Symbol) and i.type.domain == "index" for i in part.indices):
        raise Outside("an entry at a fixed or shifted place")
    if isinstance(part, t.Call) and part.name == "delta":
        if not all(isinstance(_bare(i), t.Symbol) for i in part.args):
            raise Outside("an index compared with a number")
        return
    if not isinstance(part, t.Index):
        if any(isinstance(x, t.Symbol) and x.type.domain == "index" for x in map(_bare, t.children(part))) and not isinstance(
            part, t.Binder
        ):
            raise Outside("an index used as a number")


def _terms(node: t.Expr, factor: Fraction) -> Iterator[tuple[Fraction, t.Expr]]:
    """The terms of a sum, each with its number."""
    node = _bare(node)
    match node:
        case t.Neg(body):
            yield from _terms(body, -factor)
        case t.Add(a, b):
            yield from _terms(a, factor)
            yield from _terms(b, factor)
        case t.Sub(a, b):
            yield from _terms(a, factor)
            yield from _terms(b, -factor)
        case t.Mul(a, b) if rational(a) is not None:
            yield from _terms(b, factor * (rational(a) or 0))
        case t.Div(a, b) if rational(b):
            yield from _terms(a, factor / (rational(b) or 1))
        case _:
            yield factor, node


def positive(node: t.Expr) -> bool:
    """Positive by its form alone, whatever the values."""
    node = _bare(node)
    match node:
        case t.Number(value, _):
            return value > 0
        case t.Symbol(_, kind):
            return kind.domain in ("positive", "size")
        case t.Index(base, _):
            return isinstance(base, t.Symbol) and base.type.domain == "positive"
        case t.Call("exp", _):
            return True
        case t.Call("sqrt" | "abs", (inner,)):
            return positive(inner)
        case t.Add(a, b):
            return (positive(a) and _nonnegative(b)) or (_nonnegative(a) and positive(b))
        case t.Mul(a, b) | t.Div(a, b):
            return positive(a) and positive(b)
        case t.Neg(t.Neg(body)):
            return positive(body)
        case t.Pow(base, _):
            return positive(base)
        case t.Big("sum" | "prod" | "max" | "min", _, body):
            return positive(body)
    return False


def _nonnegative(node: t.Expr) -> bool:
    node = _bare(node)
    if positive(node) or (isinstance(node, t.Number) and node.value == 0):
        return True
    match node:
        case t.Symbol(_, kind):
            return kind.domain in ("nonnegative", "unit", "natural")
        case t.Index(base, _):
            return isinstance(base, t.Symbol) and base.type.domain in ("nonnegative", "unit", "simplex")
        case t.Call("delta" | "abs" | "sqrt", _):
            return True
        case t.Add(a, b) | t.Mul(a, b) | t.Div(a, b):
            return _nonnegative(a) and _nonnegative(b)
        case t.Pow(_, exponent):
            value = rational(exponent)
            return (value is not None and value.denominator == 1 and value % 2 == 0) or _nonnegative(node.base)
        case t.Big("sum", _, body):
            return _nonnegative(body)
    return False


# the check --------------------------------------------------------------------------------------------------------


def _check(gap: t.Expr) -> Transfer:
    expander = Expander()
    terms = expander.expand(gap)
    terms = _cleared(expander, terms)
    free = sorted({s for x in terms for f in x.factors for s in _indices(f) if s not in x.binders}, key=lambda s: s.name)
    bounds: dict[t.Symbol, int] = {}
    sizes = {t.size_of(s) for x in terms for s in x.binders} | {t.size_of(s) for s in free}
    for size in sorted(
        (s for s in sizes | {s for x in terms for s, _ in x.powers} if isinstance(s, t.Symbol)), key=lambda s: s.name
    ):
        lowest = min((dict(x.powers).get(size, 0) for x in terms), default=0)
        terms = [replace(x, powers=_merged(x.powers, ((size, -lowest),) if lowest < 0 else ())) for x in terms]
        degree = max((dict(x.powers).get(size, 0) + sum(t.size_of(b) == size for b in x.binders) for x in terms), default=0)
        bounds[size] = degree + max(sum(t.size_of(s) == size for s in free), 1)
    work = sum(_work(x, bounds) for x in terms)
    if work > WORK:
        raise Outside(f"{work} summands are too many for this route")
    checked = 0
    for values in product(*(range(1, bound + 1) for bound in bounds.values())):
        concrete = dict(zip(bounds, values, strict=True))
        for place in _patterns(free, concrete):
            checked += 1
            arithmetic = Arithmetic()
            value = arithmetic.total(terms, concrete, place)
            if value.top:
                shown = ", ".join(f"{s.name} = {v}" for s, v in {**concrete, **place}.items())
                sure = (
                    all(g[0] in ("entry", "exp") for m in value.top for g, _ in m)
                    and not expander.opaque
                    and not arithmetic.vague
                )
                reason = f"at {shown} the two sides differ" if sure else f"at {shown} the two sides are not seen to agree"
                return Transfer(False if sure else None, reason, checked, max(concrete.values(), default=0))
    return Transfer(True, "", checked, max(bounds.values(), default=0))


def _cleared(expander: Expander, terms: list[Product]) -> list[Product]:
    """Multiplied by the sums that were divided by, until none is left: a divisor may hold quotients itself."""
    while divisors := {place for x in terms for place, _ in x.divisors}:
        place = max(divisors)  # the outermost first: what it holds was met before it
        highest = max(dict(x.divisors).get(place, 0) for x in terms)
        result: list[Product] = []
        for x in terms:
            have = dict(x.divisors).get(place, 0)
            new = [replace(x, divisors=tuple((k, v) for k, v in x.divisors if k != place))]
            for _ in range(highest - have):
                new = [a.times(b) for a in new for b in expander.expand(expander.divisors[place])]
            result += new
            if len(result) > 4 * TERMS:
                raise Outside("too many terms")
        terms = result
    return terms


def _indices(node: t.Expr) -> frozenset[t.Symbol]:
    return frozenset(n for n in t.walk(node) if isinstance(n, t.Symbol) and n.type.domain == "index")


def _work(x: Product, bounds: Mapping[t.Symbol, int]) -> int:
    total = 1
    for b in x.binders:
        size = t.size_of(b)
        total *= bounds.get(size, 3) if isinstance(size, t.Symbol) else 3
    return 2 * total


def _patterns(free: list[t.Symbol], sizes: Mapping[t.Symbol, int]) -> Iterator[dict[t.Symbol, int]]:
    """Free indices in every pattern of coincidence; which values they take does not matter, by symmetry."""

    def go(rest: list[t.Symbol], chosen: dict[t.Symbol, int]) -> Iterator[dict[t.Symbol, int]]:
        if not rest:
            yield chosen
            return
        over = t.size_of(rest[0])
        length = sizes[over] if isinstance(over, t.Symbol) else int(over.value)  # type: ignore[attr-defined]  # a number
        used = max((v for s, v in chosen.items() if t.size_of(s) == over), default=0)
        for value in range(1, min(used + 1, length) + 1) if isinstance(over, t.Symbol) else range(1, length + 1):
            yield from go(rest[1:], {**chosen, rest[0]: value})

    yield from go(free, {})


# exact values: quotients of polynomials whose generators are entries, exp(monomial), log(polynomial), ... ---------

Generator = tuple[Any, ...]  # its kind, and what it is made of
Monomial = tuple[tuple[Generator, Fraction], ...]
Terms = dict[Monomial, Fraction]
Frozen = frozenset[tuple[Monomial, Fraction]]  # the same as a key


@dataclass(frozen=True)
class Value:
    """top / product of bottom[key]^exponent; a key is a polynomial as a frozenset of its terms."""

    top: Terms
    bottom: Powers[Frozen] = ()

    @property
    def key(self) -> tuple[Frozen, frozenset[tuple[Frozen, int]]]:
        return frozenset(self.top.items()), frozenset(self.bottom)


class Arithmetic:
    """Values at one n. `vague` says that generators were used between which unknown relations may hold."""

    def __init__(self) -> None:
        self.vague = False
        self.positive: dict[Generator, bool] = {}
        self.memory: dict[tuple[t.Expr, tuple[int, ...]], Value] = {}

    def total(self, terms: list[Product], sizes: Mapping[t.Symbol, int], place: Mapping[t.Symbol, int]) -> Value:
        result = Value({})
        for x in terms:
            scale = x.coefficient
            for size, power in x.powers:
                scale *= Fraction(sizes[size]) ** power
            lengths = [sizes[o] if isinstance(o := t.size_of(b), t.Symbol) else int(o.value) for b in x.binders]  # type: ignore[attr-defined]  # a number
            for chosen in product(*(range(1, length + 1) for length in lengths)):
                at = {**place, **dict(zip(x.binders, chosen, strict=True))}
                value = Value({(): scale})
                for factor in sorted(x.factors, key=lambda f: not (isinstance(f, t.Call) and f.name == "delta")):
                    value = self.multiply(value, self.value(factor, at))
                    if not value.top:
                        break
                result = self.add(result, value)
        return result

    def value(self, node: t.Expr, at: Mapping[t.Symbol, int]) -> Value:
        own = sorted(_indices(node), key=lambda s: s.name)
        key = (node, tuple(at[s] for s in own))
        if key not in self.memory:
            self.memory[key] = self._value(node, at)
        return self.memory[key]

    def _value(self, node: t.Expr, at: Mapping[t.Symbol, int]) -> Value:
        match node:
            case t.Paren(body):
                return self.value(body, at)
            case t.Number(value, _):
                return Value({(): value} if value else {})
            case t.Symbol(name, _):
                return self.generator(("entry", name), positive(node))
            case t.Index(t.Symbol(name, _), indices):
                return self.generator(("entry", name, *(at[i] for i in indices)), positive(node))  # type: ignore[index]  # symbols
            case t.Neg(body):
                return self.scaled(self.value(body, at), Fraction(-1))
            case t.Add(a, b):
                return self.add(self.value(a, at), self.value(b, at))
            case t.Sub(a, b):
                return self.add(self.value(a, at), self.scaled(self.value(b, at), Fraction(-1)))
            case t.Mul(a, b):
                return self.multiply(self.value(a, at), self.value(b, at))
            case t.Div(a, b):
                return self.multiply(self.value(a, at), self.power(self.value(b, at), Fraction(-1)))
            case t.Pow(base, exponent):
                known = rational(exponent)
                if known is not None:
                    return self.power(self.value(base, at), known)
                below, above = self.value(base, at), self.value(exponent, at)
                if self.is_positive(below):
                    return self.exp(self.multiply(above, self.log(below)))
                raise Outside("a symbolic power of what is not positive by its form")
            case t.Call("delta", (i, j)):
                return Value({(): Fraction(1)} if at[_bare(i)] == at[_bare(j)] else {})  # type: ignore[index]  # symbols
            case t.Call("exp", (a,)):
                return self.exp(self.value(a, at))
            case t.Call("log", (a,)):
                return self.log(self.value(a, at))
            case t.Call("sqrt", (a,)):
                return self.power(self.value(a, at), Fraction(1, 2))
            case t.Call("log2" | "log10" as name, (a,)):
                unit = self.log(Value({(): Fraction(2 if name == "log2" else 10)}))
                return self.multiply(self.log(self.value(a, at)), self.power(unit, Fraction(-1)))
            case t.Call("xlogy", (a, b)):
                return self.multiply(self.value(a, at), self.log(self.value(b, at)))
            case t.Call(name, args):
                self.vague = True
                parts = tuple(self.value(a, at).key for a in args)
                return self.generator(("call", name, parts), False)
        raise Outside(f"a {type(node).__name__.lower()} at one n")

    # the four operations --------------------------------------------------------------------------------------

    def generator(self, name: Generator, is_positive: bool) -> Value:
        self.positive[name] = is_positive
        return Value({((name, Fraction(1)),): Fraction(1)})

    def scaled(self, a: Value, factor: Fraction) -> Value:
        return Value({m: c * factor for m, c in a.top.items()}, a.bottom)

    def add(self, a: Value, b: Value) -> Value:
        if not a.top:
            return b
        if not b.top:
            return a
        below, other = dict(a.bottom), dict(b.bottom)
        both = {k: max(below.get(k, 0), other.get(k, 0)) for k in {**below, **other}}
        top = dict(self._raised(a.top, both, below))
        for m, c in self._raised(b.top, both, other).items():
            top[m] = top.get(m, Fraction(0)) + c
        return Value({m: c for m, c in top.items() if c}, tuple(both.items()))

    def _raised(self, top: Terms, both: Mapping[Frozen, int], have: Mapping[Frozen, int]) -> Terms:
        for key, exponent in both.items():
            for _ in range(exponent - have.get(key, 0)):
                top = self.times(top, dict(key))
        return top

    def multiply(self, a: Value, b: Value) -> Value:
        if not a.top or not b.top:
            return Value({})
        return Value(self.times(a.top, b.top), _merged(a.bottom, b.bottom))

    def times(self, a: Terms, b: Terms) -> Terms:
        if len(a) * len(b) > 50 * TERMS:
            raise Outside("too many terms at one n")
        result: Terms = {}
        for (m, c), (n, e) in product(a.items(), b.items()):
            for p, f in self.merge(m, n).items():
                result[p] = result.get(p, Fraction(0)) + c * e * f
        return {m: c for m, c in result.items() if c}

    def merge(self, m: Monomial, n: Monomial) -> Terms:
        """The product of two monomials; a root that is whole again is expanded."""
        exponents = dict(m)
        for g, e in n:
            exponents[g] = exponents.get(g, Fraction(0)) + e
        number, whole = Fraction(1), []
        for g, e in list(exponents.items()):
            if g[0] == "root" and not 0 <= e < 1:
                floor = e.__floor__()
                exponents[g] = e - floor
                if floor < 0:
                    raise Outside("a root that is divided by")
                whole += [dict(g[1])] * floor
            if g[0] == "prime" and not 0 <= e < 1:
                floor = e.__floor__()
                exponents[g] = e - floor
                number *= Fraction(g[1]) ** floor
        result: Terms = {tuple(sorted(((g, e) for g, e in exponents.items() if e), key=repr)): number}
        for factor in whole:
            result = self.times(result, factor)
        return result

    # powers, exp, log -----------------------------------------------------------------------------------------

    def is_positive(self, a: Value) -> bool:
        return bool(a.top) and self._positive(a.top) and all(self._positive(dict(k)) for k, _ in a.bottom)

    def _positive(self, top: Terms) -> bool:
        plainly = [c > 0 and all(self._positive_power(g, e) for g, e in m) for m, c in top.items()]
        weakly = [
            c > 0 and all(self._positive_power(g, e) or (e.denominator == 1 and e % 2 == 0) for g, e in m) for m, c in top.items()
        ]
        return any(plainly) and all(weakly)

    def _positive_power(self, g: Generator, _: Fraction) -> bool:
        return self.positive.get(g, g[0] in ("exp", "prime", "root"))

    def power(self, a: Value, exponent: Fraction) -> Value:
        if exponent.denominator == 1:
            if exponent >= 0:
                result = Value({(): Fraction(1)})
                for _ in range(int(exponent)):
                    result = self.multiply(result, a)
                return result
            return self.power(self.inverse(a), -exponent)
        if not self.is_positive(a):
            raise Outside("a root of what is not positive by its form")
        result = self._root(a.top, exponent)
        for key, e in a.bottom:
            result = self.multiply(result, self._root(dict(key), -exponent * e))
        return result

    def _root(self, top: Terms, exponent: Fraction) -> Value:
        content, common, rest = self.content(top)
        result = Value({tuple((g, e * exponent) for g, e in common): Fraction(1)})
        for whole, sign in ((content.numerator, 1), (content.denominator, -1)):
            for prime, times in _factors(whole):
                result = self.multiply(result, Value(self.merge((), ((("prime", prime), sign * times * exponent),))))
        if rest != {(): Fraction(1)}:
            if exponent < 0:
                raise Outside("a root that is divided by")
            self.vague = True
            result = self.multiply(result, Value(self.merge((), ((("root", frozenset(rest.items())), exponent),))))
        return result

    def inverse(self, a: Value) -> Value:
        if not a.top:
            raise Outside("a division by 0")
        negative = {m: -c for m, c in a.top.items()}
        if not (self._positive(a.top) or self._positive(negative)):
            raise Outside("a division by what is not positive by its form")
        top: Terms = {(): Fraction(1)}
        for key, exponent in a.bottom:
            for _ in range(exponent):
                top = self.times(top, dict(key))
        content, common, rest = self.content(a.top)
        inverse = Value({tuple((g, -e) for g, e in common): 1 / content})
        if rest != {(): Fraction(1)}:
            inverse = replace(inverse, bottom=((frozenset(rest.items()), 1),))
        return self.multiply(Value(top), inverse)

    def content(self, top: Terms) -> tuple[Fraction, Monomial, Terms]:
        """number * monomial of positive generators * the rest."""
        top_number = Fraction(0)
        for c in top.values():
            top_number = Fraction(
                gcd(top_number.numerator * c.denominator, c.numerator * top_number.denominator),
                top_number.denominator * c.denominator,
            )
        if all(c < 0 for c in top.values()):
            top_number = -top_number
        lowest: dict[Generator, Fraction] = {}
        for g in {g for m in top for g, _ in m if self._positive_power(g, Fraction(1)) or len(top) == 1}:
            least = min(dict(m).get(g, Fraction(0)) for m in top)
            if least:
                lowest[g] = least
        common = tuple(sorted(lowest.items(), key=repr))
        rest: Terms = {}
        for m, c in top.items():
            left = dict(m)
            for g, e in common:
                left[g] = left.get(g, Fraction(0)) - e
            rest[tuple(sorted(((g, e) for g, e in left.items() if e), key=repr))] = c / top_number
        return top_number, common, rest

    def exp(self, a: Value) -> Value:
        if a.bottom:
            self.vague = True
            return self.generator(("exp of", a.key), True)
        result = Value({(): Fraction(1)})
        for m, c in a.top.items():
            if len(m) == 1 and m[0][0][0] == "log" and m[0][1] == 1:
                result = self.multiply(result, self.power(Value(dict(m[0][0][1])), c))
            else:
                self.positive[("exp", m)] = True
                result = self.multiply(result, Value({((("exp", m), c),): Fraction(1)}))
        return result

    def log(self, a: Value) -> Value:
        if not self.is_positive(a):
            raise Outside("a logarithm of what is not positive by its form")
        result = self._log(a.top)
        for key, exponent in a.bottom:
            result = self.add(result, self.scaled(self._log(dict(key)), Fraction(-exponent)))
        return result

    def _log(self, top: Terms) -> Value:
        content, common, rest = self.content(top)
        result = Value({})
        for whole, sign in ((content.numerator, 1), (content.denominator, -1)):
            for prime, times in _factors(whole):
                result = self.add(result, self._log_generator({(): Fraction(prime)}, Fraction(sign * times)))
        for g, e in common:
            if g[0] == "exp":
                result = self.add(result, Value({g[1]: e}))
            elif g[0] == "prime":
                result = self.add(result, self._log_generator({(): Fraction(g[1])}, e))
            else:
                result = self.add(result, self._log_generator({((g, Fraction(1)),): Fraction(1)}, e))
        return result if rest == {(): Fraction(1)} else self.add(result, self._log_generator(rest, Fraction(1)))

    def _log_generator(self, top: Terms, factor: Fraction) -> Value:
        self.vague = True
        name = ("log", frozenset(top.items()))
        self.positive.setdefault(name, (top.get((), 0) > 1 and len(top) == 1))
        return Value({((name, Fraction(1)),): factor})


def _factors(whole: int) -> list[tuple[int, int]]:
    found, prime = [], 2
    while prime * prime <= whole:
        times = 0
        while whole % prime == 0:
            whole, times = whole // prime, times + 1
        found += [(prime, times)] if times else []
        prime += 1
        if prime > 10_000:
            raise Outside("a large number")
    return [*found, (whole, 1)] if whole > 1 else found
