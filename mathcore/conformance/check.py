"""The checks of a card on anybody's function: `check(my_softmax, "softmax")` says what holds and what breaks, and where.

Three grades. *Wrong*: some output is further from the exact value than textbook-correct code can be, or the function
breaks what every caller relies on. *Right, ordinary accuracy* and *right, this card's accuracy*: both pass.
"""

from __future__ import annotations

import functools
import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from mathcore.card import Card
from mathcore.conformance.accuracy import (
    KEPT,
    SEED,
    Case,
    Examined,
    Failure,
    accuracy_check,
    bar_of,
    cases,
    examined,
    first_failure,
    formats_of,
    plain_case,
)
from mathcore.conformance.calls import Form, backend, template
from mathcore.conformance.contract import KEEPS, contract_checks, libraries_used
from mathcore.conformance.diagnosis import findings
from mathcore.conformance.examples import example_checks
from mathcore.conformance.guard import Guard, TimedOut
from mathcore.conformance.laws import law_checks
from mathcore.conformance.outcomes import failed
from mathcore.conformance.precision import compiled_by_shape, narrowed
from mathcore.conformance.subject import OURS, Broken, Standard, Subject, show, subject
from mathcore.conformance.world import world_kept
from mathcore.evidence import Check, Finding, Grade, Report, Standing

EFFORTS = ("quick", "normal", "thorough")


def check(
    function: Callable[..., Any],
    card: str | Card,
    *,
    accuracy: str = "ordinary",
    effort: str = "normal",
    call: str = "",
    backend: str = "numpy",
    seed: int = SEED,
) -> Report:
    """Judge a function by a formula's card: exact values in every format, laws, batches, axes, edges, worked examples.

    Parameters
    ----------
    function : callable
        Takes the arguments of the card's definition, in that order: arrays (or, if it refuses those, lists), labels
        counted from 0. A wrong result, a wrong shape and an exception are findings, not errors.
    card : str or Card
        The formula, for example "softmax".
    accuracy : {"ordinary", "card"}
        What passes: textbook-correct code, or only this card's accuracy.
    effort : {"quick", "normal", "thorough"}
        How many inputs: below a second, a few seconds, minutes.
    call : str
        How it is called, where the order or the names differ: "f(labels, x, dim=axis)". It is parsed, never evaluated.
    backend : {"numpy", "torch", "jax", "array-api"}
        The library whose arrays it takes.
    seed : int
        Of the inputs; the same seed gives the same report.

    Raises
    ------
    UnknownFormula
        If there is no such formula.
    TypeError
        If `function` cannot be called.
    ValueError
        If an option is none of those above.
    """
    from mathcore.formulas import load

    for name, value, allowed in (("effort", effort, EFFORTS), ("accuracy", accuracy, ("ordinary", "card"))):
        if value not in allowed:
            raise ValueError(f"check: {name} must be {' or '.join(map(repr, allowed))}, got {value!r}")
    chosen = load(card) if isinstance(card, str) else card
    return judge(prepared(function, chosen, call, backend), effort, seed, Grade.CARD if accuracy == "card" else Grade.ORDINARY)


def prepared(function: Callable[..., Any], card: Card, call: str = "", library: str = "numpy") -> Subject:
    """Somebody's function as a subject that is held to ordinary accuracy, under guard."""
    tested = replace(subject(card, function), held_to=Standard.ORDINARY)
    letters = tuple(s.name for s in (*tested.parameters, *tested.free_sizes))
    if call:
        tested = replace(tested, template=template(call, letters))
    if library != "numpy":
        tested = replace(tested, convert=backend(library))
    return replace(tested, function=Guard(tested.function))


def judge(tested: Subject, effort: str = "normal", seed: int = SEED, demanded: Grade = Grade.ORDINARY) -> Report:
    """The report on one subject; a call without an answer ends the judgement, and is its finding."""
    start = time.perf_counter()
    try:
        with world_kept():
            report = _judged(tested, effort, seed, demanded)
    except TimedOut as hanging:
        shown = f"{tested.name}({', '.join(show(a) for a in hanging.arguments)}) {hanging}"
        check = failed("answers", shown, 1)
        finding = Finding("answers", "contract", shown)
        report = Report(tested.name, tested.card.name, (check,), findings=(finding,), demanded=demanded)
    return replace(report, seconds=round(time.perf_counter() - start, 3))


