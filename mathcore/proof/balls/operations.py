"""Arithmetic on numbers and on arrays of them (nested lists), as the operators of the language need it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flint import arb, fmpq

from mathcore.language import tree as t
from mathcore.proof.balls import extended as x
from mathcore.proof.balls.extended import ONE, ZERO, Dual, Number
from mathcore.proof.balls.point import CannotEvaluate, Table, Value


def each(f: Callable[[Number], Number], a: Value) -> Value:
    return [each(f, item) for item in a] if isinstance(a, list) else f(a)


def entrywise(f: Callable[[Number, Number], Number], a: Value, b: Value) -> Value:
    """f on two arrays of one shape, or on each entry of an array and a number."""
    if isinstance(a, list) and isinstance(b, list):
        if len(a) != len(b):
            raise CannotEvaluate(f"arrays of {len(a)} and {len(b)} entries")
        return [entrywise(f, p, q) for p, q in zip(a, b, strict=True)]
    if isinstance(a, list):
        return [entrywise(f, p, b) for p in a]
    return [entrywise(f, a, q) for q in b] if isinstance(b, list) else f(a, b)


def dot(u: Value, v: Value) -> Number:
    if len(u) != len(v):
        raise CannotEvaluate(f"a product of {len(u)} by {len(v)} entries")
    return total(x.mul(a, b) for a, b in zip(u, v, strict=True))


def matrix_product(a: Value, b: Value) -> Value:
    if not isinstance(b[0], list):
        return [dot(row, b) for row in a]
    columns = list(zip(*b, strict=True))
    return [[dot(row, column) for column in columns] for row in a]


ONE_ARGUMENT: dict[str, Callable[[Number], Number]] = {
    "exp": x.exp,
    "log": x.log,
    "log2": lambda a: log_base(a, 2),
    "log10": lambda a: log_base(a, 10),
    "sqrt": x.sqrt,
    "erfc": x.erfc,
    "step": x.step,
    "abs": x.absolute,
}


def log_base(a: Number, base: int) -> Number:
    return x.log_base(a, base)


def entry(array: Value, place: int) -> Value:
    if not 1 <= place <= len(array):
        raise CannotEvaluate(f"index {place} on an axis of length {len(array)}")
    return array[place - 1]


def shortened(total: Number) -> Number:
    """An exact number that has become long, as a ball."""
    if total.__class__ is fmpq and total.q.bit_length() + total.p.bit_length() > x.MAX_BITS:
        return arb(total)
    return total


def total(terms: Any) -> Number:
    total: Number = ZERO
    for count, term in enumerate(terms):
        total = x.add(total, term)
        if count & 15 == 15:
            total = shortened(total)
    return total


def extreme(pick: Callable[[Number, Number], Number]) -> Callable[[Any], Number]:
    def reduce(terms: Any) -> Number:
        best: Number = None
        for term in terms:
            best = term if best is None else pick(best, term)
        if best is None:
            raise CannotEvaluate("the maximum or minimum over nothing")
        return best

    return reduce


FOLDS: dict[str, tuple[Number, Callable[[Number, Number], Number]]] = {"sum": (ZERO, x.add), "prod": (ONE, x.mul)}
EXTREMES: dict[str, Callable[[Any], Number]] = {"max": extreme(x.larger), "min": extreme(x.smaller)}


def seeded(value: Value, places: tuple[int, ...], seed: Dual) -> Value:
    """The value, or its entry at these places, made variable in the direction of the seed."""
    if not places:
        if isinstance(value, (list, Table)):
            raise CannotEvaluate("differentiate by an entry, e.g. z[j], not by a whole array")
        return Dual(seed.level, value, seed.part)
    if isinstance(value, Table):
        base = value.__getitem__
        return Table({places[0]: seeded(base(places[0]), places[1:], seed)}, make=base)
    entry(value, places[0])
    return [seeded(v, places[1:], seed) if i == places[0] else v for i, v in enumerate(value, 1)]


def picked(value: Value, places: tuple[int, ...]) -> Number:
    for place in places:
        value = value[place] if isinstance(value, Table) else value[place - 1]
    return x.plain(value)


def at_edge(value: Number, domain: str) -> bool:
    lower, _, upper, _ = t.DOMAINS[domain]
    return value.__class__ is fmpq and ((lower is not None and value == lower) or (upper is not None and value == upper))
