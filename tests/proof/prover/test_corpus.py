"""Statements as people write them, through the prover. The whole table: `python -m tests.proof.prover.corpus`."""

import pytest

from mathcore.evidence import Level
from tests.proof.prover.corpus import good, statements
from tests.sampling import counted

ALL = statements()
PATIENT = 20.0  # seconds: rates are about what is found, not about how busy the machine is


def outcomes(chosen):
    return [(s, s.judged(PATIENT)) for s in chosen]


def test_the_corpus_is_large_and_mixed():
    assert len(ALL) >= 300
    for kind in ("true identity", "true inequality", "false"):
        for form in ("text", "sympy"):
            assert sum(s.kind == kind and s.form == form for s in ALL) >= 40


@counted(180, 24, name="every")
def test_a_sample_of_true_statements_is_proved_and_of_false_ones_refuted(every):
    wrong = [f"{v.level}: {s}" for s, v in outcomes(ALL[::every]) if not good(s.kind, v.level)]
    assert len(wrong) <= (2 if every == 24 else 1), wrong
    accepted = [s for s, v in outcomes(ALL[5::every]) if s.kind == "false" and v.level in (Level.PROVED, Level.CONDITIONAL)]
    assert not accepted


@pytest.mark.hours
def test_the_rates_of_the_whole_corpus():
    rates = {}
    for kind, least in (("true identity", 0.95), ("true inequality", 0.85), ("false", 0.99)):
        judged = outcomes([s for s in ALL if s.kind == kind])
        rates[kind] = sum(good(kind, v.level) for _, v in judged) / len(judged)
        assert rates[kind] >= least, [f"{v.level}: {s}" for s, v in judged if not good(kind, v.level)]
        if kind == "false":
            assert not [str(s) for s, v in judged if v.level in (Level.PROVED, Level.CONDITIONAL)]


def test_the_measure_of_success_can_fail():
    assert not good("false", "proved") and not good("false", "unknown")
    assert not good("true identity", "conditional") and not good("true inequality", "refuted")
