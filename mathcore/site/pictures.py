"""Pictures that follow the theme of the page: figures with their scripts, errors over a domain drawn into the page."""

from __future__ import annotations

from html import escape
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from docutils import nodes

from mathcore.render import errors
from mathcore.render.figures import files as figures
from mathcore.render.figures import names
from mathcore.render.figures.live import SCRIPT, STYLE, assets
from mathcore.translation import drawn as words

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def placed(app: Sphinx, doctree: nodes.document, name: str) -> None:
    """What is drawn from formulas or from stored errors stands in the page itself; other pictures are files."""
    if app.builder.format != "html":
        return
    for image in list(doctree.findall(nodes.image)):
        html = _drawn(Path(app.srcdir), PurePosixPath(image["uri"].lstrip("/")), image.get("alt", ""))
        if html:
            drawn, place = nodes.raw("", html, format="html"), image
            while isinstance(place.parent, nodes.paragraph) and len(place.parent) == 1:
                place = place.parent  # a figure is no part of a sentence
            place.parent.replace(place, drawn)


def _drawn(docs: Path, uri: PurePosixPath, alt: str) -> str:
    folder, stem = uri.parent.name, uri.stem
    if uri.suffix != ".svg":
        return ""
    if folder == errors.FOLDER and (found := errors.load(docs, stem)) is not None:
        caption = f"<figcaption>{escape(alt)}</figcaption>"
        return f'<figure class="mathcore-errors"><div class="scrolls">{errors.inline(found)}</div>{caption}</figure>'
    return figures.embedded(stem, docs, words) if folder == figures.FOLDER and stem in names() else ""


def on(doctree: nodes.document) -> bool:
    """Whether a page has a figure that a script moves."""
    return any('data-figure="' in raw.astext() for raw in doctree.findall(nodes.raw))


def write_assets(static: Path) -> None:
    for name, text in assets().items():
        (static / name).write_text(text, encoding="utf-8")


__all__ = ["SCRIPT", "STYLE", "on", "placed", "write_assets"]
