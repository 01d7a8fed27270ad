"""What a page says, before anybody writes it: blocks and inline parts, as data. Writers are thin."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from mathcore.translation import _


@dataclass(frozen=True)
class Maths:
    """A formula in the three forms that writers print."""

    latex: str
    unicode: str
    text: str  # the formula language itself, ASCII


@dataclass(frozen=True)
class Code:
    text: str


@dataclass(frozen=True)
class Strong:
    text: str


@dataclass(frozen=True)
class Emphasis:
    text: str


@dataclass(frozen=True)
class Link:
    text: str
    target: str


@dataclass(frozen=True)
class Picture:
    """`text` says what is to be seen, for who does not see it."""

    text: str
    target: str


Inline = str | Maths | Code | Strong | Emphasis | Link | Picture
Line = tuple[Inline, ...]


@dataclass(frozen=True)
class Paragraph:
    parts: Line


@dataclass(frozen=True)
class Display:
    """Formulas set apart, one below the other."""

    formulas: tuple[Maths, ...]


PROVED = "✓"  # after the reason of a step that is proved
SIGNS = {  # of each level, so that no colour is needed to tell them apart
    "proved": PROVED,
    "conditional": "◐",
    "decided": "◇",
    "enclosed": "○",
    "unknown": "?",
    "refuted": "✗",
    "CONFLICT": "!",
}


@dataclass(frozen=True)
class ChainLink:
    """One step of a derivation: what follows, by what relation, and why; `rule` and `evidence` in the words of a reader."""

    relation: Maths
    formula: Maths
    reason: Line
    level: str = ""
    rule: Line = ()
    evidence: Line = ()

    @property
    def why(self) -> Line:
        """The reason with its rule."""
        return (*self.reason, " (", *self.rule, ")") if self.rule else self.reason


@dataclass(frozen=True)
class Chain:
    """The lines of a derivation. `name`: the line 3 of softmax-jacobian is softmax-jacobian-3.

    `told`: its one line only says again what stands above it, so a reader needs the reason alone.
    """

    start: Maths
    links: tuple[ChainLink, ...]
    title: str = ""
    name: str = ""
    told: bool = False

    @property
    def only_reason(self) -> Paragraph:
        """Of a chain that is told already."""
        last = self.links[-1]
        level: Line = (f" {PROVED}",) if last.level == "proved" else (", ", Strong(_(last.level)), ".") if last.level else (".",)
        return Paragraph((*filled(_("Why: {reason}"), reason=last.why), *level))


@dataclass(frozen=True)
class Bullets:
    items: tuple[Line, ...]
    ordered: bool = False


@dataclass(frozen=True)
class Quotation:
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Table:
    """`align`: one of l, r, c per column."""

    header: tuple[str | Line, ...]
    rows: tuple[tuple[Line, ...], ...]
    align: str = ""

    @property
    def heads(self) -> tuple[Line, ...]:
        return tuple((title,) if isinstance(title, str) else title for title in self.header)


@dataclass(frozen=True)
class Details:
    """Shown when the reader asks: the answer of an exercise."""

    summary: str
    parts: Line


@dataclass(frozen=True)
class CodeBlock:
    text: str
    language: str = ""


@dataclass(frozen=True)
class Section:
    """`name`: under what it can be linked in every language, where that is not the anchor of its title."""

    title: str
    blocks: tuple[Block, ...]
    name: str = ""


Block = Paragraph | Display | Chain | Bullets | Quotation | Table | Details | CodeBlock | Section


@dataclass(frozen=True)
class Document:
    title: str
    blocks: tuple[Block, ...]


def paragraph(*parts: Inline) -> Paragraph:
    return Paragraph(parts)


def anchor(title: str) -> str:
    """The name under which a heading can be linked: as the common Markdown readers make it."""
    kept = "".join(c for c in title.lower() if c in " -_" or unicodedata.category(c)[0] in "LN")
    return kept.strip().replace(" ", "-")


def filled(template: str, **places: Inline | Line) -> Line:
    """The template as a line: at each {place} stands what is given for it, so that a language may order them as it needs."""
    parts: list[Inline] = []
    for number, piece in enumerate(re.split(r"\{(\w+)\}", template)):
        put = places[piece] if number % 2 else piece
        parts += put if isinstance(put, tuple) else [put]
    return tuple(p for p in parts if p != "")


def prose(text: str) -> Line:
    """Plain words in which `code` may stand."""
    pieces = re.split(r"`([^`]+)`", text)
    return tuple(Code(p) if place % 2 else p for place, p in enumerate(pieces) if p)
