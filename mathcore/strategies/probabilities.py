"""Probability vectors whose bits sum to exactly 1: entries k / 2^m, so that laws about pmfs hold on the bits themselves.

Every partial sum is a multiple of 2^-m below 1, hence exact in any order of summation.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from hypothesis import strategies as st


def _precision(dtype: str) -> int:
    return int(np.finfo(dtype).nmant) + 1


def dyadic(counts: Any, dtype: str = "float64") -> np.ndarray:
    """Counts that sum to a power of two, as a pmf."""
    total = sum(int(c) for c in counts)
    if total < 1 or total & (total - 1) or total > 2 ** _precision(dtype):
        raise ValueError(f"dyadic: counts must sum to a power of two up to 2^{_precision(dtype)}, got {total}")
    return np.array([int(c) / total for c in counts], dtype=dtype)


def counts_of(pmf: np.ndarray) -> tuple[list[int], int]:
    """The counts k and the m with pmf = k / 2^m, m as large as the format allows."""
    m = int(np.finfo(pmf.dtype).nmant) + 1
    return [int(float(x) * 2**m) for x in pmf], m


@cache
def pmfs(
    size: int | tuple[int, int] = (1, 6), dtype: str = "float64", *, positive: bool = False
) -> st.SearchStrategy[np.ndarray]:
    """Exact pmfs: uniform, one-hot, within one unit of one-hot, with zeros (unless `positive`), coarse and fine ones."""
    sizes = st.just(size) if isinstance(size, int) else st.integers(*size)
    finest = _precision(dtype)

    @st.composite
    def draw(pick: st.DrawFn) -> np.ndarray:
        n = pick(sizes)
        coarsest = (n - 1).bit_length()  # 2^coarsest >= n
        kinds = ["even", "near one-hot", "cuts"] if positive and n > 1 else ["even", "one-hot", "near one-hot", "cuts"]
        kind = pick(st.sampled_from(kinds))
        m = pick(
            st.sampled_from(sorted({coarsest, min(coarsest + 1, finest), min(coarsest + 3, finest), min(8, finest), finest}))
        )
        m = max(m, coarsest)
        total, place = 2**m, pick(st.integers(0, n - 1))
        if kind == "even":
            counts = [total // n] * n
            counts[place] += total - sum(counts)
        elif kind == "one-hot":
            counts = [0] * n
            counts[place] = total
        elif kind == "near one-hot":
            counts = [1] * n
            counts[place] = total - (n - 1)
        else:
            room = total - n if positive else total
            cuts = sorted(pick(st.lists(st.integers(0, room), min_size=n - 1, max_size=n - 1)))
            counts = [b - a + positive for a, b in zip([0, *cuts], [*cuts, room], strict=True)]
        return dyadic(counts, dtype)

    return draw()


def near_pmfs(pmf: np.ndarray, *, positive: bool = False) -> st.SearchStrategy[np.ndarray]:
    """Exact pmfs near a given one: some units of 2^-m moved from one entry to another."""
    counts, _ = counts_of(pmf)
    least = 1 if positive else 0

    def move(parts: tuple[int, int, int]) -> np.ndarray:
        source, target, amount = parts
        moved = list(counts)
        amount = min(amount, max(moved[source] - least, 0))
        moved[source] -= amount
        moved[target] += amount
        return dyadic(moved, str(pmf.dtype))

    places = st.integers(0, len(counts) - 1)
    return st.tuples(places, places, st.sampled_from([1, 2, 3, 2**5, 2**9])).map(move)


@cache
def one_hots(size: int | tuple[int, int] = (1, 6), dtype: str = "float64") -> st.SearchStrategy[np.ndarray]:
    """A single 1 among zeros."""
    sizes = st.just(size) if isinstance(size, int) else st.integers(*size)
    return sizes.flatmap(lambda n: st.integers(0, n - 1).map(lambda i: np.eye(n, dtype=dtype)[i]))
