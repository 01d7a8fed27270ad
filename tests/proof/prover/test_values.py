"""Where the sides of a step have values."""

import pytest

from mathcore.language.parser import Context
from mathcore.proof.prover.values import Roots, where_defined
from mathcore.proof.scope import text_of


@pytest.mark.parametrize(
    ("given", "before", "after", "told"),
    [
        ("x, y: real", "1 / (x y)", "1 / x", ["x != 0", "y != 0"]),
        ("x: positive", "1 / x", "1 / (1 + x)", []),
        ("x: real", "log(x)", "sqrt(x)", ["x >= 0"]),
        ("x: real", "x", "sqrt(x)^2", []),
        ("n: size; x: real[n]; k: index[n]", "sum(k: 1 / x[k])", "0", ["forall(k: x[k] != 0)"]),
        ("N, k: natural", "sum(k = 1..N: 1 / k)", "0", []),
        ("x: real", "D(abs(x), x)", "1", ["x != 0"]),
        ("x: real", "D(log(x), x)", "1 / x", ["x > 0", "x != 0"]),
        ("x: real; t: natural", "x^t", "abs(x)", []),
        ("x: real; t: natural", "x^(t - 1)", "x^(t + 1)", ["x != 0"]),
        ("x, y: real", "x^(1/2)", "y^0.5", ["x >= 0"]),
        ("x, y: real", "x^(-1/2)", "y^(-0.5)", ["x > 0", "y != 0"]),
        ("x, y: real", "x^(4/2)", "x^y", ["x != 0"]),
        ("x, y: real", "x^y", "x", ["x > 0"]),
        ("x: real", "D(x^(3/2), x)", "0", ["x > 0"]),
        ("x, y: real", "at(x = 2 y: sqrt(x) + sum(s = 1..3: 1 / (x + s)))", "0", ["2 y >= 0", "forall(s = 1..3: 2 y + s != 0)"]),
        ("x, y: real", "lim(y -> 0: y / (x y) + 1 / x)", "0", ["x != 0"]),
    ],
)
def test_a_step_takes_for_granted_that_its_sides_have_values(given, before, after, told):
    context = Context().given(given)
    assert [text_of(c) for c in where_defined(context, context.parse(before), context.parse(after))] == told


def test_a_logarithm_of_0_is_left_out_where_roots_and_kinks_are_not():
    context = Context().given("x, y, z: real")
    sides = context.parse("log(x) + sqrt(y) + abs(z)"), context.parse("max(x, z)")
    assert [text_of(c) for c in where_defined(context, *sides, Roots.INSIDE)] == ["x > 0", "y >= 0"]


def test_roots_that_a_line_brings_in_are_asked_for_apart():
    context = Context().given("x: real")
    sides = context.parse("log(x^2)"), context.parse("2 log(x)")
    assert [text_of(c) for c in where_defined(context, *sides, Roots.BROUGHT)][-1] == "x > 0"
