"""Anybody's derivation, judged line by line."""

from __future__ import annotations

import json
import random

import pytest

from mathcore.evidence import Judged, Level
from mathcore.language.parser import Context, FormulaError
from mathcore.proof.lines import judge, read, verdict_on
from tests.proof.derivations import partial, valued
from tests.proof.derivations.corpus import derivations
from tests.proof.derivations.hunt import altered, judged_wrongly
from tests.proof.derivations.table import outcome
from tests.sampling import counted, sampled

SOFTMAX = "n: size; z: real[n]; i, j, k: index[n]"


def context(given: str, *definitions: str) -> Context:
    made = Context().given(given)
    for definition in definitions:
        made = made.define(definition)
    return made


def test_a_right_derivation_is_accepted_whole():
    judged = judge(
        context(SOFTMAX, "s[i] = exp(z[i]) / sum(k: exp(z[k]))"),
        "D(s[i], z[j])",
        [
            "= (delta(i, j) exp(z[i]) sum(k: exp(z[k])) - exp(z[i]) exp(z[j])) / sum(k: exp(z[k]))^2",
            "= s[i] (delta(i, j) - s[j])",
        ],
    )
    assert judged.accepted and judged.wrong == 0 and judged.slip is None


def test_the_first_wrong_line_is_named_and_costs_once():
    judged = judge(
        context(SOFTMAX, "s[i] = exp(z[i]) / sum(k: exp(z[k]))"), "D(s[i], z[j])", ["= s[i] (1 - s[j])", "= s[i] - s[i] s[j]"]
    )
    assert [line.follows for line in judged.lines] == [False, True]
    assert judged.wrong == 1 and judged.lines[0].verdict.counterexample
    assert judged.slip.kind == "delta_forgotten" and "right only for i = j" in judged.slip.said


def test_only_the_first_wrong_line_gets_a_name():
    judged = judge(context("x: real"), "(x + 1)^2", ["= x^2 + 1", "= x^2 + 2"])
    assert [line.slip is not None for line in judged.lines] == [True, False]


def test_a_slip_says_what_the_line_means_without_it():
    judged = judge(context("a, b: real"), "(a - b) (a - b)", ["= a^2 - 2 a b - b^2"])
    assert judged.slip.kind == "sign" and judged.slip.meant == "= a^2 - 2 a b + b^2"


def test_the_hypothesis_that_is_lacking_is_named():
    judged = judge(context("n: size; p: positive[n]; k: index[n]; c: real"), "sum(k: p[k] c)", ["= c"])
    assert judged.slip.kind == "not_given" and judged.lines[0].lacks == "sum(k1: p[k1]) = 1"


def test_a_line_is_about_the_values_at_which_both_sides_are_defined():
    judged = judge(context("x, y: real"), "(x^2 - y^2) / (x - y)", ["= x + y"])
    assert judged.accepted and judged.lines[0].verdict.level is Level.CONDITIONAL
    assert judged.lines[0].verdict.conditions == ("x - y != 0",)


def test_a_root_that_is_brought_in_is_neither_accepted_nor_wrong():
    (line,) = judge(context("x: real"), "log(x^2)", ["= 2 log(x)"]).lines
    assert not line.follows and not line.wrong and line.lacks == "x > 0"


@pytest.mark.parametrize(
    ("first", "line"),
    [
        ("abs(x)", "> 0"),
        ("abs(x) = x", "<=> x > 0"),
        ("max(x, y) = x", "<=> x > y"),
        ("step(x) = 1", "=> x > 0"),
        ("sqrt(v)", "> 0"),
        ("sqrt(v) + abs(x)", "> abs(x)"),
        ("v^t", "> 0"),
        ("exp(log(v))", "> 0"),
        ("v^exp(x) + step(v) + step(-v)", "= v^exp(x) + 1"),
    ],
)
def test_what_fails_where_both_sides_have_values_is_wrong(first, line):
    """A kink is no place without a value, and a root of 0 and a natural power of 0 have one."""
    (judged,) = judge(context("x, y: real; v: nonnegative; t: natural"), first, [line]).lines
    assert judged.wrong and judged.verdict.counterexample


@counted(4, 24)
def test_what_is_accepted_holds_wherever_both_sides_have_values(count):
    """Many: `python -m tests.proof.derivations.valued`."""
    tally, wrong = valued.run(count, 5)
    assert not wrong and tally["proved"] + tally["conditional"] >= count // 8


