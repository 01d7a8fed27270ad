"""The check at points: it refutes with a point, counts its points, and never proves."""

import pytest

from mathcore.language.reading import read
from mathcore.proof.at_points import ENOUGH, at_points, unwitnessed
from tests.proof.pipeline import card
from tests.proof.statements import TRUE, V


def looked(claim: str, given: str = "", **fields: str):
    context = card(f"{V}; {given}" if given else V).context
    node = context.parse(claim)
    return at_points(context, node, subject=node, **fields)


def witnessed(claim: str, given: str) -> str:
    context = card(f"{V}; {given}").context
    return unwitnessed(context, context.parse(claim))


@pytest.mark.parametrize(
    ("claim", "given"),
    [
        ("sum(k: x[k]^2) = sum(k: x[k])^2", ""),
        ("sqrt(a^2) = a", ""),
        ("n (n - 1) (n - 2) (n - 3) (n - 4) = 0", ""),
        ("delta(i, j) = 0", ""),
        ("p[i] > 0", ""),
        ("sum(k: p[k] log(p[k] / q[k])) <= 3", ""),
        ("abs(a) > 0", ""),
        ("x[i] = x[j]", ""),
        ("a / a = 1", ""),
        ("a = 1", "0 < a"),
        ("(n - 1) (a - b) = 0", ""),
        ("sum(k: x[k]) = a", "sum(k: x[k]) = 1"),
        ("lim(r -> 0+: 1 / r) = 0", ""),
        ("lim(T -> inf: 2^T) = 0", ""),
        ("a < b <=> a <= b", ""),
        ("a^2 = b^2 <=> a = b", ""),
        ("a <= b => a^2 <= b^2", ""),
    ],
)
def test_a_false_claim_is_refuted_with_its_point(claim, given):
    found = looked(claim, given)
    assert found.level == "refuted"
    assert found.counterexample


@pytest.mark.parametrize(
    "claim", ["sum(k: p[k]) = 1", "exp(a + b) = exp(a) exp(b)", "p[i] <= 1", "a^2 >= 0", "v log(v) - v log(v) = 0", "n >= 1"]
)
def test_a_true_claim_is_confirmed_at_points_but_not_proved(claim):
    found = looked(claim)
    assert found.level == "enclosed"
    assert found.points >= (ENOUGH if claim != "n >= 1" else 1)


def test_no_point_is_no_confirmation():
    for claim, given in (("a = a", "a < 0; 0 < a"), ("log(-r) = log(-r)", ""), ("1 / (a - a) = 1 / (a - a)", "")):
        found = looked(claim, given)
        assert found.level == "unknown" and found.points == 0, claim


def test_a_function_needs_an_instance():
    assert looked("f(a) = f(a)").level == "unknown"
    assert looked("f(a) >= 0", instance="f(b) = b^2").level == "enclosed"
    assert looked("f(a) >= 0", instance="f(b) = b").level == "refuted"


def test_a_limit_inside_an_expression_has_no_second_check():
    assert looked("1 + lim(r -> inf: 1 / r) = 1").level == "unknown"
    assert looked("lim(r -> inf: 1 / r) <= 1").level == "unknown"


def test_hypotheses_are_witnessed_by_a_point():
    assert witnessed("a + b = b + a", "a < b; 0 < a") == ""
    assert witnessed("sum(k: x[k]) = 1", "sum(k: x[k]) = 1") == ""
    assert "vacuous" in witnessed("a = 0", "a < b; b < a")
    assert "vacuous" in witnessed("a = 0", "a^2 = -1")


def test_a_function_without_an_instance_leaves_the_hypotheses_unwitnessed():
    assert witnessed("a >= 0", "f(b) >= b; f(a) <= 0")


@pytest.mark.slow
def test_no_true_statement_of_the_tests_is_refuted():
    alarms = []
    for s in TRUE:
        context = card(s.given, define=s.define).context
        node = context.parse(s.claim)
        if at_points(read(context, node, functions=False).context, node, instance=s.instance, subject=node).counterexample:
            alarms.append(s.claim)
    assert alarms == []


def test_an_instance_reaches_the_bodies_of_notations():
    context = card(f"{V}; f_: function", notation=("lifted = f_(a) + 1",)).context
    for claim, level in (("lifted = a^2 + 1", "enclosed"), ("lifted = a^2", "refuted")):
        node = context.parse(claim)
        assert at_points(context, node, subject=node, instance="f_(a) = a^2").level.name.lower() == level


@pytest.mark.parametrize(
    ("claim", "instance", "level"),
    [
        ("D(f(a), b) = 0", "f(v) = v b", "enclosed"),
        ("D(b f(b), b) = f(b) + b D(f(b), b)", "f(v) = v^2 b", "enclosed"),
        ("D(f(b), b) = 2 b^2", "f(v) = v^2 b", "enclosed"),
        ("D(f(b), b) = 3 b^2", "f(v) = v^2 b", "refuted"),
        ("sum(k: f(x[k])) = sum(j: f(x[j]))", "f(v) = v x[i]", "enclosed"),
        ("sum(i: f(x[i])) = sum(i: x[i]^2)", "f(v) = v x[i]", "refuted"),
    ],
)
def test_an_instance_does_not_vary_with_what_the_claim_binds(claim, instance, level):
    assert looked(claim, instance=instance).level == level
