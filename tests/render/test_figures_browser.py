"""Figures in a real browser: exact values, keyboard and mouse, light and dark, a small screen."""

from pathlib import Path
from typing import Any

import pytest

from mathcore.render import figures
from mathcore.render.figures import files, live

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("figures")]
PANELS = ".mathcore-panel > svg"
DOCS = Path(__file__).resolve().parents[2] / "docs"


@pytest.fixture(scope="module")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page with all figures, as a file; the script comes last, as a deferred one does."""
    folder = tmp_path_factory.mktemp("gallery")
    for name, text in live.assets().items():
        (folder / name).write_text(text, encoding="utf-8")
    body = "\n".join(f"<h2>Figure {n}</h2>{files.embedded(name, DOCS)}" for n, name in enumerate(figures.names()))
    head = f'<link rel="stylesheet" href="{live.STYLE}"><script defer src="{live.SCRIPT}"></script>'
    style = "<style>:root{color-scheme:light dark}body{background:Canvas;color:CanvasText;margin:1rem}</style>"
    view = '<meta name="viewport" content="width=device-width">'
    page = f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Figures</title>{view}{head}{style}<body>{body}</html>'
    (folder / "index.html").write_text(page, encoding="utf-8")
    return folder / "index.html"


class Seen:
    """A page, what it wrote to its console as errors, and what it asked for."""

    def __init__(self, page: Any) -> None:
        self.page, self.errors, self.asked = page, list[str](), list[str]()
        page.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", lambda request: self.asked.append(request.url))


def opened(browser: Any, gallery: Path, width: int = 1280, scheme: str = "light", motion: str = "no-preference") -> Seen:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion=motion)
    seen = Seen(context.new_page())
    seen.page.goto(gallery.as_uri())
    seen.page.wait_for_selector(".mathcore-live")
    return seen


def test_all_values_in_the_browser_are_exact(browser: Any, gallery: Path) -> None:
    seen = opened(browser, gallery)
    assert seen.page.evaluate("mathcoreFigures.selftest()") == []
    assert tuple(seen.page.evaluate("mathcoreFigures.names()")) == figures.names()
    assert seen.errors == []
    assert all(url.startswith("file://") for url in seen.asked)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_every_figure_is_drawn_and_fits_its_page(browser: Any, gallery: Path, width: int, scheme: str) -> None:
    page = opened(browser, gallery, width, scheme).page
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator(".mathcore-static").count() == 0
    drawn = page.evaluate(
        "[...document.querySelectorAll('.mathcore-panel > svg')].map((s) => s.querySelectorAll('path, rect').length)"
    )
    assert len(drawn) == sum(len(figures.load(name).panels) for name in figures.names())
    assert min(drawn) >= 2  # what cuts it, and a mark
    small = page.evaluate(
        "[...document.querySelectorAll('.mathcore-panel > svg text')]"
        ".map((t) => parseFloat(getComputedStyle(t).fontSize) * t.ownerSVGElement.getBoundingClientRect().width"
        " / t.ownerSVGElement.viewBox.baseVal.width).filter((size) => size < 11).length"
    )
    assert small == 0


def test_no_text_lies_on_another_or_outside_at_the_start(browser: Any, gallery: Path) -> None:
    page = opened(browser, gallery, 360).page
    found = page.evaluate("""() => [...document.querySelectorAll('.mathcore-panel > svg')].flatMap((svg) => {
        const boxes = [...svg.querySelectorAll('text')].filter((t) => t.textContent).map((t) => [t, t.getBoundingClientRect()]);
        const name = svg.closest('figure').dataset.figure, found = [];
        boxes.forEach(([a, p], i) => {
          if (p.left < -1 || p.right > innerWidth + 1) found.push(`${name}: ${a.textContent} is cut`);
          boxes.slice(i + 1).forEach(([b, q]) => {
            const w = Math.min(p.right, q.right) - Math.max(p.left, q.left);
            const h = Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top);
            if (w > 2 && h > 4) found.push(`${name}: ${a.textContent} on ${b.textContent}`);
          });
        });
        return found;
      })""")
    assert found == []


def test_sliders_and_choices_have_labels_and_follow_the_keyboard(browser: Any, gallery: Path) -> None:
    page = opened(browser, gallery).page
    assert page.evaluate(
        "[...document.querySelectorAll('.mathcore-live :is(input, select)')].every((e) => e.labels.length === 1)"
    )
    figure = page.locator('[data-figure="softmax_bars"]')
    before = figure.locator(".mathcore-says").text_content()
    figure.get_by_label("Score of class D").focus()
    for _ in range(30):
        page.keyboard.press("ArrowRight")
    page.wait_for_timeout(400)
    after = figure.locator(".mathcore-says").text_content()
    assert after != before
    assert figure.get_by_label("Score of class D").get_attribute("aria-valuetext") == "3"
    assert after in figure.locator("svg[role=img]").first.get_attribute("aria-label")
    assert figure.locator(".mathcore-says").get_attribute("aria-live") == "polite"
    figure.get_by_role("button").press("Enter")
    page.wait_for_timeout(400)
    assert figure.locator(".mathcore-says").text_content() == before


def test_a_handle_is_dragged(browser: Any, gallery: Path) -> None:
    page = opened(browser, gallery).page
    figure = page.locator('[data-figure="line_fit"]')
    figure.scroll_into_view_if_needed()
    grip = figure.locator(".grip").bounding_box()
    page.mouse.move(grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2)
    page.mouse.down()
    page.mouse.move(grip["x"] + 60, grip["y"] - 30, steps=5)
    page.mouse.up()
    page.wait_for_timeout(300)
    assert float(figure.get_by_role("slider", name="Slope").input_value()) > 0.3
    assert float(figure.get_by_role("slider", name="Bias").input_value()) > 2.5


def test_nothing_moves_for_who_wants_no_motion(browser: Any, gallery: Path) -> None:
    page = opened(browser, gallery, motion="reduce").page
    assert page.evaluate("document.getAnimations().length") == 0


def test_colours_of_text_and_lines_stand_out_from_the_page(browser: Any, gallery: Path) -> None:
    """4.5 to 1 for text, 3 to 1 for what is drawn (WCAG 2.2)."""
    for scheme, paper in (("light", (255, 255, 255)), ("dark", (19, 20, 22))):
        page = opened(browser, gallery, scheme=scheme).page
        inks = page.evaluate("""() => {
            const e = document.createElement('i');
            document.querySelector('.mathcore-figure').append(e);
            return [0, 1, 2, 3, 4, 5, 6].map((k) => { e.style.color = `var(--fig-${k})`; return getComputedStyle(e).color; });
          }""")
        for ink, colour in enumerate(inks):
            shade = tuple(int(part) for part in colour[4:-1].split(","))
            assert contrast(shade, paper) >= 4.5, (scheme, ink)


def contrast(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: tuple[int, ...]) -> float:
    parts = [c / 255 / 12.92 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
