"""A dry run shows that an assignment gives full points for right work, and takes some for known mistakes."""

from dataclasses import replace

import pytest

from mathcore.grading import dry
from mathcore.grading.assignment import read
from mathcore.grading.dry import rehearsed, report
from tests.grading.handed_in import derivation, function


def test_right_work_has_all_points_and_each_mistake_loses_some():
    trials = list(rehearsed(function("relu")))
    assert trials[0].right and trials[0].points == 1000 and len(trials) >= 4
    assert all(trial.held for trial in trials)
    assert all(trial.by for trial in trials if not trial.right)


@pytest.mark.slow
def test_a_mistake_that_loses_nothing_fails_the_dry_run(monkeypatch):
    judged = dry.judged
    monkeypatch.setattr(dry, "judged", lambda item, tested, a: replace(judged(item, dry.prepared_own(tested.card), a)))
    trials = list(rehearsed(function("relu", 'accuracy = "card"')))
    assert trials[0].held and not any(trial.held for trial in trials[1:])
    assert "FAIL" in report(trials)


@pytest.mark.slow
def test_what_only_the_accuracy_of_the_card_refuses_is_told():
    trials = [t for t in rehearsed(function("sigmoid")) if "as right as ordinary code" in t.what]
    assert trials and all(t.held and t.points == t.most for t in trials)


@pytest.mark.slow
def test_derivations_and_laws_are_tried_as_well():
    trials = list(rehearsed(derivation(more="least_steps = 3")))
    assert [(t.right, t.points) for t in trials] == [(True, 600), (False, 0)]
    assert not any(t.held for t in rehearsed(derivation(more="least_steps = 9")) if t.right)
    trials = list(rehearsed(read('[[law]]\ncard = "relu"\npoints = 3\n')))
    assert all(t.held for t in trials) and [t.what for t in trials][-1] == "0 = 0"


def test_a_relation_is_taken_apart_at_its_outermost_sign():
    assert dry._sides("sum(i: s[i]) = 1") == ("sum(i: s[i])", "=", "1")
    assert dry._sides("a <= b") == ("a", "<=", "b")
    assert dry._sides("a <= b => c <= d")[1] == dry._sides("a < b < c")[1] == ""
