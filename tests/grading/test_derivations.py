"""Derivations: what follows counts, another statement does not, and nothing may be assumed."""

import pytest

from mathcore.grading.derivations import judge_derivation
from mathcore.grading.feedback import said
from mathcore.grading.results import State
from tests.grading.handed_in import SUM, derivation, page, submission

FIRST = "sum(i: s[i])"
OPENED = "= sum(i: exp(z[i]) / sum(k: exp(z[k])))"
OUTSIDE = "= sum(i: exp(z[i])) / sum(k: exp(z[k]))"


def result(text, more="", show="sum(i: softmax(z)[i]) = 1"):
    (item,) = derivation(show, more).items
    return judge_derivation(item, submission(notes_md=text))


def keys(found):
    return {m.key for m in found.told} | {p.told.key for p in found.parts if p.told is not None}


def test_a_right_derivation_has_all_points_a_share_for_each_line():
    found = result(SUM)
    assert [p.points for p in found.parts] == [200, 200, 200] and found.points == found.most == 600
    assert said(found.parts[0].title).startswith("line 4: = sum(i:")


def test_a_wrong_line_in_the_middle_costs_its_share_and_has_the_name_of_its_slip():
    found = result(
        page("D(s[i], z[j])", "= D(exp(z[i]) / sum(k: exp(z[k])), z[j])", "= s[i] (1 - s[j])", "= s[i] (delta(i, j) - s[j])"),
        show="D(s[i], z[j]) = s[i] (delta(i, j) - s[j])",
    )
    assert [p.points for p in found.parts] == [200, 0, 0] and found.slips == ("delta forgotten",)
    assert said(found.parts[1].told) == "Does not follow from the line before. It looks like this slip: delta forgotten."
    assert "(delta(i, j) - s[j])" not in said(found.parts[1].told)  # what would have been right


def test_lines_after_a_wrong_one_count_where_they_follow_and_arrive():
    found = result(page(FIRST, "= sum(i: exp(z[i])) / n", "= n sum(i: exp(z[i])) / n^2", "= sum(i: s[i])", "= 1"))
    assert [p.points > 0 for p in found.parts] == [False, True, False, False]  # the last is the whole claim in a line
    assert found.parts[3].told.key == "line_leap"


def test_a_slip_that_spoils_the_end_keeps_what_came_before_up_to_half():
    found = result(page(FIRST, OPENED, OUTSIDE, "= n"), "least_steps = 3")
    assert "spoilt" in keys(found) and found.points == 300
    alone = result(page(FIRST, OPENED, "= n"), "least_steps = 3")
    assert alone.points == 200


@pytest.mark.parametrize(
    "lines",
    [
        (FIRST, OPENED),
        ("1", "= 2 - 1", "= 1"),
        ("sum(i: s[i]) - 1", "= sum(i: exp(z[i]) / sum(k: exp(z[k]))) - 1", "= 0"),
    ],
)
def test_a_derivation_of_another_statement_gets_nothing_and_is_told_so(lines):
    found = result(page(*lines))
    assert found.points == 0 and found.state is State.JUDGED and keys(found) == {"none_shows"}


def test_a_function_that_is_defined_otherwise_is_another_statement():
    own = "```formula\ngiven n: size; z: real[n]; i, k: index[n]\ndefine softmax(z)[i] = 1 / n\n```\n\n"
    found = result(own + page("sum(i: softmax(z)[i])", "= sum(i: 1 / n)", "= 1"))
    assert found.points == 0 and "none_shows" in keys(found)
    honest = own.replace("1 / n", "exp(z[i]) / sum(k: exp(z[k]))")
    assert result(honest + page("sum(i: softmax(z)[i])", OPENED, OUTSIDE, "= 1")).points == 600


@pytest.mark.parametrize(
    ("show", "lines"),
    [
        ("a^2 > 0", ("a^2", "= a^3 / a", "> 0")),
        ("a^2 = a b <=> a = b", ("a^2 = a b", "<=> a^2 / a = b", "<=> a = b")),
        ("step(a) + step(-a) = 1", ("step(a) + step(-a)", "= a / a", "= 1")),
    ],
)
def test_lines_that_take_more_for_granted_than_the_claim_are_looked_at(show, lines):
    found = result(page(*lines), 'given = "a, b: real"', show)
    assert found.points == 0 and found.look and "right" not in keys(found) and "line_open" in keys(found)
    assert any("false" in told for told in found.detail)