PARTIAL = "x, y: real; v: nonnegative; t: natural; n: size; z: real[n]; p, q: simplex[n]; k: index[n]"


@sampled(
    ("first", "line", "where"),
    [
        ("(x^(1/3))^3", "= x", ["x >= 0"]),
        ("x^0.5 x^0.5", "= x", ["x >= 0"]),
        ("x^2.5", "= x^2 x^0.5", ["x >= 0"]),
        ("x^(-1/2) x^(1/2)", "= 1", ["x > 0"]),
        ("x^(1/2) y^(1/2)", "= (x y)^(1/2)", ["x >= 0", "y >= 0"]),
        ("(x^y)^2", "= x^(2 y)", ["x > 0"]),
        ("x^y x^(-y)", "= 1", ["x > 0"]),
        ("x^y", "= abs(x)^y", ["x > 0"]),
        ("(x^y)^(2 x)", "= x^(2 x y)", ["x^y > 0", "x > 0"]),
        ("x^(-2) x^2", "= 1", ["x != 0"]),
        ("x^(1/2)", ">= 0", ["x >= 0"]),
        ("x^(1/2) = 2", "<=> x = 4", ["x >= 0"]),
        ("D(x^(1/2), x)", "= 1 / (2 x^(1/2))", ["x > 0"]),
        ("sum(k: z[k]^(1/2) z[k]^(1/2))", "= sum(k: z[k])", ["forall(k: z[k] >= 0)"]),
        ("(t - 1)^(1/2) (t - 1)^(1/2)", "= t - 1", ["t - 1 >= 0"]),
        ("at(x = y: 1 / x) y", "= 1", ["y != 0"]),
        ("at(x = y: sqrt(x))^2", "= y", ["y >= 0"]),
        ("lim(y -> inf: (x + 1 / y) / x)", "= 1", ["x != 0"]),
    ],
    keep=8,
)
def test_where_one_side_has_no_value_a_line_is_not_refuted(first, line, where):
    """A power with a fraction is a root; what is put in by `at`, and what stands in a limit, has to have a value too."""
    (judged,) = judge(context(PARTIAL), first, [line]).lines
    assert judged.follows and list(judged.verdict.conditions) == where


@pytest.mark.parametrize(
    ("first", "line", "lacks"),
    [
        ("x", "= (x^(1/3))^3", "x >= 0"),
        ("(x y)^(1/2)", "= x^(1/2) y^(1/2)", "x >= 0 and y >= 0"),
        ("0", "< exp(log(x))", "x > 0"),
    ],
)
def test_a_power_with_a_fraction_that_is_brought_in_is_neither_accepted_nor_wrong(first, line, lacks):
    (judged,) = judge(context(PARTIAL), first, [line]).lines
    assert not judged.follows and not judged.wrong and judged.lacks == lacks


@pytest.mark.parametrize(
    ("first", "line"), [("(x - 1)^(1/2) (x + 1)^(1/2)", "= (x^2 - 1)^(1/2)"), ("x^2 = 16", "=> x^(1/2) = 4 / abs(x)^(1/2)")]
)
def test_a_point_at_which_a_side_has_no_value_refutes_nothing(first, line):
    (judged,) = judge(context(PARTIAL), first, [line]).lines
    assert not judged.wrong


@sampled(
    ("first", "line"),
    [
        ("x^(1/2)", "= 2 x^(1/2)"),
        ("x^(1/2)", "<= x"),
        ("x^(1/2)", "> 0"),
        ("(x^2)^(1/2)", "= x"),
        ("at(x = y: 1 / x) y", "= 2"),
        ("lim(y -> inf: (x + 1 / y) / x)", "= 2"),
        ("x^(1/2) = 2", "<=> x = 2"),
        ("log(x)", "= log(2 x)"),
        ("log(x)", "< 0"),
        ("lim(x -> inf: x)", "= 0"),
        ("1 / 0", "= 3"),
    ],
    keep=6,
)
def test_a_line_that_fails_where_both_sides_are_numbers_is_wrong(first, line):
    (judged,) = judge(context(PARTIAL), first, [line]).lines
    assert judged.wrong and judged.verdict.counterexample


