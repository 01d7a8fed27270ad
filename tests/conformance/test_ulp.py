"""The judge itself: it must be right at the edges, and it must be able to say no."""

import math
from fractions import Fraction

import numpy as np
import pytest
from flint import arb, ctx, fmpq

from mathcore.conformance.ulp import Exact, format_of, judge, judge_within, rational, widened
from mathcore.proof.balls import extended as x


def exactly(value):
    """An exact number as balls."""
    return Exact(lambda bits: value)


def irrational(make):
    def at(bits):
        with ctx.workprec(bits):
            return make()

    return Exact(at)


@pytest.mark.parametrize("dtype", ["float64", "float32", "float16"])
def test_the_formats_are_those_of_numpy(dtype):
    form, info = format_of(dtype), np.finfo(dtype)
    assert form.largest == Fraction(float(info.max))
    assert form.least == Fraction(float(info.smallest_subnormal))
    assert 2 * form.roundoff == Fraction(float(info.eps))


@pytest.mark.parametrize("dtype", ["float64", "float32", "float16"])
def test_the_nearest_float_is_within_half_a_unit_and_its_neighbour_is_not(dtype):
    e = irrational(lambda: arb(1).exp())
    kind = np.dtype(dtype).type
    right = kind(math.e)
    assert judge(right, e, 0.5).right
    assert not judge(np.nextafter(right, kind(3)), e, 0.5).right
    assert judge(np.nextafter(right, kind(3)), e, 1.5).right


def test_the_unit_is_the_spacing_at_the_exact_value_not_at_the_output():
    below = rational(Fraction(2) - Fraction(1, 2**53))  # below 2 floats are 2^-52 apart: out = 2 is half a unit off
    assert judge(np.float64(2), exactly(below), 0.5).error == 0.5


def test_zero_must_be_zero():
    assert judge(np.float64(0), exactly(fmpq(0)), 6).right
    assert judge(np.float64(-0.0), exactly(fmpq(0)), 6).right
    assert judge(np.float64(5e-324), exactly(fmpq(0)), 6).right is False


def test_subnormals_are_judged_in_units_of_the_smallest():
    y = exactly(rational(Fraction(2) ** -1074 * Fraction(2, 5)))
    assert judge(np.float64(0), y, 0.5).right
    assert judge(np.float64(5e-324), y, 0.5).right is False
    assert judge(np.float64(5e-324), y, 0.6).right


def test_infinity_is_right_only_near_or_beyond_the_largest_float():
    top = np.finfo("float64").max
    beyond = exactly(rational(Fraction(float(top)) * 2))
    assert judge(np.float64(np.inf), beyond, 1).right
    assert judge(np.float64(top), beyond, 1).right is False
    assert judge(np.float64(np.inf), exactly(fmpq(10) ** 300), 1).right is False
    assert judge(np.float64(-np.inf), beyond, 1).right is False
    spacing = Fraction(2) ** 971
    assert judge(np.float64(np.inf), exactly(rational(Fraction(float(top)) - spacing / 2)), 1).right
    assert judge(np.float64(top), exactly(rational(Fraction(float(top)) + spacing / 2)), 1).right


def test_infinite_values_need_infinite_outputs():
    assert judge(np.float64(np.inf), exactly(x.INF), 6).right
    assert judge(np.float64(1e308), exactly(x.INF), 6).right is False
    assert judge(np.float64(-np.inf), exactly(x.NEG_INF), 6).right


def test_nan_on_one_side_only_is_wrong():
    assert judge(np.float64(np.nan), exactly(x.UNDEFINED), 6).right
    assert judge(np.float64(np.nan), exactly(fmpq(1)), 6).right is False
    assert judge(np.float64(1), exactly(x.UNDEFINED), 6).right is False


def test_balls_are_tightened_until_they_decide():
    seen = []

    def at(bits):
        seen.append(bits)
        with ctx.workprec(bits):
            return (arb(10) ** 60 + arb(1).exp()) - arb(10) ** 60

    assert judge(np.float64(math.e), Exact(at), 0.5).right
    assert seen[0] < seen[-1]


def test_what_no_precision_decides_is_undecided_not_right():
    vague = Exact(lambda bits: arb(1, 0.5))
    assert judge(np.float64(1), vague, 0.5).right is None


def test_an_absolute_bar_may_be_met_and_missed():
    y, bar = exactly(fmpq(1)), exactly(rational(Fraction(1, 2**50)))
    assert judge_within(np.float64(1 + 2**-51), y, bar).right
    assert judge_within(np.float64(1 + 2**-49), y, bar).right is False


def test_an_infinite_bar_decides_nothing():
    assert judge_within(np.float64(1), exactly(fmpq(1)), exactly(x.INF)).right is None


@pytest.mark.parametrize("out", [1.0, 2.0, 1.9999999999999998, -3.5, 1e-310, 0.0, 1.7e308])
def test_widening_holds_every_value_that_the_judge_accepts(out):
    bar, form = 6, format_of("float64")
    ball = widened(np.float64(out), bar)
    rng = np.random.default_rng(0)
    for _ in range(200):
        y = Fraction(out) + Fraction(int(rng.integers(-(2**20), 2**20)), 2**17) * Fraction(2) ** (math.frexp(out)[1] - 53)
        y = y if out else Fraction(int(rng.integers(-8, 9))) * form.least
        with ctx.workprec(2200):
            if judge(np.float64(out), exactly(rational(y)), bar).right:
                assert ball.contains(arb(rational(y)))


def test_widening_does_not_reach_far():
    assert not widened(np.float64(1), 6).contains(arb(1) + arb(2) ** -48)


def test_an_error_beyond_all_floats_is_infinite():
    assert judge(np.float64(1), irrational(lambda: arb(10**400).exp()), 6).error == math.inf
