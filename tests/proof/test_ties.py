"""Strict relations that fail by equality alone: exact arithmetic sees it, and takes nothing near for equal."""

import pytest

from mathcore import prove
from mathcore.language.parser import Context
from mathcore.proof.balls import Point
from mathcore.proof.ties import equal_at

GIVEN = "n: size; i, k: index[n]; p, q: simplex[n]; z: real[n]"


@pytest.mark.parametrize(
    ("claim", "given"),
    [
        ("entropy(p) < log(n)", f"{GIVEN}; n >= 2"),
        ("n >= 2 => entropy(p) < log(n)", GIVEN),
        ("entropy(p) != log(n)", f"{GIVEN}; n >= 2"),
        ("perplexity(p) < n", f"{GIVEN}; n >= 2"),
        ("js_divergence(p, q) < log(2)", GIVEN),
        ("kl_divergence(p, vector(k: 1 / n)) < log(n)", f"{GIVEN}; n >= 2"),
        ("-log(softmax(z)[i]) > 0", GIVEN),
        ("log(1 + exp(a)) < log(2) + max(a, 0)", "a: real"),
        ("sqrt(2) sqrt(3) < sqrt(6)", ""),
        ("log(2) < log(4) / 2", ""),
    ],
)
def test_a_strict_relation_is_refuted_where_its_sides_are_equal(claim, given):
    verdict = prove(claim, given=given, timeout=20)
    assert verdict.level == "refuted"
    assert "equal" in verdict.counterexample


@pytest.mark.parametrize("claim", ["log(2) < log(2) + 1 / 10^60", "log(2) != log(2) + 1 / 10^60", "exp(1) < exp(1 + 1 / 10^70)"])
def test_sides_that_are_only_near_are_not_equal(claim):
    assert prove(claim, given="").level != "refuted"


def at(claim: str, **values) -> bool:
    context = Context().given("n: size; i, k: index[n]; x: real; z, p: real[n]")
    return equal_at(context, context.parse(claim), Point({"n": 2}, values, {"i": 2}))


def test_sums_products_and_places_are_written_out():
    assert at("sum(k: z[k]) < x", z=(1, 2), x=3)
    assert at("prod(k: exp(z[k])) < exp(x)", z=(1, 2), x=3)
    assert at("z[i] < z[n]", z=(1, 2))
    assert at("sum(k: delta(i, k) z[k]) < n", z=(1, 2))
    assert at("sum(t = 2..n: t) < n", z=(1, 2))
    assert not at("z[i] < z[i - 1]", z=(1, 2))


def test_entries_of_lists_are_read_and_the_exponential_of_minus_infinity_is_0():
    assert at("([[1, 2], [3, x]])[2, 2] < x", x=5)
    assert at("log(exp(([-inf, 5])[1]) + exp(([-inf, 5])[2])) < x", x=5)
    assert not at("exp(-inf) < x", x=1)


def test_maxima_of_numbers_are_worked_out():
    assert at("max(k: exp(z[k])) < exp(x)", z=(1, 2), x=2)
    assert not at("max(k: exp(z[k])) < exp(x)", z=(1, 2), x=1)
    assert at("max(k: z[k]) < x", z=(1, 2), x=2)
    assert at("abs(x) < max(1, -x)", x=-2)
    assert not at("min(k: z[k]) < x", z=(1, 2), x=2)


def test_zero_times_the_logarithm_of_zero_is_zero():
    assert at("sum(k: p[k] log(p[k])) < 0", p=(0, 1))
    assert not at("sum(k: p[k] log(p[k])) < 1", p=(0, 1))


def test_what_exact_arithmetic_does_not_speak_of_is_not_called_equal():
    assert not at("max(k: erfc(z[k])) < erfc(x)", z=(1, 2), x=1)
    assert not at("erfc(x) < erfc(x)", x=2)
