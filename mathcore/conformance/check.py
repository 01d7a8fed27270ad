"""The checks of a card on anybody's function: `check(my_softmax, "softmax")` says what holds and what breaks, and where."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from mathcore.card import Card
from mathcore.conformance.accuracy import SEED, accuracy_checks, bar_of, cases
from mathcore.conformance.examples import example_checks
from mathcore.conformance.laws import law_checks
from mathcore.conformance.subject import Broken, Subject, subject
from mathcore.evidence import Check, Report


def check(function: Callable[..., Any], card: str | Card, *, effort: str = "verify", seed: int = SEED) -> Report:
    """Judge a function by a formula's card: exact values in every format, laws, worked examples.

    Parameters
    ----------
    function : callable
        Takes the arguments of the card's definition, in that order: arrays (or, if it refuses those, lists), labels
        counted from 0. A wrong result, a wrong shape and an exception are findings, not errors.
    card : str or Card
        The formula, for example "softmax".
    effort : {"verify", "intense"}
        How many inputs.
    seed : int
        Of the inputs; the same seed gives the same report.

    Raises
    ------
    UnknownFormula
        If there is no such formula.
    TypeError
        If `function` cannot be called.
    """
    from mathcore.formulas import load

    if effort not in ("verify", "intense"):
        raise ValueError(f"check: effort must be 'verify' or 'intense', got {effort!r}")
    chosen = load(card) if isinstance(card, str) else card
    start = time.perf_counter()
    tested, note = accepting(subject(chosen, function), seed)
    found = (
        *accuracy_checks(chosen, tested, effort=effort, seed=seed),
        *law_checks(chosen, tested, effort=effort),
        *example_checks(chosen, tested, exact=False),
    )
    return Report(f"{tested.name}", chosen.name, found, note, round(time.perf_counter() - start, 3))


def accepting(tested: Subject, seed: int = SEED) -> tuple[Subject, str]:
    """The subject in the form that it accepts: arrays, else lists of Python numbers; and a word about it."""
    if bar_of(tested.card, "float64") is None:
        return tested, ""
    first = cases(tested.card, "float64", "verify", seed)[:3]

    def result(form: Subject) -> Any:
        """What the function returns for simple inputs, None if it breaks."""
        for case in first:
            try:
                form.call(case.values)
            except Broken:
                return None
        return form.raw(form.arguments(first[-1].values)) if first else None

    if isinstance(result(tested), (list, tuple, float, int)) and tested.part is None:
        return replace(tested, lists=True), "it returns Python numbers: judged in float64 only"
    lists = replace(tested, lists=True)
    if result(tested) is not None or result(lists) is None:
        return tested, ""
    return lists, "it takes lists, not arrays: judged in float64 only"


__all__ = ["Check", "Report", "check"]
