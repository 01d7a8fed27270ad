"""Implementations of the cards' formulas by other people, right and wrong: plain data that judges the judge.

A module `right_*` or `wrong_*` holds one family of cards. Each function says in its docstring why it is right, or what is
wrong with it; `ENTRIES` at its end names the card, the kind, and for a wrong one an input on which the fault shows.
Nothing here imports an optional package before it is called.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

MARKS = frozenset(
    {
        "borrowed",  # calls mathcore itself: the values are right, the work is not its own
        "cancels",  # a usual form that loses relative digits where the value is small beside its terms
        "convention",  # another reading of the formula
        "doubtful",  # people may disagree with the verdict
        "exits",  # ends the process
        "flushes",  # 0 for a result below the normal numbers
        "hangs",  # does not return
        "lists",  # takes lists and Python numbers only
        "random",  # the last bits differ between calls
        "single",  # computes and answers in float32
        "slow",  # some milliseconds a call
        "tensors",  # takes and returns tensors of torch
        "vectors",  # takes one vector, no batch
    }
)
FAULTS = (
    "value",  # a number beyond textbook error, nan or infinity where there is none, or the other way round
    "raises",  # an exception on a valid input
    "shape",
    "dtype",  # a format that the input does not ask for
    "type",  # no numbers
    "input",  # the argument is changed
    "state",  # earlier calls change later results, or later calls earlier results: the witness is a list of calls
    "later",  # the argument of one call is changed by the next: the witness is a list of calls
    "written",  # what the caller writes into a result changes later results: the witness is a list of calls
    "refilled",  # an array that is filled anew gets the old result: the witness is what it holds first
    "effect",  # a setting of the process is changed
    "accepts",  # an answer where there is none: labels out of range
    "hangs",
    "exits",
    "borrowed",
)


@dataclass(frozen=True)
class Implementation:
    """One function, the card that it claims to compute, and the truth about it."""

    card: str
    function: Callable[..., Any]
    verdict: str  # "right" or "wrong"
    kind: str
    witness: str = ""  # arguments as a Python expression of a tuple, keywords in a dict at its end; lists stand for arrays
    fault: str = ""  # one of FAULTS
    needs: str = ""  # "torch", "jax", "scipy" or "sklearn"
    call: str = ""  # how to call it, in the card's letters, if not in the order of the definition: "f(z, dim=axis)"
    marks: tuple[str, ...] = ()
    far: float = 1e-6  # the relative error that the witness shows, at least

    @property
    def name(self) -> str:
        return str(getattr(self.function, "__name__", type(self.function).__name__))


def right(card: str, function: Callable[..., Any], kind: str, *marks: str, **more: Any) -> Implementation:
    """An entry of a right implementation."""
    return Implementation(card, function, "right", kind, marks=marks, **more)


def wrong(
    card: str, function: Callable[..., Any], kind: str, witness: str, fault: str = "value", *marks: str, **more: Any
) -> Implementation:
    """An entry of a wrong implementation, with an input that shows it."""
    return Implementation(card, function, "wrong", kind, witness, fault, marks=marks, **more)


def modules() -> list[str]:
    """The modules with entries, by their file names."""
    return sorted(path.stem for path in Path(__file__).parent.glob("*.py") if not path.stem.startswith("_"))


def entries(card: str = "") -> Iterator[tuple[str, Implementation]]:
    """Every entry with the name of its module, of one card if it is named."""
    for module in modules():
        for entry in import_module(f"{__name__}.{module}").ENTRIES:
            if not card or entry.card == card:
                yield module, entry


def of_letters(entry: Implementation, letters: tuple[str, ...]) -> Callable[..., Any]:
    """The function in the form of the card's definition: arguments in the order of `letters`, and `axis` if `call` has one."""
    if not entry.call:
        return entry.function
    axis = ", axis=-1" if "axis" in entry.call else ""
    return partial(eval(f"lambda f, {', '.join(letters)}{axis}: {entry.call}"), entry.function)
