"""Seeded inputs by families: the simple ones first, then plain, scaled, shifted, confident, near-equal, huge and so on.

A family says the same about every domain: `confident` is one large logit, a pmf near one-hot, a probability near 1.
The simple inputs come in the order in which a person would try them, so that the first failure is a small one.
"""

from __future__ import annotations

import itertools
import zlib
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from mathcore.language import tree as t
from mathcore.strategies.declared import Draw, length, simple_hypotheses, with_sizes
from mathcore.strategies.floats import from_ordinal, ordinal
from mathcore.strategies.probabilities import dyadic

FAMILIES = (
    "plain", "scaled", "tiny", "shifted", "masked", "confident", "near-equal", "ties", "subnormal", "huge", "one class", "long",
)  # fmt: skip

LENGTHS = (*range(1, 65), 100, 128, 200, 255, 256, 257, 500, 513, 1000, 1025)  # a loop may go wrong at any one
STEPS = (*range(1, 65), 100, 1000)  # numbers of steps
USUAL = {"unit": (0.9, 0.999), "positive": (0.001, 1e-8)}  # Kingma and Ba, Adam, ICLR 2015, algorithm 1: betas; step, epsilon
FEW = (*range(1, 65), 100, 257)  # where arrays have two sizes
SCALES = tuple(1.25 * 4.0**k for k in range(-6, 7))  # of a number, and of the entries beside it
SHARES = tuple((2 * k + 1) / 32 for k in range(16))  # for a number from 0 to 1
LONG = {"float64": (64, 300, 1000), "float32": (300, 64, 150), "float16": (300, 64, 150), "several": (5, 8, 12)}  # sizes
TINIER = {"float64": -280, "float32": -16, "float16": -1}  # powers of ten that still leave a number normal
SCALARS = {
    "real": (0.0, 1.0, -1.0, 2.0, 0.5, -3.0, 10.0, -40.0, 100.0, -1000.0, 1000.0, 20.0, -20.0, 30.0, -30.0, -0.0),
    "positive": (1.0, 2.0, 0.5, 0.125, 3.0, 10.0, 1000.0, 1e-4),
    "nonnegative": (0.0, 1.0, 2.0, 0.5, 0.125, 3.0, 10.0, 1000.0, 1e-4),
    "unit": (0.5, 0.0, 1.0, 0.25, 0.75, 0.125, 0.9990234375, 0.0009765625),
}
ROWS: dict[str, tuple[tuple[float, ...], ...]] = {
    "real": (
        (0,), (1,), (-2,), (1000,), (0, 0), (1, 0), (0, 1), (1, 2), (-1, 1), (10, 0), (20, 0), (30, 0), (40, 0), (100, 0),
        (1000, 0), (-1000, 0), (1000, 1000), (-1000, -1000), (0, 1, 2), (2, 0, 1), (1, 1, 0), (40, 0, 0), (0.5, 0.25, -3),
        (-0.0,), (0, -0.0), (-0.0, 1), (1, -0.0, 0),
    ),
    "positive": ((1,), (2,), (1, 1), (1, 2), (2, 1), (0.5, 4), (1, 2, 3), (100, 1)),
    "nonnegative": ((0,), (1,), (2,), (0, 0), (1, 0), (0, 1), (1, 2), (0.5, 4), (1, 2, 3), (100, 1)),
    "unit": ((0.5,), (0,), (1,), (0.5, 0.5), (1, 0), (0.25, 0.75), (0.25, 0.5, 1)),
    "simplex": (
        (1,), (0.5, 0.5), (1, 0), (0, 1), (0.25, 0.75), (0.75, 0.25), (0.125, 0.875), (0.5, 0.25, 0.25), (0.25, 0.25, 0.5),
        (0, 0.5, 0.5), (1, 0, 0), (0.9990234375, 0.0009765625),
    ),
    "onehot": ((1,), (1, 0), (0, 1), (1, 0, 0), (0, 1, 0), (0, 0, 1)),
}  # fmt: skip
MASKED = ((0, -np.inf), (-np.inf, 3), (1, 2, -np.inf), (-np.inf, 5, -np.inf))


