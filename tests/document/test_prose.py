"""Statements are found where they stand, and limits are named."""

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mathcore.document.around import Ended
from mathcore.document.prose import Kind, RefusedText, notebook_statements, statements
from tests.sampling import sampled

TEXT = """# About `1 = 1`

> * in a list `2 = 2`, and $3 = 3$
>   in its second line `4 =
>   4`

| a | `5 = 5` |

$$
6
- 1 = 5
$$

```claims
given x: real
7 = 7
x
  = x

    given n: size
    # words below a statement
<= 8 begins in the first column  # and words behind it
# words above nothing
```

1. ```claims
   9 = 9
   ```

Text.

    `indented = code`

```python
`10 = 10`
```

<div>`11 = 11`</div>

costs $5 or $6 = cheap, `no relation`, `` `12 = 12` `` and \\`13 = 13\\`
"""


def test_every_statement_stands_where_it_is_said_to_stand() -> None:
    lines = TEXT.split("\n")
    for statement in statements(TEXT):
        pieces = statement.text.split("\n")
        for piece, (line, column) in zip(pieces, statement.places, strict=True):
            assert lines[line - 1][column - 1 :].startswith(piece), statement


def test_code_spans_fences_and_latex_hold_statements_and_code_and_two_backticks_do_not() -> None:
    found = [(s.text, s.kind) for s in statements(TEXT)]
    assert found == [
        ("1 = 1", Kind.CODE),
        ("2 = 2", Kind.CODE),
        ("3 = 3", Kind.LATEX),
        ("4 =\n4", Kind.CODE),
        ("5 = 5", Kind.CODE),
        ("6\n- 1 = 5", Kind.LATEX),
        ("7 = 7", Kind.CLAIM),
        ("x\n  = x", Kind.CLAIM),
        ("<= 8 begins in the first column", Kind.CLAIM),
        ("9 = 9", Kind.CLAIM),
    ]


def test_a_fence_declares_for_the_lines_after_it() -> None:
    given = {s.text: s.given for s in statements(TEXT)}
    assert given["7 = 7"] == "x: real" and given["9 = 9"] == ""


def test_what_stands_below_a_statement_is_of_it_alone() -> None:
    given = {s.text: s.given for s in statements(TEXT)}
    assert given["x\n  = x"] == "x: real; n: size" and given["<= 8 begins in the first column"] == "x: real"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_whatever_ends_them(end: str) -> None:
    (statement,) = statements(f"a{end}{end}  b `1 = 1`{end}")
    assert (statement.line, statement.column) == (3, 6)


def test_letters_of_other_scripts_count_as_one_column_each() -> None:
    (statement,) = statements("엔트로피는 `1 = 1` 이다")
    assert (statement.line, statement.column) == (1, 8)


def test_prices_are_no_latex() -> None:
    assert not statements("It costs $5 = cheap, or $10. A dollar \\$1 = 1\\$ and $ 2 = 2 $.")


def test_latex_in_a_code_span_of_a_code_host_is_latex() -> None:
    found = statements("$`1 = 1`$ and\n\n```math\n2 = 2\n```\n")
    assert [(s.kind, s.line) for s in found] == [(Kind.LATEX, 1), (Kind.LATEX, 4)]


def notebook(*cells: tuple[str, object]) -> str:
    return json.dumps({"cells": [{"cell_type": kind, "source": source} for kind, source in cells]})


def test_only_markdown_cells_of_a_notebook_are_read() -> None:
    text = notebook(("code", "`1 = 2`"), ("markdown", ["a\n", "`3 = 3`"]), ("raw", "`4 = 4`"), ("markdown", "`5 = 5`"))
    assert [(s.text, s.cell, s.line) for s in notebook_statements(text)] == [("3 = 3", 2, 2), ("5 = 5", 4, 1)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no JSON",
        "[]",
        "{}",
        '{"cells": 3}',
        '{"worksheets": 3}',
        '{"worksheets": [3]}',
        notebook(("markdown", 3)),
        notebook(("markdown", [3])),
        "[" * 100_000,
        '{"cells": ' + "9" * 10_000 + "}",
    ],
)
def test_what_is_no_notebook_is_refused(text: str) -> None:
    with pytest.raises(RefusedText, match=r"notebook|cell 1"):
        notebook_statements(text)


HUGE = {
    "a line of 10 MB": "a" * 10_000_000,
    "a million headings": "# a\n" * 1_000_000,
    "a long line": "a" * 100_000,
    "too many lines": "a\n" * 60_000,
    "too many statements": "`1 = 1`\n\n" * 6_000,
}


@pytest.mark.parametrize("name", HUGE)
def test_a_text_beyond_a_limit_is_refused_with_the_limit(name: str) -> None:
    with pytest.raises(RefusedText, match=r"at most|more than"):
        statements(HUGE[name])


