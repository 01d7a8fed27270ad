"""The Sphinx extension behind `mathcore site`: the front door, the sidebar, search, MathJax from the site itself."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mathcore import __version__
from mathcore.formulas import load, names
from mathcore.site import documents, front, pictures, search, tryit, words
from mathcore.site.languages import LANGUAGES
from mathcore.site.packages import mathjax
from mathcore.translation import ENGLISH, _, using
from mathcore.translation import words as of_cards

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


def setup(app: Sphinx) -> dict[str, Any]:
    app.add_config_value("mathcore_languages", "", "html")  # those that the site has beside each other: "en,ko"
    app.add_config_value("mathcore_repository", "", "html")  # where a file can be edited: its address is put after this one
    app.add_config_value("mathcore_shared", "", "html")  # from _static to the _static that all languages share
    app.connect("builder-inited", _begin)
    app.connect("env-get-outdated", _always)
    app.connect("source-read", _read)
    app.connect("doctree-read", documents.typeset)
    app.connect("doctree-read", _collect)
    app.connect("env-purge-doc", _forget)
    app.connect("env-merge-info", _merge)
    app.connect("doctree-resolved", pictures.placed)
    app.connect("html-page-context", _before_the_theme, priority=400)
    app.connect("html-page-context", _after_the_theme, priority=600)
    app.connect("html-collect-pages", _more_pages)
    app.connect("build-finished", _finish)
    return {"parallel_read_safe": True, "parallel_write_safe": True, "env_version": 1}


def _begin(app: Sphinx) -> None:
    if app.builder.format == "html":
        app.add_js_file("tryit/tryit.js", loading_method="defer")
        app.add_css_file("tryit/tryit.css")
    app.builder.search = False  # this site looks in an index of its own


def _always(app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]) -> list[str]:
    """The front page shows every page and every formula: it is read anew each time."""
    return [app.config.root_doc]


def _read(app: Sphinx, name: str, source: list[str]) -> None:
    """The front door gets its parts; mathematics is spelled as MyST reads it."""
    if name == front.INDEX and app.config.language != ENGLISH:
        source[0] = front.index(Path(app.srcdir))
    if name == app.config.root_doc and app.builder.format == "html":
        source[0] = front.filled(source[0], Path(app.srcdir))
    source[0] = front.spelled(source[0])


# search ---------------------------------------------------------------------------------------------------------------


def _sections(env: BuildEnvironment) -> dict[str, list[dict[str, str]]]:
    if not hasattr(env, "mathcore_search"):
        env.mathcore_search = {}  # Sphinx keeps on its environment what extensions found
    found: dict[str, list[dict[str, str]]] = env.mathcore_search
    return found


def _collect(app: Sphinx, doctree: nodes.document) -> None:
    found = search.sections(doctree)
    if app.env.docname.startswith("decisions/"):  # for who works on mathcore: found by their headings
        found = [part | {"words": ""} for part in found]
    _sections(app.env)[app.env.docname] = found


def _forget(app: Sphinx, env: BuildEnvironment, name: str) -> None:
    _sections(env).pop(name, None)


def _merge(app: Sphinx, env: BuildEnvironment, read: list[str], other: BuildEnvironment) -> None:
    _sections(env).update({name: found for name, found in _sections(other).items() if name in read})


# pages ----------------------------------------------------------------------------------------------------------------


def _before_the_theme(app: Sphinx, name: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    context.pop("toctree", None)  # furo would lay the whole tree out anew for every page: four tenths of the time
    if doctree is not None and pictures.on(doctree):
        app.add_js_file(pictures.SCRIPT, loading_method="defer")
        app.add_css_file(pictures.STYLE)


def _after_the_theme(app: Sphinx, name: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """What the templates show besides the page: sidebar, other languages, source, version."""
    config = app.config
    away = "../" * LANGUAGES[config.language].folder.count("/")  # to where the languages lie side by side
    context["languages"] = [
        {
            "code": code,
            "called": one.called,
            "current": code == config.language,
            "link": _relative(name, away + one.folder + name),
        }
        for code, one in LANGUAGES.items()
        if code in config.mathcore_languages.split(",")
    ]
    context["source_file"] = source(app, name) if doctree is not None else ""
    context["repository"] = config.mathcore_repository.rstrip("/")
    context["shared"] = config.mathcore_shared
    context["version"], context["say"] = __version__, words.said()
    context["furo_navigation_tree"] = _sidebar(app, name)
    if "body" in context:
        # A corner without words is no heading of a column.
        context["body"] = re.sub(r'<th class="[^"]*head[^"]*"><p></p></th>', "<td></td>", context["body"])
        for kind in ("css_files", "script_files"):
            context[kind] = [file for file in context[kind] if _used(str(file.filename or ""), context["body"])]


USES = {  # of which no page loads what it has no use for
    "sphinx-design": r'class="(?:[^"]* )?sd-',
    "design-tabs": r'class="(?:[^"]* )?sd-',
    "copybutton": "<pre",
    "clipboard": "<pre",
    "tryit": "mathcore-chain|data-tryit",
}


def _used(file: str, body: str) -> bool:
    return all(re.search(sign, body) for name, sign in USES.items() if name in file)


def _relative(page: str, target: str) -> str:
    return f"{'../' * page.count('/')}{target}.html"


def _sidebar(app: Sphinx, page: str) -> str:
    """Every page under its word; the group in which the reader is stands open."""
    found = []
    for number, (caption, pages) in enumerate(front.groups(Path(app.srcdir)).items()):
        items = "".join(_entry(app, page, one) for one in pages if one in app.env.titles)
        opened = " open" if page in pages or number == 0 else ""
        found.append(f"<details{opened}><summary>{escape(caption)}</summary><ul>{items}</ul></details>")
    return "".join(found)


def _entry(app: Sphinx, page: str, one: str) -> str:
    here = ' aria-current="page"' if one == page else ""
    return f'<li><a href="{_relative(page, one)}"{here}>{escape(app.env.titles[one].astext())}</a></li>'


def source(app: Sphinx, page: str) -> str:
    """The file that a reader would edit: for the page of a formula its card."""
    room, stem = os.path.split(page)
    if room == "formulas" and stem in names():
        return f"mathcore/formulas/{stem}.md"
    return f"docs/{Path(app.env.doc2path(page)).relative_to(app.srcdir).as_posix()}"


def _more_pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Pages without a source in docs/."""
    root = Path(app.srcdir).parent
    yield "search", {"title": _("Search")}, "search.html"
    yield "changelog", {"title": _("Changelog"), "body": _changelog(root / "CHANGELOG.md")}, "page.html"
    yield "citation", {"title": _("How to cite")}, "citation.html"


def _changelog(path: Path) -> str:
    from markdown_it import MarkdownIt

    html = str(MarkdownIt("commonmark").render(path.read_text(encoding="utf-8"))) if path.exists() else ""
    return re.sub(r'href="docs/([^"#]+)\.md', r'href="\1.html', html)  # it lies beside docs, and its page among their pages


def _other_names(name: str) -> str:
    """Under which a formula is looked for as well: in code, by its topic, in the other languages."""
    titles = []
    for code in LANGUAGES:
        with using(code):
            titles.append(of_cards(load(name).title))
    return "|".join((name.replace("_", " "), load(name).topic, *titles))


def _finish(app: Sphinx, error: Exception | None) -> None:
    if error is not None or app.builder.format != "html":
        return
    static = Path(app.outdir) / "_static"
    also = {f"formulas/{name}": _other_names(name) for name in names()}
    (static / "search-index.js").write_text(search.script(_sections(app.env), also), encoding="utf-8")
    with using(app.config.language):
        tryit.install(static / "tryit", whole=not app.config.mathcore_shared)
    pictures.write_assets(static)
    if not app.config.mathcore_shared:
        mathjax(static / "mathjax")
