"""Parts that differ, compared in their places."""

from fractions import Fraction

import pytest

from mathcore.evidence import Level
from mathcore.language import tree as t
from mathcore.language.parser import Context
from mathcore.proof.deadline import Clock
from mathcore.proof.prover.decide import decide
from mathcore.proof.prover.parts import Goal, by_multiple, by_parts, by_solving, combination, solution
from mathcore.proof.prover.search import speaking_of
from mathcore.proof.scope import text_of


def asked(given: str, claim: str):
    context = Context().given(given)
    node = context.parse(claim)
    spoken = speaking_of(context, node)
    return spoken, node, lambda inner, relation: decide(speaking_of(inner, relation), relation, Clock(1.0))


@pytest.mark.parametrize(
    ("given", "claim"),
    [
        ("x, y: real", "exp((x + y)^2) + 1 = exp(x^2 + 2 x y + y^2) + 1"),
        ("a, b: real; x: real", "lim(x -> inf: (a + b)^2 / x) = lim(x -> inf: (a^2 + 2 a b + b^2) / x)"),
        ("n: size; k: index[n]; x: real[n]; c: positive", "c sum(k: x[k]) <= c sum(k: x[k] + x[k]^2)"),
        ("a, b: positive; a <= b", "1 / (1 + b) <= 1 / (1 + a)"),
        ("x: real; max(x, 1 - x) - 1 > 0", "D(abs(max(x, 1 - x) - 1), x) = D(max(x, 1 - x) - 1, x)"),
        ("v: positive; log(v) < 0", "D(abs(log(v)), v) = D(-log(v), v)"),
    ],
)
def test_a_step_in_a_place_is_shown_by_its_parts(given, claim):
    context, node, judge = asked(given, claim)
    assert by_parts(Goal(context, node.args[0], node.ops[0], node.args[1]), judge)


@pytest.mark.parametrize(
    ("given", "claim"),
    [
        ("x: real; x = 1", "D(x^2, x) = D(x, x)"),
        ("x: real; 2 step(x) - 1 > 0", "D(x abs(2 step(x) - 1), x) = D(x (2 step(x) - 1), x)"),
        ("x: real; max(2 step(x) - 1, -1 - x^2) > 0", "D(abs(2 step(x) - 1), x) = D(2 step(x) - 1, x)"),
        (
            "x: real; n: size; k: index[n]; sum(k: 2 step(x) - 1) > 0",
            "D(abs(sum(k: 2 step(x) - 1)), x) = D(n (2 step(x) - 1), x)",
        ),
        ("x, y: real; xlogy(y, x) != 0", "D(abs(xlogy(y, x)), x) = D(xlogy(y, abs(x)), x)"),
        ("p: simplex[2]; k: index[2]", "D(p[1], p[1]) = D(1 - p[2], p[1])"),
        ("T, t: natural; f: real[naturals]", "sum(t = 1..T: f[t]) < sum(t = 1..T: f[t] + 1)"),
        ("x, y: real; x <= y", "1 / y <= 1 / x"),
        ("n: size; a, b: real[n]; k: index[n]; a[k] <= b[k]", "prod(k: a[k]) <= prod(k: b[k])"),
        ("c, x, y: real; x <= y", "c x <= c y"),
        ("x, y: real; x <= y", "x^2 <= y^2"),
    ],
)
def test_what_does_not_follow_from_its_parts_is_not_shown(given, claim):
    context, node, judge = asked(given, claim)
    assert by_parts(Goal(context, node.args[0], node.ops[0], node.args[1]), judge) is None


def test_a_multiple_of_unknown_sign_gives_no_equivalence():
    context, node, judge = asked("a, b, c: real; c != 0", "a < b <=> a c < b c")
    assert by_multiple(context, node, judge) is None
    context, node, judge = asked("a, b: real; c: positive", "a < b <=> a c < b c")
    assert by_multiple(context, node, judge)


def test_an_equation_is_solved_for_a_letter_that_it_holds_once():
    context = Context().given("p, z: real")
    found = solution(context.parse("p (1 + exp(-z)) = 1"), context.symbols["z"])
    assert text_of(t.strip(found.value)) == "-log(1 / p - 1)" and [text_of(one) for one in found.nonzero] == ["p"]
    assert solution(context.parse("z exp(z) = 1"), context.symbols["z"]) is None


def test_an_equivalence_is_refuted_where_one_side_is_solved():
    context, node, judge = asked("p: positive; p < 1; z: real", "p (1 + exp(-z)) = 1 <=> exp(-z) = p / (1 - p)")
    assert by_solving(context, node, judge).level is Level.REFUTED


def test_equations_are_combined_with_numbers():
    assert combination([{"x": Fraction(1), "y": Fraction(1)}, {"x": Fraction(1), "y": Fraction(-1)}], {"x": Fraction(4)}) == [
        2,
        2,
    ]
    assert combination([{"x": Fraction(1)}], {"y": Fraction(1)}) is None
