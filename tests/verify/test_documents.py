"""Anybody's document: right and wrong derivations, statements, numbers, each judged where it stands; nothing in it is run."""

import json
import re
import time

import pytest

from mathcore.card import WrongCard
from mathcore.document.error import WrongDocument
from mathcore.render.findings import annotated, counted, findings_page
from mathcore.verify.documents import Findings, proposed, verify_course, verify_document
from mathcore.verify.prose import Word

HOMEWORK = """# Homework

We know `log(2) = 0.693` and `entropy([1/2, 1/2]) = 1`. In general `s[i] = softmax(z)[i]`.

```formula
given  n: size; z: real[n]; t: simplex[n]; i, j, k: index[n]
define loss(z, t) = -sum(k: t[k] log(softmax(z)[k]))
write  s[i] = softmax(z)[i]
uses   softmax
```

```derivation gradient
D(loss(z, t), z[j])
= -sum(k: t[k] (delta(k, j) - s[j]))
= s[j] - t[j]
```

```derivation wrong
D(s[i], z[j])
= s[i] (1 - s[j])
= s[i] - s[i] s[j]
```

```claims
given n >= 2
s[i] <= 1
```

```false
s[i] = 1 / n
```

```examples
loss([0, 0], [1, 0]) = 0.693
loss([0, 0], [1, 0]) = 0.70  # wrong
```

```laws
sums to one: sum(i: s[i]) = 1
```
"""


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    file = tmp_path_factory.mktemp("course") / "homework.md"
    file.write_text(HOMEWORK, encoding="utf-8")
    return verify_document(file)


def test_every_statement_of_a_homework_is_judged_where_it_stands(found):
    assert [(f.line, f.kind, f.word) for f in found.findings] == [
        (3, "number", Word.CONFIRMED),
        (3, "number", Word.REFUTED),
        (12, "derivation", Word.CONFIRMED),
        (18, "derivation", Word.REFUTED),
        (26, "claim", Word.CONFIRMED),
        (30, "false claim", Word.CONFIRMED),
        (34, "example", Word.CONFIRMED),
        (35, "example", Word.REFUTED),
        (39, "law", Word.CONFIRMED),
    ]
    assert found.typeset == 1 and not found.held
    wrong = found.findings[3]
    assert wrong.detail == "line 20 does not follow" and "delta(i, j)" in wrong.hint
    assert [line.follows for line in wrong.lines] == [False, True]  # the slip costs once
    assert "bits" in found.findings[1].hint


def test_the_report_counts_what_was_read(found):
    said = "read: 2 numbers, 2 derivations, 1 claim, 1 false claim, 2 examples, 1 law: 6 confirmed, 3 refuted"
    assert counted(found).startswith(said)
    assert json.loads(json.dumps(found.to_json()))["held"] is False
    assert findings_page([found]).blocks


def test_an_annotated_copy_is_the_document_with_quotations_and_can_be_verified_again(found, tmp_path):
    text = annotated(HOMEWORK, found)
    assert [line for line in text.split("\n") if not line.startswith(">") and line] == [
        line for line in HOMEWORK.split("\n") if line
    ]
    assert "> - line 20 does not follow: " in text
    copy = tmp_path / "copy.md"
    copy.write_text(text, encoding="utf-8")
    assert [f.word for f in verify_document(copy).findings if f.kind == "derivation"] == [Word.CONFIRMED, Word.REFUTED]


def test_a_right_document_holds_and_an_empty_one_does_not(tmp_path):
    (tmp_path / "right.md").write_text("# A\n\nIt is `log(2) = 0.693`.\n", encoding="utf-8")
    (tmp_path / "empty.md").write_text("", encoding="utf-8")
    assert verify_document(tmp_path / "right.md").held
    empty = verify_document(tmp_path / "empty.md")
    assert not empty.held and counted(empty) == "read: nothing that claims anything."


