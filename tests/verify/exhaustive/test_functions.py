"""Which functions are judged at every float: all cards of one number, with their limits and the signs of their zeros."""

import numpy as np
import pytest

from mathcore.proof import numbered_limits
from mathcore.verify.exhaustive.functions import Elementwise, NotElementwise, elementwise, functions

INF = np.inf

# as a person works them out: limits, the sign of a zero
BY_HAND = {
    "binary_entropy": ({}, "+"),
    "gelu": ({-INF: 0.0, INF: INF}, "x"),
    "leaky_relu": ({-INF: -INF, INF: INF}, "x"),
    "log_sigmoid": ({-INF: -INF, INF: 0.0}, "-"),
    "logit": ({0.0: -INF, 1.0: INF}, "+"),
    "relu": ({-INF: 0.0, INF: INF}, "+"),
    "sigmoid": ({-INF: 0.0, INF: 1.0}, "+"),
    "silu": ({-INF: 0.0, INF: INF}, "x"),
    "softplus": ({-INF: 0.0, INF: INF}, "+"),
    "tanh": ({-INF: -1.0, INF: 1.0}, "x"),
}


@pytest.mark.parametrize("name", BY_HAND)
def test_limits_and_signs_of_zeros_follow_from_the_definition(name):
    entry = elementwise(name)
    assert (entry.limits, entry.zero) == BY_HAND[name]


@pytest.mark.parametrize("entry", functions(), ids=lambda e: e.name)
def test_both_infinities_have_a_limit_unless_the_domain_ends_before(entry):
    assert entry.unit or {-INF, INF} == set(entry.limits)


def test_only_functions_of_one_float_with_a_bar_in_both_formats_are_tried():
    found = {entry.name for entry in functions()}
    assert found >= set(BY_HAND) and not found & {"softmax", "huber", "one_hot", "bayes"}
    assert "mish" in found


def test_a_limit_that_the_engine_does_not_know_is_said_and_not_guessed(monkeypatch):
    monkeypatch.setattr(numbered_limits, "limit_of", lambda *_: "")
    with pytest.raises(NotImplementedError, match=r"lim\(x -> -inf: sigmoid\(x\)\) is not known"):
        _ = Elementwise("sigmoid").limits


def test_every_float_is_an_argument_of_a_function_that_checks_its_argument():
    assert np.isnan(elementwise("logit").function()(np.array([2.0]))).all()


def test_a_name_that_is_no_function_of_one_number_is_answered_with_those_that_are():
    with pytest.raises(NotElementwise, match=r"'sigmod' is no function of one number.* Did you mean sigmoid.*softplus, tanh"):
        elementwise("sigmod")
    with pytest.raises(NotElementwise, match="softmax"):
        elementwise("softmax")
