"""The rules limiting and squeeze: what is accepted, and what must not be."""

from fractions import Fraction

import pytest

from mathcore.language import sympy_bridge
from mathcore.language import tree as t
from mathcore.language.parser import Context
from mathcore.proof.judging import scope_of
from mathcore.proof.kernel.normal import Facts, Normal
from mathcore.proof.kernel.polynomial import ZERO
from mathcore.proof.rules import limiting, limits
from mathcore.proof.scope import Trace
from mathcore.rules.limiting import Limiting
from mathcore.rules.rewrite import Rewrite
from mathcore.rules.squeeze import Squeeze
from mathcore.rules.substitute import Substitute
from tests.proof.pipeline import card, kernel, pipeline
from tests.proof.statements import FALSE_LIMITS, TRUE_LIMITS, Statement, V, cert
from tests.sampling import sampled


def fields(s: Statement) -> dict:
    return {"by": s.by, "given": s.given, "define": s.define, "derivations": s.derivations}


@sampled("statement", FALSE_LIMITS, ids=str, keep=12)
def test_what_is_false_or_undefined_somewhere_is_not_accepted(statement):
    assert not kernel(statement.claim, **fields(statement)).accepted
    assert pipeline(statement.claim, **fields(statement), instance=statement.instance).level != "proved"


def test_nine_true_statements_in_ten_are_proved_at_least():
    levels = {s.claim: pipeline(s.claim, **fields(s), instance=s.instance).level for s in TRUE_LIMITS}
    missing = [claim for claim, level in levels.items() if level != "proved"]
    assert len(levels) > 1 and set(levels.values()) <= {"proved", "unknown"}
    assert 10 * len(missing) <= len(levels) or len(missing) == 1, missing


@pytest.mark.parametrize("claim", [
    "lim(r -> inf: r exp(r)) = inf",
    "lim(r -> inf: -r exp(r)) = -inf",
    "lim(r -> 0+: log(r) / r) = -inf",
    "lim(r -> inf: r^(-2)) = 0",
    "lim(r -> inf: sqrt(2 + 1 / r)) = sqrt(2)",
    "lim(r -> inf: erfc(a + 1 / r)) = erfc(a)",
    "lim(r -> inf: sum(k: x[k] - r)) = -inf",
])  # fmt: skip
def test_the_limit_of_each_part_makes_that_of_the_whole(claim):
    assert kernel(claim, Limiting(), V).accepted
    assert pipeline(claim, Limiting(), V).level == "proved"


LARGER = "n: size; r: positive; j, k: index[n]; x: real[n]; a, b: real; a <= b => x[k] < x[j]; k != j => x[k] < x[j]"


@pytest.mark.parametrize(("claim", "rule", "given", "words"), [
    ("lim(r -> inf: exp(r (x[k] - x[j]))) = 0", Limiting(), LARGER, "the sign of"),  # not where k = j
    ("a = 0", Squeeze("0", Rewrite(), "1", Rewrite()), V, "the left side is no limit"),
    ("lim(a -> 0: a^2) = 0", Squeeze("0", cert("a^2"), "a^2", cert("0"), near="0 < a < 1"), V, "near is one relation"),
    ("a = b", Substitute("b = 1 / a"), V, "a new variable belongs to a limit on both sides"),
    ("lim(r -> 0+: exp(-1 / r)) = lim(t -> inf: exp(-t))", Substitute("r = 1 / t"), V, "t takes whole numbers only"),
    ("lim(r -> 0+: exp(-1 / r)) = lim(s -> inf: exp(-s))", Substitute("r = 2 / s"), V, "only x = 1/y is a change of variable"),
])  # fmt: skip
def test_what_a_rule_lacks_is_said(claim, rule, given, words):
    answer = kernel(claim, rule, given)
    assert not answer.accepted
    assert words in answer.reason


CONTEXT = Context().given("x: positive; a, b: real")
LIMIT = CONTEXT.parse("lim(x -> inf: max(x, a))")


@pytest.mark.parametrize("fault", [limits.OutOfTime, TypeError, ZeroDivisionError])
def test_where_sympy_fails_it_has_no_word(monkeypatch, fault):
    def failing(*_):
        raise fault

    assert limits.by_sympy(LIMIT, {}) == t.INFINITY
    monkeypatch.setattr(sympy_bridge, "limit", failing)
    assert limits.by_sympy(LIMIT, {}) is None


def test_what_is_infinite_divides_to_0():
    """A negative exponent that is a number: the text has a minus before one."""
    of = card("r: positive")
    scope, r = scope_of(card=of, context=of.context, trace=Trace()), of.context.symbols["r"]
    assert limits.Limits(scope, t.Limit(r, t.INFINITY, "", r)).of(t.Pow(r, t.Number(Fraction(-2), "-2"))) == ZERO


@pytest.mark.parametrize(("gap", "branch"), [
    (t.INFINITY, "x"), (t.Neg(t.INFINITY), "a"), (t.number(2), "x"), (t.number(-2), "a"),
    (None, "max(x, a)"), (t.number(0), "max(x, a)"), (CONTEXT.parse("a"), "max(x, a)"),
])  # fmt: skip
def test_a_maximum_is_one_of_its_numbers_only_if_the_sign_of_their_gap_is_known(gap, branch):
    assert limits._branch(LIMIT, LIMIT.body, lambda _: gap) == CONTEXT.parse(branch)


@pytest.mark.parametrize(("found", "wanted", "same"), [
    ("a + b", "b + a", True), ("a", "b", False), ("inf", "inf", True), ("inf", "a", False),
    ("1 / (a - a)", "1", None), ("log(-1)", "a", None),
])  # fmt: skip
def test_what_has_no_value_is_not_compared(found, wanted, same):
    assert limits.same_value(Normal(Facts(), {}), CONTEXT.parse(found), CONTEXT.parse(wanted)) is same


@pytest.mark.parametrize(("claim", "given", "accepted"), [
    ("lim(x -> inf: 1 / x) = 0", "x: positive", False),
    ("lim(x -> inf: 1 / x + a) = a", "x: positive; a: real", False),
    ("lim(x -> inf: 1 / x + a) = a", "x: positive; a: real; a <= 0", True),  # which sympy does not know
])  # fmt: skip
def test_sympy_contradicts_what_rests_on_no_hypothesis(monkeypatch, claim, given, accepted):
    assert kernel(claim, Limiting(), given).accepted
    monkeypatch.setattr(limiting, "by_sympy", lambda *_: t.number(7))
    assert kernel(claim, Limiting(), given).accepted is accepted
