import math
from fractions import Fraction

import numpy as np
import pytest

from mathcore.numeric._arrays import rows_of
from mathcore.numeric._blocks import rowwise
from mathcore.numeric._sums import halves, pair_sum, sum_of, two_product, two_sum
from tests.numeric import families


def summed(x):
    """Row sums of a matrix, as `sum_of` gives them inside a kernel."""

    def kernel(block):
        block.write_values(sum_of(block, lambda strip, scale: block.load(strip)[0] * scale))

    return rowwise(kernel, rows_of("sum", "x", x, -1), [x], np.float64, values=1)[1][0]


def test_two_sum_loses_nothing():
    rng = np.random.default_rng(0)
    a, b = families.ordinals(rng, 1000), families.ordinals(rng, 1000)
    total, error = two_sum(a, b)
    assert all(math.fsum([x, y, -t, -e]) == 0 for x, y, t, e in zip(a, b, total, error, strict=True))


def test_a_product_and_its_error_are_exact():
    rng = np.random.default_rng(2)
    a, b = rng.normal(size=1000), rng.normal(size=1000) * 10.0 ** rng.uniform(-100, 100, 1000)
    for x, y, product, error in zip(a, b, *two_product(a, b), strict=True):
        assert Fraction(x) * Fraction(y) == Fraction(product) + Fraction(error)


def test_products_of_upper_halves_are_exact():
    a, b = families.ordinals(np.random.default_rng(3), (2, 1000))
    (upper_a, lower_a), (upper_b, _) = halves(a), halves(b)
    assert np.array_equal(upper_a + lower_a, a)
    assert all(Fraction(x) * Fraction(y) == Fraction(x * y) for x, y in zip(upper_a, upper_b, strict=True))


@pytest.mark.parametrize("n", [1, 2, 3, 8, 9, 48, 64, 65, 100, 128, 1000, 70_000])
def test_the_sum_of_a_row_is_the_rounded_exact_sum(n):
    rng = np.random.default_rng(n)
    x = np.abs(np.array([families.ordinals(rng, n, -40, 40) for _ in range(5)]))
    assert summed(x).tolist() == [math.fsum(row) for row in x]


def test_terms_just_below_half_an_ulp_of_the_first_are_not_lost():
    for n in (10, 64, 128, 1000):
        x = np.full((1, n), 0.49 * 2.0**-52)
        x[0, 0] = 1.0
        assert summed(x)[0] == math.fsum(x[0])
        assert n < 128 or x.sum() != math.fsum(x[0])  # NumPy's own sum loses some


@pytest.mark.parametrize("axis", [0, 1])
def test_the_pair_knows_twice_the_digits(axis):
    x = np.random.default_rng(1).exponential(size=(40, 40))
    coarse, fine = pair_sum(x, x.max(), axis)
    for row, a, b in zip(x if axis else x.T, coarse.reshape(-1), fine.reshape(-1), strict=True):
        assert abs(math.fsum([*row, -a, -b])) < 2.0**-90


def test_sums_of_subnormal_and_of_huge_terms_are_right():
    tiny = np.full((1, 1000), 3e-324)
    assert summed(tiny)[0] == 1000 * 5e-324
    assert summed(np.full((1, 4), 4e307))[0] == 1.6e308
    assert summed(np.array([[1e308, 1e308], [1.0, np.inf], [1.0, np.nan]])).tolist()[:2] == [np.inf, np.inf]
    assert np.isnan(summed(np.array([[1.0, np.nan]]))[0])
