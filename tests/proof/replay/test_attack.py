"""Mutants of steps and of the data of rules before the replayer's normal form: none that is false is shown."""

import pytest

from mathcore.proof.replay import steps
from tests.proof import mutation
from tests.proof.replay.attack import NOT_SHOWN, UNSOUND, attacked
from tests.sampling import sampled


def outcomes(card: str, every: int) -> list[tuple[str, str]]:
    return [found for site in mutation.sites(card)[::every] for found in attacked(site)]


@sampled(
    ("card", "every"),
    [("sigmoid", 4), ("gradient_descent", 5), pytest.param("kl_divergence", 6, marks=pytest.mark.slow), ("huber_gradient", 4)],
    keep=1,
)
def test_no_false_mutant_is_shown(card, every):
    found = outcomes(card, every)
    assert [what for outcome, what in found if outcome == UNSOUND] == []
    assert len(found) >= 40 and sum(outcome == NOT_SHOWN for outcome, _ in found) >= 0.7 * len(found)


def test_if_the_terms_need_not_add_up_something_false_is_shown(monkeypatch):
    (site,) = (s for s in mutation.sites("gradient_descent") if s.label == "gradient_descent.oscillates[1]")
    assert UNSOUND not in dict(attacked(site))
    monkeypatch.setattr(steps, "_zero", lambda *_: steps.Shown())
    assert UNSOUND in dict(attacked(site))
