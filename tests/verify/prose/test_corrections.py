"""Right digits in the place of wrong ones."""

import json

import pytest

from mathcore.document.prose import markdown_cells
from mathcore.language.parser import Context
from mathcore.verify.prose import Word, corrected, diff, fixes, judge
from tests.document.table import LABEL, NOTES
from tests.sampling import sampled


def fixed(text: str) -> str:
    return fixes(text, judge(text).outcomes)


CORRECTED = {
    "`log(2) = 0.903`": "`log(2) = 0.693`",
    "`log(2) = 0.90`": "`log(2) = 0.69`",
    "`0.903 = log(2)`": "`0.693 = log(2)`",
    "`log(2) ~ 0.90`": "`log(2) ~ 0.69`",
    "`2/3 = 76%`": "`2/3 = 67%`",
    "`2 + 2 = 5`": "`2 + 2 = 4`",
    "`7 / 2 = 3`": "`7 / 2 = 3.500`",
    "`exp(10) = 22026`": "`exp(10) = 22026.5`",
    "`log(1/2) = 0.69`": "`log(1/2) = -0.69`",
    "`softmax([1, 2]) = [0.2, 0.8]`": "`softmax([1, 2]) = [0.3, 0.7]`",
    "`softmax([1, 2]) = [0.2 0.8]`": "`softmax([1, 2]) = [0.3 0.7]`",
    "`L = -log(1/4) = 2.0`": "`L = -log(1/4) = 1.4`",
    r"한글 $-\ln 0.5 \approx 0.3$ 과": r"한글 $-\ln 0.5 \approx 0.7$ 과",
    r"$\frac{2}{3} = 76.0\%$": r"$\frac{2}{3} = 66.7\%$",
    "`1 + 1 = 3` and `1 + 2 = 4`\r\n`1 + 3 = 5`\r\n": "`1 + 1 = 2` and `1 + 2 = 3`\r\n`1 + 3 = 4`\r\n",
}


@pytest.mark.parametrize("text", CORRECTED)
def test_as_many_digits_as_there_were_are_put_right(text: str) -> None:
    assert fixed(text) == CORRECTED[text]


@pytest.mark.parametrize(
    "text", ["`log(2) > 1`", "`log(2) = log(3)`", "`1/3 = 2/3`", "`0.25^10 = 9.50 * 10^-7`", "`log(2) = 0.7`", "no claim\r\n"]
)
def test_what_is_right_or_no_decimal_stays_as_it_is(text: str) -> None:
    assert fixed(text) == text


@sampled("note", sorted(p.name for p in NOTES.iterdir()), keep=12)
def test_what_is_put_right_in_a_note_is_confirmed_then(note: str) -> None:
    text, notebook = (NOTES / note).read_text(encoding="utf-8"), note.endswith("ipynb")
    text = LABEL.sub("", text)
    before = judge(text, notebook=notebook)
    after = judge(fixes(text, before.outcomes), notebook=notebook)
    assert len(before.outcomes) == len(after.outcomes)
    for old, new in zip(before.outcomes, after.outcomes, strict=True):
        correctable = old.link is not None and corrected(old.link) is not None and not old.statement.denied
        assert new.word is (Word.CONFIRMED if correctable else old.word), (old, new)


@pytest.mark.parametrize(("indent", "ascii_only", "end"), [(1, False, "\n"), (2, True, ""), (None, False, "")])
def test_only_the_cell_with_the_wrong_number_changes_in_a_notebook(indent: int | None, ascii_only: bool, end: str) -> None:
    book = {
        "cells": [
            {"cell_type": "markdown", "source": ["`1 = 1`\n", "`1 + 1 = 3` 합"]},
            {"cell_type": "code", "source": "1 + 1 = 3"},
        ]
    }
    text = json.dumps(book, indent=indent, ensure_ascii=ascii_only) + end
    after = fixes(text, judge(text, notebook=True).outcomes)
    assert after == text.replace("`1 + 1 = 3`", "`1 + 1 = 2`")
    assert [source for _, source in markdown_cells(after)] == ["`1 = 1`\n`1 + 1 = 2` 합"]


def test_a_text_without_wrong_numbers_is_the_same_bytes() -> None:
    text = json.dumps({"cells": []})
    assert fixes(text, judge(text, Context(), notebook=True).outcomes) == text


@pytest.mark.parametrize(
    "text", ["`1 + 1 = 3`", "a\r\n`1 + 1 = 3`\r\nb\r\n", "a\n`1 + 1 = 3`\nb", "a\r`1 + 1 = 3`\rb", "a\x0cb\u2028c `1 + 1 = 3`\n"]
)
def test_a_diff_has_the_line_ends_of_the_file(text: str) -> None:
    lines = diff("a.md", text, fixed(text)).split("\n")
    assert lines[:2] == ["--- a.md", "+++ a.md"] and lines[2].startswith("@@ -1")
    assert {line[0] for line in lines[3:-1]} <= set(" +-\\")
    assert [line[1:] for line in lines if line.startswith("+")][1:] == [x for x in fixed(text).split("\n") if "1 + 1 = 2" in x]
    assert ("\\ No newline at end of file" in lines) is not text.endswith("\n")


def test_a_unit_behind_a_span_stays_where_it_is() -> None:
    for text, right in (
        ("`45/60 = 76`% here", "`45/60 = 75`% here"),
        ("$2/3 = 66.6$ %", "$2/3 = 66.7$ %"),
        ("`entropy([0.5, 0.5]) = 0.69` bits", "`entropy([0.5, 0.5]) = 1.00` bits"),
    ):
        assert fixes(text, judge(text).outcomes) == right
