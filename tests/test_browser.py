"""The questions of a page in a browser, asked under CPython: text in, JSON out, nothing evaluated, nothing heavy loaded."""

import json
from itertools import islice

import pytest

from mathcore import browser
from mathcore.formulas import load, names

JACOBIAN = {"card": "softmax", "derivation": "jacobian", "place": 3}
PAGE = """# Squares

```formula
given  a, b: real
```

```derivation square
(a + b)^2
= a^2 + 2 a b + b^2
= a^2 + a b + b^2
```

```claims
a b <= a^2 / 2 + b^2 / 2
a > b
```

```false
(a + b)^2 = a^2 + b^2
```

```examples
1 + 1 = 2
```
"""


def asked(ask, **question):
    return json.loads(browser.answer(json.dumps({"ask": ask, **question})))


# a line of a card -----------------------------------------------------------------------------------------------------


def test_a_line_written_in_another_way_follows():
    assert asked("line", **JACOBIAN, text="= s[i] delta(i, j) - s[j] s[i]")["word"] == "follows"


def test_the_relation_of_a_line_may_be_left_out():
    assert asked("line", **JACOBIAN, text="s[i] (delta(i, j) - s[j])")["word"] == "follows"


def test_a_wrong_line_is_refuted_at_a_point():
    found = asked("line", **JACOBIAN, text="= s[i] (delta(i, j) + s[j])")
    assert found["word"] == "wrong"
    assert found["point"] == "-1/4 = 1/4 is false at n = 2, z = [0, 0], i = 1, j = 2"


def test_the_slip_of_a_wrong_line_is_named():
    assert asked("slip", **JACOBIAN, text="= s[i] (delta(i, j) + s[j])")["said"] == "the sign of s[j] changed"


def test_a_line_that_cannot_be_read_says_where():
    found = asked("line", **JACOBIAN, text="= s[i] (delta(i, j) - s[j]")
    assert (found["word"], found["column"]) == ("not understood", 8)


