"""Exact values by ball arithmetic on the exact input bits, and the ULP error of the accuracy contract. Textbook forms."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from functools import cache

import numpy as np
from flint import arb, ctx

# digits of the significand, exponent of the smallest subnormal, exponent of the overflow threshold
FORMATS = {"float64": (53, -1074, 1024), "float32": (24, -149, 128), "float16": (11, -24, 16)}


@cache
def format_of(dtype) -> tuple[int, int, int]:
    return FORMATS[np.dtype(dtype).name]  # NumPy makes the name up anew each time


def exponent_of_ulp(y: arb, dtype) -> int:
    """k where 2^k is the spacing of the format at y, at least the smallest subnormal."""
    digits, smallest, _ = format_of(dtype)
    mantissa, exponent = y.mid().man_exp()
    if mantissa == 0:
        return smallest
    return max(abs(int(mantissa)).bit_length() + int(exponent) - digits, smallest)


@cache
def power_of_two(k: int) -> arb:
    return arb(2) ** k


def ulp_error(out: float, y: arb, dtype) -> float:
    """|out - y| / ulp(y), as the accuracy contract defines it; inf for a failure that no bar accepts."""
    digits, _, top = format_of(dtype)
    if not y.is_finite():  # +-inf exactly, or undefined
        if y == arb("+inf") or y == arb("-inf"):
            return 0.0 if math.isinf(out) and arb(out) == y else math.inf
        return 0.0 if math.isnan(out) else math.inf
    if math.isnan(out):
        return math.inf
    if y == 0:
        return 0.0 if out == 0 else math.inf
    largest = power_of_two(top) - power_of_two(top - digits)
    if math.isinf(out) or abs(y) > largest:
        if math.isinf(out):
            missing = largest - (y if out > 0 else -y)
        else:
            missing = (y if y > 0 else -y) - abs(arb(out)) if (out > 0) == (y > 0) else arb("+inf")
        return max(0.0, float((missing * power_of_two(digits - top)).abs_upper())) if missing > 0 else 0.0
    return float((abs(arb(out) - y) * power_of_two(-exponent_of_ulp(y, dtype))).abs_upper())


def exact(function: Callable[..., list[arb]], *arguments, dtype=np.float64) -> list[arb]:
    """`function` in balls, with the precision doubled until every radius is below 2^-20 ULP."""
    saved = ctx.prec
    precision = 192
    try:
        while True:
            ctx.prec = precision
            values = function(*arguments)
            if all(not y.is_finite() or y.rad() <= power_of_two(exponent_of_ulp(y, dtype) - 20) for y in values):
                return values
            if precision > 10_000:
                raise AssertionError(f"undecided at {precision} bits: {values}")
            precision *= 2
    finally:
        ctx.prec = saved


def floats(x: Iterable) -> list[float]:
    return [float(v) for v in x]


def _total(terms: Iterable[arb]) -> arb:
    total = arb(0)
    for term in terms:
        total += term
    return total


NAN = arb("nan")
INFINITY = arb("+inf")


def _others(z: list[float]) -> tuple[float, arb, int]:
    """The maximum, the sum of exp(z - maximum) over all entries but one maximum, and which one."""
    peak = max(z)
    index = z.index(peak)
    m = arb(peak)
    return peak, _total((arb(v) - m).exp() for i, v in enumerate(z) if i != index and v > -math.inf), index


def softmax(z: list[float]) -> list[arb]:
    peak, others, _ = _others(z)
    m, total = arb(peak), 1 + others
    return [arb(0) if v == -math.inf else (arb(v) - m).exp() / total for v in z]


def log_softmax(z: list[float]) -> list[arb]:
    peak, others, _ = _others(z)
    m, log = arb(peak), others.log1p()
    return [-INFINITY if v == -math.inf else (arb(v) - m) - log for v in z]


def surprisal(label: int, z: list[float]) -> list[arb]:
    return [-log_softmax(z)[label]]


def logsumexp(z: list[float]) -> list[arb]:
    peak, others, _ = _others(z)
    return [arb(peak) + others.log1p()]


def _weighted(weight: float, log: Callable[[], arb]) -> arb:
    return arb(0) if weight == 0 else arb(weight) * log()


def _log(q: float) -> arb:
    return -INFINITY if q == 0 else arb(q).log()


def crossentropy(p: list[float], q: list[float]) -> list[arb]:
    if any(a > 0 and b == 0 for a, b in zip(p, q, strict=True)):
        return [INFINITY]
    return [-_total(_weighted(a, lambda b=b: _log(b)) for a, b in zip(p, q, strict=True))]


def entropy(p: list[float]) -> list[arb]:
    return crossentropy(p, p)


def kl_divergence(p: list[float], q: list[float]) -> list[arb]:
    if any(a > 0 and b == 0 for a, b in zip(p, q, strict=True)):
        return [INFINITY]
    pairs = zip(p, q, strict=True)
    return [_total(_weighted(a, lambda a=a, b=b: (arb(a) / arb(b)).log()) - arb(a) + arb(b) for a, b in pairs)]


def categorical_crossentropy(t: list[float], z: list[float]) -> list[arb]:
    """From logits: sum(t) logsumexp(z) - sum(t z), over the support of t."""
    if any(a > 0 and v == -math.inf for a, v in zip(t, z, strict=True)):
        return [INFINITY]
    peak, others, _ = _others(z)
    m, log = arb(peak), others.log1p()
    return [_total(arb(a) * (log - (arb(v) - m)) for a, v in zip(t, z, strict=True) if a != 0)]


def logits_gradient(t: list[float], z: list[float]) -> list[arb]:
    """T s - t."""
    total = _total(arb(a) for a in t)
    return [total * s - arb(a) for s, a in zip(softmax(z), t, strict=True)]


def mean_squared_error(t: list[float], y: list[float]) -> list[arb]:
    residuals = [arb(b) - arb(a) for a, b in zip(t, y, strict=True)]
    return [_total(r * r for r in residuals) / len(residuals)]


def mean_squared_error_gradient(t: list[float], y: list[float]) -> list[arb]:
    return [2 * (arb(b) - arb(a)) / len(t) for a, b in zip(t, y, strict=True)]


def worst_ulp(outputs: Iterable, values: Iterable[arb], dtype) -> float:
    return max(ulp_error(float(o), y, dtype) for o, y in zip(outputs, values, strict=True))
