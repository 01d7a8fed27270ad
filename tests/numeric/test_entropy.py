import numpy as np
import pytest

from mathcore.numeric import entropy
from tests.numeric import families, oracle

BARS = {"float64": 6, "float32": 0.51, "float16": 0.51}


@pytest.mark.parametrize("family", families.PMFS)
@pytest.mark.parametrize("dtype", BARS)
def test_every_output_is_within_its_bar(dtype, family):
    rng = np.random.default_rng([3, families.PMFS.index(family)])
    for n in families.sizes(rng, 10_000 if dtype == "float64" else 3000):
        p = families.pmf(family, n, rng, np.dtype(dtype).type)
        exact = oracle.exact(oracle.entropy, oracle.floats(p), dtype=dtype)
        assert oracle.worst_ulp([entropy(p)], exact, dtype) <= BARS[dtype], p.tolist()


@pytest.mark.parametrize("base", [2, 10, 0.5, 1.0000001, 1e300])
def test_a_base_divides_by_its_logarithm(base):
    rng = np.random.default_rng(5)
    for n in families.sizes(rng, 2000):
        p = families.pmf("plain", n, rng)
        exact = oracle.exact(lambda p: [oracle.entropy(p)[0] / oracle.arb(float(base)).log()], oracle.floats(p))
        assert oracle.worst_ulp([entropy(p, base=base)], exact, np.float64) <= 6


def test_certainty_has_entropy_0_without_a_sign():
    for p in ([1.0], [0.0, 1.0, 0.0], [1, 0], [True, False]):
        assert entropy(p) == 0
        assert not np.signbit(entropy(p))


@pytest.mark.parametrize("k", [1, 2, 3, 5, 6])
def test_a_fair_choice_of_2_to_the_k_is_k_bits(k):
    assert entropy(np.full(2**k, 2.0**-k), base=2) == k


def test_nine_boxes_of_which_eight_are_equally_likely_are_3_bits():
    box = np.full((3, 3), 1 / 8)
    box[1, 1] = 0
    assert entropy(box, base=2, axis=None) == 3
    assert entropy(box, base=10, axis=None) == pytest.approx(0.903, abs=1e-4)  # what the note prints


def test_a_nearly_one_hot_pmf_keeps_its_digits():
    p = [1 - 2.0**-53, 2.0**-53]
    assert oracle.worst_ulp([entropy(p)], oracle.exact(oracle.entropy, p), np.float64) <= 3


def test_a_thousand_subnormal_outcomes_are_summed_before_they_are_rounded():
    p = [1.0, *[3e-323] * 1000]
    assert oracle.worst_ulp([entropy(p)], oracle.exact(oracle.entropy, p), np.float64) <= 3


def test_nan_propagates_row_by_row():
    result = entropy([[np.nan, 0.5], [0.5, 0.5]])
    assert np.isnan(result[0])
    assert result[1] == np.log(2)


def test_without_validation_the_bits_count_as_they_are():
    assert entropy([2.0, 2.0], validate=False) == pytest.approx(-4 * np.log(2))
    assert np.isnan(entropy([-0.5, 1.5], validate=False))


@pytest.mark.parametrize(
    ("p", "message"),
    [
        ([0.5, 0.47], r"entropy: probabilities must sum to 1 along axis -1; the row sums to 0.97 in p. Normalise them, or pass"),
        ([[0.5, 0.5]] * 3 + [[0.5, 0.47]], r"; row 3 sums to 0.97 in p"),
        (np.array([[[0.5, 0.5]] * 3, [[0.5, 0.5], [0.5, 0.47], [1, 1]]]), r"; row \(1, 1\) sums to 0.97 in p"),
        ([0.5, np.inf], r"sums to inf"),
        ([1.2, -0.2], r"entropy: probabilities must be >= 0; p\[1\] is -0.2. Turn scores into probabilities with softmax"),
        ([[0.5, 0.5], [1.2, -0.2]], r"p\[1, 1\] is -0.2"),
        ([], r"p of shape \(0,\) is empty along axis -1"),
    ],
)
def test_what_is_no_pmf_is_an_error_that_names_the_row(p, message):
    with pytest.raises(ValueError, match=message):
        entropy(p)


@pytest.mark.parametrize(
    ("dtype", "unit"), [("float64", 2.0**-53), ("float32", 2.0**-24), ("float16", 2.0**-11), ("int64", 2.0**-53)]
)
def test_the_tolerance_of_the_sum_is_that_of_the_format(dtype, unit):
    if dtype == "int64":
        with pytest.raises(ValueError, match="sums to 2"):
            entropy(np.array([1, 1]))
        return
    tolerance = min(4 * (4 + np.sqrt(4)) * unit, 1 / 64)
    for factor, accepted in ((0.9, True), (1.1, False)):
        p = np.array([0.25, 0.25, 0.25, 0.25 + factor * tolerance]).astype(dtype)
        off = abs(float(p.astype(float).sum()) - 1)
        assert (off <= tolerance) == accepted
        if accepted:
            entropy(p)
        else:
            with pytest.raises(ValueError, match="must sum to 1"):
                entropy(p)


@pytest.mark.parametrize("base", [0, -2, 1, np.nan, np.inf])
def test_an_impossible_base_is_an_error(base):
    with pytest.raises(ValueError, match=r"entropy: base must be positive, finite and not 1, got .*Use 2 for bits"):
        entropy([0.5, 0.5], base=base)


@pytest.mark.parametrize("base", ["2", [2, 3], 2j])
def test_a_base_that_is_no_number_is_an_error(base):
    with pytest.raises(TypeError, match="entropy: base must"):
        entropy([0.5, 0.5], base=base)


def test_an_entry_above_1_may_cancel_the_rest_but_the_error_stays_that_of_the_terms():
    rng = np.random.default_rng(12)
    for _ in range(500):
        p = np.array([1 + 2.0**-52 * rng.integers(1, 5), 10.0 ** rng.uniform(-20, -16)])
        (y,) = oracle.exact(oracle.entropy, p.tolist())
        assert abs(oracle.arb(float(entropy(p))) - y) <= 4 * 2.0**-53 * float(np.abs(p * np.log(p)).sum())
