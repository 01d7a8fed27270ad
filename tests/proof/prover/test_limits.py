"""Limits: true ones are proved, false ones refuted by another limit. All of them: `python -m tests.proof.prover.limits`."""

import pytest

from mathcore.evidence import Level
from mathcore.proving import prove
from tests.proof.prover.limits import FALSE, TRUE, UNDEFINED, listed
from tests.sampling import counted, sampled

PATIENT = 20.0  # seconds: what is found counts, not how busy the machine is


def level(claim, given):
    return prove(claim, given=given, timeout=PATIENT).level


def test_the_corpus_is_large_and_no_claim_is_in_it_twice():
    claims = [(claim, given) for group in (TRUE, FALSE, UNDEFINED) for _, claim, given in listed(group)]
    assert len(listed(TRUE)) >= 270 and len(listed(FALSE)) >= 150
    assert len(set(claims)) == len(claims)


@pytest.mark.parametrize(("claim", "given"), [
    ("lim(n -> inf: n / (n + 10^5)) = 1", "n: natural"),
    ("lim(n -> inf: log(n)^8 / n) = 0", "n: natural"),
    ("lim(n -> inf: (1 + 1000 / n)^n) = exp(1000)", "n: natural"),
    ("lim(n -> inf: (1001 / 1000)^n / n^3) = inf", "n: natural"),
    ("lim(n -> inf: 1 / log(log(n + 3))) = 0", "n: natural"),
    ("lim(x -> 0+: x^(1 / 1000) log(x)) = 0", "x: real"),
    ("lim(x -> inf: sqrt(x - 10^20)) = inf", "x: real"),
    ("lim(n -> inf: sum(k = 0..n: (1 / 2)^k)) = 2", "n: natural"),
])  # fmt: skip
def test_slow_limits_are_proved_whatever_is_seen_on_the_way(claim, given):
    assert level(claim, given) is Level.PROVED


@counted(36, 12, name="every")
def test_a_sample_of_the_true_ones_is_proved_and_none_is_refuted(every):
    levels = [level(claim, given) for _, claim, given in listed(TRUE)[3::every]]
    assert Level.REFUTED not in levels and Level.CONFLICT not in levels
    assert levels.count(Level.PROVED) >= 0.9 * len(levels)


def test_a_sample_of_the_false_ones_is_refuted_and_none_is_proved():
    levels = [level(claim, given) for _, claim, given in listed(FALSE)[1::9]]
    assert not {Level.PROVED, Level.CONDITIONAL, Level.CONFLICT} & set(levels)
    assert levels.count(Level.REFUTED) >= 0.8 * len(levels)


def test_a_body_without_values_has_no_limit():
    assert all(level(claim, given) is Level.UNKNOWN for _, claim, given in listed(UNDEFINED)[::2])


@pytest.mark.parametrize(("claim", "needed"), [
    ("lim(x -> a: 1 / x) = 1 / a", ("a != 0",)),
    ("lim(x -> a: 1 / x^3) = 1 / a^3", ("a != 0",)),
    ("lim(x -> a: abs(x) / x) = abs(a) / a", ("a != 0",)),
    ("lim(x -> a: log(x)) = log(a)", ("a > 0",)),
    ("lim(x -> a: (x^2 - a^2) / (x - a)) = 2 a", ()),
    ("lim(x -> a: x / x) = 1", ()),
])  # fmt: skip
def test_a_point_at_which_neither_side_has_a_value_leaves_a_condition(claim, needed):
    verdict = prove(claim, given="x, a: real", timeout=PATIENT)
    assert (verdict.level, verdict.conditions) == (Level.CONDITIONAL if needed else Level.PROVED, needed)


@pytest.mark.parametrize(("claim", "told"), [
    ("lim(x -> a: (x^2 - a^2) / (x - a)) = 2 a^2 / a", "the limit is 0, not 2 a^2 / a"),
    ("lim(x -> a: 1 / x^2) = 1 / a^2", "the limit is inf, not 1 / a^2"),
])  # fmt: skip
def test_a_point_at_which_one_side_has_a_value_refutes(claim, told):
    verdict = prove(claim, given="x, a: real", timeout=PATIENT)
    assert verdict.level is Level.REFUTED and told in verdict.reason


def test_what_is_seen_against_a_proof_is_a_warning():
    verdict = prove("lim(n -> inf: n / (n + 10^5)) = 1", given="n: natural", timeout=PATIENT)
    assert verdict.level is Level.PROVED and "at n = 100000 the body is 1/2" in verdict.reason
    assert "decides nothing" in verdict.reason


def test_what_is_seen_decides_nothing_where_no_limit_is_computed():
    """The kernel knows no limit of f; on the way the body seems to settle at 0."""
    verdict = prove("lim(n -> inf: sum(k = 1..n: 1 / k^2) / n^2) = 1", given="n: natural", timeout=PATIENT)
    assert verdict.level is Level.UNKNOWN


