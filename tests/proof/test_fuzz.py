"""The random search for lies: a small one in every run (python -m tests.proof.fuzz for a long one), and what it found."""

import os
import random

import pytest

from mathcore.proof.kernel.normal import Facts, Normal
from mathcore.proof.kernel.polynomial import UNIT
from mathcore.rules.rewrite import Rewrite
from mathcore.rules.use import Use
from tests.proof import fuzz
from tests.proof.pipeline import kernel, pipeline
from tests.sampling import counted

COUNT = 5000 if os.environ.get("HYPOTHESIS_PROFILE") == "intense" else 400
FEW = COUNT // 4


@pytest.mark.fuzz
@pytest.mark.parametrize(
    ("seed", "count"),
    [(11, FEW), pytest.param(11, COUNT, marks=pytest.mark.slow), pytest.param(12, COUNT, marks=pytest.mark.slow)],
)
def test_no_random_lie_is_accepted(seed, count):
    found = fuzz.run(count, seed)
    assert not found.findings and not found.wrong, "\n".join([*found.findings, *found.wrong])
    assert sum(found.false.values()) >= 0.6 * count and len(found.laws) >= (36 if count == COUNT else 24)
    assert found.equal[fuzz.ACCEPTED] >= 0.98 * sum(found.equal.values()), "\n".join(found.undecided)


@pytest.mark.fuzz
@counted(FEW, COUNT)
def test_no_random_value_is_shown_positive_that_is_not(count):
    found = fuzz.signs(count, 21)
    assert not found.findings, "\n".join(found.findings)
    assert found.equal[fuzz.ACCEPTED] >= 0.4 * count and found.equal[fuzz.REFUSED] >= 0.05 * count


@pytest.mark.slow
def test_signs_that_take_every_whole_power_for_nonnegative_are_caught(monkeypatch):
    honest = Facts._sign_of_power
    monkeypatch.setattr(Facts, "_sign_of_power", lambda self, atom, e: honest(self, atom, e) or "0+")
    found = fuzz.signs(150, 22)
    assert found.unsound and any("UNSOUND" in x for x in found.findings)


@pytest.mark.slow
def test_a_kernel_that_forgets_signs_is_caught(monkeypatch):
    monkeypatch.setattr(Normal, "_read_neg", lambda self, node: self.read(node.body))
    found = fuzz.run(200, 3)
    assert found.unsound and any("UNSOUND" in x for x in found.findings)


@pytest.mark.slow
def test_a_kernel_that_takes_every_delta_for_1_is_caught(monkeypatch):
    monkeypatch.setattr(Normal, "delta", lambda self, i, j: UNIT)
    found = fuzz.run(200, 4)
    assert found.unsound and any("UNSOUND" in x for x in found.findings)


def test_a_kernel_that_refuses_everything_is_undecided(monkeypatch):
    monkeypatch.setattr(Normal, "is_zero", lambda self, p, limit=6: False)
    found = fuzz.run(40, 5)
    assert len(found.undecided) > 30 and not found.findings


@pytest.mark.slow
def test_the_same_seed_gives_the_same_trees_and_a_log_is_read_back(tmp_path):
    log = tmp_path / "log"
    one, two = fuzz.run(150, 7, log), fuzz.run(150, 7, log)
    fresh = fuzz.run(150, 7)
    assert one.to_json() == two.to_json()  # seconds as well: nothing was searched again
    assert {k: v for k, v in one.to_json().items() if k != "seconds"} == {
        k: v for k, v in fresh.to_json().items() if k != "seconds"
    }
    assert len(log.read_text().splitlines()) == 2


def test_every_law_of_the_rewriter_is_true_at_points():
    """Who says that a rewriting keeps the meaning: the points."""
    grower, seen = fuzz.Grower("laws"), set()
    for _ in range(200):
        tree = grower.real(2, "ij")
        for place in list(fuzz.places(tree))[:6]:
            if not fuzz.is_value(place.node) or place.bound:
                continue
            for name, new in fuzz.rewritings(place.node, (), random.Random(1)):
                if name not in seen and not fuzz._zeros(tree) and "1 as" not in name:
                    point, agreed = fuzz.differ(place.node, new)
                    assert not point, (name, fuzz.text_of(place.node), fuzz.text_of(new), point)
                    seen |= {name} if agreed else set()
    assert len(seen) >= 45


def test_the_points_reach_zeros_ties_and_every_pattern():
    points = fuzz.sampled()
    assert len(points) >= 30 and {p.sizes["n"] for p in points} >= {1, 2, 3, 4}
    assert {p.indices["i"] == p.indices["j"] for p in points} == {True, False}
    assert (
        any(p.values["v"] == 0 for p in points)
        and any(0 in p.values["p"] for p in points)
        and any(p.naturals["t"] == 0 for p in points)
    )


# what it found ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "claim",
    ["v^t = v^(t + b - b)", "a^t = a^(exp(b) exp(-b) t)", "delta(i, j)^t = delta(i, j)^(t r / r)", "0^t = 0^(2 t - t r / r)"],
)
def test_a_real_exponent_is_no_natural_one_whatever_cancels_in_it(claim):
    assert not kernel(claim, Rewrite(), fuzz.GIVEN).accepted
    assert pipeline(claim, Rewrite(), fuzz.GIVEN).level != "proved"


@pytest.mark.parametrize(
    ("claim", "by"),
    [
        ("b / sum(k: p[k]) = b", Use(fuzz.SUM_OF_P)),
        ("log((P[j] + r)^2) = 2 log(P[j] + r)", Rewrite()),
        ("sqrt((p[j] + x[j])^2) = abs(p[j] + x[j])", Rewrite()),
        ("sqrt(delta(i, j)) = delta(i, j)", Rewrite()),
        ("log(sqrt(2)) = log(2) / 2", Rewrite()),
        ("sum(k: p[k])^t = 1", Use(fuzz.SUM_OF_P)),
    ],
)
def test_an_equal_pair_that_was_undecided_is_accepted(claim, by):
    assert kernel(claim, by, fuzz.GIVEN).accepted
