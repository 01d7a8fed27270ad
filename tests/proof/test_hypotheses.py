"""Every hypothesis of every claim is needed: without it some point refutes the claim. What is not needed is listed here."""

import re

import pytest

from mathcore.card import Derivation, Step, Use, rewrite
from mathcore.formulas import names
from tests.proof import hypotheses
from tests.proof.hypotheses import NEEDED, NOT_NEEDED, OPEN, UNREADABLE
from tests.proof.leg import card
from tests.proof.statements import V, cert

# (claim, hypothesis) -> why it stands there although the claim does not need it
BATCH = ("chance", "four", "gradient", "linear", "pair", "unbiased", "with_replacement")
SPREAD = ("affine", "inverse", "linear", "mean", "mirror", "new_data", "variance")
NO_DRAW = "with one sample nothing is drawn and nothing spreads: what the card is about begins at two"
PIECE = "a piece of one function: elsewhere another derivation holds"
KEPT = {
    **{(f"mini_batch.{key}", "N: size >= 2"): NO_DRAW for key in BATCH},
    **{(f"standardisation.{key}", "n: size >= 2"): NO_DRAW for key in SPREAD},
    ("adam_bound.bound", "beta1 < 1"): "the bound is undefined without it",
    ("adam_bound.squared", "beta1 < 1"): "the bound is undefined without it",
    ("data_processing.channel", "0 < sum(k: q[k] W[k, j])"): "0 / 0 for a result that the belief excludes",
    ("gradient_descent.steepest", "0 < sum(k: g[k]^2)"): "at g = 0 the claim holds, but there is no steepest direction",
    ("huber_gradient.loss_far_above", "y[k] - t[k] > c"): PIECE,
    ("huber_gradient.loss_far_below", "y[k] - t[k] < -c"): PIECE,
    ("huber_gradient.loss_near_above", "0 < y[k] - t[k]"): PIECE,
    ("huber_gradient.loss_near_above", "y[k] - t[k] < c"): PIECE,
    ("huber_gradient.loss_near_below", "-c < y[k] - t[k]"): PIECE,
    ("huber_gradient.loss_near_below", "y[k] - t[k] < 0"): PIECE,
    ("label_smoothing.best", "0 < eps"): "log 0 without it",
    ("mean_absolute_error_gradient.odd", "y[k] != t[k]"): "0 / 0 at the corner",
    ("momentum_velocity.sum", "0 < beta"): "0^0 without it",
    ("mutual_information.nonnegative", "0 < sum(k, l: P[k, l])"): "0 / 0 for the empty table",
    ("softmax.below_one", "m: size >= 2"): "a single probability is 1; points see that only where it is exactly so",
}


def answers(claim: str, by, given: str = "", own: str = "") -> dict[str, str]:
    step = re.search(r" ((?:>=|<=|=) .*)$", claim.split("=> ")[-1]).group(1)
    derivation = Derivation("the claim", claim, (Step(step, by, ""),), key="claim", given=own)
    of = card(f"{V}; {given}" if given else V, (derivation,))
    return {w.hypothesis: hypotheses.judge(w)[0] for w in hypotheses.weaker(of, derivation)}


@pytest.fixture(scope="module")
def found() -> list[hypotheses.Answer]:
    return [answer for name in names() for answer in hypotheses.run(name)]


@pytest.mark.slow
def test_every_hypothesis_of_every_claim_is_needed_or_known_not_to_be(found):
    listed = [a for a in found if a.outcome != NEEDED]
    assert {(a.claim, a.hypothesis) for a in listed} <= set(KEPT), "\n".join(a.row for a in listed)
    assert len(found) >= 12 and sum(a.outcome == NEEDED for a in found) >= 0.8 * len(found)
    assert all(a.detail for a in found)


@pytest.mark.slow
def test_what_is_listed_as_not_needed_is_still_a_hypothesis(found):
    assert set(KEPT) <= {(a.claim, a.hypothesis) for a in found}


def test_a_needed_hypothesis_is_found_to_be_needed():
    assert answers("abs(a) = a", rewrite, own="0 <= a") == {"0 <= a": NEEDED}
    assert answers("(a^2 - b^2) / (a - b) = a + b", rewrite, own="a != b") == {"a != b": NEEDED}
    assert answers("sum(k: x[k] a) = a", Use("sum(k: x[k]) = 1"), own="sum(k: x[k]) = 1") == {"sum(k: x[k]) = 1": NEEDED}
    assert answers("c != 0 => c / c = 1", rewrite) == {"c != 0": NEEDED}
    assert answers("d >= 2", cert("d - 2"), own="d: size >= 2") == {"d: size >= 2": NEEDED}


def test_a_hypothesis_that_is_not_needed_is_found_not_to_be():
    assert answers("a + b = b + a", rewrite, own="a < b") == {"a < b": NOT_NEEDED}
    assert answers("0 <= a and b != 0 => b / b = 1", rewrite) == {"0 <= a": NOT_NEEDED, "b != 0": NEEDED}


def test_what_neither_points_nor_the_verifier_decide_is_open():
    assert answers("exp(a) >= 1 + a", cert("exp(a) - 1 - a"), own="0 <= a") == {"0 <= a": OPEN}


def test_a_part_of_a_domain_is_taken_away():
    derivation = Derivation("the claim", "sum(k: p[k] a) = a", (Step("= a", Use("sum(k: p[k]) = 1"), ""),), key="claim")
    of = card(V, (derivation,))
    outcome = {
        w.hypothesis: hypotheses.judge(w)[0] for w in hypotheses.weaker(of, derivation, domains=True) if w.kind == "domain"
    }
    assert outcome == {"p: simplex -> nonnegative": NEEDED, "p: simplex -> real; sum(k_: p[k_]) = 1": NOT_NEEDED}
    assert UNREADABLE not in outcome.values()
