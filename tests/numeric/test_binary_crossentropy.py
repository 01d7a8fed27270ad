import warnings

import numpy as np
import pytest
from flint import arb, ctx

from mathcore.numeric.binary_crossentropy import binary_crossentropy, binary_crossentropy_value_and_grad
from tests.numeric import families, oracle

BARS = {"float64": 2, "float32": 0.51, "float16": 0.51}
SPREAD = {"float64": (-1073, 1022), "float32": (-148, 126), "float16": (-23, 14)}


def labels(kind, rng, size, dtype):
    if kind == "hard":
        return rng.integers(0, 2, size).astype(dtype)
    t = rng.choice([rng.random(size), 1 - 10 ** rng.uniform(-16, 0, size), 10 ** rng.uniform(-20, 0, size)])
    t[::7] = rng.choice([0, 1, 0.1, 0.9, 1e-300, 1 - 2**-53], t[::7].size)
    return np.minimum(t.astype(dtype), np.asarray(1, dtype))


def logits(rng, size, dtype):
    part = size // 4
    z = [rng.normal(size=part) * 3, rng.uniform(-60, 60, part), rng.uniform(-760, 760, part)]
    with np.errstate(all="ignore"):
        return np.concatenate([*z, families.ordinals(rng, size - 3 * part, *SPREAD[dtype])]).astype(dtype)


def probabilities(rng, size, dtype):
    part = size // 4
    q = [rng.random(part), 1 - 10 ** rng.uniform(-16, 0, part), 1 - rng.integers(1, 99, part) * 2.0**-53]
    q = np.concatenate([*q, np.abs(families.ordinals(rng, size - 3 * part, -1073, 0))])
    return np.minimum(q.astype(dtype), np.asarray(1, dtype))


def softplus(z):
    return arb(max(z, 0.0)) + (-abs(arb(z))).exp().log1p()


def sigmoid(z):
    e = (-abs(arb(z))).exp()
    return 1 / (1 + e) if z > 0 else e / (1 + e)


def from_logits(t, z):
    return [arb(a) * softplus(-b) + (1 - arb(a)) * softplus(b) for a, b in zip(t, z, strict=True)]


def parts(t, z):
    return [((1 - arb(a)) * sigmoid(b), arb(a) * sigmoid(-b)) for a, b in zip(t, z, strict=True)]


def from_probabilities(t, q):
    def one(a, b):
        if (a > 0 and b == 0) or (a < 1 and b == 1):
            return oracle.INFINITY
        yes = arb(0) if a == 0 else arb(a) * arb(b).log()
        return -yes - (arb(0) if a == 1 else (1 - arb(a)) * (-arb(b)).log1p())

    return [one(a, b) for a, b in zip(t, q, strict=True)]


def by_probability(t, q):
    def one(a, b):
        if a == 0 and b < 1:
            return 1 / (1 - arb(b))
        if a == 1 and b > 0:
            return -1 / arb(b)
        if b in (0, 1):
            return -oracle.INFINITY if b == 0 else oracle.INFINITY
        return (arb(b) - arb(a)) / (arb(b) * (1 - arb(b)))

    return [one(a, b) for a, b in zip(t, q, strict=True)]


@pytest.mark.parametrize("kind", ["hard", "soft"])
@pytest.mark.parametrize("dtype", BARS)
def test_from_logits_every_value_is_within_its_bar(dtype, kind):
    rng = np.random.default_rng(3)
    t, z = labels(kind, rng, 6000, dtype), logits(rng, 6000, dtype)
    found = binary_crossentropy(t, z, from_logits=True)
    values = oracle.exact(from_logits, oracle.floats(t), oracle.floats(z), dtype=dtype)
    assert oracle.worst_ulp(found, values, dtype) <= BARS[dtype]


@pytest.mark.parametrize("dtype", BARS)
def test_from_logits_the_gradient_of_hard_labels_is_within_its_bar(dtype):
    rng = np.random.default_rng(4)
    t, z = labels("hard", rng, 6000, dtype), logits(rng, 6000, dtype)
    found = binary_crossentropy_value_and_grad(t, z, from_logits=True)[1]
    values = oracle.exact(lambda t, z: [a - b for a, b in parts(t, z)], oracle.floats(t), oracle.floats(z), dtype=dtype)
    assert oracle.worst_ulp(found, values, dtype) <= BARS[dtype]


@pytest.mark.parametrize("dtype", BARS)
def test_from_logits_the_gradient_of_soft_labels_is_within_its_bar(dtype):
    rng = np.random.default_rng(5)
    t, z = labels("soft", rng, 6000, dtype), np.clip(logits(rng, 6000, dtype), -2000, 2000)
    found = binary_crossentropy_value_and_grad(t, z, from_logits=True)[1]
    digits, smallest, _ = oracle.FORMATS[dtype]
    pairs = oracle.exact(lambda t, z: [x for pair in parts(t, z) for x in pair], oracle.floats(t), oracle.floats(z), dtype=dtype)
    with ctx.workprec(2000):
        for out, up, down in zip(found.tolist(), pairs[::2], pairs[1::2], strict=True):
            assert abs(arb(out) - (up - down)) <= 4 * oracle.power_of_two(-digits) * (up + down) + oracle.power_of_two(smallest)


