import warnings

import numpy as np
import pytest
from flint import arb

from mathcore.numeric import entropy, js_divergence
from mathcore.numeric.js_divergence import EVEN
from tests.numeric import families, oracle
from tests.sampling import sampled

BARS = {"float64": 6, "float32": 0.51, "float16": 0.51}


def exact(p, q, dtype=np.float64):
    """sum(p log(2 p / (p + q)) + q log(2 q / (p + q))) / 2, each logarithm by log1p where p and q are near."""

    def log(a, b):
        ratio = (a - b) / (a + b)  # 2 a / (a + b) - 1
        return ratio.log1p() if abs(ratio) < 0.5 else (2 * a / (a + b)).log()

    def value(p, q):
        total = arb(0)
        for a, b in zip(map(arb, p), map(arb, q), strict=True):
            total += (a * log(a, b) if a > 0 else 0) + (b * log(b, a) if b > 0 else 0)
        return [total / 2]

    return oracle.exact(value, oracle.floats(p), oracle.floats(q), dtype=dtype)


@sampled("kind", families.PAIRS, keep=2)
@pytest.mark.parametrize("family", families.PMFS)
@pytest.mark.parametrize("dtype", BARS)
def test_every_output_is_within_its_bar(dtype, family, kind):
    rng = np.random.default_rng([5, families.PMFS.index(family), families.PAIRS.index(kind)])
    for n in families.sizes(rng, 2000 if dtype == "float64" else 800):
        p = families.pmf(family, n, rng, np.dtype(dtype).type)
        q = families.pair(kind, p, rng)
        assert oracle.worst_ulp([js_divergence(p, q)], exact(p, q, dtype), dtype) <= BARS[dtype], (p.tolist(), q.tolist())


@pytest.mark.parametrize("middle", [1 / 3, 3.0, 1.0, 2.0, 7.0, 1e-8, 1e-200, 1e200])
def test_a_single_term_is_within_the_bar_around_every_ratio_where_the_method_changes(middle):
    rng = np.random.default_rng(6)
    for _ in range(300):
        q = 10.0 ** rng.uniform(-100, 0)
        p = q * middle * (1 + rng.normal() * 10.0 ** rng.uniform(-16, -0.5))
        assert oracle.worst_ulp([js_divergence([p], [q], validate=False)], exact([p], [q]), np.float64) <= 6, (p, q)


def test_neighbouring_floats_are_told_apart():
    p = np.array([0.3, 0.7])
    q = np.array([np.nextafter(0.3, 1), np.nextafter(0.7, 0)])
    assert 0 < js_divergence(p, q) < 1e-31
    assert oracle.worst_ulp([js_divergence(p, q)], exact(p, q), np.float64) <= 6


def test_the_series_is_long_enough():
    assert sum(1 / (k * (2 * k - 1)) / 4 ** (k - 1) for k in range(len(EVEN) + 1, 60)) < 2.0**-57


def test_it_is_symmetric_bit_for_bit():
    rng = np.random.default_rng(7)
    p, q = rng.dirichlet(np.ones(6) / 5, size=(2, 500))
    assert np.array_equal(js_divergence(p, q), js_divergence(q, p))


def test_near_pairs_are_never_negative():
    rng = np.random.default_rng(8)
    p = rng.dirichlet(np.ones(10), size=2000)
    q = p * (1 + rng.normal(size=p.shape) * 1e-9)
    q /= q.sum(axis=1, keepdims=True)
    values = js_divergence(p, q)
    assert (values > 0).all()
    m = (p + q) / 2
    textbook = ((p * np.log(p / m)).sum(axis=1) + (q * np.log(q / m)).sum(axis=1)) / 2
    assert (textbook <= 0).mean() > 0.1  # on the same bits


def test_equal_pmfs_have_divergence_0():
    for p in ([0.3, 0.7], [1.0, 0.0], [1.0, 5e-324]):
        assert js_divergence(p, p) == 0
        assert not np.signbit(js_divergence(p, p))


def test_nothing_in_common_is_one_bit():
    assert js_divergence([1, 0], [0, 1]) == np.log(2)
    assert js_divergence([0.5, 0.5, 0, 0], [0, 0, 0.25, 0.75], base=2) == 1


def test_it_is_the_entropy_gained_by_averaging():
    rng = np.random.default_rng(9)
    p, q = rng.dirichlet(np.ones(4), size=(2, 50))
    gained = entropy((p + q) / 2, validate=False) - (entropy(p) + entropy(q)) / 2
    np.testing.assert_allclose(js_divergence(p, q), gained, rtol=0, atol=1e-14)


def test_subnormal_outcomes_are_summed_before_they_are_rounded():
    p, q = [1.0, *[1e-300] * 1000], [1.0, *[1e-300 * (1 + 1e-11)] * 1000]
    assert oracle.worst_ulp([js_divergence(p, q)], exact(p, q), np.float64) <= 6


def test_a_row_has_the_bits_that_it_has_alone_along_any_axis():
    rng = np.random.default_rng(10)
    p, q = rng.dirichlet(np.ones(5), size=(2, 7))
    values = js_divergence(p, q)
    assert values.tolist() == [js_divergence(a, b) for a, b in zip(p, q, strict=True)]
    assert np.array_equal(js_divergence(p.T, q.T, axis=0), values)


def test_formats_nan_and_warnings():
    with warnings.catch_warnings(), np.errstate(all="raise"):
        warnings.simplefilter("error")
        assert js_divergence(np.float32([0.5, 0.5]), np.float16([0.25, 0.75])).dtype == np.float32
        assert js_divergence([1, 0], [1, 0]).dtype == np.float64
        assert np.isnan(js_divergence([np.nan, 0.5], [0.5, 0.5]))
        assert np.isnan(js_divergence([0.0, 1.0], [np.nan, 1.0]))


def test_each_argument_is_checked_under_its_own_name():
    with pytest.raises(
        ValueError, match=r"js_divergence: probabilities must sum to 1 .* in q\. Normalise them, or pass validate"
    ):
        js_divergence([0.5, 0.5], [0.5, 0.4])
    with pytest.raises(ValueError, match=r"p\[0\] is -1.0"):
        js_divergence([-1.0, 2.0], [0.5, 0.5])
    with pytest.raises(ValueError, match=r"p and q must have the same shape"):
        js_divergence([0.5, 0.5], [1.0])
    with pytest.raises(ValueError, match="base"):
        js_divergence([0.5, 0.5], [0.5, 0.5], base=-1)