def test_pages_of_a_course_use_each_other_and_ours(tmp_path):
    (tmp_path / "square.md").write_text(
        "# Square\n\nA square.\n\n```formula\ngiven  x: real\ndefine square(x) = x^2\n```\n\n"
        "```derivation positive\nsquare(x)\n= x^2\n>= 0\n    [terms x^2]\n```\n",
        encoding="utf-8",
    )
    (tmp_path / "sum.md").write_text(
        "# Sum\n\nA sum.\n\n```formula\ngiven  y: real\ndefine total(y) = square(y) + 1\nuses   square, sigmoid\n```\n\n"
        "```derivation bound\ntotal(y)\n= square(y) + 1\n>= 1\n    [terms 1 by square.positive at x = y]\n```\n\n"
        "`square(3) = 9`, `total(2) = 5`, `sigmoid(0) = 1/2`.\n",
        encoding="utf-8",
    )
    first, second = verify_course(tmp_path)
    assert first.held, first
    assert second.held, second
    assert [f.kind for f in second.findings] == ["derivation", "number", "number", "number"]


def test_pages_that_use_each_other_in_a_circle_are_named(tmp_path):
    for one, other in (("a", "b"), ("b", "a")):
        (tmp_path / f"{one}.md").write_text(
            f"# A\n\n```formula\ngiven  x: real\ndefine {one}(x) = x\nuses   {other}\n```\n", encoding="utf-8"
        )
    with pytest.raises(WrongCard, match="a uses b uses a: cards cannot use each other in a circle"):
        verify_document(tmp_path / "a.md")


def test_nothing_in_a_document_is_run(tmp_path):
    """A function that a page names, a Python fence, a dotted name in mathematics: none is imported or called."""
    trap = tmp_path / "trap.py"
    trap.write_text("raise SystemExit('run')\n", encoding="utf-8")
    file = tmp_path / "page.md"
    file.write_text(
        "# A\n\nIt is `__import__('os').system('touch x') = 0` and `trap.f(1) = 1`.\n\n"
        "```formula\ngiven   x: real\ndefine  f(x) = x\nnumeric trap.f\n```\n\n"
        "```mistakes\ntrap.g\n```\n\n```python\nimport trap\n```\n",
        encoding="utf-8",
    )
    found = verify_document(file)
    assert not any(f.held for f in found.findings)
    assert not (tmp_path / "x").exists()


def test_a_document_that_cannot_be_read_says_where(tmp_path):
    file = tmp_path / "page.md"
    file.write_text("# A\n\n```derivation one\n= 1\n```\n", encoding="utf-8")
    with pytest.raises(WrongDocument, match=r"page\.md:4:1: "):
        verify_document(file)


def test_a_second_definition_of_one_name_is_refused(tmp_path):
    file = tmp_path / "page.md"
    text = "# A\n\n```formula\ngiven  a: real\ndefine f(a) = a^2\ndefine f(a) = a^3\n```\n"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(WrongDocument, match=r"page\.md:6:1: f is defined already, .*: choose another name"):
        verify_document(file)


def test_an_unknown_letter_in_a_definition_says_where(tmp_path):
    file = tmp_path / "page.md"
    file.write_text("# A\n\n```formula\ngiven  x: real\ndefine f(x) = x + y\n```\n", encoding="utf-8")
    with pytest.raises(WrongDocument, match=r"page\.md:5:\d+: .*y is not declared"):
        verify_document(file)


def test_a_line_that_cannot_be_read_is_named_with_its_place(tmp_path):
    file = tmp_path / "page.md"
    file.write_text("# A\n\n```formula\ngiven  x: real\n```\n\n```derivation a\nx\n= x + 0\n= (x\n= x\n```\n", encoding="utf-8")
    (found,) = verify_document(file).findings
    assert found.word is Word.UNREAD and found.detail.startswith("line 10, column 3: this bracket is not closed")


def test_a_fact_that_the_engine_knows_is_no_derivation_of_itself(tmp_path):
    file = tmp_path / "page.md"
    file.write_text(
        "# A\n\n```formula\ngiven  y: real\n```\n\n```derivation tangent\nexp(y)\n>= 1 + y\n```\n\n"
        "```derivation square\nexp(y^2)\n>= 1 + y^2\n>= 1\n```\n",
        encoding="utf-8",
    )
    first, second = verify_document(file).findings
    assert first.word is Word.UNDECIDED and "is no derivation of it: write the steps" in first.detail
    assert second.held


def verified(tmp_path, body, given="n: size; x, y: real; z: real[n]; k: index[n]"):
    file = tmp_path / "page.md"
    file.write_text(f"# A\n\n```formula\ngiven  {given}\n```\n\n{body}\n", encoding="utf-8")
    return verify_document(file).findings


