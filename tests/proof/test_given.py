"""Hypotheses against brute force: what they mean is said twice, and no verdict contradicts the second saying."""

import random

from tests.proof.given import FORMS, Case, Form, Tally, counterexample, judge, run
from tests.sampling import counted


@counted(2, 6)
def test_no_verdict_contradicts_brute_force(count):
    tally = run(count, seed=3, seconds=0.8)
    assert not tally.lies
    assert not tally.differing
    assert sum(n for level, n in tally.levels.items() if level in ("proved", "refuted")) >= count // 2


def test_the_forms_are_many_and_of_each_kind():
    assert len(FORMS) >= 25
    assert sum(form.defines is not None for form in FORMS) >= 5
    assert sum(bool(form.every) for form in FORMS) >= 3


def test_a_proof_under_a_stronger_reading_is_seen():
    wrong = Form("wrong", "x[r] >= 0", "True")
    tally = Tally()
    judge(Case(wrong, "sum(k: x[k]) >= 0", "sum(x[k] for k in R) >= 0", ""), tally, random.Random(0))
    assert len(tally.lies) == 1


def test_a_point_at_which_a_hypothesis_fails_is_seen():
    wrong = Form("wrong", "x[r] >= 0", "all(x[r] >= 7 for r in R)")
    tally = Tally()
    judge(Case(wrong, "x[i] >= 1", "x[i] >= 1", ""), tally, random.Random(0))
    assert len(tally.lies) == 1


def test_a_definition_that_is_not_written_out_alike_is_seen():
    form = next(form for form in FORMS if form.name == "a definition")
    tally = Tally()
    judge(Case(form, "d[i] = 2 x[i] + y[i]", "True", "2 x[i] + y[i] = x[i]"), tally, random.Random(0))
    assert len(tally.differing) == 1


def test_brute_force_finds_the_smallest_counterexamples():
    form = next(form for form in FORMS if form.name == "two places")
    assert counterexample(Case(form, "", "n >= 3", ""), form.means, random.Random(0))["n"] == 2
    assert counterexample(Case(form, "", "n >= 2", ""), form.means, random.Random(0)) is None