def test_what_the_exercise_does_not_give_may_not_be_assumed():
    for lines in (("given sum(i: s[i]) = 1", FIRST, OPENED, "= 1"), ("if sum(i: s[i]) = 1", FIRST, OPENED, "= 1")):
        found = result(page(*lines))
        assert found.points == 0 and keys(found) & {"assumes", "none_shows"}


ROOT = 'given = "a, b: real; a >= 0"'
WEIGHTS = 'given = "v, w: real[n]; sum(k: v[k]) = 1; c: real"'


@pytest.mark.parametrize(
    ("given", "show", "lines", "key"),
    [
        (ROOT, "abs(a b) = a abs(b)", ("given b >= 0", "abs(a b)", "= a b", "= a abs(b)"), "assumes"),
        (ROOT, "sqrt(b^2) = abs(b)", ("sqrt(a^2)", "= a", "= abs(a)"), "none_shows"),
        (
            WEIGHTS,
            "c sum(k: v[k]) + sum(k: w[k]) = c + sum(k: w[k])",
            ("given sum(k: w[k]) = 1", "c sum(k: v[k]) + sum(k: w[k])", "= c + 1", "= c + sum(k: w[k])"),
            "assumes",
        ),
    ],
)
def test_what_is_given_of_one_letter_is_not_given_of_another(given, show, lines, key):
    found = result(page(*lines), given, show)
    assert found.points == 0 and key in keys(found)


def test_letters_of_ones_own_may_stand_for_those_of_the_exercise():
    lines = ("given c: real; c >= 0", "sqrt(c^2)", "= abs(c)", "= c")
    assert result(page(*lines), ROOT, "sqrt(a^2) = a").points == 600
    leap = result(page("given c: real; c >= 0", "sqrt(c^2)", "= c"), ROOT, "sqrt(a^2) = a")
    assert leap.points == 0 and "line_leap" in keys(leap)


def test_a_step_that_exchanges_letters_is_a_step():
    found = result(
        page("sqrt((u - v)^2)", "= abs(u - v)", "= abs(v - u)"), 'given = "u, v: real"', "sqrt((u - v)^2) = abs(v - u)"
    )
    assert found.points == 600


def test_a_premise_that_is_asked_for_may_stand_there():
    show = "z[i] <= z[j] => s[i] <= s[j]"
    lines = ("if z[i] <= z[j]", "s[i]", "= exp(z[i]) / sum(k: exp(z[k]))", "<= exp(z[j]) / sum(k: exp(z[k]))", "= s[j]")
    assert result(page(*lines), show=show).points == 600


def test_a_lemma_that_is_the_claim_itself_is_not_believed():
    lemma = page(FIRST, "= 1").replace("derivation d", "derivation lemma")
    circular = page(FIRST, OPENED, "= 1", "    [lemma lemma]")
    alone = result(page(FIRST, OPENED, "= 1"))
    assert result(lemma + "\n" + circular).points == alone.points


def test_the_claim_in_one_line_is_no_derivation():
    found = result(page(FIRST, "= 1"))
    assert found.points == 0 and {"line_leap", "few_steps"} <= keys(found)


def test_a_line_that_says_nothing_new_is_no_step():
    found = result(page(FIRST, "= (sum(k: s[k]))", OUTSIDE, "= 1"), "least_steps = 3")
    assert found.points == 400 and {"line_same", "few_steps"} <= keys(found)


def test_fewer_steps_than_asked_for_bring_their_share():
    assert result(SUM, "least_steps = 6").points == 300


def test_the_best_of_several_attempts_counts():
    assert result(page(FIRST, "= 1") + SUM).points == 600


@pytest.mark.parametrize(
    ("text", "key", "state"),
    [
        ("# Nothing\n", "no_derivation", State.MISSING),
        (b"\xff\xfe", "not_text", State.JUDGED),
        (page(FIRST, "= foo(z)"), "unreadable_page", State.JUDGED),
        ("```derivation d\n```\n", "unreadable_page", State.JUDGED),
        ("```formula\ndefine ???\n```\n" + SUM, "unreadable_page", State.JUDGED),
        ("```formula\nuses nothing_there\n```\n" + SUM, "unreadable_page", State.JUDGED),
    ],
)
def test_what_cannot_be_read_is_told(text, key, state):
    found = result(text)
    assert (found.points, found.state) == (0, state) and key in keys(found)


def test_nothing_handed_in_is_told():
    (item,) = derivation().items
    found = judge_derivation(item, submission(homework_py="x = 1"))
    assert found.state is State.MISSING and keys(found) == {"no_such_file"}