@sampled(
    ("first", "line", "where"),
    [
        ("log(x) - 1", "< log(x)", "x > 0"),
        ("exp(log(x))", "> 0", "x > 0"),
        ("log(x)", "< log(2 x)", "x > 0"),
        ("log(x)", "!= log(2 x)", "x > 0"),
        ("1 / (1 + log(x)^2)", "> 0", "x > 0"),
        ("exp(y log(x))", "> 0", "x > 0"),
        ("exp(log(abs(x)))", "> 0", "abs(x) > 0"),
        ("log(v) - 1", "< log(v)", "v > 0"),
        ("-sum(k: p[k] log(q[k]))", "< 1 - sum(k: p[k] log(q[k]))", "forall(k: q[k] > 0)"),
    ],
    keep=5,
)
def test_a_strict_line_is_meant_where_its_sides_are_finite(first, line, where):
    """A logarithm of 0 that the author did not allow, or by which a side is infinite, refutes no line."""
    (judged,) = judge(context(PARTIAL), first, [line]).lines
    assert judged.follows and judged.verdict.conditions == (where,)


@counted(6, 24)
def test_a_line_that_holds_where_both_sides_have_values_is_never_refuted_and_its_twin_is(count):
    """Many: `python -m tests.proof.derivations.partial`."""
    tally, wrong = partial.run(count, 3)
    assert not wrong
    assert tally["false, refuted"] == count and tally["true, conditional"] >= count // 3


RANGES = "a, b: real; S, T: natural; U: natural >= 1"


@sampled(
    ("first", "line"),
    [
        ("step(a) + step(-a) + sum(t = 1..T: 1 / a)", "= 1 + sum(t = 1..T: 1 / a)"),
        ("step(a) + step(-a) + prod(t = 1..T: 1 / a)", "= 1 + prod(t = 1..T: 1 / a)"),
        ("step(a) + step(-a) + sum(s = 1..S, t = 1..T: 1 / a)", "= 1 + sum(s = 1..S, t = 1..T: 1 / a)"),
        ("abs(a) + sum(t = 2..T: sqrt(a)^2)", "= a + sum(t = 2..T: a)"),
    ],
    keep=2,
)
def test_what_terms_take_for_granted_is_not_taken_where_there_are_none(first, line):
    """At T = 0 the sum has a value for every a: it is 0."""
    (judged,) = judge(context(RANGES), first, [line]).lines
    assert judged.wrong and judged.verdict.counterexample


@pytest.mark.parametrize(
    ("first", "line", "where"),
    [
        ("a sum(t = 1..T: 1 / a)", "= T", "forall(t = 1..T: a != 0)"),
        ("sum(s = 1..S: sum(t = 1..T: a / a))", "= S T", "forall(s = 1..S, t = 1..T: a != 0)"),
        ("sum(s = 1..S: sum(t = 1..s: a / a))", "= S (S + 1) / 2", "forall(s = 1..S: a != 0)"),
        ("step(a) + step(-a) + sum(t = 1..U: 1 / a)", "= 1 + sum(t = 1..U: 1 / a)", "a != 0"),
        ("step(a) + step(-a) + sum(t = 0..T: 1 / a)", "= 1 + sum(t = 0..T: 1 / a)", "a != 0"),
        ("sum(t = 1..T: 1 / a)", "= T / a", "a != 0"),
    ],
)
def test_what_terms_take_for_granted_is_told_of_the_terms(first, line, where):
    (judged,) = judge(context(RANGES), first, [line]).lines
    assert judged.follows and judged.verdict.conditions == (where,)


def test_a_line_that_fails_at_a_kink_or_a_root_of_0_is_seen_to_fail():
    dice = random.Random(1)
    assert valued.fails(valued.Valued("abs(x)", "> 0", ("abs(x)", "0"), ">"), dice)
    assert valued.fails(valued.Valued("sqrt(v)", "> 0", ("sqrt(v)", "0"), ">"), dice)
    assert valued.fails(valued.Valued("x / x", "= 1", ("x / x", "1"), "=="), dice) is None


ALL = "n: size; h: onehot[n]; z: real[n]; i, j: index[n]; a, b, x, y: real; g: nonnegative; v: positive; t: natural"