def _domain(symbol: t.Symbol, built: Mapping[t.Symbol, str]) -> tuple[str, bool]:
    """The domain to draw from, and whether entries must be positive."""
    domain, extra = symbol.type.domain, built.get(symbol, "")
    if extra == "simplex":
        return "simplex", False
    if domain in ("simplex", "onehot", "unit"):
        return domain, extra == "positive"
    return (extra or domain, False) if domain in SCALARS else (domain, False)


def simple(
    symbols: tuple[t.Symbol, ...],
    hypotheses: tuple[t.Expr, ...],
    dtype: str,
    most: int = 60,
    masks: bool = False,
    allowed: Callable[[Draw], bool] = lambda _: True,
) -> Iterator[Draw]:
    """Small inputs in the order of their simplicity, at most `most` of those allowed: what a person would try first."""
    wanted = with_sizes(symbols)
    built, _ = simple_hypotheses(hypotheses)
    sizes = [s for s in wanted if s.type.domain == "size"]
    scalars = [s for s in wanted if not s.type.shape and s.type.domain in SCALARS]
    found: list[tuple[float, Draw]] = []
    for lengths in itertools.product((1, 2, 3), repeat=len(sizes)):
        drawn: Draw = dict(zip(sizes, lengths, strict=True))
        if any(v < s.type.minimum for s, v in drawn.items()):
            continue
        choices = [list(_simple_values(s, drawn, built, dtype, masks)) for s in wanted if s.type.domain != "size"]
        if any(not c for c in choices):
            continue
        others = [s for s in wanted if s.type.domain != "size"]
        for places in _diagonal([len(c) for c in choices], most * 3):
            cost = (
                float(sum(places))
                + 3.0 * sum(n - 1 for n in lengths)
                - 0.5 * any(p and s in scalars for p, s in zip(places, others, strict=True))
            )
            found.append((cost, {**drawn, **{s: c[p] for s, c, p in zip(others, choices, places, strict=True)}}))
    found.sort(key=lambda pair: pair[0])
    yield from itertools.islice((values for _, values in found if allowed(values)), most)


def _diagonal(counts: list[int], most: int) -> Iterator[tuple[int, ...]]:
    """Tuples of places, by their sum."""
    given = 0
    for total in range(sum(counts) - len(counts) + 1):
        for places in _summing(total, counts):
            yield places
            given += 1
            if given >= most:
                return


def _summing(total: int, counts: list[int]) -> Iterator[tuple[int, ...]]:
    if not counts:
        if total == 0:
            yield ()
        return
    room = sum(counts[1:]) - len(counts[1:])
    for first in range(max(total - room, 0), min(total, counts[0] - 1) + 1):
        for rest in _summing(total - first, counts[1:]):
            yield (first, *rest)


def _simple_values(symbol: t.Symbol, drawn: Draw, built: Mapping[t.Symbol, str], dtype: str, masks: bool) -> Iterator[Any]:
    kind = symbol.type
    domain, strict = _domain(symbol, built)
    if domain == "index":
        assert kind.over is not None
        yield from range(1, length(kind.over, drawn) + 1)
    elif domain == "natural":
        yield from range(kind.minimum, kind.minimum + 5)
    elif domain == "function":
        return
    elif not kind.shape:
        number = np.dtype(dtype).type
        yield from (number(x) for x in SCALARS[domain] if not (strict and x <= 0))
    else:
        shape = tuple(length(s, drawn) for s in kind.shape)
        listed = (*ROWS[domain], *(MASKED if masks and domain == "real" else ()))
        rows = [r for r in listed if len(r) == shape[-1] and not (strict and min(r) <= 0)]
        count = int(np.prod(shape[:-1], dtype=int))
        for start in range(len(rows)):
            yield np.array([rows[(start + j) % len(rows)] for j in range(count)], dtype=dtype).reshape(shape)


