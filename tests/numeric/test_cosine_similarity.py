"""Cosine similarity: entries of any size, exact ends, axes, and vectors without a direction."""

from fractions import Fraction

import mpmath
import numpy as np
import pytest

from mathcore.numeric import cosine_similarity

U = 2.0**-53


def exact(v, w):
    """The cosine, and the sum of the sizes of its products: what the bar is measured by."""
    v, w = [[Fraction(float(x)) for x in one] for one in (v, w)]
    square = sum(x * x for x in v) * sum(x * x for x in w)
    with mpmath.workdps(50):
        length = mpmath.sqrt(mpmath.mpf(square.numerator) / square.denominator)
        products = [x * y for x, y in zip(v, w, strict=True)]
        totals = [sum(products), sum(map(abs, products))]
        return [mpmath.mpf(total.numerator) / total.denominator / length for total in totals]


@pytest.mark.parametrize("scales", [(1.0, 1.0), (1e200, 1e200), (1e-200, 1e-200), (1e300, 1e-300), (5e-324, 1.0)])
@pytest.mark.parametrize("n", [1, 2, 3, 50, 1000])
def test_the_bar_holds_for_entries_of_any_size(n, scales):
    rng = np.random.default_rng(n)
    for _ in range(20 if n < 1000 else 3):
        v, w = (scale * rng.normal(size=n) * 10 for scale in scales)
        if v.any():
            cosine, size = exact(v, w)
            assert abs(mpmath.mpf(float(cosine_similarity(v, w))) - cosine) <= 4 * U * size


@pytest.mark.parametrize("power", [-1000, -1, 0, 3, 900])
def test_a_vector_and_its_multiple_by_a_power_of_two_give_exactly_one(power):
    rng = np.random.default_rng(0)
    v = rng.normal(size=(200, 7))
    assert (cosine_similarity(v, np.ldexp(v, power)) == 1).all()
    assert (cosine_similarity(v, -np.ldexp(v, power)) == -1).all()


def test_no_cosine_lies_outside_even_of_nearly_equal_directions():
    rng = np.random.default_rng(0)
    v = rng.normal(size=(2000, 3))
    w = v * (1 + 1e-16 * rng.normal(size=v.shape)) * rng.uniform(0.1, 10, size=(2000, 1))
    assert (np.abs(cosine_similarity(v, w)) <= 1).all() and (cosine_similarity(v, w) > 1 - 1e-15).all()


def test_what_has_no_direction_is_nan_and_no_warning():
    with np.errstate(all="raise"):
        y = cosine_similarity([[0, 0], [1, np.inf], [1, np.nan], [1, 2]], [[1, 1], [1, 1], [1, 1], [2, 4]])
    assert np.isnan(y).tolist() == [True, True, True, False] and y[3] == 1


def test_any_axis_and_all_of_them():
    rng = np.random.default_rng(0)
    v, w = rng.normal(size=(2, 3, 4, 5))
    assert np.array_equal(cosine_similarity(v, w, axis=0), cosine_similarity(np.moveaxis(v, 0, -1), np.moveaxis(w, 0, -1)))
    assert cosine_similarity(v, w, axis=None) == cosine_similarity(v.ravel(), w.ravel())
    assert cosine_similarity(v, w, axis=(0, 2)).shape == (4,)


def test_vectors_of_different_shapes_are_refused():
    with pytest.raises(ValueError, match=r"^cosine_similarity: v and w must have the same shape, got \(2,\) and \(3,\)"):
        cosine_similarity([1, 2], [1, 2, 3])
