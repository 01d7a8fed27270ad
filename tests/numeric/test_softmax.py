import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mathcore.numeric import log_softmax, softmax
from tests.numeric import families, oracle
from tests.sampling import sampled

BARS = {"float64": 6, "float32": 0.51, "float16": 0.51}
finite = st.floats(allow_nan=False, allow_infinity=False)


@sampled("family", families.LOGITS, keep=5)
@pytest.mark.parametrize("dtype", BARS)
@pytest.mark.parametrize("name", ["softmax", "log_softmax"])
def test_every_output_is_within_its_bar(name, dtype, family):
    function = {"softmax": softmax, "log_softmax": log_softmax}[name]
    rng = np.random.default_rng([1, families.LOGITS.index(family)])
    for n in families.sizes(rng, 4000 if dtype == "float64" else 1500):
        z = families.logits(family, n, rng, np.dtype(dtype).type)
        exact = oracle.exact(getattr(oracle, name), oracle.floats(z), dtype=dtype)
        assert oracle.worst_ulp(function(z), exact, dtype) <= BARS[dtype], z.tolist()


@sampled("family", ["plain", "times 100", "masked"], keep=1)
def test_long_rows_are_within_the_bar(family):
    z = families.logits(family, 100_000, np.random.default_rng(3))
    exact = oracle.exact(oracle.softmax, oracle.floats(z))
    some = slice(None, None, 7)
    assert oracle.worst_ulp(softmax(z)[some], exact[some], np.float64) <= 6


@settings(deadline=None, max_examples=150, derandomize=True)
@given(st.lists(finite, min_size=1, max_size=8))
def test_any_finite_row_is_within_the_bar(z):
    assert oracle.worst_ulp(softmax(z), oracle.exact(oracle.softmax, z), np.float64) <= 6
    assert oracle.worst_ulp(log_softmax(z), oracle.exact(oracle.log_softmax, z), np.float64) <= 6


def test_the_rounding_of_the_shift_is_not_lost():
    z = [604.5443925878075, 0.118, 2.72]  # 487 ULP in scipy
    assert oracle.worst_ulp(softmax(z), oracle.exact(oracle.softmax, z), np.float64) <= 3


def test_a_thousand_terms_below_half_an_ulp_are_not_lost():
    z = [0.0, *[np.log(0.9 * 2.0**-53)] * 127]
    assert oracle.worst_ulp(softmax(z), oracle.exact(oracle.softmax, z), np.float64) <= 3


def test_a_thousand_subnormal_rivals_are_summed_before_they_are_rounded():
    z = np.full(1000, -744.3)
    z[0] = 0.0
    assert oracle.worst_ulp(log_softmax(z)[:2], oracle.exact(oracle.log_softmax, z.tolist())[:2], np.float64) <= 3


def test_a_confident_logit_keeps_its_distance_to_certainty():
    assert log_softmax([40.0, 0.0, 0.0])[0] == pytest.approx(-8.5e-18, rel=1e-3)


@pytest.mark.parametrize("c", [0.0, 0.3, -650.0, 1e300])
@pytest.mark.parametrize("n", [1, 3, 7, 10, 1000])
def test_softmax_of_equal_scores_is_uniform(c, n):
    assert (softmax(np.full(n, c)) == 1 / n).all()


@pytest.mark.parametrize("top", [0.0, 3.0, 650.0, 1e4])
@pytest.mark.parametrize("start", [1e-3, 0.7, 30.0, 500.0, -650.0])
def test_the_order_is_kept_in_every_bit(start, top):
    rng = np.random.default_rng(11)
    for step in (1, 2, 1000):
        z = (np.float64(start).view(np.int64) + np.cumsum(rng.integers(1, step + 1, 512))).view(np.float64)
        z = np.append(np.sort(z), start + top)
        order = np.argsort(z)
        assert (np.diff(softmax(z)[order]) >= 0).all()
        assert (np.diff(log_softmax(z)[order]) >= 0).all()


@pytest.mark.parametrize("family", families.LOGITS)
def test_probabilities_stay_between_0_and_1(family):
    z = families.logits(family, 400, np.random.default_rng(2)).reshape(100, 4)
    z = np.where((z == -np.inf).all(axis=1, keepdims=True), 0.0, z)
    assert ((softmax(z) >= 0) & (softmax(z) <= 1)).all()
    assert (log_softmax(z) <= 0).all()


@pytest.mark.parametrize("z", [[-50.0, -740.0], [-1.0, -3.0, -700.5], [0.0, -744.0], [-2.0, -np.inf, -708.0], [-640.0, -1300.0]])
def test_a_probability_whose_exponential_alone_would_be_subnormal_keeps_its_digits(z):
    for function in (softmax, log_softmax):
        exact = oracle.exact(getattr(oracle, function.__name__), z)
        assert oracle.worst_ulp(function(z), exact, np.float64) <= BARS["float64"]


@pytest.mark.parametrize("top", [650.0, 700.3, 745.0, -0.05, -1e-3])
def test_logits_about_a_tie_of_two_distances_keep_their_order(top):
    """Two floats next to each other whose distances to the top round away from each other: 1 pair in 100 changed places."""
    distance = np.random.default_rng(5).uniform(0.1, 3.9, 5000) * (1 if top > 0 else -1) - top
    tie = (top + distance) + np.spacing(np.abs(distance)) / 2
    rows = np.stack([np.nextafter(tie, -9), tie, np.nextafter(tie, 9), np.full_like(tie, top)], axis=1)
    if top < 0:
        rows = np.append(rows, np.full((len(rows), 1), -np.inf), axis=1)
    assert (np.diff(softmax(rows)[:, :3], axis=1) >= 0).all()


def test_a_mask_has_probability_0():
    assert softmax([1.0, -np.inf, 1.0]).tolist() == [0.5, 0.0, 0.5]
    assert log_softmax([1.0, -np.inf])[1] == -np.inf
    assert log_softmax([1.0, -np.inf])[0] == 0


def test_one_infinite_logit_gives_the_one_hot_limit():
    assert softmax([np.inf, 0.0, 1e308]).tolist() == [1, 0, 0]
    assert log_softmax([-np.inf, np.inf, 0.0]).tolist() == [-np.inf, 0, -np.inf]


@pytest.mark.parametrize("row", [[np.inf, np.inf, 0.0], [-np.inf, -np.inf], [-np.inf], [np.nan, 0.0], [np.nan, np.inf]])
@pytest.mark.parametrize("function", [softmax, log_softmax])
def test_limits_that_do_not_exist_and_nan_give_nan(function, row):
    rest = np.zeros(len(row))
    result = function([row, rest])
    assert np.isnan(result[0]).all()
    assert np.isfinite(result[1]).all()


def test_huge_logits_overflow_nowhere():
    assert softmax([1e308, -1e308, 1e308]).tolist() == [0.5, 0, 0.5]
    assert log_softmax([1e308, -1e308]).tolist() == [0, -np.inf]  # exactly -2e308: beyond the largest float
    assert log_softmax([1.7e308, 0.0])[1] == -1.7e308


def test_one_number_alone_is_certain():
    assert softmax(3.0) == 1
    assert isinstance(softmax(np.float32(3.0)), np.float32)
    assert log_softmax(3, axis=None) == 0
    assert softmax([[7.0]], axis=()).tolist() == [[1.0]]


def test_an_exact_shift_of_small_integers_changes_little():
    z = np.arange(6.0)
    assert np.abs(softmax(z + 512) - softmax(z)).max() < 1e-16