def test_what_is_called_false_is_read_as_everywhere_else(tmp_path):
    """A decimal claims its rounding interval; what is true is said to be true."""
    found = verified(tmp_path, "```false\nlog(2) = 0.693\nlog(2) = 0.69\nlog(2) = 0.70\n50% = 0.5\nx + y = y + x\nx = y\n```")
    words = [Word.REFUTED, Word.REFUTED, Word.CONFIRMED, Word.REFUTED, Word.REFUTED, Word.CONFIRMED]
    assert [f.word for f in found] == words
    assert found[0].detail == "it is true: the value is 0.69314718"
    assert found[4].detail == "it is true: proved"


def test_what_is_false_may_be_written_as_people_type(tmp_path):
    lines = ["x² = x", "x^2 ≤ 0", "2**x = x", "|x| = x", "e^x = 1", "ln(2) = 1", "50% = 0.6", "5! = 100", "np.exp(x) = 1"]
    found = verified(tmp_path, "```false\n" + "\n".join(lines) + "\n```")
    assert [one.word for one in found] == [Word.CONFIRMED] * len(lines)
    found = verified(tmp_path, "```false\nx² = x x\n50% = 0.5\n5! = 120\n```")
    assert [one.word for one in found] == [Word.REFUTED] * 3


def test_a_line_of_a_derivation_may_say_that_sides_differ(tmp_path):
    file = tmp_path / "differ.md"
    file.write_text(
        "# Lines\n\n```formula\ngiven  x: real\n```\n\n"
        "```derivation right\nx^2 + 2\n= x^2 + 1 + 1\n!= 1\n```\n\n"
        "```derivation wrong\nx^2\n!= 1\n```\n",
        encoding="utf-8",
    )
    right, wrong = verify_document(file).findings
    assert right.word is Word.CONFIRMED and right.text == "x^2 + 2 != 1"
    assert wrong.word is Word.REFUTED and not wrong.hint


def test_a_derivation_may_end_with_rounded_digits(tmp_path):
    """Digits at the end claim their rounding interval, and so do those on the way, as in one chain of prose."""
    found = verified(
        tmp_path,
        "```derivation end\nlog(4)\n= 2 log(2)\n= 1.386\n```\n\n"
        "```derivation wrong\nlog(4)\n= 2 log(2)\n= 1.387\n```\n\n"
        "```derivation within\nlog(4)\n= 1.386\n= 1.385 + 0.001\n```\n",
    )
    assert [f.word for f in found] == [Word.CONFIRMED, Word.REFUTED, Word.CONFIRMED]
    assert found[0].lines[1].verdict.reading == ("1.386 is rounded to its last digit",)
    assert "I read: 1.386 is rounded" in str(findings_page([Findings("page.md", found[:1])]))
    assert found[1].detail == "line 16 does not follow"
    assert found[2].lines[0].verdict.reading == ("1.386 is rounded to its last digit",)


def test_a_derivation_that_holds_says_where(tmp_path):
    found = verified(tmp_path, "```derivation one\nx^2 / x\n= x\n```")
    assert found[0].held and found[0].detail == "every line follows, for every n, where x != 0"


GIVEN = "n: size; h: onehot[n]; i: index[n]; x, y: real; T, t: natural"


@pytest.mark.parametrize(
    ("lines", "point"),
    [
        (("1", "= h[i] / h[i]", "= h[i]", "= h[i] (1 - h[i]) / (1 - h[i])", "= 0"), "1 = 0 is false"),
        (("x^2", "= x^3 / x", "> 0"), "0 > 0 is false at x = 0"),
        (("x^2 = x y", "<=> x^2 / x = y", "<=> x = y"), "false at x = 0, y = 1"),
        (("step(x) + step(-x)", "= x / x", "= 1"), "2 = 1 is false at x = 0"),
        (("x", "= x + 0 <= x + y^2", "= x + y^2"), "0 = 1 is false"),
    ],
)
def test_a_derivation_is_confirmed_only_where_its_claim_has_values(tmp_path, lines, point):
    (found,) = verified(tmp_path, "\n".join(["```derivation one", *lines, "```"]), GIVEN)
    assert found.word is Word.REFUTED and found.detail.startswith(f"the claim is false: {point}")


