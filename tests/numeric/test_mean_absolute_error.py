import warnings

import numpy as np
import pytest
from flint import arb

from mathcore.numeric.mean_absolute_error import mean_absolute_error, mean_absolute_error_value_and_grad
from tests.numeric import families, oracle

BARS = {"float64": 2, "float32": 0.51, "float16": 0.51}


def exact_gradient(t, y):
    return [arb((b > a) - (b < a)) / len(t) for a, b in zip(t, y, strict=True)]


def exact(t, y):
    total = arb(0)
    for a, b in zip(t, y, strict=True):
        total += abs(arb(b) - arb(a))
    return [total / len(t)]


@pytest.mark.parametrize("scale", [0, 3, 154, 308, -170, -320, "ordinals"])
@pytest.mark.parametrize("dtype", BARS)
def test_every_value_and_gradient_is_within_its_bar(dtype, scale):
    rng, largest = np.random.default_rng(9), float(np.finfo(dtype).max)
    for n in families.sizes(rng, 2000 if dtype == "float64" else 700):
        with np.errstate(all="ignore"):
            if scale == "ordinals":
                t, y = families.ordinals(rng, n, -1073, 1020), families.ordinals(rng, n, -1073, 1020)
            else:
                t = rng.uniform(-1, 1, size=n) * 10.0**scale
                y = t * (1 + rng.normal(size=n) * 10.0 ** rng.uniform(-16, -1)) if n % 2 else rng.uniform(-1, 1, n) * 10.0**scale
            t, y = (np.clip(a, -largest, largest).astype(dtype) for a in (t, y))
        value, gradient = mean_absolute_error_value_and_grad(t, y)
        pair = oracle.floats(t), oracle.floats(y)
        assert oracle.worst_ulp([value], oracle.exact(exact, *pair, dtype=dtype), dtype) <= BARS[dtype]
        assert oracle.worst_ulp(gradient, oracle.exact(exact_gradient, *pair, dtype=dtype), dtype) <= 0.51
        assert value == mean_absolute_error(t, y)


def test_sums_and_differences_leave_the_range_of_floats_only_if_the_mean_does():
    big = np.finfo(float).max
    assert mean_absolute_error([big] * 3, [0, 0, 0]) == big
    assert mean_absolute_error([big, 0, 0, 0], [-big, 0, 0, 0]) == big / 2
    assert mean_absolute_error([big], [-big]) == np.inf
    assert mean_absolute_error([5e-324, 0, 0], [0, 5e-324, 5e-324]) == 5e-324


def test_the_gradient_is_0_at_the_corner():
    gradient = mean_absolute_error_value_and_grad([1.0, 2.0, 3.0, 4.0], [1.0, 5.0, -7.0, 4.0])[1]
    assert gradient.tolist() == [0, 0.25, -0.25, 0]
    assert not np.signbit(mean_absolute_error_value_and_grad([1.0], [1.0])[1]).any()


def test_infinite_and_nan_entries_propagate():
    assert mean_absolute_error([np.inf, 0], [0, 0]) == np.inf
    assert np.isnan(mean_absolute_error([np.inf, 0], [np.inf, 0]))
    assert np.isnan(mean_absolute_error([np.nan, 0], [0, 0]))
    assert mean_absolute_error_value_and_grad([np.inf, 0], [0, 1])[1].tolist() == [-0.5, 0.5]


def test_the_mean_is_over_everything_unless_an_axis_is_named():
    t, y = np.zeros((2, 3)), np.arange(6).reshape(2, 3)
    assert mean_absolute_error(t, y) == 2.5
    assert mean_absolute_error(t, y, axis=0).tolist() == [1.5, 2.5, 3.5]
    value, gradient = mean_absolute_error_value_and_grad(t, y, axis=-1)
    assert value.tolist() == [1, 4]
    assert gradient.tolist() == [[0, 1 / 3, 1 / 3], [1 / 3, 1 / 3, 1 / 3]]
    assert mean_absolute_error(np.uint8([0]), np.uint8([255])) == 255


def test_a_row_has_the_bits_that_it_has_alone():
    rng = np.random.default_rng(2)
    t, y = rng.normal(size=(2, 7, 33)) * 10.0 ** rng.uniform(-300, 300, size=(7, 1))
    together = mean_absolute_error(t, y, axis=1)
    assert together.tolist() == [mean_absolute_error(a, b) for a, b in zip(t, y, strict=True)]
    assert together.tolist() == mean_absolute_error(t.T, y.T, axis=0).tolist()


def test_formats_are_kept_and_nothing_warns():
    with warnings.catch_warnings(), np.errstate(all="raise"):
        warnings.simplefilter("error")
        for dtype in BARS:
            value, gradient = mean_absolute_error_value_and_grad(np.array([np.inf, 6e4], dtype), np.array([-6e4, np.nan], dtype))
            assert value.dtype == gradient.dtype == dtype
    assert mean_absolute_error([True, False], [1, 1]).dtype == np.float64


def test_wrong_calls_are_errors():
    with pytest.raises(ValueError, match=r"t and y must have the same shape, got \(3,\) and \(3, 1\)"):
        mean_absolute_error(np.zeros(3), np.zeros((3, 1)))
    with pytest.raises(ValueError, match=r"mean_absolute_error: y of shape .* is empty"):
        mean_absolute_error([], [])
    with pytest.raises(TypeError, match="mean_absolute_error: t must hold"):
        mean_absolute_error(["a"], [1])
