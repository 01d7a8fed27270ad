"""Exact values of any shape (a number, nested lists, a sequence): where their entries are, and how one is changed."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from flint import fmpq

from mathcore.language import tree as t
from mathcore.proof.balls import extended as x
from mathcore.proof.balls.point import Table

REACH = 9  # a hypothesis about every natural t is held at t = 0..REACH - 1
LAST = REACH + 11  # of the entries of a sequence


def entries_of(value: Any, prefix: tuple[int, ...] = ()) -> list[tuple[int, ...]]:
    if isinstance(value, Table):
        return [s for i in range(REACH + 1) for s in entries_of(value[i], (*prefix, i))]
    if isinstance(value, list):
        return [s for i, v in enumerate(value) for s in entries_of(v, (*prefix, i))]
    return [prefix]


def entry_at(value: Any, entry: tuple[int, ...]) -> Any:
    for place in entry:
        value = value[place]
    return value


def with_entry(value: Any, entry: tuple[int, ...], number: fmpq) -> Any:
    if not entry:
        return number
    inner = with_entry(value[entry[0]], entry[1:], number)
    if isinstance(value, Table):
        return Table({**value.entries, entry[0]: inner}, value.make)
    return [inner if i == entry[0] else v for i, v in enumerate(value)]


def with_share(value: Any, place: int, share: fmpq) -> Any:
    """A distribution in which one entry gets `share`; the others keep their proportions (or split the rest evenly)."""
    rest = sum((v for k, v in enumerate(value) if k != place), x.ZERO)
    if len(value) == 1:
        return [share]
    even = (1 - share) / (len(value) - 1)
    return [share if k == place else (v * (1 - share) / rest if rest else even) for k, v in enumerate(value)]


def moved(value: Any, entry: tuple[int, ...], step: fmpq) -> Any:
    return with_entry(value, entry, entry_at(value, entry) + step)


def scaled(value: Any, factor: fmpq, row: tuple[int, int] | None = None) -> Any:
    """All entries times the factor, or those whose index on an axis (from 0) has a value (from 1)."""
    if not isinstance(value, list):
        return value * factor
    if row is None:
        return [scaled(v, factor) for v in value]
    axis, at = row
    if axis == 0:
        return [scaled(v, factor) if k == at else v for k, v in enumerate(value, 1)]
    return [scaled(v, factor, (axis - 1, at)) for v in value]


def inside(value: Any, domain: str) -> bool:
    if isinstance(value, Table):
        return all(inside(v, domain) for v in value.entries.values())
    if isinstance(value, list):
        if domain in ("simplex", "onehot") and value and not isinstance(value[0], list):
            whole = domain == "simplex" or all(v in (0, 1) for v in value)
            return whole and sum(value, x.ZERO) == 1 and all(inside(v, "unit") for v in value)
        return all(inside(v, domain) for v in value)
    lower, attained, upper, reached = t.DOMAINS[domain]
    if lower is not None and (value < lower or (value == lower and not attained)):
        return False
    if domain == "natural" and value.q != 1:
        return False
    return not (upper is not None and (value > upper or (value == upper and not reached)))


def fractions_of(value: Any) -> Any:
    if isinstance(value, Table):
        return Table({i: fractions_of(v) for i, v in value.entries.items()})
    if isinstance(value, list):
        return tuple(fractions_of(v) for v in value)
    return Fraction(int(value.p), int(value.q))


def mark_of(value: Any) -> Any:
    """Equal for equal points, and hashable."""
    if value.__class__ is fmpq:
        return value.p, value.q  # which hash faster than their ratio
    if isinstance(value, dict):
        return tuple([(k, mark_of(v)) for k, v in value.items()])
    if isinstance(value, list):
        return tuple([mark_of(v) for v in value])
    return mark_of(dict(sorted(value.entries.items()))) if isinstance(value, Table) else value


def extend(basis: dict[int, list[fmpq]], column: list[fmpq]) -> None:
    """The column without its parts along the basis, as its next vector by the place of its first entry, if something is left."""
    for place, vector in basis.items():
        if column[place] != 0:
            factor = column[place] / vector[place]
            column = [a - factor * b for a, b in zip(column, vector, strict=True)]
    first = next((place for place, value in enumerate(column) if value != 0), None)
    if first is not None:
        basis[first] = column


def linear(columns: list[list[fmpq]], wanted: list[fmpq]) -> list[fmpq] | None:
    """One solution of sum_j step_j column_j = wanted, as few entries moved as the elimination needs; None if there is none."""
    rows = [[column[r] for column in columns] + [wanted[r]] for r in range(len(wanted))]
    pivots: list[int] = []
    width, top = len(columns), 0
    for column in range(width):
        pivot = next((r for r in range(top, len(rows)) if rows[r][column] != 0), None)
        if pivot is None:
            continue
        rows[top], rows[pivot] = rows[pivot], rows[top]
        lead = rows[top][column]
        rows[top] = [v / lead for v in rows[top]]
        for r, row in enumerate(rows):
            if r != top and row[column] != 0:
                factor = row[column]
                rows[r] = [a - factor * b for a, b in zip(row, rows[top], strict=True)]
        pivots.append(column)
        top += 1
        if top == len(rows):
            break
    if any(row[-1] != 0 for row in rows[top:]):
        return None
    steps = [x.ZERO] * width
    for r, column in enumerate(pivots):
        steps[column] = rows[r][-1]
    return steps