@sampled(
    ("first", "lines"),
    [
        ("1", ["= h[i] / h[i]", "= h[i]", "= h[i] (1 - h[i]) / (1 - h[i])", "= 0"]),
        ("a^2", ["= a^3 / a", "> 0"]),
        ("a^2 = a b", ["<=> a^2 / a = b", "<=> a = b"]),
        ("a^2 = a b", ["=> a^2 / a = b", "=> a = b"]),
        ("step(a) + step(-a)", ["= a / a", "= 1"]),
        ("h[i] h[j]", ["= h[i] h[j] / h[j]", "= h[i]"]),
        ("step(a) + step(-a) + log(4)", ["= a / a + log(4)", "= 1 + log(4)", "= 2.386"]),
        ("step(z[i]) + step(-z[i]) + 1 / z[j]", ["= z[i] / z[i] + 1 / z[j]", "= 1 + 1 / z[j]"]),
        ("step(z[i]) + step(-z[i]) + 1 / sum(j: z[j])", ["= z[i] / z[i] + 1 / sum(j: z[j])", "= 1 + 1 / sum(j: z[j])"]),
        ("step(a) + step(-a) + a log(a / a)", ["= a / a + a log(a / a)", "= 1 + a log(a / a)"]),
        ("step(a) + step(-a) + 1 / a^t", ["= a / a + 1 / a^t", "= 1 + 1 / a^t"]),
    ],
    keep=4,
)
def test_lines_hold_together_only_where_the_first_and_the_last_have_values(first, lines):
    judged = judge(context(ALL), first, lines)
    assert not judged.accepted and judged.whole is not None and not judged.whole.held
    assert any(line.lacks and not line.follows and not line.wrong for line in judged.lines)
    assert Judged.from_json(json.loads(json.dumps(judged.to_json()))) == judged


@pytest.mark.parametrize(
    ("first", "lines"),
    [
        ("(a^2 - b^2) / (a - b)", ["= (a - b)(a + b) / (a - b)", "= a + b"]),
        ("(x - y) / (x^2 - y^2)", ["= (x - y) / ((x - y)(x + y))", "= 1 / (x + y)"]),
        ("abs(a)", ["= abs(a) a / a", "= a^2 / abs(a)"]),
        ("a^2", ["= a^3 / a", ">= 0"]),
        ("at(a = b: 1 / a) b", ["= b / b", "= 1"]),
        ("1 / x = 2", ["<=> 1 = 2 x", "<=> x = 1/2"]),
        ("x y = 1", ["<=> y = 1 / x", "<=> 1 / y = x"]),
        ("a x = b", ["<=> x = b / a", "<=> x - b / a = 0"]),
        ("x y = 1", ["=> y = 1 / x", "=> x y^2 = y"]),
        ("D(max(x, 0), x)", ["= step(x)", "= step(x)^2"]),
    ],
)
def test_a_quotient_that_the_claim_holds_too_takes_nothing_for_granted(first, lines):
    assert judge(context(ALL), first, lines).accepted


def test_a_chain_within_a_line_is_part_of_what_the_lines_show():
    judged = judge(context("a, b: real"), "a", ["= a + 0 <= a + b^2", "= a + b^2"])
    assert not judged.accepted and judged.whole.level is Level.REFUTED
    assert judge(context("a, b: real"), "a", ["= a + 0 <= a + b^2", "<= a + b^2 + 1"]).accepted


def test_a_slip_at_the_end_does_not_open_the_lines_above_it():
    judged = judge(context("a: real"), "a^2", ["= a^3 / a", "= a"])
    assert judged.lines[0].follows and judged.lines[1].wrong and judged.whole is None


SEQUENCE = "F: real[naturals]; s, t, T: natural; x: real; f: function"


@sampled(
    ("first", "line"),
    [
        ("sum(s = 1..T: sqrt(F[s])) + F[t]", ">= sum(s = 1..T: sqrt(F[s]))"),
        ("sum(s = 1..T: log(F[s])) + F[t]", "= sum(s = 1..T: log(F[s])) + abs(F[t])"),
        ("sum(s = 1..T: sqrt(F[s])) + sum(s = 0..t: F[s])", ">= sum(s = 1..T: sqrt(F[s]))"),
        ("sum(s = 1..T: sqrt(f(s))) + f(x)", ">= sum(s = 1..T: sqrt(f(s)))"),
    ],
    keep=1,
)
def test_where_the_terms_of_a_sum_over_a_range_have_values_says_nothing_outside_the_range(first, line):
    (judged,) = judge(context(SEQUENCE), first, [line]).lines
    assert not judged.follows


@pytest.mark.parametrize(
    ("first", "line"),
    [
        ("sum(s = 1..T: sqrt(F[s])^2)", "= sum(s = 1..T: F[s])"),
        ("sum(s = 1..T: sqrt(F[s]))", "= sum(s = 1..T: sqrt(abs(F[s])))"),
        ("sum(s = 1..T: sqrt(F[s])) + F[t]", "= sum(s = 1..T: sqrt(F[s])) + abs(F[t])"),
    ],
)
def test_inside_the_range_the_terms_have_values(first, line):
    (judged,) = judge(context(SEQUENCE), first, [line], given="t >= 1; t <= T").lines
    assert judged.follows and judged.verdict.conditions == ("forall(s = 1..T: F[s] >= 0)",)


