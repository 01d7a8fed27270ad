"""The site in a real browser: pages are opened from files, as a reader without a network does."""

from __future__ import annotations

import gzip
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import unquote, urlsplit

from mathcore.site.packages import package

AXE = ("axe-core", "4.14.1")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SEEN = ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"]  # what theme and width change
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
QUIET = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
SHAPES = """document.querySelectorAll('mjx-container').forEach(formula => {
  const ink = formula.querySelector('mjx-math'), box = ink.getBoundingClientRect();
  ink.style.cssText = `display: inline-block; width: ${box.width}px; height: ${box.height}px`;
  ink.replaceChildren('x');
  formula.querySelector('mjx-assistive-mml')?.replaceChildren('x');
})"""  # MathJax makes what is inside, the same on every page, and most elements of a page are there
READY = "!document.querySelector('.math') || document.documentElement.classList.contains('typeset')"


@contextmanager
def chromium() -> Iterator[Any]:
    """Debian's browser: Playwright's own is not downloaded."""
    from playwright.sync_api import sync_playwright

    found = shutil.which("chromium")
    if found is None:
        raise RuntimeError("there is no chromium here: apt-get install chromium")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found, args=QUIET)
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Opened:
    """A page, with all that it said and asked for."""

    page: Any
    site: Path
    size: Any
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def go(self, where: str, size: Any = None, scheme: str = "light") -> Any:
        self.page.set_viewport_size(size or self.size)
        self.page.emulate_media(color_scheme=scheme)
        self.said.clear()
        self.asked.clear()
        self.page.goto(f"{self.site.as_uri()}/{where}")
        self.page.wait_for_function(READY, timeout=60_000)
        return self.page

    def resize(self, size: Any) -> None:
        """Until the page has seen its new width, and drawn itself anew."""
        self.page.set_viewport_size(size)
        self.page.wait_for_function(f"innerWidth === {size['width']}")
        self.page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))")

    @property
    def foreign(self) -> list[str]:
        return [url for url in self.asked if not url.startswith((self.site.as_uri(), "data:", "blob:"))]

    @property
    def kilobytes(self) -> float:
        """Of the page and all that it loads, compressed, without MathJax, the prover and the index of all words."""
        files = {Path(unquote(urlsplit(url).path)) for url in self.asked if url.startswith("file:")}
        own = [path for path in files if path.is_file() and not {"mathjax", "tryit", "search-index.js"} & set(path.parts)]
        return sum(map(compressed, own))

    def violations(self, rules: list[str] = TAGS) -> list[str]:
        """What axe-core finds, by all rules or by some."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(_axe())
        options = {"runOnly": rules, "resultTypes": ["violations"], "preload": False}
        found = self.page.evaluate(f"axe.run(document, {json.dumps(options)})")
        return [f"{v['id']} ({v['impact']}): {n['html'][:160]}" for v in found["violations"] for n in v["nodes"][:2]]


def compressed(path: Path) -> float:
    """Its size in kilobytes as servers send it."""
    return len(gzip.compress(path.read_bytes(), 6)) / 1000


@cache
def _axe() -> str:
    return (package(*AXE) / "axe.min.js").read_text(encoding="utf-8")


@contextmanager
def opened(browser: Any, site: Path, size: Any = None) -> Iterator[Opened]:
    context = browser.new_context(viewport=size or WIDE, reduced_motion="reduce")
    found = Opened(context.new_page(), site, size or WIDE)
    found.page.on("console", lambda m: found.said.append(m.text) if m.type in ("error", "warning") else None)
    found.page.on("pageerror", lambda error: found.said.append(str(error)))
    found.page.on("request", lambda request: found.asked.append(request.url))
    try:
        yield found
    finally:
        context.close()


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a folder, served as any static server does it."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder)) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
