"""What `mathcore new` writes holds as it stands; the page on adding a formula passes as it is written."""

import re
import shutil
from pathlib import Path

import pytest

from mathcore.document.reader import read
from mathcore.document.template import files
from mathcore.document.writer import write

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def tree(tmp_path) -> Path:
    shutil.copytree(ROOT / "mathcore", tmp_path / "mathcore", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


@pytest.mark.slow
def test_a_new_formula_of_every_kind_holds_as_it_stands(mathcore, tree):
    names = {"a_number": (), "a_list": ("--vector",), "a_topic": ("--no-function",), "of_lists": ("--no-function", "--vector")}
    for name, options in names.items():
        printed = mathcore("new", name, *options, tree=tree).stdout
        assert f"next: mathcore verify {name}" in printed
    answer = mathcore("verify", *names, tree=tree, MATHCORE_CACHE=str(tree / "cache"))
    assert "all held: 6 of 6 claims proved" in " ".join(answer.stdout.split())


@pytest.mark.parametrize("vector", [False, True])
def test_the_files_of_a_new_formula_speak_of_it_alone(vector):
    texts = files("my_name", vector=vector)
    assert sorted(texts) == ["formulas/my_name.md", "mistakes/my_name.py", "numeric/my_name.py"]
    for place, text in texts.items():
        assert "NAME" not in text
        if place.endswith(".py"):
            compile(text, place, "exec")
    page = write(read(texts["formulas/my_name.md"]))
    assert write(read(page)) == page and "my_name(" in page


@pytest.mark.slow
def test_a_name_that_cannot_be_is_refused_with_a_remedy(mathcore, tmp_path):
    (tmp_path / "formulas").mkdir()
    for name in ("Softmax", "two words", "class", "größe", "2x"):
        answer = mathcore("new", name, "--to", str(tmp_path), code=2)
        assert "as in cosine_similarity" in answer.stderr
    assert "exists already" in mathcore("new", "softmax", code=2).stderr
    assert "there is no mathcore here" in mathcore("new", "a_name", "--to", str(tmp_path / "formulas"), code=2).stderr


def blocks(page: str) -> dict[str, str]:
    """The files that the page on adding a formula shows, by their place."""
    (markdown,) = re.findall(r"^````markdown\n(.*?)^````$", page, re.M | re.S)
    numeric, mistakes = re.findall(r"^```python\n(.*?)^```$", page, re.M | re.S)
    return {"formulas/my_softplus.md": markdown, "numeric/my_softplus.py": numeric, "mistakes/my_softplus.py": mistakes}


def sentence(table: str) -> str:
    """The totals below a table; the figures in it depend on the processor."""
    return " ".join(table.split()).partition("all held")[2].partition("1 card in")[0]


@pytest.mark.slow
def test_the_page_on_adding_a_formula_passes_to_the_letter(mathcore, tree):
    page = (ROOT / "docs" / "add-a-formula.md").read_text(encoding="utf-8")
    mathcore("new", "my_softplus", tree=tree)
    for place, text in blocks(page).items():
        (tree / "mathcore" / place).write_text(text, encoding="utf-8")
    mathcore("format", "--check", str(tree / "mathcore" / "formulas" / "my_softplus.md"), tree=tree)
    answer = mathcore("verify", "my_softplus", tree=tree, MATHCORE_CACHE=str(tree / "cache"))
    (shown,) = re.findall(r"^```text\n(formula .*?)^```$", page, re.M | re.S)
    assert sentence(answer.stdout) == sentence(shown)
    place = tree / "mathcore" / "formulas" / "my_softplus.md"
    text = place.read_text(encoding="utf-8")
    place.write_text(text.replace("exp(-x))\n    num", "exp(x))\n    num"), encoding="utf-8")
    answer = mathcore("verify", "my_softplus", tree=tree, code=1, MATHCORE_CACHE=str(tree / "cache"))
    (shown,) = re.findall(r"^```text\n(  derivation .*?)^```$", page, re.M | re.S)
    assert " ".join(shown.split()) in " ".join(answer.stdout.split())