def test_a_gap_on_the_way_to_what_is_not_decided_is_not_decided(tmp_path):
    thin = "max(0, 1/1000000000 - (y - 37/41)^2)"
    body = f"```derivation one\n{thin} (step(x) + step(-x))\n= {thin} x / x\n= {thin}\n```"
    (found,) = verified(tmp_path, body, GIVEN)
    assert found.word is Word.UNDECIDED and "takes for granted that x != 0" in found.lines[0].verdict.reason
    (found,) = verified(tmp_path, f"```derivation one\n{thin} sum(t = T..2: 1)\n= {thin} (3 - T)\n```", GIVEN)
    assert found.word is Word.UNDECIDED


def test_a_bound_is_attained_only_where_it_has_values(tmp_path):
    (gap,) = verified(tmp_path, "```derivation one\nx^2\n>= 0\nequality 1 / x = 0\n```")
    assert gap.word is Word.UNDECIDED and "equal exactly where 1 / x = 0 is not decided" in gap.detail
    (own,) = verified(tmp_path, "```derivation one\nx^2 / x^2 + y^2\n>= 1\nequality y = 0\n```")
    assert own.held and own.detail == "every line follows, for every n, where x != 0"


@pytest.mark.parametrize(
    ("lines", "word"),
    [
        ("x > 2 => x > 1\n<=> x > 2", Word.REFUTED),
        ("x = y => x^2 = y^2\n=> x = y", Word.REFUTED),
        ("x > 2 => x > 1\n=> x > 0", Word.CONFIRMED),
        ("(x > 2 => x > 1)\n=> x = x", Word.CONFIRMED),
        ("forall(k: z[k] = 0 => z[k] >= 0)\n=> x = x", Word.CONFIRMED),
        ("if y = 1\nx = 3 => y = y\n=> y = 1", Word.CONFIRMED),
        ("if x > 0\nx y > 0 <=> y > 0\n<=> 2 y > 0", Word.CONFIRMED),
        ("if x > 0 and y > 0\nx y\n> 0", Word.CONFIRMED),
        ("x^2\n== x x", Word.CONFIRMED),
    ],
)
def test_a_first_line_with_arrows_is_several_lines_and_a_premise_stands_above_all(lines, word, tmp_path):
    (found,) = verified(tmp_path, f"```derivation one\n{lines}\n```")
    assert found.word is word


@pytest.mark.parametrize("lines", ["if z[k] = 0\nz[j]\n= 0", "if f(x) >= 0\nf(y)\n>= 0", "if z[k] = x\nz[j] + 1\n= 1 + x"])
def test_a_premise_speaks_of_the_letters_of_its_claim(lines, tmp_path):
    """What is printed is `z[k] = 0 => z[j] = 0`, which is false: whether every k was meant is not known."""
    given = "n: size; x, y: real; z: real[n]; k, j: index[n]; f: function"
    (found,) = verified(tmp_path, f"```derivation one\n{lines}\n```", given)
    assert found.word is not Word.CONFIRMED
    (every,) = verified(tmp_path, "```derivation one\nif forall(k: z[k] = 0)\nz[j]\n= 0\n```", given)
    assert every.word is Word.CONFIRMED


@pytest.mark.parametrize(
    ("lines", "where", "word"),
    [
        ("x\n<= abs(x) <= abs(x) + abs(y)", "x >= 0", Word.REFUTED),
        ("0\n<= x^2 <= 2 x^2", "x = 0", Word.CONFIRMED),
        ("0 <= x^2\n<= 2 x^2", "x = 0", Word.CONFIRMED),
        ("0 <= x^2\n<= 2 x^2", "x = 1", Word.REFUTED),
        ("x > 2\n<=> x - 2 > 0", "x = 3", Word.UNDECIDED),  # an equivalence is no bound
    ],
)
def test_where_a_chain_in_one_line_is_attained_is_asked_of_its_ends(lines, where, word, tmp_path):
    (found,) = verified(tmp_path, f"```derivation one\n{lines}\nequality {where}\n```")
    assert found.word is word


@pytest.mark.parametrize(
    ("given", "claim", "own", "word"),
    [
        ("x: real; x > 0", "sqrt(x^2) = x", "", Word.CONFIRMED),
        ("x: real; x > 0", "sqrt(x^2) = x", "x: real", Word.REFUTED),
        ("x: real; x < 0", "x > 0", "x: positive", Word.CONFIRMED),
        ("x: real; x < 0", "x > -1", "x: nonnegative", Word.CONFIRMED),
        ("n: size; z: real[n]; k: index[n]; z[k] > 0", "sum(k: z[k]) > 0", "k: index[n]", Word.CONFIRMED),  # said of every entry
        ("f: function; x, y: real; f(x) > 0", "f(y) > 0", "x: real", Word.CONFIRMED),  # of the function
    ],
)
def test_a_number_of_a_statement_s_own_is_not_the_one_of_which_the_page_speaks(given, claim, own, word, tmp_path):
    (found,) = verified(tmp_path, f"```claims\n{claim}\n{f'    given {own}' if own else ''}\n```", given)
    assert found.word is word