LINE = 19_000
MANY = {
    **{
        mark: ((mark * LINE)[:LINE] + "\n") * 10
        for mark in ("`", "[", "> ", "- ", "$ ", "$$ x ", "*a ", "<a ", "<!--", "\\", "&lt;")
    },
    "runs of backticks": "".join("`" * k + " " for k in range(1, 190)) + "\n",
    "nested quotes": "\n".join("> " * k + "a" for k in range(1, 400)),
    "nested lists": "\n".join("  " * k + "- a" for k in range(1, 100)),
    "fences": "```\n" * 20_000,
    "unclosed blocks of dollars": "$$\na\n" * 10_000,
}  # fmt: skip


@sampled("name", MANY, keep=6)
def test_a_text_of_marks_alone_is_read_in_bounded_time(name: str) -> None:
    began = time.process_time()
    assert statements(MANY[name]) == []
    assert time.process_time() - began < 10


def test_nothing_of_a_text_is_run(tmp_path: Path) -> None:
    target = tmp_path / "touched"
    code = f"__import__('pathlib').Path({str(target)!r}).touch()"
    notebook_statements(json.dumps({"cells": [{"cell_type": "code", "source": code}]}))
    statements(f"`{code} == None`\n\n```python\n{code}\n```")
    assert not target.exists()


MARKS = ("", "> ", "- ", "1. ", "  - ", "> > ", "# ", "\t", "   ", "* > ", "| a | ", "- [ ] ")
AROUND = ("", "글 ", "a_b *c* ", "\\` ", "$5 and ", "<b>x</b> ", "[x](y) ", "`` ` `` ", "![z](w) ", "&amp; ")


@given(
    st.lists(st.tuples(st.sampled_from(MARKS), st.sampled_from(AROUND), st.booleans(), st.sampled_from(("\n", "\r\n", "\n\n"))))
)
def test_statements_stand_at_their_places_under_any_marks(rows: list[tuple[str, str, bool, str]]) -> None:
    text = ""
    for number, (mark, before, latex, end) in enumerate(rows):
        span = f"${number} = {number}$" if latex else f"`{number} = {number}`"
        text += f"{mark}{before}{span} {before}{end}"
    lines = text.replace("\r\n", "\n").split("\n")
    for statement in statements(text):
        assert lines[statement.line - 1][statement.column - 1 :].startswith(statement.text)


@given(st.text(alphabet="`$=1 \n\\>-#|<a~{}[]", max_size=80))
def test_any_text_of_marks_is_read(text: str) -> None:
    for statement in statements(text):
        assert statement.text == statement.text.strip() and len(statement.places) == statement.text.count("\n") + 1


@pytest.mark.parametrize(
    ("text", "behind", "ended"),
    [
        ("`log(2) = 1` bit.", " bit", Ended.HERE),
        ("$\\ln 2 = 1$ bit", r" \text{ bit}", Ended.HERE),
        ("$`\\ln 2 = 1`$ bit", r" \text{ bit}", Ended.HERE),
        ("**`log(2) = 1`** *bits*", " bits", Ended.HERE),
        ("`log(2) = 1` 비트이다", " 비트", Ended.HERE),
        ("`log(2) = 1` bitter", "", Ended.PERHAPS),
        ("`45/60 = 75`%", "%", Ended.HERE),
        ("$45/60 = 75$ \\%", r"\%", Ended.HERE),
        ("`45/60 = 75` percent", "%", Ended.HERE),
        ("`45/60 = 75`퍼센트", "%", Ended.HERE),
        ("`2/3 = 0.666`...", "...", Ended.HERE),
        ("`2/3 = 0.666`…", "...", Ended.HERE),
        ("`2/3 = 0.666` ...", "", Ended.HERE),
        ("`15 = 25` % of `60`", "%", Ended.BEHIND),
        ("`15 = 25` % of the class", "%", Ended.PERHAPS),
        ("`0.5 = 50` percentage points", "", Ended.BEHIND),
        ("`10^6 = 1` million", "", Ended.BEHIND),
        ("`3 = 0.3` × 10", "", Ended.BEHIND),
        ("`6 = 2` times `3`", "", Ended.BEHIND),
        ("`7 + 8 = 3` (mod 12)", "", Ended.BEHIND),
        ("`1001 = 1` 001", "", Ended.BEHIND),
        ("`24 = 4`!", "", Ended.PERHAPS),
        ("`300 = 5` minutes", "", Ended.PERHAPS),
        ("`1 + 1 = 10` in base 2", "", Ended.PERHAPS),
        ("`1 + 1 = 2`, 3 times", "", Ended.HERE),
        ("`1 + 1 = 2` - so", "", Ended.HERE),
        ("*`1 + 1 = 2`*", "", Ended.HERE),
        ("`1 + 1 = 2` of course", "", Ended.HERE),
    ],
)
def test_what_stands_behind_a_span_belongs_to_its_last_number(text: str, behind: str, ended: Ended) -> None:
    (found,) = statements(text)
    assert (found.behind, found.ended) == (behind, ended)
