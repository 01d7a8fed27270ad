"""The tutorials are documents of the form: each is judged by the command that it speaks of, and its calls are made."""

import ast
import doctest
import json
import re
from pathlib import Path

import pytest

from mathcore.document.reader import load
from mathcore.document.writer import write
from mathcore.verify.documents import verify_document
from mathcore.verify.prose import Word

TUTORIALS = Path(__file__).resolve().parents[1] / "docs" / "tutorials"
NOTE, SLIP = TUTORIALS / "the-note.md", TUTORIALS / "a-slip-found.md"


@pytest.mark.slow
def test_every_claim_of_the_note_is_settled_as_the_page_says():
    found = verify_document(NOTE)
    assert [f for f in found.findings if not f.held] == []
    assert len(found.findings) >= 40


def test_the_note_counts_what_it_shows():
    text = NOTE.read_text(encoding="utf-8")
    numbers = [int(n) for n in re.findall(r"^\*\*(\d+)\.\*\*", text, re.M)]
    assert numbers == list(range(1, 33))
    wrong = len(re.findall(r"\bWrong\b", text))
    (said,) = re.findall(r"in (\d+) statements: (\d+) are right and (\d+) are wrong", " ".join(text.split()))
    assert said == (str(len(numbers)), str(len(numbers) - wrong), str(wrong))


def test_a_wrong_sentence_of_the_note_has_what_refutes_it():
    parts = re.split(r"^\*\*\d+\.\*\*", NOTE.read_text(encoding="utf-8"), flags=re.M)
    for part in parts[1:]:
        if "Wrong" in part and "in words only" not in part:
            assert "```false" in part or part.count("= ") >= 4, part[:60]


def test_the_slip_is_found_named_and_mended():
    found = verify_document(SLIP)
    first, second = (f for f in found.findings if f.kind == "derivation")
    assert first.word is Word.REFUTED and "delta(k, j)" in first.hint
    assert [line.follows for line in first.lines] == [True, False, True, True]
    assert second.held and all(line.follows for line in second.lines)
    said = SLIP.read_text(encoding="utf-8")
    assert f"line {first.places[1]} does not follow: {first.lines[1].verdict.counterexample}" in " ".join(said.split())


@pytest.mark.parametrize("page", [NOTE, SLIP], ids=lambda page: page.stem)
def test_a_tutorial_is_written_canonically(page):
    assert write(load(page)) == page.read_text(encoding="utf-8")


def test_calls_in_the_note_give_what_is_printed():
    blocks = re.findall(r"^```python\n(.*?)^```$", NOTE.read_text(encoding="utf-8"), re.M | re.S)
    assert len(blocks) == 3
    runner = doctest.DocTestRunner()
    for block in blocks:
        runner.run(doctest.DocTestParser().get_doctest(block, {}, "the note", str(NOTE), 0))
    assert runner.summarize(verbose=False).failed == 0


def shown(cells):
    """What each cell of code prints as its last line, run one after the other in one namespace."""
    namespace = {}
    for cell in cells:
        *before, last = ast.parse("".join(cell["source"])).body
        exec(compile(ast.Module(before, []), "cell", "exec"), namespace)
        assert isinstance(last, ast.Expr)
        yield repr(eval(compile(ast.Expression(last.value), "cell", "eval"), namespace))


@pytest.mark.slow
def test_the_notebook_prints_what_it_shows(store, monkeypatch):
    monkeypatch.setenv("MATHCORE_CACHE", str(store))
    cells = json.loads((TUTORIALS / "first-steps.ipynb").read_text(encoding="utf-8"))["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    stored = ["".join(cell["outputs"][-1]["data"]["text/plain"]) for cell in code]
    assert len(code) >= 10
    assert list(shown(code)) == stored


def test_a_cell_that_shows_something_else_is_noticed():
    cells = [{"source": ["x = 1\n", "x"]}, {"source": ["x + 1"]}]
    assert list(shown(cells)) == ["1", "2"]
