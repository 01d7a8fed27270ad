"""sympy alone agrees with what is right, contradicts what is wrong, and says so where it cannot tell."""

from dataclasses import replace

import pytest

from mathcore.card import Derivation, Step
from mathcore.conformance.mistakes import mistaken
from mathcore.evidence import Evidence, Level, Verdict, Witness
from mathcore.formulas import load
from mathcore.render import summary
from mathcore.render.markdown import write
from mathcore.render.report import report
from mathcore.rules.differentiate import Differentiate
from mathcore.rules.rewrite import Rewrite
from mathcore.verify import witness as w
from mathcore.verify.run import examine
from tests.verify import witnessed


def planted(claim, *steps, given="", instance="", card="softmax"):
    """What sympy says of each step of a derivation on a card."""
    written = tuple(Step(text, by=Rewrite(), why="planted") for text in steps)
    return w.step_verdicts(load(card), Derivation("planted", claim=claim, steps=written, given=given, instance=instance))


def levels(*arguments, **more):
    return [v.level for v in planted(*arguments, **more)]


AGREES, SILENT, CONFLICT = Level.ENCLOSED, Level.UNKNOWN, Level.CONFLICT

PLANTED = [
    ("D(s[i], z[j]) = s[i] (delta(i, j) - s[j])", "= s[i] (delta(i, j) - s[j])", "= s[i] (delta(i, j) + s[j])"),
    ("sum(i: s[i]) = 1", "= 1", "= n"),
    ("s[i] <= 1", "<= 1", "<= 1 / 2"),
    ("s[i] / s[j] = exp(z[i] - z[j])", "= exp(z[i] - z[j])", "= exp(z[j] - z[i])"),
    ("lim(T -> inf: softmax(vector(k: z[k] / T))[i]) = 1 / n", "= 1 / n", "= 1"),
    ("D(D(log(sum(k: exp(z[k]))), z[i]), z[j]) = s[i] (delta(i, j) - s[j])", "= s[i] (delta(i, j) - s[j])", "= s[i] s[j]"),
    ("D(abs(c), c) = c / abs(c)", "= c / abs(c)", "= 1"),
    ("max(k: z[k]) <= log(sum(k: exp(z[k])))", "<= log(sum(k: exp(z[k])))", "<= log(sum(k: exp(z[k]))) - 1"),
    ("z[i] <= z[j] => s[i] <= s[j]", "<= s[j]", ">= s[j]"),
    ("z[i] = z[j] <=> s[i] = s[j]", "<=> s[i] = s[j]", "<=> s[i] != s[j]"),
]


@pytest.mark.parametrize(("claim", "right", "wrong"), PLANTED, ids=[p[0] for p in PLANTED])
def test_a_right_step_is_confirmed_and_a_planted_wrong_one_is_contradicted(claim, right, wrong):
    assert levels(claim, right) == [AGREES]
    assert levels(claim, wrong) == [CONFLICT]


def test_only_the_wrong_step_is_contradicted_and_its_point_is_told():
    first, second, third = planted("sum(i: s[i]) = 1", "= sum(i: exp(z[i]) / sum(k: exp(z[k])))", "= n", "= 1")
    assert [first.level, second.level, third.level] == [AGREES, CONFLICT, CONFLICT]
    assert first.points >= 4
    assert second.counterexample.startswith("n = ")
    assert second.method == "planted, step 2"


def test_a_hypothesis_is_held_and_an_instance_stands_for_an_open_function():
    assert levels("p[i] <= 1 / n", "<= 1 / n", given="p: positive[n]; p[i] = 1 / n") == [AGREES]
    convex = {"given": "f: function; x, y: real", "instance": "f(x) = x^2"}
    assert levels("f((x + y) / 2) <= (f(x) + f(y)) / 2", "<= (f(x) + f(y)) / 2", **convex) == [AGREES]
    (open_function,) = planted("f(x) = f(x)", "= f(x)", given="f: function; x: real")
    assert (open_function.level, open_function.reason) == (SILENT, "a function that is left open")


def test_what_sympy_cannot_compute_is_listed_with_its_reason_and_is_no_agreement():
    found = w.witness(load("crossentropy"))
    assert found.conflicts == ()
    assert found.agreed + len(found.silent) == found.asked
    assert {v.method for v in found.silent} == {"infinite, step 1", "infinite, step 2"}
    assert all("log of a number that is not positive" in v.reason for v in found.silent)


def test_the_derivative_at_a_kink_and_sides_that_touch_decide_nothing():
    kink = "x: real; x = 0"
    assert levels("D(abs(x), x) = 1", "= 1", given=kink) == [SILENT]
    assert levels("D(max(x, 0), x) = 1", "= 1", given=kink) == [SILENT]
    assert levels("exp(x) > 1", "> 1", given=kink) == [SILENT]
    assert levels("exp(x) >= 1", ">= 1", given=kink) == [AGREES]


def test_a_side_that_is_complex_to_sympy_is_no_value():
    assert levels("exp(log(x)) = 5", "= 5", given="x: real; x = -5") == [SILENT]
    assert levels("sqrt(x)^2 = 5", "= 5", given="x: real; x = -5") == [SILENT]


@pytest.mark.parametrize(
    "claim",
    [
        "sum(k: x[k - 1]) = sum(k: x[k])",
        "x[i - 1] <= max(k: x[k])",
        "vector(k: x[k]^2)[i - 1] >= 0",
        "sum(t = 1..n: x[1 - t]) = sum(k: x[k])",
        "F[c - 1] = F[c - 1]",
    ],
)
def test_an_entry_before_the_first_is_none(claim):
    given = "n: size; x: real[n]; i, k: index[n]; t: natural; c: natural; F: real[naturals]; i = 1; c = 0"
    op = next(op for op in ("<=", ">=", "=") if f" {op} " in claim)
    assert levels(claim, f"{op} {claim.rpartition(f' {op} ')[2]}", given=given, card="relu") == [SILENT]


