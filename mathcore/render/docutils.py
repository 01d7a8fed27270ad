"""A document as docutils nodes, for any builder of Sphinx.

A derivation is a node of its own: `chain`, with a `step` for each line, which opens to reason, rule and evidence. What opens
is `details` with its `summary`; what may be wider than the page stands in `wide`, which scrolls by itself. HTML shows these
nodes as they are; `mathcore.sphinxext.plain` writes them in the nodes that every builder knows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain as chain_of
from itertools import count

from docutils import nodes

from mathcore.render import document as d
from mathcore.render.markdown import aligned
from mathcore.translation import N_, _


class chain(nodes.General, nodes.Element):
    """A derivation: `wide` with its first line, then steps."""


class step(nodes.Part, nodes.Element):
    """A line with its `number` from 1: `wide` with the formula, then `details`; no formula where it stands above already."""


class details(nodes.General, nodes.Element):
    """A `summary`, and what is shown when the reader asks."""


class summary(nodes.Part, nodes.TextElement):
    """What is always seen of `details`."""


class wide(nodes.General, nodes.Element):
    """Scrolls by itself where the page is narrow; `label` says what it is."""


WIDEST = 40  # characters of a column, for builders that have no other measure


def _reference(link: d.Link) -> nodes.Node:
    return nodes.reference("", link.text, refuri=link.target, internal=False)


@dataclass(frozen=True)
class Writer:
    """How links and pictures become nodes, whether a name is `free` for an id, and what stands before the ids of headings."""

    link: Callable[[d.Link], nodes.Node] = _reference
    free: Callable[[str], bool] = bool
    picture: Callable[[d.Picture], nodes.Node | None] = lambda picture: nodes.image(uri=picture.target, alt=picture.text)
    prefix: str = ""

    def section(self, document: d.Document) -> nodes.section:
        """The whole document under its title."""
        return self._section(d.Section(document.title, document.blocks), self.prefix)

    def blocks(self, blocks: Iterable[d.Block]) -> list[nodes.Node]:
        return [node for block in blocks for node in self.block(block)]

    def block(self, block: d.Block) -> Iterator[nodes.Node]:
        match block:
            case d.Section():
                yield self._section(block)
            case d.Paragraph():
                yield self._text(nodes.paragraph(), block.parts)
            case d.Display():
                yield wide("", display(block.formulas), label=_("Formula"))
            case d.Chain():
                yield self.chain(block)
            case d.Bullets():
                yield self._bullets(block)
            case d.Quotation():
                yield nodes.block_quote("", *self.blocks(block.blocks))
            case d.Table():
                yield wide("", self._table(block), label="Table")
            case d.Details():
                told = self._text(nodes.paragraph(), block.parts)
                yield details("", self._text(summary(), (block.summary,)), told)
            case d.CodeBlock():
                yield nodes.literal_block(block.text, block.text, language=_language(block.language))

    def _section(self, section: d.Section, name: str = "") -> nodes.section:
        title = self._text(nodes.title(), (section.title,))
        anchor = section.name or d.anchor(section.title)
        wanted = name or (f"{self.prefix}-{anchor}" if self.prefix else anchor) or "part"
        numbered = (f"{wanted}-{number}" for number in count(1))  # as readers of Markdown do where a heading stands twice
        found = next(one for one in chain_of((wanted,), numbered) if self.free(one))
        return nodes.section("", title, *self.blocks(section.blocks), ids=[found], names=[], anchor=anchor)

    def _bullets(self, bullets: d.Bullets) -> nodes.Element:
        items = [nodes.list_item("", self._text(nodes.paragraph(), item)) for item in bullets.items]
        if bullets.ordered:
            return nodes.enumerated_list("", *items, enumtype="arabic", prefix="", suffix=".")
        return nodes.bullet_list("", *items, bullet="*")

    # derivations ------------------------------------------------------------------------------------------------------

    def chain(self, chain_: d.Chain) -> chain:
        """A chain of which one line is told already has no formula of its own: its reason is what is seen."""
        named = chain_.name if chain_.name and self.free(chain_.name) else ""
        node = chain("", ids=[named] if named else [], title=chain_.title)
        if not chain_.told:
            node += wide("", formula(chain_.start), label=_("{title}, where it begins").format(title=chain_.title))
        for number, link in enumerate(chain_.links, 1):
            node += self._step(link, number, f"{named}-{number}" if named else "", chain_)
        return node

    def _step(self, link: d.ChainLink, number: int, name: str, chain_: d.Chain) -> step:
        node = step("", number=number, level=link.level, ids=[name] if name else [])
        fields = [(N_("Rule"), link.rule), (N_("Evidence"), link.evidence)]
        if chain_.told:
            seen = [*self.line(d.filled(_("Why: {reason}"), reason=link.reason)), nodes.Text(" "), *state(link.level)]
        else:
            shown = d.Maths(*(f"{getattr(link.relation, f)} {getattr(link.formula, f)}" for f in ("latex", "unicode", "text")))
            node += wide("", formula(shown), label=_("{title}, line {number}").format(title=chain_.title, number=number))
            seen = [*state(link.level), nodes.inline("", f" {_('why?')}", classes=["mathcore-ask"])]
            fields = [(N_("Reason"), link.reason), *fields]
        node += self.opening(seen, fields, name)
        return node

    def opening(self, seen: list[nodes.Node], fields: Iterable[tuple[str, d.Line]], name: str = "") -> details:
        """What is always seen opens to fields; the last leads to the id `name`, for who wants to quote it."""
        told = nodes.field_list("", *(self._field(word, line) for word, line in fields if line), classes=["mathcore-why"])
        if name:
            told += self._field(N_("Link"), (), nodes.reference("", f"#{name}", refid=name, internal=True))
        return details("", summary("", "", *seen), *([told] if told.children else []))

    def _field(self, word: str, line: d.Line, *more: nodes.Node) -> nodes.field:
        text = self._text(nodes.paragraph(), line)
        text += more
        return nodes.field("", nodes.field_name("", _(word)), nodes.field_body("", text), kind=word)

    # tables -----------------------------------------------------------------------------------------------------------

    def _table(self, table: d.Table) -> nodes.table:
        align = table.align or "l" * len(table.header)
        rows = [self._row(cells, align) for cells in (table.heads, *table.rows)]
        widest = (max(len(entry.astext()) for entry in column) for column in zip(*(row.children for row in rows), strict=True))
        columns = [nodes.colspec(colwidth=min(max(width, 3), WIDEST)) for width in widest]
        group = nodes.tgroup("", *columns, nodes.thead("", rows[0]), nodes.tbody("", *rows[1:]), cols=len(align))
        return nodes.table("", group, classes=["colwidths-auto"])

    def _row(self, cells: Iterable[d.Line], align: str) -> nodes.row:
        sides = {"r": ["text-right"], "c": ["text-center"]}
        row = nodes.row()
        for cell, side in zip(cells, align, strict=True):
            row += nodes.entry("", self._text(nodes.paragraph(), cell), classes=sides.get(side, []))
        return row

    # lines ------------------------------------------------------------------------------------------------------------

    def line(self, parts: d.Line) -> list[nodes.Node]:
        return [node for part in parts if (node := self._inline(part)) is not None]

    def _inline(self, part: d.Inline) -> nodes.Node | None:
        match part:
            case d.Maths():
                return formula(part, inline=True)
            case d.Code():
                return nodes.literal(part.text, part.text)
            case d.Strong():
                return nodes.strong(part.text, part.text)
            case d.Emphasis():
                return nodes.emphasis(part.text, part.text)
            case d.Link():
                return self.link(part)
            case d.Picture():
                return self.picture(part)
        return nodes.Text(part)

    def _text(self, node: nodes.TextElement, parts: d.Line) -> nodes.TextElement:
        node += self.line(parts)
        return node


def state(level: str) -> list[nodes.Node]:
    """A level by its sign and its word."""
    text = f"{d.SIGNS[level]} {_(level)}" if level else ""
    return [nodes.inline(text, text, classes=["mathcore-level", f"mathcore-{level.lower()}"])] if level else []


def formula(maths: d.Maths, inline: bool = False) -> nodes.math:
    """On one line; in display style unless it stands inside a sentence. `unicode` is for builders that typeset nothing."""
    latex = maths.latex if inline else rf"\displaystyle {maths.latex}"
    return nodes.math(latex, latex, unicode=maths.unicode)


def display(formulas: tuple[d.Maths, ...]) -> nodes.math_block:
    latex = [f.latex for f in formulas]
    text = latex[0] if len(latex) == 1 else aligned([f"& {row}" for row in latex])
    unicode = "\n".join(f.unicode for f in formulas)
    return nodes.math_block(text, text, unicode=unicode, **{"no-wrap": False, "nowrap": False, "number": None, "label": None})


def _language(info: str) -> str:
    """The language of a fence, where there are colours for it."""
    from pygments.lexers import find_lexer_class_by_name
    from pygments.util import ClassNotFound

    name = info.partition(" ")[0]
    try:
        find_lexer_class_by_name(name)
    except ClassNotFound:
        return "text"
    return name
