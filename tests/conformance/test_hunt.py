"""A bar that is claimed too low by a tenth is found by climbing, where random inputs are not enough."""

from dataclasses import replace

import numpy as np
import pytest

from mathcore.conformance.accuracy import accuracy_check, examined
from mathcore.conformance.hunt import moved
from mathcore.conformance.subject import subject
from mathcore.formulas import load
from mathcore.numeric import core


@pytest.mark.slow
@pytest.mark.skipif(core() is None, reason="about errors of the compiled core")
def test_a_bar_that_random_inputs_do_not_refute_is_refuted_by_climbing():
    card = load("softmax")
    claimed = replace(card, accuracy=replace(card.accuracy, float64=0.53))
    assert accuracy_check(subject(claimed), "float64").passed
    found = examined(subject(claimed), "float64", "thorough")
    assert not found.check.passed
    assert found.failure is not None
    assert found.failure.error < 0.6  # by a little, not by a fault


@pytest.mark.slow
@pytest.mark.parametrize("name", ["entropy", "kl_divergence", "sigmoid"])
def test_climbing_stays_within_the_bars_of_the_cards(name):
    check = accuracy_check(subject(load(name)), "float64", "thorough")
    assert check.passed, check.detail
    assert check.figures["families"]["hunted"] == 1


def test_a_step_stays_in_the_domain():
    card = load("kl_divergence")
    n, p, q = (card.context.symbols[letter] for letter in "npq")
    rng = np.random.default_rng(3)
    values = {n: 3, p: np.array([0.5, 0.25, 0.25]), q: np.array([0.2, 0.3, 0.5])}
    seen = [other for _ in range(200) if (other := moved(values, rng)) is not None]
    assert len(seen) > 100
    for other in seen:
        for pmf in (other[p], other[q]):
            assert (pmf >= 0).all()
            assert abs(pmf.sum() - 1) < 1e-15
