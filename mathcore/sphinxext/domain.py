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
from mathcore.formulas import load, unknown
from mathcore.formulas import names as card_names

LOGGER = logging.getLogger(__name__)
NAME = "mathcore"


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
        shown = self.objects.get((typ, target))
        if shown is None:
            return None
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


def reference(kind: str, target: str, text: str, docname: str) -> pending_xref:
    """To something of mathcore, shown in this project or not."""
    inner = nodes.inline(text, text, classes=["mathcore-ref"])
    return pending_xref(
        text, inner, refdomain=NAME, reftype=kind, reftarget=target, refexplicit=True, refdoc=docname, known=True, refwarn=False
    )


SPOKEN = re.compile(r"(?s)(.+?)\s*<([^<>]+)>")  # text <target>


class _Role(SphinxRole):
    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        found = SPOKEN.fullmatch(self.text)
        words, target = (found[1], found[2].strip()) if found else ("", self.text.strip())
        try:
            kind, name, title = self.meant(target)
        except (KeyError, ValueError) as error:
            LOGGER.warning("%s", str(error).strip("'\""), location=self.get_location(), type=NAME, subtype="ref")
            return [nodes.literal(target, words or target)], []
        return [reference(kind, name, words or title, self.env.docname)], []

    def meant(self, target: str) -> tuple[str, str, str]:
        """Kind, name and title of what the target names."""
        raise NotImplementedError


class CardRole(_Role):
    """``:card:`softmax` `` is a link to the formula, under its title."""

    def meant(self, target: str) -> tuple[str, str, str]:
        return "card", target, load(target).title


class StepRole(_Role):
    """``:step:`softmax#jacobian-3` `` is a link to a line, ``:step:`softmax#jacobian` `` to a derivation."""

    def meant(self, target: str) -> tuple[str, str, str]:
        return step_named(target)


def step_named(target: str) -> tuple[str, str, str]:
    """Of `softmax#jacobian-3`, or `softmax-jacobian-3` as in its address. ValueError says what is not there."""
    name, sign, rest = target.partition("#" if "#" in target else "-")
    if not sign:
        raise ValueError(f"{target!r} names no line: write {target}#KEY-3, KEY that of the derivation")
    if name not in card_names():
        raise unknown(name, card_names())
    card = load(name)
    if found := _derivation(card, rest):
        return "derivation", f"{name}-{rest}", found.title
    key, _, number = rest.rpartition("-")
    found = _derivation(card, key)
    if found is None:
        keys = ", ".join(d.key for d in card.derivations if d.key)
        raise ValueError(f"{name} has no derivation {key or rest!r}; it has {keys or 'none'}")
    if not number.isdecimal() or not 1 <= int(number) <= len(found.steps):
        raise ValueError(f"{name}#{key} has the lines 1 to {len(found.steps)}, and no line {number}")
    return "step", f"{name}-{key}-{number}", f"{found.title}, line {number}"


def _derivation(card: Card, key: str) -> Any:
    return next((d for d in card.derivations if d.key == key), None)


__all__ = ["CardRole", "MathcoreDomain", "StepRole", "not_shown_here", "reference"]
