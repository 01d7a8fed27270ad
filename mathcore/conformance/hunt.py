"""A search for the worst input: from the worst that are known, step by step to worse ones.

Random inputs find the errors that are common. A bar that is claimed too low by a tenth fails only on inputs of a certain
shape, and those are found by climbing: an entry is moved by a few floats, by a part of itself, or copied from another.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from mathcore.strategies.declared import Draw
from mathcore.strategies.floats import SIDES, from_ordinal, ordinal

KEPT = 12  # of the worst inputs, which are gone on from
STEPS = 4000


def moved(values: Draw, rng: np.random.Generator) -> Draw | None:
    """A neighbour of an input in the same domains; None where nothing of it can be moved."""
    free = [s for s in values if s.type.domain in SIDES and np.size(values[s])]
    rows = [s for s in values if s.type.domain == "simplex" and np.size(values[s]) > 1]
    chosen = [*free, *rows]
    if not chosen:
        return None
    symbol = chosen[int(rng.integers(len(chosen)))]
    array = np.array(values[symbol])
    place = tuple(int(rng.integers(n)) for n in array.shape)
    if symbol.type.domain == "simplex":
        other = (*place[:-1], int(rng.integers(array.shape[-1])))
        if other == place:
            return None
        part = array[place] * array.dtype.type(rng.random())
        array[place], array[other] = array[place] - part, array[other] + part
        return {**values, symbol: array}
    array[place] = _stepped(array, place, symbol.type.domain, rng)
    return {**values, symbol: array if array.ndim else array[()]}


def _stepped(array: np.ndarray, place: tuple[int, ...], domain: str, rng: np.random.Generator) -> Any:
    """Another value for one entry: a few floats further, another size, or that of another entry."""
    kind, x, (low, high) = array.dtype.type, array[place], SIDES[domain]
    if not np.isfinite(x):
        return x
    way = int(rng.integers(4))
    with np.errstate(all="ignore"):
        if way == 0:
            limit = ordinal(np.finfo(array.dtype).max)
            y = from_ordinal(max(-limit, min(limit, ordinal(x) + int(rng.integers(-64, 65)))), array.dtype)
        elif way == 1:
            y = kind(x + rng.normal() * abs(float(x)) * 10.0 ** rng.uniform(-6, 0))
        elif way == 2:
            y = kind(x + rng.normal() * 10.0 ** rng.uniform(-3, 1))
        else:
            y = array.reshape(-1)[int(rng.integers(array.size))]
    inside = np.isfinite(y) and low <= y <= high and (domain != "positive" or y > 0)
    return y if inside else x


def climbed(starts: Sequence[tuple[float, Draw]], error: Any, seed: int, steps: int = STEPS) -> tuple[float, Draw] | None:
    """The worst input that is reached from those given, with its error; `error` is nan where nothing was judged."""
    rng = np.random.default_rng([seed, 7])
    kept = sorted(starts, key=lambda pair: -pair[0])[:KEPT]
    if not kept:
        return None
    for _ in range(steps):
        size, values = kept[int(rng.integers(len(kept)))]
        other = moved(values, rng)
        found = float("nan") if other is None else error(other)
        if other is not None and found > min(kept[-1][0], size):
            kept = sorted([*kept, (found, other)], key=lambda pair: -pair[0])[:KEPT]
    return kept[0]
