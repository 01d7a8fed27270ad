"""The atoms of the kernel, one class for each kind: letters, functions, divisors, sums, products, maxima, limits.

A name that an atom binds is written canonically by who makes the atom (`Summing`), so that equal atoms are one object.
"""

from __future__ import annotations

from typing import TypeGuard

from mathcore.language.tree import Symbol
from mathcore.proof.kernel.polynomial import ONE, Atom, Monomial, Poly, symbol_key

Place = Symbol | int | Poly  # where an entry stands: at an index, at a number, or at the number that a polynomial is
Array = tuple[tuple[Symbol, ...], Poly]  # an argument with axes: its indices, and the entry at them

NONE: frozenset[Symbol] = frozenset()


class Letter(Atom):
    """What a symbol stands for: a scalar, or an entry of an array."""

    __slots__ = ("symbol",)
    symbol: Symbol

    @property
    def domain(self) -> str:
        """What the symbol, or each entry of it, is declared to be."""
        return self.symbol.type.domain


class Scalar(Letter):
    __slots__ = ()
    word = "symbol"

    def __new__(cls, symbol: Symbol) -> Scalar:
        return cls._interned(symbol_key(symbol), symbol=symbol)

    def _symbols(self) -> frozenset[Symbol]:
        return frozenset({self.symbol})


class Entry(Letter):
    """symbol[indices]"""

    __slots__ = ("acts", "indices")
    word = "entry"
    indices: tuple[Place, ...]

    def __new__(cls, symbol: Symbol, indices: tuple[Place, ...]) -> Entry:
        shown = [i.key if isinstance(i, Poly) else _place_key(i) for i in indices]
        acts = symbol.type.domain == "onehot"
        return cls._interned(f"{symbol_key(symbol)} @ {'; '.join(shown)}", symbol=symbol, indices=indices, acts=acts)

    def leads_like(self, other: Entry) -> bool:
        """Whether they may differ in their last index only."""
        return self.symbol == other.symbol and self.indices[:-1] == other.indices[:-1]

    def polynomials(self) -> tuple[Poly, ...]:
        return tuple(i for i in self.indices if isinstance(i, Poly))

    def _symbols(self) -> frozenset[Symbol]:
        return frozenset({self.symbol}).union(*(i.free if isinstance(i, Poly) else _place_symbols(i) for i in self.indices))

    def _level(self) -> int:
        return 0


class Delta(Atom):
    """1 where two indices are equal, else 0; what it stands beside is written with `keep`."""

    __slots__ = ("drop", "keep")
    word = "delta"
    acts = True
    keep: Symbol | int
    drop: Symbol

    def __new__(cls, keep: Symbol | int, drop: Symbol) -> Delta:
        return cls._interned(f"{_place_key(keep)}, {symbol_key(drop)}", keep=keep, drop=drop)

    def _symbols(self) -> frozenset[Symbol]:
        return _place_symbols(self.keep) | {self.drop}


class Prime(Atom):
    """A prime number, or a large one without small primes, for its roots."""

    __slots__ = ("value",)
    word = "prime"
    acts = True
    value: int

    def __new__(cls, value: int) -> Prime:
        return cls._interned(str(value), value=value)


class Pi(Atom):
    __slots__ = ()
    word = "constant"

    def __new__(cls) -> Pi:
        return cls._interned("pi")


class Exp(Atom):
    """exp of one monomial without its coefficient, which is the exponent of the atom."""

    __slots__ = ("exponent",)
    word = "exp"
    exponent: Poly

    def __new__(cls, exponent: Poly) -> Exp:
        return cls._interned(exponent.key, exponent=exponent)

    def polynomials(self) -> tuple[Poly, ...]:
        return (self.exponent,)


class Log(Atom):
    __slots__ = ("argument",)
    word = "log"
    argument: Poly

    def __new__(cls, argument: Poly) -> Log:
        return cls._interned(argument.key, argument=argument)

    def polynomials(self) -> tuple[Poly, ...]:
        return (self.argument,)


class Denominator(Atom):
    """A polynomial as one factor: what is divided by, or stands under a root."""

    __slots__ = ("value",)
    word = "den"
    acts = True
    value: Poly

    def __new__(cls, value: Poly) -> Denominator:
        return cls._interned(value.key, value=value)

    def polynomials(self) -> tuple[Poly, ...]:
        return (self.value,)


