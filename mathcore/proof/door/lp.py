"""Exact linear programming over the rationals: is there a non-negative combination? Small and dense, Bland's rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

ZERO, ONE = Fraction(0), Fraction(1)


def combination(
    columns: Sequence[Mapping[int, Fraction]], wanted: Mapping[int, Fraction], rows: int, liked: frozenset[int] = frozenset()
) -> list[Fraction] | None:
    """x >= 0 with sum_j x_j columns_j = wanted, or None; of several one where the sum of the liked x is large."""
    width = len(columns)
    table: list[dict[int, Fraction]] = []
    for r in range(rows):
        right = wanted.get(r, ZERO)
        sign = -ONE if right < 0 else ONE
        row = {j: sign * column[r] for j, column in enumerate(columns) if column.get(r)}
        row[-1] = sign * right
        if len(row) == 1 and row[-1] == 0:
            continue
        table.append(row)
    basis = [width + r for r in range(len(table))]  # artificial
    cost: dict[int, Fraction] = {}
    for row in table:  # minimise the sum of the artificial variables
        for j, value in row.items():
            cost[j] = cost.get(j, ZERO) - value
    if not _minimise(table, basis, cost, width) or cost.get(-1, ZERO) != 0:
        return None
    for r, b in enumerate(list(basis)):  # an artificial variable at 0 leaves where it can
        if b >= width:
            enter = next((j for j, v in table[r].items() if 0 <= j < width and v), None)
            if enter is not None:
                _pivot(table, basis, {}, r, enter)
    if liked:
        second = dict.fromkeys(liked, -ONE)
        for r, b in enumerate(basis):
            if b in second:
                factor = second[b]
                for j, value in table[r].items():
                    second[j] = second.get(j, ZERO) - factor * value
        _minimise(table, basis, second, width, limit=60)
    answer = [ZERO] * width
    for r, b in enumerate(basis):
        if b < width:
            answer[b] = table[r].get(-1, ZERO)
    return answer


def _minimise(
    table: list[dict[int, Fraction]], basis: list[int], cost: dict[int, Fraction], width: int, limit: int = 400
) -> bool:
    for turn in range(limit):
        candidates = [j for j, value in cost.items() if 0 <= j < width and value < 0]
        if not candidates:
            return True
        enter = min(candidates) if turn > 100 else min(candidates, key=lambda j: cost[j])
        best: tuple[Fraction, int, int] | None = None
        for r, row in enumerate(table):
            value = row.get(enter, ZERO)
            if value > 0:
                ratio = (row.get(-1, ZERO) / value, basis[r], r)
                if best is None or ratio < best:
                    best = ratio
        if best is None:
            return False  # unbounded
        _pivot(table, basis, cost, best[2], enter)
    return False


def _pivot(table: list[dict[int, Fraction]], basis: list[int], cost: dict[int, Fraction], r: int, enter: int) -> None:
    lead = table[r][enter]
    pivot = {j: v / lead for j, v in table[r].items() if v}
    table[r] = pivot
    for other in (*(row for k, row in enumerate(table) if k != r), cost):
        factor = other.get(enter, ZERO)
        if factor:
            for j, value in pivot.items():
                new = other.get(j, ZERO) - factor * value
                if new:
                    other[j] = new
                else:
                    other.pop(j, None)
    basis[r] = enter
