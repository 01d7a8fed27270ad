"""The reference of Python and the page on this extension, built as the site builds them."""

import shutil
from pathlib import Path

import pytest

import mathcore as package
from mathcore import models, numeric, strategies

pytestmark = pytest.mark.docs
DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGES = ("conf.py", "sphinx.md", "form.md", "notation.md", "judging.md", "array-libraries.md", "formulas/softmax.md")


@pytest.fixture(scope="module")
def built(python, tmp_path_factory) -> Path:
    source, out = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("out")
    for folder in ("api", "_templates", "_static"):
        shutil.copytree(DOCS / folder, source / folder)
    for name in PAGES:
        (source / name).parent.mkdir(exist_ok=True)
        shutil.copy(DOCS / name, source / name)
    (source / "index.rst").write_text("Pages\n=====\n\n.. toctree::\n   :glob:\n\n   *\n   */*\n", encoding="utf-8")
    evidence = ("-D", f"mathcore_evidence={DOCS}")
    said = python("-m", "sphinx", "-W", "--keep-going", "-n", "-q", *evidence, "-b", "html", str(source), str(out))
    assert said.stderr == ""
    return out


def test_the_reference_describes_every_public_name(built):
    from sphinx.util.inventory import InventoryFile

    with (built / "objects.inv").open("rb") as file:
        inventory = InventoryFile.load(file, "", lambda base, uri: uri)
    described = {name for kind, found in inventory.items() if kind.startswith("py:") for name in found}
    public = {f"mathcore.{name}" for name in package.__all__ if name not in ("models", "numeric", "verify", "__version__")}
    public |= {f"{room.__name__}.{name}" for room in (numeric, models, strategies) for name in room.__all__}
    assert public - described == set()
    assert {"mathcore.verify.run.verify", "mathcore.evidence.Verdict.held"} <= described


def test_a_function_of_numeric_leads_to_its_formula(built):
    page = (built / "api" / "numeric.html").read_text(encoding="utf-8")
    assert 'href="../formulas/softmax.html#softmax"' in page
