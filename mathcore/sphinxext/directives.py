"""What an author writes into a page: a whole formula or one derivation, its evidence, a claim of their own."""

from __future__ import annotations

import posixpath
from typing import ClassVar

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from mathcore import formulas
from mathcore.card import Card
from mathcore.render import document as d
from mathcore.render.page import derivation, formula_page
from mathcore.sphinxext import known
from mathcore.sphinxext.domain import NAME
from mathcore.sphinxext.placing import Place, enter

LOGGER = logging.getLogger(__name__)


class Mathcore(SphinxDirective):
    """What all directives share: a target is named, and where it cannot be shown a warning says why."""

    required_arguments: ClassVar[int] = 1
    final_argument_whitespace: ClassVar[bool] = True

    def run(self) -> list[nodes.Node]:
        target = self.arguments[0].strip()
        try:
            return self.shown(target)
        except (KeyError, ValueError) as error:
            LOGGER.warning("%s", str(error).strip("'\""), location=self.get_location(), type=NAME, subtype="shown")
            return [nodes.literal_block(target, target, language="text")]

    def shown(self, target: str) -> list[nodes.Node]:
        raise NotImplementedError

    def depends_on(self, card: str) -> None:
        """The page is made again when the card or its accepted evidence changes."""
        self.env.note_dependency(str(formulas.PAGES / f"{card}.md"))
        place = known.directory(self.env.app)
        if place is not None:
            self.env.note_dependency(str(place / "evidence" / f"{card}.json"))

    def place(self, card: str, *, base: str | None = None, prefix: str = "") -> Place:
        return Place(self.env.app, self.state.document, card, base, prefix)

    @property
    def among_sections(self) -> bool:
        """Whether headings may stand here."""
        parent = getattr(self.state, "parent", None)
        return isinstance(parent, nodes.document | nodes.section)


class Page(Mathcore):
    """The page of a formula in the documentation of mathcore itself, with its guide and the pages beside it."""

    def shown(self, target: str) -> list[nodes.Node]:
        self.depends_on(target)
        app, card = self.env.app, formulas.load(target)
        found = known.evidence_of(app, target)
        every = known.every_value(app, target)
        page = formula_page(card, found, known.users(app, target), exhaustive=every)
        place = self.place(target, base=posixpath.dirname(self.env.docname))
        section = place.writer().section(page)
        enter(place, [section], card.title)
        return [section]


class Derivation(Mathcore):
    """`softmax`: the whole formula; `softmax#jacobian`: one derivation."""

    def shown(self, target: str) -> list[nodes.Node]:
        name, _, key = target.partition("#")
        card = formulas.load(name)
        self.depends_on(name)
        found = known.evidence_of(self.env.app, name)
        if key:
            return self.one(card, key, found.derivations)
        page = formula_page(card, found, guide=False)
        place = self.place(name, prefix=name)
        return self.whole(place, page)

    def one(self, card: Card, key: str, verdicts: tuple[object, ...]) -> list[nodes.Node]:
        raise NotImplementedError

    def whole(self, place: Place, page: d.Document) -> list[nodes.Node]:
        raise NotImplementedError


__all__ = ["Derivation", "Page", "derivation"]
