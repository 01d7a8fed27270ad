"""The rules use, lemma, sum over, certificate, monotone, stationary: what is accepted, and what must not be."""

from tests.proof.pipeline import kernel, pipeline
from tests.proof.statements import FALSE_ORDER, TRUE_ORDER, Statement
from tests.sampling import sampled


def fields(s: Statement) -> dict:
    return {"by": s.by, "given": s.given, "define": s.define, "derivations": s.derivations}


@sampled("statement", FALSE_ORDER, ids=str, keep=24)
def test_what_is_false_or_undefined_somewhere_is_not_accepted(statement):
    assert not kernel(statement.claim, **fields(statement)).accepted
    assert pipeline(statement.claim, **fields(statement), instance=statement.instance).level != "proved"


def test_nine_true_statements_in_ten_are_proved_at_least():
    levels = {s.claim: pipeline(s.claim, **fields(s), instance=s.instance).level for s in TRUE_ORDER}
    missing = [claim for claim, level in levels.items() if level != "proved"]
    assert len(levels) > 1 and set(levels.values()) <= {"proved", "unknown"}
    assert 10 * len(missing) <= len(levels) or len(missing) == 1, missing
