"""docs/prove.md shows what the engine prints today."""

import re
import shlex

import pytest

from tests.proof.prover.page import PAGE, renewed


@pytest.mark.slow
def test_the_worked_calls_print_what_the_page_shows():
    text = PAGE.read_text(encoding="utf-8")
    assert renewed(text) == text, "write the page anew: python -m tests.proof.prover.page"


def test_there_are_ten_calls_true_false_and_undecided():
    text = PAGE.read_text(encoding="utf-8")
    assert all(f"### {k}. " in text for k in range(1, 11))
    assert all(f"\n{level}: " in text for level in ("proved", "refuted", "unknown"))


def test_a_page_that_lies_is_noticed():
    text = PAGE.read_text(encoding="utf-8").replace("\nrefuted: ", "\nproved: ", 1)
    assert renewed(text) != text


def test_what_sympy_cancels_is_said():
    assert "x / x` is 1" in PAGE.read_text(encoding="utf-8")


@pytest.mark.slow
def test_the_call_of_the_decider_prints_what_the_page_shows(mathcore):
    pytest.importorskip("z3", reason='z3 is not installed: pip install "mathcore[z3]"')
    text = PAGE.read_text(encoding="utf-8")
    shown = re.search(r"\$ mathcore (prove .*)\n(decided: (?:.*\n)*?)```", text)
    assert shown is not None
    answer = mathcore(*shlex.split(shown.group(1)), code=1)
    assert re.sub(r"z3 [\d.]+", "z3", answer.stdout) == re.sub(r"z3 [\d.]+", "z3", shown.group(2))
