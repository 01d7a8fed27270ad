"""What an author writes into a page: a formula, a derivation or a document of their own, its evidence, a claim."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from itertools import chain, count
from pathlib import Path
from typing import Any, ClassVar, cast

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from mathcore import formulas
from mathcore.document.course import read
from mathcore.document.words import translated
from mathcore.evidence import Evidence as Found
from mathcore.evidence import Level
from mathcore.language.parser import Context
from mathcore.proof.prover.declared import from_text
from mathcore.proving import TIMEOUT
from mathcore.render import document as d
from mathcore.render import mathematics as m
from mathcore.render import summary as s
from mathcore.render.annotated import document_page, one_derivation, outcome
from mathcore.render.docutils import display, state, wide
from mathcore.render.errors import FOLDER
from mathcore.render.page import derivation, evidence_blocks, formula_page, in_words
from mathcore.sphinxext import known
from mathcore.sphinxext.domain import NAME, MathcoreDomain, Shown
from mathcore.sphinxext.placing import Place, enter
from mathcore.verify import asked

LOGGER = logging.getLogger(__name__)


def _level(text: str) -> Level:
    return Level(directives.choice(text, [str(level) for level in Level]))


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 < seconds <= 600:
        raise ValueError(f"{text} is no number of seconds between 0 and 600")
    return seconds


class Mathcore(SphinxDirective):
    """A target is named. Where it cannot be shown a warning says why; where `expect` says otherwise the build fails."""

    required_arguments: ClassVar[int] = 1
    final_argument_whitespace: ClassVar[bool] = True
    option_spec: ClassVar[dict[str, Any]] = {"expect": _level}

    def run(self) -> list[nodes.Node]:
        target = " ".join(self.arguments[0].split())
        try:
            return self.shown(target)
        except (KeyError, ValueError, OSError) as error:
            LOGGER.warning("%s: %s", target, str(error).strip("'\""), location=self.get_location(), type=NAME, subtype="shown")
            if "expect" in self.options:
                self.require(target, Level.UNKNOWN, "it cannot be read")
            return [nodes.literal_block(target, target, language="text")]

    def shown(self, target: str) -> list[nodes.Node]:
        raise NotImplementedError

    def require(self, target: str, found: Level, reason: str = "") -> None:
        """Note where the outcome is not the one that the author expects: the build fails in the end, with all of them."""
        expected = self.options.get("expect", found)
        if found is not expected:
            said = f"{self.get_location()}: {target}: {found}, and {expected} was expected{f': {reason}' if reason else ''}"
            self.domain_of_mathcore.failed.setdefault(self.env.docname, []).append(said)

    @property
    def domain_of_mathcore(self) -> MathcoreDomain:
        return cast(MathcoreDomain, self.env.get_domain(NAME))

    def depends_on(self, card: str) -> None:
        """The page is made again when the card or its accepted evidence changes."""
        self.env.note_dependency(str(formulas.PAGES / f"{card}.md"))
        place = known.directory(self.env.app)
        if place is not None:
            self.env.note_dependency(str(place / "evidence" / f"{card}.json"))
            measured = place / FOLDER / f"{card}.json"
            if measured.exists():  # a file that is not there would be new at every build
                self.env.note_dependency(str(measured))

    def place(self, card: str, base: str | None = None, prefix: str = "") -> Place:
        return Place(self.env.app, self.state.document, card, base, prefix)

    def as_page(self, place: Place, page: d.Document) -> list[nodes.Node]:
        """Under headings where these may stand, else under lines in bold."""
        section = place.writer().section(page)
        among_headings = isinstance(self.state_machine.node, nodes.document | nodes.section)
        found = [section] if among_headings else list(_without_headings(section))
        enter(place, found, page.title)
        return found


def _without_headings(section: nodes.section) -> list[nodes.Node]:
    title, *rest = section.children
    marked = nodes.paragraph("", "", nodes.strong("", "", *title.children), ids=section["ids"])
    inside = [_without_headings(node) if isinstance(node, nodes.section) else [node] for node in rest]
    return [marked, *(node for nodes_ in inside for node in nodes_)]


class Page(Mathcore):
    """The page of a formula in the documentation of mathcore itself, with its guide and the pages beside it."""

    def shown(self, target: str) -> list[nodes.Node]:
        self.depends_on(target)
        app = self.env.app
        found, every = known.evidence_of(app, target), known.every_value(app, target)
        errors = known.errors(app, target)
        page = formula_page(formulas.load(target), found, known.users(app, target), exhaustive=every, errors=errors)
        return self.as_page(self.place(target, base=posixpath.dirname(self.env.docname)), page)


class Derivation(Mathcore):
    """`softmax`: the whole formula; `softmax#jacobian`: one derivation; `lecture.md`: a document, judged now."""

    def shown(self, target: str) -> list[nodes.Node]:
        name, _, key = target.partition("#")
        return self.document(name, key) if name.endswith(".md") else self.card(name, key)

    def card(self, name: str, key: str) -> list[nodes.Node]:
        card = formulas.load(name)
        self.depends_on(name)
        found = known.evidence_of(self.env.app, name)
        if not key:
            self.require(name, _status(found))
            return self.as_page(self.place(name, prefix=name), formula_page(card, found, guide=False))
        card = translated(card)
        try:
            one = card.derivation(key)
        except KeyError as error:
            raise ValueError(error.args[0]) from None
        verdict = dict(zip(card.derivations, found.derivations, strict=False)).get(one)  # none where the card was not read
        self.require(f"{name}#{key}", verdict.level if verdict is not None else Level.UNKNOWN)
        return self.alone(self.place(name), tuple(derivation(card, one, one.given, verdict)))

    def document(self, name: str, key: str) -> list[nodes.Node]:
        relative, absolute = self.env.relfn2path(name)
        path = Path(absolute)
        if not path.is_file():
            raise ValueError(f"no such file: {relative}")
        card = read(path)
        for used in (path, *known.files(card)):
            self.env.note_dependency(str(used))
        found = asked.document(path)
        own = posixpath.splitext(relative)[0] == self.env.docname  # the very page, in our form
        place = self.place(card.name, posixpath.dirname(relative), "" if own else card.name)
        if key:
            level, blocks = one_derivation(card, found, key)
            self.require(f"{name}#{key}", level)
            return self.alone(place, blocks)
        self.require(name, outcome(found), "; ".join(f"line {f.line}: {f.word}" for f in found.findings if not f.held))
        return self.as_page(place, document_page(card, found))

    def alone(self, place: Place, blocks: Sequence[d.Block]) -> list[nodes.Node]:
        shown = place.writer().blocks(blocks)
        enter(place, shown)
        return shown


class Evidence(Mathcore):
    """What was found of a formula: counts, every claim with its outcome, what floats do."""

    def shown(self, target: str) -> list[nodes.Node]:
        card = translated(formulas.load(target))
        self.depends_on(target)
        found = known.evidence_of(self.env.app, target)
        self.require(target, _status(found))
        place = self.place(target, prefix=f"{target}-evidence")
        blocks = evidence_blocks(card, found, known.every_value(self.env.app, target))
        section = nodes.section("", *place.writer().blocks(b for b in blocks if not isinstance(b, d.Section)))
        return section.children


class Claim(Mathcore):
    """Somebody's own claim, decided for every n when the page is made; what stands below it are the author's words."""

    has_content: ClassVar[bool] = True
    option_spec: ClassVar[dict[str, Any]] = {
        "given": directives.unchanged,
        "timeout": _seconds,
        "name": directives.unchanged,
        **Mathcore.option_spec,
    }

    def shown(self, target: str) -> list[nodes.Node]:
        given = " ".join(self.options.get("given", "").split())
        context = from_text(target, given, formulas.LIBRARY).context
        verdict = asked.claim(target, given, self.options.get("timeout", TIMEOUT))
        self.require(target, verdict.level, verdict.counterexample or verdict.reason)
        wanted = nodes.make_id(self.options.get("name", f"claim {target}"))
        numbered = (f"{wanted}-{number}" for number in count(2))
        name = next(one for one in chain((wanted,), numbered) if one not in self.state.document.ids)
        writer = self.place("").writer()
        fields = [("How", (verdict.method,) if verdict.held else ()), ("Evidence", in_words(context, verdict))]
        seen = [*state(str(verdict.level)), nodes.inline("", " how?", classes=["mathcore-ask"])]
        box = nodes.container("", ids=[name], classes=["mathcore-claim"])
        box += wide("", display((m.formula(context, target),)), label="Claim")
        box += writer.blocks([_given(context)] if context.symbols or context.hypotheses else [])
        box += self.parse_content_to_nodes()
        box += writer.opening(seen, fields, name)
        self.state.document.note_implicit_target(box)
        self.domain_of_mathcore.note("claim", name, Shown(self.env.docname, name, target))
        return [box]


def _given(context: Context) -> d.Paragraph:
    """What is declared, in one sentence."""
    parts: list[d.Inline] = []
    for line in m.declarations(context):
        parts += [*(["; "] if parts else ["Given "]), *(p.replace(": ", ", ", 1) if isinstance(p, str) else p for p in line)]
    return d.Paragraph((*parts, "."))


def _status(found: Found) -> Level:
    status = s.status(found)
    return Level(status) if status in set(Level) else Level.UNKNOWN