def test_a_page_that_uses_what_there_is_not_says_so(tmp_path):
    with pytest.raises(WrongCard, match=r"page\.md: no formula 'sofmax'. Did you mean softmax"):
        verified(tmp_path, "`1 + 1 = 2`", "x: real\nuses sofmax")


def notebook(tmp_path, *cells, encoding="utf-8"):
    file = tmp_path / "page.ipynb"
    made = [{"cell_type": "markdown", "metadata": {}, "source": source} for source in cells]
    file.write_text(json.dumps({"cells": made, "nbformat": 4}), encoding=encoding)
    return file


def test_the_places_in_a_notebook_are_its_cells(tmp_path):
    found = verify_document(notebook(tmp_path, "Words.\n", "It is\n`1 + 1 = 3`.", encoding="utf-8-sig"))
    assert [(f.place, f.word) for f in found.findings] == [("cell 2, line 2", Word.REFUTED)]
    assert "cell 2, line 2" in str(findings_page([found]))


def test_what_is_not_judged_in_a_notebook_is_said(tmp_path):
    text = "```derivation one\n1\n= 2\n```\n\n- A list\n\n  ```examples\n  1 = 2\n  ```\n\n```Claims\n1 = 2\n```\n\n"
    found = verify_document(notebook(tmp_path, "Words.", f"{text}```claims\n1 = 1\n```\n"))
    assert [(f.place, f.word) for f in found.findings] == [
        ("cell 2, line 1", Word.UNREAD),
        ("cell 2, line 8", Word.UNREAD),
        ("cell 2, line 12", Word.UNREAD),
        ("cell 2, line 17", Word.CONFIRMED),
    ]
    assert found.findings[0].detail == "not judged in a notebook: put it on a page, FILE.md"
    assert counted(found).startswith("read: 3 fences, 1 number")


@pytest.mark.parametrize("text", ["", "{}", "null", '{"cells": [{"cell_type": "markdown", "source": 3}]}', "\xff", "[" * 9000])
def test_what_is_no_notebook_is_said(text, tmp_path):
    file = tmp_path / "page.ipynb"
    file.write_text(text, encoding="latin-1")
    with pytest.raises(WrongCard, match=r"page\.ipynb"):
        verify_document(file)


def test_limits_of_a_page_are_said_with_its_name(tmp_path):
    for text in ("a" * 30_000, "`1 = 1` " * 6_000, "\n" * 60_000):
        file = tmp_path / "page.md"
        file.write_text(text, encoding="utf-8")
        with pytest.raises(WrongCard, match=r"page\.md"):
            verify_document(file)


def test_only_files_are_pages_of_a_course(tmp_path):
    (tmp_path / "folder.md").mkdir()
    (tmp_path / "one.md").write_text("`1 = 1`\n", encoding="utf-8")
    assert [f.held for f in verify_course(tmp_path)] == [True]


def test_right_digits_are_proposed_for_functions_of_the_page_too(tmp_path):
    file = tmp_path / "page.md"
    file.write_bytes(
        b"\xef\xbb\xbf# A\r\n\r\n```formula\r\ngiven x: real\r\ndefine square(x) = x^2\r\n```\r\n\r\n`square(3) = 8`\r\n"
    )
    said = proposed(file)
    assert "-`square(3) = 8`\r\n+`square(3) = 9`\r\n" in said


@pytest.mark.slow
def test_the_time_for_a_page_is_bounded(tmp_path, monkeypatch):
    monkeypatch.setattr("mathcore.verify.documents.TOTAL", 1.0)
    hard = "max(k: z[k]) <= sum(k: abs(z[k]))"
    body = "```claims\n" + f"{hard}\n" * 40 + "```\n\n```derivation one\nx\n" + "= x + 0\n" * 400 + "```"
    begin = time.process_time()
    found = verified(tmp_path, body)
    assert len(found) == 41 and found[-1].word is Word.UNDECIDED and "for the whole document are over" in found[-1].detail
    assert time.process_time() - begin < 12


