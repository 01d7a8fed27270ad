"""What there are few of has the bits that it has among many."""

from functools import partial

import numpy as np
import pytest

from mathcore import numeric
from tests.sampling import sampled

pytestmark = pytest.mark.usefixtures("without_core")  # the core has no such door: it computes small and large arrays alike


def shapes(rng):
    """Short rows, longer rows, batches of both."""
    yield (int(rng.integers(1, 70)),)
    yield (int(rng.integers(65, 1500)),)
    yield int(rng.integers(1, 40)), int(rng.integers(1, 50))
    yield int(rng.integers(1, 10)), int(rng.integers(60, 200))
    yield int(rng.integers(60, 200)), int(rng.integers(1, 90))


def logits(rng, shape):
    z = rng.normal(size=shape) * rng.choice([1e-9, 0.1, 1, 5, 40, 300]) + rng.choice([0, 0, 5, -30])
    return np.rint(z) if rng.random() < 0.15 else z


def among_many(function, arrays, axis):
    """The same call on a batch of three."""
    return function(*(np.stack([a, a[::-1], a]) for a in arrays), axis=axis + 1)[2]


@sampled("name", ["softmax", "log_softmax", "logsumexp"], keep=1)
def test_functions_of_logits_have_the_bits_of_a_batch(name):
    rng = np.random.default_rng(1)
    for _ in range(100):
        for shape in shapes(rng):
            z = logits(rng, shape).astype(rng.choice([np.float64, np.float32]))
            for axis in range(len(shape)):
                found = getattr(numeric, name)(z, axis=axis)
                assert np.array_equal(found, among_many(getattr(numeric, name), [z], axis))


def test_losses_of_class_numbers_have_the_bits_of_a_batch():
    rng = np.random.default_rng(3)
    for _ in range(100):
        for shape in shapes(rng):
            z = logits(rng, shape).astype(rng.choice([np.float64, np.float32]))
            for axis in range(len(shape)):
                label = rng.integers(shape[axis], size=[n for a, n in enumerate(shape) if a != axis])
                loss = numeric.sparse_categorical_crossentropy(label, z, axis=axis, from_logits=True)
                batch = numeric.sparse_categorical_crossentropy(label[None], z[None], axis=axis + 1, from_logits=True)
                assert np.array_equal(loss, batch[0])
                assert loss.dtype == z.dtype


@pytest.mark.parametrize("name", ["entropy", "kl_divergence", "mean_squared_error", "sparse_categorical_crossentropy"])
def test_values_of_one_short_row_have_the_bits_of_a_batch(name):
    rng = np.random.default_rng(2)
    for k in range(600):
        n, alpha = int(rng.integers(1, 70)), rng.choice([0.05, 1, 50])
        p, q = rng.dirichlet(np.full(n, alpha), 2)
        if k % 3 == 0:
            q = p * (1 + 1e-9 * rng.normal(size=n))
        if k % 2:
            p, q = np.maximum(p, 1e-300), np.maximum(q, 1e-300)
        if name == "sparse_categorical_crossentropy":
            z, label = logits(rng, n), int(rng.integers(n))
            one = numeric.sparse_categorical_crossentropy(label, z, from_logits=True)
            assert one == numeric.sparse_categorical_crossentropy([label], z[None], from_logits=True)[0]
            continue
        arrays = [p] if name == "entropy" else [p, q]
        options = {} if name == "mean_squared_error" else {"validate": False}
        one = getattr(numeric, name)(*arrays, axis=-1, **options)
        batch = getattr(numeric, name)(*(a[None] for a in arrays), axis=-1, **options)[0]
        assert one == batch or (np.isnan(one) and np.isnan(batch))


