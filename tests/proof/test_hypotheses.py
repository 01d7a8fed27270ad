"""Every hypothesis of every claim is needed: without it some point refutes the claim. What is not needed is listed here."""

import re

import pytest

from mathcore.card import Derivation, Step
from mathcore.formulas import names
from mathcore.rules.rewrite import Rewrite
from mathcore.rules.use import Use
from tests.proof import hypotheses
from tests.proof.hypotheses import NEEDED, NOT_NEEDED, OPEN, UNREADABLE
from tests.proof.pipeline import card
from tests.proof.statements import V, cert

# (claim, hypothesis) -> why it stands there although no point refutes the claim without it
KEPT = {
    ("label_smoothing.best", "0 < eps"): (
        "the best scores are finite, which is the point: for eps = 0 one of them may be log 0 = -inf, of which exp makes 0 again"
    ),
    ("data_processing.channel", "0 < sum(k: q[k] W[k, j])"): (
        "for a result that never occurs both sides hold 0 log(0 / 0), which counts as 0; the proof divides by its probability"
    ),
    ("bayes.sigmoid", "0 < x"): "at 0 the odds have no value: without it the claim is conditional on just that",
    ("bayes.sigmoid", "x < 1"): "at 1 the odds have no value: without it the claim is conditional on just that",
    ("bayes.sequence", "0 < sum(k: p[k] L[k])"): "what cannot be observed has no posterior: else the claim is conditional on it",
    (
        "bayes.nothing_learnt",
        "0 < sum(k: p[k] L[k])",
    ): "the page gives it for its definition; this claim has a likelihood of its own",
    ("cosine_similarity.lengths", "0 < sum(k: v[k]^2)"): "the page gives it for its definition; the lengths need no quotient",
    ("cosine_similarity.lengths", "0 < sum(k: w[k]^2)"): "the page gives it for its definition; the lengths need no quotient",
}


def answers(claim: str, by, given: str = "", own: str = "") -> dict[str, str]:
    step = re.search(r" ((?:>=|<=|=) .*)$", claim.split("=> ")[-1]).group(1)
    derivation = Derivation("the claim", claim, (Step(step, by, ""),), key="claim", given=own)
    of = card(f"{V}; {given}" if given else V, (derivation,))
    return {w.hypothesis: hypotheses.judge(w)[0] for w in hypotheses.weaker(of, derivation)}


@pytest.mark.parametrize("every", [pytest.param(3, marks=pytest.mark.slow), pytest.param(1, marks=pytest.mark.hours)])
def test_every_hypothesis_of_every_claim_is_needed_or_known_not_to_be(every):
    cards = names()[::every]
    found = [answer for name in cards for answer in hypotheses.run(name)]
    listed = [a for a in found if a.outcome != NEEDED]
    known = {(claim, hypothesis) for claim, hypothesis in KEPT if claim.split(".")[0] in cards}
    assert {(a.claim, a.hypothesis) for a in listed} == known, "\n".join(a.row for a in listed)
    assert len(found) >= 150 / every * 0.6 and len(listed) == len(known)
    assert all(a.detail for a in found)


def test_a_needed_hypothesis_is_found_to_be_needed():
    assert answers("abs(a) = a", Rewrite(), own="0 <= a") == {"0 <= a": NEEDED}
    assert answers("(a^2 - b^2) / (a - b) = a + b", Rewrite(), own="a != b") == {"a != b": NEEDED}
    assert answers("sum(k: x[k] a) = a", Use("sum(k: x[k]) = 1"), own="sum(k: x[k]) = 1") == {"sum(k: x[k]) = 1": NEEDED}
    assert answers("c != 0 => c / c = 1", Rewrite()) == {"c != 0": NEEDED}
    assert answers("d >= 2", cert("d - 2"), own="d: size >= 2") == {"d: size >= 2": NEEDED}


def test_a_hypothesis_that_is_not_needed_is_found_not_to_be():
    assert answers("a + b = b + a", Rewrite(), own="a < b") == {"a < b": NOT_NEEDED}
    assert answers("0 <= a and b != 0 => b / b = 1", Rewrite()) == {"0 <= a": NOT_NEEDED, "b != 0": NEEDED}


def test_a_hypothesis_about_sizes_alone_is_asked_about():
    assert answers("1 / (n - 1) >= 0", cert("1 / (n - 1)"), own="2 <= n") == {"2 <= n": NEEDED}
    assert answers("n + d = d + n", Rewrite(), own="d <= n") == {"d <= n": NOT_NEEDED}


def test_a_hypothesis_that_only_the_case_of_equality_needs_is_needed():
    square = Step(">= 0", cert("(a - b)^2"), "")
    for equality, outcome in (("(a - b) / b = 0", NEEDED), ("a = b", NOT_NEEDED)):
        derivation = Derivation("the claim", "(a - b)^2 >= 0", (square,), key="claim", given="b != 0", equality=equality)
        (one,) = hypotheses.weaker(card(V, (derivation,)), derivation)
        assert hypotheses.judge(one)[0] == outcome


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
