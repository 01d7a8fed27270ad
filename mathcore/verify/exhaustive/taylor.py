"""A card's definition on an interval as a polynomial in float64 with a proved bound: the reference of the whole formats.

**Theorem.** Let f be analytic on I = [x0 - |h|, x0 + |h|], c_i its Taylor coefficients at x0, c_N(I) a ball that holds
f^(N)(x)/N! for every x of I, and C_i = c_i h^i. For x = x0 + t h with |t| <= 1 in float64, let p be what Horner's rule
gives in float64 for coefficients K_i near C_i: p_{N-1} = K_{N-1}, p_i = fl(K_i + fl(t p_{i+1})), p = p_0. Then

    |p - f(x)|  <=  |c_N(I)| |h|^N  +  sum_i |K_i - C_i|  +  e_0,
    e_{N-1} = 0,   e_i = e_{i+1} + 2u (|K_i| + 2 S_{i+1}) + TINY,   S_i = sum_{j >= i} |K_j|,   u = 2^-53.

*Proof.* The first term is Lagrange's remainder (arb's series arithmetic on the ball I encloses its coefficients), the
second is what the polynomial changes with its coefficients, since |t| <= 1. Rounding: |p_i| <= S_i (1 + 4Nu) by induction;
fl(t p_{i+1}) is off by at most u |p_{i+1}| + 2^-1075 and the sum by at most u (|K_i| + |p_{i+1}|)(1 + u), together less
than 2u (|K_i| + 2 S_{i+1}) + TINY; an error of p_{i+1} arrives at p_i times |t| <= 1. The bound itself is summed in
float64 and widened by 2^-20 of it, far more than these few additions can lose. q.e.d.

IEEE 754 demands that + and * are rounded correctly; nothing is assumed of anybody's exp, log or tanh.

**Straight lines.** Let K_0 and K_1 be such that K_0 + K_1 t is, for every t = j / m of the interval (|j| <= m), a multiple of
K_1 / m that is at most 2^53 of them. Then no operation rounds, e_0 = 0, and f(x) - p is known with its sign where that of
C_0 - K_0 outweighs the rest. That matters: x/2 of a subnormal x lies exactly between two floats, and GELU and SiLU of it
are x/2 and a little more, by 10^-38 of it. Sixteen million such ties are decided by that sign. Where f is x itself or 0 the
bound is 0.

Every model is anchored: at x0 the value must lie in the ball of the card's definition, also where another form of it is
expanded.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any

import numpy as np
from flint import arb, arb_series, ctx, fmpq

from mathcore.conformance.ulp import Format
from mathcore.language import tree as t
from mathcore.verify.exhaustive.functions import elementwise

TERMS = 9  # at most this many coefficients
BITS = (192, 384, 768)  # tanh(2^-149) loses 149 to cancellation
NARROW = 2.0**-24  # ULP of the result: bounds above are not accepted, the interval is halved
U = 2.0**-53
TINY = 2.0**-1073  # two roundings among the subnormal numbers of float64
WIDER = 1 + 2.0**-20
LEAST = Fraction(1, 2**1074)


class Undecided(ArithmeticError):
    """The interval is too wide to know which side of a max, min or abs applies."""


@dataclass(frozen=True)
class Model:
    """A polynomial in t = (x - x0) / h, within `slack` of the exact value; |value| lies in [low, high].

    `unit` is the spacing of the result format at `low`, and `even` says that it is the same at `high`. `side` is the sign
    of the exact value less the polynomial where that is known and the polynomial is computed without rounding; 0 otherwise.
    """

    coefficients: tuple[float, ...]  # the constant one first
    slack: float
    low: float
    high: float
    unit: float
    even: bool
    side: int = 0

    @staticmethod
    def of(coefficients: list[float], slack: float, low: float, high: float, form: Format, side: int = 0) -> Model:
        unit = spacing(low, form)
        return Model(tuple(coefficients), slack, low, high, unit, spacing(high, form) == unit, side)

    def __call__(self, place: np.ndarray, out: np.ndarray) -> np.ndarray:
        """The polynomial at t, by Horner's rule, in `out`."""
        constant, *rest = self.coefficients
        if not rest:
            out.fill(constant)
            return out
        np.multiply(place, rest[-1], out=out)
        for c in rest[-2::-1]:
            np.add(out, c, out=out)
            np.multiply(out, place, out=out)
        np.add(out, constant, out=out)
        return out


