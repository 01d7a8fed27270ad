"""Floats by their ordinals and edges: scalars, vectors of the kinds that break formulas, batches of rows.

A float's ordinal counts the floats between it and zero, so that neighbours differ by one in every binade. Drawing an
exponent first and a significand second reaches every magnitude alike; simple numbers come first, where shrinking ends.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from hypothesis import strategies as st

FORMATS = ("float64", "float32", "float16")
SIMPLE = (0.0, 1.0, -1.0, 2.0, -2.0, 0.5, -0.5, 3.0, 10.0, -10.0, 0.25, 100.0, -100.0, 1000.0, -1000.0)
SIDES = {"real": (-np.inf, np.inf), "positive": (0.0, np.inf), "nonnegative": (0.0, np.inf), "unit": (0.0, 1.0)}


def _unsigned(dtype: Any) -> np.dtype[Any]:
    return np.dtype(f"u{np.dtype(dtype).itemsize}")


def ordinal(x: Any) -> int:
    """How many floats of its format lie between x and zero, negative below: neighbours differ by one, -0.0 is 0."""
    x = np.asarray(x)[()]
    if not isinstance(x, np.floating) or not np.isfinite(x):
        raise ValueError(f"ordinal: x must be a finite NumPy float, got {x!r}")
    bits = int(abs(x).view(_unsigned(x.dtype)))
    return -bits if np.signbit(x) else bits


def from_ordinal(k: int, dtype: Any = "float64") -> Any:
    """The float of that ordinal, as a scalar of `dtype`."""
    limit = ordinal(np.finfo(dtype).max)
    if abs(k) > limit:
        raise ValueError(f"from_ordinal: {k} is beyond the largest {np.dtype(dtype)}, ordinal {limit}")
    x = _unsigned(dtype).type(abs(k)).view(np.dtype(dtype))
    return -x if k < 0 else x


@cache
def edges(dtype: str, domain: str = "real") -> tuple[Any, ...]:
    """Zeros, the ends of the subnormals and of the format, the neighbours of 1: the simple numbers first."""
    kind, info = np.dtype(dtype).type, np.finfo(dtype)
    tiny, least, one = info.tiny, info.smallest_subnormal, kind(1)
    found = [kind(s) for s in SIMPLE]
    found += [kind(0.0), kind(-0.0), least, tiny, np.nextafter(tiny, kind(0)), info.max, kind(info.max / 2), info.eps]
    found += [np.nextafter(one, kind(0)), np.nextafter(one, kind(2)), kind(np.sqrt(float(info.max))), kind(np.sqrt(float(tiny)))]
    found += [-x for x in found]
    low, high = SIDES[domain]
    kept: list[Any] = []
    for x in found:
        inside = low <= x <= high and np.isfinite(x) and (domain != "positive" or x > 0)
        if inside and not any(x == y and np.signbit(x) == np.signbit(y) for y in kept):
            kept.append(x)
    return tuple(kept)


@cache
def reals(dtype: str = "float64", domain: str = "real", grid: bool = False) -> st.SearchStrategy[Any]:
    """Scalars of a domain (real, positive, nonnegative, unit). With `grid` small dyadic numbers, whose sums are exact."""
    kind, info = np.dtype(dtype).type, np.finfo(dtype)
    low = SIDES[domain][0]
    strict = domain == "positive"
    bits = 6 if dtype == "float16" else 10
    if domain == "unit":
        dyadic = st.tuples(st.integers(0, 2**bits), st.just(bits))
    else:
        dyadic = st.tuples(st.integers(max(low, -(2**bits)) if not strict else 1, 2**bits), st.integers(0, 5))
    on_grid = dyadic.map(lambda km: kind(km[0] / 2 ** km[1]))
    if domain == "positive":
        on_grid = st.integers(-4, 4).map(lambda e: kind(2.0**e)) | on_grid  # powers of two divide exactly
    if grid:
        return on_grid
    top = int(np.frexp(float(info.max))[1]) if domain != "unit" else 0
    bottom = int(np.frexp(float(info.smallest_subnormal))[1])

    def build(parts: tuple[int, int, bool]) -> Any:
        exponent, significand, negative = parts
        x = kind(np.ldexp(1 + significand / 2**info.nmant, exponent - 1))
        return -x if negative and low < 0 else x

    wide = st.tuples(st.integers(bottom, top), st.integers(0, 2**info.nmant - 1), st.booleans()).map(build)
    return st.one_of(st.sampled_from(edges(dtype, domain)), on_grid, wide)


@cache
def vectors(
    size: int | tuple[int, int] = (1, 6), dtype: str = "float64", domain: str = "real", *, masks: bool = False, grid: bool = False
) -> st.SearchStrategy[np.ndarray]:
    """Vectors of the kinds that break formulas: simple, wide, shifted by a large offset, near-equal, tied, confident.

    `size` is a length or its least and greatest; `masks` lets entries, never all, be -inf.
    """
    least, most = (size, size) if isinstance(size, int) else size
    entry = reals(dtype, domain, grid)
    kind, info = np.dtype(dtype).type, np.finfo(dtype)
    limit = ordinal(info.max)
    small = st.integers(-3 if domain == "real" else (1 if domain == "positive" else 0), 1 if domain == "unit" else 3)

    def many(one: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
        return st.lists(one, min_size=least, max_size=most)

    kinds = [many(small.map(kind)), many(entry), st.tuples(entry, entry).flatmap(lambda pool: many(st.sampled_from(pool)))]
    if domain == "real":
        largest = 10 if dtype == "float16" else 20
        offsets = st.sampled_from([10.0, 100.0, -100.0, 700.0, -700.0, 1000.0, -1000.0, *([] if grid else [2.0**largest])])
        confident = st.sampled_from([5.0, 10.0, 40.0, 100.0, 700.0])
        kinds.append(st.tuples(offsets, many(reals(dtype, "real", True))).map(lambda t: [kind(kind(t[0]) + x) for x in t[1]]))
        kinds.append(st.tuples(confident, many(small.map(kind))).map(lambda t: [kind(t[0] + float(t[1][0])), *t[1][1:]]))
    if not grid:
        room = 1 if domain == "unit" else None

        def near(parts: tuple[Any, list[int]]) -> list[Any]:
            base, steps = parts
            low = 1 if domain == "positive" else 0 if domain != "real" else -limit
            high = ordinal(kind(room)) if room is not None else limit
            return [from_ordinal(min(max(ordinal(base) + s, low), high), dtype) for s in steps]

        kinds.append(st.tuples(entry, many(st.integers(-3, 3))).map(near))
    plain = st.one_of(*kinds).map(lambda values: np.array(values, dtype=dtype))
    if not masks:
        return plain

    def mask(parts: tuple[np.ndarray, list[bool], int]) -> np.ndarray:
        values, hidden, kept = parts
        hidden_entries = np.resize(np.array(hidden), values.shape)
        hidden_entries[kept % len(values)] = False
        return np.where(hidden_entries, kind(-np.inf), values).astype(dtype)

    hidden = st.lists(st.booleans(), min_size=max(least, 1), max_size=max(most, 1))
    return plain | st.tuples(plain, hidden, st.integers(0, 63)).map(mask)


def rows(row: st.SearchStrategy[np.ndarray], batch: tuple[int, int] = (1, 4)) -> st.SearchStrategy[np.ndarray]:
    """Batches: rows of one fixed length from `row`, stacked."""
    return st.lists(row, min_size=batch[0], max_size=batch[1]).map(np.stack)
