import numpy as np
import pytest
from flint import arb, ctx

from mathcore.numeric._sums import row_sum, scaled_sum, two_sum
from tests.numeric import families, oracle


def exact_sum(row):
    saved, ctx.prec = ctx.prec, 4500
    try:
        return sum((arb(float(v)) for v in row), arb(0))
    finally:
        ctx.prec = saved


def test_two_sum_loses_nothing():
    rng = np.random.default_rng(0)
    a, b = families.ordinals(rng, 500), families.ordinals(rng, 500)
    total, error = two_sum(a, b)
    for pair in zip(a, b, -total, -error, strict=True):
        assert exact_sum(pair) == 0


@pytest.mark.parametrize("n", [1, 2, 3, 9, 128, 1000, 4096])
@pytest.mark.parametrize("spread", [(-5, 5), (-60, 12), (-1073, -1000), (900, 1000)])
def test_a_sum_of_terms_of_one_sign_is_right_to_just_over_half_an_ulp(n, spread):
    x = np.abs(families.ordinals(np.random.default_rng(n), (20, n), *spread))
    total, error = row_sum(x)
    for row, high, low in zip(x, total, error, strict=True):
        y = exact_sum(row)
        assert oracle.ulp_error(float(high), y, np.float64) <= 0.51
        if spread[0] > -1000:
            assert float((abs(exact_sum([high, low]) - y) / y).abs_upper()) < n * 2.0**-95


def test_the_plain_sum_fails_where_the_exact_one_holds():
    x = np.array([[1.0, *[0.9 * 2.0**-53] * 127]])
    y = exact_sum(x[0])
    assert oracle.ulp_error(float(x.sum()), y, np.float64) > 5
    assert oracle.ulp_error(float(row_sum(x)[0][0]), y, np.float64) <= 0.51


@pytest.mark.parametrize(
    ("row", "total"),
    [([np.inf, 1.0], np.inf), ([-np.inf, 1.0], -np.inf), ([1.7e308, 1.0], 1.7e308), ([1.7e308, 1.7e308], np.inf)],
)
def test_sums_beyond_the_range_are_those_of_floats(row, total):
    with np.errstate(all="ignore"):
        assert row_sum(np.array([row]))[0] == total
        assert np.isnan(row_sum(np.array([[np.inf, -np.inf]]))[0])
        assert np.isnan(row_sum(np.array([[np.nan, 1.0]]))[0])


def test_scaled_sums_keep_subnormal_terms_whole():
    p = np.full((2, 999), 1e-323)
    p[1] = 1.0
    expected = [999 * 1e-323 / 3, 333.0]
    np.testing.assert_allclose(scaled_sum(lambda c: p * c / 3), expected, rtol=1e-3)
