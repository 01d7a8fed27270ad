"""A strict relation at a point where its sides agree to 50 digits: are they equal? Exact arithmetic decides, or nothing does.

Balls cannot tell log(2) from -log(1 / 2) / 2 - log(1 / 2) / 2; the exact arithmetic of finite-n transfer can. Sums are
written out, letters become their numbers, and the difference of the sides is 0 or not known to be.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import partial, reduce
from itertools import product
from math import prod
from typing import Any

from mathcore.language import tree as t
from mathcore.language.parser import Context
from mathcore.proof.algebraic import same_number
from mathcore.proof.balls import extended as x
from mathcore.proof.balls.evaluate import evaluate
from mathcore.proof.balls.point import CannotEvaluate, Point
from mathcore.proof.transfer import Arithmetic, Outside, rational

TERMS = 400  # of all sums together

Places = Mapping[t.Symbol, int]


def equal_at(context: Context, relation: t.Relation, point: Point, at: Places | None = None) -> bool:
    """Whether the two sides are one number there. Both have a value at the point: 0 times a logarithm of 0 is 0."""
    try:
        return equals(*(concrete(context, side, point, at or {}) for side in relation.args))
    except (Outside, CannotEvaluate, LookupError, ArithmeticError, RecursionError):
        return False


def concrete(context: Context, node: t.Expr, point: Point, at: Places, kept: frozenset[t.Symbol] = frozenset()) -> t.Expr:
    """The formula at the point, its sums written out; the point's values are fractions or closed forms such as exp(-1).

    The letters in `kept` stay.
    """
    return _Concrete(point, kept).of(context.unfold(node), at)


def equals(left: t.Expr, right: t.Expr) -> bool:
    """Whether exact arithmetic finds two numbers equal; False where it does not know."""
    with suppress(Outside, LookupError, ArithmeticError, RecursionError):
        if not Arithmetic().value(t.Sub(left, right), {}).top:
            return True
    return same_number(left, right)


def _farther(op: str, one: t.Expr, other: t.Expr) -> t.Expr:
    """The larger of two numbers, or the smaller: fractions are compared exactly, others by balls."""
    first, second = rational(one), rational(other)
    if first is not None and second is not None:
        return t.number(max(first, second) if op == "max" else min(first, second))
    gap = x.plain(evaluate(t.Sub(t.Paren(one), t.Paren(other)), Point(), {}))
    with x.working(x.PRECISION):
        if isinstance(gap, x.Special) or not x.known(gap):
            raise Outside(f"the {op} of what has no value")
        if x.sign(gap) not in (1, -1):
            if same_number(one, other):
                return one
            raise Outside(f"the {op} of what is not told apart")
        return one if (x.sign(gap) == 1) == (op == "max") else other


def _number(value: Any) -> t.Expr:
    return value if isinstance(value, t.Expr) else t.number(value)


class _Concrete:
    """Formulas at one point, with numbers in place of letters."""

    def __init__(self, point: Point, kept: frozenset[t.Symbol]) -> None:
        self.point, self.kept, self.terms = point, kept, 0

    def of(self, node: t.Expr, at: Places) -> t.Expr:
        match node:
            case t.Paren(body):
                return self.of(body, at)
            case t.Symbol() if node in self.kept:
                return node
            case t.Symbol(name, kind):
                counted = node in at or (kind.domain in ("size", "index", "natural") and not kind.shape)
                return t.number(self.whole(node, at)) if counted else _number(self.point.values[name])
            case t.Index(t.Symbol(name, kind), indices):
                value = self.point.values[name]
                for size, index in zip(kind.shape, indices, strict=True):
                    value = value[self.whole(index, at) - (0 if size == t.NATURALS else 1)]
                return _number(value)
            case t.Index(t.Paren(body), indices):
                return self.of(t.Index(body, indices), at)
            case t.Index(t.List(items), (index, *rest)):
                item = items[self.whole(index, at) - 1]
                return self.of(t.Index(item, tuple(rest)) if rest else item, at)
            case t.Neg(t.Constant("inf")):
                return node
            case t.Call("exp", (body,)):
                power = self.of(body, at)
                return t.number(0) if power == t.Neg(t.Constant("inf")) else t.Call("exp", (power,))
            case t.Big("sum" | "prod" as op, binders, body):
                return self.written_out(op, binders, body, at)
            case t.Call("delta", (i, j)):
                return t.number(int(self.whole(i, at) == self.whole(j, at)))
            case t.Mul(a, b):
                return self.product(t.Mul(self.of(a, at), self.of(b, at)))
            case t.Big("max" | "min" as op, binders, body):
                return self.chosen(op, [self.of(body, place) for place in self.places(binders, at)])
            case t.Call("max" | "min" | "abs" as op, args):
                return self.chosen(op, [self.of(a, at) for a in args])
            case t.Number() | t.Neg() | t.Add() | t.Sub() | t.Div() | t.Pow() | t.Call("log" | "log2" | "log10" | "sqrt"):
                return t.map_children(node, lambda child: self.of(child, at))
            case t.Call("erfc" | "step") | t.Constant("pi") if self.kept:
                return t.map_children(node, lambda child: self.of(child, at))
        raise Outside(f"a {type(node).__name__.lower()} at a point")

    def written_out(self, op: str, binders: tuple[t.Binder, ...], body: t.Expr, at: Places) -> t.Expr:
        total: t.Expr = t.number(0 if op == "sum" else 1)
        for place in self.places(binders, at):
            term = self.of(body, place)
            total = t.Add(total, term) if op == "sum" else self.product(t.Mul(total, term))
        return total

    def product(self, node: t.Mul) -> t.Expr:
        """0 times what has a value, or times a logarithm of 0, is 0."""
        if t.number(0) not in (node.left, node.right) or t.free_symbols(node):  # of letters that stay, who reads it decides
            return node
        if not isinstance(node.left, t.Number) or not isinstance(node.right, t.Number):
            value = x.plain(evaluate(node, Point(), {}))
            with x.working(x.PRECISION):
                if isinstance(value, x.Special) or not x.known(value) or not x.is_zero(value):
                    raise Outside("0 times what is not seen to have a value")
        return t.number(0)

    def places(self, binders: tuple[t.Binder, ...], at: Places) -> Iterator[Places]:
        ranges = []
        for b in binders:
            low = 1 if b.lower is None else self.whole(b.lower, at)
            high = self.whole(t.size_of(b.symbol) if b.upper is None else b.upper, at)
            ranges.append(range(low, high + 1))
        self.terms += prod(max(0, r.stop - r.start) for r in ranges)  # len() takes no number of terms beyond 2^63
        if self.terms > TERMS:
            raise Outside("too many terms")
        for chosen in product(*ranges):
            yield {**at, **dict(zip((b.symbol for b in binders), chosen, strict=True))}

    def chosen(self, op: str, among: list[t.Expr]) -> t.Expr:
        """Of numbers alone, unless letters stay."""
        if not among:
            raise Outside(f"the {op} of nothing")
        if self.kept and any(rational(node) is None for node in among):
            return t.Call(op, tuple(among)) if op == "abs" or len(among) > 1 else among[0]
        if op == "abs":
            return reduce(partial(_farther, "max"), (among[0], t.Neg(t.Paren(among[0]))))
        return reduce(partial(_farther, op), among)

    def whole(self, node: t.Expr, at: Places) -> int:
        """A size, an index or a natural number."""
        match node:
            case t.Paren(body):
                return self.whole(body, at)
            case t.Number(value, _) if value.denominator == 1:
                return int(value)
            case t.Symbol(name, kind):
                if node in at:
                    return at[node]
                return {"size": self.point.sizes, "index": self.point.indices, "natural": self.point.naturals}[kind.domain][name]
            case t.Add(a, b):
                return self.whole(a, at) + self.whole(b, at)
            case t.Sub(a, b):
                return self.whole(a, at) - self.whole(b, at)
        raise Outside("an index that is computed otherwise")
