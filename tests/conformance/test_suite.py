"""A card's checks as named tests of somebody's own suite: what fails, what is skipped, what is known to fail."""

import pytest

from mathcore.conformance import conformance_tests
from mathcore.conformance.check import check
from mathcore.conformance.suite import failure, names_of, require
from mathcore.evidence import Check, Finding, Report, Standing
from mathcore.formulas import load
from mathcore.numeric import softmax
from tests.conformance import trial, wrong

NAIVE = conformance_tests(trial.SOFTMAX, wrong.naive, effort="quick")


def marks(test):
    """The names of the tests, each with its marks."""
    (mark,) = test.pytestmark
    assert mark.args[0] == "name"
    return {one.values[0]: [m.name for m in one.marks] for one in mark.args[1]}


def test_each_check_is_a_test_of_its_own_with_a_name():
    named = marks(NAIVE)
    assert list(named) == list(names_of(trial.SOFTMAX))
    assert {"accuracy: float64", "contract: takes whole numbers", "law: sums to one"} < set(named)
    assert "example: softmax([1000, 0]) = [1.000, 0.000] on floats" in named
    assert not any(named.values())


@pytest.mark.parametrize("name", ["accuracy: float64", "law: sums to one"])
def test_a_check_that_fails_fails_its_test_with_the_finding(name):
    with pytest.raises(pytest.fail.Exception, match=r"naive\(\[1000\.0\]\) gives \[nan\]; exact 1"):
        NAIVE(name)


def test_a_check_that_holds_passes_its_test():
    assert NAIVE("contract: takes whole numbers") is None


def test_what_is_not_asked_and_what_is_not_supported_are_skipped_with_a_reason():
    with pytest.raises(pytest.skip.Exception, match="not asked of this function"):
        NAIVE("contract: labels that name no class")
    of_lists = conformance_tests(trial.SOFTMAX, wrong.of_lists, effort="quick")
    with pytest.raises(pytest.skip.Exception, match="not asked"):
        of_lists("accuracy: float32")
    report = Report("f", "softmax", (Check("contract", "takes a batch", True, "no batch", standing=Standing.UNSUPPORTED),))
    with pytest.raises(pytest.skip.Exception, match=r"^no batch"):
        require(report, "contract: takes a batch")


def test_a_convention_passes():
    require(Report("f", "softmax", (Check("contract", "a", True, "so", standing=Standing.CONVENTION),)), "contract: a")


@pytest.mark.parametrize("name", ["law: sums to one", "sums to one"])
def test_known_failures_are_data(name):
    test = conformance_tests(trial.SOFTMAX, wrong.naive, xfail={name: "overflows"})
    named = marks(test)
    assert [n for n, found in named.items() if found] == ["law: sums to one"]
    (one,) = [p for p in test.pytestmark[0].args[1] if p.marks]
    assert one.marks[0].kwargs == {"reason": "overflows", "strict": True}


def test_a_known_failure_that_is_no_check_is_refused():
    with pytest.raises(ValueError, match=r"xfail names 'sums to two'; the checks of softmax are accuracy: float64, "):
        conformance_tests(trial.SOFTMAX, wrong.naive, xfail={"sums to two": "never"})


def test_the_accuracy_of_the_card_is_asked_for():
    beyond = Report("f", "softmax", (Check("accuracy", "float64", True, "so many", 3, figures={"beyond": 2}),))
    require(beyond, "accuracy: float64")
    with pytest.raises(pytest.fail.Exception, match="beyond this card's accuracy: so many"):
        require(beyond, "accuracy: float64", to_the_card=True)
    test = conformance_tests(trial.SOFTMAX, wrong.warns, accuracy="card", effort="quick")
    with pytest.raises(pytest.fail.Exception, match="beyond this card's accuracy"):
        test("accuracy: float64")


def test_the_judgement_is_made_once():
    calls = []

    def counted(z):
        calls.append(z)
        return softmax(z)

    test = conformance_tests(trial.SOFTMAX, counted, effort="quick")
    assert calls == []
    test("accuracy: float64")
    count = len(calls)
    assert count > 0
    test("law: sums to one")
    assert len(calls) == count


def test_a_failure_is_told_with_its_cause():
    report = Report(
        "f", "s", findings=(Finding("float64", "accuracy", "f(1) gives 2", slip="twice", words="halve it", also=("a",)),)
    )
    for name in ("float64", "a"):
        told = failure(report, Check("law", name, False, "detail"))
        assert told == "detail\nf(1) gives 2\nlooks like: twice: halve it\nfails for it too: a"
    assert failure(report, Check("law", "b", False, "detail")) == "detail"


@pytest.mark.parametrize(
    ("card", "function"),
    [
        ("softmax", wrong.naive),
        ("softmax", wrong.scalar),
        ("softmax", wrong.raises),
        ("softmax", wrong.writes_to_its_input),
        ("accuracy", lambda t, y, axis=-1: 0.5),
        ("one_hot", lambda t, n: None),
    ],
)
def test_no_check_that_can_fail_is_without_a_test(card, function):
    report = check(function, card, effort="quick")
    assert report.failures
    assert {f"{c.kind}: {c.name}" for c in report.failures} <= set(names_of(load(card)))
