"""The rules rewrite, unfold, differentiate, substitute: what is accepted, and what must not be."""

from contextlib import nullcontext

import pytest

from mathcore.language import sympy_bridge
from mathcore.language.parser import Context
from mathcore.proof.checking import check
from mathcore.proof.judging import scope_of
from mathcore.proof.rules.algebra import equal
from mathcore.proof.scope import Contradicted, NotShown, Trace
from mathcore.rules.differentiate import Differentiate
from tests.proof.pipeline import card, kernel, pipeline
from tests.proof.statements import FALSE_ALGEBRA, TRUE_ALGEBRA, Statement, V
from tests.sampling import sampled


def fields(s: Statement) -> dict:
    return {"by": s.by, "given": s.given, "define": s.define, "derivations": s.derivations}


@sampled("statement", FALSE_ALGEBRA, ids=str, keep=36)
def test_what_is_false_or_undefined_somewhere_is_not_accepted(statement):
    assert not kernel(statement.claim, **fields(statement)).accepted
    assert pipeline(statement.claim, **fields(statement), instance=statement.instance).level != "proved"


def test_nine_true_statements_in_ten_are_proved_at_least():
    levels = {s.claim: pipeline(s.claim, **fields(s), instance=s.instance).level for s in TRUE_ALGEBRA}
    missing = [claim for claim, level in levels.items() if level != "proved"]
    assert len(levels) > 1 and set(levels.values()) <= {"proved", "unknown"}
    assert 10 * len(missing) <= len(levels) or len(missing) == 1, missing


def test_what_a_derivative_divides_by_is_forgotten_where_both_sides_are_polynomials():
    claim = "D(-a^N, a) = -N a^(N - 1)"
    assert kernel(claim, Differentiate(), "a: real; N: natural >= 1").accepted
    assert kernel(claim, Differentiate(), "a: real; N: natural").conditions == ("a != 0",)


@pytest.mark.parametrize(
    ("right", "words"), [("X", "the two sides have different shapes"), ("y", "x[k] - y[k]"), ("x + y - y", "")]
)
def test_arrays_are_equal_entry_by_entry(right, words):
    of = card(V)
    scope = scope_of(card=of, context=of.context, trace=Trace())
    sides = of.context.parse("x"), of.context.parse(right)
    if not words:
        return equal(scope, *sides)
    with pytest.raises(NotShown) as raised:
        equal(scope, *sides)
    assert words in str(raised.value)


@pytest.mark.parametrize(("by_sympy", "shown", "reason"), [
    ("2 a", True, "sympy's derivative agrees"),
    ("log(-1)", True, "shown by the kernel alone: sympy's derivative is not read"),
    ("2 a step(a)", True, "shown by the kernel alone: sympy's derivative has cases"),
    ("3 a", False, "sympy's derivative differs from the kernel's"),
])  # fmt: skip
def test_sympy_has_a_word_on_a_derivative(monkeypatch, by_sympy, shown, reason):
    monkeypatch.setattr(sympy_bridge, "differentiate", lambda *_: Context().given("a: real").parse(by_sympy))
    of = card("a: real")
    scope, claim = scope_of(card=of, context=of.context, trace=Trace()), of.context.parse("D(a^2, a) = 2 a")
    with nullcontext() if shown else pytest.raises(Contradicted, match=reason):
        check(Differentiate(), scope, claim.args[0], "=", claim.args[1])
    assert not shown or reason in " ".join(scope.trace.notes)
