"""The rules directions and equality case, and inequalities that say the same: what is accepted, and what must not be."""

import pytest

from mathcore.card import Derivation, Step
from mathcore.proof.checking import check
from mathcore.proof.judging import scope_of
from mathcore.proof.scope import NotShown, Trace
from mathcore.rules.directions import Directions
from mathcore.rules.equality_case import EqualityCase
from mathcore.rules.geometric import Geometric
from mathcore.rules.use import Use
from tests.proof.pipeline import card, kernel, pipeline
from tests.proof.statements import FALSE_EQUIVALENCE, TRUE_EQUIVALENCE, Statement, V, cert


def fields(s: Statement) -> dict:
    return {"by": s.by, "given": s.given, "define": s.define, "derivations": s.derivations}


@pytest.mark.parametrize("statement", FALSE_EQUIVALENCE, ids=str)
def test_what_is_false_or_undefined_somewhere_is_not_accepted(statement):
    assert not kernel(statement.claim, **fields(statement)).accepted
    assert pipeline(statement.claim, **fields(statement), instance=statement.instance).level != "proved"


def test_nine_true_statements_in_ten_are_proved_at_least():
    levels = {s.claim: pipeline(s.claim, **fields(s), instance=s.instance).level for s in TRUE_EQUIVALENCE}
    missing = [claim for claim, level in levels.items() if level != "proved"]
    assert len(levels) > 1 and set(levels.values()) <= {"proved", "unknown"}
    assert 10 * len(missing) <= len(levels) or len(missing) == 1, missing


def lemma(claim, step, by, equality=""):
    """A derivation of one step, under the name L."""
    return {"derivations": (Derivation("L", claim, (Step(step, by, "a lemma"),), "L", equality=equality),)}


SQUARE, CHAIN = ("0 <= a^2", "<= a^2", cert("a^2")), ("0 <= a => 0 <= a^2", "<= a^2", cert("a^2"))
EACH = "sum(k: x[k]^2) = 0 <=> forall(k: x[k] = 0)"


@pytest.mark.parametrize(("claim", "rule", "fields", "words"), [
    ("a <= b <=> forall(k: x[k] = 0)", EqualityCase("L"), {}, "write E = 0 => forall(k: ...)"),
    ("sum(k: x[k]^2) = 0 <=> x[i] = 0", EqualityCase("L"), {}, "the right side is forall(k: ...)"),
    (EACH, EqualityCase("L", "a = x[k]"), lemma(*SQUARE), "the lemma L has no equality case"),
    (EACH, EqualityCase("L", "a = x[k]"), lemma(*CHAIN), "the lemma is no single inequality"),
    ("a <= b <=> 0 <= b - a", Directions(Geometric(), Use("0 <= b - a")), {}, "forward: this rule shows =, not <="),
])  # fmt: skip
def test_what_a_rule_lacks_is_said(claim, rule, fields, words):
    answer = kernel(claim, rule, **{"given": V, **fields})
    assert not answer.accepted
    assert words in answer.reason


def implied(claim, rule):
    """The conclusion by the rule, where the premise holds; says what is missing."""
    of = card(V)
    parsed = of.context.parse(claim)
    scope = scope_of(card=of, context=of.context, trace=Trace(), path=("the claim under test",), subject=parsed)
    try:
        check(rule, scope, parsed.premise, "=>", parsed.conclusion)
    except NotShown as error:
        return str(error)
    return ", ".join(scope.trace.conditions)


@pytest.mark.parametrize(("claim", "rule", "words"), [
    ("a <= b => 0 <= b - a", Use("a <= b"), ""),
    ("a <= b => 0 <= b - a and a - b <= 0 and forall(k: 2 a <= 2 b)", Use("a <= b"), ""),
    ("a <= b => 0 <= b - a and a < b", Use("a <= b"), "the step is no positive multiple of a <= b"),
    ("a <= b => forall(k: x[k] <= b)", Use("a <= b"), "the step is no positive multiple of a <= b"),
    ("a <= b => (a = b <=> b = a)", Use("a <= b"), "only relations, conjunctions and forall are proved here"),
    ("abs(a) < 1 => lim(t -> inf: a^t) = 0", Geometric(), ""),
    ("abs(a) <= 1 => lim(t -> inf: a^t) = 0", Geometric(), "|a| < 1 is not shown"),
    ("a <= b => 0 <= b - a", Directions(Use("a <= b"), Use("a <= b")), "both directions belong to <=>"),
])  # fmt: skip
def test_a_conclusion_is_shown_where_its_premise_holds(claim, rule, words):
    assert implied(claim, rule) == words