def _judged(tested: Subject, effort: str, seed: int, demanded: Grade) -> Report:
    guard = tested.function
    tested, notes = in_its_form(tested, seed)
    if (other := _other_sign(tested, seed)) is not None:
        tested = other
        notes.append("by convention the velocity counts against the step: judged with its sign turned")
    used = libraries_used(tested, seed)
    tested = replace(tested, narrow=narrowed(tested, seed))
    if effort != "thorough" and not tested.pointwise and compiled_by_shape(tested, seed):
        tested = replace(tested, each_shape=True)
        notes.append("JAX compiles it for each length: judged at 1 to 9, 16, 17, 32, 33, 64 and a few beyond; thorough tries all")
    checks: list[Check] = []
    failing: list[Examined] = []
    borrowed = sorted(name for name in used if name.startswith("mathcore.numeric")) if not _of_mathcore(tested) else []
    if borrowed:
        checks.append(failed("does its own work", f"{tested.name} calls {borrowed[0]}, which is mathcore's own result", 1))
    for found in _formats(tested, effort, seed):
        checks.append(found.check)
        if not found.check.passed:
            failing.append(found)
    checks += contract_checks(tested.card, tested, seed=seed)
    if isinstance(guard, Guard) and guard.changed and all(c.passed for c in checks if c.name == KEEPS):
        call = f"{tested.name}({', '.join(show(a) for a in guard.changed)})"
        checks = [c for c in checks if c.name != KEEPS] + [failed(KEEPS, f"{call} changes its argument", 1)]
    checks += law_checks(tested.card, tested, effort=effort, hypothesis=not failing and effort != "quick")
    checks += example_checks(tested.card, tested, exact=False)
    told = findings(tested, tuple(checks), tuple(failing), seed)
    if isinstance(guard, Guard) and guard.printed:
        notes.append("it prints")
    return Report(tested.name, tested.card.name, tuple(checks), "; ".join(notes), findings=told, demanded=demanded)


def accuracy_checks(
    card: Card,
    function: Callable[..., Any] | str | Subject | None = None,
    *,
    effort: str = "normal",
    seed: int = SEED,
    stop: bool = False,
) -> tuple[Check, ...]:
    """One check per declared format, and the contract's; `stop` ends a format at its first failure (for mistakes)."""
    tested = subject(card, function)
    formats = formats_of(tested)
    if not formats:
        detail = "the page declares no bar for any format: write an accuracy fence with float64  3, or with a bound"
        return (Check("accuracy", "declared bar", False, detail),)
    found = tuple(accuracy_check(tested, dtype, effort, seed, stop) for dtype in formats)
    if stop:
        return found
    return found + contract_checks(card, tested, own=function is None, seed=seed)


def _other_sign(tested: Subject, seed: int) -> Subject | None:
    """The function with its velocity turned, if only so it is right; exact, as only signs change."""
    case, turned = plain_case(tested, seed), replace(tested, turned=True)
    if case is None or "velocity sign" not in tested.card.accuracy.accepted:
        return None
    bar = bar_of(tested.card, tested.working) or 0.0
    wrong, right = (first_failure(one, case, bar).failure for one in (tested, turned))
    return turned if wrong is not None and right is None else None


def _formats(tested: Subject, effort: str, seed: int) -> Iterator[Examined]:
    """Each format that the function takes; the others are said."""
    for dtype in formats_of(tested):
        if refusal := unsupported(tested, dtype, seed):
            yield Examined(Check("accuracy", dtype, True, refusal, standing=Standing.UNSUPPORTED))
            continue
        found = examined(tested, dtype, effort if dtype == tested.working else _less(effort), seed)
        if dtype == "float16" and tested.working != dtype and found.failing and all(_overflows(tested, f) for f in found.failing):
            place, output, example = found.failing[0].place, found.failing[0].output, found.check.counterexample
            lost = output is not None and np.isnan(output.reshape(-1)[place])
            what = f"is nan in float16: {example}" if lost else f"overflows in float16: {example}"
            found = Examined(Check("accuracy", dtype, True, what, found.check.cases, standing=Standing.UNSUPPORTED))
        yield found


