"""Numbers made of fractions by + - * / and roots: are they equal? Two that are not lie apart by a bound, and balls see that.

The bound is that of Burnikel, Funke, Mehlhorn, Schirra and Schmitt, A separation bound for real algebraic expressions
(2009). A number is U / L, both algebraic integers; u and l bound their conjugates, and D, the product of the degrees of all
roots, bounds their degree. The norm of U is a whole number, so U = 0 or |U| >= u^(1 - D), and |U / L| >= u^(1 - D) / l.
"""

from __future__ import annotations

from fractions import Fraction
from math import log2, prod

from flint import arb

from mathcore.language import tree as t
from mathcore.proof.balls import extended as x
from mathcore.proof.balls.evaluate import evaluate
from mathcore.proof.balls.point import CannotEvaluate, Point
from mathcore.proof.transfer import rational

BITS = 20_000  # with more the bound is not asked
SLACK = 64  # more bits than the bound has, for the rounding of its logarithms and of balls

Bounds = tuple[float, float]  # log2 of u and of l
Roots = dict[t.Expr, int]  # each root, and its degree


class NotAlgebraic(ValueError):
    """A number that is not read as an algebraic one."""


def same_number(left: t.Expr, right: t.Expr) -> bool:
    """Whether two algebraic numbers are equal; False where it is not known."""
    try:
        gap = t.Sub(t.Paren(left), t.Paren(right))
        roots: Roots = {}
        above, below = _bounds(gap, roots)
        bits = above * (prod(roots.values()) - 1) + below
        if not bits < BITS:
            return False
        precision = int(2 * (bits + above)) + 2 * SLACK
        value = x.plain(evaluate(gap, Point(), {}, precision))
    except (NotAlgebraic, CannotEvaluate, ArithmeticError, LookupError, RecursionError):
        return False
    with x.working(precision):
        return x.known(value) and not x.undefined(value) and bool(abs(arb(value)) < arb(2) ** -(int(bits) + SLACK))


def _bounds(node: t.Expr, roots: Roots) -> Bounds:
    match node:
        case t.Paren(body) | t.Neg(body):
            return _bounds(body, roots)
        case t.Number(value, _):
            return log2(max(abs(value.numerator), 1)), log2(value.denominator)
        case t.Add(a, b) | t.Sub(a, b):
            (u, l), (v, m) = _bounds(a, roots), _bounds(b, roots)
            return max(u + m, v + l) + 1, l + m
        case t.Mul(a, b):
            (u, l), (v, m) = _bounds(a, roots), _bounds(b, roots)
            return u + v, l + m
        case t.Div(a, b):
            (u, l), (v, m) = _bounds(a, roots), _bounds(b, roots)
            return u + m, l + v
        case t.Call("sqrt", (body,)):
            return _root(body, 2, roots)
        case t.Pow(base, exponent) if rational(exponent) is not None:
            value = _fraction(exponent)
            u, l = _root(base, value.denominator, roots) if value.denominator > 1 else _bounds(base, roots)
            u, l = (u, l) if value >= 0 else (l, u)
            return abs(value.numerator) * u, abs(value.numerator) * l
    raise NotAlgebraic(type(node).__name__)


def _root(body: t.Expr, degree: int, roots: Roots) -> Bounds:
    """(U / L)^(1 / k) is (U L^(k - 1))^(1 / k) / L, or U / (U^(k - 1) L)^(1 / k): one new root either way."""
    u, l = _bounds(body, roots)
    roots[t.Call("root", (t.number(degree), body))] = degree
    if u >= l:
        return (u + (degree - 1) * l) / degree, l
    return u, ((degree - 1) * u + l) / degree


def _fraction(exponent: t.Expr) -> Fraction:
    value = rational(exponent)
    if value is None or abs(value.numerator) > BITS or value.denominator > BITS:
        raise NotAlgebraic("an exponent that is no fraction")
    return value
