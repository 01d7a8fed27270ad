"""The pages about other libraries: made from what is stored, with mathcore's side re-run, and theirs where they are installed."""

import ast
import json

import numpy as np
import pytest
from flint import arb

from tests.peers import behaviour, calls, page, replay
from tests.peers.calls import Answer, Call
from tests.peers.examples import CONVENTION, HELD_UP, LOST, Example, every_example

EXAMPLES = tuple(every_example())
EVIDENCE = replay.read(replay.EVIDENCE)
REFRESH = "run `python -m tests.peers.replay` and `python -m tests.peers.behaviour`, and commit what they write"


@pytest.mark.parametrize("made", [replay, behaviour], ids=["digits", "edges"])
def test_the_committed_page_is_what_the_stored_evidence_gives(made):
    assert made.PAGE.read_text(encoding="utf-8") == made.page(replay.read(made.EVIDENCE)), REFRESH


def test_the_freshness_test_can_fail():
    stale = json.loads(json.dumps(EVIDENCE))
    stale["examples"][EXAMPLES[0].name]["exact"] = "1.5"
    assert replay.page(stale) != replay.PAGE.read_text(encoding="utf-8")


@pytest.mark.parametrize("example", (*EXAMPLES, *HELD_UP), ids=lambda e: e.name)
def test_mathcore_is_within_its_bar_of_the_exact_value(example):
    answer = replay.ours(example)
    assert not answer.raised
    assert not answer.warned
    assert replay.ulps(answer, example) <= example.bar


def test_a_wrong_answer_is_beyond_its_bar():
    example = EXAMPLES[0]
    for wrong in (Answer(np.float64(0)), Answer(np.float64("nan")), Answer(raised="ValueError")):
        assert replay.ulps(wrong, example) > example.bar


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: e.name)
def test_the_stored_exact_value_is_the_one_that_the_balls_give_today(example):
    assert EVIDENCE["examples"][example.name]["exact"] == replay.shown_exact(replay.exact_values(example)), REFRESH


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: e.name)
def test_an_example_shows_what_it_says(example):
    off = [answer["ulp"] for answer in EVIDENCE["examples"][example.name]["libraries"].values()]
    assert any(u is None or u > 30 * max(example.bar, 1) for u in off), "no stored answer is far off: drop the example"
    assert example.kind in (LOST, CONVENTION)
    assert example.why.endswith(".")


@pytest.mark.parametrize("example", HELD_UP, ids=lambda e: e.name)
def test_what_holds_up_is_accurate_in_every_library(example):
    assert set(EVIDENCE["held up"][example.name]) == {"mathcore", *(call.library for call in example.calls)}, REFRESH
    assert all(u is not None and u < page.ORDINARY for u in EVIDENCE["held up"][example.name].values())


def test_names_are_unique_and_nothing_else_is_stored():
    assert len({e.name for e in EXAMPLES}) == len(EXAMPLES)
    assert set(EVIDENCE["examples"]) == {e.name for e in EXAMPLES}, REFRESH
    for example in EXAMPLES:
        assert set(EVIDENCE["examples"][example.name]["libraries"]) == {call.library for call in example.calls}, REFRESH


def test_every_text_is_python():
    for example in EXAMPLES:
        for text in (example.given, example.exact, example.ours, *(call.text for call in example.calls)):
            ast.parse(text)


PACKAGES = {
    library: sorted({module.partition(".")[0] for module in calls.NAMES[library].values()}) for library in calls.LIBRARIES
}


@pytest.mark.parametrize("library", [pytest.param(x, marks=pytest.mark.peers(*PACKAGES[x])) for x in calls.LIBRARIES])
def test_an_installed_library_answers_as_stored(library):
    """A failure tells news, good or bad: the page that quotes the library is stale, and is to be replayed."""
    news = [*replay.changed(library, EVIDENCE), *behaviour.differences(replay.read(behaviour.EVIDENCE), library)]
    assert not news, REFRESH


def test_mathcore_behaves_at_the_edges_as_stored():
    assert not list(behaviour.differences(replay.read(behaviour.EVIDENCE), "mathcore")), REFRESH


def test_exact_values_are_of_the_very_bits():
    tenth = Example("", "x = 0.1", (), "10 * x - 1", "", "")
    assert replay.exact_values(tenth) == [arb(2.0**-54)]


def test_a_call_may_have_statements_and_names_its_warnings():
    answer = calls.run("x = np.array([-1.0])", Call("mathcore", "y = np.log(x)\ny"))
    assert answer.text == "[nan] (with a RuntimeWarning)"
    assert calls.run("", Call("mathcore", "mathcore.softmax([])")).text == "raises ValueError"


def test_a_library_that_is_not_installed_says_so(monkeypatch):
    monkeypatch.setitem(calls.NAMES, "nowhere", {"nowhere": "no_such_module"})
    assert calls.missing("nowhere") == "nowhere is not installed (no_such_module is missing)"


def test_numbers_in_a_table_have_the_digits_that_tell_them_apart():
    entry = {"exact": "20.500000001250153", "libraries": {"torch": {"returned": "20.5", "ulp": 352000.0}}}
    assert page.digits_needed(entry) == 11
    assert page.short("20.500000001250153", 11) == "20.500000001"
    assert page.short("[nan, 0.123456789] (with a RuntimeWarning)", 6) == "[nan, 0.123457] (with a RuntimeWarning)"
