import numpy as np
import pytest
from flint import arb, ctx
from hypothesis import given, settings
from hypothesis import strategies as st

from mathcore.numeric import gradient_descent_step
from tests.numeric import families, oracle

UNITS = {"float64": 2.0**-53, "float32": 2.0**-24, "float16": 2.0**-11}
finite = st.floats(allow_nan=False, allow_infinity=False)


def assert_within_the_bar(out, w, g, rate, dtype):
    _, smallest, top = oracle.FORMATS[dtype]
    saved, ctx.prec = ctx.prec, 4500  # w and the step are exact
    try:
        step = arb(rate) * arb(g)
        y = arb(w) - step
        if np.isinf(out):
            assert (y if out > 0 else -y) > (1 - 8 * UNITS[dtype]) * oracle.power_of_two(top)
        else:
            bar = 4 * UNITS[dtype] * (abs(arb(w)) + abs(step)) + oracle.power_of_two(smallest)
            assert abs(arb(out) - y) <= bar
    finally:
        ctx.prec = saved


@pytest.mark.parametrize("rate", [0.0, 1e-300, 0.001, 0.1, 1.0, 7.3, 1e300])
@pytest.mark.parametrize("dtype", UNITS)
def test_every_weight_is_within_the_bar(dtype, rate):
    rng = np.random.default_rng(10)
    spread = {"float64": (-1073, 1020), "float32": (-140, 127), "float16": (-20, 15)}[dtype]
    with np.errstate(all="ignore"):
        w, g = (families.ordinals(rng, 500, *spread).astype(dtype) for _ in range(2))
        near = (w.astype(float) / rate * (1 + rng.normal(size=500) * 1e-6)).astype(dtype) if rate else g
    g = np.concatenate([g, np.where(np.isfinite(near), near, 0)])
    w = np.concatenate([w, w])
    for out, a, b in zip(gradient_descent_step(w, g, rate), w, g, strict=True):
        assert_within_the_bar(float(out), float(a), float(b), rate, dtype)


@settings(deadline=None, max_examples=300, derandomize=True)
@given(finite, finite, st.floats(0, allow_infinity=False))
def test_any_finite_step_is_within_the_bar(w, g, rate):
    assert_within_the_bar(float(gradient_descent_step(w, g, rate)), w, g, rate, "float64")


def test_a_step_may_overflow_where_the_new_weight_does_not():
    assert gradient_descent_step(1.7e308, 1.9e307, 10.0) == pytest.approx(-2e307)


def test_the_result_has_the_format_of_the_weights():
    for dtype in UNITS:
        w = np.ones((2, 3), dtype)
        assert gradient_descent_step(w, np.ones((2, 3)), np.float64(0.1)).dtype == dtype
    assert gradient_descent_step([1, 2], [1, 1], 0.5).tolist() == [0.5, 1.5]
    assert isinstance(gradient_descent_step(np.float32(1), 1.0, 0.5), np.float32)


def test_the_weights_are_not_changed_in_place():
    w = np.ones(3)
    assert gradient_descent_step(w, w, 0.5).tolist() == [0.5] * 3
    assert w.tolist() == [1.0] * 3
    assert not np.shares_memory(gradient_descent_step(w, np.zeros(3), 0.0), w)


@pytest.mark.parametrize("rate", [-0.1, np.nan, np.inf])
def test_an_impossible_rate_is_an_error(rate):
    with pytest.raises(ValueError, match=r"learning_rate must be finite and not negative, got .*To climb"):
        gradient_descent_step(1.0, 1.0, rate)


def test_other_wrong_calls_are_errors():
    with pytest.raises(TypeError, match=r"learning_rate must be one number, got an array of shape \(2,\)"):
        gradient_descent_step([1.0, 1], [1.0, 1], [0.1, 0.2])
    with pytest.raises(ValueError, match=r"w and gradient must have the same shape, got \(3,\) and \(3, 1\)"):
        gradient_descent_step(np.zeros(3), np.zeros((3, 1)), 0.1)
    with pytest.raises(TypeError, match="gradient must hold"):
        gradient_descent_step([1.0], [1j], 0.1)
