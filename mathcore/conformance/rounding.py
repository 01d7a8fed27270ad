"""Decimals on the way of a calculation: what they stand for, and whether two sides differ by no more than their rounding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from flint import arb, fmpq

from mathcore.conformance.exact import flat
from mathcore.conformance.ulp import rational, special
from mathcore.language import tree as t
from mathcore.proof.balls import extended as x
from mathcore.proof.balls.evaluate import evaluate
from mathcore.proof.balls.point import Point

BITS = 256
NEAR = ("=", "~")  # the relations whose sides stand for each other


def rounding_interval(text: str) -> tuple[Fraction, Fraction]:
    """0.3289 means 0.32885 to 0.32895; 8.5e-18 half a unit of its last digit; an integer means itself."""
    value = Fraction(text)
    mantissa, _, exponent = text.lower().partition("e")
    if "." not in mantissa and not exponent:
        return value, value
    half = Fraction(1, 2) * Fraction(10) ** (int(exponent or 0) - len(mantissa.partition(".")[2]))
    return value - half, value + half


class Walk:
    """Along a chain of relations: which sides each of them compares, where some of the sides are digits.

    Digits speak of what was computed before them, and a bound beside digits is one of that number as well: where the two give
    different answers, nobody can tell which was meant. `~` does not wander: each is said of the beginning, too.

    `widths` says of each side that is digits how wide its rounding interval is, and None of the others.
    """

    def __init__(self, relations: Sequence[str], widths: Sequence[Fraction | None]) -> None:
        self.relations, self.widths = relations, widths
        self.digits = [width is not None for width in widths]
        self.value: int | None = None  # the side that digits further on speak of
        self.exact: int | None = None  # the side of which that one is a rounded form
        self.rough = False  # whether something was rounded since the last bound

    def pairs(self, place: int) -> list[tuple[int, int]]:
        """The sides that the relation at this place compares; where they are several, the last has the last word for `=`."""
        relation, after = self.relations[place], place + 1
        if relation == "=":
            one = self.value if self.digits[place] and self.value is not None else place
            return [(one, after)] + ([(self.exact, after)] if self.exact is not None else [])
        before, behind = self._origin(place), self._origin(after)
        if relation == "~":
            if behind > after:
                return [(place, after), (place, behind)]
            return [(place, after)] + ([(before, after)] if before < place and (self.digits[place] or self.rough) else [])
        left = {place: 0, before: 0} if self.digits[place] or self.rough else {place: 0}
        right = {after: 0, behind: 0} if self.digits[after] else {after: 0}
        return [(one, other) for one in left for other in right]

    def _origin(self, place: int) -> int:
        """The first side that is computed among those that stand for each other here; the first of them, if none is."""
        first = last = place
        while first and self.relations[first - 1] in NEAR:
            first -= 1
        while last < len(self.relations) and self.relations[last] in NEAR:
            last += 1
        return next((side for side in range(first, last + 1) if not self.digits[side]), first)

    def passed(self, place: int, rounded: bool) -> None:
        """That the relation at this place holds; `rounded`: within the rounding of decimals."""
        relation, (one, after) = self.relations[place], self.pairs(place)[0]
        self.rough = relation in NEAR and (self.rough or rounded or relation == "~")
        if relation != "=":
            self.exact = self.value = None
            return
        if self.exact is None and rounded:
            self.exact = one
        self.value = min((one, after) if self.digits[one] else (after, one), key=self._width)

    def _width(self, side: int) -> Fraction:
        """Of digits that speak of each other the narrowest say most; what is computed says all."""
        width = self.widths[side]
        return Fraction(-1) if width is None else width


def together(relation: str, held: Sequence[bool | None]) -> bool | None:
    """What several comparisons say together. Raises Unsaid where which of them is meant decides."""
    if relation == "=":
        if held[0] and held[-1] is False:
            raise Unsaid
        return held[-1]
    if True in held and False in held:
        raise Unsaid
    return held[0] if len(set(held)) == 1 else None


class Unsaid(ValueError):
    """Whether digits or what they are rounded from is meant decides, and is not said."""


@dataclass(frozen=True)
class Sides:
    """Two sides of `=` that are not equal."""

    left: t.Expr
    right: t.Expr
    point: Point
    definitions: Mapping[str, t.Definition]

    def within_rounding(self, one: list[Any], other: list[Any]) -> bool:
        """Whether the values differ by no more than the rounding of decimals that the right side is made of.

        Where the left side has none, or no decimals could be equal to it, they are rounded. Decimals that stand on the left as
        well are exact, and so are those of which functions are taken, unless the sides are nearer than 1 in 100. Raises Unsaid
        where nobody can tell: there, or where rounding would excuse nearly anything.
        """
        loose, values = with_rounding(self.right, self.left)
        if not values or any(special(v) is not None for v in (*one, *other)):
            return False
        point = replace(self.point, values={**self.point.values, **values})
        around = flat(evaluate(loose, point, self.definitions, BITS))
        plain = all(isinstance(v, fmpq) for v in other)
        with x.working(BITS):
            if any(special(v) is None and not arb(u).overlaps(arb(v)) for u, v in zip(one, around, strict=True)):
                return False
            if not plain and any(abs(arb(u) - arb(v)) > abs(arb(u)) / 100 for u, v in zip(one, other, strict=True)):
                return False
        if any(map(is_wide, around)):
            raise Unsaid
        exact, inputs = all(isinstance(v, fmpq) for v in one), with_rounding(self.left)[1]
        if (exact and all(map(_is_decimal, one))) or (inputs and (exact or not plain)):
            raise Unsaid
        return True


def is_wide(value: Any) -> bool:
    """Whether what is computed from rounded decimals is known no better than to 1 in 12: `0.1 * 4` is from 0.2 to 0.6."""
    with x.working(BITS):
        return isinstance(value, arb) and bool(value.rad() * 12 > abs(value.mid()))


def with_rounding(node: t.Expr, beside: t.Expr | None = None) -> tuple[t.Expr, dict[str, Any]]:
    """The tree with letters in the place of decimals, each anywhere in its rounding interval; those `beside` it are exact."""
    values: dict[str, Any] = {}
    exact = {part.text for part in t.walk(beside) if isinstance(part, t.Number)} if beside is not None else set[str]()

    def loosen(part: t.Expr) -> t.Expr:
        if not isinstance(part, t.Number):
            return t.map_children(part, loosen)
        low, high = rounding_interval(part.text)
        if low == high or part.text in exact:
            return part
        name = f"decimal{len(values)}~"
        values[name] = ball(low, high)
        return t.Symbol(name, t.Type("real"))

    return loosen(node), values


def ball(low: Fraction, high: Fraction) -> Any:
    return arb(rational((low + high) / 2), rational((high - low) / 2))


def _is_decimal(value: Any) -> bool:
    """Whether a rational has finitely many decimals, and few."""
    return bool(10**12 % int(value.q) == 0)
