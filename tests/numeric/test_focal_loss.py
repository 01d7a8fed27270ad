import warnings

import numpy as np
import pytest
from flint import arb, ctx

from mathcore.numeric.binary_crossentropy import binary_crossentropy, binary_crossentropy_value_and_grad
from mathcore.numeric.focal_loss import focal_loss, focal_loss_value_and_grad
from tests.numeric import oracle
from tests.numeric.test_binary_crossentropy import labels, logits, probabilities, sigmoid, softplus

BARS = {"float64": 8, "float32": 0.51, "float16": 0.51}
GAMMAS = [0.0, 0.5, 1.0, 2.0, 3.7, 5.0]


def power(x, gamma):
    return (arb(gamma) * x.log()).exp() if gamma else arb(1)


def from_logits(t, z, gamma):
    """Value, gradient, and the size of the terms of the gradient, one after the other."""
    found = []
    for a, b in zip(t, z, strict=True):
        yes, no = sigmoid(b), sigmoid(-b)
        miss, loss = arb(a) * no + (1 - arb(a)) * yes, arb(a) * softplus(-b) + (1 - arb(a)) * softplus(b)
        weight, pull = power(miss, gamma), arb(gamma) * (1 - 2 * arb(a)) * yes * no * loss / miss
        found += [
            weight * loss,
            weight * ((1 - arb(a)) * yes - arb(a) * no + pull),
            weight * ((1 - arb(a)) * yes + arb(a) * no + abs(pull)),
        ]
    return found


def from_probabilities(t, q, gamma):
    found = []
    for a, b in ((arb(a), arb(b)) for a, b in zip(t, q, strict=True)):
        yes = arb(0) if a == 0 else a * b.log()
        loss = -yes - (arb(0) if a == 1 else (1 - a) * (-b).log1p())
        miss = a * (1 - b) + (1 - a) * b
        weight, slope, pull = power(miss, gamma), (b - a) / (b * (1 - b)), arb(gamma) * (1 - 2 * a) * loss / miss
        found += [weight * loss, weight * (slope + pull), weight * (abs(slope) + abs(pull))]
    return found


@pytest.mark.parametrize("kind", ["hard", "soft"])
@pytest.mark.parametrize("gamma", GAMMAS)
@pytest.mark.parametrize("dtype", BARS)
@pytest.mark.parametrize("logit", [True, False])
def test_every_value_and_gradient_is_within_its_bar(logit, dtype, gamma, kind):
    rng = np.random.default_rng(8)
    t = labels(kind, rng, 800, dtype)
    x = np.clip(logits(rng, 800, dtype), -3e4, 3e4) if logit else np.clip(probabilities(rng, 800, dtype), 1e-300, 1)
    kept = (x > 0) & (x < 1) | logit
    t, x = t[kept], x[kept]
    value, gradient = focal_loss_value_and_grad(t, x, gamma, from_logits=logit)
    assert np.array_equal(value, focal_loss(t, x, gamma=gamma, from_logits=logit))
    reference = from_logits if logit else from_probabilities
    found = oracle.exact(lambda t, x: reference(t, x, gamma), oracle.floats(t), oracle.floats(x), dtype=dtype)
    assert oracle.worst_ulp(value, found[::3], dtype) <= BARS[dtype]
    if kind == "hard":
        assert oracle.worst_ulp(gradient, found[1::3], dtype) <= BARS[dtype]
    digits, smallest, top = oracle.FORMATS[dtype]
    with ctx.workprec(2000):
        for out, y, size in zip(gradient.tolist(), found[1::3], found[2::3], strict=True):
            if np.isinf(out):
                assert abs(y) >= (1 - oracle.power_of_two(-digits)) * oracle.power_of_two(top)
            else:
                assert abs(arb(out) - y) <= 12 * oracle.power_of_two(-digits) * size + oracle.power_of_two(smallest)


