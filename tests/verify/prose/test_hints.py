"""The known slips are named; a hint never changes a verdict."""

import re

import pytest

from mathcore.verify.prose import Word, judge
from mathcore.verify.prose.hints import RELATED
from mathcore.verify.prose.judge import known_names

SLIPS = {
    "entropy([1/2, 1/2]) = 0.903": "3 log10(2)",
    "entropy([5/6, 1/6]) = 0.65": "in bits",
    "entropy([1/2, 1/2]) = 0.301": "in hartleys",
    "entropy([1/2, 1/2]) = 0.693 bits": "in nats",
    "crossentropy([0, 0, 1], [0.3, 0.6, 0.1]) = 1": "base 10",
    "log(10) = 1": "base 10",
    "log2(10) = 2.303": "natural logarithm",
    "mean_squared_error([0, 0], [3, 4]) = 25": "the division by 2 was left out",
    "mean_squared_error([0, 0], [3, 4]) = 3.5": "mean of the absolute errors",
    "mean_squared_error([0, 0], [3, 4]) = 3.54": "root of the mean squared error",
    "mean_absolute_error([10, 20, 30], [12, 18, 33]) = 5.67": "mean of the squared errors",
    "variance([1, 2, 3]) = 1": "n - 1 = 2 instead of n = 3",
    "(1 + 2 + 4) / 3 = 3.5": "n - 1 = 2 instead of n = 3",
    "kl_divergence([0.5, 0.5], [0.9, 0.1]) = 0.368": "arguments were exchanged",
    "crossentropy([0.7, 0.3], [0.6, 0.4]) = 0.0216": "Kullback-Leibler",
    "softmax([0.4, 0.6, 0.2]) = [0.333, 0.500, 0.167]": "exp was left out",
    "softmax([1, 2, 3]) = [0.665, 0.245, 0.090]": "reversed",
    "softmax([1, 2]) = [0.386, 0.614]": "softmax was taken twice",
    "sigmoid(2) = 0.119": "sign in the exponent",
    "sigmoid(2) = 0.105": "derivative",
    "0.5 / 2 = 25": "percentage",
    "kl_divergence([0.7, 0.3], [0.6, 0.4]) = -0.0216": "sign is wrong",
    "sqrt(17/3) = 5.667": "root was not taken",
    "sqrt(17/3) = 1.374": "numerator alone",
    "2 + 3 * 4 = 20": "left to right",
    "(2 + 4) / 4 = 3": "brackets were not there",
    "2^3 = 6": "multiplied instead",
    "-2^2 = 4": "negative number",
    "0.4 - 0.5 * 0.7 = 0.75": "sign was changed",
    "sqrt(2) = 1.414213": "cut off",
    "1.091 / 3 = 0.634": "two digits were exchanged",
    "2^-23 = 1.19e-6": "decimal point",
    "exp(-1000) = 0": "floating point",
    "softmax([1000, 0]) = [1, 0]": "floating point",
    "softmax([1, 2, 3]) = [0.09003057, 0.24472848, 0.66524094]": "single precision",
    "softmax([1, 2, 3]) = [0.090, 0.245, 0.655]": "only entry 3 of 3",
    "softmax([1, 2, 3]) = [0.20, 0.40, 0.50]": "these sum to 1.1",
    "exp(710) = inf": "finite",
    "12 / 5 = 60": "multiplied instead of divided",
    "perplexity([0.5, 0.5]) = 1": "entropy in bits",
}


@pytest.mark.parametrize("claim", SLIPS)
def test_a_known_slip_is_named(claim: str) -> None:
    (found,) = judge(f"`{claim}`").outcomes
    assert found.word is Word.REFUTED and SLIPS[claim] in found.hint


@pytest.mark.parametrize(
    "claim",
    ["sigmoid(3) = 0.962", "12 * 12 = 150", "softmax([1, 2]) = [0.2, 0.8]", "softmax([1, 2]) = [0, 1]", "log(2) = log(3)"],
)
def test_where_no_slip_explains_it_nothing_is_said(claim: str) -> None:
    (found,) = judge(f"`{claim}`").outcomes
    assert found.word is Word.REFUTED and found.hint == ""


def test_what_is_taken_for_what_names_functions_that_there_are() -> None:
    for head, slips in RELATED.items():
        called = {name for formula, _ in slips for name in re.findall(r"([a-z_]+)\(", formula)}
        assert {head, *called} <= known_names()
