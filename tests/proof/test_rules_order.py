"""The rules use, lemma, sum over, certificate, monotone, stationary: what is accepted, and what must not be."""

import pytest

from mathcore.card import Derivation, Step
from mathcore.rules.certificate import Term
from mathcore.rules.lemma import Lemma
from mathcore.rules.monotone import Monotone
from mathcore.rules.rewrite import Rewrite
from mathcore.rules.squared import Squared
from mathcore.rules.stationary import Stationary
from mathcore.rules.sum_over import SumOver
from mathcore.rules.support import Support
from mathcore.rules.use import Use
from tests.proof.pipeline import kernel, pipeline
from tests.proof.statements import FALSE_ORDER, TRUE_ORDER, Statement, V, cert
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


def lemma(claim, step, by, equality=""):
    """A derivation of one step, under the name L."""
    return {"derivations": (Derivation("L", claim, (Step(step, by, "a lemma"),), "L", equality=equality),)}


SQUARES = lemma("0 <= sum(k: x[k]^2)", "<= sum(k: x[k]^2)", cert(Term("x[k]^2", over="k")), "forall(k: x[k] = 0)")
AT_0 = "x = vector(k: 0)"


@pytest.mark.parametrize(("claim", "rule", "fields", "equality"), [
    ("v (a - b)^2 >= 0", Stationary("a = b"), {}, ""),
    ("sum(k: x[k])^2 >= 0", Stationary(AT_0, "2 sum(k: u[k])^2"), {}, ""),  # u is the direction, whatever else is called u
    ("sum(k: x[k]^2) <= sum(k: 2 x[k]^2)", cert(Term("1", lemma="L")), SQUARES, "forall(k: x[k] = 0)"),
    ("r (a - b)^2 / s >= 0", cert("r (a - b)^2 / s"), {}, "a = b"),
    ("exp(a) - a >= exp(0) - 0", Monotone("exp(a) - a", "a: real", turning="0"), {}, "a = 0"),
    ("exp(2 r a) / r - 2 a >= exp(0) / r - 0", Monotone("exp(2 r a) / r - 2 a", "a: real", turning="0"), {}, "a = 0"),
    ("exp(-a) + a >= exp(-0) + 0", Monotone("exp(-a) + a", "a: real", turning="0"), {}, "a = 0"),
])  # fmt: skip
def test_what_a_rule_shows_and_when_both_sides_are_equal(claim, rule, fields, equality):
    fields = {"given": V, **fields}
    assert kernel(claim, rule, **fields).accepted
    assert pipeline(claim, rule, equality=equality, **fields).level == "proved"


@pytest.mark.parametrize(("claim", "by", "equality"), [
    ("v (a - b)^2 >= 0", Stationary("a = b"), "a = b"),  # also where v = 0
    ("sum(k: x[k])^2 >= 0", Stationary(AT_0, "2 sum(k: u[k])^2"), "forall(k: x[k] = 0)"),
    ("v (a - b)^2 >= 0", cert("v (a - b)^2"), "a = b"),
    ("sum(k: x[k]^2) >= 0", cert(Term("x[k]^2", over="k")), "forall(g: Y[i, g] = 0)"),  # said of other indices
    ("(a - b)^2 >= 0", cert("(a - b)^2"), "a = a"),
    ("(a - a)^2 >= 0", cert("(a - a)^2"), "a = b"),
])  # fmt: skip
def test_when_both_sides_are_equal_is_not_guessed(claim, by, equality):
    assert pipeline(claim, by, V, equality=equality).level != "proved"


BOUND = "-sum(k: p[k] log(q[k])) >= -log(q[j])"
BOUNDED = {"given": f"{V}; {BOUND}"}


@pytest.mark.parametrize(("claim", "rule", "fields", "words"), [
    ("a sum(k: x[k]^2) >= 0", Stationary(AT_0), {}, "the diagonal 2 a of the Hessian is not shown to be >= 0"),
    ("sum(k: x[k])^2 >= 0", Stationary(AT_0), {}, "the Hessian is not diagonal: give u' H u as a sum of squares"),
    ("sum(k: x[k])^2 >= 0", Stationary(AT_0, "2 sum(k: u[k]^2)"), {}, "u' H u - curvature = 2 sum(k: u[k])^2 - 2 sum(k: u[k]^2)"),
    ("-sum(k: x[k])^2 >= 0", Stationary(AT_0, "-2 sum(k: u[k])^2"), {}, "-2 sum(k: u[k])^2 is not shown to be >= 0"),
    ("0 <= a^2", cert(Term("a^2", over="b")), {}, "b is no declared index to sum over"),
    ("a <= b", cert(Term("1", lemma="L")), lemma("a + a = 2 a", "= 2 a", Rewrite()), "the lemma L is no single inequality"),
    ("b^3 >= 0", Lemma("L", "a = b"), lemma("0 <= a and a <= 1 => a^3 >= 0", ">= 0", cert("a^3")), "premise is no relation"),
    ("exp(a) <= exp(b)", Monotone("exp(v_)", "v_: natural", "a <= b", Use("a <= b")), {}, "one real variable on an interval"),
    ("exp(a) <= exp(b)", Monotone("exp(v_)", "v_: real"), {}, "say which arguments are compared and by which rule"),
    ("exp(a) <= exp(b)", Monotone("exp(v_)", "v_: real", "a <= b <= c", Use("a <= b")), {}, "inner is one relation"),
    ("a <= b", Squared("a", "b", cert("b^2 - a^2")), {}, "b is not shown to be >= 0"),
    ("sum(k: x[k]) <= sum(g: Y[i, g])", SumOver("k", Use("x[k] <= Y[i, g]")), {}, "the sums run over other sizes"),
    *(
        ("sum(k: x[k]) <= sum(k: x[k])", SumOver(name, Use("a <= b")), {}, f"{name} is no index here")
        for name in ("a", "n", "x", "nobody")
    ),
    ("sum(t = 1..T: F[t]) <= sum(k: x[k])", SumOver("t", Use("F[t] <= 0")), {}, "one sum runs over a range, the other"),
    ("-2 sum(k: p[k] log(q[k])) >= -2 log(q[j])", Support(("p", "q"), Use(BOUND)), BOUNDED, "no positive multiple"),
])  # fmt: skip
def test_what_a_rule_lacks_is_said(claim, rule, fields, words):
    answer = kernel(claim, rule, **{"given": V, **fields})
    assert not answer.accepted
    assert words in answer.reason