def model(name: str, x0: Fraction, h: Fraction, form: Format, steps: int) -> Model | None:
    """The polynomial of a function around x0, or None where no short one is close enough for results of this format.

    It is for the places t = j / steps, |j| <= steps, a power of two.
    """
    expand, anchor = _expansions(name)
    for bits in BITS:
        with ctx.workprec(bits):
            found = _model(expand, anchor, x0, h, form, steps)
            if found != "more bits":
                assert found is None or isinstance(found, Model)
                return found
    return None


Expansion = Callable[[Any, int], Any]


def _model(expand: Expansion, anchor: Expansion, x0: Fraction, h: Fraction, form: Format, steps: int) -> Model | str | None:
    centre, half = arb(fmpq(x0.numerator, x0.denominator)), arb(fmpq(h.numerator, h.denominator))
    try:
        here = expand(arb_series([centre, 1], TERMS + 1), TERMS + 1)
        there = expand(arb_series([centre + arb(0, abs(half)), 1], TERMS + 1), TERMS + 1)
    except (Undecided, ValueError):  # a max between both sides; a divisor that may be 0
        return None
    if not anchor(arb_series([centre], 1), 1)[0].overlaps(here[0]):
        raise ArithmeticError(f"the form and the definition disagree at {float(x0)!r}")
    powers = [half**i for i in range(TERMS + 1)]
    exact = [here[i] * powers[i] for i in range(TERMS)]
    remainders = [_above(there[i] * powers[i]) for i in range(TERMS + 1)]
    if not all(c.is_finite() for c in exact):
        return None if not here[0].is_finite() else "more bits"
    kept = [float(c.mid()) for c in exact]
    off = [_above(c - arb(k)) for c, k in zip(exact, kept, strict=True)]
    if remainders[2] == 0 and not any(off) and (not any(kept) or (kept[0], kept[1]) == (float(x0), float(h))):
        low, high = abs(kept[0]) - abs(kept[1]), abs(kept[0]) + abs(kept[1])
        return Model.of(kept[:2] if any(kept) else [0.0], 0.0, low, high, form)
    for terms in range(1, TERMS + 1):
        spread = sum(abs(k) for k in kept[1:terms])
        low = abs(kept[0]) * (1 - U) - spread * WIDER
        unit = spacing(max(low, 0.0), form)
        if remainders[terms] > NARROW * unit / 2:
            continue
        if sum(off[:terms]) > NARROW * unit / 16:  # coefficients are rounded to 2^-53 of them: more is lost precision
            if any(o > 2 * U * abs(k) + TINY for o, k in zip(off[:terms], kept[:terms], strict=True)):
                return "more bits"
            continue
        straight = terms == 2 and _never_rounds(kept[0], kept[1], steps)
        rounding = 0.0 if straight else _rounding(kept[:terms])
        slack = (remainders[terms] + sum(off[:terms]) + rounding) * WIDER
        if slack > NARROW * unit:
            continue
        high = (abs(kept[0]) + spread) * WIDER + slack
        side = _side(exact[0] - arb(kept[0]), off[1], there[2] * powers[2]) if straight else 0
        return Model.of(kept[:terms], slack, max(low - slack, 0.0), high, form, side)
    return None


def _never_rounds(constant: float, slope: float, steps: int) -> bool:
    """Whether constant + slope j / steps is a float64 for every |j| <= steps, and so is each product."""
    if not slope:
        return False
    step = Fraction(slope) / steps
    return (Fraction(constant) / step).denominator == 1 and abs(Fraction(constant) / step) + steps <= 2**53 and abs(step) >= LEAST


def _side(constant: Any, slope: float, rest: Any) -> int:
    """The sign of constant + slope t + rest t^2 for all |t| <= 1, if it has one; `slope` is a bound of its size."""
    for sign in (1, -1):
        against = slope + (0.0 if sign * rest >= 0 else _above(rest))
        if sign * constant > arb(against) * (1 + 2**-20):
            return sign
    return 0


