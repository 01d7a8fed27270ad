"""Where the cards, derivations and lines of a project stand: what roles, links between pages and other projects refer to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.domains import Domain, ObjType
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole
from sphinx.util.nodes import make_refnode

from mathcore.card import Card
from mathcore.formulas import load
from mathcore.formulas import names as card_names

LOGGER = logging.getLogger(__name__)
NAME = "mathcore"


KINDS = {"step": ("step", "derivation", "claim")}  # what a role may lead to


@dataclass(frozen=True)
class Shown:
    """In which document, at which id, under which title; `own_page`: on the page of the whole formula."""

    document: str
    identifier: str
    title: str
    own_page: bool = False


class MathcoreDomain(Domain):
    """Objects by kind and name: card `softmax`, derivation `softmax-jacobian`, line `softmax-jacobian-3`, and by the anchor
    of its heading a section `softmax#the-jacobian`."""

    name = NAME
    label = "mathcore"
    object_types: ClassVar[dict[str, ObjType]] = {
        "card": ObjType("formula", "card"),
        "derivation": ObjType("derivation", "derivation", "step"),
        "step": ObjType("line of a derivation", "step"),
        "section": ObjType("part of a page", "section"),
        "claim": ObjType("claim", "claim", "step"),
    }
    initial_data: ClassVar[dict[str, Any]] = {"objects": {}, "failed": {}}
    data_version = 1
    dangling_warnings: ClassVar[dict[str, str]] = {
        "card": "no formula %(target)r: mathcore has none of this name, and this project shows none",
        "step": "no derivation, line or claim %(target)r is shown in this project",
    }

    @property
    def objects(self) -> dict[tuple[str, str], Shown]:
        found: dict[tuple[str, str], Shown] = self.data["objects"]
        return found

    @property
    def failed(self) -> dict[str, list[str]]:
        """What was required and does not hold, by document."""
        found: dict[str, list[str]] = self.data["failed"]
        return found

    def note(self, kind: str, name: str, shown: Shown) -> None:
        """Of what is shown twice the page of the formula counts, else the first place."""
        before = self.objects.get((kind, name))
        if before is None or (shown.own_page and not before.own_page):
            self.objects[kind, name] = shown

    def clear_doc(self, docname: str) -> None:
        for key in [key for key, shown in self.objects.items() if shown.document == docname]:
            del self.objects[key]
        self.failed.pop(docname, None)

    def merge_domaindata(self, docnames: Iterable[str], otherdata: dict[str, Any]) -> None:
        for (kind, name), shown in otherdata["objects"].items():
            if shown.document in docnames:
                self.note(kind, name, shown)
        self.failed.update({doc: told for doc, told in otherdata["failed"].items() if doc in docnames})

    def resolve_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> nodes.reference | None:
        shown = next((self.objects[kind, target] for kind in KINDS.get(typ, (typ,)) if (kind, target) in self.objects), None)
        if shown is None:
            return None
        if not node["refexplicit"]:
            contnode = nodes.inline(shown.title, shown.title, classes=contnode["classes"])
        return make_refnode(builder, fromdocname, shown.document, shown.identifier, contnode, shown.title)

    def resolve_any_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> list[tuple[str, nodes.reference]]:
        return []

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        for (kind, name), shown in self.objects.items():
            yield name, shown.title, kind, shown.document, shown.identifier, 1 if kind == "card" else -1


def not_shown_here(app: Sphinx, env: BuildEnvironment, node: pending_xref, contnode: nodes.Element) -> nodes.Element | None:
    """A formula of mathcore that this project does not show is named, without a link."""
    return contnode if node.get("refdomain") == NAME and node.get("known") else None


def reference(kind: str, target: str, text: str, docname: str, *, known: bool = True, explicit: bool = True) -> pending_xref:
    """To something of mathcore, shown in this project or not; what is not `known` to exist is missed aloud."""
    inner = nodes.inline(text, text, classes=["mathcore-ref"])
    options = {"refdomain": NAME, "reftype": kind, "reftarget": target, "refdoc": docname}
    return pending_xref(text, inner, refexplicit=explicit, refwarn=not known, known=known, **options)


SPOKEN = re.compile(r"(?s)(.+?)\s*<([^<>]+)>")  # text <target>


class _Role(SphinxRole):
    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        found = SPOKEN.fullmatch(self.text)
        words, target = (found[1], found[2].strip()) if found else ("", self.text.strip())
        try:
            node = self.to(target, words)
        except ValueError as error:
            LOGGER.warning("%s", error, location=self.get_location(), type=NAME, subtype="ref")
            return [nodes.literal(target, words or target)], []
        node.source, node.line = self.get_source_info()
        return [node], []

    def to(self, target: str, words: str) -> pending_xref:
        raise NotImplementedError


class CardRole(_Role):
    """``:card:`softmax` `` is a link to the formula, under its title; also to a document of one's own, by its name."""

    def to(self, target: str, words: str) -> pending_xref:
        known = target in card_names()
        text = words or (load(target).title if known else target)
        return reference("card", target, text, self.env.docname, known=known, explicit=bool(words) or known)


class StepRole(_Role):
    """``:step:`softmax#jacobian-3` `` is a link to a line, ``:step:`softmax#jacobian` `` to a derivation."""

    def to(self, target: str, words: str) -> pending_xref:
        name, sign, rest = target.partition("#" if "#" in target else "-")
        if name not in card_names() or not sign:
            place = target.replace("#", "-", 1)
            return reference("step", place, words or target, self.env.docname, known=False, explicit=bool(words))
        title = _title(load(name), rest)
        return reference("step", f"{name}-{rest}", words or title, self.env.docname)


def _title(card: Card, rest: str) -> str:
    """Of a derivation by its key, or of a line by key and number. ValueError says what there is."""
    titles = {d.key: d for d in card.derivations if d.key}
    if rest in titles:
        return titles[rest].title
    key, _, number = rest.rpartition("-")
    if key not in titles:
        raise ValueError(f"{card.name} has no derivation {key or rest!r}; it has {', '.join(titles) or 'none'}")
    lines = len(titles[key].steps)
    if not number.isdecimal() or not 1 <= int(number) <= lines:
        raise ValueError(f"{card.name}#{key} has the lines 1 to {lines}, and no line {number}")
    return f"{titles[key].title}, line {number}"
