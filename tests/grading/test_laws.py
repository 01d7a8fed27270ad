"""A law is worth what it catches; what is false, or says nothing, is worth nothing."""

import pytest

from mathcore.grading.assignment import LawItem
from mathcore.grading.feedback import said
from mathcore.grading.laws import idle, judge_law, own_laws, strength, wrong_ones
from mathcore.grading.results import State
from tests.grading.handed_in import submission
from tests.sampling import sampled

ITEM = LawItem("law", "relu", 400)


def result(law, item=ITEM):
    return judge_law(item, submission(laws_md=f"# Laws\n\n```laws\n{law}\n```\n"))


def keys(found):
    return [p.told.key for p in found.parts if p.told is not None] or [m.key for m in found.told]


def test_the_best_law_of_the_card_has_all_points():
    law, caught = max(own_laws("relu"), key=lambda pair: len(pair[1]))
    found = result(f"mine: {law.statement}" + (f"\n    given {law.given}" if law.given else ""))
    assert len(caught) == strength("relu") and found.points == 400


def test_a_weaker_law_has_its_share_and_a_teacher_may_ask_for_less():
    found = result("mine: relu(x) >= 0")
    assert 0 < found.points < 400 and keys(found) == ["law_catches"]
    assert result("mine: relu(x) >= 0", LawItem("law", "relu", 400, catches=1)).points == 400


@pytest.mark.parametrize(
    ("law", "key"),
    [
        ("mine: 0 = 0", "law_definition"),
        ("mine: x <= x + 1", "law_silent"),
        ("mine: relu(x) = relu(x)", "law_definition"),
        ("mine: relu(x) = max(x, 0)", "law_definition"),
        (r"mine: \mathrm{relu}(x) = \max\{x, 0\}", "law_definition"),
        ("mine: relu(x) <= 5", "law_false"),
        ("mine: foo(x) = 1", "law_unread"),
    ],
)
def test_what_says_nothing_or_is_false_gets_nothing(law, key):
    found = result(law)
    assert found.points == 0 and keys(found) == [key]


@sampled(
    ("card", "law"),
    [
        ("relu", "mine: a <= b => relu(a) <= relu(b)\n    given a, b: real"),
        ("mean_squared_error", "mine: mean_squared_error(y, t) = mean_squared_error(t, y)"),
    ],
    keep=1,
)
def test_a_law_whose_sides_differ_in_letters_alone_is_no_definition(card, law):
    found = result(law, LawItem("law", card, 400))
    assert found.points > 0 and keys(found) == ["law_catches"]


def test_a_false_law_is_told_with_a_point():
    assert "is false at x = " in said(result("mine: relu(x) <= 5").parts[0].told)


@pytest.mark.parametrize(
    ("latex", "plain"),
    [
        (r"\mathrm{relu}(x) \ge 0", "relu(x) >= 0"),
        (r"x \le y \Rightarrow \mathrm{relu}(x) \le \mathrm{relu}(y)", "x <= y => relu(x) <= relu(y)"),
    ],
)
def test_a_law_in_latex_is_worth_what_it_says(latex, plain):
    found = [result(f"mine: {law}\n    given x, y: real") for law in (latex, plain)]
    assert found[0].points == found[1].points > 0


@pytest.mark.slow
def test_the_best_of_several_counts_and_no_more_than_five_are_tried():
    several = "\n".join([*(f"law {k}: relu(x) >= -{k}" for k in range(1, 6)), "late: relu(x) >= 0"])
    assert result("a: 0 = 0\nb: relu(x) >= 0").points == result("b: relu(x) >= 0").points
    assert "laws_many" in [m.key for m in result(several).told]


def test_wrong_implementations_are_wrong_and_what_everything_catches_does_not_count():
    names = [name for name, _ in wrong_ones("softmax")]
    assert len(names) > 20 and "base_two" in names and "the sign is turned" in names
    assert "without_shift" in idle("softmax") and "base_two" not in idle("softmax")


def test_without_a_law_or_a_file_it_is_told():
    assert judge_law(ITEM, submission(laws_md="# Nothing\n")).state is State.MISSING
    assert keys(judge_law(ITEM, submission(x_py=""))) == ["no_such_file"]
    assert keys(result("no name")) == ["unreadable_page"]
