"""Pages that `mathcore verify` judges, on the site: what stands in single backticks and in fences of claims is mathematics."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes

from mathcore.document.course import read
from mathcore.document.error import WrongDocument
from mathcore.render import mathematics as m
from mathcore.render.document import Maths
from mathcore.render.docutils import display, formula, wide
from mathcore.render.prose import formula_or_code

if TYPE_CHECKING:
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
            fence.parent.replace(fence, _claims(context, fence.astext()))


def _claims(context: Context, text: str) -> wide:
    """One line a claim; what follows # is a remark."""
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    return wide("", display(tuple(m.formula(context, line) for line in lines if line)), label="Claims")
