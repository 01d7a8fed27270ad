"""Which exponents are whole numbers by their form."""

import pytest

from mathcore.language import exponents
from mathcore.language.exponents import is_natural, is_whole
from mathcore.language.parser import Context

LETTERS = Context().given("n: size; t, s: natural; i, j, k: index[n]; o: onehot[n]; y: real; p: simplex[n]")


@pytest.mark.parametrize(
    "exponent",
    [
        "t", "t - 1", "-t", "t^2", "(n - 1)^2", "(t - 1)^3", "t^s", "2^t", "2 t / 2", "t (t + 1) / 2", "t / 2 + t / 2",
        "t (t + 1) (t + 2) / 6", "t (s^2 - s) / 2", "(t^5 - t) / 5", "abs(t - s)", "max(t - 2, -1)", "min(t, s)",
        "sum(s = 1..t: s)", "prod(s = 1..t: s)", "max(k: delta(i, k))", "delta(i, j)", "o[k]", "1 - o[k]", "1 / 2 - 1 / 2",
        "t (-t - 1) / 2", "(t - (-t)) / 2",
    ],
)  # fmt: skip
def test_a_whole_number_is_known_by_its_form(exponent):
    assert is_whole(LETTERS.parse(exponent))


@pytest.mark.parametrize(
    "exponent",
    [
        "1 / 2", "t / 2", "t / t", "t (t + 1) / 3", "t (t + 2) / 2", "(t^5 - t) / 4", "t s / 2", "2^(t - 1)", "2^(-t)", "y",
        "y - y", "t y", "abs(y)", "max(t, y)", "sum(s = 1..t: s / 2)", "p[k]", "sqrt(t^2)", "o[k] / 2", "2^max(t - 2, -1)",
        "2^min(t, t - 1)", "t (-t - 1) / 3", "(t + exp(t)) / 2",
    ],
)  # fmt: skip
def test_what_may_not_be_whole_is_not_called_so(exponent):
    assert not is_whole(LETTERS.parse(exponent))


def test_only_a_polynomial_has_a_value_at_whole_numbers():
    with pytest.raises(TypeError, match="a call is no polynomial"):
        exponents._value(LETTERS.parse("exp(t)"), {})


def test_what_may_be_negative_is_not_called_natural():
    for exponent in ("t - 1", "-t", "max(t - 2, -1)", "min(t, t - 1)", "(t - 1)^3"):
        assert is_whole(LETTERS.parse(exponent)) and not is_natural(LETTERS.parse(exponent))
    for exponent in ("abs(t - 1)", "max(t - 2, 0)", "min(t, s)", "t^2 + 1"):
        assert is_natural(LETTERS.parse(exponent))
