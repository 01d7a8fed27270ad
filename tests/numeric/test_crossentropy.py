import math

import numpy as np
import pytest
from flint import arb

from mathcore.numeric import (
    categorical_crossentropy,
    categorical_crossentropy_value_and_grad,
    crossentropy,
    softmax,
    sparse_categorical_crossentropy,
    sparse_categorical_crossentropy_value_and_grad,
)
from tests.numeric import families, oracle
from tests.sampling import sampled

BARS = {"float64": 6, "float32": 0.51, "float16": 0.51}
UNITS = {"float64": 2.0**-53, "float32": 2.0**-24, "float16": 2.0**-11}


def rows(family, dtype, seed, outputs):
    """Logits, a label and soft labels; every other label is that of the largest logit."""
    rng = np.random.default_rng([seed, families.LOGITS.index(family)])
    for n in families.sizes(rng, outputs if dtype == "float64" else outputs // 3):
        z = families.logits(family, n, rng, np.dtype(dtype).type)
        label = int(rng.integers(n)) if rng.random() < 0.5 else int(np.argmax(z))
        yield z, label, families.pmf(families.PMFS[rng.integers(len(families.PMFS))], n, rng, z.dtype)


@pytest.mark.parametrize("kind", families.PAIRS)
@pytest.mark.parametrize("family", families.PMFS)
@pytest.mark.parametrize("dtype", BARS)
def test_every_crossentropy_of_pmfs_is_within_its_bar(dtype, family, kind):
    rng = np.random.default_rng([5, families.PMFS.index(family), families.PAIRS.index(kind)])
    for n in families.sizes(rng, 2000 if dtype == "float64" else 600):
        p = families.pmf(family, n, rng, np.dtype(dtype).type)
        q = families.pair(kind, p, rng)
        exact = oracle.exact(oracle.crossentropy, oracle.floats(p), oracle.floats(q), dtype=dtype)
        for value in (crossentropy(p, q), categorical_crossentropy(p, q)):
            assert oracle.worst_ulp([value], exact, dtype) <= BARS[dtype], (p.tolist(), q.tolist())


@sampled("family", families.LOGITS, keep=5)
@pytest.mark.parametrize("dtype", BARS)
def test_every_loss_of_logits_and_class_numbers_is_within_its_bar(dtype, family):
    for z, label, _ in rows(family, dtype, 6, 3000):
        row = oracle.floats(z)
        value, gradient = sparse_categorical_crossentropy_value_and_grad(label, z, from_logits=True)
        assert oracle.worst_ulp([value], oracle.exact(oracle.surprisal, label, row, dtype=dtype), dtype) <= BARS[dtype]
        one_hot = [float(i == label) for i in range(len(row))]
        exact = oracle.exact(oracle.logits_gradient, one_hot, row, dtype=dtype)
        assert oracle.worst_ulp(gradient, exact, dtype) <= BARS[dtype], (label, row)
        assert value == sparse_categorical_crossentropy(label, z, from_logits=True)


@sampled("family", families.LOGITS, keep=5)
@pytest.mark.parametrize("dtype", BARS)
def test_every_loss_of_logits_and_soft_labels_is_within_its_bar(dtype, family):
    for z, _, t in rows(family, dtype, 7, 3000):
        row, labels = oracle.floats(z), oracle.floats(t)
        value, gradient = categorical_crossentropy_value_and_grad(t, z, from_logits=True)
        exact = oracle.exact(oracle.categorical_crossentropy, labels, row, dtype=dtype)
        assert oracle.worst_ulp([value], exact, dtype) <= BARS[dtype], (labels, row)
        assert value == categorical_crossentropy(t, z, from_logits=True)
        total = sum((arb(a) for a in labels), arb(0))
        smallest = oracle.power_of_two(oracle.FORMATS[dtype][1])
        slopes = oracle.exact(oracle.logits_gradient, labels, row, dtype=dtype)
        for out, y, s, a in zip(gradient, slopes, oracle.exact(oracle.softmax, row, dtype=dtype), labels, strict=True):
            bar = 4 * UNITS[dtype] * (total * s + arb(a)) + smallest
            assert float((abs(arb(float(out)) - y) / bar).abs_upper()) <= 1, (labels, row)


@pytest.mark.parametrize("family", families.LOGITS)
def test_one_hot_rows_give_the_loss_and_the_gradient_of_class_numbers(family):
    for z, label, _ in rows(family, "float64", 8, 2000):
        t = np.eye(z.size)[label]
        value, gradient = categorical_crossentropy_value_and_grad(t, z, from_logits=True)
        sparse_value, sparse_gradient = sparse_categorical_crossentropy_value_and_grad(label, z, from_logits=True)
        assert value == sparse_value or abs(value - sparse_value) <= 2 * np.spacing(value)
        assert (np.abs(gradient - sparse_gradient) <= 2 * np.spacing(np.abs(gradient))).all()


def test_the_loss_of_a_confident_right_answer_never_collapses_to_0():
    for distance in (1.0, 40.0, 300.0, 700.0, 744.0):
        z = [distance, 0.0, 0.0]
        expected = oracle.exact(oracle.surprisal, 0, z)
        for value in (
            sparse_categorical_crossentropy(0, z, from_logits=True),
            categorical_crossentropy([1, 0, 0], z, from_logits=True),
        ):
            assert value > 0
            assert oracle.worst_ulp([value], expected, np.float64) <= 6
        gradient = sparse_categorical_crossentropy_value_and_grad(0, z, from_logits=True)[1]
        assert gradient[0] < 0


def test_a_masked_class_costs_nothing_unless_it_is_the_truth():
    assert categorical_crossentropy([0.5, 0.5, 0], [0, 1, -np.inf], from_logits=True) == pytest.approx(0.8132616875)
    assert categorical_crossentropy([0.5, 0, 0.5], [0, 1, -np.inf], from_logits=True) == np.inf
    assert sparse_categorical_crossentropy(1, [0, -np.inf], from_logits=True) == np.inf
    assert sparse_categorical_crossentropy(0, [0, -np.inf], from_logits=True) == 0
    _, gradient = categorical_crossentropy_value_and_grad([0.5, 0, 0.5], [0, 0, -np.inf], from_logits=True)
    assert gradient.tolist() == [0.0, 0.5, -0.5]


def test_infinite_logits_are_taken_at_their_limit():
    assert categorical_crossentropy([1, 0], [np.inf, 0], from_logits=True) == 0
    assert categorical_crossentropy([0, 1], [np.inf, 0], from_logits=True) == np.inf
    assert np.isnan(categorical_crossentropy([0, 1], [np.inf, np.inf], from_logits=True))
    assert np.isnan(sparse_categorical_crossentropy(0, [-np.inf, -np.inf], from_logits=True))
    assert sparse_categorical_crossentropy_value_and_grad(0, [np.inf, 0], from_logits=True)[1].tolist() == [0, 0]


@pytest.mark.parametrize("from_logits", [True, False])
def test_nan_makes_its_own_sample_nan_and_no_other(from_logits):
    prediction = [[np.nan, 0.5], [0.5, 0.5]]
    value, gradient = categorical_crossentropy_value_and_grad([[1, 0]] * 2, prediction, from_logits=from_logits)
    assert np.isnan(value).tolist() == [True, False]
    assert np.isnan(gradient[0]).any()
    assert np.isfinite(gradient[1]).all()
    value = sparse_categorical_crossentropy([0, 0], prediction, from_logits=from_logits)
    assert np.isnan(value).tolist() == [True, False]


def test_zero_labels_cost_nothing_against_zero_probability():
    assert crossentropy([1, 0], [1, 0]) == 0
    assert not np.signbit(crossentropy([1, 0], [1, 0]))
    assert crossentropy([0.5, 0.5], [1, 0]) == np.inf
    value, gradient = categorical_crossentropy_value_and_grad([0.0, 1.0], [0.0, 1.0])
    assert value == 0
    assert gradient.tolist() == [0, -1]
    assert categorical_crossentropy_value_and_grad([0.5, 0.5], [0.0, 1.0])[1].tolist() == [-np.inf, -0.5]


def test_gradients_of_probabilities_are_minus_t_over_q():
    rng = np.random.default_rng(0)
    t, q = rng.dirichlet(np.ones(5), 20), rng.dirichlet(np.ones(5), 20)
    assert np.array_equal(categorical_crossentropy_value_and_grad(t, q)[1], -t / q)
    label = rng.integers(5, size=20)
    gradient = sparse_categorical_crossentropy_value_and_grad(label, q)[1]
    assert np.array_equal(gradient, np.where(np.arange(5) == label[:, None], -1 / q, 0))


def test_the_gradient_is_each_samples_own():
    rng = np.random.default_rng(1)
    z, label = rng.normal(size=(4, 3)), np.array([0, 1, 2, 0])
    batch = sparse_categorical_crossentropy_value_and_grad(label, z, from_logits=True)[1]
    alone = [sparse_categorical_crossentropy_value_and_grad(k, row, from_logits=True)[1] for k, row in zip(label, z, strict=True)]
    assert np.array_equal(batch, alone)
    np.testing.assert_allclose(batch, softmax(z) - np.eye(3)[label], atol=1e-15)


def test_unnormalised_labels_scale_the_loss_when_nobody_checks():
    z = [1.0, 2.0, 3.0]
    one = categorical_crossentropy([0.25, 0.25, 0.5], z, from_logits=True)
    value, gradient = categorical_crossentropy_value_and_grad([0.5, 0.5, 1.0], z, from_logits=True, validate=False)
    assert value == 2 * one
    np.testing.assert_allclose(gradient, 2 * softmax(z) - [0.5, 0.5, 1.0], atol=1e-15)
    with pytest.raises(ValueError, match=r"must sum to 1 along axis -1; the row sums to 2.0 in t"):
        categorical_crossentropy([0.5, 0.5, 1.0], z, from_logits=True)


def test_labels_given_as_integers_count_as_float64_and_class_numbers_have_no_format():
    z = np.float32([1, 2])
    assert categorical_crossentropy([0, 1], z, from_logits=True).dtype == np.float64
    assert categorical_crossentropy(np.float32([0, 1]), z, from_logits=True).dtype == np.float32
    assert categorical_crossentropy(np.float64([0, 1]), z, from_logits=True).dtype == np.float64
    assert sparse_categorical_crossentropy(np.int64(1), z, from_logits=True).dtype == np.float32


def test_labels_may_come_in_any_integer_type_and_count_along_any_axis():
    z = np.random.default_rng(2).normal(size=(2, 5, 3))
    for dtype in ("uint8", "int16", ">i4", "uint64", "bool"):
        label = np.array([[0, 1, 1], [1, 0, 1]]).astype(dtype)
        values = sparse_categorical_crossentropy(label, z, axis=1, from_logits=True)
        assert np.array_equal(values, sparse_categorical_crossentropy(label, z.transpose(0, 2, 1), from_logits=True))
    assert sparse_categorical_crossentropy([7, 14], z, axis=(1, 2), from_logits=True).shape == (2,)
    assert sparse_categorical_crossentropy(29, z, axis=None, from_logits=True).shape == ()


@pytest.mark.parametrize(
    ("labels", "error", "message"),
    [
        ([0, 3], ValueError, r"labels must be from 0 to 2 for 3 classes; labels\[1\] is 3. Count classes from 0"),
        ([0, -1], ValueError, r"labels\[1\] is -1"),
        (np.array([0, 2**64 - 1], dtype=np.uint64), ValueError, "labels"),
        ([0.0, 1.0], TypeError, r"labels must be integers, got float64. Convert them with labels.astype\(int\)"),
        (["a", "b"], TypeError, "labels must hold"),
        ([0], ValueError, r"labels must have the shape of prediction without its class axes, \(2,\), got \(1,\)"),
        ([[0, 1, 0], [1, 0, 0]], ValueError, r"one-hot rows go to categorical_crossentropy"),
    ],
)
def test_labels_that_are_no_class_numbers_are_an_error(labels, error, message):
    for function in (sparse_categorical_crossentropy, sparse_categorical_crossentropy_value_and_grad):
        with pytest.raises(error, match=message):
            function(labels, [[1.0, 2, 3], [4, 5, 6]], from_logits=True)
        with pytest.raises(error, match=function.__name__):
            function(labels, [[1.0, 2, 3], [4, 5, 6]], from_logits=True, validate=False)


def test_logits_passed_as_probabilities_are_an_error_that_says_so():
    for call in (
        lambda: categorical_crossentropy([1, 0], [0.5, 0.47]),
        lambda: sparse_categorical_crossentropy(0, [0.5, 0.47]),
        lambda: sparse_categorical_crossentropy_value_and_grad(0, [0.5, 0.47]),
    ):
        with pytest.raises(
            ValueError, match=r"the row sums to 0.97 in prediction. Normalise them, or pass logits with from_logits=True"
        ):
            call()
    with pytest.raises(ValueError, match=r"crossentropy: probabilities must sum to 1 along axis -1; row 3 sums to 0.97 in q"):
        crossentropy([[1, 0]] * 4, [[0.5, 0.5]] * 3 + [[0.5, 0.47]])
    with pytest.raises(ValueError, match=r"prediction\[1\] is -2.0. Turn scores .* or pass logits with from_logits=True"):
        categorical_crossentropy([1, 0], [3.0, -2.0])


def test_shapes_and_empty_axes_are_errors():
    with pytest.raises(ValueError, match=r"t and prediction must have the same shape, got \(2,\) and \(3,\)"):
        categorical_crossentropy([1, 0], [1, 2, 3], from_logits=True)
    with pytest.raises(ValueError, match=r"prediction of shape \(2, 0\) is empty along axis -1"):
        categorical_crossentropy(np.zeros((2, 0)), np.zeros((2, 0)), from_logits=True)
    assert categorical_crossentropy(np.zeros((0, 2)), np.zeros((0, 2)), from_logits=True).shape == (0,)


def test_a_subnormal_loss_of_a_soft_label_is_not_rounded_twice():
    p, q = [1.0, *[1e-320] * 500], [1.0, *[0.5**0.5] * 500]
    value = crossentropy(p, q, validate=False)
    assert oracle.worst_ulp([value], oracle.exact(oracle.crossentropy, p, q), np.float64) <= 6
    assert math.isfinite(value)


def test_a_share_of_an_overflowing_distance_is_finite():
    assert categorical_crossentropy([0.5, 0.5], [1e308, -1e308], from_logits=True) == 1e308
    assert categorical_crossentropy([1.0, 0.0], [1e308, -np.inf], from_logits=True) == 0
    t, z = [0.999, 0.001], [1.7e308, -1.7e308]
    exact = oracle.exact(oracle.categorical_crossentropy, t, z)
    assert oracle.worst_ulp([categorical_crossentropy(t, z, from_logits=True)], exact, np.float64) <= 3.5
