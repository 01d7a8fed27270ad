"""Seeded families: each stays in its domain, reaches what its name promises, and is the same for the same seed."""

import numpy as np
import pytest

from mathcore.conformance.families import FAMILIES, drawn_by_family, simple
from mathcore.language.parser import Context

CONTEXT = Context().given(
    "n, m: size; z: real[n]; p, q: simplex[n]; e: onehot[n]; b: unit[n]; w: positive[n]; v: nonnegative[n];"
    "X: real[m, n]; t: index[n]"
)
FORMATS = pytest.mark.parametrize("dtype", ["float64", "float32", "float16"])


def symbols(*names):
    return tuple(CONTEXT.symbols[n] for n in names)


def drawn(family, name, dtype="float64", count=20, masks=False):
    (symbol,) = symbols(name)
    return [values[symbol] for values in drawn_by_family(family, (symbol,), (), dtype, count, 1, masks)]


@FORMATS
@pytest.mark.parametrize("family", FAMILIES)
def test_every_family_stays_in_its_domain(family, dtype):
    wanted = symbols("z", "p", "q", "e", "b", "w", "v", "X", "t")
    for values in drawn_by_family(family, wanted, (), dtype, 3, 1, True):
        z, p, q, e, b, w, v, X, t = (values[s] for s in wanted)
        n = len(z)
        assert all(a.dtype == dtype for a in (z, p, q, e, b, w, v, X))
        assert p.shape == q.shape == e.shape == b.shape == w.shape == v.shape == (n,)
        assert X.shape[1] == n
        assert 1 <= t <= n
        assert not np.isnan(z).any()
        assert not np.isposinf(z).any()
        assert np.isfinite(z).any()
        room = min(4 * (4 + np.sqrt(n)) * np.finfo(dtype).eps / 2, 1 / 64)
        assert abs(p.astype(np.float64).sum() - 1) <= room
        assert abs(q.astype(np.float64).sum() - 1) <= room
        assert sorted(e)[-1] == 1 == e.sum()
        assert ((b >= 0) & (b <= 1)).all()
        assert (w > 0).all()
        assert (v >= 0).all()


def test_families_are_what_they_are_called():
    tops = [np.sort(z) for z in drawn("confident", "z") if len(z) > 1]
    assert np.median([z[-1] - z[-2] for z in tops]) > 5
    assert any((np.ptp(z) < 1e-9 and np.ptp(z) > 0) for z in drawn("near-equal", "z"))
    assert any(np.abs(z).max() > 1e307 for z in drawn("huge", "z"))
    assert all(np.abs(z).max() < 1e-307 for z in drawn("subnormal", "z"))
    assert all(len(z) == 1 for z in drawn("one class", "z"))
    assert max(len(z) for z in drawn("long", "z", count=3)) == 1000
    assert any(np.isneginf(z).any() for z in drawn("masked", "z", masks=True))
    assert any((p == 0).any() for p in drawn("masked", "p"))
    assert all(p.sum() == 1 for p in drawn("shifted", "p"))
    assert any(0 < (1 - p.max()) < 1e-6 for p in drawn("confident", "p"))
    assert any(0 < p.min() < 1e-307 for p in drawn("subnormal", "p"))


def test_masks_come_only_where_they_are_asked_for():
    assert not any(np.isneginf(z).any() for family in FAMILIES for z in drawn(family, "z"))
    assert drawn("masked", "z") == []


def test_the_second_of_two_pmfs_may_be_a_near_one():
    p, q = symbols("p", "q")
    pairs = [(values[p], values[q]) for values in drawn_by_family("near-equal", (p, q), (), "float64", 20, 1)]
    assert any(0 < np.abs(a - b).max() < 1e-14 for a, b in pairs)


def test_the_simple_inputs_begin_with_the_simplest():
    z, c = symbols("z")[0], Context().given("c: real").symbols["c"]
    found = [(values[z].tolist(), float(values[c])) for values in simple((z, c), (), "float64")]
    assert found[0] == ([0.0], 0.0)
    assert [len(v) for v, _ in found[:6]] == [1] * 6
    assert ([1.0, 0.0], 0.0) in found
    assert len(found) == len({str(f) for f in found})


@FORMATS
def test_the_same_seed_gives_the_same_bits(dtype):
    first, again = (drawn("plain", "z", dtype) for _ in range(2))
    assert all((a == b).all() for a, b in zip(first, again, strict=True))