def drawn_by_family(
    family: str,
    symbols: tuple[t.Symbol, ...],
    hypotheses: tuple[t.Expr, ...],
    dtype: str,
    count: int,
    seed: int,
    masks: bool = False,
) -> Iterator[Draw]:
    """`count` inputs of one family, the same for the same seed."""
    rng = np.random.default_rng([seed, zlib.crc32(family.encode()), np.dtype(dtype).itemsize])
    wanted = with_sizes(symbols)
    built, _ = simple_hypotheses(hypotheses)
    if family == "masked" and not masks and not any(_domain(s, built)[0] == "simplex" for s in wanted):
        return
    sizes = [s for s in wanted if s.type.domain == "size"]
    several = len(sizes) > 1
    if family in ("one class", "long", "lengths") and not sizes:
        return
    if family == "lengths":
        steps = [s for s in wanted if s.type.domain == "natural"]
        for lengths in (*_lengths(sizes), *_steps(sizes, steps), *_usual(wanted, sizes, steps, dtype)):
            drawn = dict(lengths)
            for symbol in wanted:
                if symbol not in drawn:
                    drawn[symbol] = _one("plain", 0, symbol, drawn, built, dtype, rng, masks, several)
            yield drawn
            if (led := _led(drawn)) != drawn:
                yield led
        return
    for number in range(count):
        drawn = {}
        for symbol in wanted:
            drawn[symbol] = _one(family, number, symbol, drawn, built, dtype, rng, masks, several)
        yield drawn


def drawn_by_scale(symbols: tuple[t.Symbol, ...], hypotheses: tuple[t.Expr, ...], dtype: str, seed: int) -> Iterator[Draw]:
    """Plain inputs for every number among them, small to large, with entries around it: a case may begin at any value."""
    number = np.dtype(dtype).type
    for single in (s for s in symbols if not s.type.shape and s.type.domain in SCALARS):
        shares = single.type.domain == "unit"
        for scale, drawn in zip(
            SHARES if shares else SCALES, drawn_by_family("plain", symbols, hypotheses, dtype, 16, seed), strict=False
        ):
            scaled = {s: v if shares or s.type.domain not in _SCALED else (scale * v).astype(dtype) for s, v in drawn.items()}
            yield {**scaled, single: number(scale)}


def _led(drawn: Draw) -> Draw:
    """The same where each label is the largest entry of its row: one that is drawn hardly ever is, in a long one."""
    arrays = [(s, v) for s, v in drawn.items() if len(s.type.shape) == 1 and s.type.domain == "real"]
    tops: dict[t.Expr | None, int] = {s.type.shape[0]: int(np.argmax(v)) + 1 for s, v in reversed(arrays)}
    return {s: tops.get(s.type.over, v) if s.type.domain == "index" else v for s, v in drawn.items()}


def _steps(sizes: list[t.Symbol], steps: list[t.Symbol]) -> Iterator[Draw]:
    """Many numbers of steps, the sizes small."""
    for step in steps:
        for n in STEPS:
            if n >= step.type.minimum:
                small = {s: max(1, s.type.minimum) for s in sizes}
                yield {**small, **{s: n if s is step else s.type.minimum + 1 for s in steps}}


def _usual(wanted: tuple[t.Symbol, ...], sizes: list[t.Symbol], steps: list[t.Symbol], dtype: str) -> Iterator[Draw]:
    """Few and many steps with the constants that training is usually done with."""
    scalars = {domain: [s for s in wanted if s.type.domain == domain and not s.type.shape] for domain in USUAL}
    constants = {
        s: np.dtype(dtype).type(c) for domain, listed in scalars.items() for s, c in zip(listed, USUAL[domain], strict=False)
    }
    if steps and constants and all(c > 0 for c in constants.values()):  # 1e-8 is 0 in float16
        for n in (1, 10, 100, 1000, 5000):
            small = {s: max(2, s.type.minimum) for s in sizes}
            yield {**small, **{s: max(n, s.type.minimum) for s in steps}, **constants}


