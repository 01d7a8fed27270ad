"""A card's laws on floats: simple inputs, Hypothesis with shrinking, families; no tolerance is set by hand.

The form in which a law is judged is `derived`. Arguments inside a law must be exact floats, otherwise the case is
skipped; a law without a case fails. If accuracy passes where a law is excluded, that is a CONFLICT.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from typing import Any

from mathcore.card import Card, Law
from mathcore.conformance.accuracy import SEED, Case, bar_of, first_failure, smaller
from mathcore.conformance.derived import Prepared, Skipped, Violated, Violation, prepare, run
from mathcore.conformance.exact import holding
from mathcore.conformance.families import FAMILIES, drawn_by_family, simple
from mathcore.conformance.subject import Standard, Subject, subject
from mathcore.evidence import Check, Standing
from mathcore.language import tree as t
from mathcore.proof.balls.point import CannotEvaluate
from mathcore.strategies.declared import Draw, for_declarations

EXAMPLES = {"quick": 5, "normal": 20, "thorough": 400}
SIMPLE = {"quick": 12, "normal": 30, "thorough": 120}


def law_checks(
    card: Card,
    function: Callable[..., Any] | str | Subject | None = None,
    *,
    effort: str = "normal",
    hypothesis: bool = True,
) -> tuple[Check, ...]:
    """One check a law: simple inputs first, then families and Hypothesis; `hypothesis=False` runs the simple ones alone."""
    tested = subject(card, function)
    formats = ("float32", "float16") if tested.narrow else ("float64", "float32", "float16")
    dtype = next((f for f in formats if bar_of(card, f) is not None), "")
    return tuple(law_check(tested, law, dtype, effort, hypothesis) for law in card.invariants)


def law_check(tested: Subject, law: Law, dtype: str = "float64", effort: str = "normal", hypothesis: bool = True) -> Check:
    """One law on one function."""
    if not dtype:
        return Check("law", law.name, False, "the card declares no accuracy, so outputs cannot be widened")
    try:
        prepared = prepare(tested.card, law)
    except ValueError as error:
        return Check("law", law.name, False, str(error))
    counts = {"cases": 0, "skipped": 0, "empty": 0}
    try:
        _try(tested, prepared, dtype, effort, hypothesis, counts)
    except Violated as error:
        return _violated(tested, law, error.violation, dtype, counts["cases"])
    except CannotEvaluate as error:
        return Check("law", law.name, False, f"cannot be evaluated: {error}")
    if not counts["cases"] and tested.held_to is Standard.ORDINARY:
        said = "the card does not say what ordinary code reaches: the law cannot be tried"
        return Check("law", law.name, True, said, figures=counts, standing=Standing.UNSUPPORTED)
    if not counts["cases"]:
        reason = "no argument inside the law was an exact float" if counts["skipped"] else "its premise never held"
        return Check("law", law.name, False, f"0 cases: {reason}", figures=counts)
    return Check("law", law.name, True, f"not excluded in {counts['cases']} cases", cases=counts["cases"], figures=counts)


def _try(tested: Subject, law: Prepared, dtype: str, effort: str, hypothesis: bool, counts: dict[str, int]) -> None:
    """The law on simple inputs, then on those of Hypothesis and of the families; raises Violated."""

    def attempt(values: Draw) -> None:
        try:
            found, violation = run(law, tested, values, dtype)
        except Skipped:
            counts["skipped"] += 1
            return
        if violation is not None:
            raise Violated(violation)
        counts["cases" if found.decided else "empty"] += 1

    spoken, decide = _spoken(law), holding(law.context)

    def admitted(values: Draw) -> bool:
        return not spoken or bool(decide(spoken, values))

    masks = tested.card.accuracy.masks and not law.grid
    for values in simple(law.drawn, law.context.hypotheses, dtype, SIMPLE[effort], masks):
        if admitted(values):
            attempt(values)
    if hypothesis:
        _search(law, attempt, dtype, effort, masks, decide)
        for values in _families(law, dtype, masks):
            if admitted(values):
                _attempt_and_shrink(attempt, values, admitted)


def _attempt_and_shrink(
    attempt: Callable[[Draw], None], values: Draw, admitted: Callable[[Draw], bool], budget: int = 120
) -> None:
    """Run one input; where it breaks the law, raise the violation of a smaller input that breaks it too."""
    try:
        attempt(values)
        return
    except Violated as error:
        best = error
    improved = True
    while improved:
        improved = False
        for less in smaller(best.violation.values):
            budget -= 1
            if budget < 0:
                break
            try:
                if admitted(less):
                    attempt(less)
            except Violated as error:
                if error.violation.broken == best.violation.broken:
                    best, improved = error, True
                    break
    raise best


def _families(law: Prepared, dtype: str, masks: bool) -> Iterator[Draw]:
    """Two short inputs of each family, where no exact argument has to be computed; pmfs only if their bits sum to 1."""
    for family in FAMILIES if not law.grid else ():
        if family == "long":
            continue
        for values in drawn_by_family(family, law.drawn, law.context.hypotheses, dtype, 2, SEED, masks):
            pmfs = [v for s, v in values.items() if s.type.domain == "simplex"]
            if all(sum(map(Fraction, map(float, row))) == 1 for p in pmfs for row in p.reshape(-1, p.shape[-1])):
                yield values


def _spoken(law: Prepared) -> tuple[t.Expr, ...]:
    known = set(law.drawn)
    return tuple(h for h in law.context.hypotheses if {s for s in t.free_symbols(h) if s.type.domain != "index"} <= known)


def _search(law: Prepared, attempt: Callable[[Draw], None], dtype: str, effort: str, masks: bool, holds: Any) -> None:
    from hypothesis import HealthCheck, Phase, Verbosity, given, settings
    from hypothesis.errors import Flaky, FlakyFailure

    strategy = for_declarations(law.context, law.drawn, dtype, grid=law.grid, masks=masks, holds=holds)

    @settings(
        max_examples=EXAMPLES[effort],
        database=None,
        derandomize=True,
        deadline=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
        report_multiple_bugs=False,
        verbosity=Verbosity.quiet,
    )
    @given(strategy)
    def search(values: Draw) -> None:
        attempt(values)

    try:
        with _no_constants_of_the_caller():
            search()
    except (Flaky, FlakyFailure) as error:
        raise Violated(Violation(f"the same input gives different outputs: {error}", {})) from None


@contextmanager
def _no_constants_of_the_caller() -> Iterator[None]:
    """Hypothesis mixes numbers from the source of the running program into its draws, and stores them in `.hypothesis`.

    The same card must give the same cases in a checkout, an installation and a notebook, and a check writes no files
    where it is run, so this one habit is suspended. A Hypothesis that does not have it is left as it is.
    """
    from hypothesis.internal.conjecture import providers

    collect, empty = getattr(providers, "_get_local_constants", None), getattr(providers, "Constants", None)
    if collect is None or empty is None:
        yield
        return
    providers._get_local_constants = lambda: empty()
    try:
        yield
    finally:
        providers._get_local_constants = collect


def _violated(tested: Subject, law: Law, violation: Violation, dtype: str, cases: int) -> Check:
    conflict = False
    if not violation.floats and violation.calls:
        bar = bar_of(tested.card, dtype) or 0.0
        shown = [first_failure(tested, Case("law", v, dtype, tested.reference), bar) for v in violation.calls]
        conflict = all(one.failure is None and not one.silent for one in shown)
    kind = "CONFLICT: accuracy passes on the same input, so the law is false or the engine is wrong; " if conflict else ""
    figures = {"conflict": conflict, "exact float law": violation.floats, "broken": violation.broken, "silent": violation.silent}
    exactly = " on the floats themselves" if violation.floats else ""
    if violation.silent:
        return Check("law", law.name, False, f"cannot be judged: {violation.text}", cases, violation.text, figures)
    detail = f"{kind}violates {law.statement}{exactly}: {violation.text}"
    if law.why and not conflict and not violation.broken:
        detail += f" ({law.why})"
    return Check("law", law.name, False, detail, cases, violation.text, figures)
