"""Whether a float is within k ULP of an exact value: rigorous, from balls that are tightened until they decide.

The error is |out - y| / ulp(y), ulp(y) the spacing of the result format at y, at least the smallest subnormal. Where
y = 0, out must be 0. An infinite out is right if y > max - k ulp(max), a finite one if it is within k ulp of y also
beyond max; nan must meet an undefined value, and only that (docs/design: the accuracy contract).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from typing import Any

import numpy as np
from flint import arb, ctx, fmpq

from mathcore.proof.balls.extended import POLE

SHARP = 2.0**-7  # ULP: how well an error is known that is within its bar
FIRST, LAST = 128, 8192  # bits: where evaluation starts, and where "undecided" is the honest answer


@dataclass(frozen=True)
class Format:
    """A binary float format: precision in bits, exponents of the largest and of the smallest normal binade."""

    name: str
    precision: int
    top: int
    bottom: int

    @property
    def largest(self) -> Fraction:
        return (2 - Fraction(2) ** (1 - self.precision)) * Fraction(2) ** self.top

    @property
    def roundoff(self) -> Fraction:
        """u, half the spacing at 1."""
        return Fraction(1, 2**self.precision)

    @property
    def tiny(self) -> Fraction:
        """The smallest normal number."""
        return Fraction(2) ** self.bottom

    @property
    def least(self) -> Fraction:
        """The smallest subnormal."""
        return Fraction(2) ** self.spacing(self.bottom)

    def spacing(self, exponent: int) -> int:
        """The exponent of the spacing in the binade 2^exponent."""
        return min(max(exponent, self.bottom), self.top) - self.precision + 1


@cache
def format_of(dtype: Any) -> Format:
    info = np.finfo(dtype)
    return Format(str(np.dtype(dtype)), info.nmant + 1, int(info.maxexp) - 1, int(info.minexp))


@dataclass
class Exact:
    """An exact value as balls: `at(bits)` evaluates, and remembers the tightest ball so far."""

    evaluate: Callable[[int], Any]  # precision -> fmpq, arb, or a special value with `kind`
    bits: int = 0
    value: Any = field(default=None, repr=False)

    def at(self, bits: int) -> Any:
        if bits > self.bits:
            self.value, self.bits = self.evaluate(bits), bits
        return self.value

    def decimal(self, digits: int = 17) -> str:
        """For a person: as many digits as are known, at most `digits`."""
        value = self.at(FIRST)
        if special(value) is not None:
            return special(value) or ""
        if isinstance(value, fmpq) and value.q == 1 and abs(value.p) < 10**digits:
            return str(value.p)
        with ctx.workprec(self.bits + 64):
            text = arb(value).str(digits, radius=False)
        shown = str(text.strip("[]")).split(" +/-")[0]
        return shown.rstrip("0").rstrip(".") if "." in shown and "e" not in shown else shown


@dataclass(frozen=True)
class Judged:
    """`right` is None where the last precision did not decide; `error` in ULP (or in bars), an upper bound."""

    right: bool | None
    error: float
    reason: str = ""


def special(value: Any) -> str | None:
    """inf, -inf, pole or undefined for an extended value; None for a number (also one that is not known yet)."""
    if isinstance(value, (fmpq, arb)):
        return None
    return "pole" if value is POLE else str(value) if value.sign else "undefined"


def rational(x: float | Fraction) -> fmpq:
    return fmpq(*x.as_integer_ratio())


def exponent_of(x: Any) -> int:
    """floor(log2 x) of an exact positive ball."""
    mantissa, exponent = x.man_exp()
    return int(mantissa).bit_length() + int(exponent) - 1


@cache
def _decimal(bar: float) -> Fraction:
    """As it is written: 0.51 means 51/100."""
    return Fraction(str(bar))


def judge(out: Any, exact: Exact, bar: float, dtype: Any = None) -> Judged:
    """Is `out`, a NumPy float (or of `dtype`), within `bar` ULP of the exact value?"""
    form, x = format_of(np.asarray(out).dtype if dtype is None else np.dtype(dtype)), float(out)
    limit = rational(_decimal(bar))

    def decide(y: Any) -> Judged | None:
        if isinstance(y, fmpq) and math.isfinite(x):
            unit = fmpq(2) ** form.spacing(_log2_floor(abs(y)) if y != 0 else form.bottom)
            ratio = abs(rational(x) - y) / unit
            right = ratio <= limit and (y != 0 or x == 0)
            return Judged(right, _float(ratio), "" if y != 0 or right else "must be 0")
        with ctx.workprec(max(exact.bits, FIRST) + 64):
            y = arb(y)
            if math.isinf(x):
                edge = rational(form.largest) - limit * rational(Fraction(2) ** form.spacing(form.top))
                beyond = y > arb(edge) if x > 0 else y < -arb(edge)
                within = y <= arb(edge) if x > 0 else y >= -arb(edge)
                return Judged(True, 0.0) if beyond else Judged(False, math.inf) if within else None
            high, low = y.abs_upper(), y.abs_lower()
            if high.is_zero():
                return Judged(x == 0, 0.0 if x == 0 else math.inf, "must be 0")
            distance = abs(arb(x) - y)
            coarse = form.spacing(exponent_of(high))
            fine = form.spacing(exponent_of(low)) if not low.is_zero() else form.spacing(form.bottom)
            most, least = distance.abs_upper() * arb((1, -fine)), distance.abs_lower() * arb((1, -coarse))
            if most <= limit and (not low.is_zero() or x == 0):
                sharp = most - least < SHARP or ctx.prec >= 4 * FIRST  # what is told is the error, not the width of a ball
                return Judged(True, _float(most)) if sharp else None
            return Judged(False, _float(most)) if least > limit else None

    return _decided(x, exact, decide)


def judge_within(out: Any, exact: Exact, allowed: Exact, dtype: Any = None, room: Fraction | None = None) -> Judged:
    """Is |out - y| at most the absolute bar `allowed`, plus `room` (default: the least subnormal)? `error`: their ratio."""
    form, x = format_of(np.asarray(out).dtype if dtype is None else np.dtype(dtype)), float(out)

    spare = rational(form.least if room is None else room)

    def decide(y: Any) -> Judged | None:
        bar = allowed.at(max(exact.bits, FIRST))
        if special(bar) is not None:
            return Judged(None, math.nan, "undecided: the bar is infinite or undefined")
        with ctx.workprec(max(exact.bits, FIRST) + 64):
            most = arb(bar) + arb(spare)
            if math.isinf(x):
                half = Fraction(2) ** (form.spacing(form.top) - 1)
                edge = arb(rational(form.largest + half)) - most
                y = arb(y) if x > 0 else -arb(y)
                return Judged(True, 0.0) if y >= edge else Judged(False, math.inf) if y < edge else None
            distance = abs(arb(x) - arb(y))
            ratio = _float((distance / most).abs_upper())
            return Judged(True, ratio) if distance <= most else Judged(False, ratio) if distance > most else None

    return _decided(x, exact, decide)


def _decided(x: float, exact: Exact, decide: Callable[[Any], Judged | None]) -> Judged:
    bits = max(FIRST, exact.bits)
    while bits <= LAST:
        y = exact.at(bits)
        kind = special(y)
        if kind is not None:
            right = {"inf": x == math.inf, "-inf": x == -math.inf, "pole": not math.isfinite(x)}.get(kind, math.isnan(x))
            return Judged(right, 0.0 if right else math.inf)
        if math.isnan(x):
            if isinstance(y, fmpq) or y.is_finite():
                return Judged(False, math.nan, "a number is needed")
        else:
            judged = None if isinstance(y, arb) and not y.is_finite() else decide(y)
            if judged is not None:
                return judged
        bits *= 2
    return Judged(None, math.nan, f"undecided at {LAST} bits")


def _float(x: Any) -> float:
    """An upper bound as a float; what is beyond 1e300 is inf (flint's own conversion gives 0 for the very largest)."""
    if isinstance(x, fmpq):
        return int(x.p) / int(x.q) if x < 10**300 else math.inf
    return float(x) if x < 10**300 else math.inf


def widened(out: Any, bar: float, dtype: Any = None) -> Any:
    """A ball that holds every y with |y - out| <= bar ulp(y); None where `out` is not finite."""
    form, x = (
        format_of(np.asarray(out).dtype if dtype is None else np.dtype(dtype)),
        Fraction(float(out)) if np.isfinite(out) else None,
    )
    if x is None:
        return None
    size, k = abs(x), _decimal(bar)
    if size == 0:
        return around(x, k * form.least)
    exponent = _log2_floor(rational(size))
    radius = k * Fraction(2) ** form.spacing(exponent)
    if size + radius >= Fraction(2) ** (exponent + 1):  # into the next binade, where the spacing is twice as large
        radius *= 2
    return around(x, radius)


def around(x: Fraction, radius: Fraction) -> Any:
    """The ball x +- radius, rounded outwards."""
    with ctx.workprec(256):
        return arb(rational(x)) + arb(0, arb(rational(radius)).abs_upper())


def _log2_floor(x: fmpq) -> int:
    e: int = x.p.bit_length() - x.q.bit_length()
    return e if fmpq(2) ** e <= x else e - 1
