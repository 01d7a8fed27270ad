"""Small arrays take a door of their own: it must give, bit for bit, what the blocks give."""

import numpy as np
import pytest

from mathcore import numeric
from mathcore.numeric._exponentials import small


def shapes(rng):
    """Short rows, longer rows, batches of both."""
    yield (int(rng.integers(1, 70)),)
    yield (int(rng.integers(65, 1500)),)
    yield int(rng.integers(1, 40)), int(rng.integers(1, 50))
    yield int(rng.integers(1, 10)), int(rng.integers(60, 200))


def logits(rng, shape):
    z = rng.normal(size=shape) * rng.choice([1e-9, 0.1, 1, 5, 40, 300]) + rng.choice([0, 0, 5, -30])
    return np.rint(z) if rng.random() < 0.15 else z


def in_blocks(function, arrays, axis):
    """The same call on a batch of one, which the door does not serve."""
    return function(*(a[None] for a in arrays), axis=axis + 1)[0]


@pytest.mark.parametrize("name", ["softmax", "log_softmax", "logsumexp"])
def test_functions_of_logits_have_the_bits_of_their_blocks(name):
    rng, served = np.random.default_rng(1), 0
    for _ in range(300):
        for shape in shapes(rng):
            z = logits(rng, shape).astype(rng.choice([np.float64, np.float32]))
            for axis in range(len(shape)):
                served += small(z, axis) is not None
                found = getattr(numeric, name)(z, axis=axis)
                assert np.array_equal(found, in_blocks(getattr(numeric, name), [z], axis))
    assert served > 800


def test_losses_of_class_numbers_have_the_bits_of_their_blocks():
    rng = np.random.default_rng(3)
    for _ in range(300):
        for shape in shapes(rng):
            z = logits(rng, shape).astype(rng.choice([np.float64, np.float32]))
            for axis in range(len(shape)):
                label = rng.integers(shape[axis], size=[n for a, n in enumerate(shape) if a != axis])
                loss = numeric.sparse_categorical_crossentropy(label, z, axis=axis, from_logits=True)
                batch = numeric.sparse_categorical_crossentropy(label[None], z[None], axis=axis + 1, from_logits=True)
                assert np.array_equal(loss, batch[0])
                assert loss.dtype == z.dtype


@pytest.mark.parametrize("name", ["entropy", "kl_divergence", "mean_squared_error", "sparse_categorical_crossentropy"])
def test_values_of_one_short_row_have_the_bits_of_their_blocks(name):
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


def test_a_call_through_the_door_leaves_nothing_behind():
    from mathcore.numeric._blocks import scratch

    numeric.softmax(np.arange(100.0))
    before = len(scratch.buffers), scratch.used
    for _ in range(50):
        numeric.softmax(np.arange(100.0))
        numeric.softmax(np.arange(200.0).reshape(2, 100) / 50)
    assert (len(scratch.buffers), scratch.used) == before