def _overflows(tested: Subject, failure: Failure) -> bool:
    """Whether an intermediate number was too large for the format: textbook code is not written for one that ends at 65,504."""
    if failure.output is None:
        return False
    if not np.isfinite(failure.output.reshape(-1)[failure.place]):
        return True
    try:
        with warnings.catch_warnings(), np.errstate(all="ignore", over="raise"):  # it may be lost again: one over infinity is 0
            warnings.simplefilter("ignore")
            tested.raw(tested.arguments(failure.case.values), guarded=False)
    except OURS:
        raise
    except BaseException as error:
        return isinstance(error, FloatingPointError)
    return False


def _less(effort: str) -> str:
    return "quick" if effort == "normal" else effort


def unsupported(tested: Subject, dtype: str, seed: int) -> str:
    """Why nothing is asked of the function in this format, which it does not take; empty if it takes it."""
    if tested.narrow and dtype == "float64":
        return "it works in float32, as its library does unless told otherwise"
    if dtype == tested.working:
        return ""
    reason = ""
    for case in cases(tested.card, dtype, "quick", seed)[:4]:
        try:
            tested.call(case.values)
        except Broken as error:
            reason = str(error)
        else:
            return ""
    return reason


def _of_mathcore(tested: Subject) -> bool:
    function: Any = tested.function
    while isinstance(function, (Guard, functools.partial)):
        function = function.function if isinstance(function, Guard) else function.func
    return (getattr(function, "__module__", "") or "").startswith("mathcore.")


# forms ----------------------------------------------------------------------------------------------------------------


def in_its_form(tested: Subject, seed: int = SEED) -> tuple[Subject, list[str]]:
    """The subject in the form in which it answers most simple inputs, arrays before lists; and a word about it."""
    listed = cases(tested.card, "float64", "quick", seed)
    first = [*listed[:4], *filter(None, (plain_case(tested, seed),))]
    if not first:
        return tested, []
    best, most = tested, _answered(tested, first)
    if most == len(first):
        return tested, []
    for other, word in [*_others(tested), *(_batched(tested) if not most and _refused(tested, first) else ())]:
        answered = _answered(other, first)
        if answered > most:
            best, most = other, answered
            said = word
    return best, [said] if best is not tested else []


def _others(tested: Subject) -> Iterator[tuple[Subject, str]]:
    tables = {p.type.shape for p in tested.parameters if p.type.shape}
    if tested.pointwise:
        yield replace(tested, form=Form.ROWS), "it takes arrays, not single numbers"
    if tested.convert is None:
        import sys

        for library, module in (("torch", "torch"), ("jax", "jax")):
            if module in sys.modules:
                yield replace(tested, convert=backend(library)), f"it takes arrays of {library}"
    if len(tables) == 1 and len(next(iter(tables))) == 2 and tested.card.definition.shape == next(iter(tables)):
        yield replace(tested, form=Form.FLAT), "it takes flat arrays"
    yield replace(tested, form=Form.LISTS), "it takes lists and Python's numbers: judged in one format only"


def _batched(tested: Subject) -> Iterator[tuple[Subject, str]]:
    """One row as a batch of one, where the card speaks of rows or labels."""
    axes = [len(p.type.shape) for p in tested.parameters if p.type.shape or p.type.domain == "index"]
    if axes and max(axes) <= 1:
        yield replace(tested, form=Form.BATCH), "it takes batches and no single row: each input is judged as a batch of one row"


def _refused(tested: Subject, first: list[Case]) -> bool:
    """Whether it raises at all of these inputs: a result of another shape is no refusal."""
    for case in first:
        try:
            tested.call(case.values)
        except Broken as error:
            if error.__cause__ is None:
                return False
    return True


def _answered(tested: Subject, first: list[Case]) -> int:
    count = 0
    for case in first:
        try:
            tested.call(case.values)
        except Broken:
            continue
        count += 1
    return count


__all__ = ["KEPT", "Check", "Report", "check", "in_its_form", "judge", "prepared"]