def _rounding(coefficients: list[float]) -> float:
    """e_0 of the theorem."""
    error = total = 0.0
    for place, k in enumerate(reversed(coefficients)):
        if place:
            error += 2 * U * (abs(k) + 2 * total) + TINY
        total += abs(k)
    return error


def _above(x: Any) -> float:
    """|x| as a float that is not below it; inf where the ball is not finite."""
    if not x.is_finite():
        return math.inf
    high = x.abs_upper()
    return 0.0 if high.is_zero() else float(high) * (1 + 4 * U) + 5e-324 if high < 2**1000 else math.inf


def spacing(size: float, form: Format) -> float:
    """The distance of floats of a format at this size; below the smallest normal number that of the subnormals."""
    return math.ldexp(1.0, form.spacing(math.frexp(size)[1] - 1 if size else form.bottom))


@lru_cache(maxsize=64)
def _expansions(name: str) -> tuple[Expansion, Expansion]:
    """What is expanded, and the definition on the card, which anchors it."""
    entry = elementwise(name)
    card = entry.card
    definition, context = card.definition, card.context
    stated = context.unfold(definition.body)
    expanded = context.unfold(context.parse(entry.form)) if entry.form else stated
    variable = definition.parameters[0]
    return _compiled(expanded, variable), _compiled(stated, variable)


@lru_cache(maxsize=64)
def rational(name: str) -> Callable[[Fraction], Fraction] | None:
    """The definition of a function that needs no more than fractions (relu, leaky_relu), on fractions; None for others."""
    card = elementwise(name).card
    definition = card.definition
    stated, variable = card.context.unfold(definition.body), definition.parameters[0]

    def value(x: Fraction) -> Fraction:
        return _run(stated, variable, x, Fraction, lambda a: a)  # type: ignore[no-any-return]  # fractions in, fractions out

    try:
        value(Fraction(1, 3))
    except AttributeError:  # a fraction has no exp
        return None
    return value


def _compiled(node: t.Expr, variable: t.Symbol) -> Expansion:
    """A tree as a function of a power series and the number of its terms."""

    def expansion(x: Any, n: int) -> Any:
        return _run(node, variable, x, lambda c: arb_series([arb(fmpq(c.numerator, c.denominator))], n), lambda a: a[0])

    return expansion


OPERATORS: dict[type[t.Expr], Callable[[Any, Any], Any]] = {
    t.Add: operator.add, t.Sub: operator.sub, t.Mul: operator.mul, t.Div: operator.truediv,
}  # fmt: skip


def _run(node: t.Expr, variable: t.Symbol, x: Any, constant: Callable[[Fraction], Any], first: Callable[[Any], Any]) -> Any:
    """The tree at x, a number of any kind; `constant` makes one of a fraction, `first` is what decides a max or min."""

    def run(node: t.Expr) -> Any:
        match node:
            case t.Symbol() if node.name == variable.name:
                return x
            case t.Number(value):
                return constant(value)
            case t.Paren(body):
                return run(body)
            case t.Neg(body):
                return -run(body)
            case t.Add(left, right) | t.Sub(left, right) | t.Mul(left, right) | t.Div(left, right):
                return OPERATORS[type(node)](run(left), run(right))
            case t.Call("exp" | "log" | "sqrt" | "erfc" as function, (one,)):
                return getattr(run(one), function)()
            case t.Call("max" | "min" | "abs" as function, arguments):
                return _extreme(function, [run(a) for a in arguments], first)
        raise TypeError(f"{type(node).__name__} {node} has no power series here: add it to verify/exhaustive/taylor.py")

    return run(node)


def _extreme(function: str, values: list[Any], first: Callable[[Any], Any]) -> Any:
    a, b = values[0], values[1] if len(values) == 2 else -values[0]  # |a| = max(a, -a)
    difference = first(a - b)
    if difference >= 0:
        return b if function == "min" else a
    if difference <= 0:
        return a if function == "min" else b
    raise Undecided