def _lengths(sizes: list[t.Symbol]) -> Iterator[Draw]:
    """Every length that a size may have, the others 2 or 3."""
    for size in sizes:
        for n in LENGTHS if len(sizes) == 1 else FEW:
            if n >= size.type.minimum:
                yield {s: n if s is size else max(2 + n % 2, s.type.minimum) for s in sizes}


def _one(
    family: str,
    number: int,
    symbol: t.Symbol,
    drawn: Draw,
    built: Mapping[t.Symbol, str],
    dtype: str,
    rng: np.random.Generator,
    masks: bool,
    several: bool,
) -> Any:
    """A value for one letter; `several`: there is more than one size, so each is small."""
    kind = symbol.type
    domain, strict = _domain(symbol, built)
    if domain == "size":
        n = {"one class": 1, "long": LONG["several" if several else dtype][number % 3]}.get(
            family, int(rng.integers(2, 5 if several else 9))
        )
        return max(n, kind.minimum)
    if domain == "index":
        assert kind.over is not None
        return int(rng.integers(1, length(kind.over, drawn) + 1))
    if domain == "natural":
        return int(kind.minimum + rng.integers(0, 6))
    if domain == "function":
        raise ValueError(f"{symbol.name} stands for any function: no values can be drawn for it")
    shape = tuple(length(s, drawn) for s in kind.shape)
    if domain in ("simplex", "onehot"):
        count = int(np.prod(shape[:-1], dtype=int))
        before = [v for s, v in drawn.items() if s.type == kind and isinstance(v, np.ndarray) and s is not symbol]
        rows = [_pmf(family, shape[-1], dtype, rng, strict, before[0] if before else None, domain) for _ in range(count)]
        return np.array(rows, dtype=dtype).reshape(shape)
    make = _SPREAD.get(domain, _real)
    kept = "plain" if family == "masked" and not (masks and shape) else family
    entries = np.asarray(make(kept, int(np.prod(shape, dtype=int)), dtype, rng))
    if family == "tiny" and not shape and domain == "real":  # a single number: of arrays squares would vanish
        entries = entries * 10.0 ** rng.uniform(TINIER[dtype], 0)
    with np.errstate(over="ignore", under="ignore"):
        entries = entries.astype(dtype)
    top = np.finfo(dtype).max
    entries = np.where(np.isposinf(entries), top, entries).astype(dtype)
    if kept != "masked":
        entries = np.where(np.isneginf(entries), -top, entries).astype(dtype)
    if strict or domain == "positive":
        entries = np.where(entries <= 0, np.finfo(dtype).tiny, entries).astype(dtype)
    return entries.reshape(shape) if shape else entries.reshape(1)[0]


def _real(family: str, n: int, dtype: str, rng: np.random.Generator) -> Any:
    info = np.finfo(dtype)
    with np.errstate(all="ignore"):
        plain = rng.normal(size=n) * 3
        if family == "scaled":
            return plain * 10.0 ** rng.uniform(-4, 3)
        if family == "tiny":  # all numbers of an input are small, so that none of them hides another
            return plain * (1e-3 if dtype == "float16" else 1e-20)
        if family == "shifted":
            return plain + rng.choice([-1.0, 1.0]) * 10.0 ** rng.uniform(1, 4 if dtype == "float16" else 6)
        if family == "masked":
            hidden = rng.random(n) < 0.4
            hidden[rng.integers(n)] = False
            return np.where(hidden, -np.inf, plain * 10.0 ** rng.uniform(-1, 2))
        if family == "confident":
            plain[rng.integers(n)] += rng.choice([10, 20, 36, 40, 100, 600, 800])
            return plain
        if family == "near-equal":
            base = np.asarray(plain[0] * 10.0 ** rng.uniform(-2, 2)).astype(dtype)[()]
            return np.array([from_ordinal(ordinal(base) + int(k), dtype) for k in rng.integers(-3, 4, size=n)])
        if family == "ties":
            return rng.choice(plain[:2], size=n)
        if family == "subnormal":
            return rng.integers(-8, 9, size=n) * float(info.smallest_subnormal) * rng.choice([1.0, 1000.0])
        if family == "huge":
            return rng.uniform(-1, 1, size=n) * float(info.max) * rng.choice([1.0, 0.5, 1e-3])
    return plain


