"""The words of forms that keep what rounding takes, in rows that lie either way."""

import math
from fractions import Fraction

import numpy as np
import pytest

from mathcore.numeric._exactly import two_product, two_sum
from mathcore.numeric._space import CHUNK, SHORT, VALUE, parts, space
from tests.numeric import families


def summed(x):
    """Row sums of a matrix."""
    call = space("sum", x=x)
    call.along("x", -1)
    return call.by_row(lambda row, x: row.total(x), "x", gives=(VALUE,))


def entries(form, **arrays):
    """What a form of two results gives, entry by entry."""
    return space("pairs", **arrays).by_entry(form, *arrays, formats=(np.float64,) * 2)


@pytest.mark.parametrize("found", [two_sum, lambda a, b: entries(lambda space, a, b: space.two_sum(a, b), a=a, b=b)])
def test_two_sum_loses_nothing(found):
    rng = np.random.default_rng(0)
    a, b = families.ordinals(rng, 1000), families.ordinals(rng, 1000)
    assert all(math.fsum([x, y, -t, -e]) == 0 for x, y, t, e in zip(a, b, *found(a, b), strict=True))


@pytest.mark.parametrize("found", [two_product, lambda a, b: entries(lambda space, a, b: space.two_product(a, b), a=a, b=b)])
def test_a_product_and_its_error_are_exact(found):
    rng = np.random.default_rng(2)
    a, b = rng.normal(size=1000), rng.normal(size=1000) * 10.0 ** rng.uniform(-100, 100, 1000)
    for x, y, product, error in zip(a, b, *found(a, b), strict=True):
        assert Fraction(x) * Fraction(y) == Fraction(product) + Fraction(error)


def test_products_of_upper_halves_are_exact():
    a, b = families.ordinals(np.random.default_rng(3), (2, 1000))
    (upper_a, lower_a), (upper_b, _) = (entries(lambda space, x: space.halves(x), x=x) for x in (a, b))
    assert np.array_equal(upper_a + lower_a, a)
    assert all(Fraction(x) * Fraction(y) == Fraction(x * y) for x, y in zip(upper_a, upper_b, strict=True))


@pytest.mark.parametrize("n", [1, 2, 3, 8, 9, 48, SHORT, SHORT + 1, 100, 128, 1000, 70_000])
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


@pytest.mark.parametrize("n", [40, 100])
def test_the_pair_knows_twice_the_digits(n):
    x = np.random.default_rng(1).exponential(size=(40, n))
    call = space("sum", x=x)
    call.along("x", -1)
    total, rest = call.by_row(lambda row, x: row.pair(x), "x", gives=(VALUE, VALUE))
    for row, a, b in zip(x, total, rest, strict=True):
        assert abs(math.fsum([*row, -a, -b])) < 2.0**-90


def test_sums_of_subnormal_and_of_huge_terms_are_right():
    tiny = np.full((1, 1000), 3e-324)
    assert summed(tiny)[0] == 1000 * 5e-324
    assert summed(np.full((1, 4), 4e307))[0] == 1.6e308
    assert summed(np.array([[1e308, 1e308], [1.0, np.inf], [1.0, np.nan]])).tolist()[:2] == [np.inf, np.inf]
    assert np.isnan(summed(np.array([[1.0, np.nan]]))[0])


@pytest.mark.parametrize("shape", [(), (5,), (3, 4), (2, 3, 100), (7, 1, 50), (1, 1, 1)])
@pytest.mark.parametrize("most", [1, 6, 10**4])
def test_parts_cover_every_entry_once_and_none_is_larger_than_allowed(shape, most):
    seen = np.zeros(shape, int)
    for part in parts(shape, most):
        view = seen[(*part, ...)]
        assert view.size <= most
        view += 1
    assert (seen == 1).all()


def test_a_part_that_is_left_out_would_show():
    seen = np.zeros((3, 4), int)
    for part in list(parts((3, 4), 6))[1:]:
        seen[(*part, ...)] += 1
    assert not seen.all()


def test_rows_come_some_at_a_time_and_a_long_one_alone():
    sizes = []

    def form(row, x):
        sizes.append(x.size)
        return row.max(x)

    for shape in ((100, 1000), (3, 2 * CHUNK)):
        sizes.clear()
        call = space("seen", x=np.ones(shape))
        call.along("x", -1)
        assert (call.by_row(form, "x", gives=(VALUE,)) == 1).all()
        assert max(sizes) <= max(CHUNK, shape[1]) and sum(sizes) == math.prod(shape)
