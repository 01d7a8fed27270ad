"""From failed checks to findings: one for each cause, with what it looks like and what it contradicts."""

from dataclasses import replace

import numpy as np
import pytest

from mathcore.conformance.check import check
from mathcore.conformance.diagnosis import BATCHES, contradicted, findings, named
from mathcore.conformance.mistakes import mistaken
from mathcore.conformance.subject import Standard, subject
from mathcore.evidence import Check
from mathcore.formulas import load
from tests.conformance import trial, wrong
from tests.conformance.implementations._textbook import softmax
from tests.conformance.slipped import looked_at


def finding(function, card, **options):
    """The one finding."""
    (one,) = check(function, card, effort="quick", **options).findings
    return one


def test_a_fault_of_values_is_one_finding_and_names_all_that_fails_for_it():
    report = check(wrong.naive, "softmax", effort="quick")
    (one,) = report.findings
    assert one.slip == "without shift"
    assert one.words
    assert {one.check, *one.also} == {c.name for c in report.failures}
    assert one.law
    assert one.meaning
    assert one.shown == "naive([1000.0]) gives [nan]; exact 1; off by nan"
    assert one.link == "formulas/softmax.html#what-people-get-wrong"


@pytest.mark.parametrize("card", ["sigmoid", "entropy", "relu"])
def test_the_mistakes_of_a_card_are_named_by_their_names(card):
    named_ones = 0
    for dotted in load(card).mistakes:
        tested = replace(mistaken(load(card), dotted), held_to=Standard.ORDINARY)
        found = looked_at(tested)
        if not found.check.passed:
            assert named(tested, found)[0] == tested.name.replace("_", " ")
            named_ones += 1
    assert named_ones >= 2


def test_a_mistake_that_returns_arrays_of_another_shape_is_named_by_what_it_returns():
    def encoded_twice(labels, classes=None):
        once = np.eye(int(np.max(labels)) + 1 if classes is None else classes)[np.asarray(labels)]
        return np.eye(2)[once.astype(int)]

    def of_that_shape_alone(labels, classes=None):
        return encoded_twice(labels, classes) / 2

    assert finding(encoded_twice, "one_hot").slip == "twice"
    assert finding(of_that_shape_alone, "one_hot").slip == ""


def test_inputs_that_do_not_matter_are_named():
    """Always 1 off in the weights: whatever the rates are."""

    def off(w, g, eta):
        return w - eta * g + 1.0

    assert set(finding(off, "gradient_descent").free) >= {"w"}


@pytest.mark.slow
def test_of_many_inputs_those_that_do_not_matter_are_named():
    from mathcore.conformance.subject import resolve

    card = load("adam_step")
    tested = resolve(card.numeric, card)

    def off(*arguments):
        result = tested.function(*arguments, **tested.options)
        return (result if tested.part is None else result[tested.part]) + 1e3

    free = finding(off, card).free
    assert len(free) >= 3
    assert set(free) <= {p.name for p in card.definition.parameters}


def test_inputs_that_matter_are_not_named():
    def parameter_ignored(w, g, eta):
        return w - g

    assert "eta" not in finding(parameter_ignored, "gradient_descent").free


def test_the_line_of_a_derivation_that_the_outputs_contradict_is_told():
    card = load("softmax")

    def doubled(z, axis=-1):
        return 2 * softmax(z, axis)

    tested = replace(subject(card, doubled), held_to=Standard.ORDINARY)
    line = contradicted(tested)
    assert any(line == f"{d.key}: {d.claim}" for d in card.derivations)
    assert contradicted(replace(subject(card, softmax), held_to=Standard.ORDINARY)) == ""


def test_faults_of_batches_are_one_finding():
    failed = tuple(Check("contract", name, False, f"{name} fails") for name in BATCHES)
    other = Check("contract", "shows a nan", False, "the nan is lost")
    (first, second) = findings(subject(trial.SOFTMAX), (*failed, other), ())
    assert (first.check, first.also) == (BATCHES[0], BATCHES[1:])
    assert (second.check, second.also) == ("shows a nan", ())


def test_faults_that_have_nothing_in_common_are_findings_of_their_own():
    one, other = (Check("contract", name, False, "fails") for name in ("shows a nan", "takes whole numbers"))
    assert [f.check for f in findings(subject(trial.SOFTMAX), (one, other), ())] == ["shows a nan", "takes whole numbers"]
    assert findings(subject(trial.SOFTMAX), (Check("law", "a", True),), ()) == ()


def test_an_overflow_of_pythons_own_numbers_is_named():
    import math

    def of_lists(z):
        e = [math.exp(v) for v in list.copy(z)]
        return [v / sum(e) for v in e]

    assert finding(of_lists, "softmax").slip == "an exponential overflows"


def test_float32_inside_is_named():
    def narrow(z, axis=-1):
        return softmax(np.asarray(z, dtype=np.float32), axis).astype(float)

    def scaled(z, axis=-1):
        return softmax(z, axis) * (1 + 1e-5)

    assert finding(narrow, trial.SOFTMAX).slip == "it computes in float32 inside"  # that card knows no mistake
    assert finding(scaled, trial.SOFTMAX).slip == ""