def test_what_was_read_is_told():
    judged = judge(context("n: size; p: simplex[n]; j, k: index[n]; p[k] = 0; k != j"), "p[j]", ["= sum(k: p[k])"])
    assert judged.accepted and any("for every k other than j" in said for said in judged.lines[0].verdict.reading)


def test_what_is_given_beside_the_context_counts():
    assert not judge(context("x: real"), "sqrt(x^2)", ["= x"]).accepted
    assert judge(context("x: real"), "sqrt(x^2)", ["= x"], given="x > 0").accepted


def test_a_hypothesis_is_told_as_its_author_wrote_it():
    judged = judge(
        context("x, m: real[naturals]; t, T: natural; (t + 1) m[t + 1] = t m[t] + x[t + 1]"),
        "m[T + 1]",
        ["= (T m[T] + x[T + 1]) / (T + 1)"],
    )
    assert judged.accepted and judged.lines[0].verdict.hypotheses == ("(t + 1) m[t + 1] = t m[t] + x[t + 1]",)


def test_a_first_line_that_is_a_claim_is_judged_as_one():
    judged = judge(context("x: real"), "D(x^2, x) = 2 x", ["= x + x"])
    assert judged.accepted and judged.start.level is Level.PROVED
    assert not judge(context("x: real"), "D(x^2, x) = x", ["= x + 0"]).accepted


def test_equivalences_begin_with_a_relation_that_is_not_judged():
    judged = judge(context("eta, L: positive"), "abs(1 - eta L) < 1", ["<=> eta L < 2", "<=> eta < 2 / L"])
    assert judged.accepted and judged.start is None


@pytest.mark.parametrize(
    ("first", "line"),
    [
        ("1 / x = 0", "<=> x = 0"),
        ("x = 0", "<=> 1 / x = 0"),
        ("(x^2 - 1) / (x - 1) = 2", "<=> x + 1 = 2"),
        ("x / (x - 1) = 1 / (x - 1)", "<=> x = 1"),
        ("exp(log(x)) = -2", "<=> x = -2"),
        ("sqrt(x)^2 = -1", "<=> x = -1"),
    ],
)
def test_a_value_at_which_a_side_has_none_solves_nothing(first, line):
    (found,) = judge(Context().given("x: real"), first, [line]).lines
    assert found.verdict.level is Level.UNKNOWN and "nothing satisfies both sides" in found.verdict.reason


@pytest.mark.parametrize("first", ["1 / x = 0", "(x^2 - 1) / (x - 1) = 2", "x / (x - 1) = 1 / (x - 1)", "exp(log(x)) = -2"])
def test_what_has_no_solution_is_said_by_what_is_false(first):
    (found,) = judge(Context().given("x: real"), first, ["<=> 1 = 0"]).lines
    assert found.verdict.level is Level.CONDITIONAL


@pytest.mark.parametrize(
    ("first", "line"),
    [
        ("1 / x = 1 / y", "<=> x = y"),
        ("log(x) = 0", "<=> x = 1"),
        ("x / x = y / x", "<=> x = y"),
        ("x / (x - 1) < 1", "<=> 1 / (x - 1) < 0"),
    ],
)
def test_an_equivalence_with_a_condition_that_leaves_values_is_accepted(first, line):
    (found,) = judge(Context().given("x, y: real"), first, [line]).lines
    assert found.verdict.level is Level.CONDITIONAL


def test_a_chain_in_one_line_is_judged_whole():
    assert judge(context("x: real"), "(x - 1)^2", ["= x^2 - 2 x + 1 >= 0", "> -1"]).accepted


@pytest.mark.parametrize(
    ("first", "line", "place"),
    [("x", "x + 1", 0), ("x", "<=> x = 1", 0), ("x = 1", "<=> x + 1", 0), ("x", "= x +", 5), ("x", "= y", 2)],
)
def test_a_line_that_cannot_be_read_says_where(first, line, place):
    with pytest.raises(FormulaError) as error:
        judge(context("x: real"), first, [line])
    assert (error.value.text, error.value.position) == (line, place)


def test_a_judged_derivation_is_kept_as_json():
    judged = judge(context("a, b: real"), "a - b", ["= b - a", "= b - a"])
    assert Judged.from_json(judged.to_json()) == judged


