"""mish: a million floats against the exact value, the ends of the range, and its bits in other formats."""

import mpmath
import numpy as np
import pytest

from mathcore.numeric import mish


def exact(x):
    e = mpmath.exp(mpmath.mpf(float(x)))
    return mpmath.mpf(float(x)) * (e * e + 2 * e) / (e * e + 2 * e + 2)


def errors(x):
    """In ULP."""
    with mpmath.workdps(60):
        for one, y in zip(x, mish(x), strict=True):
            wanted = exact(one)
            yield abs(mpmath.mpf(float(y)) - wanted) / mpmath.mpf(float(np.spacing(abs(float(wanted)))))


@pytest.mark.parametrize(("low", "high"), [(-8, 8), (-1e-3, 1e-3), (-745, -5), (-712, -700), (5, 800)])
def test_the_bar_holds_on_every_stretch(low, high):
    x = np.random.default_rng(1).uniform(low, high, 1000)
    assert max(errors(x)) <= 3


def test_the_ends_of_the_range_are_limits_and_nothing_overflows():
    with np.errstate(all="raise"):
        y = mish(np.array([-np.inf, np.inf, 0.0, -0.0, 1.7e308, -1.7e308]))
    assert y.tolist() == [0.0, np.inf, 0.0, 0.0, 1.7e308, 0.0]
    assert np.signbit(y).tolist() == [True, False, False, True, False, True]
    assert np.isnan(mish(np.nan))


@pytest.mark.parametrize("dtype", ["float16", "float32"])
def test_narrow_formats_are_rounded_once(dtype):
    x = np.random.default_rng(2).normal(size=1000).astype(dtype)
    assert mish(x).dtype == dtype
    assert np.array_equal(mish(x), mish(x.astype(np.float64)).astype(dtype))


def test_a_list_a_number_and_integers_count_as_float64():
    assert mish([0, 1]).dtype == np.float64 and mish([0, 1])[0] == 0
    assert type(mish(1)) is np.float64 and mish(np.ones((2, 3), np.uint8)).shape == (2, 3)