class Absolute(Atom):
    """|inside|"""

    __slots__ = ("inside",)
    word = "abs"
    acts = True
    inside: Poly

    def __new__(cls, inside: Poly) -> Absolute:
        one = inside.single()
        alone = one is not None and one[1] == 1 and len(one[0]) == 1 and one[0][0][1] == 1
        return cls._interned(one[0][0][0].key if one is not None and alone else inside.key, inside=inside)

    def polynomials(self) -> tuple[Poly, ...]:
        return (self.inside,)


def without_bars(p: Poly) -> Poly:
    """What is 0 where p is: |q| is 0 where q is."""
    one = p.single()
    while one is not None and len(one[0]) == 1 and isinstance(one[0][0][0], Absolute):
        p = one[0][0][0].inside
        one = p.single()
    return p


class Power(Atom):
    """base^exponent for a base of any sign: the exponent is one monomial without its coefficient."""

    __slots__ = ("base", "exponent")
    word = "power"
    base: Poly
    exponent: Poly

    def __new__(cls, base: Poly, exponent: Poly) -> Power:
        return cls._interned(f"{base.key} ** {exponent.key}", base=base, exponent=exponent)

    def polynomials(self) -> tuple[Poly, ...]:
        return (self.base, self.exponent)


class Extreme(Atom):
    """The largest or the smallest of three or more values, in the order of their keys."""

    __slots__ = ("values",)
    values: tuple[Poly, ...]

    def __new__(cls, values: tuple[Poly, ...]) -> Extreme:
        return cls._interned(" , ".join(p.key for p in values), values=values)

    def polynomials(self) -> tuple[Poly, ...]:
        return self.values


class Max(Extreme):
    __slots__ = ()
    word = "max"


class Min(Extreme):
    __slots__ = ()
    word = "min"


class Sum(Atom):
    """A sum over indices that its summand links, one monomial without a coefficient."""

    __slots__ = ("binders", "body", "summand")
    word = "sum"
    binders: tuple[Symbol, ...]
    body: Monomial
    summand: Poly  # of the body

    def __new__(cls, binders: tuple[Symbol, ...], body: Monomial) -> Sum:
        summand = Poly({body: ONE})
        return cls._interned(f"{_names(binders)}: {summand.key}", binders=binders, body=body, summand=summand)

    def polynomials(self) -> tuple[Poly, ...]:
        return (self.summand,)

    def _symbols(self) -> frozenset[Symbol]:
        return self.summand.free - set(self.binders)

    def _level(self) -> int:
        return 1 + self.summand.depth


class Range(Atom):
    """A sum over the whole numbers low..high."""

    __slots__ = ("body", "high", "low", "variable")
    word = "range"
    variable: Symbol
    body: Poly
    low: Poly
    high: Poly

    def __new__(cls, variable: Symbol, body: Poly, low: Poly, high: Poly) -> Range:
        text = f"{symbol_key(variable)} {low.key} .. {high.key}: {body.key}"
        return cls._interned(text, variable=variable, body=body, low=low, high=high)

    def polynomials(self) -> tuple[Poly, ...]:
        return (self.body, self.low, self.high)

    def _symbols(self) -> frozenset[Symbol]:
        return (self.body.free - {self.variable}) | self.low.free | self.high.free

    def _level(self) -> int:
        return 1 + max(p.depth for p in self.polynomials())


class OverIndex(Atom):
    """One operator over one index."""

    __slots__ = ("body", "index")
    index: Symbol
    body: Poly

    def __new__(cls, index: Symbol, body: Poly) -> OverIndex:
        return cls._interned(f"{symbol_key(index)} : {body.key}", index=index, body=body)

    def polynomials(self) -> tuple[Poly, ...]:
        return (self.body,)

    def _symbols(self) -> frozenset[Symbol]:
        return self.body.free - {self.index}

    def _level(self) -> int:
        return 1 + self.body.depth


class Product(OverIndex):
    __slots__ = ()
    word = "prod"


class BigMax(OverIndex):
    """The maximum over an index."""

    __slots__ = ()
    word = "bigmax"


