from fractions import Fraction

import numpy as np
import pytest
from flint import arb

from mathcore.numeric.adam_step import adam_step, left_of
from tests.numeric import families, oracle
from tests.numeric.test_momentum_step import assert_within_the_bar

SPREAD = {"float64": (-1073, 1020), "float32": (-140, 126), "float16": (-20, 14)}
PARAMETERS = [  # learning_rate, beta1, beta2, epsilon, t
    (0.001, 0.9, 0.999, 1e-8, 1),
    (0.001, 0.9, 0.999, 1e-8, 1000),
    (1e-300, 0.0, 0.0, 1e-300, 3),
    (7.3, 0.3, 0.3, 1e-3, 2),
    (1e300, 0.99, 1 - 2**-53, 5e-324, 10**12),
    (0.0, 1 - 2**-53, 0.9, 1e300, 7),
]


def exact(g, m, v, rate, beta1, beta2, epsilon, t):
    """First moment, second moment and step, one after the other."""
    found, first, second = [], 1 - arb(beta1) ** t, 1 - arb(beta2) ** t
    for a, b, c in ((arb(a), arb(b), arb(c)) for a, b, c in zip(g, m, v, strict=True)):
        m1, v1 = arb(beta1) * b + (1 - arb(beta1)) * a, arb(beta2) * c + (1 - arb(beta2)) * a * a
        found += [m1, v1, -arb(rate) * (m1 / first) / ((v1 / second).sqrt() + arb(epsilon))]
    return found


