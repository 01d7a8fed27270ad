"""A slip in the place of a function: mathcore's own function with one shared slip, as a subject that can be judged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from mathcore.card import Card
from mathcore.conformance.accuracy import Examined, cases, examined
from mathcore.conformance.diagnosis import _lenient, named
from mathcore.conformance.slips import Slip, attempt, slips
from mathcore.conformance.subject import Broken, Standard, Subject, subject
from mathcore.strategies.declared import Draw


def _nothing(values: Draw) -> np.ndarray:
    raise Broken("gives nothing")


@dataclass(frozen=True)
class Slipped(Subject):
    """A subject that gives what the slip gives."""

    gives: Callable[[Draw], np.ndarray] = _nothing

    def call(self, values: Draw) -> np.ndarray:
        result = attempt(self.gives, values)
        if result is None or result.shape != self.shape(values):
            raise Broken("gives nothing")
        return result


def slips_of(card: Card) -> tuple[Slip, ...]:
    """Every shared slip for the card."""
    return tuple(slips(_lenient(card)))


def slipped(card: Card, slip: Slip) -> Slipped:
    """The card's own function with that slip."""
    own = subject(card)
    return Slipped(own.function, card, own.name, own.options, own.part, held_to=Standard.ORDINARY, gives=slip.gives)


def looked_at(tested: Subject) -> Examined:
    """The simple inputs and a few of each family, in float64."""
    return examined(tested, "float64", "quick")


def same(card: Card, one: Callable[[Draw], np.ndarray], other: Callable[[Draw], np.ndarray]) -> bool:
    """Whether two slips give the same results: then either name is right."""
    for case in cases(card, "float64", "quick")[:60]:
        a, b = attempt(one, case.values), attempt(other, case.values)
        if (a is None) != (b is None):
            return False
        if a is not None and b is not None and not np.allclose(a, b, rtol=1e-6, atol=1e-300, equal_nan=True):
            return False
    return True


def verdict(card: Card, slip: Slip) -> tuple[str, str]:
    """("right" | "named" | "same" | "other" | "none", the name that the diagnosis gives)."""
    tested = slipped(card, slip)
    found = looked_at(tested)
    if found.check.passed:
        return "right", ""
    name = named(tested, found)[0]
    if name == slip.name:
        return "named", name
    if not name:
        return "none", name
    return ("same" if _means_the_same(card, slip, name) else "other"), name


def _means_the_same(card: Card, slip: Slip, name: str) -> bool:
    from mathcore.conformance.diagnosis import _candidates

    return any(same(card, slip.gives, gives) for other, _, gives, _ in _candidates(card) if other == name)
