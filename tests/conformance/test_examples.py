"""Worked values: decimals claim their rounding interval, and a digit too many is found out."""

from dataclasses import replace
from fractions import Fraction

import pytest

from mathcore.card import Example
from mathcore.conformance.examples import exactly, example_checks, rounding_interval
from mathcore.language.parser import Context
from tests.conformance import trial, wrong


def outcome(statement, card=trial.SOFTMAX, function=None, given=""):
    return [c.passed for c in example_checks(replace(card, examples=(Example(statement, given=given),)), function)]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("0.3289", Fraction(32885, 100000), Fraction(32895, 100000)),
        ("0.50", Fraction(495, 1000), Fraction(505, 1000)),
        ("2", Fraction(2), Fraction(2)),
        ("8.5e-18", Fraction(845, 10**20), Fraction(855, 10**20)),
    ],
)
def test_decimals_claim_half_a_unit_of_their_last_digit(text, low, high):
    assert rounding_interval(text) == (low, high)


@pytest.mark.parametrize("card", trial.ALL, ids=lambda c: c.name)
def test_the_examples_of_the_right_function_hold(card):
    checks = example_checks(card)
    assert len(checks) == 2 * len(card.examples)
    for check in checks:
        assert check.passed, (check.name, check.detail)


@pytest.mark.parametrize(
    "statement",
    [
        "softmax([0.4, 0.6, 0.2]) = [0.32893293, 0.40175958, 0.2693075]",
        "softmax([0, 0]) = [0.5, 0.49]",
        "softmax([0, 1])[2] = 0.7311 / 2",
        "sum(i: softmax([1, 2, 3])[i]) = 1.1",
        "softmax([0, 0]) = [0.5, 0.5, 0.0]",
    ],
)
def test_a_wrong_digit_or_length_is_refuted_twice(statement):
    assert outcome(statement, given="i: index[3]") == [False, False]


@pytest.mark.parametrize(
    "statement",
    [
        "softmax([1, 1, 1, 1]) = [1/4, 0.25, 0.250, 1/4]",
        "sum(i: softmax([1, 2, 3])[i]) = 1",
        "softmax([0, 1])[2] = 1 / (1 + exp(-1))",
    ],
)
def test_exact_claims_about_irrational_formulas_hold(statement):
    assert outcome(statement, given="i: index[3]") == [True, True]


@pytest.mark.parametrize(
    ("statement", "held"),
    [
        ("exp(200) + 1 = exp(200)", False),
        ("10^100 exp(1) = 10^100 exp(1) + 1", False),
        ("log2(2^300 + 1) = 300", False),
        ("sqrt(10^100 + 1) = 10^50", False),
        ("exp(1 / 10^90) = 1", False),
        ("exp(1 / 10^90) != 1", True),
        ("log(1 + 1 / 10^90) = 0", False),
        ("sqrt(3 + 2 sqrt(2)) = 1 + sqrt(2)", True),
        ("max(sqrt(2), 1) = sqrt(2)", True),
        ("sqrt(2) != sqrt(8) / 2", False),
        ("sqrt(10^30 + 1) - sqrt(10^30) = 0", False),
        ("log(exp(10^30) + 1) = 10^30", None),  # nearer than 2048 bits tell
        ("log(exp(10^30) + 1) != 10^30", None),
        ("exp(log(3)) <= 3", True),
        ("[exp(log(2)), log(8)] = [2, 3 log(2)]", True),
        ("[[exp(log(2)), 1], [1, 1]] = [[2, 1], [1, 1]]", True),
        ("log(exp(-inf) + exp(5)) = 5", True),
        ("exp(log(0.15)) = 0.2", True),  # an end of the interval
        ("[1, 2] != [1, 3]", True),
        ("0 / 0 = 0 / 0", None),
        ("1 / 3 = 0.33", True),
        ("0.67 = 2 / 3", True),
        ("-(1 / 3) = -0.33", True),
        ("1 / 3 = 0.34", False),
        ("1 / 3 = 2 / 6", True),
        ("0 / 1 = inf", False),
        ("[1 / 3, 0.5] = [0.33, 1 / 2]", True),
        ("[1 / 3, 2 / 3] = [0.33, 0.66]", False),
        ("0.5 = 0.50", True),
        ("0.33 = 0.333", None),
        ("1 / 3 != 0.33", None),
        ("log(2) != 0.79", True),
    ],
)
def test_what_looks_equal_is_equal_only_if_it_is_proved_and_digits_claim_what_rounds_to_them(statement, held):
    assert exactly(Context(), Context().parse(statement))[0] is held


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("exp(1 / 10^90) = 1", "the value is 1.00000000000, but not exactly: it differs by 1.00e-90"),
        ("log(1 + 1 / 10^90) = 0", "the value is 1.00000000000e-90"),
        ("1 / 3 = 0.34", "the value is 0.333333333333"),
        ("0.5 = 0.6", "the statement does not hold"),
        ("0.33 = 0.333", "whether the digits are exact or rounded decides, and is not said"),
    ],
)
def test_what_does_not_hold_is_told_with_what_decides(statement, told):
    assert exactly(Context(), Context().parse(statement))[1] == told


def test_an_integer_claims_itself_not_its_rounding():
    assert outcome("softmax([1000, 0]) = [1, 0]")[0] is False
    assert outcome("softmax([1000, 0]) = [1.000, 0.000]") == [True, True]


def test_infinite_values_are_claimed_by_name():
    assert outcome("crossentropy([1, 0], [0, 1]) = inf", trial.CROSSENTROPY) == [True, True]
    assert outcome("crossentropy([1, 0], [1/2, 1/2]) = inf", trial.CROSSENTROPY) == [False, False]


def test_the_formula_and_the_function_are_judged_apart():
    assert outcome("softmax([1000, 1000]) = [0.5, 0.5]", function=wrong.naive) == [True, False]


def test_a_failure_says_what_the_value_is():
    card = replace(trial.SOFTMAX, examples=(Example("softmax([0, 0]) = [0.6, 0.4]"),))
    assert example_checks(card)[0].counterexample == "the value is [0.500000000000, 0.500000000000]"


def test_the_value_is_shown_to_more_digits_than_were_claimed():
    card = replace(
        trial.SOFTMAX, examples=(Example("softmax([1, 2])[1] = 0.2689414213699952"), Example("softmax([0, 0])[1] = 1"))
    )
    assert example_checks(card)[0].counterexample == "the value is 0.268941421369995121"


def test_comparisons_are_examples_too():
    assert outcome("kl_divergence([1/2, 1/2], [1/4, 3/4]) < 0.2", trial.KL) == [True, True]
    assert outcome("kl_divergence([1/2, 1/2], [1/4, 3/4]) < 0.1", trial.KL) == [False, False]
