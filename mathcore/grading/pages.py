"""A student's page: read from its bytes alone, in the letters of the exercise and in its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from mathcore.card import Card, Derivation
from mathcore.document import value as v
from mathcore.document.cards import card_of, placed
from mathcore.document.error import WrongDocument
from mathcore.document.reader import read
from mathcore.formulas import LIBRARY, UnknownFormula, load
from mathcore.grading.feedback import Message
from mathcore.grading.submissions import File
from mathcore.language.parser import Context, FormulaError


@dataclass(frozen=True)
class Chain:
    """A derivation of a page: where its lines stand."""

    derivation: Derivation
    lines: tuple[int, ...]
    file: str


@dataclass(frozen=True)
class Stated:
    """A law or a claim of a page."""

    statement: str
    given: str
    line: int
    file: str


@dataclass(frozen=True)
class Page:
    card: Card
    context: Context
    chains: tuple[Chain, ...]
    laws: tuple[Stated, ...]


def page(file: File, base: Context) -> Page | Message:
    """The page in a file, its letters and definitions on top of those of the exercise; or why it cannot be read."""
    if file.problem is not None:
        return file.problem
    try:
        text = file.data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Message("not_text", {"file": file.name})
    try:
        document = read(text, file.name, lenient=True)
        card = card_of(document, "page", LIBRARY)
        return Page(card, _context(card, base), tuple(_chains(document, card, file)), tuple(_laws(document, file)))
    except WrongDocument as error:
        return Message(
            "unreadable_page", {"file": file.name, "reason": "; ".join(f"line {p.line}: {p.message}" for p in error.problems[:3])}
        )
    except FormulaError as error:
        return Message("unreadable_page", {"file": file.name, "reason": f"`{error.text}`: {error.message}"})
    except (ValueError, UnknownFormula, RecursionError) as error:
        return Message("unreadable_page", {"file": file.name, "reason": str(error) or type(error).__name__})


def _context(card: Card, base: Context) -> Context:
    """What a page defines itself goes before what the exercise brings along; statements are compared with all heads opened."""
    own = {text.partition("=")[0].partition("(")[0].partition("[")[0].strip() for text in card.definitions}
    context = replace(base, definitions={head: d for head, d in base.definitions.items() if head not in own})
    for name in card.uses:
        context = context.extend(d for d in load(name).exported if d.head not in own)
    if card.given:
        context = context.given(card.given)
    for text in card.definitions:
        context = context.define(text)
    return context


def _chains(document: v.Document, card: Card, file: File) -> Iterator[Chain]:
    blocks = (block for block in document.blocks if isinstance(block, v.Chain))
    for block, derivation in zip(blocks, card.derivations, strict=True):
        yield Chain(derivation, block.lines, file.name)


def _laws(document: v.Document, file: File) -> Iterator[Stated]:
    for block, _, given in placed(document):
        if isinstance(block, v.Items) and block.kind in (v.Kind.LAWS, v.Kind.CLAIMS):
            for item in block.items:
                yield Stated(item.statement, "; ".join(filter(None, (given, item.given))), item.line, file.name)
