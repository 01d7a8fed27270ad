"""Exact linear programming over the rationals: is there a non-negative combination? Small and sparse, Bland's rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from flint import fmpq

ZERO, ONE = fmpq(0), fmpq(1)
Row = dict[int, fmpq]  # column -> value; -1: the right side


def combination(
    columns: Sequence[Mapping[int, Fraction]], wanted: Mapping[int, Fraction], rows: int, liked: frozenset[int] = frozenset()
) -> list[Fraction] | None:
    """x >= 0 with sum_j x_j columns_j = wanted, or None; of several one where the sum of the liked x is large."""
    width = len(columns)
    given = _rows(columns, wanted, rows)
    known = _presolved(given)
    if known is None:
        return None
    table = [_with_right_side_above_zero(row) for row in given if row]
    basis = [width + r for r in range(len(table))]  # artificial
    cost: Row = {}
    for row in table:  # minimise the sum of the artificial variables
        _subtract(cost, ONE, row)
    if not _minimise(table, basis, cost, width) or cost.get(-1, ZERO) != 0:
        return None
    _without_artificial(table, basis, width)
    if liked:
        second: Row = {j: -ONE for j in liked if j not in known}
        for r, b in enumerate(basis):
            if b in second:
                _subtract(second, second[b], table[r])
        _minimise(table, basis, second, width, limit=60)
    answer = [Fraction(0)] * width
    for j, v in (*known.items(), *((b, table[r].get(-1, ZERO)) for r, b in enumerate(basis) if b < width)):
        answer[j] = Fraction(int(v.p), int(v.q))
    return answer


def _rows(columns: Sequence[Mapping[int, Fraction]], wanted: Mapping[int, Fraction], rows: int) -> list[Row]:
    """The equations, one a row, without zeros."""
    given: list[Row] = [{} for _ in range(rows)]
    for j, column in (*enumerate(columns), (-1, wanted)):
        for r, value in column.items():
            if value:
                given[r][j] = fmpq(value.numerator, value.denominator)
    return given


def _with_right_side_above_zero(row: Row) -> Row:
    return {j: -v for j, v in row.items()} if row.get(-1, ZERO) < 0 else dict(row)


def _subtract(cost: Row, factor: fmpq, row: Row) -> None:
    """A multiple of a row taken off the cost."""
    for j, v in row.items():
        cost[j] = cost.get(j, ZERO) - factor * v


def _without_artificial(table: list[Row], basis: list[int], width: int) -> None:
    """An artificial variable at 0 leaves where it can."""
    for r, b in enumerate(list(basis)):
        if b >= width:
            enter = next((j for j, v in table[r].items() if 0 <= j < width and v != 0), None)
            if enter is not None:
                _pivot(table, basis, {}, r, enter)


def _presolved(rows: list[Row]) -> dict[int, fmpq] | None:
    """What single rows say, taken out of them: numbers of one sign that add up to 0 are 0. None where they contradict."""
    known: dict[int, fmpq] = {}
    where: dict[int, set[int]] = {}
    for r, row in enumerate(rows):
        for j in row:
            where.setdefault(j, set()).add(r)
    queue = set(range(len(rows)))
    while queue:
        row = rows[queue.pop()]
        right = row.get(-1, ZERO)
        signs = {v > 0 for j, v in row.items() if j >= 0}
        fixed: dict[int, fmpq] = {}
        if len(signs) < 2 and right == 0:
            fixed = dict.fromkeys((j for j in row if j >= 0), ZERO)
        elif not signs or (len(signs) == 1 and (right > 0) not in signs):
            return None
        elif len(row) == 2 and right != 0:
            ((j, v),) = ((j, v) for j, v in row.items() if j >= 0)
            fixed = {j: right / v}
        for j, value in fixed.items():
            known[j] = value
            for r in where[j]:
                _put_in(rows[r], j, value)
                queue.add(r)
    return known


def _put_in(row: Row, j: int, value: fmpq) -> None:
    """The variable of column j has this value: it goes over to the right side."""
    rest = row.get(-1, ZERO) - row.pop(j) * value
    if rest != 0:
        row[-1] = rest
    else:
        row.pop(-1, None)


def _minimise(table: list[Row], basis: list[int], cost: Row, width: int, limit: int = 400) -> bool:
    for turn in range(limit):
        candidates = [j for j, value in cost.items() if 0 <= j < width and value < 0]
        if not candidates:
            return True
        enter = min(candidates) if turn > 100 else min(candidates, key=lambda j: cost[j])
        best: tuple[fmpq, int, int] | None = None
        for r, row in enumerate(table):
            value = row.get(enter)
            if value is not None and value > 0:
                ratio = (row.get(-1, ZERO) / value, basis[r], r)
                if best is None or ratio < best:
                    best = ratio
        if best is None:
            return False  # unbounded
        _pivot(table, basis, cost, best[2], enter)
    return False


def _pivot(table: list[Row], basis: list[int], cost: Row, r: int, enter: int) -> None:
    lead = table[r][enter]
    pivot = {j: v / lead for j, v in table[r].items() if v != 0}
    table[r] = pivot
    for other in (*(row for k, row in enumerate(table) if k != r), cost):
        factor = other.get(enter)
        if factor:
            for j, value in pivot.items():
                old = other.get(j)
                new = -factor * value if old is None else old - factor * value
                if new != 0:
                    other[j] = new
                else:
                    other.pop(j, None)
    basis[r] = enter