@pytest.mark.parametrize("kind", ["hard", "soft"])
@pytest.mark.parametrize("dtype", BARS)
def test_from_probabilities_every_value_and_gradient_is_within_its_bar(dtype, kind):
    rng = np.random.default_rng(6)
    t, q = labels(kind, rng, 6000, dtype), probabilities(rng, 6000, dtype)
    value, gradient = binary_crossentropy_value_and_grad(t, q)
    pair = oracle.floats(t), oracle.floats(q)
    assert oracle.worst_ulp(value, oracle.exact(from_probabilities, *pair, dtype=dtype), dtype) <= BARS[dtype]
    bar = 3 if dtype == "float64" else 0.51
    assert oracle.worst_ulp(gradient, oracle.exact(by_probability, *pair, dtype=dtype), dtype) <= bar
    assert np.array_equal(value, binary_crossentropy(t, q))


@pytest.mark.slow
def test_every_finite_float16_logit_is_within_its_bar():
    z = np.arange(2**16, dtype=np.uint16).view(np.float16)
    z = z[np.isfinite(z)][::3]
    for label in (0.0, 1.0, 0.25):
        t = np.full_like(z, label)
        values = oracle.exact(from_logits, oracle.floats(t), oracle.floats(z), dtype=np.float16)
        assert oracle.worst_ulp(binary_crossentropy(t, z, from_logits=True), values, np.float16) <= BARS["float16"]


def test_the_loss_of_a_sure_and_right_prediction_does_not_collapse_to_0():
    assert binary_crossentropy(0, -45.748, from_logits=True) == pytest.approx(1.3548650562391727e-20, rel=1e-15)
    assert binary_crossentropy_value_and_grad(1, 40.0, from_logits=True)[1] == pytest.approx(-4.248354255291589e-18, rel=1e-15)
    assert binary_crossentropy(1, 1e-300) == pytest.approx(690.7755278982137)


def test_infinite_logits_are_limits():
    t, z = [0, 1, 0, 1, 0.5, 0.5], [-np.inf, np.inf, np.inf, -np.inf, np.inf, -np.inf]
    value, gradient = binary_crossentropy_value_and_grad(t, z, from_logits=True)
    assert value.tolist() == [0, 0, np.inf, np.inf, np.inf, np.inf]
    assert gradient.tolist() == [0, 0, 1, -1, 0.5, -0.5]
    assert not np.signbit(value).any()
    assert not np.signbit(gradient[:2]).any()


def test_probabilities_of_0_and_1_cost_nothing_or_everything():
    t, q = [0, 1, 0, 1, 0.5, 0.5], [0, 1, 1, 0, 1, 0]
    value, gradient = binary_crossentropy_value_and_grad(t, q)
    assert value.tolist() == [0, 0, np.inf, np.inf, np.inf, np.inf]
    assert gradient.tolist() == [1, -1, np.inf, -np.inf, np.inf, -np.inf]
    assert not np.signbit(value).any()


@pytest.mark.parametrize("from_logits", [True, False])
def test_nan_propagates_entry_by_entry(from_logits):
    value, gradient = binary_crossentropy_value_and_grad([np.nan, 0.0, 1.0], [0.5, np.nan, 0.5], from_logits=from_logits)
    assert np.isnan(value).tolist() == np.isnan(gradient).tolist() == [True, True, False]


def test_formats_are_kept_and_nothing_warns():
    with warnings.catch_warnings(), np.errstate(all="raise"):
        warnings.simplefilter("error")
        for dtype in BARS:
            z = np.array([-np.inf, -6e4, -745, 0, 17, np.inf, np.nan], dtype)
            value, gradient = binary_crossentropy_value_and_grad(np.ones(7, dtype), z, from_logits=True)
            assert value.dtype == gradient.dtype == dtype
            binary_crossentropy_value_and_grad(np.ones(3, dtype), np.array([0, 1, 1e-7], dtype))
    assert binary_crossentropy([True, False], [1, 0]).tolist() == [0, 0]
    assert type(binary_crossentropy(np.float32(1), np.float32(0.5))) is np.float32
    assert binary_crossentropy(np.int8([1]), np.float16([0.5])).dtype == np.float64


def test_wrong_calls_are_errors():
    with pytest.raises(ValueError, match=r"labels must be from 0 to 1; t\[1\] is 2\.0\. Scale them .*validate=False"):
        binary_crossentropy([0, 2], [0.5, 0.5])
    with pytest.raises(ValueError, match=r"must be from 0 to 1; prediction is -3\.0.*pass logits with from_logits=True"):
        binary_crossentropy(0, -3.0)
    with pytest.raises(ValueError, match="t and prediction must have the same shape"):
        binary_crossentropy([0, 1], [0.5])
    with pytest.raises(TypeError, match="binary_crossentropy: prediction must hold"):
        binary_crossentropy([0], ["a"])


def test_without_validation_the_formula_is_continued():
    assert binary_crossentropy(2.0, 1.0, from_logits=True, validate=False) == pytest.approx(np.log1p(np.exp(1.0)) - 2)


def test_a_prediction_of_minus_zero_has_the_gradient_of_zero():
    labels = np.array([0.0, 0.25, 1.0])
    for zero in (0.0, -0.0):
        _, gradient = binary_crossentropy_value_and_grad(labels, np.full(3, zero))
        assert gradient.tolist() == [1.0, -np.inf, -np.inf]