@pytest.mark.parametrize(("claim", "given", "says"), [
    ("lim(n -> inf: n / (n + 10^5)) = 1 / 11", "n: natural", "the limit is 1, not 1 / 11"),
    ("lim(x -> inf: x^(a - b)) = inf", "x: real; a, b: positive", "the limit is 0, not inf, at a = "),
    ("lim(n -> inf: (-1)^n) = 0", "n: natural", "along the even numbers it is 1, along the odd numbers it is - 1"),
    ("lim(x -> 0: abs(x) / x) = 1", "x: real", "from the right it is 1, from the left it is - 1: there is no limit"),
    ("lim(x -> 0+: abs(x) / x) = 2", "x: real", "the limit is 1, not 2"),
])  # fmt: skip
def test_a_false_limit_is_told_with_the_limit_that_there_is(claim, given, says):
    verdict = prove(claim, given=given, timeout=PATIENT)
    assert verdict.level is Level.REFUTED and says in verdict.counterexample


@sampled(("claim", "given"), [
    ("lim(n -> inf: r^n) = 0", "n: natural; r: unit"),  # r = 1
    ("lim(n -> inf: r^n) = 0", "n: natural; r: real; r <= 1; r >= -1"),  # r = -1
    ("lim(x -> inf: a x) = inf", "x: real; a: nonnegative"),  # a = 0
    ("lim(x -> inf: abs(a + 1 / x) / a) = 1", "x: real; a: real; a != 0"),
    ("lim(x -> 0: (x^2)^(1 / 2) / x) = 1", "x: real"),
    ("lim(v -> 0+: (v - v)^0) = 0", "v: positive"),
    ("lim(v -> 0+: 0^v) = 1", "v: positive"),
    ("lim(n -> inf: 0^n) = 1", "n: natural"),
    ("lim(n -> inf: n^((-1)^n)) = inf", "n: natural"),
    ("lim(x -> inf: step(exp(-x) - 1)) = 1", "x: real"),
    ("lim(n -> inf: sum(k: 1 / n)) = 0", "n: size; k: index[n]"),
], keep=4)  # fmt: skip
def test_edges_of_parameters_are_not_overlooked(claim, given):
    assert level(claim, given) in (Level.REFUTED, Level.UNKNOWN)


@pytest.mark.parametrize("claim", ["a < b", "a != b", "b - a > 0", "lim(n -> inf: (b - a) n) = inf"])
def test_a_hypothesis_that_holds_to_50_digits_only_refutes_nothing(claim):
    assert level(claim, "a, b: positive; n: natural; sqrt(b) >= sqrt(a) + 10^(-70)") is not Level.REFUTED


def test_a_hypothesis_that_holds_with_equality_is_one_that_holds():
    """log(8) = 3 log(2) is no fraction, and exact arithmetic knows it."""
    assert level("a < 3", "a: positive; a log(2) >= log(8)") is Level.REFUTED


@pytest.mark.parametrize(
    ("claim", "given"),
    [
        ("lim(x -> 1: x) = lim(x -> 0: 1 + x)", "x: real"),
        ("lim(x -> 0+: 1/x) = lim(x -> 0+: 2/x)", "x: real"),
        ("lim(x -> inf: exp(-x)) = lim(x -> -inf: exp(x))", "x: real"),
        ("lim(x -> 0-: abs(x)/x) = lim(x -> 0+: -abs(x)/x)", "x: real"),
        ("lim(x -> 0: abs(x)/x) = lim(x -> 0: -abs(x)/x)", "x: real"),  # neither exists
        ("lim(x -> inf: a + 1/x) > 0 <=> a > 0", "x, a: real"),
        ("lim(x -> inf: a + 1/x) != 0 <=> a != 0", "x, a: real"),
    ],
)
def test_two_limits_and_relations_between_a_limit_and_a_number_are_not_refuted_where_they_hold(claim, given):
    assert prove(claim, given=given).level is not Level.REFUTED


@pytest.mark.parametrize(("claim", "given"), [
    ("lim(x -> 0: 1 / x) = inf", "x: positive"),
    ("lim(x -> 0: log(x)) = -inf", "x: positive"),
    ("lim(x -> 0: abs(x) / x) = 1", "x: nonnegative"),
    ("lim(x -> 1: 1 / (x - 1)) = -inf", "x: unit"),
])  # fmt: skip
def test_a_letter_comes_to_the_end_of_its_domain_from_the_inside(claim, given):
    assert level(claim, given) is Level.PROVED
    assert level(claim, "x: real") is not Level.PROVED


@pytest.mark.parametrize("claim", ["lim(x -> 0: x + 1) = lim(x -> 0: x)", "lim(x -> 0: abs(x)/x) = lim(x -> 0: 2)"])
def test_a_limit_that_is_a_number_is_not_another_one_and_not_one_that_does_not_exist(claim):
    assert level(claim, "x: real") is Level.REFUTED
