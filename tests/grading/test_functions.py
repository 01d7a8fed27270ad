"""Functions: what holds brings its share, what is not demanded costs nothing, and the answer is never told."""

import json
from dataclasses import replace

import numpy as np
import pytest

from mathcore.conformance.check import prepared
from mathcore.evidence import Check, Report
from mathcore.formulas import load
from mathcore.grading import functions
from mathcore.grading.feedback import Message, said
from mathcore.grading.functions import Boxes, asked_of, judge_function, judged, prepared_own
from mathcore.grading.isolation import Level, Limits
from mathcore.grading.results import State
from tests.grading.handed_in import RIGHT, WRONG, function, submission


def points(f, name="relu", more="", top=""):
    asked = function(name, more, top)
    return judged(asked.items[0], prepared(f, load(name)), asked)


def in_a_box(text, more="", name="relu", file="homework_py", **others):
    asked = function(name, more)
    with Boxes(Level.LIMITS) as boxes:
        return judge_function(asked.items[0], submission(**{file: text}, **others), asked, boxes)


def lost(found):
    return {(p.title.key.removeprefix("title_"), p.title.fields.get("name", "")) for p in found.parts if p.lost}


def words(found):
    return " ".join([*map(said, found.told), *(said(p.told) for p in found.parts if p.told is not None)])


def test_the_right_function_has_all_points_and_they_add_up():
    found = points(lambda x: np.maximum(x, 0))
    assert found.points == found.most == 1000 == sum(p.most for p in found.parts) and words(found) == said(found.told[0])


def test_a_function_wrong_for_single_inputs_keeps_the_laws_that_hold_and_at_most_half():
    found = points(np.abs)
    assert 0 < found.points <= 500
    assert ("simple", "") in lost(found) and ("batches", "") in lost(found)
    assert ("laws", "is never negative") not in lost(found) and ("laws", "grows") in lost(found)


def test_simple_inputs_count_where_only_large_ones_fail():
    def without_shift(z):
        with np.errstate(all="ignore"):
            e = np.exp(z)
            return e / e.sum(axis=-1, keepdims=True)

    found = points(without_shift, "softmax")
    assert 0 < found.points <= 500
    assert ("hard", "") in lost(found) and not {("simple", ""), ("lengths", "")} & lost(found)
    assert found.slips == ("without shift",) and "It looks like this slip: without shift." in words(found)


def test_what_is_told_does_not_hold_the_answer():
    found = points(np.abs)
    assert "gives" in words(found) and "exact" not in words(found) and "off by" not in words(found)
    assert any("exact" in line for line in found.detail)  # a teacher reads it


def test_only_what_is_demanded_of_batches_costs():
    def of_one(z):
        if np.ndim(z) != 1:
            raise ValueError("one list of scores")
        e = np.exp(z - np.max(z))
        return e / e.sum()

    assert points(of_one, "softmax").points == 1000
    found = points(of_one, "softmax", 'batches = "required"')
    assert lost(found) == {("batches", "")} and found.points == 900
    assert "is asked for here" in words(found)


def test_what_a_function_changes_of_its_input_costs_manners():
    def shifts(z):
        z -= np.max(z, axis=-1, keepdims=True)
        e = np.exp(z)
        return e / e.sum(axis=-1, keepdims=True)

    found = points(shifts, "softmax")
    assert ("manners", "") in lost(found)


@pytest.mark.slow
def test_the_accuracy_of_the_card_may_be_asked_for():
    def ordinary(z):
        e = np.exp(z - np.max(z, axis=-1, keepdims=True))
        return e / e.sum(axis=-1, keepdims=True)

    assert points(ordinary, "softmax").points == 1000
    found = points(ordinary, "softmax", 'accuracy = "card"')
    assert ("hard", "") in lost(found) and found.points == 750  # no half: no value is wrong
    asked = function("softmax", 'accuracy = "card"')
    assert judged(asked.items[0], prepared_own(load("softmax")), asked).points == 1000


