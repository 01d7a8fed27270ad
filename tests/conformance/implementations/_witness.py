"""Whether the fault of an entry shows on its witness, beside mathcore's own function."""

from __future__ import annotations

import copy
import warnings
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np

from mathcore.conformance.subject import Subject, subject
from mathcore.formulas import load
from tests.conformance.implementations import Implementation, of_letters

Call = tuple[list[Any], dict[str, Any]]


@cache
def own(card: str) -> Subject:
    """mathcore's function."""
    return subject(load(card))


def letters_of(card: str) -> tuple[str, ...]:
    """The names of the arguments, in order; sizes of the result that no array fixes come last."""
    tested = own(card)
    return tuple(p.name for p in tested.parameters) + tuple(s.name for s in tested.free_sizes)


def callable_of(entry: Implementation) -> Callable[..., Any]:
    """The entry called like the card's definition."""
    return of_letters(entry, letters_of(entry.card))


def calls(witness: str) -> list[Call]:
    """The arguments of each call: lists of numbers as arrays of float64, keywords in a dict at the end."""
    value = eval(witness, {"np": np})
    found = []
    for arguments in value if isinstance(value, list) else [value]:
        keywords = arguments[-1] if isinstance(arguments[-1], dict) else {}
        plain = arguments[:-1] if keywords else arguments
        found.append(([np.array(a, dtype=float) if isinstance(a, list) else a for a in plain], keywords))
    return found


def quietly(function: Callable[..., Any], call: Call) -> Any:
    """The result, without warnings."""
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        return function(*call[0], **call[1])


def expected(card: str, call: Call) -> np.ndarray:
    """What mathcore's function returns for fresh arguments."""
    tested = own(card)
    result = quietly(lambda *a, **k: tested.raw(list(a), **k), copy.deepcopy(call))
    return np.asarray(result if tested.part is None else result[tested.part])


def distance(found: Any, right: np.ndarray) -> float:
    """The largest relative difference; inf if the shapes differ or one is nan or inf alone. A mean over a batch is right."""
    found, right = np.asarray(found, dtype=float), np.asarray(right, dtype=float)
    if found.shape == () and right.ndim:
        right = right.mean()
    if found.shape != right.shape:
        return np.inf
    with np.errstate(all="ignore"):
        apart = np.abs(found - right) / np.where(right == 0, 1, np.abs(right))
    same = (found == right) | (np.isnan(found) & np.isnan(right))
    return float(np.max(np.where(same, 0, np.where(np.isfinite(apart), apart, np.inf)), initial=0))


def settings() -> tuple[Any, ...]:
    """What of the process a function has no business to change."""
    state = np.random.get_state(legacy=False)  # noqa: NPY002  # the global one is meant
    return np.geterr(), np.get_printoptions(), list(warnings.filters), state["state"]["key"].tobytes(), state["state"]["pos"]


def shows(entry: Implementation) -> bool:
    """Whether the witness shows the fault that is declared."""
    return FAULTS[entry.fault](entry, callable_of(entry), calls(entry.witness))


def _value(entry: Implementation, function: Callable[..., Any], asked: list[Call]) -> bool:
    right = expected(entry.card, asked[0])
    return distance(quietly(function, asked[0]), right) > entry.far


def _raises(entry: Implementation, function: Callable[..., Any], asked: list[Call]) -> bool:
    expected(entry.card, asked[0])  # mathcore's does not raise
    try:
        quietly(function, asked[0])
    except Exception:
        return True
    return False


def _shape(entry: Implementation, function: Callable[..., Any], asked: list[Call]) -> bool:
    return np.shape(quietly(function, asked[0])) != expected(entry.card, asked[0]).shape


def _dtype(entry: Implementation, function: Callable[..., Any], asked: list[Call]) -> bool:
    return np.asarray(quietly(function, asked[0])).dtype != expected(entry.card, asked[0]).dtype


def _type(entry: Implementation, function: Callable[..., Any], asked: list[Call]) -> bool:
    return np.asarray(quietly(function, asked[0])).dtype.kind not in "biuf"


def _input(entry: Implementation, function: Callable[..., Any], asked: list[Call]) -> bool:
    def memory(call: Call) -> list[bytes]:
        arrays = [a for a in call[0] if isinstance(a, np.ndarray)]
        return [a.tobytes() for a in arrays] + [a.base.tobytes() for a in arrays if isinstance(a.base, np.ndarray)]

    before = memory(asked[0])
    quietly(function, asked[0])
    return memory(asked[0]) != before


def _state(entry: Implementation, function: Callable[..., Any], asked: list[Call]) -> bool:
    right = [expected(entry.card, call) for call in asked]
    found = [quietly(function, call) for call in asked]
    return any(distance(a, b) > entry.far for a, b in zip(found, right, strict=True))


def _later(entry: Implementation, function: Callable[..., Any], asked: list[Call]) -> bool:
    before = [a.tobytes() for a in asked[0][0]]
    for call in asked:
        quietly(function, call)
    return [a.tobytes() for a in asked[0][0]] != before


def _refilled(entry: Implementation, function: Callable[..., Any], asked: list[Call]) -> bool:
    quietly(function, asked[0])
    asked[0][0][-1][...] += 1
    return distance(quietly(function, asked[0]), expected(entry.card, asked[0])) > entry.far


def _written(entry: Implementation, function: Callable[..., Any], asked: list[Call]) -> bool:
    first = quietly(function, asked[0])
    before = first.copy()
    first += 1
    changed = distance(quietly(function, asked[1]), expected(entry.card, asked[1])) > entry.far
    first[...] = before
    return changed


def _effect(entry: Implementation, function: Callable[..., Any], asked: list[Call]) -> bool:
    generator, printing = np.random.get_state(), np.get_printoptions()  # noqa: NPY002  # put back below
    with warnings.catch_warnings(), np.errstate():
        before = settings()
        function(*asked[0][0], **asked[0][1])
        changed = settings() != before
    np.random.set_state(generator)  # noqa: NPY002  # as it was
    np.set_printoptions(**printing)
    return changed


def _accepts(entry: Implementation, function: Callable[..., Any], asked: list[Call]) -> bool:
    quietly(function, asked[0])  # answers, where mathcore's raises
    try:
        expected(entry.card, asked[0])
    except ValueError:
        return True
    return False


def _declared(entry: Implementation, function: Callable[..., Any], asked: list[Call]) -> bool:
    """Not to be tried in this process."""
    return bool(entry.marks)


FAULTS: dict[str, Callable[[Implementation, Callable[..., Any], list[Call]], bool]] = {
    "value": _value,
    "raises": _raises,
    "shape": _shape,
    "dtype": _dtype,
    "type": _type,
    "input": _input,
    "state": _state,
    "later": _later,
    "written": _written,
    "refilled": _refilled,
    "effect": _effect,
    "accepts": _accepts,
    "hangs": _declared,
    "exits": _declared,
    "borrowed": _declared,
}
