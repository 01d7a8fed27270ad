"""The Sphinx extension behind `mathcore site`: the front door, search, pictures that follow the theme, MathJax from the site."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mathcore.formulas import load, names
from mathcore.site import front, search
from mathcore.site.packages import mathjax

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

LANGUAGES = {"en": ("", "English"), "ko": ("ko/", "한국어")}  # where each lies in the site, and what it calls itself


def setup(app: Sphinx) -> dict[str, Any]:
    app.add_config_value("mathcore_languages", (), "html")  # those that the site has beside each other
    app.add_config_value("mathcore_repository", "", "html")  # where pages can be edited: https://.../blob/main
    app.add_config_value("mathcore_shared", "", "html")  # from _static to the folder that all languages share
    app.connect("source-read", _read)
    app.connect("doctree-read", _collect)
    app.connect("env-purge-doc", _forget)
    app.connect("env-merge-info", _merge)
    app.connect("html-page-context", _page)
    app.connect("build-finished", _finish)
    return {"parallel_read_safe": True, "parallel_write_safe": True, "env_version": 1}


def _read(app: Sphinx, name: str, source: list[str]) -> None:
    """Formulas between $` and `$ become the role that MyST has for them; the front door gets its parts."""
    if name == app.config.root_doc:
        source[0] = front.filled(source[0], Path(app.srcdir))
    source[0] = re.sub(r"\$`([^`]+)`\$", r"{math}`\1`", source[0])


def _pages(env: BuildEnvironment) -> dict[str, list[dict[str, str]]]:
    if not hasattr(env, "mathcore_search"):
        env.mathcore_search = {}  # type: ignore[attr-defined]  # Sphinx keeps what extensions found on its environment
    found: dict[str, list[dict[str, str]]] = env.mathcore_search
    return found


def _collect(app: Sphinx, doctree: nodes.document) -> None:
    _pages(app.env)[app.env.docname] = search.sections(doctree)


def _forget(app: Sphinx, env: BuildEnvironment, name: str) -> None:
    _pages(env).pop(name, None)


def _merge(app: Sphinx, env: BuildEnvironment, read: list[str], other: BuildEnvironment) -> None:
    _pages(env).update({name: found for name, found in _pages(other).items() if name in read})


def _page(app: Sphinx, name: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """What the templates show besides the page: other languages, the source, the version."""
    config = app.config
    up = "../" * name.count("/")
    context["languages"] = [
        {"code": code, "called": called, "current": code == config.language, "link": f"{up}{_away(config.language)}{where}{name}.html"}
        for code, (where, called) in LANGUAGES.items()
        if code in config.mathcore_languages
    ]
    context["source_file"] = source(name) if doctree is not None else ""
    context["repository"] = config.mathcore_repository.rstrip("/")
    context["shared"] = config.mathcore_shared
    if "furo_navigation_tree" in context:  # furo names its check boxes switches, without what a switch must say
        context["furo_navigation_tree"] = context["furo_navigation_tree"].replace(' role="switch"', "")


def _away(language: str) -> str:
    """From the pages of a language to where the languages lie side by side."""
    return "../" * LANGUAGES[language][0].count("/")


def source(page: str) -> str:
    """The file that a reader would edit: for the page of a formula its card."""
    room, _, stem = page.rpartition("/")
    return f"mathcore/formulas/{stem}.md" if room == "formulas" and stem in names() else f"docs/{page}.md"


def _finish(app: Sphinx, error: Exception | None) -> None:
    if error is not None or app.builder.format != "html":
        return
    static = Path(app.outdir) / "_static"
    also = {f"formulas/{name}": " ".join((name.replace("_", " "), load(name).topic)) for name in names()}
    (static / "search-index.js").write_text(search.script(_pages(app.env), also), encoding="utf-8")
    if not app.config.mathcore_shared:
        mathjax(static / "mathjax")