def test_what_is_asked_of_a_card_is_what_can_be_asked_of_its_own_function():
    assert set(asked_of("softmax", "quick", 1)) == {"simple", "hard", "lengths", "formats", "batches", "edges", "manners", "laws"}
    assert "lengths" not in asked_of("relu", "quick", 1)


# in a box -----------------------------------------------------------------------------------------------------------------


def test_a_file_in_a_box_has_the_points_of_the_function_itself():
    found, here = in_a_box(RIGHT), points(lambda x: np.maximum(x, 0))
    assert found.points == here.points == 1000 and found.level in {str(level) for level in Level}
    wrong = in_a_box(WRONG)
    assert [p.points for p in wrong.parts] == [p.points for p in points(np.abs).parts]


@pytest.mark.slow
def test_a_notebook_is_read_as_well():
    cells = [{"cell_type": "markdown", "source": "# x"}, {"cell_type": "code", "source": RIGHT.splitlines(keepends=True)}]
    assert in_a_box(json.dumps({"cells": cells}), file="homework_ipynb").points == 1000


@pytest.mark.slow
def test_a_call_is_made_as_the_assignment_says():
    text = "import numpy as np\ndef mean_squared_error(scale, t, y):\n    return scale * np.mean((t - y) ** 2, axis=-1)\n"
    call = 'call = "mean_squared_error(1.0, y, t)"'
    assert in_a_box(text, call, "mean_squared_error").points == 1000


def test_a_function_that_never_answers_costs_itself_and_ends(monkeypatch):
    monkeypatch.setattr(functions, "LIMITS", Limits(seconds=0.3, restarts=1))
    found = in_a_box("def relu(x):\n    while True:\n        pass\n")
    assert found.points == 0 and found.timed_out and "took longer than 0.3 s" in words(found)


@pytest.mark.slow
def test_a_call_without_an_answer_costs_only_what_it_stands_for(monkeypatch):
    monkeypatch.setattr(functions, "LIMITS", Limits(seconds=1.0, restarts=5))
    hangs = "import numpy as np\ndef relu(x):\n    while np.isnan(x).any():\n        pass\n    return np.maximum(x, 0)\n"
    found = in_a_box(hangs)
    assert found.timed_out and found.points >= 900


@pytest.mark.parametrize(
    ("text", "said_so", "state"),
    [
        ("def relu(x)\n    return x\n", "is not valid Python", State.JUDGED),
        ("import pandas\n", "uses pandas, which is not available here", State.JUDGED),
        ("raise SystemExit\n", "ends itself", State.JUDGED),
        (b"\xff\xfe\x00", "could not be loaded: it is not in utf-8", State.JUDGED),
        ("def rleu(x):\n    return x\n", "There is no function relu in homework.py. Found were: rleu.", State.MISSING),
        ("", "There is no function relu in homework.py. Found were: none.", State.MISSING),
    ],
)
def test_what_cannot_be_run_is_told_in_words(text, said_so, state):
    found = in_a_box(text)
    assert (found.points, found.state) == (0, state) and said_so in words(found)


@pytest.mark.slow
def test_of_several_files_the_first_with_the_function_is_judged():
    found = in_a_box(RIGHT, file="a_py", b_py=WRONG, c_py="x = ")
    assert found.points == 1000 and {"several_files", "not_loaded"} <= {m.key for m in found.told}


def test_a_file_that_was_not_read_is_told():
    asked = function()
    (file,) = submission(homework_py="").files
    odd = replace(submission(), files=(replace(file, problem=Message("link", {"file": "homework.py"})),))
    with Boxes(Level.LIMITS) as boxes:
        found = judge_function(asked.items[0], odd, asked, boxes)
    assert found.points == 0 and "is a link" in words(found)


def test_a_judge_that_contradicts_itself_gives_no_points_and_says_so(monkeypatch):
    checks = (
        Check("accuracy", "float64", True, cases=3, figures={"outputs": 3}),
        Check("law", "grows", False, "CONFLICT", figures={"conflict": True}),
    )
    monkeypatch.setattr(functions, "judge", lambda *a: Report("relu", "relu", checks))
    found = points(lambda x: x)
    assert found.state is State.UNJUDGED and found.look and "contradict" in words(found)