def _positive(family: str, n: int, dtype: str, rng: np.random.Generator) -> Any:
    if family in ("subnormal", "huge", "near-equal", "ties"):
        return np.abs(_real(family, n, dtype, rng))
    with np.errstate(all="ignore"):
        return np.exp(rng.normal(size=n) * {"scaled": 6.0, "confident": 3.0}.get(family, 1.0))


def _unit(family: str, n: int, dtype: str, rng: np.random.Generator) -> Any:
    info = np.finfo(dtype)
    if family == "confident":
        return 1 - 10.0 ** rng.uniform(-4 if dtype == "float16" else -16, -1, size=n)
    if family == "scaled":
        return 10.0 ** rng.uniform(-7 if dtype == "float16" else -40, 0, size=n)
    if family == "near-equal":
        return 0.5 + rng.integers(-3, 4, size=n) * float(info.eps)
    if family == "subnormal":
        return rng.integers(0, 9, size=n) * float(info.smallest_subnormal)
    if family in ("huge", "ties"):
        return rng.choice([0.0, 1.0, 0.5, 1 - float(info.eps) / 2], size=n)
    return rng.random(n)


_SCALED = ("real", "positive", "nonnegative")  # domains in which a multiple stays
_SPREAD: dict[str, Callable[[str, int, str, np.random.Generator], Any]] = {
    "positive": _positive,
    "nonnegative": _positive,
    "unit": _unit,
}


def _pmf(
    family: str, n: int, dtype: str, rng: np.random.Generator, strict: bool, before: np.ndarray | None, domain: str
) -> np.ndarray:
    """One pmf of the family: exact dyadic ones, and ones that are rounded as a program's would be."""
    precision = int(np.finfo(dtype).nmant) + 1
    place = int(rng.integers(n))
    if domain == "onehot" or (family == "huge" and not strict):
        return np.array(np.eye(n, dtype=dtype)[place])
    weights: Any
    if family == "ties":
        weights = np.ones(n)
    elif family == "near-equal" and before is not None:
        near = before.reshape(-1, n)[0].astype(np.float64) * (1 + rng.integers(-4, 5, size=n) * float(np.finfo(dtype).eps))
        return np.asarray(np.minimum(near, 1), dtype=dtype)
    elif family == "shifted":  # exact: whole units of 2^-m
        m = min(precision, max(int(rng.integers(1, precision + 1)), (n - 1).bit_length() + 1))
        room = 2**m - n * strict
        cuts = np.sort(rng.integers(0, room, size=n - 1, endpoint=True))
        return dyadic(np.diff([0, *cuts.tolist(), room]) + int(strict), dtype)
    elif family == "confident":
        weights = 10.0 ** rng.uniform(-precision / 3.5, -precision / 7, size=n)
        weights[place] = 1.0
    elif family == "scaled":
        weights = 10.0 ** rng.uniform(-4 if dtype == "float16" else -30, 0, size=n)
    elif family == "subnormal":
        weights = rng.integers(1, 9, size=n) * float(np.finfo(dtype).smallest_subnormal)
        weights[place] = 1.0
    else:
        weights = rng.exponential(size=n)
        if family == "masked" or (family == "plain" and rng.random() < 0.3 and not strict):
            weights = np.where(rng.random(n) < 0.4, 0.0, weights)
            weights[place] = 1.0
    pmf: np.ndarray = np.asarray(weights / weights.sum()).astype(dtype)
    return np.asarray(np.maximum(pmf, np.finfo(dtype).smallest_subnormal)) if strict else pmf
