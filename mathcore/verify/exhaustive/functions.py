"""The functions of one number: what every float gives, limits and zeros included. Nothing here is computed.

The value at a finite number is the card's definition, on its domain, and nan outside. At an infinity it is the limit. A
result that is 0, or rounds to 0, has the sign below: that of the exact value where it is not 0, otherwise what the
function's docstring promises.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache, partial
from typing import Any

from mathcore.card import Card

NUMBERS = ("real", "unit", "positive", "nonnegative")  # domains of one float


@dataclass(frozen=True)
class Elementwise:
    """A card's function of one number."""

    name: str
    limits: Mapping[float, float] = field(default_factory=dict)  # at points where the definition has no finite value
    zero: str = "+"  # the sign of a zero: "+", "-" or "x", that of the argument
    either_zero: str = ""  # why a zero of the other sign is counted, but is no failure
    options: Mapping[str, Any] = field(default_factory=dict)  # with which every float is an argument
    form: str = ""  # equal to the definition; its enclosures stay narrow where those of the definition do not

    @property
    def card(self) -> Card:
        from mathcore.formulas import load

        return load(self.name)

    @property
    def unit(self) -> bool:
        """Whether the domain is [0, 1]; all numbers otherwise."""
        return bool(self.card.definition.parameters[0].type.domain == "unit")

    def function(self, dotted: str = "") -> Callable[[Any], Any]:
        """The card's own function, or the one of this dotted name, of an array alone."""
        from mathcore.verify.subject import subject

        found = subject(self.card, dotted or None)
        return partial(found.function, **{**found.options, **({} if dotted else self.options)})


EVERYWHERE = {"validate": False}
INF = math.inf
FUNCTIONS = (
    Elementwise("binary_entropy", options=EVERYWHERE),
    Elementwise("gelu", {-INF: -0.0, INF: INF}, "x"),
    Elementwise("leaky_relu", {-INF: -INF, INF: INF}, "x"),
    Elementwise(
        "log_sigmoid",
        {-INF: -INF, INF: 0.0},
        "-",
        either_zero="0 at +inf is promised; the sign of what rounds to 0 is not",
        form="min(x, 0) - log(1 + exp(-abs(x)))",
    ),
    Elementwise("logit", {0.0: -INF, 1.0: INF}, options=EVERYWHERE),
    Elementwise("relu", {-INF: 0.0, INF: INF}),
    Elementwise("sigmoid", {-INF: 0.0, INF: 1.0}, form="exp(min(x, 0)) / (1 + exp(-abs(x)))"),
    Elementwise("silu", {-INF: -0.0, INF: INF}, "x", form="x exp(min(x, 0)) / (1 + exp(-abs(x)))"),
    Elementwise("softplus", {-INF: 0.0, INF: INF}, form="max(x, 0) + log(1 + exp(-abs(x)))"),
    Elementwise("tanh", {-INF: -1.0, INF: 1.0}, "x", form="(exp(2 min(x, 0)) - exp(-2 max(x, 0))) / (1 + exp(-2 abs(x)))"),
)


class NotElementwise(LookupError):
    """A name that is no function of one number; says which there are."""


@cache
def elementwise(name: str) -> Elementwise:
    """The entry of that name."""
    for entry in FUNCTIONS:
        if entry.name == name:
            return entry
    known = [entry.name for entry in FUNCTIONS]
    near = get_close_matches(name.lower().replace("-", "_"), known, n=2, cutoff=0.5)
    meant = f" Did you mean {' or '.join(near)}?" if near else ""
    raise NotElementwise(
        f"{name!r} is no function of one number, so not every input can be tried.{meant} There are {', '.join(known)}."
    )
