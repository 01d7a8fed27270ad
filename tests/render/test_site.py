"""The committed pages: fresh, reproducible byte for byte from the committed evidence, and without broken links."""

import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from mathcore import formulas
from mathcore.evidence import Check, Evidence, Level, Verdict
from mathcore.proof.trusted import BASE
from mathcore.render import markdown, site
from mathcore.render.document import anchor
from mathcore.render.errors import stored
from mathcore.render.page import formula_page
from mathcore.site.front import spelled
from mathcore.verify.exhaustive.record import recorded
from mathcore.verify.run import resolve
from mathcore.verify.store import statement_digest
from tests.language.commands import strange
from tests.render.reading import mathematics
from tests.sampling import sampled

DOCS = Path(__file__).resolve().parents[2] / "docs"
EVERYTHING = resolve(None)
REFRESH = "run mathcore docs and commit what it writes"


@cache
def evidence() -> dict[str, Evidence]:
    return site.accepted(DOCS)


@cache
def generated(*cards: str) -> dict[str, str]:
    """The pages of these cards, beside the index and the trusted base."""
    return site.pages(evidence(), BASE, recorded(DOCS), wanted=cards, errors=stored(DOCS))


def page_of(name: str) -> str:
    assert name in evidence(), f"{name} has no page: {REFRESH}"
    return generated(name)[f"formulas/{name}.md"]


@pytest.mark.parametrize("name", EVERYTHING)
def test_the_committed_evidence_held_and_is_about_the_card_as_it_stands(name):
    found = evidence().get(name)
    assert found is not None, f"{name} has no page: {REFRESH}"
    assert found.held and found.digest == statement_digest(name), REFRESH


@pytest.mark.parametrize("name", EVERYTHING)
def test_the_committed_evidence_is_in_its_stable_form(name):
    assert name in evidence(), f"{name} has no page: {REFRESH}"
    text = (DOCS / site.EVIDENCE / f"{name}.json").read_text(encoding="utf-8")
    assert site.accepted_text(evidence()[name]) == text, REFRESH
    assert not re.search("seconds|environment|platform|cpu|numpy", text)


@sampled("card", EVERYTHING, keep=6)
def test_the_committed_pages_are_what_the_committed_evidence_gives_byte_for_byte(card):
    for name, text in generated(card).items():
        assert (DOCS / name).exists() and (DOCS / name).read_bytes() == text.encode("utf-8"), f"docs/{name}: {REFRESH}"
    assert (DOCS / site.PLATFORMS).exists(), REFRESH
    assert (DOCS / site.PLATFORMS).read_text(encoding="utf-8") == site.platforms_text(evidence()), REFRESH


def test_no_generated_page_is_left_over():
    found = {p for p in DOCS.rglob("*.md") if p.read_text(encoding="utf-8").startswith(site.MARK)}
    assert found == {DOCS / name for name in [*generated(), *(f"formulas/{card}.md" for card in evidence())]}, REFRESH


def test_the_freshness_test_can_fail():
    right = evidence()["softmax"]
    refuted = replace(right, derivations=tuple(replace(d, level=Level.REFUTED) for d in right.derivations))
    changed = site.pages(evidence() | {"softmax": refuted}, BASE, wanted=["softmax"])
    assert page_of("softmax") != changed["formulas/softmax.md"]


# what is written, and what stays ----------------------------------------------------------------------------------------------

HERE = {"platform": "linux x86_64", "cpu": "AVX512", "numpy": "2.4.6"}
THERE = {"platform": "darwin arm64", "cpu": "NEON", "numpy": "2.5.0"}


def found_at(place: dict[str, str], *cards: str) -> list[Evidence]:
    """Evidence of these cards, found on that platform, in other seconds each time."""
    checks = (Check("accuracy", "float64", True, figures={"max": 1.5, "numpy": place["numpy"]}),)
    proved = (Verdict("1 = 1", Level.PROVED),)
    return [Evidence(card, "", proved, checks=checks, environment=place, seconds=len(place["cpu"])) for card in cards]


