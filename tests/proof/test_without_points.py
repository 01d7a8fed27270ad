"""With the points switched off no false statement is proved: the kernel and the rules hold on their own."""

import pytest

from mathcore.evidence import Level
from mathcore.proof.kernel.normal import Facts, Normal
from mathcore.proof.kernel.polynomial import number
from mathcore.proof.rules import geometric
from mathcore.proving import prove
from tests.proof.blind import some, without_points
from tests.proof.pipeline import pipeline
from tests.proof.prover import given as under
from tests.proof.prover import hostile, limits
from tests.proof.prover.corpora import by_topic, equivalences_and_limits, examination, inequalities, spellings, whole_course
from tests.proof.statements import FALSE, TRUE
from tests.sampling import counted

CORPORA = (by_topic, equivalences_and_limits, examination, inequalities, spellings, whole_course)
CLAIMS = [
    *((claim, given) for corpus in CORPORA for *_, claim, given in corpus.TEXTS[2]),
    *((claim, given) for _, claim, given in limits.listed(limits.FALSE)),
    *under.FALSE,
    *hostile.FALSE,
]


def proved(statements):
    """By the rule that goes with each."""
    with without_points():
        return [
            s.claim
            for s in statements
            if pipeline(s.claim, s.by, s.given, s.instance, define=s.define, derivations=s.derivations).level is Level.PROVED
        ]


def proved_by_the_prover(claims, timeout):
    with without_points():
        return [claim for claim, given in claims if prove(claim, given=given, timeout=timeout).level is Level.PROVED]


def test_no_false_statement_is_proved_by_its_rule():
    assert len(FALSE) > 150
    assert not proved(FALSE[::6])


def test_no_statement_that_is_false_by_how_it_is_made_is_proved_by_the_rule_given_for_it():
    made = some(seed=1, count=40)
    assert len({type(s.by) for s in made}) >= 10
    assert not proved(made)


@counted(108, 36, name="every")
def test_the_prover_does_not_prove_false_claims(every):
    assert len(CLAIMS) > 150
    assert not proved_by_the_prover(CLAIMS[::every], timeout=0.3)


def test_true_statements_are_proved_without_points():
    assert len(proved(TRUE[::8])) >= 0.9 * len(TRUE[::8])


@pytest.mark.parametrize(
    ("owner", "name", "planted", "claim"),
    [
        (Normal, "require", lambda *_, **__: None, "a / a = 1"),
        (Facts, "nonnegative", lambda *_: True, "c >= 0"),
        (geometric, "ratio_of", lambda scope, node: (number(0), number(1)), "lim(t -> inf: (-1)^t) = 0"),
    ],
)
def test_a_planted_bug_is_seen(monkeypatch, owner, name, planted, claim):
    chosen = [s for s in FALSE if s.claim == claim]
    assert chosen and not proved(chosen)
    monkeypatch.setattr(owner, name, planted)
    assert claim in proved(chosen)


def test_with_points_the_planted_bug_would_be_hidden(monkeypatch):
    monkeypatch.setattr(Facts, "nonnegative", lambda *_: True)
    (one,) = (s for s in FALSE if s.claim == "c >= 0")
    assert pipeline(one.claim, one.by, one.given).level is Level.CONFLICT


def halves(count):
    """One half is tried in CI, the other where there are hours."""
    return [pytest.param(k, marks=pytest.mark.hours if k % 2 else pytest.mark.slow) for k in range(count)]


@pytest.mark.parametrize("seed", halves(10))
def test_no_false_statement_of_a_long_list_is_proved(seed):
    assert not proved(some(seed=100 + seed, count=400))


@pytest.mark.parametrize("part", halves(8))
def test_the_prover_does_not_prove_any_false_claim(part):
    assert not proved_by_the_prover(CLAIMS[part::8], timeout=1.0)


@pytest.mark.slow
def test_no_false_statement_is_proved_by_its_rule_at_all():
    assert not proved(FALSE)