@pytest.mark.parametrize("text", ["__import__('os').system('touch evaluated')", "= (lambda: 1)()", "= [].__class__", "= exec(1)"])
def test_text_is_never_evaluated(text, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert asked("line", **JACOBIAN, text=text)["word"] == "not understood"
    assert not any(tmp_path.iterdir())


@pytest.mark.parametrize(("card", "derivation", "place"), [("convergence_rate", "whole", 1), ("kl_divergence", "zero", 0)])
def test_a_line_that_rests_on_the_card_follows_by_its_rule(card, derivation, place):
    """By itself such a line is not decided: its rule, or an earlier derivation of its card, shows it."""
    text = load(card).derivation(derivation).steps[place].text
    assert asked("line", card=card, derivation=derivation, place=place, text=text)["word"] == "follows"


@pytest.mark.slow
def test_every_tenth_line_of_the_cards_follows_as_it_stands():
    lines = ((n, d.key, k, s.text) for n in names() for d in load(n).derivations for k, s in enumerate(d.steps))
    open_ = [
        line
        for line in islice(lines, 0, 300, 10)
        if asked("line", **dict(zip(("card", "derivation", "place", "text"), line, strict=True)))["word"] != "follows"
    ]
    assert open_ == []


def test_a_card_that_is_not_there_is_said():
    assert "sofmax" in asked("chain", card="sofmax", derivation="jacobian")["why"]
    assert "jacobian" in asked("chain", card="softmax", derivation="jacobien")["why"]
    assert "no line 8" in asked("line", **{**JACOBIAN, "place": 7}, text="= 1")["why"]


def test_what_is_too_long_is_refused():
    assert "shorten" in asked("claim", text="1 + " * 6000 + "1 = 1")["why"]


def test_what_is_nested_too_deeply_is_refused():
    assert asked("claim", text="(" * 6000 + "1" + ")" * 6000 + " = 1")["word"] == "not understood"


def test_what_takes_too_long_is_not_decided(monkeypatch):
    def for_ever(**question):
        while True:
            pass

    monkeypatch.setitem(browser.QUESTIONS, "line", for_ever)
    monkeypatch.setattr(browser, "SECONDS", 0.1)
    assert asked("line", **JACOBIAN, text="= 1") == {"word": "not decided", "why": "not decided within 0.1 s"}


def test_a_question_that_is_none_is_refused():
    assert asked("everything")["word"] == "not understood"


# a claim --------------------------------------------------------------------------------------------------------------


def test_a_claim_is_proved_or_refuted():
    assert asked("claim", text="a^2 >= 0", given="a: real")["level"] == "proved"
    refuted = asked("claim", text="a^2 > 0", given="a: real")
    assert (refuted["level"], refuted["point"]) == ("refuted", "0 > 0 is false at a = 0")


def test_a_claim_without_a_declaration_says_what_is_missing():
    assert "not declared" in asked("claim", text="a^2 >= 0")["why"]


# exercises ------------------------------------------------------------------------------------------------------------

RATIO = {"card": "softmax", "derivation": "ratio"}


def test_an_own_derivation_is_judged_line_by_line_and_as_a_whole():
    lines = ["= exp(z[i]) / exp(z[j])", "= exp(z[i] - z[j])"]
    assert [asked("attempt", **RATIO, lines=lines, place=k)["word"] for k in (0, 1)] == ["follows", "follows"]
    assert asked("arrives", **RATIO, lines=lines)["word"] == "proved"


def test_a_derivation_that_does_not_arrive_or_leaps_is_not_done():
    assert "go on" in asked("arrives", **RATIO, lines=["= exp(z[i]) / exp(z[j])"])["why"]
    assert "write the steps" in asked("arrives", **RATIO, lines=["= exp(z[i] - z[j])"])["why"]


def test_a_weaker_relation_is_not_what_was_to_be_shown():
    assert "<=" in asked("arrives", **RATIO, lines=["= exp(z[i]) / exp(z[j])", "<= exp(z[i] - z[j])"])["why"]


def test_the_slip_of_an_own_line_is_named():
    assert asked("attempt slip", **RATIO, lines=["= exp(z[i]) / exp(z[j])", "= exp(z[j] - z[i])"], place=1)["said"]


SLOPE = {"card": "sigmoid", "derivation": "slope"}


@pytest.mark.parametrize("text", ["sigmoid(x) (1 - sigmoid(x))", "= exp(-x) / (1 + exp(-x))^2", "sigmoid(x) sigmoid(-x)"])
def test_an_answer_may_be_written_in_any_way(text):
    assert asked("formula", **SLOPE, text=text)["word"] == "follows"


@pytest.mark.parametrize("text", ["D(sigmoid(x), x)", "D(sigmoid(x), x) + 0", "D(1 / (1 + exp(-x)), x)"])
def test_the_question_itself_is_no_answer(text):
    assert asked("formula", **SLOPE, text=text)["word"] == "not decided"


def test_a_wrong_answer_gets_a_hint_and_not_the_answer():
    text = "sigmoid(x) (1 + sigmoid(x))"
    assert asked("formula", **SLOPE, text=text)["word"] == "wrong"
    assert "sign" in asked("formula slip", **SLOPE, text=text)["said"]


# a page ---------------------------------------------------------------------------------------------------------------


def test_a_page_is_judged_piece_by_piece_where_it_stands():
    read = asked("page", text=PAGE)
    assert [p["line"] for p in read["pieces"]] == [9, 10, 14, 15, 19, 23]
    words = [asked("piece", text=PAGE, piece=p["number"])["word"] for p in read["pieces"]]
    assert words == ["follows", "wrong", "proved", "wrong", "false, as it says", "not judged here"]
    assert asked("piece slip", text=PAGE, piece=1)["said"] == "a factor 2 was lost at a b"


def test_a_page_that_cannot_be_read_says_where_and_what_to_write():
    found = asked("page", text="# A\n\n```derivation\na\n= b\n```\n")
    assert [(p["line"], p["column"]) for p in found["problems"]] == [(3, 1)]


# what it needs --------------------------------------------------------------------------------------------------------

QUESTION = json.dumps({"ask": "piece", "text": PAGE, "piece": 1})
NOT_THERE = ("numpy", "hypothesis", "rich", "pygments", "platformdirs", "docutils")


def test_it_loads_nothing_that_a_browser_has_not(python):
    ask = f"from mathcore.browser import answer\nanswer({QUESTION!r})"
    code = f"{ask}\nimport sys\nprint(*[m for m in {NOT_THERE!r} if m in sys.modules])"
    assert python("-c", code).stdout.split() == []


def test_the_check_of_what_it_loads_can_fail(python):
    code = "from mathcore.browser import answer\nimport mathcore.conformance.examples\nimport sys\nprint('numpy' in sys.modules)"
    assert python("-c", code).stdout.split() == ["True"]
