import warnings

import numpy as np
import pytest
from flint import arb

from mathcore.numeric.huber import huber, huber_value_and_grad
from tests.numeric import families, oracle

BARS = {"float64": 3, "float32": 0.51, "float16": 0.51}
SPREAD = {"float64": (-1073, 1022), "float32": (-148, 126), "float16": (-23, 14)}


def exact(t, y, delta):
    values = []
    for a, b in zip(t, y, strict=True):
        size = abs(arb(b) - arb(a))
        values.append(size * size / 2 if size <= delta else arb(delta) * (size - arb(delta) / 2))
    return values


def exact_gradient(t, y, delta):
    residuals = [arb(b) - arb(a) for a, b in zip(t, y, strict=True)]
    return [r if abs(r) <= delta else arb(delta) if r > 0 else -arb(delta) for r in residuals]


@pytest.mark.parametrize("delta", [1.0, 0.1, 1.345, 1e-300, 1e300, 1.5e-323])
@pytest.mark.parametrize("dtype", BARS)
def test_every_value_and_gradient_is_within_its_bar(dtype, delta):
    rng = np.random.default_rng(4)
    with np.errstate(all="ignore"):
        t = np.concatenate([rng.normal(size=900), families.ordinals(rng, 600, *SPREAD[dtype])]).astype(dtype)
        near = t[:300].astype(float) + delta * rng.choice([-1, 1], 300) * (1 + rng.normal(size=300) * 1e-15)
        y = np.concatenate([near, rng.normal(size=600), families.ordinals(rng, 600, *SPREAD[dtype])]).astype(dtype)
    kept = np.isfinite(y)
    t, y = t[kept], y[kept]
    value, gradient = huber_value_and_grad(t, y, delta)
    pair = oracle.floats(t), oracle.floats(y)
    assert oracle.worst_ulp(value, oracle.exact(lambda t, y: exact(t, y, delta), *pair, dtype=dtype), dtype) <= BARS[dtype]
    slopes = oracle.exact(lambda t, y: exact_gradient(t, y, delta), *pair, dtype=dtype)
    assert oracle.worst_ulp(gradient, slopes, dtype) <= 0.51
    assert np.array_equal(value, huber(t, y, delta=delta))


def test_differences_and_squares_leave_the_range_of_floats_only_if_the_loss_does():
    big = np.finfo(float).max
    assert huber(big, -big, 0.25) == big / 2
    assert huber(big, -big, 1e-300) == pytest.approx(2 * (big * 1e-300), rel=1e-15)
    assert huber(0.0, 1.8e154, 1e200) == pytest.approx(1.62e308, rel=1e-15)
    assert huber(0.0, 1e200, 1e200) == np.inf
    assert huber_value_and_grad(big, -big, 0.25)[1] == -0.25


def test_the_line_begins_where_the_parabola_ends():
    delta = 0.1
    y = np.nextafter(delta, [0, 1])
    below, above = huber(np.zeros(2), y, delta)
    assert 0 <= above - below <= 4 * np.spacing(below)


def test_infinite_and_nan_entries_propagate():
    value, gradient = huber_value_and_grad([0.0, np.inf, np.nan, np.inf], [np.inf, 0.0, 0.0, np.inf], 2.0)
    assert value[:2].tolist() == [np.inf, np.inf]
    assert gradient[:2].tolist() == [2, -2]
    assert np.isnan(value[2:]).all()
    assert np.isnan(gradient[2:]).all()


def test_formats_are_kept_and_nothing_warns():
    with warnings.catch_warnings(), np.errstate(all="raise"):
        warnings.simplefilter("error")
        for dtype in BARS:
            value, gradient = huber_value_and_grad(np.array([np.inf, 6e4, 0], dtype), np.array([-6e4, np.nan, 1e-7], dtype))
            assert value.dtype == gradient.dtype == dtype
    assert huber([1, 2], [1, 4]).tolist() == [0, 1.5]
    assert type(huber(np.float32(1), np.float32(2))) is np.float32
    assert huber(np.zeros((2, 0)), np.zeros((2, 0))).shape == (2, 0)


@pytest.mark.parametrize("delta", [0, -1.0, np.inf, np.nan])
def test_an_impossible_delta_is_an_error(delta):
    with pytest.raises(ValueError, match=r"huber: delta must be positive and finite, got .*Use mean_squared_error"):
        huber([1.0], [2.0], delta)


def test_other_wrong_calls_are_errors():
    with pytest.raises(ValueError, match=r"t and y must have the same shape, got \(3,\) and \(3, 1\)"):
        huber(np.zeros(3), np.zeros((3, 1)))
    with pytest.raises(TypeError, match="delta must be one number"):
        huber([1.0], [2.0], [1.0, 2.0])
    with pytest.raises(TypeError, match="huber: y must hold"):
        huber([1.0], ["a"])
