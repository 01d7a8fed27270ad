"""Numbers of the second check: exact rationals, arb balls, extended values and dual numbers, with one arithmetic.

A number is exact (`fmpq`) as long as it can be, so that zeros, ties and deltas are decided; `exp`, `log` and irrational
powers give balls (`arb`); a ball that is not finite means "not known at this precision". Infinite and undefined values
are `Special`. A `Special` remembers that it was born in a logarithm: an exact zero times such a value is zero
(0 log 0 = 0, also against log 0, log(0/0) and log(p/0)); an exact zero times any other one is undefined.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flint import arb, ctx, fmpq, fmpz

Number = Any  # fmpq | arb | Special | Dual: flint has no common base class
PRECISION = 224  # bits: leaves 1e-50 after the usual cancellation
HIGHEST = 4096  # bits: beyond it a question is undecided
MAX_BITS = 8192  # of an exact rational: longer ones become balls


@dataclass(frozen=True, slots=True, eq=False)  # the few there are are made below, once
class Special:
    """INF, NEG_INF; UNDEFINED; POLE (p/0, p > 0) and RATIO (0/0), which only a logarithm reads; EDGE: a derivative
    about which the rules say nothing at this very point (p log p at 0, sqrt(x^4) at 0): no evidence."""

    text: str
    sign: int = 0  # of an infinite value; 0 where there is none
    log: bool = False  # born in a logarithm

    def __str__(self) -> str:
        return self.text


@dataclass(slots=True)
class Dual:
    """value + part * epsilon, epsilon^2 = 0; `level` tells nested derivatives apart."""

    level: int
    value: Number
    part: Number


ZERO, ONE = fmpq(0), fmpq(1)
UNKNOWN = arb("nan")
INF, NEG_INF = Special("inf", 1), Special("-inf", -1)
INF_LOG, NEG_INF_LOG = Special("inf", 1, log=True), Special("-inf", -1, log=True)
UNDEFINED, UNDEFINED_LOG = Special("undefined"), Special("undefined", log=True)
POLE, RATIO, EDGE = Special("undefined"), Special("undefined"), Special("edge")


def infinity(sign: int, log: bool = False) -> Special:
    if sign > 0:
        return INF_LOG if log else INF
    return NEG_INF_LOG if log else NEG_INF


def _over_zero(a: Number) -> bool:
    return a is POLE or a is RATIO


def plain(a: Number) -> Number:
    """The value without its derivative parts."""
    while a.__class__ is Dual:
        a = a.value
    return a


def known(a: Number) -> bool:
    """False for a ball that says nothing at this precision."""
    return a.__class__ is not arb or a.is_finite()


def is_zero(a: Number) -> bool:
    """Exactly zero."""
    if a.__class__ is fmpq:
        return a == ZERO
    return a.__class__ is arb and a.is_zero()


def sign(a: Number) -> int | None:
    """The sign of a finite number; None where the ball does not tell."""
    if a > 0:
        return 1
    if a < 0:
        return -1
    return 0 if is_zero(a) else None


def ball(a: Number) -> Number:
    """A finite number as an arb ball at the current precision; extended values stay as they are."""
    a = plain(a)
    return arb(a) if a.__class__ is fmpq else a


def _split(a: Number, level: int) -> tuple[Number, Number]:
    if a.__class__ is Dual and a.level == level:
        return a.value, a.part
    return a, ZERO


def _level(a: Number, b: Number) -> int:
    first = a.level if a.__class__ is Dual else 0
    second = b.level if b.__class__ is Dual else 0
    return first if first > second else second


# sums and products ------------------------------------------------------------------------------------------


def add(a: Number, b: Number) -> Number:
    c, d = a.__class__, b.__class__
    if (c is fmpq or c is arb) and (d is fmpq or d is arb):
        return a + b
    if c is Dual or d is Dual:
        level = _level(a, b)
        (x, dx), (y, dy) = _split(a, level), _split(b, level)
        return Dual(level, add(x, y), add(dx, dy))
    if c is Special and d is Special:
        if EDGE in (a, b):
            return EDGE
        log = a.log and b.log
        if a.sign and b.sign:
            return infinity(a.sign, log) if a.sign == b.sign else (UNDEFINED_LOG if log else UNDEFINED)
        if _over_zero(a) and _over_zero(b):
            return POLE if a is b is POLE else RATIO
        return UNDEFINED_LOG if log else UNDEFINED
    special, finite = (a, b) if c is Special else (b, a)
    return UNKNOWN if special.sign and not known(finite) else special


def neg(a: Number) -> Number:
    c = a.__class__
    if c is fmpq or c is arb:
        return -a
    if c is Dual:
        return Dual(a.level, neg(a.value), neg(a.part))
    if a.sign:
        return infinity(-a.sign, a.log)
    return RATIO if a is POLE else a


def sub(a: Number, b: Number) -> Number:
    c, d = a.__class__, b.__class__
    if (c is fmpq or c is arb) and (d is fmpq or d is arb):
        return a - b
    return add(a, neg(b))


def mul(a: Number, b: Number) -> Number:
    c, d = a.__class__, b.__class__
    if (c is fmpq or c is arb) and (d is fmpq or d is arb):
        if c is d:
            return a * b
        exact, other = (a, b) if c is fmpq else (b, a)
        if exact == ZERO:
            return ZERO if other.is_finite() else UNKNOWN
        return a * b
    if c is Dual or d is Dual:
        level = _level(a, b)
        if not (c is Dual and a.level == level):
            return Dual(level, mul(a, b.value), mul(a, b.part))
        if not (d is Dual and b.level == level):
            return Dual(level, mul(a.value, b), mul(a.part, b))
        return Dual(level, mul(a.value, b.value), add(mul(a.part, b.value), mul(a.value, b.part)))
    if c is Special and d is Special:
        return _special_product(a, b)
    return _scaled(a, b) if c is Special else _scaled(b, a)


def _special_product(a: Special, b: Special) -> Special:
    if EDGE in (a, b):
        return EDGE
    if a.sign and b.sign:
        return infinity(a.sign * b.sign, a.log and b.log)
    if _over_zero(a) and _over_zero(b):
        return POLE if a is b is POLE else RATIO
    return UNDEFINED_LOG if a.log and b.log else UNDEFINED


def _scaled(special: Special, finite: Number) -> Number:
    if special is EDGE:
        return EDGE
    if not known(finite):
        return UNKNOWN
    side = sign(finite)
    if side == 0:
        if special.log:
            return ZERO
        return RATIO if _over_zero(special) else UNDEFINED
    if special.sign:
        return UNKNOWN if side is None else infinity(special.sign * side, special.log)
    return RATIO if special is POLE and side != 1 else special


def div(a: Number, b: Number) -> Number:
    c, d = a.__class__, b.__class__
    if (c is fmpq or c is arb) and (d is fmpq or d is arb):
        if is_zero(b):
            if not known(a):
                return UNKNOWN
            side = sign(a)
            return POLE if side == 1 else RATIO if side == 0 else UNDEFINED
        if c is fmpq and d is arb and a == ZERO:
            return ZERO if b.is_finite() and not b.contains(0) else UNKNOWN
        return a / b
    if c is Dual or d is Dual:
        level = _level(a, b)
        (x, dx), (y, dy) = _split(a, level), _split(b, level)
        ratio = div(x, y)
        if d is Dual and b.level == level:
            return Dual(level, ratio, div(sub(dx, mul(ratio, dy)), y))
        return Dual(level, ratio, div(dx, y))
    return _special_quotient(a, b)


def _special_quotient(a: Number, b: Number) -> Number:
    """Where one of them is infinite or undefined."""
    if a is EDGE or b is EDGE:
        return EDGE
    if b.__class__ is Special:
        if _over_zero(b):
            return RATIO
        if not b.sign or a.__class__ is Special:
            return UNDEFINED
        return ZERO if known(a) else UNKNOWN
    if not known(b):
        return UNKNOWN
    side = sign(b)
    if side == 0:
        return RATIO if _over_zero(a) else UNDEFINED
    if a.sign:
        return UNKNOWN if side is None else infinity(a.sign * side, a.log)
    return RATIO if a is POLE and side != 1 else a


# powers -----------------------------------------------------------------------------------------------------


def _bits(a: fmpq) -> int:
    return a.p.bit_length() + a.q.bit_length()


def _whole(a: Number, n: int) -> Number:
    """a^n, n >= 1, multiplied out: an integer power of an inexact arb that holds 0 is nan."""
    if a.__class__ is fmpq:
        return a**n if _bits(a) * n <= MAX_BITS else arb(a) ** n
    if a.__class__ is arb and not a.contains(0):
        return a**n
    result: Number = None
    while n:
        if n & 1:
            result = a if result is None else mul(result, a)
        n >>= 1
        if n:
            a = mul(a, a)
    return result


def power(a: Number, e: Number, empty: Number = ONE) -> Number:
    """a^e. 0^0 is `empty`: 1 where the exponent is a whole number by its form, undefined where it is a real one."""
    if a.__class__ is Dual or e.__class__ is Dual:
        return _dual_power(a, e, empty)
    if e.__class__ is Special or a.__class__ is Special:
        return _special_power(a, e)
    if e.__class__ is fmpq and e.q == 1:
        n = int(e.p)
        if n == 0:
            if not known(a) or (empty is not ONE and a.__class__ is arb and sign(a) is None):
                return UNKNOWN
            return empty if is_zero(a) else ONE
        return _whole(a, n) if n > 0 else div(ONE, _whole(a, -n))
    if not known(a) or not known(e):
        return UNKNOWN
    side = sign(a)
    if side == 0:
        exponent = sign(e)
        return ZERO if exponent == 1 else UNKNOWN if exponent is None else POLE if exponent == -1 else empty
    if side == -1:
        return UNDEFINED if e.__class__ is fmpq else UNKNOWN
    if e.__class__ is fmpq and e.q == 2:
        return _whole(sqrt(a), int(e.p)) if e.p > 0 else div(ONE, _whole(sqrt(a), -int(e.p)))
    return UNKNOWN if side is None else exp(mul(e, log(a)))


def _dual_power(a: Number, e: Number, empty: Number) -> Dual:
    level = _level(a, e)
    (x, dx), (y, dy) = _split(a, level), _split(e, level)
    value = power(x, y, empty)
    part = ZERO
    if a.__class__ is Dual and a.level == level and not is_zero(plain(y)):
        part = mul(mul(y, power(x, sub(y, ONE), empty)), dx)
    if e.__class__ is Dual and e.level == level:
        part = add(part, mul(mul(value, log(x)), dy))
    return Dual(level, value, part)


def _special_power(a: Number, e: Number) -> Number:
    if EDGE in (a, e):
        return EDGE
    if _over_zero(a) and e.__class__ is fmpq and e.q == 1 and e.p > 0:
        return a
    if a.__class__ is Special and a.sign and e.__class__ is fmpq:
        if e == ZERO:
            return UNDEFINED
        if e < 0:
            return ZERO
        if a.sign > 0:
            return INF
        return UNDEFINED if e.q != 1 else infinity(1 if int(e.p) % 2 == 0 else -1)
    return UNDEFINED


def sqrt(a: Number) -> Number:
    c = a.__class__
    if c is fmpq:
        if a < 0:
            return UNDEFINED
        top, rest = a.p.sqrtrem()
        bottom, left = a.q.sqrtrem()
        return fmpq(top, bottom) if rest == 0 and left == 0 else arb(a).sqrt()
    if c is arb:
        return UNDEFINED if a < 0 else a.sqrt() if a >= 0 else UNKNOWN
    if c is Dual:
        root = sqrt(a.value)
        return Dual(a.level, root, div(a.part, mul(fmpq(2), root)))
    return a if a.sign > 0 or a is EDGE or _over_zero(a) else UNDEFINED


# exp and log ------------------------------------------------------------------------------------------------


def exp(a: Number) -> Number:
    c = a.__class__
    if c is fmpq:
        return ONE if a == ZERO else arb(a).exp()
    if c is arb:
        return a.exp()
    if c is Dual:
        value = exp(a.value)
        return Dual(a.level, value, mul(value, a.part))
    if a.sign:
        return INF if a.sign > 0 else ZERO
    return a if a is EDGE else UNDEFINED


def log(a: Number) -> Number:
    c = a.__class__
    if c is fmpq:
        if a == ONE:
            return ZERO
        return arb(a).log() if a > 0 else NEG_INF_LOG if a == ZERO else UNDEFINED
    if c is arb:
        return a.log() if a > 0 else UNDEFINED if a < 0 else NEG_INF_LOG if a.is_zero() else UNKNOWN
    if c is Dual:
        return Dual(a.level, log(a.value), div(a.part, a.value))
    if a.sign > 0 or a is POLE:
        return INF_LOG
    return UNDEFINED_LOG if a is RATIO else a if a is EDGE else UNDEFINED


def erfc(a: Number) -> Number:
    """The complementary error function: from 2 at -inf over 1 at 0 to 0 at inf."""
    c = a.__class__
    if c is fmpq:
        return ONE if a == ZERO else arb(a).erfc()
    if c is arb:
        return a.erfc()
    if c is Dual:
        slope = mul(arb(-2) / arb.pi().sqrt(), exp(neg(mul(a.value, a.value))))
        return Dual(a.level, erfc(a.value), mul(slope, a.part))
    if a.sign:
        return ZERO if a.sign > 0 else fmpq(2)
    return a if a is EDGE else UNDEFINED


def step(a: Number) -> Number:
    """1 for a >= 0, 0 below; a ball on both sides of 0 does not say, and at 0 there is no derivative."""
    c = a.__class__
    if c is fmpq:
        return ONE if a >= ZERO else ZERO
    if c is arb:
        return ONE if a >= 0 else ZERO if a < 0 else UNKNOWN
    if c is Dual:
        place = order(a, ZERO)
        return Dual(a.level, step(a.value), UNKNOWN if place is None else ZERO if place else UNDEFINED)
    if a.sign:
        return ONE if a.sign > 0 else ZERO
    return a if a is EDGE else UNDEFINED


def log_base(a: Number, base: int) -> Number:
    """log2 and log10; exact for exact powers of the base."""
    if a.__class__ is fmpq and a > 0 and 1 in (a.p, a.q):
        whole, count = (a.p, 0) if a.q == 1 else (a.q, 0)
        while whole % base == 0:
            whole, count = whole // base, count + 1
        if whole == 1:
            return fmpq(count if a.q == 1 else -count)
    return div(log(a), arb(base).log())


# order ------------------------------------------------------------------------------------------------------


def order(a: Number, b: Number) -> int | None:
    """-1, 0, 1 as a is below, exactly equal to, above b; None where the balls overlap. Not for undefined values."""
    a, b = plain(a), plain(b)
    if a.__class__ is Special or b.__class__ is Special:
        if not known(a) or not known(b):
            return None
        first = a.sign if a.__class__ is Special else 0
        second = b.sign if b.__class__ is Special else 0
        return (first > second) - (first < second)
    if a < b:
        return -1
    if a > b:
        return 1
    if a.__class__ is fmpq and b.__class__ is fmpq:
        return 0
    return 0 if (a - b).is_zero() else None


def undefined(a: Number) -> bool:
    a = plain(a)
    return a.__class__ is Special and not a.sign


def _tie(a: Number, b: Number) -> Number:
    """max(a, b) of equal values: the larger slope in the direction of the seed (the evaluator compares both directions)."""
    if a.__class__ is not Dual and b.__class__ is not Dual:
        return a
    level = _level(a, b)
    (x, dx), (y, dy) = _split(a, level), _split(b, level)
    nested = any(v.__class__ is Dual for v in (x, y, dx, dy))
    return Dual(level, plain(x), EDGE if nested else larger(dx, dy))


def larger(a: Number, b: Number) -> Number:
    """max(a, b)."""
    for x in (a, b):
        if undefined(x):
            return plain(x) if plain(x) is EDGE else UNDEFINED
    place = order(a, b)
    if place is None:
        x, y = plain(a), plain(b)
        level = _level(a, b)
        if x.__class__ is Special or y.__class__ is Special or level:
            result: Number = UNKNOWN if x.__class__ is Special or y.__class__ is Special else arb(x).max(arb(y))
            return Dual(level, result, UNKNOWN) if level else result
        return arb(a).max(arb(b))
    return a if place > 0 else b if place < 0 else _tie(a, b)


def smaller(a: Number, b: Number) -> Number:
    return neg(larger(neg(a), neg(b)))


def absolute(a: Number) -> Number:
    c = a.__class__
    if c is fmpq or c is arb:
        return abs(a)
    if c is Dual:
        if undefined(a):
            return UNDEFINED
        place = order(a, ZERO)
        if place is None:
            return Dual(a.level, absolute(a.value), UNKNOWN)
        if place:
            return a if place > 0 else neg(a)
        nested = a.value.__class__ is Dual or a.part.__class__ is Dual
        return Dual(a.level, ZERO, EDGE if nested else absolute(a.part))
    return infinity(1, a.log) if a.sign else a if a is EDGE else UNDEFINED


class working:
    """`with working(bits):` sets the precision of balls and puts the old one back."""

    def __init__(self, precision: int) -> None:
        self.precision = precision

    def __enter__(self) -> None:
        self.old, ctx.prec = ctx.prec, self.precision

    def __exit__(self, *_: object) -> None:
        ctx.prec = self.old


def rational(value: Any) -> Number:
    """An int, Fraction, fmpq, float (its exact bits) or extended value as a number of this module."""
    kind = value.__class__
    if kind is fmpq or kind is arb or kind is Special or kind is Dual:
        return value
    if kind is int or kind is fmpz:
        return fmpq(value)
    if kind is float or kind is str:
        number = float(value)
        if number != number:
            return UNDEFINED
        if number in (float("inf"), float("-inf")):
            return INF if number > 0 else NEG_INF
        return fmpq(*number.as_integer_ratio())
    if hasattr(value, "numerator"):
        return fmpq(int(value.numerator), int(value.denominator))
    raise TypeError(f"a point holds exact numbers (int, Fraction, inf, -inf, nan), not {value!r}")
