"""What the answer to a question rests on: hypotheses, conditions left open, axioms, letters.

One question owns one ledger, and a ledger is only added to. What may fail is tried in `attempt`: it writes into a ledger
of its own, which the caller includes in the one around it if it led somewhere. So what was tried in vain leaves no trace,
and nothing is ever cleared or put back by hand.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from mathcore.language import tree as t
from mathcore.proof.kernel.polynomial import Poly

Kept = TypeVar("Kept")
Key = tuple[Poly, str]  # a value, and > or >= or != between it and 0


@dataclass(frozen=True)
class Condition:
    """What must hold for a step to be meant: `value` is > 0, >= 0 or != 0.

    Where it fails there is no value, or an infinite one: log(0) is -inf. Or (`elsewhere`) there is another one: an empty sum
    of ones is 0, whatever its ends are. What a hypothesis speaks of has a value, so of its own conditions the first kind
    holds, but where both of its sides are infinite, and the second need not.
    """

    value: Poly
    relation: str
    text: str
    elsewhere: bool = False

    @property
    def key(self) -> Key:
        return self.value, self.relation


@dataclass
class Ledger:
    """What a reader asked for and used."""

    used: set[str] = field(default_factory=set)  # hypotheses
    required: dict[Key, Condition] = field(default_factory=dict)
    settled: set[Key] = field(default_factory=set)  # keys of conditions that were shown later
    axioms: set[str] = field(default_factory=set)  # those of the less usual functions that were read
    declared: dict[str, t.Symbol] = field(default_factory=dict)  # letters that were read, by name

    @property
    def conditions(self) -> dict[Key, Condition]:
        """What is left open."""
        return {key: c for key, c in self.required.items() if key not in self.settled}

    def without(self, shown: Callable[[Condition], bool]) -> Ledger:
        """The same, but for conditions that were shown."""
        left = {key: c for key, c in self.conditions.items() if not shown(c)}
        return Ledger(self.used, left, set(), self.axioms, self.declared)


class Attempt(Generic[Kept]):
    """Within the block the owner writes into `own`; behind it into what it wrote before."""

    __slots__ = ("around", "own", "owner")

    def __init__(self, owner: Any, own: Kept) -> None:
        self.owner, self.own = owner, own

    def __enter__(self) -> Kept:
        self.around, self.owner.ledger = self.owner.ledger, self.own
        return self.own

    def __exit__(self, *_: object) -> None:
        self.owner.ledger = self.around
