"""Limits by putting the point in: what is made of continuous parts tends to what they come to there.

Read from the inside out, in the numbers and +-inf. Where a part is not known to be continuous at what its own parts tend to
(0 / 0, inf - inf, c inf for a c whose sign is not seen, step at 0, a declared function), the limit stays a limit. So a value
found here also says that the limit exists.
"""

from __future__ import annotations

from enum import Enum

from mathcore.language import tree as t
from mathcore.language.substitution import substitute
from mathcore.proof.replay.forms import Forms
from mathcore.proof.replay.given import Given
from mathcore.proof.replay.letters import Outside
from mathcore.proof.replay.steps import need


class Infinite(Enum):
    UP = 1
    DOWN = -1

    def __neg__(self) -> Infinite:
        return Infinite(-self.value)


Tends = t.Expr | Infinite


class _Open(Exception):
    """No answer."""


def settled(own: Given, node: t.Expr) -> t.Expr:
    """The unfolded expression with the values of its limits in their places, where they are found, finite and defined.

    Not of limits in which a letter stands that is bound around them: what hypotheses say is said of another letter.
    """
    if isinstance(node, (t.Big, t.At, t.Derivative, t.Mean)):
        return node
    if not isinstance(node, t.Limit):
        return t.map_children(node, lambda child: settled(own, child))
    forms = own.forms()
    try:
        value = _Way(forms, node.variable, _point(node)).tends(node.body)
    except (_Open, Outside):
        return node
    return node if forms.open or isinstance(value, Infinite) else t.Paren(value)


def _point(limit: t.Limit) -> Tends:
    """What the variable tends to, if its domain has room for it there."""
    point, domain = t.bare(limit.point), limit.variable.type.domain
    if point == t.INFINITY and domain in ("real", "positive", "nonnegative", "natural"):
        return Infinite.UP
    if point == t.Neg(t.INFINITY) and domain == "real":
        return Infinite.DOWN
    if isinstance(point, t.Number) and (domain == "real" or (domain in ("positive", "nonnegative") and _inside(limit, point))):
        return point
    raise _Open


def _inside(limit: t.Limit, point: t.Number) -> bool:
    """Whether numbers >= 0 lie near the point, on the side from which it is approached."""
    return point.value > 0 or (point.value == 0 and limit.side != "-")


class _Way:
    """What expressions tend to as one letter tends to its point."""

    def __init__(self, forms: Forms, variable: t.Symbol, point: Tends) -> None:
        self.forms, self.variable, self.point = forms, variable, point

    def tends(self, node: t.Expr) -> Tends:
        if not t.depends_on(node, self.variable):
            return self._held(node)
        match node:
            case t.Symbol():
                return self.point
            case t.Paren(body):
                value = self.tends(body)
                return value if isinstance(value, Infinite) else t.Paren(value)
            case t.Neg(body):
                value = self.tends(body)
                return -value if isinstance(value, Infinite) else t.Neg(t.Paren(value))
            case t.Add(a, b):
                return self._sum(self.tends(a), self.tends(b))
            case t.Sub(a, b):
                below = self.tends(b)
                return self._sum(self.tends(a), -below if isinstance(below, Infinite) else t.Neg(t.Paren(below)))
            case t.Mul(a, b):
                return self._product(self.tends(a), self.tends(b))
            case t.Div(a, b):
                return self._quotient(self.tends(a), self.tends(b))
            case t.Pow(base, exponent) if isinstance(t.bare(exponent), t.Number):
                value, power = self.tends(base), t.bare(exponent)
                if not isinstance(value, Infinite) and (self._positive(value) or _is_natural(power)):
                    return t.Pow(t.Paren(value), exponent)
            case t.Call("exp", (inner,)):
                value = self.tends(inner)
                if isinstance(value, Infinite):
                    return value if value is Infinite.UP else t.number(0)
                return t.Call("exp", (value,))
            case t.Call("log" | "sqrt" as name, (inner,)):
                value = self.tends(inner)
                if value is Infinite.UP:
                    return value
                if not isinstance(value, Infinite) and self._positive(value):
                    return t.Call(name, (value,))
            case t.Big("sum", binders, body) if all(b.lower is None for b in binders):
                own = {b.symbol: t.fresh(b.symbol) for b in binders}
                value = self.tends(substitute(body, own))
                if not isinstance(value, Infinite):
                    return t.Big("sum", tuple(map(t.Binder, own.values())), value)
        raise _Open

    def _held(self, node: t.Expr) -> t.Expr:
        """What does not move; what it needs to be defined is asked for, since beside something infinite it may fall away."""
        self.forms.read(node)
        need(self.forms, node)
        return node

    def _positive(self, value: t.Expr) -> bool:
        return self.forms.sign(self.forms.read(value)) == "+"

    def _turn(self, value: Tends) -> Infinite:
        """UP for what is certainly > 0, DOWN for what is certainly < 0."""
        if isinstance(value, Infinite):
            return value
        if self._positive(value):
            return Infinite.UP
        if self._positive(t.Neg(t.Paren(value))):
            return Infinite.DOWN
        raise _Open

    def _sum(self, a: Tends, b: Tends) -> Tends:
        ends = {v for v in (a, b) if isinstance(v, Infinite)}
        if len(ends) == 2:
            raise _Open
        if ends:
            return ends.pop()
        assert isinstance(a, t.Expr) and isinstance(b, t.Expr)
        return t.Add(t.Paren(a), t.Paren(b))

    def _product(self, a: Tends, b: Tends) -> Tends:
        if isinstance(a, Infinite) or isinstance(b, Infinite):
            return self._turn(a) if self._turn(b) is Infinite.UP else -self._turn(a)
        return t.Mul(t.Paren(a), t.Paren(b))

    def _quotient(self, a: Tends, b: Tends) -> Tends:
        if isinstance(b, Infinite):
            if isinstance(a, Infinite):
                raise _Open
            return t.number(0)
        if isinstance(a, Infinite):
            return a if self._turn(b) is Infinite.UP else -a
        if not self.forms.nonzero(self.forms.read(b)):
            raise _Open
        return t.Div(t.Paren(a), t.Paren(b))


def _is_natural(power: t.Expr) -> bool:
    return isinstance(power, t.Number) and power.value.denominator == 1 and power.value >= 0
