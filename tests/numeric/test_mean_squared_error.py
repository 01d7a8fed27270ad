import numpy as np
import pytest

from mathcore.numeric import mean_squared_error, mean_squared_error_value_and_grad
from tests.numeric import families, oracle

BARS = {"float64": 6, "float32": 0.51, "float16": 0.51}


@pytest.mark.parametrize("scale", [0, 3, 154, 308, -3, -162, -170, -310, "ordinals"])
@pytest.mark.parametrize("dtype", BARS)
def test_every_value_and_gradient_is_within_its_bar(dtype, scale):
    rng = np.random.default_rng(9)
    for n in families.sizes(rng, 3000 if dtype == "float64" else 1000):
        with np.errstate(all="ignore"):
            if scale == "ordinals":
                t, y = families.ordinals(rng, n, -1073, 1020), families.ordinals(rng, n, -1073, 1020)
            else:
                t = rng.uniform(-1, 1, size=n) * 10.0**scale
                y = t * (1 + rng.normal(size=n) * 10.0 ** rng.uniform(-16, -1)) if n % 2 else rng.uniform(-1, 1, n) * 10.0**scale
            t, y = (np.clip(a, -6e4, 6e4) if dtype == "float16" else a for a in (t, y))
            t, y = t.astype(dtype), y.astype(dtype)
        if not (np.isfinite(t).all() and np.isfinite(y).all()):
            continue
        value, gradient = mean_squared_error_value_and_grad(t, y)
        pair = oracle.floats(t), oracle.floats(y)
        assert oracle.worst_ulp([value], oracle.exact(oracle.mean_squared_error, *pair, dtype=dtype), dtype) <= BARS[dtype]
        exact = oracle.exact(oracle.mean_squared_error_gradient, *pair, dtype=dtype)
        assert oracle.worst_ulp(gradient, exact, dtype) <= BARS[dtype]
        assert value == mean_squared_error(t, y)


def test_squares_leave_the_range_of_floats_only_if_their_mean_does():
    assert mean_squared_error([1.2e154] * 3, [0, 0, 0]) == pytest.approx(1.44e308)
    assert mean_squared_error([1e200, 0], [0, 0]) == np.inf
    assert mean_squared_error([3e-162] * 3, [0, 0, 0]) == 1e-323
    assert mean_squared_error([1e-162, 0, 0], [0, 0, 0]) == 0


def test_a_difference_may_overflow_where_its_gradient_does_not():
    gradient = mean_squared_error_value_and_grad([1.6e308, 0, 0, 0], [-1.6e308, 0, 0, 0])[1]
    assert gradient.tolist() == [-1.6e308, 0, 0, 0]


def test_infinite_and_nan_entries_propagate():
    assert mean_squared_error([np.inf, 0], [0, 0]) == np.inf
    assert np.isnan(mean_squared_error([np.inf, 0], [np.inf, 0]))
    assert np.isnan(mean_squared_error([np.nan, 0], [0, 0]))
    assert mean_squared_error_value_and_grad([np.inf, 0], [0, 0])[1].tolist() == [-np.inf, 0]


def test_the_mean_is_over_everything_unless_an_axis_is_named():
    t, y = np.zeros((2, 3)), np.arange(6).reshape(2, 3)
    assert mean_squared_error(t, y) == 55 / 6
    assert mean_squared_error(t, y, axis=0).tolist() == [4.5, 8.5, 14.5]
    value, gradient = mean_squared_error_value_and_grad(t, y, axis=-1)
    assert value.tolist() == [5 / 3, 50 / 3]
    np.testing.assert_allclose(gradient, 2 * y / 3)
    assert mean_squared_error(1.0, 3.0) == 4
    assert mean_squared_error(np.uint8([0]), np.uint8([255])) == 255**2


def test_wrong_calls_are_errors():
    with pytest.raises(ValueError, match=r"t and y must have the same shape, got \(3,\) and \(3, 1\)"):
        mean_squared_error(np.zeros(3), np.zeros((3, 1)))
    with pytest.raises(ValueError, match=r"mean_squared_error: y of shape .* is empty"):
        mean_squared_error([], [])
    with pytest.raises(TypeError, match="mean_squared_error: t must hold"):
        mean_squared_error(["a"], [1])


@pytest.mark.parametrize("size", [1e127, 1e128, 1e200, 1e300])
def test_equal_numbers_of_any_size_have_no_error(size):
    x = np.array([size])
    value, gradient = mean_squared_error_value_and_grad(x, x)
    assert (mean_squared_error(x, x), value, gradient.tolist()) == (0.0, 0.0, [0.0])
