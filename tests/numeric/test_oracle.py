"""The judge is judged first."""

import math

import numpy as np
import pytest
from flint import arb

from tests.numeric import families, oracle


@pytest.mark.parametrize("dtype", ["float64", "float32", "float16"])
def test_the_next_float_is_one_ulp_off(dtype):
    x = np.array(1.5, dtype)
    assert oracle.ulp_error(float(np.nextafter(x, x.dtype.type(2))), arb(1.5), dtype) == 1


def test_below_a_power_of_two_the_spacing_is_the_finer_one():
    y = arb(1) - oracle.power_of_two(-60)
    assert oracle.exponent_of_ulp(y, np.float64) == -53
    assert oracle.exponent_of_ulp(arb(1), np.float64) == -52


def test_subnormals_are_measured_in_the_smallest_subnormal():
    assert oracle.ulp_error(5e-324, arb(0) + oracle.power_of_two(-1080), np.float64) < 1
    assert oracle.ulp_error(1e-323, oracle.power_of_two(-1074), np.float64) == 1


def test_only_zero_is_right_for_zero():
    assert oracle.ulp_error(5e-324, arb(0), np.float64) == math.inf
    assert oracle.ulp_error(-0.0, arb(0), np.float64) == 0


def test_infinity_is_accepted_only_beyond_the_largest_float():
    assert oracle.ulp_error(math.inf, oracle.power_of_two(1024), np.float64) == 0
    assert oracle.ulp_error(math.inf, oracle.power_of_two(1000), np.float64) > 1e10
    assert oracle.ulp_error(1.7976931348623157e308, oracle.power_of_two(1030), np.float64) > 1e10


def test_nan_on_one_side_only_is_a_failure():
    assert oracle.ulp_error(math.nan, arb(1), np.float64) == math.inf
    assert oracle.ulp_error(1.0, oracle.NAN, np.float64) == math.inf
    assert oracle.ulp_error(math.nan, oracle.NAN, np.float64) == 0


def test_cancellation_is_resolved_by_more_precision():
    (value,) = oracle.exact(lambda: [(1 + oracle.power_of_two(-900)).log() - oracle.power_of_two(-900)])
    assert oracle.exponent_of_ulp(value, np.float64) == -1074
    assert value < 0


@pytest.mark.parametrize("family", families.LOGITS)
def test_naive_softmax_fails_the_judge_where_it_should(family):
    rng = np.random.default_rng(7)
    with np.errstate(all="ignore"):
        worst = 0.0
        for n in families.sizes(rng, 2000):
            z = families.logits(family, n, rng)
            e = np.exp(z - z.max())
            worst = max(worst, oracle.worst_ulp(e / e.sum(), oracle.exact(oracle.softmax, oracle.floats(z)), np.float64))
    assert (worst > 6) == (
        family in ("times 100", "times 1000", "confident", "subnormal rivals", "one at 604.5", "ordinals", "masked")
    )


def test_ordinals_reach_every_exponent():
    x = families.ordinals(np.random.default_rng(0), 5000)
    assert set(np.frexp(x)[1]) == set(range(-60, 12))
    assert (x > 0).any()
    assert (x < 0).any()
