"""The false statements of the kernel's tests, through the prover: whatever rule it finds, none may be proved."""

import pytest

from mathcore.evidence import Level
from mathcore.proving import prove
from tests.proof import course, statements
from tests.proof.prover import hostile
from tests.proof.prover import reversed_and_sharpened as adversaries
from tests.proof.prover.corpora import inequalities

# false by the rule that the list tries, true as they stand
TRUE = {
    "log(v) <= v - 1",
    "exp(a) >= 0",
    "r^2 >= 0",
    "a <= b => a <= b + 1",
    "sum(k: p[k] log(q[k])) - sum(k: q[k] log(q[k])) = sum(k: (p[k] - q[k]) log(q[k]))",
    "c >= t",
    "sum(i, j: i j) = (n (n + 1) / 2)^2",
    "sum(k: w[k]) = sum(j: w[j])",
    "a^2 >= 1",  # given a^2 = 1
    "v log(w exp(v)) = v log(w) + v^2",
}


def shown_elsewhere():
    """Statements of the same files that are true by another rule than the one tried there."""
    lists = [getattr(m, name) for m in (statements, course) for name in dir(m) if name.isupper() and not name.startswith("FALSE")]
    return {s.claim for group in lists if isinstance(group, tuple) for s in group if isinstance(s, statements.Statement)}


def false_statements():
    found = {}
    for module in (statements, course):
        for name in dir(module):
            if name.startswith("FALSE"):
                for s in getattr(module, name):
                    if s.define == "same_(v_) = v_":
                        found.setdefault((s.claim, s.given), s)
    return list(found.values())


ALL = false_statements()


def accepted(chosen):
    result = []
    for s in chosen:
        try:
            verdict = prove(s.claim, given=s.given)
        except ValueError:
            continue
        if verdict.level in (Level.PROVED, Level.CONFLICT):
            result.append(s.claim)
    return set(result)


def test_a_sample_of_false_statements_is_not_proved():
    assert accepted(ALL[::48]) <= TRUE | shown_elsewhere()


@pytest.mark.slow
def test_no_false_statement_is_proved_by_any_rule():
    assert accepted(ALL) <= TRUE | shown_elsewhere()


def test_there_are_many_and_the_test_can_fail():
    assert len(ALL) > 200
    assert accepted([s for s in ALL if s.claim == "exp(a) >= 0"]) == {"exp(a) >= 0"}


PATIENT = 20.0  # seconds for what takes one: the machine may stand still meanwhile
AIMED = [*hostile.FALSE, *hostile.varied()]


def levels(chosen):
    return [(claim, prove(claim, given=given).level) for claim, given in chosen]


def not_refuted(found):
    assert not [claim for claim, level in found if level in (Level.PROVED, Level.CONDITIONAL, Level.CONFLICT)]
    return [claim for claim, level in found if level is not Level.REFUTED]


def test_a_sample_of_the_claims_aimed_at_single_mechanisms_is_refuted():
    assert len(not_refuted(levels(AIMED[::7]))) <= 1


@pytest.mark.slow
def test_no_claim_aimed_at_a_single_mechanism_is_accepted():
    assert len(AIMED) > 100
    assert len(not_refuted(levels(AIMED))) <= 3


@pytest.mark.slow
def test_what_is_true_though_nearly_false_is_not_refuted_at_a_point_in_closed_form():
    assert not [claim for claim, level in levels(hostile.NEARLY_FALSE) if level is Level.REFUTED]


@pytest.mark.slow
def test_the_sharp_constants_themselves_are_proved():
    true = [
        ("kl_divergence(p, q) >= 1 / 2 * sum(k: abs(p[k] - q[k]))^2", hostile.PQ),
        ("log(r) / r <= exp(-1)", "r: positive"),
        ("x[i] + 1 <= sum(k: exp(x[k]))", hostile.XY + "; i: index[n]"),
        ("sum(s = 1..T: b^(T - s)) < 1 / (1 - b)", hostile.GEO),
        ("(1 + r)^T >= 1 + T r", "r: positive; T: natural >= 1"),
    ]
    verdicts = [prove(claim, given=given, timeout=PATIENT) for claim, given in true]
    assert not [v for v in verdicts if v.level is not Level.PROVED]


TURNED = [(other, given) for claim, given in inequalities.TEXTS[1] for other in adversaries.turned(claim)]


def test_a_sample_of_true_inequalities_turned_round_is_refuted():
    assert len(TURNED) > 200
    assert len(not_refuted(levels(TURNED[::30]))) <= 1


@pytest.mark.hours
def test_no_true_inequality_turned_round_or_made_sharper_is_wrongly_accepted():
    assert not [claim for claim, given in TURNED if adversaries.is_proved(claim, given)]
    sharper = [(other, given) for claim, given in inequalities.TEXTS[1] for other in adversaries.sharper(claim)]
    assert not [c for c, given in sharper if adversaries.is_proved(c, given) and adversaries.false_somewhere(c, given)]


def test_a_true_claim_made_sharper_is_seen_to_be_false():
    assert adversaries.false_somewhere("exp(x) >= 1 + x + 1 / 100", "x: real")
    assert not adversaries.false_somewhere("exp(x) >= 1 + x", "x: real")
