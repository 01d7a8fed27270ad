"""The functions of one number: what every float gives, limits and zeros included.

The value at a finite number is the card's definition, on its domain, and nan outside. Where that is no number, at an
infinity or at an end of the domain, it is the limit, on which the kernel and sympy agree. A result that is 0, or rounds to
0, has the sign of the exact value, or of its neighbours where that is 0; the page says so where it promises less.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property, partial
from inspect import signature
from typing import Any

import numpy as np

from mathcore.card import Card
from mathcore.conformance.exact import reference
from mathcore.conformance.subject import subject
from mathcore.conformance.ulp import FIRST, LAST, Exact, special
from mathcore.formulas import load, names, nearest
from mathcore.language import tree as t

NUMBERS = ("real", "unit", "positive", "nonnegative")  # domains of one float
FORMATS = ("float16", "float32")  # of which every value is tried
SECONDS = 60.0  # that sympy is given for a limit: it is asked once for billions of values
SIZES = (2.0**-149, 2.0**-24, 1 / 4, 3 / 4, 1 - 2.0**-24, 2.0, 100.0)  # where the sign of a definition is looked at


@dataclass(frozen=True)
class Elementwise:
    """A card's function of one number."""

    name: str
    form: str = ""  # equal to the definition; its enclosures stay narrow where those of the definition do not
    either_zero: str = ""  # why a zero of the other sign is counted, but is no failure

    @property
    def card(self) -> Card:
        return load(self.name)

    @property
    def unit(self) -> bool:
        """Whether the domain is [0, 1]; all numbers otherwise."""
        return bool(self.card.definition.parameters[0].type.domain == "unit")

    @cached_property
    def limits(self) -> dict[float, float]:
        """At the ends of the domain where the definition is no finite number."""
        ends = {0.0: "0+", 1.0: "1-"} if self.unit else {-math.inf: "-inf", math.inf: "inf"}
        return {end: self._limit(place) for end, place in ends.items() if not self._finite(end)}

    def _limit(self, place: str) -> float:
        from mathcore.proof.numbered_limits import limit_of  # brings sympy, of which no page has need

        context, variable = self.card.context, self.card.definition.parameters[0].name
        body = f"lim({variable} -> {place}: {self.name}({variable}))"
        limit = context.parse(body)
        assert isinstance(limit, t.Limit)
        found = limit_of(context, limit, SECONDS).replace(" ", "")
        try:
            return float(found)
        except ValueError:  # none was found, or one that is no float
            raise NotImplementedError(f"{self.name}: {body} is not known, so not every input can be judged") from None

    def _finite(self, x: float) -> bool:
        return math.isfinite(x) and special(self._exact(x).at(FIRST)) is None

    def _exact(self, x: float) -> Exact:
        return reference(self.card).outputs({self.card.definition.parameters[0]: np.float64(x)})[0]

    @cached_property
    def zero(self) -> str:
        """The sign of a zero: "+", "-", or "x", that of the argument. Between values of both signs it is "+"."""
        left, right = ("" if self.unit else self._sign(-1)), self._sign(1)
        return "-" if right == "-" else "x" if left == "-" else "+"

    def _sign(self, side: int) -> str:
        """The sign of the definition on that side of 0, where it has no other one there."""
        found = {_sign(self._exact(side * size)) for size in SIZES if size < 1 or not self.unit} - {""}
        return found.pop() if len(found) == 1 else ""

    def function(self, dotted: str = "") -> Callable[[Any], Any]:
        """The card's own function, or the one of this dotted name, of an array alone: with which every float is an argument."""
        found = subject(self.card, dotted or None)
        unchecked = {} if dotted or "validate" not in signature(found.function).parameters else {"validate": False}
        return partial(found.function, **{**found.options, **unchecked})


def _sign(exact: Exact) -> str:
    """ "+" or "-", and nothing for a 0."""
    bits = FIRST
    while bits <= LAST and (y := exact.at(bits)) != 0:
        if y > 0 or y < 0:
            return "+" if y > 0 else "-"
        bits *= 2
    return ""


class NotElementwise(LookupError):
    """A name that is no function of one number; says which there are."""


@cache
def functions() -> tuple[Elementwise, ...]:
    """All of them, by name."""
    return tuple(elementwise(name) for name in names() if _of_one_number(load(name)))


def _of_one_number(card: Card) -> bool:
    if not card.numeric or any(getattr(card.accuracy, form) is None for form in FORMATS):
        return False
    parameters = card.definition.parameters
    return len(parameters) == 1 and not parameters[0].type.shape and parameters[0].type.domain in NUMBERS


@cache
def elementwise(name: str) -> Elementwise:
    """The function of that name."""
    if name in names() and _of_one_number(load(name)):
        accuracy = load(name).accuracy
        return Elementwise(name, accuracy.form, accuracy.either_zero)
    known = [entry.name for entry in functions()]
    near = nearest(name, known)[:2]
    meant = f" Did you mean {' or '.join(near)}?" if near else ""
    raise NotElementwise(
        f"{name!r} is no function of one number, so not every input can be tried.{meant} There are {', '.join(known)}."
    )
