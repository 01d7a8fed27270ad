from fractions import Fraction

import numpy as np
import pytest
from flint import arb, ctx

from mathcore.numeric import gradient_descent_step
from mathcore.numeric.momentum_step import momentum_step
from tests.numeric import families, oracle

UNITS = {"float64": 2.0**-53, "float32": 2.0**-24, "float16": 2.0**-11}
SPREAD = {"float64": (-1073, 1020), "float32": (-140, 126), "float16": (-20, 14)}


def assert_within_the_bar(out, w, step, dtype):
    _, smallest, top = oracle.FORMATS[dtype]
    with ctx.workprec(4500):
        y = arb(w) + step
        if np.isinf(out):
            assert (y if out > 0 else -y) > (1 - 8 * UNITS[dtype]) * oracle.power_of_two(top)
        else:
            assert abs(arb(out) - y) <= 4 * UNITS[dtype] * (abs(arb(w)) + abs(step)) + oracle.power_of_two(smallest)


def exact(w, g, v, rate, momentum, nesterov):
    """Velocity and step, one after the other."""
    found = []
    for a, b in zip(g, v, strict=True):
        velocity = arb(momentum) * arb(b) - arb(rate) * arb(a)
        found += [velocity, arb(momentum) * velocity - arb(rate) * arb(a) if nesterov else velocity]
    return found


@pytest.mark.parametrize("nesterov", [False, True])
@pytest.mark.parametrize(("rate", "momentum"), [(0.0, 0.9), (1e-300, 0.5), (0.01, 0.9), (0.1, 0.0), (1.0, 1.0), (1e300, 0.3)])
@pytest.mark.parametrize("dtype", UNITS)
def test_weights_and_velocity_are_within_their_bars(dtype, rate, momentum, nesterov):
    rng, n = np.random.default_rng(10), 300
    with np.errstate(all="ignore"):
        w, g, v = (families.ordinals(rng, n, *SPREAD[dtype]).astype(dtype) for _ in range(3))
        cancelling = (g.astype(float) * rate / momentum * (1 + rng.normal(size=n) * 10 ** rng.uniform(-17, -3, n))).astype(dtype)
    v[::2] = np.where(np.isfinite(cancelling), cancelling, v)[::2]
    w[::3] = 0
    out, velocity = momentum_step(w, g, v, rate, momentum, nesterov=nesterov)
    triple = oracle.floats(w), oracle.floats(g), oracle.floats(v)
    found = oracle.exact(lambda w, g, v: exact(w, g, v, rate, momentum, nesterov), *triple, dtype=dtype)
    assert oracle.worst_ulp(velocity, found[::2], dtype) <= 1
    for new, old, step in zip(out.tolist(), w.tolist(), found[1::2], strict=True):
        assert_within_the_bar(new, old, step, dtype)


def test_terms_that_cancel_keep_their_digits():
    w, velocity = momentum_step([0.0], [3.0], [2.0], 0.5, 0.75)
    assert w.tolist() == velocity.tolist() == [0]
    above = np.nextafter(0.1, 1)
    exact = Fraction(0.1) * Fraction(0.3) - Fraction(0.3) * Fraction(above)
    assert momentum_step([0.0], [above], [0.3], 0.3, 0.1)[1].tolist() == [float(exact)]
    exact = Fraction(0.1) - Fraction(0.3) * Fraction(1 / 3)
    assert momentum_step([0.0], [1 / 3], [1.0], 0.3, 0.1)[1].tolist() == [float(exact)]
    assert float(exact) != 0.1 - 0.3 * (1 / 3)


def test_without_momentum_it_is_gradient_descent():
    rng = np.random.default_rng(1)
    w, g = rng.normal(size=(2, 50))
    np.testing.assert_array_max_ulp(momentum_step(w, g, np.zeros(50), 0.1, 0.0)[0], gradient_descent_step(w, g, 0.1), 1)


def test_steps_go_the_way_of_keras():
    w, velocity = np.array([1.0]), np.array([0.0])
    for _ in range(2):
        w, velocity = momentum_step(w, [2.0], velocity, 0.25, 0.5)
    assert (w.tolist(), velocity.tolist()) == ([-0.25], [-0.75])
    w, velocity = momentum_step([1.0], [2.0], [0.5], 0.25, 0.5, nesterov=True)
    assert (w.tolist(), velocity.tolist()) == ([0.375], [-0.25])


def test_a_step_may_overflow_where_the_new_weight_does_not():
    w, velocity = momentum_step(1.7e308, 1.9e307, 0.0, 10.0)
    assert w == pytest.approx(-2e307)
    assert velocity == -np.inf


def test_each_result_has_the_format_of_its_own_argument():
    w, velocity = momentum_step(np.ones(3, np.float16), np.ones(3), np.zeros(3, np.float32), 0.1)
    assert (w.dtype, velocity.dtype) == (np.float16, np.float32)
    assert isinstance(momentum_step(np.float32(1), 1.0, 0, 0.5)[0], np.float32)
    assert momentum_step([1, 2], [1, 1], [0, 0], 0.5)[0].dtype == np.float64


def test_arguments_are_not_changed_and_nan_and_inf_propagate():
    w, v = np.ones(3), np.zeros(3)
    out, velocity = momentum_step(w, [np.nan, np.inf, 1.0], v, 0.5)
    assert np.isnan(out[0])
    assert np.isnan(velocity[0])
    assert (out[1], velocity[1]) == (-np.inf, -np.inf)
    assert w.tolist() == [1, 1, 1]
    assert v.tolist() == [0, 0, 0]


def test_wrong_calls_are_errors():
    with pytest.raises(ValueError, match=r"momentum must be from 0 to 1, got 1\.5\. Use 0 for plain"):
        momentum_step(1.0, 1.0, 0.0, 0.1, 1.5)
    with pytest.raises(ValueError, match=r"learning_rate must be finite and not negative, got nan"):
        momentum_step(1.0, 1.0, 0.0, np.nan)
    with pytest.raises(ValueError, match=r"w and velocity must have the same shape, got \(2,\) and \(1,\)"):
        momentum_step([1.0, 1], [1.0, 1], [0.0], 0.1)
    with pytest.raises(TypeError, match="gradient must hold"):
        momentum_step([1.0], [1j], [0.0], 0.1)


@pytest.mark.parametrize("rate", [0.01, 1e300])
def test_many_ordinary_entries_and_a_few_extreme_ones_have_the_bits_that_each_has_alone(rate):
    rng = np.random.default_rng(12)
    w, g, v = rng.normal(size=(3, 40_000))
    g[::1000], v[1::1000], v[2::1000] = 1e-310, 1e308, 0.0
    v[3::1000] = g[3::1000] * 0.01 / 0.9
    new, velocity = momentum_step(w, g, v, rate)
    for k in [*range(6), 1000, 20_003, 39_999]:
        alone = momentum_step(w[k], g[k], v[k], rate)
        assert (new[k], velocity[k]) == alone
