import math

import numpy as np
import pytest
from flint import arb

from mathcore.numeric import logsumexp
from tests.numeric import families, oracle

UNITS = {"float64": 2.0**-53, "float32": 2.0**-24, "float16": 2.0**-11}


def condition_error(z, dtype):
    """The error in units of the bar 2 u (|y| + max|z|)."""
    row = oracle.floats(z)
    (y,) = oracle.exact(oracle.logsumexp, row, dtype=dtype)
    bar = 2 * UNITS[dtype] * (abs(y) + max(abs(v) for v in row if v > -math.inf))
    return float((abs(arb(float(logsumexp(z))) - y) / (bar + oracle.power_of_two(oracle.FORMATS[dtype][1]))).abs_upper())


@pytest.mark.parametrize("family", families.LOGITS)
@pytest.mark.parametrize("dtype", UNITS)
def test_every_output_is_within_its_bar(dtype, family):
    rng = np.random.default_rng([2, families.LOGITS.index(family)])
    for n in families.sizes(rng, 6000 if dtype == "float64" else 2000):
        z = families.logits(family, n, rng, np.dtype(dtype).type)
        assert condition_error(z, dtype) <= 1, z.tolist()


def test_a_near_zero_result_is_absolutely_right():
    assert condition_error(np.array([-0.6931471805599453, -0.6931471805599453]), "float64") <= 1


def test_the_log_of_an_empty_sum_is_minus_infinity():
    assert logsumexp([]) == -np.inf
    assert logsumexp(np.zeros((2, 0, 3)), axis=1).tolist() == [[-np.inf] * 3] * 2
    assert logsumexp(np.zeros((0, 3)), axis=None) == -np.inf
    assert logsumexp(np.zeros((0, 3))).shape == (0,)
    assert logsumexp([-np.inf, -np.inf]) == -np.inf


def test_an_infinite_logit_dominates():
    assert logsumexp([np.inf, 0.0]) == np.inf
    assert logsumexp([np.inf, np.inf, -np.inf]) == np.inf


@pytest.mark.parametrize("row", [[np.nan, 0.0], [np.nan, np.inf], [np.nan, -np.inf]])
def test_nan_propagates(row):
    assert np.isnan(logsumexp(row))


def test_a_single_entry_is_its_own_logsumexp():
    z = families.ordinals(np.random.default_rng(0), 1000, -1073, 1024)
    assert np.array_equal(logsumexp(z[:, None]), z)


def test_keepdims_keeps_the_summed_axes():
    z = np.arange(24.0).reshape(2, 3, 4)
    assert logsumexp(z, axis=(0, 2), keepdims=True).shape == (1, 3, 1)
    assert np.array_equal(logsumexp(z, axis=(0, 2), keepdims=True).ravel(), logsumexp(z, axis=(2, 0)))
    assert logsumexp(z, axis=None, keepdims=True).shape == (1, 1, 1)


@pytest.mark.parametrize("spread", [1e-4, 1e-2, 0.05, 0.2])
def test_a_few_nearly_equal_logits_near_0_are_within_the_bar(spread):
    # log 3 is just above a power of two, where the bar is narrowest: log1p alone, then a sum, went to 1.07 of it
    for z in -np.random.default_rng(4).random((1500, 3)) * spread:
        assert condition_error(z, "float64") <= 1
