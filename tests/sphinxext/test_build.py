"""A teacher's project built by Sphinx: every builder, warnings as errors, every reference resolved."""

import re
import shutil
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.sphinxext.project import FILES

pytestmark = pytest.mark.docs
DOCS = Path(__file__).resolve().parents[2] / "docs"
STRICT = ("-W", "--keep-going", "-n", "-q")


def written(folder: Path, files: dict[str, str] = FILES, conf: str = "") -> Path:
    """The files of a project; formulas with accepted evidence are not checked again."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.lstrip(), encoding="utf-8")
    with (folder / "conf.py").open("a", encoding="utf-8") as file:
        file.write(f'mathcore_evidence = r"{DOCS}"\n{conf}')
    return folder


@pytest.fixture(scope="session")
def built(python, tmp_path_factory) -> Callable[[str], Path]:
    """The output of a builder, made once in each process of the run."""
    room = tmp_path_factory.mktemp("course")
    source = written(room / "source")

    def build(builder: str) -> Path:
        out = room / builder
        if not out.exists():
            trees = room / ("gettext-trees" if builder == "gettext" else "trees")
            said = python("-m", "sphinx", *STRICT, "-b", builder, "-d", str(trees), str(source), str(out))
            assert said.stdout + said.stderr == ""
        return out

    return build


class Elements(HTMLParser):
    """The elements of a page with the text inside each, in order."""

    VOID = ("img", "meta", "link", "br", "input", "hr", "source")

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str], list[str]]] = []
        self.open: list[tuple[str, list[str]]] = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        text: list[str] = []
        self.found.append((tag, {name: value or "" for name, value in attributes}, text))
        if tag not in self.VOID:
            self.open.append((tag, text))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        for _, text in self.open:
            text.append(data)

    def of_class(self, name: str) -> list[tuple[dict[str, str], str]]:
        return [(a, " ".join("".join(text).split())) for _, a, text in self.found if name in a.get("class", "").split()]


def page(out: Path, name: str) -> Elements:
    return Elements((out / f"{name}.html").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "builder", ["html", "dirhtml", "singlehtml", "epub", "latex", "text", "man", "texinfo", "xml", "gettext"]
)
def test_every_builder_builds_without_a_warning(built, builder):
    assert any(built(builder).iterdir())


def test_a_line_opens_to_reason_rule_evidence_and_a_link_to_itself(built):
    steps = [a for a, _ in page(built("html"), "index").of_class("mathcore-step")]
    assert [a["id"] for a in steps] == [f"softmax-jacobian-{n}" for n in (1, 2, 3, 4)]
    opened = page(built("html"), "index").of_class("mathcore-details")
    assert opened[1][1].startswith("✓ proved why? Reason: the quotient rule;")
    assert "Rule: derivative Evidence: Proved for every n, and confirmed at 46 exact points." in opened[1][1]
    assert opened[1][1].endswith("Link: #softmax-jacobian-2")


def test_what_opens_needs_no_script(built):
    elements = page(built("html"), "index")
    kinds = [tag for tag, a, _ in elements.found if tag in ("details", "summary")]
    assert len(kinds) == 2 * (4 + 2) and kinds[::2] == ["details"] * 6  # lines and claims
    assert not [a for _, a, _ in elements.found if any(name.startswith("on") for name in a)]


def test_the_number_of_a_line_stands_outside_of_what_scrolls(built):
    text = (built("html") / "index.html").read_text(encoding="utf-8")
    assert re.search(r'<span class="mathcore-number">\(2\)</span>\s*<div class="mathcore-wide"', text)


@pytest.mark.parametrize("name", ["index", "markdown", "lectures/shift"])
def test_what_scrolls_is_reached_by_keyboard_under_a_name_of_its_own(built, name):
    wide = [a for a, _ in page(built("html"), name).of_class("mathcore-wide")]
    assert wide and all(a["tabindex"] == "0" and a["role"] == "region" for a in wide)
    labels = [a["aria-label"] for a in wide]
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("name", ["index", "markdown", "lectures/shift"])
def test_a_level_is_said_by_word_and_sign(built, name):
    levels = {text for _, text in page(built("html"), name).of_class("mathcore-level")}
    assert levels and levels <= {"✓ proved", "✗ refuted"}


def test_every_link_leads_somewhere(built):
    out = built("html")
    pages = {path: Elements(path.read_text(encoding="utf-8")) for path in out.rglob("*.html")}
    ids = {path: [a["id"] for _, a, _ in elements.found if "id" in a] for path, elements in pages.items()}
    assert all(len(set(found)) == len(found) for found in ids.values())
    for path, elements in pages.items():
        for target in [a["href"] for tag, a, _ in elements.found if tag == "a" and "href" in a]:
            if not re.match(r"[a-z]+:", target):
                file, _, anchor = target.partition("#")
                other = (path.parent / file).resolve() if file else path
                assert other.is_file(), (path.name, target)
                assert not anchor or anchor in ids[other], (path.name, target)


def test_roles_name_what_they_lead_to(built):
    links = page(built("html"), "index").of_class("reference")
    shown = {text: a["href"] for a, text in links if "#" in a["href"]}
    assert shown["The Jacobian, line 3"] == "#softmax-jacobian-3"
    assert shown["the fact itself"] == "markdown.html#softmax-ratio-1"
    assert shown["A shift of the scores"] == "lectures/shift.html#a-shift-of-the-scores"
    assert shown["A shift changes nothing, line 2"] == "lectures/shift.html#shift-shift-2"
    assert shown["sum(i: softmax(z)[i]) = 1"] == "#sums"


def test_a_formula_that_is_not_shown_here_is_named_without_a_link(built):
    named = page(built("html"), "index").of_class("mathcore-ref")
    assert [text for _, text in named][:2] == ["Softmax", "the largest entry"]
    assert "Softmax" not in {text for _, text in page(built("html"), "index").of_class("reference")}


def test_a_document_says_what_is_wrong_in_it(built):
    text = (built("text") / "lectures" / "shift.txt").read_text(encoding="utf-8")
    said = " ".join(text.split()).replace("’", "'").replace("“", '"').replace("”", '"')
    assert "**✗ refuted**: 3 numbers, 2 derivations, 2 claims, 1 false claim: 6 confirmed, 2 refuted." in said
    assert "**✗** Refuted. The chain rule's inner derivative 2 was left out in exp(2 c)." in said
    assert "**Refuted**. Line 1 does not follow." in said
    assert '**✗ refuted** "softmax(z)[i] < 1": false at a point: both sides are equal at n = 1, z = [1], i = 1' in said
    assert "softmax(z)ᵢ = 0. Refuted: 1 = 0 is false at n = 1, z = [0], i = 1" in said


def test_text_has_formulas_in_unicode_and_paper_its_own(built):
    text = (built("text") / "index.txt").read_text(encoding="utf-8")
    assert "= sᵢ (δᵢⱼ - sⱼ)   (4)" in text and "\\frac" not in text
    (latex,) = built("latex").glob("*.tex")
    source = latex.read_text(encoding="utf-8")
    assert r"s_i \left(\delta_{ij} - s_j\right) && (4)" in source
    assert not re.search(r"\\[lg]t\b", source)  # MathJax alone knows these


def test_the_words_of_an_author_are_offered_for_translation(built):
    texts = "\n".join(path.read_text(encoding="utf-8") for path in built("gettext").rglob("*.pot"))
    assert 'msgid "Whatever the :math:`n` scores are."' in texts
    assert "Everybody's first inequality." in texts


# what fails -----------------------------------------------------------------------------------------------------------


def one_page(folder: Path, text: str, conf: str = "") -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    return written(folder, {"conf.py": 'extensions = ["mathcore.sphinxext"]\n', "index.rst": f"Page\n====\n\n{text}"}, conf)


def test_an_outcome_that_is_not_expected_fails_the_build_every_time(python, tmp_path):
    claims = [
        ".. claim:: x > 0\n   :given: x: real\n   :expect: proved\n",
        ".. claim:: x^2 >= 0\n   :given: x: real\n   :expect: refuted\n",
        ".. claim:: 1 + 1 = 2\n   :expect: proved\n",
    ]
    source = one_page(tmp_path / "source", "\n".join(claims))
    for _ in range(2):
        said = python("-m", "sphinx", "-q", "-b", "html", str(source), str(tmp_path / "out"), code=2).stderr
        assert "2 outcomes not as expected" in said
        assert re.search(r"index.rst:4: x > 0: refuted, and proved was expected: .* x = 0", said)
        assert "x^2 >= 0: proved, and refuted was expected" in said and "1 + 1" not in said


WRONG = {
    ".. derivation:: sofmax": "sofmax: no formula 'sofmax'. Did you mean softmax",
    ".. derivation:: softmax#jakobian": "softmax has no derivation 'jakobian'; it has sum, jacobian",
    ".. derivation:: nowhere.md": "nowhere.md: no such file: nowhere.md",
    ".. claim:: x >": "x >: ",
    ".. claim:: y > 0": "y > 0: y is not declared",
    ".. evidence:: entropi": "no formula 'entropi'. Did you mean entropy",
    ":card:`sofmax`": "no formula 'sofmax'",
    ":step:`softmax#jacobian-9`": "softmax#jacobian has the lines 1 to 4, and no line 9",
    ":step:`lecture#shift`": "no derivation, line or claim 'lecture-shift' is shown in this project",
}


def test_what_cannot_be_shown_is_a_warning_that_says_why(python, tmp_path):
    source = one_page(tmp_path / "source", "\n\n".join(WRONG))
    said = python("-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html", str(source), str(tmp_path / "out"), code=1).stderr
    lines = [line for line in said.splitlines() if "WARNING" in line]
    assert len(lines) == len(WRONG)
    for place, warning in enumerate(WRONG.values()):
        assert any(f"index.rst:{4 + 2 * place}: " in line and warning in line for line in lines), warning


def test_without_stored_evidence_a_formula_is_checked_once(python, tmp_path):
    source = one_page(tmp_path / "source", ".. derivation:: one_hot#parts", 'mathcore_evidence = ""\n')
    first, again = (
        python(
            "-m", "sphinx", "-E", "-b", "text", str(source), str(tmp_path / "out"), MATHCORE_CACHE=str(tmp_path / "cache")
        ).stdout
        for _ in range(2)
    )
    assert "mathcore: checking one_hot" in first and "mathcore: checking" not in again


def test_a_page_is_made_again_when_a_document_that_it_shows_changes(python, tmp_path):
    source = written(tmp_path / "source", {**FILES, "other.rst": "Other\n=====\n\n.. derivation:: lectures/shift.md#slope\n"}, "")
    (source / "index.rst").write_text(
        "Index\n=====\n\n.. toctree::\n\n   other\n   markdown\n   lectures/shift\n", encoding="utf-8"
    )

    def build() -> str:
        python("-m", "sphinx", "-q", "-b", "text", str(source), str(tmp_path / "out"))
        return (tmp_path / "out" / "other.txt").read_text(encoding="utf-8")

    assert "Refuted" in build()
    lecture = source / "lectures" / "shift.md"
    lecture.write_text(
        lecture.read_text(encoding="utf-8").replace("exp(2 c) + 1", "2 exp(2 c) + 1").replace("1 + exp(2 c)", "1 + 2 exp(2 c)")
    )
    assert "Refuted" not in build()


def test_pages_are_read_in_several_processes(python, tmp_path):
    source = written(tmp_path / "source")
    for number in range(8):  # Sphinx begins to share the work at more than five pages
        (source / f"more{number}.rst").write_text(
            ":orphan:\n\nMore\n====\n\n.. derivation:: softmax#sum\n\n:card:`data_processing`\n"
        )
    said = python("-m", "sphinx", *STRICT, "-j", "2", "-b", "html", str(source), str(tmp_path / "out"))
    assert said.stderr == ""
    assert 'href="markdown.html#data_processing"' in (tmp_path / "out" / "more7.html").read_text(encoding="utf-8")
