"""Every page in both languages: nothing for axe-core to find, nothing from elsewhere, nothing that is raw or too wide."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from mathcore.site import front
from mathcore.site.languages import LANGUAGES
from tests.site.browser import NARROW, SEEN, WIDE, opened

pytestmark = pytest.mark.browser
DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGES = ["index", *(page for pages in front.groups(DOCS).values() for page in pages), "search", "changelog", "citation"]
RAW = """[...document.querySelectorAll('.math')].filter(m => !m.querySelector('mjx-container')).length
  + document.querySelectorAll('mjx-merror').length
  + (document.querySelector('main').innerText.match(/\\\\\\\\(?:frac|sum|begin|mathrm)|\\$`/g) || []).length"""
TOO_WIDE = """[...document.querySelectorAll('main *')].filter(e => {
  const box = e.getBoundingClientRect();
  if (box.right <= innerWidth + 1 || box.width < 2 || e.closest('mjx-assistive-mml')) return false;
  for (let up = e.parentElement; up && up.tagName !== 'ARTICLE'; up = up.parentElement)
    if (/auto|scroll/.test(getComputedStyle(up).overflowX) && up.getBoundingClientRect().right <= innerWidth + 1) return false;
  return true;
}).slice(0, 3).map(e => e.outerHTML.slice(0, 120))"""  # furo clips what is too wide: no bar shows it
MOST = 150  # kilobytes of a page, compressed


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_is_whole_and_open_to_everybody(site, browser, language, page):
    where = f"{LANGUAGES[language].folder}{page}.html"
    with opened(browser, site) as found:
        shown = found.go(where)
        assert shown.evaluate("document.documentElement.lang") == language
        assert found.violations() == []
        shown.emulate_media(color_scheme="dark")
        shown.set_viewport_size(NARROW)
        shown.wait_for_timeout(60)  # until the page has seen its new width
        assert found.violations(SEEN) == []
        assert shown.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
        assert shown.evaluate(TOO_WIDE) == []
        assert shown.evaluate(RAW) == 0
        assert found.said == []
        assert found.foreign == []
        assert found.kilobytes <= MOST


def test_the_checks_of_a_page_can_fail(site, browser):
    with opened(browser, site) as found:
        shown = found.go("index.html")
        shown.evaluate(
            r"document.querySelector('article').insertAdjacentHTML('beforeend', "
            r"'<img src=x.png><p style=\"width:2000px\">\\frac12 <span class=math>\\(x\\)</span></p>')"
        )
        assert any("image-alt" in one for one in found.violations())
        assert shown.evaluate(RAW) >= 1
        shown.set_viewport_size(NARROW)
        assert len(shown.evaluate(TOO_WIDE)) == 1
        shown.evaluate("console.error('so'); fetch('http://192.0.2.1/').catch(() => 0)")
        shown.wait_for_timeout(100)
        assert found.said and found.foreign


class _Read(HTMLParser):
    """The names and links of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.links: list[str] = []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if given.get("id"):
            assert given["id"] not in self.names, f"{given['id']} twice"
            self.names.add(given["id"])
        self.links += [given[name] for name in ("href", "src") if given.get(name)]


def test_every_link_and_every_anchor_leads_somewhere(site):
    read = {}
    for path in site.rglob("*.html"):
        read[path] = _Read()
        read[path].feed(path.read_text(encoding="utf-8"))
    broken = []
    for path, page in read.items():
        for link in page.links:
            if re.match(r"[a-z]+:", link):
                continue
            name, _, anchor = unquote(link).partition("#")
            target = (path.parent / name.partition("?")[0]).resolve() if name else path
            if not target.exists() or (anchor and target in read and anchor not in read[target].names):
                broken.append(f"{path.relative_to(site)}: {link}")
    assert len(read) > 2 * len(PAGES) - 10
    assert broken == []


def test_the_same_sources_give_the_same_bytes(site, tmp_path):
    from tests.site.conftest import build

    build(tmp_path / "again")
    first, second = ({p.relative_to(d): p.read_bytes() for d in (room,) for p in d.rglob("*") if p.is_file()}
                     for room in (site, tmp_path / "again"))  # fmt: skip
    assert first.keys() == second.keys()
    assert [str(name) for name in first if first[name] != second[name]] == []


def test_a_wide_formula_hides_neither_its_number_nor_its_reason(site, browser):
    with opened(browser, site, NARROW) as found:
        shown = found.go("formulas/softmax.html")
        boxes = shown.evaluate("""[...document.querySelectorAll('.mathcore-number, .mathcore-step summary')]
            .map(e => e.getBoundingClientRect()).map(b => [b.left, b.right])""")
        assert len(boxes) > 50
        assert all(left >= 0 and right <= NARROW["width"] for left, right in boxes)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pictures_follow_the_theme(site, browser, scheme):
    """What is written in a picture can be read on what lies behind it."""
    with opened(browser, site, WIDE) as found:
        found.page.emulate_media(color_scheme=scheme)
        shown = found.go("formulas/softmax.html")
        ink = shown.evaluate("getComputedStyle(document.querySelector('.mathcore-errors text')).fill")
        light = sum(map(int, re.findall(r"\d+", ink)[:3])) / 3 > 128
        assert light == (scheme == "dark")