def pmfs(rng, shape, axis):
    p, q = (rng.exponential(size=shape) ** rng.choice([1.0, 8.0]) for _ in range(2))
    if rng.random() < 0.3:
        q = p * (1 + 1e-6 * rng.normal(size=shape))
    if rng.random() < 0.3:
        p[rng.random(shape) < 0.3] = 0
    p, q = p + 1e-300, q + (0 if rng.random() < 0.2 else 1e-300)
    if rng.random() < 0.3:
        p[p < 1e-3] = 0
        p = p + (p.sum(axis=axis, keepdims=True) == 0)
    return p / p.sum(axis=axis, keepdims=True), q / q.sum(axis=axis, keepdims=True)


FEW = {
    "entropy": {"validate": False},
    "kl_divergence": {"validate": False},
    "crossentropy": {"validate": False, "base": 2},
    "mean_squared_error": {},
    "mean_squared_error_value_and_grad": {},
    "mean_absolute_error": {},
    "mean_absolute_error_value_and_grad": {},
    "categorical_crossentropy": {"from_logits": True},
    "categorical_crossentropy_value_and_grad": {"from_logits": True},
    "sparse_categorical_crossentropy_value_and_grad": {"from_logits": True},
}


@sampled("name", FEW, keep=4)
def test_few_rows_have_the_bits_of_a_batch(name):
    rng, function = np.random.default_rng(4), getattr(numeric, name)
    for _ in range(60):
        for shape in shapes(rng):
            for axis in range(len(shape)):
                dtype = rng.choice([np.float64, np.float32])
                p, q = (a.astype(dtype) for a in pmfs(rng, shape, axis))
                arrays = [p] if name == "entropy" else [p, q]
                if name.startswith("categorical"):
                    arrays = [p, logits(rng, shape).astype(dtype)]
                if name.startswith("sparse"):
                    label = rng.integers(shape[axis], size=[n for a, n in enumerate(shape) if a != axis])
                    arrays = [label, logits(rng, shape).astype(dtype)]
                with np.errstate(all="raise"):
                    few = function(*arrays, axis=axis, **FEW[name])
                batch = function(*(a[None] for a in arrays), axis=axis + 1, **FEW[name])
                pairs = zip(few, batch, strict=True) if isinstance(few, tuple) else [(few, batch)]
                for found, expected in pairs:
                    assert found.dtype == dtype
                    assert np.array_equal(found, expected[0], equal_nan=True)


def test_wrong_calls_of_few_rows_are_told_so():
    p = np.full((3, 4), 0.25)
    for function in (numeric.kl_divergence, numeric.crossentropy):
        with pytest.raises(ValueError, match=r"row 2 sums to 0\.5"):
            function(p, p * np.array([[1], [1], [0.5]]))
    with pytest.raises(ValueError, match="must be >= 0"):
        numeric.entropy(np.array([[1.5, -0.5], [0.5, 0.5]]))
    with pytest.raises(ValueError, match="same shape"):
        numeric.kl_divergence(p, p.T.copy())
    with pytest.raises(ValueError, match="labels must be"):
        numeric.sparse_categorical_crossentropy_value_and_grad(np.array([0, 1, 4]), p, from_logits=True)


def test_a_small_step_of_gradient_descent_has_the_bits_of_a_large_one():
    rng = np.random.default_rng(4)
    for _ in range(200):
        scale = rng.choice([1.0, 1e-300, 1e300])
        w, gradient, rate = rng.normal(size=60) * scale, rng.normal(size=60) * scale, float(rng.choice([0.0, 0.1, 3.0, 1e10]))
        many = numeric.gradient_descent_step(np.resize(w, 60_000), np.resize(gradient, 60_000), rate)
        assert np.array_equal(numeric.gradient_descent_step(w, gradient, rate), many[:60])
        table = numeric.gradient_descent_step(w.reshape(6, 10).T, gradient.reshape(6, 10).T, rate)
        assert np.array_equal(table.T.ravel(), many[:60])


ENDS = np.array([0.0, -0.0, 5e-324, 2.0**-1022, 1e-310, 2.0**-501, 2.0**-500, 1.0, 2.0**500, 2.0**501, 1.7e308, np.inf, np.nan])


