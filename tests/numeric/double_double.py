"""Numbers of some 100 bits and any exponent, in arrays: double-double arithmetic, with exp and log, in NumPy.

The exams of `mathcore.numeric` stand on it and share no code with it. Sums run along axis 0: a batch of rows comes
transposed, so that every operation is one over whole vectors.
"""

from __future__ import annotations

import math

import numpy as np
from flint import arb, ctx

# ---------------------------------------------------------------- arithmetic (T. J. Dekker 1971; D. E. Knuth, TAOCP 4.2.2)


def two_sum(a, b):
    """a + b exactly, as the rounded sum and its error."""
    total = a + b
    part = total - a
    return total, (a - (total - part)) + (b - part)


def quick_two_sum(a, b):
    """`two_sum` for |a| >= |b| or a = 0."""
    total = a + b
    return total, b - (total - a)


def halves(a):
    big = 134217729.0 * a  # 2^27 + 1
    high = big - (big - a)
    return high, a - high


def two_product(a, b):
    """a b exactly, as the rounded product and its error."""
    product = a * b
    (a1, a2), (b1, b2) = halves(a), halves(b)
    return product, ((a1 * b1 - product) + a1 * b2 + a2 * b1) + a2 * b2


def power_of_two(k):
    """2^k, with k cut to +-1000: what is shifted further beside a number near 1 does not count."""
    return ((np.clip(np.asarray(k, np.int64), -1000, 1000) + 1023) << 52).view(np.float64)


NOTHING = -(10**6)  # the exponent of 0 in a normal number


class Number:
    """(hi + lo) 2^e, entry by entry; e is the integer 0 while everything is of moderate size."""

    __slots__ = ("e", "hi", "lo")
    __array_ufunc__ = None  # an array leaves operators to the number beside it

    def __init__(self, hi, lo=0.0, e=0):
        self.hi, self.lo, self.e = hi, lo, e

    @property
    def moderate(self):
        return isinstance(self.e, int)

    def normal(self):
        """The same number with 1 <= |hi| < 2; exponent `NOTHING` for 0."""
        hi = np.asarray(self.hi, np.float64)
        k = (hi.view(np.int64) >> 52 & 2047) - 1023
        scale = power_of_two(-k)
        return Number(hi * scale, self.lo * scale, np.where(hi == 0, NOTHING, self.e + k))

    def plain(self):
        """hi and lo with the exponent multiplied in: for what depends on absolute size."""
        if self.moderate:
            return self.hi, self.lo
        scale = power_of_two(self.e)
        return self.hi * scale, self.lo * scale

    def __add__(self, other):
        a, b, e = self, number(other), 0
        if not (a.moderate and b.moderate):
            a, b = a.normal(), b.normal()
            e = np.maximum(a.e, b.e)
            a, b = (Number(x.hi * scale, x.lo * scale) for x in (a, b) for scale in (power_of_two(x.e - e),))
        high, error = two_sum(a.hi, b.hi)
        low, rest = two_sum(a.lo, b.lo)
        high, error = quick_two_sum(high, error + low)
        return Number(*quick_two_sum(high, error + rest), e)

    def __mul__(self, other):
        b = number(other)
        product, error = two_product(self.hi, b.hi)
        return Number(*quick_two_sum(product, error + (self.hi * b.lo + self.lo * b.hi)), self.e + b.e)

    def __truediv__(self, other):
        b = number(other)
        quotient = self.hi / b.hi
        product, error = two_product(quotient, b.hi)
        rest = (((self.hi - product) - error) + self.lo - quotient * b.lo) / b.hi
        return Number(*quick_two_sum(quotient, rest), self.e - b.e)

    def __neg__(self):
        return Number(-self.hi, -self.lo, self.e)

    def __sub__(self, other):
        return self + -number(other)

    def __rsub__(self, other):
        return number(other) + -self

    def __rtruediv__(self, other):
        return number(other) / self

    __radd__, __rmul__ = __add__, __mul__

    def __abs__(self):
        sign = np.where(np.less(self.hi, 0), -1.0, 1.0)
        return Number(self.hi * sign, self.lo * sign, self.e)

    def __getitem__(self, key):
        return Number(self.hi[key], self.lo[key], self.e if self.moderate else self.e[key])

    def sum(self):
        """Along axis 0, by pairs."""
        a, e = self, 0
        if not a.moderate:
            a = a.normal()
            e = a.e.max(axis=0)
            a = Number(a.hi * power_of_two(a.e - e), a.lo * power_of_two(a.e - e))
        hi, lo = np.broadcast_arrays(a.hi, a.lo)
        while len(hi) > 1:
            half = len(hi) // 2
            pairs = Number(hi[:half], lo[:half]) + Number(hi[half : 2 * half], lo[half : 2 * half])
            hi, lo = (np.concatenate([x, y[2 * half :]]) for x, y in ((pairs.hi, hi), (pairs.lo, lo)))
        return Number(hi[0], lo[0], e)

    def size(self):
        """About |value|, as a float: for magnitudes."""
        return np.abs(np.ldexp(self.hi, self.e))


def number(x):
    """`x` as it is; a float array gets exponents if anything in it is large or small."""
    if isinstance(x, Number):
        return x
    x = np.asarray(x, np.float64)
    size = np.abs(x)
    if np.all((size < 2.0**150) & ((size > 2.0**-150) | (size == 0))):
        return Number(x, np.zeros_like(x))
    mantissa, e = np.frexp(x)
    return Number(mantissa, np.zeros_like(x), np.where(x == 0, NOTHING, e))


