"""The committed pages: fresh, reproducible byte for byte from the committed evidence, and without broken links."""

import json
import re
from functools import cache
from pathlib import Path

import pytest

from mathcore.evidence import Evidence
from mathcore.proof.axioms import AXIOMS
from mathcore.render import site
from mathcore.render.document import anchor
from mathcore.verify.exhaustive.record import recorded
from mathcore.verify.run import resolve
from mathcore.verify.store import statement_digest

DOCS = Path(__file__).resolve().parents[2] / "docs"
EVERYTHING = resolve(None)  # cards and notes
REFRESH = "run `mathcore docs` and commit what it writes"


def evidence() -> dict[str, str]:
    return {p.stem: p.read_text(encoding="utf-8") for p in sorted((DOCS / "evidence").glob("*.json"))}


@cache
def written() -> dict[str, str]:
    return site.pages(evidence(), AXIOMS, recorded(DOCS))


def test_every_formula_has_committed_evidence():
    assert sorted(evidence()) == sorted(EVERYTHING), REFRESH


@pytest.mark.parametrize("name", EVERYTHING)
def test_the_committed_evidence_is_about_the_card_as_it_stands(name):
    assert json.loads(evidence()[name])["digest"] == statement_digest(name), REFRESH


@pytest.mark.parametrize("name", EVERYTHING)
def test_the_committed_evidence_held(name):
    assert Evidence.from_text(evidence()[name]).held


@pytest.mark.parametrize("name", EVERYTHING)
def test_the_committed_evidence_is_in_its_stable_form(name):
    text = evidence()[name]
    found = Evidence.from_text(text)
    assert site.accepted_text(found, found.digest) == text, REFRESH
    assert "seconds" not in text


def test_the_committed_pages_are_what_the_committed_evidence_gives_byte_for_byte():
    for name, text in written().items():
        assert (DOCS / name).read_bytes() == text.encode("utf-8"), f"docs/{name}: {REFRESH}"


def test_no_generated_page_is_left_over():
    expected = {DOCS / name for name in written()}
    found = {p for p in DOCS.rglob("*.md") if p.read_text(encoding="utf-8").startswith(site.MARK)}
    assert found == expected, REFRESH


def test_the_freshness_test_can_fail():
    text = evidence()["softmax"]
    data = json.loads(text)
    data["derivations"] = [d | {"level": "refuted"} for d in data["derivations"]]
    page, changed = (site.pages({"softmax": t}, AXIOMS)["formulas/softmax.md"] for t in (text, json.dumps(data)))
    assert page != changed


def pages() -> list[Path]:
    return sorted([*DOCS.rglob("*.md"), DOCS.parent / "README.md"])


@pytest.mark.parametrize("page", pages(), ids=lambda p: p.relative_to(DOCS.parent).as_posix())
def test_every_link_leads_somewhere(page):
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.S)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, place = target.partition("#")
        other = (page.parent / path).resolve() if path else page
        assert other.exists(), f"{page.name} links to {target}"
        if place:
            headings = re.findall(r"^#+ (.+)$", other.read_text(encoding="utf-8"), re.M)
            assert place in {anchor(h) for h in headings}, f"{page.name} links to {target}"


def test_the_mathematics_of_every_page_is_balanced():
    for page in pages():
        text = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text(encoding="utf-8"), flags=re.S)
        assert text.count("$$") % 2 == 0, page
        for block in re.findall(r"\$\$(.*?)\$\$", text, re.S):
            assert "\n\n" not in block, page
            assert block.count("{") == block.count("}"), page


def test_every_page_is_in_the_contents_of_the_site():
    listed = set((DOCS / "contents.rst").read_text(encoding="utf-8").split())
    written = [p.relative_to(DOCS).with_suffix("").as_posix() for p in (*DOCS.glob("*.md"), *DOCS.glob("tutorials/*.md"))]
    assert {*written, "formulas/*", "decisions/*"} <= listed
