"""A formula at an exact point, as a rigorous ball, or as a ball that is tight enough."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from flint import arb, fmpq

from mathcore.language import tree as t
from mathcore.proof.balls import extended as x
from mathcore.proof.balls.extended import HIGHEST, PRECISION
from mathcore.proof.balls.point import Point, Value
from mathcore.proof.balls.program import Program

_programs: list[tuple[Mapping[str, t.Definition], Mapping[str, t.Definition], Program]] = []  # what each is compiled from


def program(definitions: Mapping[str, t.Definition], functions: Mapping[str, t.Definition] | None = None) -> Program:
    """The compiled trees for these definitions; the last few sets are kept."""
    for base, more, kept in _programs:
        if base is definitions and more == (functions or {}):
            return kept
    made = Program({**definitions, **(functions or {})})
    _programs.insert(0, (definitions, dict(functions or {}), made))
    del _programs[8:]
    return made


def evaluate(
    node: t.Expr, point: Point, definitions: Mapping[str, t.Definition] | None = None, precision: int = PRECISION
) -> Value:
    """`node` at `point`: an exact fmpq, a ball (arb) or a Special (inf, -inf, undefined); nested lists for vectors.

    A ball that is not finite says: not known at this precision. Raises CannotEvaluate for limits, functions without an
    instance and missing values.
    """
    code = program(definitions if definitions is not None else _NONE, point.functions)
    with x.working(precision):
        return code.value(node, code.frame(point))


_NONE: dict[str, t.Definition] = {}


@dataclass(frozen=True)
class Enclosure:
    """A value with radius below the tolerance (relative to max(1, |value|)), or the best that was had: `decided` tells."""

    value: Value
    precision: int
    decided: bool


def tight(value: Value, tolerance: Fraction | fmpq) -> bool:
    if isinstance(value, list):
        return all(tight(v, tolerance) for v in value)
    value = x.plain(value)
    if value.__class__ is not arb:
        return True
    if not value.is_finite():
        return False
    size = value.abs_lower()
    bound = x.rational(tolerance)
    return bool(value.rad() < (size * bound if size > 1 else bound))


def enclose(
    node: t.Expr,
    point: Point,
    definitions: Mapping[str, t.Definition] | None = None,
    tolerance: float | Fraction = Fraction(1, 10**50),
    lowest: int = 64,
    highest: int = HIGHEST,
) -> Enclosure:
    """Double the precision until the radius is below tolerance * max(1, |value|), or give up and say so."""
    bound, precision, value = Fraction(tolerance), lowest, None
    while True:
        value = evaluate(node, point, definitions, precision)
        with x.working(precision):
            if tight(value, bound):
                return Enclosure(value, precision, True)
        if precision >= highest:
            return Enclosure(value, precision, False)
        precision *= 2


@dataclass(frozen=True)
class FloatValue:
    """The exact value of a formula on given bits, as balls of any precision: the judge tightens until it decides."""

    node: t.Expr
    point: Point
    definitions: Mapping[str, t.Definition]

    def ball(self, precision: int = 128) -> Value:
        """arb balls (exact rationals included) or Specials, nested lists for vectors."""
        value = evaluate(self.node, self.point, self.definitions, precision)
        with x.working(precision):
            return _balls(value)


def _balls(value: Value) -> Value:
    return [_balls(v) for v in value] if isinstance(value, list) else x.ball(value)


def float_value(node: t.Expr, point: Point, definitions: Mapping[str, t.Definition] | None = None) -> FloatValue:
    """`node` at a point that holds the exact bits of floats (Fractions, or floats taken bit by bit)."""
    return FloatValue(node, replace(point, functions=dict(point.functions)), definitions if definitions is not None else _NONE)