def write(directory: Path, found: list[Evidence]) -> set[str]:
    written: list[Path] = []

    def put(path: Path, text: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
        written.append(path)

    assert site.write_pages(directory, found, lambda card: "digest", put, BASE) == written
    return {path.relative_to(directory).as_posix() for path in written}


CARDS = ("matmul", "relu", "softmax")


def test_the_same_finding_on_another_platform_changes_no_byte(tmp_path):
    assert len(write(tmp_path, found_at(HERE, *CARDS))) == 2 * len(CARDS) + 3  # the index, the trusted base, the platforms
    assert write(tmp_path, found_at(HERE, *CARDS)) == write(tmp_path, found_at(THERE, *CARDS)) == set()


def test_evidence_that_changed_is_written_with_the_platform_on_which_it_was_found(tmp_path):
    write(tmp_path, found_at(HERE, *CARDS))
    changed = [replace(e, derivations=2 * e.derivations) for e in found_at(THERE, "relu")]
    assert write(tmp_path, changed) == {"evidence/relu.json", "formulas/index.md", "formulas/relu.md", site.PLATFORMS}
    places = {name: e.environment for name, e in site.accepted(tmp_path).items()}
    assert places == dict.fromkeys(CARDS, HERE) | {"relu": THERE}


def test_a_page_alone_comes_with_the_index_and_the_pages_of_what_it_uses(tmp_path):
    write(tmp_path, found_at(HERE, *CARDS))
    expected = {
        "evidence/log_softmax.json",
        "formulas/log_softmax.md",
        "formulas/softmax.md",
        "formulas/index.md",
        site.PLATFORMS,
    }
    assert write(tmp_path, found_at(THERE, "log_softmax")) == expected
    assert "log_softmax.md" in (tmp_path / "formulas" / "softmax.md").read_text(encoding="utf-8")


def test_pages_of_cards_that_are_no_more_go_and_other_files_stay(tmp_path):
    write(tmp_path, found_at(HERE, *CARDS))
    gone = [tmp_path / "formulas" / "gone.md", tmp_path / "evidence" / "gone.json"]
    for path in gone:
        path.write_text(f"{site.MARK}\n", encoding="utf-8")
    (tmp_path / "formulas" / "mine.md").write_text("By hand.\n", encoding="utf-8")
    write(tmp_path, found_at(HERE, "relu"))
    assert not any(path.exists() for path in gone)
    assert (tmp_path / "formulas" / "mine.md").exists() and (tmp_path / "formulas" / "softmax.md").exists()


# what the pages say -----------------------------------------------------------------------------------------------------------


@sampled("name", formulas.names(), keep=16)
def test_every_formula_of_every_card_is_printed_as_mathematics(name):
    """A text that the language cannot read would be shown in typewriter letters."""
    assert r"\texttt" not in page_of(name)


@sampled("name", formulas.names(), keep=16)
def test_a_page_says_once_that_all_is_proved(name):
    authors = markdown.write(formula_page(formulas.load(name), exhaustive=recorded(DOCS).get(name, ())))
    added = page_of(name)
    assert added.count("proved") - authors.count("proved") == added.count("Rigorous arithmetic") == 1
    assert added.count("✓") >= sum(len(d.steps) for d in formulas.load(name).derivations)


def test_code_hosts_set_the_mathematics_of_every_page():
    for page in pages():
        for latex in mathematics(page.read_text(encoding="utf-8")):
            assert not strange(latex), page.name
            assert latex.count("{") == latex.count("}") and "\n\n" not in latex, page.name


def test_the_site_reads_the_spelling_of_code_hosts():
    assert spelled(r"so $`\mathrm{lse}(z)_i`$, `x` and $`y`$") == r"so {math}`\mathrm{lse}(z)_i`, `x` and {math}`y`"
    assert 'myst_fence_as_directive = ["math"]' in (DOCS / "conf.py").read_text(encoding="utf-8")


def test_the_index_has_every_formula_once_with_its_topic_status_and_definition():
    text = generated()[site.INDEX]
    rows = re.findall(r"^\| \[[^]]+\]\((\w+)\.md\) \| proved \| \$`.+`\$ \|$", text, re.M)
    assert sorted(rows) == list(formulas.names())
    assert "## Other" not in text, "a card has no topic"


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