FALSE_LINES = [
    ("x: real; x = 1", "D(x^2, x)", "= D(x, x)"),
    ("T, t: natural; f: real[naturals]", "sum(t = 1..T: f[t])", "< sum(t = 1..T: f[t] + 1)"),
    ("x, y: real; x >= y; x != 0; y != 0", "1 / x", "<= 1 / y"),
    ("n: size; a, b: real[n]; k: index[n]; a[k] <= b[k]", "prod(k: a[k])", "<= prod(k: b[k])"),
    ("a, b, c: real", "a c < b c", "<=> a < b"),
    ("x, y, z: real", "x y = x z", "<=> y = z"),
    ("x, y: real", "x^2 = y^2", "<=> x = y"),
    ("x: real", "lim(x -> 0: abs(x))", "= lim(x -> 0: 1 - abs(x))"),
    ("x: real", "sqrt(x^2)", "= x"),
    ("a, b: real; a <= b", "a^2", "<= b^2"),
    ("b: real; m: real[naturals]; t, T: natural; m[t + 1] = b m[t]", "m[T + 2]", "= b m[T]"),
    ("n: size; p, q: simplex[n]; k: index[n]", "sum(k: p[k] log(q[k]))", "<= sum(k: q[k] log(p[k]))"),
    ("x: positive; y: real", "log(x) < y", "<=> x < exp(y) + 1"),
    ("p: positive; p < 1; z: real", "p (1 + exp(-z)) = 1", "<=> exp(-z) = p / (1 - p)"),
]


@pytest.mark.parametrize(("given", "first", "line"), FALSE_LINES)
def test_a_false_line_is_refuted(given, first, line):
    made = context(given)
    _, (step,) = read(made, first, [line])
    assert verdict_on(made, step, [], 2.0).level is Level.REFUTED


def test_a_line_that_holds_under_one_reading_only_is_not_accepted():
    given = "n: size; z: real[n]; i, k: index[n]; z[i] = 1"
    assert not judge(context(given), "sum(k: z[k]) + 0 z[i]", ["= n"]).lines[0].follows


@sampled("number", range(0, 213, 18), keep=5)
def test_a_derivation_of_the_corpus_is_judged_as_its_label_says(number):
    found = outcome(derivations()[number])
    assert not found.false_accepted and not found.right_refuted
    assert found.found and (found.named if found.written.wrong else found.judged.accepted)


@pytest.mark.parametrize("every", [pytest.param(3, marks=pytest.mark.slow), pytest.param(1, marks=pytest.mark.hours)])
def test_the_corpus_is_judged_within_the_bars(every):
    outcomes = [outcome(one) for one in derivations()[::every]]
    right = [o for o in outcomes if not o.written.wrong]
    wrong = [o for o in outcomes if o.written.wrong]
    assert min(len(right), len(wrong)) >= (40 if every == 1 else 20)
    assert not any(o.false_accepted or o.right_refuted for o in outcomes)
    assert sum(o.judged.accepted for o in right) >= 0.95 * len(right)
    assert sum(o.found for o in wrong) >= 0.98 * len(wrong)
    assert sum(o.named for o in wrong) >= 0.9 * len(wrong)


@pytest.mark.fuzz
@pytest.mark.parametrize("seed", [pytest.param(0, marks=pytest.mark.slow), pytest.param(1, marks=pytest.mark.slow), 2])
def test_lines_altered_by_slips_are_never_wrongly_judged(seed):
    assert not list(filter(None, map(judged_wrongly, altered(random.Random(seed), 8))))


@pytest.mark.parametrize(
    "given, line",
    [
        pytest.param("f(x + y) = f(x) + f(y)", "= 3 f(x)", marks=pytest.mark.slow),
        pytest.param("f(f(x)) = x", "= x", marks=pytest.mark.slow),
        ("f(x) >= 0", "= 0"),
    ],
)
def test_a_wrong_line_about_a_function_of_which_no_point_knows_is_judged_all_the_same(given, line):
    judged = judge(Context().given(f"x, y: real; f: function; {given}"), "f(2 x)", [line])
    assert judged.lines[0].verdict.level is not Level.PROVED


def test_a_wrong_line_about_matrices_is_judged_all_the_same():
    given = "n: size; z, w: real[n]; A: real[n, n]; i, k: index[n]"
    assert judge(Context().given(given), "dot(A z, w)", ["= dot(z, A w)"]).lines[0].wrong