def entries(rng, count, kind):
    """Ordinary numbers, many zeros, or the ends of the range, of either sign."""
    if kind == "bits":
        return rng.integers(-(2**63), 2**63 - 1, count).view(np.float64)
    x = rng.normal(size=count) * rng.choice([1.0, 1e-8, 1e-60, 1e60])
    if kind == "zeros":
        x[rng.random(count) < 0.5] = 0.0
    return rng.choice(ENDS, count) * rng.choice([-1.0, 1.0], count) if kind == "ends" else x


def state_of_an_optimiser(rng, count):
    with np.errstate(all="ignore"):
        kinds = [rng.choice(["ordinary", "zeros", "ends", "bits"], p=[0.6, 0.2, 0.1, 0.1])] * 4
        if rng.random() < 0.2:
            rng.shuffle(kinds := ["ordinary", "zeros", "ends", "bits"])
        w, gradient, m, v = (entries(rng, count, kind) for kind in kinds)
        if kinds[0] == "zeros":  # of a weight that has had no gradient
            gradient[:20] = m[:20] = v[:20] = 0.0
        if rng.random() < 0.1:
            gradient = -9 * m * (1 + 1e-7 * rng.normal(size=count))  # the moments cancel
        return w, gradient, m, np.square(v)


def same_bits(found, expected):
    """Zeros keep their sign; any nan is as good as another."""
    nan = np.isnan(expected)
    return np.array_equal(nan, np.isnan(found)) and np.array_equal(found[~nan].view(np.int64), expected[~nan].view(np.int64))


@pytest.mark.parametrize("optimiser", ["momentum", "adam"])
def test_a_small_step_with_memory_has_the_bits_of_a_large_one(optimiser):
    rng = np.random.default_rng(6)
    for _ in range(400):
        arrays = state_of_an_optimiser(rng, 60)
        rate, share = float(rng.choice([0.0, 0.001, 1.0, 1e160, rng.random()])), float(rng.choice([0.0, 0.9, rng.random()]))
        count, epsilon = int(rng.choice([1, 2, 900, 10**9])), float(rng.choice([1e-8, 1.0]))
        if optimiser == "momentum":
            arrays, step = arrays[:3], partial(numeric.momentum_step, learning_rate=rate, momentum=share)
        else:
            step = partial(numeric.adam_step, t=count, learning_rate=rate, beta1=share, epsilon=epsilon)
        with np.errstate(all="raise"):
            large = step(*(np.resize(x, 1200) for x in arrays))
            small = step(*arrays)
            table = step(*(np.ascontiguousarray(x.reshape(6, 10).T) for x in arrays))
        for few, turned, many in zip(small, table, large, strict=True):
            assert same_bits(few, many[:60])
            assert same_bits(turned.T.ravel(), many[:60])


def test_results_of_small_steps_are_nobody_else_s_memory():
    w, gradient, m = np.random.default_rng(9).normal(size=(3, 5))
    first = numeric.adam_step(w, gradient, m, m * m, 1)
    before = [x.copy() for x in first]
    second = numeric.adam_step(gradient, w, m, m * m, 1)
    assert all(np.array_equal(x, y) for x, y in zip(first, before, strict=True))
    assert not any(np.shares_memory(x, y) for x in (*first, w, gradient, m) for y in second)


def test_a_soft_label_beside_them_leaves_the_bits_of_hard_labels():
    """Labels 0 and 1 alone take fewer steps: an entry does not depend on its neighbours."""
    rng = np.random.default_rng(5)
    for _ in range(200):
        z = rng.normal(size=40) * rng.choice([1e-3, 1, 40, 800])
        t = rng.integers(0, 2, 40).astype(float)
        z[:4] = np.inf, -np.inf, 0.0, np.nan
        alone = numeric.binary_crossentropy_value_and_grad(t, z, from_logits=True)
        beside = numeric.binary_crossentropy_value_and_grad(np.r_[t, 0.3], np.r_[z, 1.0], from_logits=True)
        for a, b in zip(alone, beside, strict=True):
            assert np.array_equal(a, b[:-1], equal_nan=True)
