"""A number was reckoned wrongly."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from flint import arb

from mathcore.language import tree as t
from mathcore.proof.balls import evaluate
from mathcore.proof.balls import extended as x
from mathcore.proof.balls.point import CannotEvaluate
from mathcore.proof.slips import Case, Put, Undone, text_of

RANK = 39
LARGEST = 48  # of a denominator that a person means


def undone(case: Case) -> Iterator[Undone]:
    """Each number of the line is what it has to be at one point; the others say whether it is that everywhere."""
    if case.op != "=":
        return
    for place in case.places:
        if not isinstance(place.part, t.Number):
            continue
        found = _needed(case, place.put)
        if found is not None and found != place.part.value:
            said = f"a number was reckoned wrongly: {text_of(place.part)} should be {found}"
            yield case.with_line(said, place.put(t.Paren(t.number(found))))


def _needed(case: Case, put: Put) -> Fraction | None:
    """The number with which the line agrees with the line before, if it is linear in it, or in its reciprocal."""
    for point in case.points(4, 5):
        try:
            want, at_one, at_two, at_three = (
                x.ball(evaluate(node, point, case.context.definitions, 192))
                for node in (case.before, *(put(t.number(n)) for n in (1, 2, 3)))
            )
            if not all(isinstance(v, arb) and v.is_finite() for v in (want, at_one, at_two, at_three)):
                continue
            slope = at_two - at_one
            if slope.contains(0):
                continue
            if (at_three - at_two - slope).contains(0):
                value = 1 + (want - at_one) / slope
            elif (2 * (at_three - at_one) * 3 - 8 * slope).contains(0):  # a + b / n
                value = 1 / (1 - (want - at_one) / (at_one - at_two) / -2)
            else:
                continue
            number = Fraction(float(value)).limit_denominator(LARGEST)
            return number if (value - arb(number.numerator) / number.denominator).contains(0) else None
        except (CannotEvaluate, ValueError, ZeroDivisionError, OverflowError, AttributeError):
            continue
    return None
