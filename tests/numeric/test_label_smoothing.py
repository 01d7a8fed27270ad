import warnings

import numpy as np
import pytest
from flint import arb

from mathcore.numeric import label_smoothing, one_hot
from tests.numeric import families, oracle
from tests.sampling import sampled

BARS = {"float64": 2, "float32": 0.51, "float16": 0.51}


def exact(t, smoothing, dtype=np.float64):
    return oracle.exact(lambda t: [(1 - arb(smoothing)) * v + arb(smoothing) / len(t) for v in t], oracle.floats(t), dtype=dtype)


@sampled("family", families.PMFS, keep=3)
@pytest.mark.parametrize("dtype", BARS)
def test_every_output_is_within_its_bar(dtype, family):
    rng = np.random.default_rng([14, families.PMFS.index(family)])
    for n in families.sizes(rng, 6000):
        t = families.pmf(family, n, rng, np.dtype(dtype).type)
        smoothing = float(rng.choice([0, 1, 0.1, rng.random(), 10.0 ** rng.uniform(-320, 0), 1 - 10.0 ** rng.uniform(-16, 0)]))
        found = label_smoothing(t, smoothing)
        assert oracle.worst_ulp(found, exact(t, smoothing, dtype), dtype) <= BARS[dtype], (t.tolist(), smoothing)


def test_no_smoothing_changes_no_bit():
    t = np.random.default_rng(15).dirichlet(np.ones(7), size=20)
    assert np.array_equal(label_smoothing(t, 0), t)


def test_full_smoothing_leaves_equal_shares():
    assert label_smoothing([0, 0, 1], 1).tolist() == [1 / 3] * 3


def test_the_true_class_keeps_its_share_of_what_is_spread():
    assert label_smoothing(one_hot([1, 3], 4), 0.5).tolist() == [[0.125, 0.625, 0.125, 0.125], [0.125, 0.125, 0.125, 0.625]]


@pytest.mark.parametrize("smoothing", [0.1, 0.3, 1e-9])
def test_smoothed_labels_are_probabilities_again(smoothing):
    t = np.random.default_rng(16).dirichlet(np.ones(1000) / 10, size=20)
    smoothed = label_smoothing(t, smoothing)
    np.testing.assert_allclose(smoothed.sum(axis=1), 1, rtol=0, atol=1e-14)
    assert np.array_equal(label_smoothing(smoothed, 0), smoothed)  # accepted


def test_a_tenth_is_spread_by_default():
    assert np.array_equal(label_smoothing([0, 1]), label_smoothing([0, 1], 0.1))


def test_classes_lie_along_the_axis():
    t = np.eye(3)[[0, 1, 2, 0]]
    assert np.array_equal(label_smoothing(t.T, 0.2, axis=0), label_smoothing(t, 0.2).T)


def test_formats_nan_and_warnings():
    with warnings.catch_warnings(), np.errstate(all="raise"):
        warnings.simplefilter("error")
        for dtype in (np.float16, np.float32, np.float64):
            assert label_smoothing(np.array([1, 0], dtype), np.float64(0.1)).dtype == dtype
        assert label_smoothing([True, False]).dtype == np.float64
        assert np.isnan(label_smoothing([np.nan, 1.0])).tolist() == [True, False]
        label_smoothing([1.0, 5e-324], 1e-320)


def test_wrong_input_is_named():
    with pytest.raises(ValueError, match=r"label_smoothing: smoothing must lie from 0 to 1, got 1.5\. Use"):
        label_smoothing([0, 1], 1.5)
    with pytest.raises(ValueError, match="smoothing must lie from 0 to 1, got nan"):
        label_smoothing([0, 1], np.nan)
    with pytest.raises(ValueError, match=r"label_smoothing: probabilities must sum to 1 .* pass one_hot\(labels\)"):
        label_smoothing([0, 3, 1], 0.1)
    with pytest.raises(TypeError, match="smoothing must be one number"):
        label_smoothing([0, 1], [0.1, 0.2])
