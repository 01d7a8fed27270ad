"""Wrong softmaxes that suites of laws let through are all refuted, and each is told what is wrong with it."""

from dataclasses import replace

import pytest

from mathcore.conformance.mistakes import mistake_check
from tests.conformance import trial
from tests.sampling import sampled

PLACE = "mathcore.mistakes.softmax."
BARE = replace(trial.SOFTMAX, invariants=trial.SOFTMAX.invariants[:4], examples=())  # without the law that pins it


@sampled(
    ("name", "by"),
    [
        ("without_shift", "breaks the law `sums to one`"),
        ("base_two", "accuracy float64: "),
        ("over_everything", "contract: a row depends on that row alone"),
        ("over_the_wrong_axis", "contract: a row depends on that row alone"),
        ("of_ranks", "breaks the law `keeps the order`"),
        ("slightly_warm", "accuracy float64: "),
        ("guarded_denominator", "breaks the law `sums to one`"),
        ("in_single_precision", "breaks the law `sums to one`"),
        ("of_sigmoids", "breaks the law `shift`"),
        ("sigmoid", "breaks the law `sums to one`"),
    ],
    keep=4,
)
def test_each_wrong_softmax_is_refuted_and_told_why(name, by):
    check = mistake_check(BARE, PLACE + name)
    assert check.passed
    assert check.detail.startswith(by)
    assert check.counterexample.startswith(name + "(")


def test_only_exact_values_refute_what_obeys_every_law():
    check = mistake_check(BARE, PLACE + "slightly_warm")
    assert check.figures["laws"] == []
    assert check.figures["formats"] == ["float64", "float32", "float16"]


@pytest.mark.slow
def test_the_right_function_as_a_mistake_is_not_refuted():
    check = mistake_check(trial.SOFTMAX, "mathcore.numeric.softmax")
    assert not check.passed
    assert check.detail.startswith("nothing refutes it")


def test_labels_that_wrap_are_refuted_by_what_must_be_refused():
    check = mistake_check(trial.ONE_HOT, "mathcore.mistakes.one_hot.wraps_negative_labels")
    assert check.passed
    assert check.detail == "contract: refuses labels that name no class"
    assert "(-1, " in check.counterexample


def test_a_mistake_inherits_the_options_of_the_function():
    check = mistake_check(trial.SPARSE, "mathcore.numeric.sparse_categorical_crossentropy")
    assert not check.passed  # with from_logits=True it is the right function


def test_a_mistake_that_does_not_exist_is_an_error():
    with pytest.raises(ValueError, match="cannot be imported"):
        mistake_check(trial.SOFTMAX, PLACE + "no_such_mistake")
