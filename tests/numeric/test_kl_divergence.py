import numpy as np
import pytest
from flint import arb, ctx

from mathcore.numeric import kl_divergence
from mathcore.numeric.kl_divergence import LOWER, UPPER
from tests.numeric import families, oracle
from tests.sampling import sampled

BARS = {"float64": 8, "float32": 0.51, "float16": 0.51}


@sampled("kind", families.PAIRS, keep=2)
@pytest.mark.parametrize("family", families.PMFS)
@pytest.mark.parametrize("dtype", BARS)
def test_every_output_is_within_its_bar(dtype, family, kind):
    rng = np.random.default_rng([4, families.PMFS.index(family), families.PAIRS.index(kind)])
    for n in families.sizes(rng, 3000 if dtype == "float64" else 1000):
        p = families.pmf(family, n, rng, np.dtype(dtype).type)
        q = families.pair(kind, p, rng)
        exact = oracle.exact(oracle.kl_divergence, oracle.floats(p), oracle.floats(q), dtype=dtype)
        assert oracle.worst_ulp([kl_divergence(p, q)], exact, dtype) <= BARS[dtype], (p.tolist(), q.tolist())


@pytest.mark.parametrize("middle", [1 / 3, 3.0, np.e, 1 / np.e, 1.0, 2.0, 1e-200, 1e200])
def test_a_single_term_is_within_the_bar_around_every_ratio_where_the_method_changes(middle):
    rng = np.random.default_rng(6)
    for _ in range(300):
        q = 10.0 ** rng.uniform(-100, 0)
        p = q * middle * (1 + rng.normal() * 10.0 ** rng.uniform(-16, -0.5))
        exact = oracle.exact(oracle.kl_divergence, [p], [q])
        assert oracle.worst_ulp([kl_divergence([p], [q], validate=False)], exact, np.float64) <= 8, (p, q)


def test_the_quotient_of_polynomials_is_the_series():
    with ctx.workprec(200):
        for k in range(1, 401):
            s = arb(k) / 800
            square = s * s
            upper, lower = (sum(arb(c) * square**i for i, c in enumerate(half)) for half in (UPPER, LOWER))
            exact = (s.atanh() / s - 1) / square
            assert abs(upper / lower - exact) * s * (1 + s) < 2.0**-56  # its weight in the term


def test_near_pairs_are_never_negative():
    rng = np.random.default_rng(8)
    p = rng.dirichlet(np.ones(10), size=2000)
    q = p * (1 + rng.normal(size=p.shape) * 1e-9)
    q /= q.sum(axis=1, keepdims=True)
    values = kl_divergence(p, q)
    assert (values >= 0).all()
    assert (values > 0).mean() > 0.99
    with np.errstate(all="ignore"):
        assert ((p * np.log(p / q)).sum(axis=1) < 0).mean() > 0.1  # the textbook form on the same bits


def test_equal_pmfs_have_divergence_0():
    for p in ([0.3, 0.7], [1.0, 0.0], [1.0, 5e-324]):
        assert kl_divergence(p, p) == 0


def test_a_true_outcome_called_impossible_costs_infinitely_much():
    assert kl_divergence([0.5, 0.5], [1, 0]) == np.inf
    assert kl_divergence([1.0, 5e-324], [1.0, 0.0]) == np.inf


def test_an_impossible_outcome_costs_its_share_of_the_prediction():
    assert kl_divergence([1.0, 0.0], [1.0, 0.0]) == 0
    assert kl_divergence([1.0, 0.0], [0.5, 0.5]) == np.log(2)


def test_subnormal_outcomes_are_summed_before_they_are_rounded():
    p, q = [1.0, *[1e-300] * 1000], [1.0, *[1e-300 * (1 + 1e-11)] * 1000]
    exact = oracle.exact(oracle.kl_divergence, p, q)
    assert oracle.worst_ulp([kl_divergence(p, q)], exact, np.float64) <= 8


def test_a_base_divides_by_its_logarithm():
    assert kl_divergence([1, 0], [0.5, 0.5], base=2) == 1
    assert kl_divergence([0.5, 0.5], [0.25, 0.75], base=10) == pytest.approx(kl_divergence([0.5, 0.5], [0.25, 0.75]) / np.log(10))


def test_nan_propagates():
    assert np.isnan(kl_divergence([np.nan, 0.5], [0.5, 0.5]))
    assert np.isnan(kl_divergence([0.0, 1.0], [np.nan, 1.0]))


def test_each_argument_is_checked_under_its_own_name():
    with pytest.raises(
        ValueError, match=r"kl_divergence: probabilities must sum to 1 .* in q\. Normalise them, or pass validate"
    ):
        kl_divergence([0.5, 0.5], [0.5, 0.4])
    with pytest.raises(ValueError, match=r"p\[0\] is -1.0"):
        kl_divergence([-1.0, 2.0], [0.5, 0.5])
    with pytest.raises(ValueError, match=r"p and q must have the same shape, got \(2,\) and \(1,\). Reshape"):
        kl_divergence([0.5, 0.5], [1.0])
    with pytest.raises(ValueError, match="base"):
        kl_divergence([0.5, 0.5], [0.5, 0.5], base=-1)


def test_many_terms_too_small_for_floats_add_up():
    rng = np.random.default_rng(0)
    p = np.concatenate([[1.0], rng.uniform(0, 1.2e-315, 9999)])
    q = np.concatenate([[1.0], p[1:] * (1 + 1e-5 * rng.normal(size=9999))])
    exact = oracle.exact(oracle.kl_divergence, oracle.floats(p), oracle.floats(q))
    assert float(exact[0]) > 4e-323
    assert oracle.worst_ulp([kl_divergence(p, q, validate=False)], exact, np.float64) <= 6


def test_huge_numbers_are_no_pmfs_and_raise_nothing_else():
    for p in ([1e308] * 5, [np.inf, 1.0], [3.0, 1.0]):
        with pytest.raises(ValueError, match="must sum to 1"):
            kl_divergence(np.array(p), np.array(p))