def test_rules_and_letters_that_there_are_not_are_said(tmp_path):
    found = verified(
        tmp_path,
        "```derivation one\nx\n= x + 1\n    [lemma nothing.here at x = 1]\n```\n\n"
        "```derivation two\nx\n= x + 1\n    [lemma nothing]\n```\n\n"
        "```derivation three\nx^2 + 1\n>= x\n    [terms x by nowhere.one at x = x]\n```\n\n"
        "```derivation four\ngiven nonsense here\nx\n= x\n```\n\n```derivation five\ngiven a, a: real\na\n= a\n```",
    )
    words = [Word.REFUTED, Word.REFUTED, Word.UNDECIDED, Word.UNREAD, Word.UNREAD]
    assert [f.word for f in found] == words
    assert "not by the rule that stands at line" in found[2].detail
    assert "nonsense is not declared" in found[3].detail and "declared twice" in found[4].detail


def test_where_a_bound_is_attained_is_judged_too(tmp_path):
    found = verified(
        tmp_path,
        "```derivation right\n(x - 1)^2\n>= 0\nequality x = 1\n```\n\n"
        "```derivation wrong\n(x - 1)^2\n>= 0\nequality x = 2\n```\n\n"
        "```derivation known\n(x - 1)^2\n>= 0\n    [terms (x - 1)^2]\nequality x = 2\n```\n\n"
        "```derivation none\nx\n= x\nequality x = 2\n```",
    )
    assert [f.word for f in found] == [Word.CONFIRMED, Word.REFUTED, Word.REFUTED, Word.REFUTED]
    assert found[1].detail == "the sides are not equal exactly where x = 2: false at x = 1"


def test_a_page_that_cannot_be_read_leaves_the_others(tmp_path):
    (tmp_path / "a.md").write_text("# A\n\n```derivation one\n= 1\n```\n", encoding="utf-8")
    (tmp_path / "b.md").write_text("# B\n\n```formula\ngiven x: real\nuses c\n```\n", encoding="utf-8")
    (tmp_path / "c.md").write_text("# C\n\n```formula\ngiven x: real\nuses b\n```\n", encoding="utf-8")
    (tmp_path / "d.md").write_text("# D\n\n`1 + 1 = 2`\n", encoding="utf-8")
    pages = list(verify_course(tmp_path))
    assert [p.held for p in pages] == [False, False, False, True]
    assert "a.md:4:1: " in pages[0].findings[0].detail and "in a circle" in pages[1].findings[0].detail
    assert counted(pages[0]) == "read: 1 page: 1 not understood."
    assert findings_page(pages).blocks


def test_a_true_line_with_a_rule_that_does_not_show_it_is_said_to_be(tmp_path):
    file = tmp_path / "page.md"
    text = "# A\n\n```formula\ngiven  x: real\n```\n\n```derivation square\n(x + 1)^2\n= x^2 + 2 x + 1\n    [{}] because\n```\n"
    file.write_text(text.format("telescope"), encoding="utf-8")
    (wrong,) = verify_document(file).findings
    assert wrong.word is Word.UNDECIDED and wrong.detail.endswith("not by the rule that stands at line 9")
    file.write_text(text.format("algebra"), encoding="utf-8")
    assert verify_document(file).held


def test_an_example_under_letters_that_cannot_be_read_is_not_understood(tmp_path):
    found = verified(tmp_path, "```examples\nx = 1\n    given exp(: index[3]\n1 + 1 = 2\n```")
    assert [f.word for f in found] == [Word.UNREAD, Word.CONFIRMED]


LETTERS = """# Letters of its own

A page may call its letters as it likes.

```formula
given pi, e, x: real; F: function
define f(x) = x^2
```

In prose `F(1) = 1/3`, $\\mathrm{F}(1) = 1/3$, `pi = 0.5`, `e^2 = 0.04` and `nat = 3` say nothing.

## A section

```given
nat: real
```

```claims
pi >= 3
F(3) = 9
3 nat >= 2
```

```laws
above: pi >= 3
```

```false
pi >= 3
```

```derivation digits
pi
= 3.14
```

```derivation power
e^2
= 7.39
```

```derivation value
F(3)
= 9.0
```
"""


