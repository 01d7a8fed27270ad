"""Accuracy: right functions pass in every format, wrong ones are shown at a small input that a person can replay."""

from dataclasses import replace

import numpy as np
import pytest

from mathcore.card import Accuracy
from mathcore.conformance.accuracy import (
    QUICK_LENGTH,
    SEED,
    accuracy_check,
    cases,
    examined,
    first_failure,
    length_cases,
    shrink,
)
from mathcore.conformance.check import accuracy_checks
from mathcore.conformance.exact import reference
from mathcore.conformance.subject import Standard, subject
from mathcore.conformance.ulp import FIRST
from mathcore.formulas import load
from tests.conformance import trial, wrong
from tests.sampling import sampled


@sampled("card", trial.ALL, ids=lambda c: c.name, keep=5)
def test_the_right_function_of_every_kind_of_card_passes(card):
    for check in accuracy_checks(card):
        assert check.passed, (check.name, check.detail)
        assert check.cases > 0


def test_every_output_of_every_family_is_judged():
    check = accuracy_checks(trial.SOFTMAX)[0]
    families = check.figures["families"]
    assert {"simple", "plain", "masked", "confident", "near-equal", "subnormal", "huge", "one class", "long"} <= set(families)
    judged = cases(trial.SOFTMAX, "float64") + length_cases(trial.SOFTMAX, "float64")
    assert check.figures["outputs"] == sum(len(c.exact) for c in judged)
    assert {len(c.exact) for c in judged} >= {*range(1, 65), 256, 257, 1000, 1025}
    assert 0 < check.figures["max"] < 6
    assert "softmax(" in check.figures["where"]


@pytest.mark.parametrize("dtype", ["float64", "float32", "float16"])
def test_overflow_is_shown_at_a_small_input(dtype):
    check = accuracy_check(subject(trial.SOFTMAX, wrong.naive), dtype)
    assert not check.passed
    assert check.counterexample.startswith("naive([1")
    assert "gives [nan]; exact 1; off by nan" in check.counterexample


def test_a_bar_that_is_too_tight_fails():
    tight = replace(trial.SOFTMAX, accuracy=Accuracy(float64=0.4, float32=0.4, float16=0.4))
    assert [c.passed for c in accuracy_checks(tight)[:3]] == [False, False, False]


def test_a_bound_that_is_too_tight_fails_and_one_that_is_infinite_decides_nothing():
    tight = replace(trial.LOGSUMEXP, accuracy=Accuracy(bound="u max(k: abs(z[k])) / 1000"))
    assert not accuracy_check(subject(tight), "float64").passed
    endless = replace(trial.LOGSUMEXP, accuracy=Accuracy(bound="1 / (0 u)"))
    assert "undecided" in accuracy_check(subject(endless), "float64").counterexample


def test_masked_entries_do_not_loosen_an_absolute_bar():
    masked = replace(trial.LOGSUMEXP, accuracy=replace(trial.LOGSUMEXP.accuracy, masks=True))
    n, vector = list(cases(masked, "float64")[0].values)
    z = {n: 2, vector: np.array([-np.inf, 3.0])}
    side = reference(masked)
    assert float(side.bars_around(side.bound, z, [e.at(FIRST) for e in side.outputs(z)], "float64")[0]) < 1e-14
    assert all(c.passed for c in accuracy_checks(masked))


def test_a_card_without_a_bar_is_not_accurate():
    (check,) = accuracy_checks(replace(trial.SOFTMAX, accuracy=Accuracy()))
    assert not check.passed
    assert "no bar" in check.detail


def test_what_raises_is_a_finding():
    check = accuracy_checks(trial.SOFTMAX, wrong.raises)[0]
    assert check.counterexample == "raises([0.0]) raises ZeroDivisionError: on purpose"


def test_a_wrong_shape_is_a_finding():
    assert "returns shape (), expected (1,)" in accuracy_checks(trial.SOFTMAX, wrong.scalar)[0].counterexample


def test_a_failure_in_a_long_input_is_shrunk():
    from mathcore.numeric import softmax

    tested = subject(trial.SOFTMAX, lambda z: softmax(z) * (1 + 1e-3 * (len(z) > 2 and abs(z[0]) > 1e-3)))
    long = next(c for c in cases(tested.card, "float64") if c.family == "long")
    failure = first_failure(tested, long, 6).failure
    assert failure is not None
    assert len(shrink(tested, failure, 6).output) == 3


def test_the_same_seed_gives_the_same_inputs_and_another_gives_others():
    first = [c.values for c in cases.__wrapped__(trial.SOFTMAX, "float64", "normal", 1) if c.family == "plain"]
    again = [c.values for c in cases.__wrapped__(trial.SOFTMAX, "float64", "normal", 1) if c.family == "plain"]
    other = [c.values for c in cases.__wrapped__(trial.SOFTMAX, "float64", "normal", 2) if c.family == "plain"]
    shown = [[repr(list(v.values())) for v in group] for group in (first, again, other)]
    assert shown[0] == shown[1] != shown[2]


def test_exact_values_are_computed_once_for_all_functions():
    case = cases(trial.SOFTMAX, "float64")[5]
    assert case.exact is cases(trial.SOFTMAX, "float64")[5].exact


def test_kl_is_judged_by_what_floats_compute():
    p, q = trial.KL.definition.parameters
    size = p.type.shape[0]
    near = {size: 2, p: np.array([0.1, 0.9]), q: np.array([0.1 + 2e-17, 0.9])}
    near[q] = np.array([np.nextafter(0.1, 1), 0.9])
    assert reference(trial.KL).outputs(near)[0].at(512) > 0
    textbook = replace(trial.KL, on_bits="")
    assert reference(textbook).outputs(near)[0].at(512) < 0


def test_a_quick_look_evaluates_no_exact_value_that_it_does_not_compare():
    tested = subject(trial.SOFTMAX)
    length_cases.cache_clear()
    examined(tested, "float64", "quick")
    evaluated = [c.values for c in length_cases(trial.SOFTMAX, "float64", SEED) if "exact" in vars(c)]
    assert len(evaluated) == 64
    assert max(len(next(v for s, v in values.items() if s.name == "z")) for values in evaluated) == QUICK_LENGTH


def test_a_mask_that_is_a_number_is_shown_beside_a_smaller_score_and_not_alone():
    def of_a_billion(z, axis=-1):
        z = np.where(np.isneginf(z), -1e9, z)
        e = np.exp(z - z.max(axis=axis, keepdims=True))
        return e / e.sum(axis=axis, keepdims=True)

    card = load("softmax")
    check = accuracy_check(replace(subject(card, of_a_billion), held_to=Standard.ORDINARY), "float64")
    assert not check.passed
    assert "exact undefined" not in check.counterexample
    assert accuracy_check(subject(card), "float64").passed