def states(rng, n, dtype, beta1):
    with np.errstate(all="ignore"):
        w, g, m, v = (families.ordinals(rng, n, *SPREAD[dtype]).astype(dtype) for _ in range(4))
        plain = rng.normal(size=(3, n // 2)).astype(dtype)
        w[: n // 2], g[: n // 2], m[: n // 2] = plain
        v[: n // 2] = np.square(plain[1])
        cancelling = (-(1 - beta1) / beta1 * g.astype(float) * (1 + rng.normal(size=n) * 1e-12)).astype(dtype) if beta1 else m
    m[::3] = np.where(np.isfinite(cancelling), cancelling, m)[::3]
    w[::4] = 0
    return w, g, m, np.abs(v)


@pytest.mark.parametrize("parameters", PARAMETERS)
@pytest.mark.parametrize("dtype", SPREAD)
def test_weights_and_moments_are_within_their_bars(dtype, parameters):
    rate, beta1, beta2, epsilon, t = parameters
    w, g, m, v = states(np.random.default_rng(11), 300, dtype, beta1)
    out, first, second = adam_step(w, g, m, v, t, rate, beta1, beta2, epsilon)
    arguments = oracle.floats(g), oracle.floats(m), oracle.floats(v)
    found = oracle.exact(lambda g, m, v: exact(g, m, v, rate, beta1, beta2, epsilon, t), *arguments, dtype=dtype)
    assert oracle.worst_ulp(first, found[::3], dtype) <= 1
    assert oracle.worst_ulp(second, found[1::3], dtype) <= 1
    for new, old, step in zip(out.tolist(), w.tolist(), found[2::3], strict=True):
        assert_within_the_bar(new, old, step, dtype)


def test_a_float16_weight_survives_a_small_gradient():
    w, m, v = adam_step(np.float16(0.667), np.float16(-0.001), np.float32(0), np.float32(0), 1)
    assert (w.dtype, m.dtype, v.dtype) == (np.float16, np.float32, np.float32)
    assert w == np.float16(0.668)
    assert m == pytest.approx(-1e-4, rel=1e-3)
    assert v == pytest.approx(1e-9, rel=1e-3)
    assert adam_step(np.float16(0.667), np.float16(-0.001), np.float16(0), np.float16(0), 1)[0] == np.float16(0.668)


def test_squares_that_leave_the_range_of_floats_do_not_spoil_the_step():
    w, _, v = adam_step([1.0, 1.0], [1e200, 1e-200], [0.0, 0.0], [0.0, 0.0], 1, epsilon=1e-300)
    assert w.tolist() == [0.999, 0.999]
    assert v.tolist() == [np.inf, 0]


@pytest.mark.parametrize("scale", [1e-6, 1.0, 1e6])
def test_the_first_step_has_the_size_of_the_learning_rate(scale):
    w, _, _ = adam_step([0.0, 0.0], [3.0 * scale, -scale], [0.0, 0.0], [0.0, 0.0], 1, 0.01, epsilon=1e-30)
    np.testing.assert_array_max_ulp(w, np.array([-0.01, 0.01]), 1)


def test_a_weight_without_gradients_stays():
    w, m, v = adam_step([1.5, -0.25], [0.0, 0.0], [0.0, 0.0], [0.0, 0.0], 5)
    assert (w.tolist(), m.tolist(), v.tolist()) == ([1.5, -0.25], [0, 0], [0, 0])


@pytest.mark.slow
def test_steps_walk_down_a_bowl():
    w, m, v = np.array([3.0, -2.0]), np.zeros(2), np.zeros(2)
    for t in range(1, 2001):
        w, m, v = adam_step(w, w * [1.0, 100.0], m, v, t, 0.01)
    assert np.abs(w).max() < 1e-3


def test_shapes_scalars_and_arguments_are_kept():
    w, g = np.ones((2, 3)), np.full((2, 3), 2.0)
    out, _, _ = adam_step(w, g, np.zeros((2, 3)), np.zeros((2, 3)), np.int64(1))
    assert out.shape == (2, 3)
    assert (w == 1).all()
    assert isinstance(adam_step(1.0, 1.0, 0, 0, 1)[0], np.float64)
    assert np.isnan(adam_step(1.0, np.nan, 0.0, 0.0, 1)).all()
    assert adam_step(np.ones(0), np.ones(0), np.ones(0), np.ones(0), 1)[0].shape == (0,)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"t": 0}, r"t must be at least 1, got 0\. Count the steps from 1"),
        ({"beta1": 1.0}, r"beta1 must be >= 0 and < 1, got 1\.0"),
        ({"beta2": -0.1}, r"beta2 must be >= 0 and < 1, got -0\.1"),
        ({"epsilon": 0.0}, r"epsilon must be positive and finite, got 0\.0"),
        ({"learning_rate": -1.0}, r"learning_rate must be finite and not negative, got -1\.0"),
        ({"v": [0.0, -1.0]}, r"v, a mean of squares, must be >= 0; v\[1\] is -1\.0.*m comes before v"),
        ({"m": [0.0]}, r"w and m must have the same shape"),
    ],
)
def test_impossible_values_are_errors(changed, message):
    arguments = {"w": [1.0, 1.0], "gradient": [1.0, 1.0], "m": [0.0, 0.0], "v": [0.0, 0.0], "t": 1} | changed
    with pytest.raises(ValueError, match=message):
        adam_step(**arguments)


def test_a_count_that_is_no_integer_is_a_type_error():
    with pytest.raises(TypeError, match=r"t must be an integer, got 1\.5"):
        adam_step([1.0], [1.0], [0.0], [0.0], 1.5)


@pytest.mark.parametrize("beta", [0.0, 5e-324, 1e-20, 0.5, 0.9, 0.999, 1 - 2.0**-53])
def test_what_a_share_leaves_is_exact_to_sixty_digits(beta):
    """1 - beta^t of a float beta is a fraction; (1 - 2^-53)^2 leaves a tie, which rounds to even."""
    for count in (1, 2, 3, 63, 64, 65, 127, 200, 1000):
        exact = 1 - Fraction(beta) ** count if beta > 1e-300 else Fraction(1)
        assert abs(Fraction(left_of(beta, count)) - exact) < exact * Fraction(1, 10**60)
        assert float(left_of(beta, count)) == float(exact)
    assert left_of(beta, 10**30) == 1


def test_what_another_share_leaves_is_seen():
    """The twin: the next float has another remainder."""
    beta = 0.999
    assert abs(Fraction(left_of(np.nextafter(beta, 1).item(), 5)) - (1 - Fraction(beta) ** 5)) > Fraction(1, 10**20)
