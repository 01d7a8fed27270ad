"""Format, shape, input, repetition, batches, refusals: each promise, and a function that breaks it."""

import numpy as np
import pytest

from mathcore.conformance.batches import batch_check
from mathcore.conformance.contract import contract_checks, refused_labels
from mathcore.conformance.outcomes import same_bits
from mathcore.conformance.subject import subject
from mathcore.evidence import Standing
from mathcore.formulas import load
from mathcore.numeric import kl_divergence
from tests.conformance import trial, wrong


@pytest.mark.parametrize("card", trial.ALL, ids=lambda c: c.name)
def test_the_functions_of_every_kind_keep_the_contract(card):
    for check in contract_checks(card):
        assert check.passed, (check.name, check.detail)


@pytest.mark.parametrize(
    ("function", "what"),
    [
        (wrong.widens, "in float32 gives float64"),
        (wrong.writes_to_its_input, "changes its argument"),
        (wrong.Unsteady(), "called again"),
        (wrong.raises, "does not answer"),
    ],
)
def test_a_broken_promise_is_named(function, what):
    check = contract_checks(trial.SOFTMAX, function, own=True)[0]
    assert not check.passed
    assert what in check.detail


def test_a_row_that_depends_on_its_neighbours_is_found():
    check = batch_check(subject(trial.SOFTMAX, wrong.depends_on_the_batch), own=True)
    assert check is not None
    assert not check.passed
    assert "in a batch" in check.detail


def test_both_axes_are_tried():
    def last_axis_only(z, *, axis=-1):
        from mathcore.numeric import softmax

        return softmax(z, axis=-1)

    check = batch_check(subject(trial.SOFTMAX, last_axis_only), own=True)
    assert check is not None
    assert "axis=0" in check.detail


def test_a_function_without_an_axis_may_take_a_batch_as_one_long_input():
    by_name = {c.name: c for c in contract_checks(trial.SOFTMAX, wrong.warns)}
    assert by_name["takes a batch"].standing is Standing.CONVENTION
    assert "as one long input" in by_name["takes a batch"].detail


def test_a_function_without_a_value_a_row_must_give_the_mean_of_its_rows():
    card = load("accuracy")
    check = batch_check(subject(card), own=True)
    assert check is not None
    assert check.passed
    assert check.name == "a batch gives the mean of its rows"

    def of_the_first(labels, prediction, *, axis=-1):
        prediction = np.moveaxis(np.asarray(prediction), axis, -1).reshape(-1, np.shape(prediction)[axis])
        return float(prediction[0].argmax() == np.ravel(labels)[0])

    check = batch_check(subject(card, of_the_first), own=True)
    assert check is not None
    assert not check.passed
    assert "the mean of its rows is" in check.detail


def test_a_mean_over_the_batch_is_refused_where_values_a_row_are_due():
    def of_the_batch(p, q, *, axis=-1):
        return kl_divergence(p, q, axis=axis, validate=False).mean()

    check = batch_check(subject(load("kl_divergence"), of_the_batch), own=True)
    assert check is not None
    assert "gives shape (), expected" in check.detail


def test_labels_are_refused_or_the_check_fails():
    assert refused_labels(subject(trial.SOFTMAX)) is None
    check = refused_labels(subject(trial.ONE_HOT, lambda t, n: np.eye(n)[t % n]))
    assert check is not None
    assert not check.passed


def test_bits_tell_zeros_apart_and_nans_not():
    assert not same_bits(np.array([0.0]), np.array([-0.0]))
    assert same_bits(np.array([np.nan]), np.array([-np.nan]))
    assert not same_bits(np.array([1.0]), np.array([1.0], dtype=np.float32))
