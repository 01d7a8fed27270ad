"""A card's checks as named tests in anybody's own suite.

    from mathcore.conformance import conformance_tests

    test_softmax = conformance_tests("softmax", my_softmax)

Each check is a test of its own, `test_softmax[law: sums to one]`; the judgement is made once, by the first that runs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from mathcore.card import Card
from mathcore.conformance.accuracy import SEED, bar_of
from mathcore.conformance.contract import NAMES
from mathcore.evidence import Check, Report, Standing
from mathcore.strategies.floats import FORMATS


def names_of(card: Card) -> tuple[str, ...]:
    """The names of all checks that a report on this card may hold, as `kind: name`."""
    found = [f"accuracy: {f}" for f in FORMATS if bar_of(card, f) is not None]
    found += [f"contract: {name}" for name in NAMES]
    found += [f"law: {law.name}" for law in card.invariants]
    found += [f"example: {example.statement} on floats" for example in card.examples]
    return tuple(dict.fromkeys(found))


def conformance_tests(
    card: str | Card,
    function: Callable[..., Any],
    *,
    accuracy: str = "ordinary",
    effort: str = "normal",
    call: str = "",
    backend: str = "numpy",
    seed: int = SEED,
    xfail: Mapping[str, str] | None = None,
) -> Callable[[str], None]:
    """A test function, parametrised by the names of the card's checks; to be bound to a name that begins with test_.

    Parameters
    ----------
    card, function, accuracy, effort, call, backend, seed
        As of `mathcore.check`.
    xfail : mapping, optional
        Known failures as data: the name of a check, with or without its kind -> the reason.

    Raises
    ------
    ValueError
        If `xfail` names a check that the card does not have.
    """
    import pytest

    from mathcore.conformance.check import check
    from mathcore.formulas import load

    chosen = load(card) if isinstance(card, str) else card
    names, known = names_of(chosen), dict(xfail or {})

    @cache
    def report() -> Report:
        return check(function, chosen, accuracy=accuracy, effort=effort, call=call, backend=backend, seed=seed)

    def expected(name: str) -> str:
        return known.get(name, known.get(name.partition(": ")[2], ""))

    if strange := [name for name in known if not any(name in (n, n.partition(": ")[2]) for n in names)]:
        raise ValueError(f"conformance_tests: xfail names {strange[0]!r}; the checks of {chosen.name} are {', '.join(names)}")

    parameters = [
        pytest.param(name, marks=pytest.mark.xfail(reason=expected(name), strict=True) if expected(name) else ())
        for name in names
    ]

    @pytest.mark.parametrize("name", parameters)
    def test(name: str) -> None:
        require(report(), name, accuracy == "card")

    return test


def require(report: Report, name: str, to_the_card: bool = False) -> None:
    """Fail with the finding if the check of that name (`kind: name`) failed; skip if it was not asked or not supported."""
    import pytest

    kind, _, plain = name.partition(": ")
    found = next((c for c in report.checks if (c.kind, c.name) == (kind, plain)), None)
    if found is None:
        pytest.skip("not asked of this function")
    if not found.passed:
        pytest.fail(failure(report, found), pytrace=False)
    if found.standing is Standing.UNSUPPORTED:
        pytest.skip(found.detail)
    if to_the_card and (found.figures.get("beyond") or found.figures.get("not judged")):
        pytest.fail(f"beyond this card's accuracy: {found.detail}", pytrace=False)


def failure(report: Report, check: Check) -> str:
    """What a person should read of a failed check: its cause, if that is known."""
    cause = next((f for f in report.findings if check.name == f.check or check.name in f.also), None)
    return "\n".join([check.detail, *(cause.lines if cause else ())])