def test_what_a_page_declares_is_a_letter_in_all_its_fences_and_in_prose(tmp_path):
    (tmp_path / "letters.md").write_text(LETTERS, encoding="utf-8")
    found = verify_document(tmp_path / "letters.md")
    words = [(f.kind, f.word) for f in found.findings]
    assert words == [
        *[("claim", Word.REFUTED)] * 3, ("law", Word.REFUTED), ("false claim", Word.CONFIRMED),
        *[("derivation", Word.REFUTED)] * 3,
    ]  # fmt: skip


ROUNDED = {  # chains of numbers, and what is said of them everywhere
    "log(2) + log(3) = 0.69 + 1.10": Word.CONFIRMED,
    "log(2) + log(3) = 0.69 + 1.10 = 1.79": Word.CONFIRMED,
    "log(2) + log(3) = log(6) = 1.79 = 1.8": Word.CONFIRMED,
    "2/3 = 0.67 = 0.7": Word.CONFIRMED,
    "log(6) = 1.0986 + 0.6931 = 1.7917": Word.UNREAD,
    "log(2) = 0.693 = 693 / 1000": Word.REFUTED,
    "log(2) + log(3) = 0.69 + 1.20": Word.REFUTED,
    "exp(1) = 2.7 < 2.71": Word.UNREAD,
    "exp(1) = 2.718 > 2.7182": Word.UNREAD,
    "2/3 = 0.667 >= 0.667": Word.UNREAD,
    "exp(1) = 2.718 < 2.75": Word.CONFIRMED,
    "exp(1) = 2.718 > 2.75": Word.REFUTED,
    "0.6931 = 6.93 * 10^-1": Word.UNREAD,
    "log(2) = 6.93 * 10^-1": Word.CONFIRMED,
    "log(2) = 6.94 * 10^-1": Word.REFUTED,
    "exp(10) = 2 * 10^4": Word.UNREAD,
    "log(2)/log(3) = 0.6931/1.0986 = 0.6309": Word.CONFIRMED,
    "sqrt(2)/2 = 1.414/2": Word.CONFIRMED,
    "exp(-1) = 1/2.718 = 0.368": Word.CONFIRMED,
    "log(2) = -(-0.6931/1)": Word.CONFIRMED,
    "1/3 = 0.35/1": Word.REFUTED,
    "1 = 1.0 = exp(0.04)": Word.REFUTED,
    "1.0 = 1 = exp(0.04)": Word.REFUTED,
    "0 = 0.0 = 1/30": Word.REFUTED,
    "1000 = 1e3 = 1400 + 1": Word.REFUTED,
    "2 = 2.0 = 4/2": Word.CONFIRMED,
}


@pytest.mark.parametrize("chain", ROUNDED)
def test_one_text_has_one_verdict_in_prose_and_in_every_fence(tmp_path, chain):
    first, *lines = re.split(r" (?=[=<>])", chain)
    fences = ("claims", "examples", "laws", "false", "derivation one")
    texts = [f"rounded: {chain}", "\n".join((first, *lines))]
    said = dict.fromkeys(fences, chain) | {"laws": texts[0], "derivation one": texts[1]}
    found = verified(tmp_path, f"So `{chain}`.\n\n" + "\n\n".join(f"```{name}\n{text}\n```" for name, text in said.items()))
    opposite = {Word.CONFIRMED: Word.REFUTED, Word.REFUTED: Word.CONFIRMED, Word.UNREAD: Word.UNREAD}
    words = {f.kind: f.word for f in found}
    assert words == dict.fromkeys(("number", "claim", "example", "law", "derivation"), ROUNDED[chain]) | {
        "false claim": opposite[ROUNDED[chain]]
    }


def test_rounded_digits_beside_letters_with_one_value_hold_in_claims_and_derivations(tmp_path):
    found = verified(
        tmp_path,
        "```claims\nlog(x) = 0.693\n    given x = 2\n```\n\n```false\nlog(x) = 0.693\n    given x = 2\n```\n\n"
        "```derivation log\ngiven x = 2\nlog(x)\n= 0.693\n```\n\n```derivation sum\nif x = 1/3\nx + 1\n= 1.33\n```\n\n"
        "```derivation solved\n3 x = 1\n<=> x = 0.33\n```",
    )
    assert [f.word for f in found] == [Word.CONFIRMED, Word.REFUTED, Word.CONFIRMED, Word.CONFIRMED, Word.UNREAD]
    assert found[0].reading == found[1].reading == ("0.693 is rounded to its last digit",)


