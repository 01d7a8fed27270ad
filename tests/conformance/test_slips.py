"""Shared slips: each that changes the results of a card's own function is named, and none where the results are right."""

import numpy as np
import pytest

from mathcore.conformance.check import prepared
from mathcore.conformance.diagnosis import named
from mathcore.conformance.slips import attempt
from mathcore.formulas import load
from mathcore.numeric import softmax
from tests.conformance.implementations import entries
from tests.conformance.slipped import looked_at, same, slipped, slips_of, verdict
from tests.sampling import sampled

CARDS = ("sigmoid", "softmax", "entropy", "mean_squared_error", "sparse_categorical_crossentropy", "gradient_descent")
EVERY = [(card, slip.name) for card in CARDS for slip in slips_of(load(card))]
FEW = EVERY[::29]  # the rest is asked of in the long run


def of(card, name):
    return next(slip for slip in slips_of(load(card)) if slip.name == name)


def told(card, name):
    said, found = verdict(load(card), of(card, name))
    assert said in ("named", "same", "right"), f"{card}: {name} is named {found or 'not at all'}"


@sampled(("card", "name"), FEW, keep=8)
def test_a_slip_is_named_where_it_changes_the_results(card, name):
    told(card, name)


SUBTLE = {  # another card's mistake or slip gives what it gives wherever it fails
    ("gradient_descent", "eta is squared"),
    ("sparse_categorical_crossentropy", "labels are counted from 1"),
}


REFUSED = {("gradient_descent", "eta is turned in sign")}  # our own step takes no negative rate: there are no results to name


@pytest.mark.slow
@pytest.mark.parametrize(("card", "name"), [pair for pair in EVERY if pair not in FEW and pair not in SUBTLE | REFUSED])
def test_every_slip_is_named_where_it_changes_the_results(card, name):
    told(card, name)


@pytest.mark.parametrize(("card", "name"), sorted(REFUSED))
def test_what_our_own_function_refuses_gives_nothing(card, name):
    check = looked_at(slipped(load(card), of(card, name))).check
    assert not check.passed and check.counterexample.endswith("gives nothing")


def test_names_of_slips_are_not_used_twice():
    for card in CARDS:
        names = [slip.name for slip in slips_of(load(card))]
        assert len(names) == len(set(names))
        assert all(slip.remedy for slip in slips_of(load(card)))


def test_a_slip_that_gives_right_results_is_found_right():
    """A clip to 0..1 changes no probability: there is no fault, so nothing is named."""
    slip = of("sigmoid", "the result is clipped to 0..1")
    assert looked_at(slipped(load("sigmoid"), slip)).check.passed
    assert verdict(load("sigmoid"), slip) == ("right", "")


def test_a_slip_that_equals_the_right_result_is_never_named():
    """The digits that are right say nothing: what is named must account for the error."""
    card = load("sigmoid")
    for name in ("the result is clipped to 0..1", "negative results are cut off at 0"):
        gives = of("sigmoid", name).gives
        worse = next(slip for slip in slips_of(card) if slip.name == "twice the result")
        assert not same(card, gives, worse.gives)
        assert named(slipped(card, worse), looked_at(slipped(card, worse)))[0] != name


def test_a_fault_that_is_no_slip_has_no_name():
    card = load("softmax")
    base = of("softmax", "twice the result")

    def odd(values):
        return base.gives(values) * 0.5123

    tested = slipped(card, type(base)("odd", "", odd))
    found = looked_at(tested)
    assert not found.check.passed
    assert named(tested, found) == ("", "")


PLAIN = [  # slips that are said by their own name, where another one might come near
    ("log_sigmoid", "1e-10 is added inside the last logarithm"),
    ("log_softmax", "1e-12 is added inside the last logarithm"),
    ("binary_crossentropy", "1e-7 is added to a probability inside minus the logarithm"),
    ("sparse_categorical_crossentropy", "1e-12 is added to a probability inside minus the logarithm"),
    ("sparse_categorical_crossentropy", "a mean over n inside the logarithm"),
    ("log_softmax", "a mean over n below the fraction inside the logarithm"),
    ("binary_crossentropy", "z has its probability clipped at 1e-3"),
    ("log_sigmoid", "x has its probability clipped at 1e-7"),
    ("gradient_descent", "g counts by its sign alone"),
    ("categorical_crossentropy", "t counts by its largest entry alone"),
    ("categorical_crossentropy_gradient", "t counts by its largest entry alone"),
]


@sampled(("card", "name"), PLAIN, keep=4)
def test_no_other_slip_takes_its_place(card, name):
    assert verdict(load(card), of(card, name)) == ("named", name)


def catalogued(name):
    (entry,) = (e for _, e in entries() if e.name == name)
    tested = prepared(entry.function, load(entry.card))
    return named(tested, looked_at(tested))[0]


@pytest.mark.parametrize(
    ("function", "name"),
    [
        ("in_half_precision", "it computes in float16 inside"),
        ("last_is_the_rest", "the last entry is 1 minus the others"),  # whose digits depend on the order of the sum
        ("bernoulli_clipped_at_1e_12", "p is clipped at 1e-12"),  # 1 - p is rounded: no closer than 2^-53
    ],
)
def test_a_fault_is_named_though_its_digits_depend_on_how_it_is_written(function, name):
    assert catalogued(function) == name


def off_by_a_little(z):
    e = np.exp(z - z.max())
    return e / e.sum() * 1.0037


def last_is_the_rest_of_wrong_ones(z):
    s = softmax(z * 1.0123)
    return np.append(s[:-1], 1 - s[:-1].sum())


@pytest.mark.parametrize("function", [off_by_a_little, last_is_the_rest_of_wrong_ones])
def test_what_is_no_number_of_float16_and_not_right_but_for_its_last_entry_has_no_such_name(function):
    tested = prepared(function, load("softmax"))
    found = looked_at(tested)
    assert not found.check.passed
    assert named(tested, found)[0] not in ("it computes in float16 inside", "the last entry is 1 minus the others")


def test_a_slip_that_raises_gives_nothing():
    def raises(values):
        raise ValueError

    assert attempt(raises, {}) is None
    assert attempt(lambda values: [1, 2], {}).tolist() == [1.0, 2.0]
    assert np.isnan(attempt(lambda values: np.float64(0) / 0, {}))