def where(condition, a, b):
    a, b = number(a), number(b)
    e = 0 if a.moderate and b.moderate else np.where(condition, a.e, b.e)
    return Number(np.where(condition, a.hi, b.hi), np.where(condition, a.lo, b.lo), e)


def nearest(y):
    """A ball as hi + lo."""
    hi = float(y)
    return hi, float(y - arb(hi))


def scaled(y):
    """A ball as hi, lo, e."""
    mantissa, e = (int(part) for part in y.mid().man_exp())
    bits = abs(mantissa).bit_length()
    with ctx.workprec(200):
        return *nearest(arb(mantissa) * arb(2) ** -bits), e + bits


def columns(balls):
    return tuple(np.array(column) for column in zip(*map(nearest, balls), strict=True))


def certain(ball, *arguments, magnitude=None):
    """The balls that `ball` gives, at a precision that leaves 2^-100 of each (or of its magnitude) open, or 2^-1200."""
    small, share = arb(2) ** -1200, arb(2) ** -100
    for precision in (256, 512, 1024, 2048, 4096, 8192, 16384):
        with ctx.workprec(precision):
            values = ball(*arguments)
            sizes = map(abs, values) if magnitude is None else map(arb, magnitude)
            if all(not y.is_finite() or y.rad() <= s * share or y.rad() < small for y, s in zip(values, sizes, strict=True)):
                return values
    raise AssertionError(f"undecided at {precision} bits: {values}")


# ---------------------------------------------------------------- tables, by balls

STEPS = 4096  # of a table: arguments between its points are below 2^-12.5, and four terms of a series do
with ctx.workprec(300):
    LN2 = Number(*nearest(arb(2).log()))
    EXP = columns((arb(j) / STEPS * arb(2).log()).exp() for j in range(STEPS))
    RECIPROCAL = np.array([0.0] + [float(np.float32(STEPS / j)) for j in range(1, 6000)])
    LOG = columns([arb(0)] + [-arb(r).log() for r in RECIPROCAL[1:]])
    _step = arb(2).log() / STEPS
    STEP = [math.ldexp(float((_step * 2**40).floor()), -40)]  # ln 2 / 4096 in three parts: 29 bits, 27 bits, 53 bits
    STEP += [math.ldexp(float(((_step - arb(STEP[0])) * 2**68).floor()), -68)]
    STEP += [float(_step - arb(STEP[0]) - arb(STEP[1]))]
    THIRD, SIXTH, TWELFTH = (Number(*nearest(arb(1) / k)) for k in (3, 6, 12))

# ---------------------------------------------------------------- exp, log


def exp(x):
    """For x up to 700; exp(-4000) for anything below -4000, which is 0 in any format, times any float."""
    hi, lo = number(x).plain()
    far = np.less(hi, -4000)
    hi, lo = np.where(far, -4000.0, hi), np.where(far, 0.0, lo)
    k = np.rint(hi * (STEPS / math.log(2)))
    r, s = two_sum(hi, -k * STEP[0])
    r, t = two_sum(r, -k * STEP[1])
    r, s = quick_two_sum(r, s + t - k * STEP[2] + lo)
    j = k.astype(np.int64)
    table = Number(EXP[0][j % STEPS], EXP[1][j % STEPS])
    growth = table * (Number(r, s) * _expm1_quotient(Number(r, s)))
    total = table + growth
    return Number(total.hi, total.lo, j // STEPS)


def _expm1_quotient(r):
    """(exp(r) - 1) / r = 1 + r/2 + r^2/6 + ..., for |r| < 2^-12."""
    x = r.hi
    tail = x * (1 / 24 + x * (1 / 120 + x * (1 / 720 + x / 5040)))
    return 1 + r * (0.5 + r * (SIXTH + Number(tail, np.zeros_like(tail))))


def _log1p_quotient(r):
    """log(1 + r) / r = 1 - r/2 + r^2/3 - ..., for |r| < 2^-12."""
    x = r.hi
    tail = -x * (1 / 4 - x * (1 / 5 - x * (1 / 6 - x * (1 / 7 - x / 8))))
    return 1 - r * (0.5 - r * (THIRD + Number(tail, np.zeros_like(tail))))


def expm1(x):
    x = number(x)
    small = np.abs(x.plain()[0]) < 2.0**-12
    short = Number(*(np.where(small, part, 0.0) for part in x.plain()))
    return where(small, x * _expm1_quotient(short), exp(x) - 1)


def log(x):
    """For x > 0 (nonsense, but no error, for 0)."""
    x = number(x).normal()
    high = x.hi > math.sqrt(2)
    scale, e = np.where(high, 0.5, 1.0), x.e + high
    j = np.rint(x.hi * scale * STEPS).astype(np.int64) % len(RECIPROCAL)
    near = Number(x.hi * scale, x.lo * scale) * Number(RECIPROCAL[j])
    r = Number(near.hi - 1, near.lo)
    r = Number(*two_sum(r.hi, r.lo))
    return number(e.astype(np.float64)) * LN2 + (Number(LOG[0][j], LOG[1][j]) + r * _log1p_quotient(r))


def log1p(x):
    x = number(x)
    small = np.abs(x.plain()[0]) < 2.0**-13
    short = Number(*(np.where(small, part, 0.0) for part in x.plain()))
    return where(small, x * _log1p_quotient(short), log(1 + x))


def sqrt(x):
    x = number(x).normal()
    odd = x.e % 2
    hi, lo = x.hi * (1 + odd), x.lo * (1 + odd)
    root = np.sqrt(hi)
    product, error = two_product(root, root)
    rest = np.divide((hi - product) - error + lo, 2 * root, out=np.zeros_like(root), where=root > 0)
    return Number(*quick_two_sum(root, rest), (x.e - odd) // 2)
