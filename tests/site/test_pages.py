"""Every page in both languages: nothing for axe-core to find, nothing from elsewhere, nothing that is raw or too wide."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mathcore.site import front
from mathcore.site.languages import LANGUAGES
from tests.sampling import spread
from tests.site.browser import NARROW, SEEN, SHAPES, WIDE, opened, served

pytestmark = pytest.mark.browser
DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGES = ["index", *(page for pages in front.groups(DOCS).values() for page in pages), "search", "changelog", "citation"]
RAW = """(() => {
  const found = [...document.querySelectorAll('.math')].filter(m => !m.querySelector('mjx-container')).map(m => m.outerHTML);
  found.push(...[...document.querySelectorAll('mjx-merror')].map(e => e.outerHTML));
  const texts = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  for (let text; (text = texts.nextNode());)
    if (/\\\\(?:frac|sum|begin|mathrm)|\\$`/.test(text.data) && !text.parentElement.closest('code, pre, textarea, script, .math'))
      found.push(text.data);
  return found.slice(0, 3).map(one => one.slice(0, 120));
})()"""  # code shows what is typed
TOO_WIDE = """[...document.querySelectorAll('main *')].filter(e => {
  const box = e.getBoundingClientRect();
  if (box.right <= innerWidth + 1 || box.width < 2) return false;
  if (e.closest('mjx-assistive-mml') || e.parentElement.closest('svg')) return false;
  for (let up = e.parentElement; up && up.tagName !== 'ARTICLE'; up = up.parentElement)
    if (/auto|scroll/.test(getComputedStyle(up).overflowX) && up.getBoundingClientRect().right <= innerWidth + 1) return false;
  return true;
}).slice(0, 3).map(e => e.outerHTML.slice(0, 120))"""  # furo clips what is too wide: no bar shows it; nor does a drawing
MOST = 150  # kilobytes of a page, compressed


KEEP = {"formulas": 24, "decisions": 6}  # of each kind of page, evenly spread; of other kinds all


def sample():
    """Pages of every kind, in the languages by turns."""
    kinds = {}
    for page in PAGES:
        kinds.setdefault(page.rpartition("/")[0], []).append(page)
    kept = [pages[k] for kind, pages in kinds.items() for k in sorted(spread(len(pages), KEEP.get(kind, len(pages))))]
    return [(tuple(LANGUAGES)[number % len(LANGUAGES)], page) for number, page in enumerate(kept)]


@pytest.mark.parametrize(("language", "page"), sample())
def test_a_page_is_whole_and_open_to_everybody(reader, language, page):
    """What is inside formulas is judged by itself, on one page of a language."""
    judge(reader, language, page)
    reader.page.evaluate(SHAPES)
    assert reader.violations() == []
    assert dark_and_narrow(reader).violations(SEEN) == []
    assert reader.said == []


@pytest.mark.hours
@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_in_every_language_with_what_is_inside_its_formulas(reader, language, page):
    judge(reader, language, page)
    assert reader.violations() == []
    assert dark_and_narrow(reader).violations() == []
    assert reader.said == []


def judge(found, language, page):
    """What is to be seen without axe, as a telephone opens it."""
    shown = found.go(f"{LANGUAGES[language].folder}{page}.html", NARROW)
    assert shown.evaluate("document.documentElement.lang") == language
    assert shown.evaluate(RAW) == []
    assert shown.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    assert shown.evaluate(TOO_WIDE) == []
    assert found.foreign == []
    assert found.kilobytes <= MOST
    found.resize(WIDE)


def dark_and_narrow(found):
    found.page.emulate_media(color_scheme="dark")
    found.resize(NARROW)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_inside_formulas_is_open_to_everybody(reader, language):
    reader.go(f"{LANGUAGES[language].folder}formulas/sigmoid.html")
    assert reader.violations() == []
    assert dark_and_narrow(reader).violations() == []


def test_over_http_nothing_is_missing_and_nothing_comes_from_elsewhere(site, browser):
    answers = []
    with served(site) as own, opened(browser, site) as found:
        found.page.on("response", lambda answer: answers.append((answer.status, answer.url)))
        for where in ("", "formulas/softmax.html", "ko/", "ko/tutorials/the-note.html", "prove-it.html", "search.html"):
            found.page.goto(f"{own}/{where}")
            found.page.wait_for_load_state("networkidle")
    assert [url for url in found.asked if not url.startswith((own, "data:", "blob:"))] == []
    assert [answer for answer in answers if answer[0] >= 400] == []
    assert found.said == []


def test_the_checks_of_a_page_can_fail(site, browser):
    with opened(browser, site) as found:
        shown = found.go("index.html")
        shown.evaluate(
            r"document.querySelector('article').insertAdjacentHTML('beforeend', "
            r"'<img src=x.png><p style=\"width:2000px\">\\frac12 <span class=math>\\(x\\)</span></p>')"
        )
        assert any("image-alt" in one for one in found.violations())
        assert len(shown.evaluate(RAW)) == 2
        shown.set_viewport_size(NARROW)
        assert len(shown.evaluate(TOO_WIDE)) == 1
        shown.evaluate("console.error('so'); fetch('http://192.0.2.1/').catch(() => 0)")
        shown.wait_for_timeout(100)
        assert found.said and found.foreign


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
        shown = found.go("formulas/softmax.html", scheme=scheme)
        ink = shown.evaluate("getComputedStyle(document.querySelector('.mathcore-errors text')).fill")
        light = sum(map(int, re.findall(r"\d+", ink)[:3])) / 3 > 128
        assert light == (scheme == "dark")
        shown = found.go("tutorials/train-a-classifier.html", scheme=scheme)
        turned = shown.evaluate("[...document.querySelectorAll('article img')].map(e => getComputedStyle(e).filter !== 'none')")
        assert len(turned) >= 6 and set(turned) == {scheme == "dark"}
