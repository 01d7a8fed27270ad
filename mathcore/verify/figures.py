"""Exact values for figures: a formula at letters that are themselves floats, rationals or balls, as decimals."""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from flint import arb, fmpq

from mathcore.language import tree as t
from mathcore.proof.balls import extended as x
from mathcore.proof.balls.evaluate import program
from mathcore.proof.balls.program import Frame, role

PRECISION = 400  # bits: enough for a hundred steps of a walk that triples its errors
DIGITS = 17


class NotKnown(ArithmeticError):
    """A value that the precision does not give to enough digits."""


def exactly(node: t.Expr, definitions: Mapping[str, t.Definition], sizes: Mapping[str, int], letters: Mapping[str, Any]) -> Any:
    """An exact rational, a ball or a special value; nested lists for arrays. Floats are taken bit by bit."""
    names: dict[str, Any] = {}
    for symbol in t.free_symbols(node):
        place = role(symbol)
        if symbol.name in sizes and place.startswith("size:"):
            names[place] = sizes[symbol.name]
        elif symbol.name in letters:
            value = letters[symbol.name]
            names[place] = _number(value) if place.startswith("value:") else int(value)
    with x.working(PRECISION):
        code = program(definitions)
        return code.value(node, Frame(names, 0, False))


def _number(value: Any) -> Any:
    if isinstance(value, list):
        return [_number(v) for v in value]
    return x.rational(Fraction(value)) if isinstance(value, int | float) else value


def decimals(value: Any) -> Any:
    """Enough digits of each number; `Infinity` and `NaN` as JavaScript spells them."""
    if isinstance(value, list):
        return [decimals(v) for v in value]
    value = x.plain(value)
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, x.Special):
        return {1: "Infinity", -1: "-Infinity"}.get(value.sign, "NaN")
    with x.working(PRECISION):
        ball = arb(value) if isinstance(value, fmpq) else value
        if not ball.is_finite() or ball.rad() > arb(10) ** -DIGITS * (1 + ball.abs_lower()):
            raise NotKnown(f"{ball} is not known to {DIGITS} digits: raise PRECISION in mathcore.verify.figures")
        return _text(ball)


def _text(ball: arb) -> str:
    text = ball.str(DIGITS, radius=False, more=True)
    if "." in text and "e" not in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if float(text) == 0 and not math.isinf(float(text)) and ball.contains(0) else text
