"""One verdict, whether a claim comes in the language or in sympy. The whole: `python -m tests.proof.prover.bridged`."""

import pytest

from mathcore.evidence import Level
from mathcore.proving import prove
from tests.proof.prover import bridged
from tests.proof.prover.bridged import texts
from tests.proof.prover.corpus import Statement


@pytest.mark.slow
def test_a_sample_of_the_statements_gets_one_verdict_in_the_language_and_in_sympy():
    pairs, apart = bridged.run(texts()[7::60])
    assert not apart
    assert pairs["proved", "proved"] >= 8 and pairs["refuted", "refuted"] >= 3


def test_what_sympy_cancels_on_construction_is_judged_as_it_comes_back():
    cancelled = Statement("text", "false", "", ("x / x = 1",), {"given": "x: real"}, False)
    assert bridged.told(cancelled) == (Level.PROVED, Level.PROVED, "1 = 1")


def test_two_different_verdicts_are_seen(monkeypatch):
    def careless(claim, *rest, **options):
        options.pop("domains", None)
        return prove(claim if isinstance(claim, str) else bridged.S.Symbol("a", real=True), *rest, **options)

    monkeypatch.setattr(bridged, "prove", careless)
    assert bridged.run([Statement("text", "false", "", ("a >= 0",), {"given": "a: positive"}, False)])[1]
