"""The frozen tree that every room shares: what was written, as it was written.

Nodes keep the author's form (order, parentheses, `a b` beside `a * b`); nothing is simplified here. A symbol
carries its declaration (`Type`), so two symbols are the same only if name and declaration agree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from fractions import Fraction
from functools import cache, lru_cache
from operator import is_
from typing import Any, TypeVar, dataclass_transform


class _Hashed:
    __slots__ = ("_hash",)
    _hash: int


@dataclass(frozen=True, slots=True)
class Expr(_Hashed):
    """Base of all nodes."""


Kind = TypeVar("Kind", bound=type[_Hashed])


@dataclass_transform(frozen_default=True)
def _node(kind: Kind) -> Kind:
    """A frozen dataclass that computes its hash once: trees are looked up far more often than they are made."""
    made = dataclass(frozen=True, slots=True)(kind)
    of_fields = made.__hash__

    def of_node(self: _Hashed) -> int:
        try:
            return self._hash
        except AttributeError:
            found: int = of_fields(self)
            object.__setattr__(self, "_hash", found)
            return found

    made.__hash__ = of_node  # type: ignore[assignment]  # mypy takes __hash__ of a class for a constant
    return made  # type: ignore[return-value]  # the same class with slots


@_node
class Type(_Hashed):
    """The declaration of a symbol: `z: real[n]` is `Type("real", shape=(n,))`, `k: index[n]` has `over=n`.

    `c: batch[N, b]` is `Type("batch", shape=(N,), over=b)`: b of N samples are drawn.
    """

    domain: str
    shape: tuple[Expr, ...] = ()
    over: Expr | None = None
    minimum: int = 0


# domain -> (lower bound, is it attained, upper bound, is it attained) of every entry; None: unbounded
DOMAINS: dict[str, tuple[int | None, bool, int | None, bool]] = {
    "size": (1, True, None, False),
    "index": (1, True, None, False),
    "natural": (0, True, None, False),
    "real": (None, False, None, False),
    "positive": (0, False, None, False),
    "nonnegative": (0, True, None, False),
    "unit": (0, True, 1, True),
    "simplex": (0, True, 1, True),
    "onehot": (0, True, 1, True),
    "batch": (0, True, 1, True),
    "function": (None, False, None, False),
}


@_node
class Number(Expr):
    """A literal; `text` keeps its digits, so that 0.50 stays 0.50 (trailing digits are part of a claim)."""

    value: Fraction
    text: str


@_node
class Constant(Expr):
    """`inf`, `nan`, `pi`, and `naturals` (the shape of a sequence)."""

    name: str


@_node
class Symbol(Expr):
    name: str
    type: Type


@_node
class Paren(Expr):
    body: Expr


@_node
class Neg(Expr):
    body: Expr


@_node
class Add(Expr):
    left: Expr
    right: Expr


@_node
class Sub(Expr):
    left: Expr
    right: Expr


@_node
class Mul(Expr):
    left: Expr
    right: Expr
    star: bool = False


@_node
class Div(Expr):
    left: Expr
    right: Expr


@_node
class Pow(Expr):
    base: Expr
    exponent: Expr


@_node
class Call(Expr):
    """An elementary function (FUNCTIONS), `delta` included."""

    name: str
    args: tuple[Expr, ...]


@_node
class Apply(Expr):
    """The head of a definition (or of a declared function) on its arguments; a notation such as `s` has none."""

    head: str
    args: tuple[Expr, ...]
    shape: tuple[Expr, ...] = ()


@_node
class Index(Expr):
    base: Expr
    indices: tuple[Expr, ...]


@_node
class Derivative(Expr):
    body: Expr
    variable: Expr


@_node
class Binder(Expr):
    """A bound index over its size, or over lower..upper."""

    symbol: Symbol
    lower: Expr | None = None
    upper: Expr | None = None

    @property
    def ends(self) -> tuple[Expr, Expr] | None:
        """Of a range; None of an index over its size."""
        return None if self.lower is None or self.upper is None else (self.lower, self.upper)


@_node
class Big(Expr):
    """`sum prod max min vector forall` over binders."""

    op: str
    binders: tuple[Binder, ...]
    body: Expr


@_node
class Limit(Expr):
    variable: Symbol
    point: Expr
    side: str
    body: Expr


@_node
class Mean(Expr):
    """`mean(c: ...)`: the mean over all batches `c: batch[N, b]`, where c[i] is 1 if sample i is drawn, otherwise 0."""

    batch: Symbol
    body: Expr


@_node
class At(Expr):
    """`at(p = ..., mu = ...: body)`: substitution carried out after everything inside, derivatives included."""

    targets: tuple[Symbol, ...]
    values: tuple[Expr, ...]
    body: Expr


@_node
class List(Expr):
    items: tuple[Expr, ...]


@_node
class Relation(Expr):
    """A chain `a <= b < c`: one more argument than operators."""

    args: tuple[Expr, ...]
    ops: tuple[str, ...]


@_node
class And(Expr):
    parts: tuple[Expr, ...]


@_node
class Implies(Expr):
    premise: Expr
    conclusion: Expr


@_node
class Iff(Expr):
    left: Expr
    right: Expr


INFINITY = Constant("inf")
NAN = Constant("nan")
NATURALS = Constant("naturals")
PI = Constant("pi")
PROPOSITIONS = (Relation, And, Implies, Iff)

# elementary functions: name -> number of arguments (None: two or more)
FUNCTIONS: dict[str, int | None] = {
    "exp": 1,
    "log": 1,
    "log2": 1,
    "log10": 1,
    "sqrt": 1,
    "erfc": 1,
    "step": 1,
    "abs": 1,
    "xlogy": 2,
    "delta": 2,
    "max": None,
    "min": None,
    "dot": 2,  # of two vectors
    "transpose": 1,  # of a matrix
}


@dataclass(frozen=True, slots=True)
class Definition:
    """`softmax(z)[i] = body`: head, parameters, indices of the result, body. A notation has no parameters."""

    head: str
    parameters: tuple[Symbol, ...]
    indices: tuple[Symbol, ...]
    body: Expr

    @property
    def shape(self) -> tuple[Expr, ...]:
        return tuple(size_of(i) for i in self.indices)


LONGEST = 14_000  # bits of a number that is written out: Python writes 4300 digits


def number(value: int | Fraction) -> Expr:
    """An exact rational as a tree: -3/2 becomes -(3 / 2). Raises OverflowError for more digits than anybody writes."""
    value = Fraction(value)
    if max(abs(value.numerator), value.denominator).bit_length() > LONGEST:
        raise OverflowError("a number too long to be written")
    if value < 0:
        return Neg(number(-value))
    top = Number(Fraction(value.numerator), str(value.numerator))
    if value.denominator == 1:
        return top
    return Div(top, Number(Fraction(value.denominator), str(value.denominator)))


def size_of(index: Symbol) -> Expr:
    """The size over which an index runs."""
    if index.type.over is None:
        raise TypeError(f"{index.name} is declared {index.type.domain}, not index[...]")
    return index.type.over


def _once(of: Callable[[Any], tuple[str, ...]]) -> Callable[[Any], tuple[str, ...]]:
    """`cache` of a function of classes: mypy takes the hash of their instances for theirs."""
    return cache(of)


@_once
def _below(kind: Any) -> tuple[str, ...]:
    """The fields of a node in which subtrees may stand: types of symbols and shapes of heads are no subtrees."""
    return () if kind in (Symbol, Number, Constant) else tuple(f.name for f in fields(kind) if f.name != "shape")


@_once
def _made_of(kind: Any) -> tuple[str, ...]:
    """The fields of a node in the order in which it takes them."""
    return tuple(f.name for f in fields(kind) if f.init)


def children(node: Expr) -> list[Expr]:
    """The direct subtrees, types of symbols excluded."""
    found: list[Expr] = []
    for name in _below(node.__class__):
        value = getattr(node, name)
        if isinstance(value, Expr):
            found.append(value)
        elif isinstance(value, tuple):
            found += [item for item in value if isinstance(item, Expr)]
    return found


def walk(node: Expr) -> Iterator[Expr]:
    """Every subtree, each before those below it."""
    left = [node]
    while left:
        node = left.pop()
        yield node
        left += reversed(children(node))


def map_children(node: Expr, f: Callable[[Expr], Expr]) -> Expr:
    """The same node with `f` applied to its direct subtrees (symbols and shapes untouched)."""
    kind = node.__class__
    changes: dict[str, object] = {}
    for name in _below(kind):
        value = getattr(node, name)
        if isinstance(value, Expr):
            new: object = f(value)
            same = new is value
        elif isinstance(value, tuple) and value and isinstance(value[0], Expr):
            new = tuple([f(item) for item in value])
            same = all(map(is_, new, value))
        else:
            continue
        if not same:
            changes[name] = new
    return kind(*[changes[name] if name in changes else getattr(node, name) for name in _made_of(kind)]) if changes else node


def bound_symbols(node: Expr) -> tuple[Symbol, ...]:
    """The symbols that this very node binds."""
    if isinstance(node, Big):
        return tuple(b.symbol for b in node.binders)
    if isinstance(node, Limit):
        return (node.variable,)
    if isinstance(node, Mean):
        return (node.batch,)
    if isinstance(node, At):
        return node.targets
    return ()


@lru_cache(maxsize=1 << 16)  # trees are frozen, and every room asks again and again
def free_symbols(node: Expr) -> frozenset[Symbol]:
    """Free symbols; the sizes in the types of indices and arrays count as free too."""
    if isinstance(node, Symbol):
        inner = {node}
        for size in (*node.type.shape, *((node.type.over,) if node.type.over is not None else ())):
            inner |= free_symbols(size)
        return frozenset(inner)
    bound = bound_symbols(node)
    result: frozenset[Symbol] = frozenset()
    if isinstance(node, At):
        for value in node.values:
            result |= free_symbols(value)
        return result | (free_symbols(node.body) - frozenset(bound))
    for child in children(node):
        result |= free_symbols(child)
    for symbol in bound:  # the size of a bound index is free even where the index is not used
        result |= free_symbols(symbol)
    return result - frozenset(bound)


def depends_on(node: Expr, symbol: Symbol) -> bool:
    return symbol in free_symbols(node)


def bare(node: Expr) -> Expr:
    """Without brackets around the whole."""
    while isinstance(node, Paren):
        node = node.body
    return node


def index_in(node: Expr) -> Symbol | None:
    """The index that stands there, brackets aside; None where something else does."""
    node = bare(node)
    return node if isinstance(node, Symbol) and node.type.domain == "index" else None


def strip(node: Expr) -> Expr:
    """Without parentheses and without the difference between `a b` and `a * b`: the form without the typing."""
    if isinstance(node, Paren):
        return strip(node.body)
    node = map_children(node, strip)
    if isinstance(node, Mul) and node.star:
        return Mul(node.left, node.right)
    if isinstance(node, Number):
        return Number(node.value, "")
    return node


_counter = [0]


def fresh(symbol: Symbol) -> Symbol:
    """The same declaration under a name that no parser can produce, so that nothing can be captured."""
    _counter[0] += 1
    return Symbol(f"{symbol.name.split('~')[0]}~{_counter[0]}", symbol.type)


def same(a: Expr, b: Expr) -> bool:
    """Equal up to parentheses and the names of bound symbols."""
    return _canonical(strip(a), {}, [0]) == _canonical(strip(b), {}, [0])


def _canonical(node: Expr, names: dict[Symbol, Symbol], counter: list[int]) -> Expr:
    if isinstance(node, Symbol):
        return names.get(node, node)
    bound = bound_symbols(node)
    if not bound:
        return map_children(node, lambda child: _canonical(child, names, counter))
    inner = dict(names)
    for symbol in bound:
        counter[0] += 1
        inner[symbol] = Symbol(f"~{counter[0]}", symbol.type)
    if isinstance(node, At):
        values = tuple(_canonical(v, names, counter) for v in node.values)
        return At(tuple(inner[s] for s in bound), values, _canonical(node.body, inner, counter))
    return map_children(node, lambda child: _canonical(child, inner, counter))


def shape_of(node: Expr) -> tuple[Expr, ...]:
    """Sizes along each axis; () for a scalar."""
    if isinstance(node, Symbol):
        return node.type.shape
    if isinstance(node, Apply):
        return node.shape
    if isinstance(node, Index):
        return shape_of(node.base)[len(node.indices) :]
    if isinstance(node, Big) and node.op == "vector":
        return (*(size_of(b.symbol) for b in node.binders), *shape_of(node.body))
    if isinstance(node, List):
        return (number(len(node.items)), *(shape_of(node.items[0]) if node.items else ()))
    if isinstance(node, (Paren, Limit, At, Neg)):
        return shape_of(node.body)
    if isinstance(node, (Add, Sub, Div)):
        return shape_of(node.left)
    if isinstance(node, Mul):
        left, right = shape_of(node.left), shape_of(node.right)
        return left[:-1] + right[1:] if left and right else left + right
    if isinstance(node, Call) and node.name == "transpose":
        return shape_of(node.args[0])[::-1]
    return ()
