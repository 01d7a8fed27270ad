"""Seeded inputs that aim at condition numbers: large shifts, near-equal entries, the ends of the format, long rows."""

from collections.abc import Iterator

import numpy as np

from mathcore.card import Card
from mathcore.conformance.accuracy import Case, _spoken
from mathcore.conformance.exact import holding, reference
from mathcore.strategies.declared import Draw, length, simple_hypotheses, with_sizes

LENGTHS = (1, 2, 2, 3, 3, 5, 8, 30, 100, 1000)


def hostile(card: Card, dtype: str, count: int, seed: int = 1) -> Iterator[Case]:
    """About `count` inputs of a card, the same for the same seed."""
    rng = np.random.default_rng([seed, np.dtype(dtype).itemsize])
    symbols, exact, holds = tuple(card.definition.parameters), reference(card), holding(card.context)
    wanted = with_sizes(symbols)
    known = {*wanted, *(p.type.over for p in symbols)}
    spoken = tuple(h for h in card.context.hypotheses if _spoken(h) and _spoken(h) <= known)
    built, left = simple_hypotheses(spoken)
    several = sum(s.type.domain == "size" for s in wanted) > 1
    for _ in range(count):
        drawn: Draw = {}
        for s in wanted:
            kind = s.type
            if kind.domain == "size":
                n = int(rng.choice(LENGTHS[:6] if several else LENGTHS))
                drawn[s] = max(kind.minimum, n)
            elif kind.domain == "index":
                drawn[s] = int(rng.integers(1, length(kind.over, drawn) + 1))
            elif kind.domain == "natural":
                drawn[s] = int(kind.minimum + rng.choice((0, 1, 2, 9, 99, 999)))
            else:
                shape = tuple(length(n, drawn) for n in kind.shape)
                domain = built.get(s, "") or kind.domain
                before = [v for other, v in drawn.items() if isinstance(v, np.ndarray) and v.shape == shape]
                drawn[s] = _array(domain if domain in MAKERS else kind.domain, shape, np.dtype(dtype), rng, before)
        if not left or holds(left, drawn):
            yield Case("hostile", drawn, dtype, exact)


def _array(domain: str, shape: tuple[int, ...], dtype: np.dtype, rng: np.random.Generator, before: list) -> object:
    size = int(np.prod(shape, dtype=int))
    info = np.finfo(dtype)
    with np.errstate(all="ignore"):
        if before and rng.random() < 0.25:  # next to another argument
            entries = before[0].reshape(-1).astype(float) * (1 + rng.integers(-4, 5, size=size) * float(info.eps))
            if domain != "real":
                entries = np.abs(entries)
            if domain in ("simplex", "unit"):
                entries = np.minimum(entries, 1)
                if domain == "simplex" and not 0.9 < entries.sum() < 1.1:
                    entries = MAKERS[domain](size, info, rng)
        else:
            entries = MAKERS[domain](size, info, rng)
        entries = np.clip(np.asarray(entries, dtype=float).astype(dtype), -info.max, info.max)
        if domain == "positive":
            entries = np.maximum(entries, info.tiny)
    return entries.reshape(shape) if shape else entries.reshape(1)[0]


def _real(n, info, rng):
    ends = float(-np.log(info.eps))
    kind = rng.integers(8)
    if kind == 0:
        return rng.normal(size=n) * 10.0 ** rng.uniform(-3, 3)
    if kind == 1:
        return rng.normal(size=n) * 10.0 ** rng.uniform(-2, 1) + rng.choice((-1, 1)) * 10.0 ** rng.uniform(0, 6)
    if kind == 2:  # next to powers of two, where a rounding is largest
        powers = 2.0 ** rng.integers(-2, 10, size=n) * (1 + 2.0 ** rng.uniform(-12, -1, size=n))
        return rng.choice((-1, 1), size=n) * powers
    if kind == 3:
        return (rng.normal() * 10.0 ** rng.uniform(-1, 3)) * (1 + rng.integers(-4, 5, size=n) * float(info.eps))
    if kind == 4:  # where sigmoids saturate
        return rng.uniform(-1.5, 1.5, size=n) * ends
    if kind == 5:
        return rng.uniform(-1.1, 1.1, size=n) * float(np.log(info.max))
    if kind == 6:
        return rng.integers(-99, 100, size=n) * float(info.smallest_subnormal) * rng.choice((1.0, 1e3, 1 / float(info.tiny)))
    return rng.uniform(-1, 1, size=n) * float(info.max) ** rng.choice((1.0, 0.5, 0.49, -0.5))


def _positive(n, info, rng):
    kind = rng.integers(4)
    if kind == 0:
        return np.exp(rng.normal(size=n) * rng.choice((0.1, 1.0, 4.0)))
    if kind == 1:
        return 10.0 ** rng.uniform(-5, 3, size=n)
    return np.abs(_real(n, info, rng)) if kind == 2 else rng.uniform(0.5, 2, size=n)


def _unit(n, info, rng):
    kind = rng.integers(5)
    small = 2.0 ** rng.uniform(-1.2 * info.nmant, 0, size=n)
    if kind == 0:
        return rng.random(n)
    if kind == 1:
        return small
    if kind == 2:
        return 1 - small
    return rng.choice((0.0, 0.5, 1.0), size=n) if kind == 3 else 0.5 + rng.integers(-4, 5, size=n) * float(info.eps)


def _simplex(n, info, rng):
    kind = rng.integers(4)
    weights = 2.0 ** rng.uniform(-1.5 * info.nmant, 0, size=n) if kind == 0 else rng.exponential(size=n)
    if kind == 1:
        weights = weights ** rng.choice((3.0, 9.0))
    if kind == 2:
        weights = np.where(rng.random(n) < 0.5, 0, weights) + 1e-30
    if kind == 3 and rng.random() < 0.5:
        weights = weights * 2.0 ** -rng.uniform(1, info.nmant)
        weights[rng.integers(n)] = 1
    return weights / weights.sum()


MAKERS = {"real": _real, "positive": _positive, "nonnegative": _positive, "unit": _unit, "simplex": _simplex}