@pytest.mark.parametrize("logit", [True, False])
def test_gamma_0_is_the_binary_crossentropy(logit):
    rng = np.random.default_rng(1)
    t, x = labels("soft", rng, 500, "float64"), rng.random(500)
    found = focal_loss_value_and_grad(t, x, 0.0, from_logits=logit)
    expected = binary_crossentropy_value_and_grad(t, x, from_logits=logit)
    assert found[0].tolist() == expected[0].tolist()
    assert found[1].tolist() == expected[1].tolist()


def test_alpha_weighs_the_two_labels():
    t, z = np.array([1.0, 0.0]), np.array([0.3, 0.3])
    plain = focal_loss_value_and_grad(t, z, from_logits=True)
    weighted = focal_loss_value_and_grad(t, z, alpha=0.25, from_logits=True)
    for a, b in zip(plain, weighted, strict=True):
        assert b.tolist() == (a * [0.25, 0.75]).tolist()


def test_limits_at_infinite_logits_and_sure_probabilities():
    t = [0, 1, 0, 1]
    value, gradient = focal_loss_value_and_grad(t, [-np.inf, np.inf, np.inf, -np.inf], from_logits=True)
    assert value.tolist() == [0, 0, np.inf, np.inf]
    assert gradient.tolist() == [0, 0, 1, -1]
    value, gradient = focal_loss_value_and_grad(t, [0, 1, 1, 0])
    assert value.tolist() == [0, 0, np.inf, np.inf]
    assert gradient.tolist() == [0, 0, np.inf, -np.inf]
    assert not np.signbit(value).any()


def test_a_weight_may_underflow_where_the_loss_does_not():
    assert focal_loss(1e-120, -1e306, 2.7, from_logits=True) > 0
    assert focal_loss(0, 1e300, 5.0, from_logits=True) == 1e300


def test_nan_propagates_and_nothing_warns():
    with warnings.catch_warnings(), np.errstate(all="raise"):
        warnings.simplefilter("error")
        for dtype in BARS:
            z = np.array([-np.inf, -6e4, -745, 0, 17, np.inf, np.nan], dtype)
            value, gradient = focal_loss_value_and_grad(np.ones(7, dtype), z, from_logits=True)
            assert value.dtype == gradient.dtype == dtype
            assert np.isnan(value).tolist() == np.isnan(gradient).tolist() == [False] * 6 + [True]
    assert type(focal_loss(np.float32(1), np.float32(0.5))) is np.float32


def test_an_entry_has_the_bits_that_it_has_alone():
    rng = np.random.default_rng(2)
    t, z = labels("soft", rng, 100, "float64"), logits(rng, 100, "float64")
    together = focal_loss(t, z, from_logits=True)
    assert together.tolist() == [focal_loss(a, b, from_logits=True) for a, b in zip(t, z, strict=True)]
    assert (together <= binary_crossentropy(t, z, from_logits=True)).all()


def test_wrong_calls_are_errors():
    with pytest.raises(ValueError, match=r"focal_loss: gamma must be finite and not negative, got -1\.0\. Use 0"):
        focal_loss([0], [0.5], -1.0)
    with pytest.raises(ValueError, match=r"focal_loss: alpha must be from 0 to 1, got 2\.0\. Use None"):
        focal_loss([0], [0.5], alpha=2.0)
    with pytest.raises(ValueError, match="pass logits with from_logits=True"):
        focal_loss([0], [1.5])
    with pytest.raises(TypeError, match="gamma must be one number"):
        focal_loss([0], [0.5], [1.0, 2.0])


@pytest.mark.parametrize("gamma", [2.0, 2000.0, 2200.0, 1e300])
def test_what_the_label_rules_out_costs_infinitely_much_also_where_the_factor_underflows(gamma):
    assert focal_loss(0.5, 1.0, gamma) == focal_loss(0.5, 0.0, gamma) == np.inf
    assert focal_loss(0.5, np.inf, gamma, from_logits=True) == np.inf
    assert focal_loss(1.0, 0.0, gamma) == focal_loss(1.0, -np.inf, gamma, from_logits=True) == np.inf
