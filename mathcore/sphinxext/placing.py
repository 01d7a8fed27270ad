"""Documents of mathcore inside a page of Sphinx: ids that are free, links that lead where something is shown, pictures."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx

from mathcore.formulas import names
from mathcore.render import document as d
from mathcore.render.docutils import Writer, chain, step
from mathcore.sphinxext.domain import NAME, MathcoreDomain, Shown, reference


@dataclass(frozen=True)
class Place:
    """Where a document of mathcore is shown: what it is called, and from where its own links and pictures lead.

    `base` is that directory inside the sources, None where the page that the document comes from is not in this project.
    `prefix` is put before the ids of its headings, so that they do not meet the author's own.
    """

    app: Sphinx
    document: nodes.document
    card: str
    base: str | None = None
    prefix: str = ""
    taken: set[str] = field(default_factory=set)

    def writer(self) -> Writer:
        return Writer(self.link, self.free, self.picture, self.prefix)

    def free(self, wanted: str) -> bool:
        """Whether no other node of the page has that id; it is taken then."""
        if wanted in self.document.ids or wanted in self.taken:
            return False
        self.taken.add(wanted)
        return True

    def link(self, link: d.Link) -> nodes.Node:
        target, _, anchor = link.target.partition("#")
        if re.match(r"[a-z][a-z+.-]*:", target):
            return nodes.reference("", link.text, refuri=link.target, internal=False)
        name = target.removesuffix(".md")
        document = posixpath.normpath(posixpath.join(self.base, name)) if self.base is not None and name else ""
        if document in self.app.env.found_docs:
            return to_document(self.app, document, anchor, link.text)
        if name and name not in names():
            return nodes.Text(link.text)
        card = name or self.card
        kind, wanted = ("section", f"{card}#{anchor}") if anchor else ("card", card)
        return reference(kind, wanted, link.text, self.app.env.docname)

    def picture(self, picture: d.Picture) -> nodes.Node | None:
        """None where the picture is not in this project: its text is a description of what is not there."""
        if re.match(r"[a-z][a-z+.-]*:", picture.target):
            return nodes.image(uri=picture.target, alt=picture.text)
        if self.base is None:
            return None
        path = posixpath.normpath(posixpath.join("/", self.base, picture.target))
        found = Path(self.app.srcdir, path.lstrip("/")).is_file()
        return nodes.image(uri=path, alt=picture.text) if found else None


def to_document(app: Sphinx, document: str, anchor: str, text: str) -> nodes.Node:
    inner = nodes.inline(text, text)
    if "myst_parser" in app.extensions:  # it knows the headings of its pages
        target = {"refdomain": "doc", "reftype": "myst", "reftargetid": anchor or None}
    else:
        target = {"refdomain": "std", "reftype": "doc"}
        document = f"/{document}"
    return pending_xref(text, inner, reftarget=document, refexplicit=True, refdoc=app.env.docname, refwarn=True, **target)


def enter(place: Place, shown: Iterable[nodes.Node], whole: str = "") -> None:
    """Note the ids, and what stands there: `whole` is the title of a card that is shown as a whole."""
    env = place.app.env
    domain = cast(MathcoreDomain, env.get_domain(NAME))

    def note(kind: str, name: str, node: nodes.Element, title: str) -> None:
        domain.note(kind, name, Shown(env.docname, node["ids"][0], title, bool(whole)))

    for node in (n for top in shown for n in top.findall(nodes.Element) if n["ids"]):
        place.document.note_implicit_target(node)
        match node:
            case nodes.section():
                title = node[0].astext()
                note("section", f"{place.card}#{node['anchor']}", node, title)
                if whole and title == whole:
                    note("card", place.card, node, title)
            case chain():
                note("derivation", node["ids"][0], node, node["title"])
                note("section", f"{place.card}#{d.anchor(node['title'])}", node, node["title"])
            case step():
                note("step", node["ids"][0], node, f"{node.parent['title']}, line {node['number']}")
