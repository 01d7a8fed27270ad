"""A report for a terminal: the cause first, each thing once, in 80 columns."""

import io

import pytest
from rich.console import Console

from mathcore.evidence import Check, Finding, Grade, Report, Standing
from mathcore.render import terminal
from mathcore.render.judgement import judgement

LONG = "naive(" + str([1000.0 + k for k in range(40)]) + ") gives " + str([float(k) for k in range(40)])
CHECKS = (
    Check("accuracy", "float64", False, f"1 of 3 inputs are beyond the bar; {LONG}", 3, LONG),
    Check("accuracy", "float32", False, "fails for it too", 3),
    Check("accuracy", "float16", True, "at most 0.5 ULP", 3),
    Check("law", "sums to one", False, "violated for the same cause"),
    Check("law", "keeps the order", True, "not excluded in 30 cases", 30),
    Check("contract", "answers", True, "3 calls", 3),
    Check("contract", "takes a batch", True, "no batch at all", standing=Standing.UNSUPPORTED),
    Check("contract", "shows a nan", True, "nan is lost " * 30, standing=Standing.CONVENTION),
    Check("contract", "leaves the program as it was", False, "changes the error state of NumPy"),
)
CAUSE = Finding(
    "float64", "accuracy", LONG, slip="without shift", words="overflows", law="sum(i: s[i]) = 1", meaning="do not add up",
    line="3: softmax", link="formulas/softmax.html", free=("eta", "beta"), also=("float32", "sums to one"),
)  # fmt: skip
REPORT = Report("naive", "softmax", CHECKS, "it prints", findings=(CAUSE,))


def printed(report, width=80, form="unicode"):
    stream = io.StringIO()
    terminal.write(judgement(report), Console(file=stream, width=width, color_system=None, highlight=False), form)
    return stream.getvalue()


@pytest.mark.parametrize("width", [40, 80, 110])
@pytest.mark.parametrize("form", ["unicode", "text"])
def test_no_line_is_longer_than_the_terminal_is_wide(width, form):
    assert max(map(len, printed(REPORT, width, form).splitlines())) <= width


def test_the_grade_stands_first_and_the_cause_next():
    lines = printed(REPORT).splitlines()
    assert lines[0].strip() == "naive as softmax: wrong"
    told = " ".join(printed(REPORT).split())
    order = ("it prints", "naive([1000.0", "looks like: without shift: overflows", "violates: sum(i: s[i]) = 1 (do not add up)",
             "contradicts: 3: softmax", "does not matter: eta, beta", "fails for it too: float32, sums to one",
             "read: formulas/softmax.html")  # fmt: skip
    places = [told.index(words) for words in order]
    assert places == sorted(places)


def test_a_finding_hides_the_checks_that_it_explains():
    told = printed(REPORT)
    assert "violated for the same cause" not in told
    assert "1 of 3 inputs" not in told
    assert "changes the error state of NumPy" in " ".join(told.split())  # no finding explains it
    without = printed(Report("naive", "softmax", CHECKS))
    assert "violated for the same cause" in " ".join(without.split())


def test_what_held_is_counted_and_not_listed():
    told = " ".join(printed(REPORT).split())
    assert "Held: digits 1 of 3, contract 1 of 2, laws 1 of 2. Not supported: 1." in told
    assert "keeps the order" not in told
    assert "at most 0.5 ULP" in told


def test_what_is_not_supported_and_conventions_are_told_and_long_words_are_cut():
    told = " ".join(printed(REPORT).split())
    assert "not supported" in told
    assert "no batch at all" in told
    assert "convention" in told
    assert "..." in told


def test_a_report_of_nothing_says_so():
    assert "nothing was asked" in printed(Report("f", "softmax"))
    assert "not judged" in printed(Report("f", "softmax"))


def test_the_accuracy_that_was_asked_for_is_told_where_it_was_not_reached():
    beyond = Check("accuracy", "float64", True, "3 outputs", 3, figures={"beyond": 2})
    asked = "asked for: right, this card's accuracy"
    assert asked in " ".join(printed(Report("f", "softmax", (beyond,), demanded=Grade.CARD)).split())
    assert "asked for" not in printed(Report("f", "softmax", (beyond,)))
    assert "asked for" not in printed(Report("f", "softmax", (Check("law", "a", False),), demanded=Grade.CARD))


@pytest.mark.parametrize("text", ["[red]markup[/red]", "<b>&", "$x$", "**a**", "|", "\\"])
def test_nothing_that_a_function_shows_is_taken_for_markup(text):
    report = Report("f", "softmax", (Check("law", "a", False, text),), findings=(Finding("b", "law", text),))
    assert printed(report).count(text) == 2
