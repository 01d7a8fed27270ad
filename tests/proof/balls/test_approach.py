"""The body of a limit on the way to its point is looked at, and what is seen is only told."""

import pytest

from mathcore.proof.balls import approach
from tests.proof.balls.test_compare import CONTEXT


def looked(limit, value, given=""):
    context = CONTEXT.given(given) if given else CONTEXT
    return approach(context, context.parse(limit), context.parse(value))


@pytest.mark.parametrize(("limit", "value", "given"), [
    ("lim(x -> 0+: x log(x))", "0", ""),
    ("lim(a -> 0: (exp(a) - 1) / a)", "1", ""),
    ("lim(a -> inf: log(1 + exp(a)) - a)", "0", ""),
    ("lim(a -> inf: log(1 + exp(a)))", "inf", ""),
    ("lim(x -> 0+: -log(x))", "inf", ""),
    ("lim(x -> 0+: log(x))", "-inf", ""),
    ("lim(m -> inf: r^m)", "0", "abs(r) < 1"),
    ("lim(a -> inf: 1 / log(a))", "0", ""),
    ("lim(a -> inf: (1 + 1 / a)^a)", "exp(1)", ""),
    ("lim(x -> 0+: x log(sum(k: exp(z[k] / x))))", "max(k: z[k])", ""),
    ("lim(x -> inf: softmax(vector(k: z[k] / x))[i])", "1 / n", ""),
    ("lim(b -> -inf: sigmoid(b))", "0", ""),
])  # fmt: skip
def test_limits_are_approached(limit, value, given):
    found = looked(limit, value, given)
    assert found.looks and all(look.near for look in found.looks), found
    assert found.places >= 6


@pytest.mark.parametrize(("limit", "value"), [
    ("lim(a -> 0: abs(a) / a)", "1"),
    ("lim(a -> inf: log(1 + exp(a)) - a)", "1"),
    ("lim(m -> inf: r^m)", "0"),
    ("lim(x -> 0+: -x log(x))", "inf"),
    ("lim(x -> 0+: log(x))", "inf"),
    ("lim(x -> 0+: -log(x))", "0"),
    ("lim(x -> inf: softmax(vector(k: z[k] / x))[i])", "o[i]"),
    ("lim(a -> inf: (1 + 1 / a)^a)", "1"),
])  # fmt: skip
def test_wrong_limits_are_seen_not_to_come_near(limit, value):
    assert any(look.near is False for look in looked(limit, value).looks)


def test_what_is_seen_of_a_slow_limit_says_where_it_was_seen():
    (look,) = looked("lim(m -> inf: m / (m + 10^5))", "1").looks
    assert look.near is not True and look.seen == "at m = 100000 the body is 1/2"


def test_a_hypothesis_about_the_variable_has_to_hold_on_the_way():
    (look,) = looked("lim(x -> inf: 1 / x)", "0", "x < 100").looks
    assert look.near is None and "a hypothesis fails" in look.seen


def test_a_point_where_a_hypothesis_holds_to_50_digits_only_is_marked():
    found = looked("lim(m -> inf: (r - x) / m)", "0", "sqrt(x) >= sqrt(1 / 2) + 10^(-70); x <= 1 / 2 + 10^(-80)")
    assert not [look for look in found.looks if look.certain]


@pytest.mark.parametrize(("limit", "value", "given"), [
    ("lim(w -> inf: 1 / w)", "0", "w: unit"),
    ("lim(w -> -inf: 1 / w)", "0", "w: positive"),
    ("lim(w -> 0+: w)", "0", "w: natural"),
])  # fmt: skip
def test_no_place_is_outside_the_domain_of_the_variable(limit, value, given):
    assert not looked(limit, value, given).looks
