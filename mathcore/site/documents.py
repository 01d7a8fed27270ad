"""Pages that `mathcore verify` judges, on the site: what stands in single backticks and in fences of claims is mathematics.

A formula in a fence `false` is said to be false, as its author says, so that nobody takes it for true.
"""

from __future__ import annotations

from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes

from mathcore.document.course import read
from mathcore.document.error import WrongDocument
from mathcore.render import mathematics as m
from mathcore.render.document import Maths, filled
from mathcore.render.docutils import Writer, display, formula, wide
from mathcore.render.page import assumed
from mathcore.render.prose import formula_or_code
from mathcore.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

    from mathcore.language.parser import Context

JUDGED = "tutorials/the-note"  # other tutorials show fences as an author types them


def typeset(app: Sphinx, doctree: nodes.document) -> None:
    """After translation: code spans and fences are the same in every language."""
    page = app.env.docname
    if app.builder.format != "html" or page != JUDGED:
        return
    path = Path(app.srcdir, f"{page}.md")
    source = path.read_text(encoding="utf-8")
    try:
        context = read(path).context
    except WrongDocument:
        return
    for span in list(doctree.findall(nodes.literal)):
        text = span.astext()
        if f"``{text}``" not in source and isinstance(found := formula_or_code(context, text), Maths):
            span.parent.replace(span, formula(found, inline=True))
    for fence in list(doctree.findall(nodes.literal_block)):
        if fence.get("language") in ("claims", "false"):
            shown = list(_claims(context, fence.astext()))
            shown += [nodes.paragraph("", "", nodes.strong("", f"✗ {_('false')}"))] if fence["language"] == "false" else []
            fence.parent.replace(fence, shown)


def _claims(context: Context, text: str) -> Iterator[nodes.Node]:
    """One line a claim, and what it alone is given below it; what follows # is a remark."""
    lines = [row for line in text.splitlines() if (row := line.partition("#")[0].strip())]
    together = list[Maths]()
    for line, below in zip_longest(lines, lines[1:], fillvalue=""):
        if line.startswith("given "):
            said = filled(_("Given {what}."), what=assumed(context, line.removeprefix("given ")))
            yield nodes.paragraph("", "", *Writer().line(said))
            continue
        alone = below.startswith("given ")
        if alone and together:
            yield wide("", display(tuple(together)), label="Claims")
            together = []
        together.append(m.formula(context, line))
        if alone or not below:
            yield wide("", display(tuple(together)), label="Claims")
            together = []