def test_decimals_beside_letters_are_rounded_where_a_side_is_computed_from_them(tmp_path):
    claims = {
        "2 log(x) = 2 * 0.693 = 1.386": Word.CONFIRMED,
        "log(x) = 0.3 + 0.393": Word.CONFIRMED,
        "log(x) = 0.693/1": Word.CONFIRMED,
        "log(x) = 2 * 0.5": Word.REFUTED,
        "0.5 x = 1": Word.CONFIRMED,
        "0.5 x = 2": Word.REFUTED,
    }
    found = verified(tmp_path, "```claims\n" + "".join(f"{claim}\n    given x = 2\n" for claim in claims) + "```")
    assert dict(zip(claims, (f.word for f in found), strict=True)) == claims


def test_what_may_hold_rounded_is_neither_false_nor_a_wrong_line(tmp_path):
    found = verified(
        tmp_path,
        "```false\nx = 2 => log(x) = 0.693\n```\n\n```derivation one\ngiven p: positive; p^2 = 2\np\n= 1.414\n```\n\n"
        "```derivation far\ngiven p: positive; p^2 = 2\np\n= 1.5\n```",
    )
    assert [f.word for f in found] == [Word.UNDECIDED, Word.UNDECIDED, Word.REFUTED]


USING = """# A page

```formula
given n: size; z: real[n]; i: index[n]{uses}
```

```examples
softmax([0, 0]) = [1/2, 1/2]
```

```false
softmax(z)[i] = 2
```

```derivation one
softmax(z)[i] + 0
= softmax(z)[i]
```
"""


def test_a_page_that_calls_a_formula_without_using_it_is_told_how_to(tmp_path):
    (tmp_path / "page.md").write_text(USING.format(uses=""), encoding="utf-8")
    for found in verify_document(tmp_path / "page.md").findings:
        assert found.word is Word.UNREAD
        assert "softmax is no function here: add `uses softmax` to the formula fence" in found.detail
    (tmp_path / "page.md").write_text(USING.format(uses="\nuses softmax"), encoding="utf-8")
    assert [f.word for f in verify_document(tmp_path / "page.md").findings] == [Word.CONFIRMED] * 3


def test_how_hypotheses_of_a_claim_were_read_is_printed(tmp_path):
    found = verified(
        tmp_path,
        "```claims\nsum(k: z[k]) = z[j]\n    given j: index[n]; z[k] = 0; k != j\n```\n\n"
        "```derivation one\ngiven j: index[n]; z[k] = 0; k != j\nsum(k: z[k])\n= z[j]\n```",
    )
    assert [f.word for f in found] == [Word.CONFIRMED, Word.CONFIRMED]
    assert str(findings_page([Findings("page.md", found)])).count("I read: z[k] = 0 for every k other than j") == 2


KNOWN = "a, w, x: real; a = 1/3; w = 1/2"
ON_THE_WAY = {  # decimals in the middle of a derivation, beside letters
    "3 a\n= 3 * 0.33\n< 1": Word.UNREAD,
    "300 a\n= 300 * 0.33\n= 99": Word.UNREAD,
    "1000 exp(w)\n= 1000 * 1.6\n<= 1600": Word.UNREAD,
    "1 / (1 + exp(-w))\n= 1 / (1 + 0.6)\n= 1 / 1.6\n= 0.625\n= 5 / 8": Word.UNREAD,
    "2 exp(w)\n= 2 * 1.65\n= 3.297": Word.CONFIRMED,
    "2 exp(w)\n= 2 * 1.65\n= 3.4": Word.REFUTED,
    "log(2 x) - log(x)\n= log(2)\n= 0.693": Word.CONFIRMED,
    "log(2 x) - log(x)\n= log(2)\n= 0.683": Word.REFUTED,
    "x^2 / (3 x^2)\n= 1 / 3\n= 0.333": Word.CONFIRMED,
    "x^2 / (3 x^2)\n= 1 / 3\n= 0.343": Word.REFUTED,
}


@pytest.mark.parametrize("lines", ON_THE_WAY)
def test_a_decimal_on_the_way_is_not_forgotten_and_a_condition_above_it_changes_nothing(lines, tmp_path):
    file = tmp_path / "page.md"
    file.write_text(f"# Page\n\n```formula\ngiven {KNOWN}\n```\n\n```derivation one\n{lines}\n```\n", encoding="utf-8")
    assert [f.word for f in verify_document(file).findings] == [ON_THE_WAY[lines]]
