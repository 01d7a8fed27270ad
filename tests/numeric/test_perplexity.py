import warnings

import numpy as np
import pytest
from flint import arb

from mathcore.numeric import entropy, perplexity
from tests.numeric import families, oracle

BARS = {"float64": 8, "float32": 0.51, "float16": 0.51}


def exact(p, dtype=np.float64):
    return oracle.exact(lambda p: [oracle.entropy(p)[0].exp()], oracle.floats(p), dtype=dtype)


@pytest.mark.parametrize("family", families.PMFS)
@pytest.mark.parametrize("dtype", BARS)
def test_every_output_is_within_its_bar(dtype, family):
    rng = np.random.default_rng([11, families.PMFS.index(family)])
    for n in families.sizes(rng, 8000 if dtype == "float64" else 3000):
        p = families.pmf(family, n, rng, np.dtype(dtype).type)
        assert oracle.worst_ulp([perplexity(p)], exact(p, dtype), dtype) <= BARS[dtype], p.tolist()


@pytest.mark.parametrize("n", [3, 10, 1000, 100_003, 1_000_003])
def test_a_uniform_pmf_has_as_many_outcomes_as_it_says_on_its_bits(n):
    share = 1 / n
    value = oracle.exact(lambda: [(-n * arb(share) * arb(share).log()).exp()])
    assert oracle.worst_ulp([perplexity(np.full(n, share))], value, np.float64) <= 8
    assert perplexity(np.full(n, share)) == pytest.approx(n, rel=1e-13)


def test_half_a_certainty_and_many_rare_outcomes():
    n = 100_000
    p = np.array([0.5, *[0.5 / n] * n])
    value = oracle.exact(lambda: [(arb(2).log() / 2 - n * arb(0.5 / n) * arb(0.5 / n).log()).exp()])
    assert oracle.worst_ulp([perplexity(p)], value, np.float64) <= 8


@pytest.mark.parametrize("k", range(15))
def test_equally_likely_outcomes_are_counted_exactly(k):
    assert perplexity(np.full(2**k, 2.0**-k)) == 2**k


def test_a_certain_outcome_counts_as_one():
    assert perplexity([1.0]) == 1
    assert perplexity([0, 1, 0]) == 1
    assert perplexity([1.0, 5e-324]) == 1


def test_it_is_the_exponential_of_the_entropy():
    p = np.random.default_rng(12).dirichlet(np.ones(20), size=100)
    np.testing.assert_allclose(perplexity(p), np.exp(entropy(p)), rtol=1e-14)


def test_a_row_has_the_bits_that_it_has_alone_along_any_axis():
    p = np.random.default_rng(13).dirichlet(np.ones(5), size=7)
    assert perplexity(p).tolist() == [perplexity(row) for row in p]
    assert np.array_equal(perplexity(p.T, axis=0), perplexity(p))
    assert perplexity(p / 7, axis=None).shape == ()


def test_formats_nan_and_warnings():
    with warnings.catch_warnings(), np.errstate(all="raise"):
        warnings.simplefilter("error")
        for dtype in (np.float16, np.float32, np.float64):
            assert type(perplexity(np.array([0.5, 0.5, 0], dtype))) is dtype
        assert perplexity([1, 0]).dtype == np.float64
        assert np.isnan(perplexity([[np.nan, 0.5], [0.5, 0.5]])).tolist() == [True, False]
        assert perplexity([1e3, 1e6, 1e200], validate=False) == 0


def test_wrong_input_is_named():
    with pytest.raises(ValueError, match=r"perplexity: probabilities must sum to 1 along axis -1; the row sums to 0.9"):
        perplexity([0.5, 0.4])
    with pytest.raises(ValueError, match=r"perplexity: probabilities must be >= 0; p\[0\] is -1.0"):
        perplexity([-1.0, 2.0])
