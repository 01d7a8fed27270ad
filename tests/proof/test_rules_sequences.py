"""The rules telescope and geometric: what is accepted, and what must not be."""

import pytest

from mathcore.language import tree as t
from mathcore.proof.checking import check
from mathcore.proof.judging import scope_of
from mathcore.proof.scope import NotShown, Trace
from mathcore.rules.geometric import Geometric
from mathcore.rules.induction import Induction
from mathcore.rules.telescope import Telescope
from tests.proof.pipeline import card, kernel, pipeline
from tests.proof.statements import FALSE_SEQUENCES, TRUE_SEQUENCES, Statement, V, cert
from tests.sampling import sampled


def fields(s: Statement) -> dict:
    return {"by": s.by, "given": s.given, "define": s.define, "derivations": s.derivations}


@sampled("statement", FALSE_SEQUENCES, ids=str, keep=6)
def test_what_is_false_or_undefined_somewhere_is_not_accepted(statement):
    assert not kernel(statement.claim, **fields(statement)).accepted
    assert pipeline(statement.claim, **fields(statement), instance=statement.instance).level != "proved"


def test_nine_true_statements_in_ten_are_proved_at_least():
    levels = {s.claim: pipeline(s.claim, **fields(s), instance=s.instance).level for s in TRUE_SEQUENCES}
    missing = [claim for claim, level in levels.items() if level != "proved"]
    assert len(levels) > 1 and set(levels.values()) <= {"proved", "unknown"}
    assert 10 * len(missing) <= len(levels) or len(missing) == 1, missing


FROM_1 = "r: positive; t: natural >= 1; s: natural; F: real[naturals]; F[s + 1] = r F[s]"
COUNTED = "s: natural; t: natural; F: real[naturals]"


@pytest.mark.parametrize(("claim", "rule", "given"), [
    ("F[t] = r^t F[0]", Geometric(), FROM_1),  # what holds from 0 on holds from 1 on
    ("F[t] = r^(t - 1) F[1]", Geometric(), FROM_1),
    ("sum(s = 3..t: s) = t (t + 1) / 2 - 3", Telescope(), "s: natural; t: natural >= 2"),
])  # fmt: skip
def test_where_a_sequence_begins_is_seen(claim, rule, given):
    assert kernel(claim, rule, given).accepted
    assert pipeline(claim, rule, given).level == "proved"


@pytest.mark.parametrize(("claim", "rule", "given", "words"), [
    ("F[t] = r^t F[0]", Geometric(), FROM_1.replace("s: natural", "s: natural >= 1"), "no hypothesis for every t carries F[t]"),
    ("F[t] = r^t", Geometric(), FROM_1, "at t = 0 the right side is 1"),
    ("lim(t -> inf: u^t / 2^t) = 1", Geometric(), V, "the limit of c r^t for |r| < 1 is 0"),
    ("lim(t -> inf: t (1 / 2)^t) = 0", Geometric(), V, "not of the form c r^t"),
    ("lim(t -> inf: a^t) = 0 <=> a < 1", Geometric(), V, "write lim(t -> inf: c r^t) = 0 <=> abs(r) < 1"),
    ("lim(t -> inf: a^t) = 0 <=> abs(2 a) < 1", Geometric(), V, "the ratio is a"),
    ("lim(t -> inf: a^t) = 0 <=> abs(a) < 2", Geometric(), V, "the ratio is a"),
    ("sum(s = 3..t: 1) = t - 2", Telescope(), COUNTED, "the sum would run backwards for small values of its end"),
    ("sum(s = 1..t: s t) = t^3", Telescope(), COUNTED, "from t to t + 1: left - right ="),
    ("sum(s = 0..t: F[t] F[s]) = F[0]^2", Telescope(), COUNTED, "from t to t + 1: left - right ="),
    ("a^t >= 0", Induction("b", cert("1"), cert("1")), V, "b is no declared natural number"),
])  # fmt: skip
def test_what_a_rule_lacks_is_said(claim, rule, given, words):
    answer = kernel(claim, rule, given)
    assert not answer.accepted
    assert words in answer.reason


def test_an_induction_does_not_change_the_size_of_an_array():
    of = card("t: natural; a: real")
    scope, over = scope_of(card=of, context=of.context, trace=Trace()), of.context.symbols["t"]
    entry = t.Index(t.Symbol("x", t.Type("positive", (over,))), (t.number(1),))
    with pytest.raises(NotShown, match="t is the size of an array here"):
        check(Induction("t", cert("x[1]"), cert("x[1]")), scope, entry, ">=", t.number(0))
