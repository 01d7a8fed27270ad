"""Checked formulas in anybody's documentation: `extensions = ["mathcore.sphinxext"]` in conf.py of a Sphinx project.

Directives `derivation`, `evidence`, `claim`, roles `card` and `step`: docs/sphinx.md shows them. What lies beside the
documentation as accepted evidence is shown; what does not is checked when the documentation is built.
"""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import Any, cast

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.util.matching import patmatch

import mathcore
from mathcore.document.fences import READERS
from mathcore.formulas import names
from mathcore.language.lexer import FormulaLexer
from mathcore.render import docutils as written
from mathcore.render.site import MARK
from mathcore.sphinxext import html, known
from mathcore.sphinxext.directives import Claim, Derivation, Evidence, Page
from mathcore.sphinxext.domain import NAME, CardRole, MathcoreDomain, StepRole, not_shown_here
from mathcore.sphinxext.plain import Plain

STATIC = Path(__file__).parent / "static"


def setup(app: Sphinx) -> dict[str, Any]:
    """Called by Sphinx."""
    app.add_config_value("mathcore_evidence", "", "env", str)  # to which `mathcore docs --to DIR` wrote
    app.add_config_value("mathcore_documents", [], "env", list)  # Markdown pages in our form, by patterns
    app.add_config_value("mathcore_open", False, "html", bool)  # lines that are open from the start
    for kind in ("chain", "step", "details", "summary", "wide"):
        visit, depart = getattr(html, f"visit_{kind}"), getattr(html, f"depart_{kind}")
        app.add_node(getattr(written, kind), html=(visit, depart))
    app.add_domain(MathcoreDomain)
    app.add_role("card", CardRole())
    app.add_role("step", StepRole())
    for name, directive in (("mathcore-page", Page), ("derivation", Derivation), ("evidence", Evidence), ("claim", Claim)):
        app.add_directive(name, directive)
    app.add_post_transform(Plain)
    for fence in READERS:
        app.add_lexer(fence, FormulaLexer)
    app.connect("builder-inited", _ready)
    app.connect("source-read", _page_of_a_formula)
    app.connect("doctree-read", _headings_for_myst)
    app.connect("env-updated", _expected)
    app.connect("missing-reference", not_shown_here, priority=900)  # after the inventories of other projects
    return {"version": mathcore.__version__, "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}


def _ready(app: Sphinx) -> None:
    known.forget(app)
    if app.builder.format == "html":
        app.config.html_static_path.append(str(STATIC))
        app.add_css_file("mathcore.css")
        app.add_js_file("mathcore.js", loading_method="defer")


def _page_of_a_formula(app: Sphinx, docname: str, source: list[str]) -> None:
    """What `mathcore docs` wrote for code hosts is made again from card and evidence, with lines that open."""
    name = PurePosixPath(docname).name
    if name in names() and source[0].startswith(MARK):
        source[0] = f"```{{mathcore-page}} {name}\n```\n"
    elif any(patmatch(docname, pattern) for pattern in app.config.mathcore_documents):
        source[0] = f"```{{derivation}} {name}.md\n```\n"


def _expected(app: Sphinx, env: BuildEnvironment) -> None:
    """Nothing is written where an outcome is not the expected one; every such place is told."""
    domain = cast(MathcoreDomain, env.get_domain(NAME))
    told = [line for document in sorted(domain.failed) for line in domain.failed[document]]
    if told:
        raise ExtensionError("\n".join([f"mathcore: {len(told)} outcome{'s' * (len(told) != 1)} not as expected", *told]))


def _headings_for_myst(app: Sphinx, document: Any) -> None:
    """So that a Markdown link to a heading or a line of a formula's page, `softmax.md#the-jacobian`, finds it."""
    env: BuildEnvironment = app.env
    slugs = env.metadata[env.docname].setdefault("myst_slugs", {})
    for node in document.findall(nodes.Element):
        if isinstance(node, nodes.section) and "anchor" in node:
            slugs.setdefault(node["anchor"], (node.line, node["ids"][0], node[0].astext()))
        elif isinstance(node, written.chain | written.step) and node["ids"]:
            slugs.setdefault(node["ids"][0], (None, node["ids"][0], ""))