class Limit(Atom):
    """What the body tends to; the point is a polynomial, "inf" or "-inf", the side "+", "-" or ""."""

    __slots__ = ("body", "point", "side", "variable")
    word = "limit"
    variable: Symbol
    body: Poly
    point: Poly | str
    side: str

    def __new__(cls, variable: Symbol, body: Poly, point: Poly | str, side: str) -> Limit:
        where = point.key if isinstance(point, Poly) else point
        text = f"{symbol_key(variable)} -> ({where}){side}: {body.key}"
        return cls._interned(text, variable=variable, body=body, point=point, side=side)

    def polynomials(self) -> tuple[Poly, ...]:
        return (self.body, self.point) if isinstance(self.point, Poly) else (self.body,)

    def _symbols(self) -> frozenset[Symbol]:
        return (self.body.free - {self.variable}) | (self.point.free if isinstance(self.point, Poly) else NONE)

    def _level(self) -> int:
        return 1 + max(p.depth for p in self.polynomials())


class Call(Atom):
    """A function with laws of its own."""

    __slots__ = ("argument",)
    word = "apply"
    name: str
    argument: Poly

    def __new__(cls, argument: Poly) -> Call:
        return cls._interned(f"{cls.name}({argument.key})", argument=argument)

    def polynomials(self) -> tuple[Poly, ...]:
        return (self.argument,)

    def _level(self) -> int:
        return 1 + self.argument.depth


class Step(Call):
    """1 where the argument is >= 0, else 0."""

    __slots__ = ()
    name = "step"
    acts = True


class Erfc(Call):
    """The complementary error function."""

    __slots__ = ()
    name = "erfc"


class Apply(Atom):
    """A function of which only its arguments are known."""

    __slots__ = ("arguments", "head")
    word = "apply"
    head: str
    arguments: tuple[Poly | Array, ...]

    def __new__(cls, head: str, arguments: tuple[Poly | Array, ...]) -> Apply:
        text = ", ".join(a.key if isinstance(a, Poly) else f"[{_names(a[0])}: {a[1].key}]" for a in arguments)
        return cls._interned(f"{head}({text})", head=head, arguments=arguments)

    def polynomials(self) -> tuple[Poly, ...]:
        return (
            *(a for a in self.arguments if isinstance(a, Poly)),
            *(a[1] for a in self.arguments if not isinstance(a, Poly)),
        )

    def _symbols(self) -> frozenset[Symbol]:
        return NONE.union(*(a.free if isinstance(a, Poly) else a[1].free - set(a[0]) for a in self.arguments))

    def _level(self) -> int:
        return 1 + super()._level()


class Partial(Atom):
    """The derivative of head(vector) by its entry `place`, at the vector with the entries `body` over `index`."""

    __slots__ = ("body", "head", "index", "place")
    word = "partial"
    head: str
    index: Symbol
    body: Poly
    place: Symbol | int

    def __new__(cls, head: str, index: Symbol, body: Poly, place: Symbol | int) -> Partial:
        text = f"{head} {_place_key(place)} [{symbol_key(index)}: {body.key}]"
        return cls._interned(text, head=head, index=index, body=body, place=place)

    def polynomials(self) -> tuple[Poly, ...]:
        return (self.body,)

    def _symbols(self) -> frozenset[Symbol]:
        return (self.body.free - {self.index}) | _place_symbols(self.place)

    def _level(self) -> int:
        return 1 + self.body.depth


def is_onehot(atom: Atom) -> TypeGuard[Entry]:
    """Whether it is an entry of rows in each of which one entry is 1 and the others are 0."""
    return isinstance(atom, Entry) and atom.acts


def is_jump(atom: Atom) -> bool:
    """Whether it is a function that is 0 or 1."""
    return isinstance(atom, (Delta, Step))


def is_bit(atom: Atom) -> bool:
    """Whether it is 0 or 1."""
    return is_jump(atom) or is_onehot(atom)


def _place_key(place: Symbol | int) -> str:
    return str(place) if isinstance(place, int) else symbol_key(place)


def _place_symbols(place: Symbol | int) -> frozenset[Symbol]:
    return NONE if isinstance(place, int) else frozenset({place})


def _names(binders: tuple[Symbol, ...]) -> str:
    return ",".join(symbol_key(b) for b in binders)
