"""What a document holds, in the author's order: headings, prose and what is checked. Values only.

`line` is where a block begins, counted from 1: for messages, never part of what it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from mathcore.card import Accuracy, Derivation, Exercise
from mathcore.rules.rule import Rule


def place() -> int:
    return field(default=0, compare=False)


@dataclass(frozen=True)
class Heading:
    level: int
    text: str
    line: int = place()


@dataclass(frozen=True)
class Prose:
    """One paragraph, list, quotation, table or picture in Markdown, as it is written."""

    text: str
    line: int = place()


@dataclass(frozen=True)
class Row:
    """`key  value` of a fence `formula`."""

    key: str
    value: str
    line: int = place()


@dataclass(frozen=True)
class Formula:
    """What is declared and defined, and what the formula is in Python."""

    rows: tuple[Row, ...]
    line: int = place()

    def all(self, key: str) -> tuple[str, ...]:
        return tuple(row.value for row in self.rows if row.key == key)

    def one(self, key: str) -> str:
        return "; ".join(self.all(key))


@dataclass(frozen=True)
class Given:
    """Letters and hypotheses of a section: of everything below, to the next heading of its level."""

    text: str
    line: int = place()


@dataclass(frozen=True)
class Chain:
    """A derivation with the lines on which its steps stand."""

    derivation: Derivation
    lines: tuple[int, ...] = field(default=(), compare=False)
    line: int = place()


class Kind(Enum):
    """Of a fence that lists statements."""

    LAWS = "laws"
    EXAMPLES = "examples"
    CLAIMS = "claims"
    FALSE = "false"


@dataclass(frozen=True)
class Item:
    """One statement: a law has a name; a claim about any function names an instance."""

    statement: str
    name: str = ""
    given: str = ""
    instance: str = ""
    words: str = ""
    line: int = place()


@dataclass(frozen=True)
class Items:
    kind: Kind
    items: tuple[Item, ...]
    line: int = place()


@dataclass(frozen=True)
class Mistakes:
    """Plausible wrong versions, by the names of their functions."""

    names: tuple[str, ...]
    line: int = place()


@dataclass(frozen=True)
class Bars:
    accuracy: Accuracy
    line: int = place()


@dataclass(frozen=True)
class Exercises:
    """Numbered questions, each with its answer as a quotation."""

    exercises: tuple[Exercise, ...]
    line: int = place()


@dataclass(frozen=True)
class Code:
    """A fence of another language: shown, not checked."""

    info: str
    text: str
    line: int = place()


Block = Heading | Prose | Formula | Given | Chain | Items | Mistakes | Bars | Exercises | Code


@dataclass(frozen=True)
class Document:
    """A file of the form. `notes` say what was read although it does not stand in a fence."""

    file: str
    title: str
    blocks: tuple[Block, ...]
    notes: tuple[str, ...] = field(default=(), compare=False)


__all__ = [
    "Bars", "Block", "Chain", "Code", "Document", "Exercises", "Formula", "Given", "Heading", "Item", "Items", "Kind", "Mistakes",
    "Prose", "Row", "Rule",
]  # fmt: skip
