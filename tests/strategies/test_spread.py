"""Generators reach the edges: what a strategy promises is measured, and a narrow one would fail the same measure."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mathcore.language.parser import Context
from mathcore.strategies import for_declarations, from_ordinal, near_pmfs, one_hots, ordinal, pmfs, reals, rows, vectors
from tests.sampling import sampled


def drawn(strategy, count=200):
    found = []

    @settings(max_examples=count, database=None, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
    @given(strategy)
    def collect(value):
        found.append(value)

    collect()
    return found


FORMATS = pytest.mark.parametrize("dtype", ["float64", "float32", "float16"])


@FORMATS
def test_neighbouring_floats_have_neighbouring_ordinals(dtype):
    kind = np.dtype(dtype).type
    for value in (0.0, 1.0, 1.5, -2.0, float(np.finfo(dtype).tiny)):
        x = kind(value)
        assert ordinal(np.nextafter(x, kind(np.inf))) == ordinal(x) + 1
        assert from_ordinal(ordinal(x), dtype) == x


def test_ordinals_beyond_the_format_are_refused():
    with pytest.raises(ValueError, match="beyond the largest"):
        from_ordinal(2**70)
    with pytest.raises(ValueError, match="finite NumPy float"):
        ordinal(np.float64(np.inf))


def binades(values):
    return {int(np.frexp(float(v))[1]) for v in values if np.isfinite(v) and v}


@sampled("dtype", ["float64", "float32", "float16"], keep=1)
def test_reals_reach_zeros_subnormals_both_ends_and_many_binades(dtype):
    values, info = drawn(reals(dtype), 400), np.finfo(dtype)
    assert any(v == 0 and np.signbit(v) for v in values)
    assert any(v == 0 and not np.signbit(v) for v in values)
    assert any(0 < abs(v) < info.tiny for v in values)
    assert any(abs(v) == info.max for v in values)
    assert any(v < 0 for v in values)
    assert len(binades(values)) > (20 if dtype == "float16" else 60)
    assert all(v.dtype == dtype for v in values)


def test_a_narrow_generator_would_fail_the_same_measure():
    values = [np.float64(v) for v in drawn(st.floats(-10, 10, width=16), 400)]
    assert not any(abs(v) == np.finfo("float64").max for v in values)
    assert len(binades(values)) < 60


@sampled("domain", ["positive", "nonnegative", "unit"], keep=1)
def test_scalars_stay_in_their_domain(domain):
    values = drawn(reals("float64", domain))
    assert all(v >= 0 for v in values)
    assert any(v == 0 for v in values) == (domain != "positive")
    assert any(v > 1 for v in values) == (domain != "unit")


@pytest.mark.slow
@FORMATS
def test_vectors_come_tied_near_equal_shifted_confident_and_huge(dtype):
    found = [v for v in drawn(vectors((1, 6), dtype)) if len(v) > 1]
    with np.errstate(all="ignore"):
        assert any((v == v[0]).all() and v[0] != 0 for v in found)
        apart = [[abs(ordinal(a) - ordinal(v[0])) for a in v] for v in found if np.isfinite(v).all()]
        assert any(0 < max(d) <= 6 and v[0] for d, v in zip(apart, found, strict=False))
        assert any(np.abs(v).min() >= 90 and 0 < np.ptp(v) < 2100 for v in found)
        assert any(v.max() - np.sort(v)[-2] > 30 for v in found)
        assert any(np.abs(v).max() > float(np.finfo(dtype).max) / 4 for v in found)
    assert {len(v) for v in drawn(vectors((1, 6), dtype))} == {1, 2, 3, 4, 5, 6}


@pytest.mark.slow
def test_masks_hide_some_entries_and_never_all():
    found = drawn(vectors((1, 5), "float64", masks=True))
    assert any(np.isneginf(v).any() for v in found)
    assert not any(np.isneginf(v).all() for v in found)
    assert not any(np.isneginf(v).any() for v in drawn(vectors((1, 5), "float64"), 100))


def test_sums_on_the_grid_are_exact():
    for v in drawn(vectors((2, 5), "float64", grid=True), 100):
        total = sum((Fraction(float(a)) for a in v), Fraction(0))
        assert Fraction(float(v.sum())) == total


@pytest.mark.slow
@FORMATS
def test_every_pmf_sums_to_exactly_one_in_any_order(dtype):
    for p in drawn(pmfs((1, 7), dtype)):
        assert sum((Fraction(float(a)) for a in p), Fraction(0)) == 1
        assert p.sum() == 1
        assert p[::-1].sum() == 1
        assert (p >= 0).all()


def test_pmfs_come_one_hot_uniform_with_zeros_and_nearly_certain():
    found = drawn(pmfs((1, 6)))
    assert any(len(p) > 1 and p.max() == 1 for p in found)
    assert any(len(p) > 1 and (p == p[0]).all() for p in found)
    assert any((p == 0).any() and p.max() < 1 for p in found)
    assert any(1 - 2.0**-50 < p.max() < 1 for p in found)
    assert not any((p == 0).any() for p in drawn(pmfs((1, 6), positive=True), 100))


def test_near_pmfs_are_pmfs_near_by():
    p = np.array([0.5, 0.25, 0.25])
    found = drawn(near_pmfs(p), 100)
    assert all(q.sum() == 1 and abs(q - p).max() < 1e-12 for q in found)
    assert any((q != p).any() for q in found)


def test_one_hots_have_one_one_at_every_place():
    assert {int(v.argmax()) for v in drawn(one_hots(4), 100)} == {0, 1, 2, 3}


def test_rows_are_stacked():
    assert all(b.ndim == 2 and b.shape[1] == 3 for b in drawn(rows(pmfs(3)), 50))


DECLARED = Context().given(
    "n: size >= 2; m: size; p, q: simplex[n]; X: real[m, n]; t: index[n]; eta: real; 0 < eta; e: onehot[n]"
)


def test_a_draw_shares_its_sizes_and_meets_its_hypotheses():
    for values in drawn(for_declarations(DECLARED, ["p", "q", "X", "t", "eta", "e"]), 50):
        v = {s.name: value for s, value in values.items()}
        assert v["n"] >= 2
        assert v["p"].shape == v["q"].shape == v["e"].shape == (v["n"],)
        assert v["X"].shape == (v["m"], v["n"])
        assert 1 <= v["t"] <= v["n"]
        assert v["eta"] > 0


def test_two_pmfs_are_sometimes_near_each_other():
    found = drawn(for_declarations(DECLARED, ["p", "q"]), 300)
    pairs = [[v for v in values.values() if isinstance(v, np.ndarray)] for values in found]
    assert any(0 < abs(p - q).max() < 1e-12 for p, q in pairs)


def test_a_hypothesis_that_nobody_decides_is_an_error():
    context = Context().given("a, b: real; a^2 + b^2 <= 1")
    with pytest.raises(ValueError, match="need `holds`"):
        for_declarations(context, ["a", "b"])


def test_hypotheses_about_entries_are_met_by_construction():
    context = Context().given("n: size; k: index[n]; w: nonnegative[n]; sum(k: w[k]) = 1; q: simplex[n]; 0 < q[k]")
    for values in drawn(for_declarations(context, ["w", "q"]), 100):
        w, q = (v for v in values.values() if isinstance(v, np.ndarray))
        assert w.sum() == 1
        assert (q > 0).all()
