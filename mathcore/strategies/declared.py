"""One consistent draw for declared symbols: sizes shared, indices within them, simple hypotheses met by construction.

`z: real[n]; c: real; i: index[n]; 0 < c` becomes {n: 3, z: array of 3, c: positive float, i: 2}. Indices count from 1,
as in the language. Hypotheses beyond the simple ones go through `holds`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np
from hypothesis import strategies as st

from mathcore.language import tree as t
from mathcore.language.parser import Context
from mathcore.strategies.floats import reals, vectors
from mathcore.strategies.probabilities import near_pmfs, one_hots, pmfs

Draw = dict[t.Symbol, Any]


def _entry_of(node: t.Expr) -> t.Symbol | None:
    """x for x and for x[i], x[i, j]."""
    node = t.bare(node)
    node = t.bare(node.base) if isinstance(node, t.Index) else node
    return node if isinstance(node, t.Symbol) else None


def simple_hypotheses(hypotheses: Iterable[t.Expr]) -> tuple[dict[t.Symbol, str], tuple[t.Expr, ...]]:
    """What can be met by construction: symbol -> "positive", "nonnegative" or "simplex"; and the hypotheses left over."""
    built: dict[t.Symbol, str] = {}
    left: list[t.Expr] = []
    for hypothesis in hypotheses:
        node = t.bare(hypothesis)
        while isinstance(node, t.Big) and node.op == "forall":
            node = t.bare(node.body)
        found = _construct(node)
        if found is not None and built.get(found[0], found[1]) == found[1]:
            built[found[0]] = found[1]
        else:
            left.append(hypothesis)
    return built, tuple(left)


def _construct(node: t.Expr) -> tuple[t.Symbol, str] | None:
    if not isinstance(node, t.Relation) or len(node.ops) != 1:
        return None
    (left, right), op = node.args, node.ops[0]
    if op in (">", ">="):
        left, right, op = right, left, {">": "<", ">=": "<="}[op]
    left, right = t.bare(left), t.bare(right)
    if op in ("<", "<=") and isinstance(left, t.Number) and left.value == 0:
        symbol = _entry_of(right)
        if symbol is not None and symbol.type.domain in ("real", "positive", "nonnegative", "unit", "simplex"):
            return symbol, "positive" if op == "<" else "nonnegative"
    if op == "=" and isinstance(left, t.Big) and left.op == "sum" and len(left.binders) == 1 and left.binders[0].lower is None:
        symbol = _entry_of(left.body)
        one = isinstance(right, t.Number) and right.value == 1
        over_all = isinstance(left.body, t.Index) and left.body.indices == (left.binders[0].symbol,)
        if (
            one
            and over_all
            and symbol is not None
            and len(symbol.type.shape) == 1
            and symbol.type.domain in ("nonnegative", "unit", "simplex")
        ):
            return symbol, "simplex"
    return None


def with_sizes(symbols: Iterable[t.Symbol]) -> tuple[t.Symbol, ...]:
    """The symbols and the sizes in their declarations, sizes first."""
    found: dict[t.Symbol, None] = {}
    listed = list(symbols)
    for symbol in listed:
        for size in (*symbol.type.shape, *((symbol.type.over,) if symbol.type.over is not None else ())):
            if isinstance(size, t.Symbol):
                found[size] = None
    for symbol in listed:
        found[symbol] = None
    return tuple(sorted(found, key=lambda s: s.type.domain != "size"))


def length(size: t.Expr, sizes: Mapping[t.Symbol, Any]) -> int:
    if isinstance(size, t.Number):
        return int(size.value)
    if isinstance(size, t.Symbol):
        return int(sizes[size])
    raise ValueError("a sequence over the naturals has no length: declare the symbol over a size")


def for_declarations(
    context: Context,
    symbols: Iterable[t.Symbol | str],
    dtype: str = "float64",
    *,
    grid: bool = False,
    masks: bool = False,
    largest: int = 5,
    holds: Callable[[tuple[t.Expr, ...], Draw], bool] | None = None,
) -> st.SearchStrategy[Draw]:
    """Values for the symbols (and their sizes), keyed by symbol: NumPy arrays and scalars of `dtype`, ints for the rest.

    Parameters
    ----------
    context : Context
        Whose hypotheses are respected where they speak only of these symbols.
    symbols : symbols or names
        What to draw.
    dtype : str
        float64, float32 or float16.
    grid : bool
        Small dyadic numbers, so that sums and shifts of them are exact.
    masks : bool
        Real vectors may hold -inf, never in every entry.
    largest : int
        The greatest size.
    holds : callable, optional
        Decides the hypotheses that are not met by construction; without it a ValueError names them.
    """
    wanted = with_sizes(context.symbols[s] if isinstance(s, str) else s for s in symbols)
    known = set(wanted)
    spoken = tuple(h for h in context.hypotheses if _free(h) and _free(h) <= known)
    built, left = simple_hypotheses(spoken)
    if left and holds is None:
        raise ValueError(f"for_declarations: {len(left)} hypotheses need `holds` to be decided, e.g. {left[0]}")

    @st.composite
    def draw(pick: st.DrawFn) -> Draw:
        values: Draw = {}
        earlier: dict[tuple[int, str], np.ndarray] = {}
        for symbol in wanted:
            values[symbol] = pick(_one(symbol, values, built, earlier, dtype, grid, masks, largest))
            if isinstance(values[symbol], np.ndarray):
                earlier[values[symbol].shape, symbol.type.domain] = values[symbol]
        return values

    drawn = draw()
    return drawn.filter(lambda values: holds(left, values)) if left and holds is not None else drawn


def _free(node: t.Expr) -> frozenset[t.Symbol]:
    """Free symbols, indices apart: a hypothesis about p[k] holds for every k."""
    return frozenset(s for s in t.free_symbols(node) if s.type.domain != "index")


def _one(
    symbol: t.Symbol,
    values: Draw,
    built: Mapping[t.Symbol, str],
    earlier: Mapping[Any, np.ndarray],
    dtype: str,
    grid: bool,
    masks: bool,
    largest: int,
) -> st.SearchStrategy[Any]:
    kind = symbol.type
    domain, extra = kind.domain, built.get(symbol, "")
    if domain == "size":
        return st.integers(kind.minimum, max(largest, kind.minimum))
    if domain == "natural":
        return st.integers(kind.minimum, kind.minimum + largest)
    if domain == "index":
        assert kind.over is not None
        return st.integers(1, length(kind.over, values))
    if domain == "function":
        raise ValueError(f"{symbol.name} stands for any function: no values can be drawn for it")
    if domain not in ("simplex", "onehot") and extra in ("positive", "nonnegative"):
        domain = extra if domain != "unit" else domain
    shape = tuple(length(s, values) for s in kind.shape)
    if not shape:
        scalar = reals(dtype, domain, grid)
        return scalar.filter(lambda x: x > 0) if extra == "positive" else scalar
    if domain == "onehot":
        return _stacked(one_hots(shape[-1], dtype), shape)
    if domain == "simplex" or extra == "simplex":
        row = pmfs(shape[-1], dtype, positive=extra == "positive")
        before = earlier.get((shape, kind.domain))
        if before is not None and len(shape) == 1 and (extra != "positive" or (before > 0).all()):
            row = row | near_pmfs(before, positive=extra == "positive")
        return _stacked(row, shape)
    entries = vectors(int(np.prod(shape)), dtype, domain, masks=masks and domain == "real", grid=grid)
    if extra == "positive":
        entries = entries.filter(lambda a: bool((a > 0).all()))
    return entries.map(lambda a: a.reshape(shape))


def _stacked(row: st.SearchStrategy[np.ndarray], shape: tuple[int, ...]) -> st.SearchStrategy[np.ndarray]:
    if len(shape) == 1:
        return row
    count = int(np.prod(shape[:-1]))
    return st.lists(row, min_size=count, max_size=count).map(lambda r: np.stack(r).reshape(shape))