@pytest.mark.parametrize("claim", ["exp(log(x)) = x", "sqrt(x)^2 = x", "sqrt(x)^2 <= 0", "(x + 5) / (x + 5) = 1"])
def test_what_has_no_value_is_not_confirmed(claim):
    op = "<=" if "<=" in claim else "="
    assert levels(claim, f"{op} {claim.rpartition(f' {op} ')[2]}", given="x: real; x = -5") == [SILENT]


def test_digits_that_cancel_do_not_make_a_conflict():
    tiny = "x: real; x = 1 / 10^40"
    assert levels("(exp(x) - 1) / x >= 1", ">= 1", given=tiny) == [AGREES]
    assert CONFLICT not in levels("(1 - cancelled) / x^2 = 0", "= 0", given=f"{tiny}; cancelled: real; cancelled = 1")


@pytest.mark.parametrize("name", ["softmax", "binary_crossentropy", "one_hot", "adam_step", "sparse_categorical_crossentropy"])
def test_the_function_agrees_with_its_definition_by_sympy(name):
    verdict = w.function_verdict(load(name))
    assert (verdict.level, verdict.reason) == (AGREES, "")
    assert verdict.points >= 8


WRONG = (
    ("softmax", "slightly_warm"),
    ("softmax", "base_two"),
    ("kl_divergence", "arguments_swapped"),
    ("focal_loss", "easy_samples_kept"),
    ("huber", "not_joined"),
    ("adam_step", "without_bias_correction"),
    ("gradient_descent", "rate_squared"),
)


@pytest.mark.parametrize(("name", "mistake"), WRONG)
def test_a_wrong_function_is_contradicted_with_a_call_and_what_is_due(name, mistake):
    card = load(name)
    (dotted,) = [m for m in card.mistakes if m.partition("(")[0].endswith(f".{mistake}")][:1]
    verdict = w.function_verdict(card, mistaken(card, dotted))
    assert verdict.level is CONFLICT
    assert " gives " in verdict.counterexample
    assert "; sympy has " in verdict.counterexample


def test_a_function_that_breaks_is_no_agreement():
    def broken(z):
        raise RuntimeError("no")

    verdict = w.function_verdict(load("softmax"), broken)
    assert (verdict.level, verdict.points) == (SILENT, 0)
    assert "raises RuntimeError" in verdict.reason


# hunting --------------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_nine_of_ten_false_mutants_are_contradicted_and_no_true_one():
    found = witnessed.run("sigmoid", every=3)
    false = sum(count for (label, _), count in found.told.items() if label == "false")
    assert false >= 30
    assert len(found.missed) <= false / 10
    assert found.told["equivalent", "enclosed"] >= 1
    assert found.alarms == []


@pytest.mark.slow
def test_true_statements_in_any_form_are_not_contradicted():
    found = witnessed.run_right(every=24)
    assert found.alarms == []
    assert found.told["right", "enclosed"] >= 30


def test_a_witness_that_always_agrees_is_caught(monkeypatch):
    monkeypatch.setattr(w, "_holds", lambda left, op, right, values: True)
    found = witnessed.run("one_hot", every=3)
    assert len(found.missed) > 3


# what is told ---------------------------------------------------------------------------------------------------------

WITNESS = Witness(
    5, 3, 17, silent=(Verdict("lim(n -> inf: a) = b", Level.UNKNOWN, "limit, step 1", "no end"),), conflicts=(
        Verdict("a = b", Level.CONFLICT, "sum, step 2", "sympy, written out, contradicts it", counterexample="n = 2"),),
)  # fmt: skip


def test_evidence_keeps_what_sympy_said_and_a_conflict_fails_it():
    right = Evidence("softmax", "", derivations=(Verdict("a", Level.PROVED),), witness=replace(WITNESS, conflicts=()))
    wrong = replace(right, witness=WITNESS)
    assert right.held
    assert not wrong.held
    assert (summary.status(right), summary.status(wrong)) == ("proved", "CONFLICT")
    for one in (right, wrong, replace(right, witness=None)):
        assert Evidence.from_text(one.to_text()) == one


def test_the_report_counts_agreement_lists_silence_and_shows_conflicts():
    text = write(report([Evidence("softmax", "", derivations=(Verdict("a", Level.PROVED),), witness=WITNESS)], 1.0))
    assert "agrees with 3 of 5 steps and functions" in text
    assert "3/5" in text
    assert "limit, step 1" in text
    assert "CONFLICT" in text
    assert "n = 2" in text


def test_a_card_with_a_wrong_step_does_not_verify(monkeypatch):
    card = load("one_hot")
    first = card.derivations[0]
    *before, last = first.steps
    wrong = replace(card, derivations=(replace(first, steps=(*before, replace(last, text="= 7", by=Differentiate()))),))
    monkeypatch.setattr("mathcore.formulas.load", lambda name: wrong if name == "one_hot" else load(name))
    evidence = examine("one_hot")
    assert evidence.witness.conflicts
    assert summary.row(evidence).status == "CONFLICT"


def test_an_error_of_the_engine_is_a_conflict_that_is_not_stored(monkeypatch):
    from mathcore.verify.run import was_stopped

    def crash(card):
        raise RuntimeError("crash")

    monkeypatch.setattr(w, "witness", crash)
    evidence = examine("one_hot")
    assert not evidence.held
    assert was_stopped(evidence)
    assert "RuntimeError: crash" in evidence.witness.conflicts[0].reason
