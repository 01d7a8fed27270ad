"""The words of a card, each a message: `mapped` puts other words in their places, `translated` those of the language in use."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from mathcore import card as c
from mathcore.document import value as v
from mathcore.document.cards import REFERENCES
from mathcore.translation import ENGLISH, language, words

Say = Callable[[str], str]


def translated(card: c.Card) -> c.Card:
    """The card in the language in use: the same statements, other words. Names of laws stay, evidence is found by them."""
    return card if language() == ENGLISH else mapped(card, words)


def is_translated(card: c.Card) -> bool:
    return language() == ENGLISH or words(card.summary) != " ".join(card.summary.split())


def mapped(card: c.Card, say: Say) -> c.Card:
    """The card with every message replaced by what `say` makes of it."""

    def said(text: str) -> str:
        return say(" ".join(text.split())) if worded(text) else text

    return replace(
        card,
        title=said(card.title),
        summary=said(card.summary),
        about=said(card.about),
        units=said(card.units),
        prerequisites=tuple(p if p in (card.library or ()) else said(p) for p in card.prerequisites),
        derivations=tuple(_derivation(d, said) for d in card.derivations),
        invariants=tuple(replace(x, why=said(x.why)) for x in card.invariants),
        accuracy=_accuracy(card.accuracy, said),
        examples=tuple(replace(e, source=said(e.source)) for e in card.examples),
        false_claims=tuple(replace(f, why=said(f.why)) for f in card.false_claims),
        exercises=tuple(c.Exercise(said(e.question), said(e.answer)) for e in card.exercises),
        page=tuple(_blocks(card.page, said)),
    )


def messages(card: c.Card) -> tuple[str, ...]:
    """Every message of a card in the order of its page, then the names of its laws and mistakes with what these do."""
    found: dict[str, None] = {}

    def note(text: str) -> str:
        found.setdefault(text)
        return text

    tuple(_blocks(card.page, lambda text: note(" ".join(text.split())) if worded(text) else text))
    mapped(card, note)
    for law in card.invariants:
        note(law.name)
    return tuple(found)


def _derivation(d: c.Derivation, said: Say) -> c.Derivation:
    return replace(d, title=said(d.title), steps=tuple(replace(s, why=said(s.why)) for s in d.steps))


def _accuracy(accuracy: c.Accuracy, said: Say) -> c.Accuracy:
    return replace(accuracy, domain=said(accuracy.domain))


def _blocks(blocks: tuple[v.Block, ...], said: Say) -> Iterator[v.Block]:
    heading = ""
    for block in blocks:
        match block:
            case v.Heading():
                heading = block.text
                yield replace(block, text=said(block.text))
            case v.Prose() if heading != REFERENCES:
                yield replace(block, text=prose(block.text, said))
            case v.Chain():
                yield replace(block, derivation=_derivation(block.derivation, said))
            case v.Items():
                yield replace(block, items=tuple(replace(item, words=said(item.words)) for item in block.items))
            case v.Bars():
                yield replace(block, accuracy=_accuracy(block.accuracy, said))
            case v.Exercises():
                yield replace(block, exercises=tuple(c.Exercise(said(e.question), said(e.answer)) for e in block.exercises))
            case _:
                yield block


# Markdown -------------------------------------------------------------------------------------------------------------

ITEM = re.compile(r"^( *(?:[*+-]|\d+[.)]) +)")
SILENT = re.compile(r"`+[^`]*`+|\$[^$]*\$|https?:\S+|\([^)\s]*\.(?:md|svg|png)[^)\s]*\)|\(figure:\w+\)")


def worded(text: str) -> bool:
    """Whether there is a word beside code, formulas and addresses."""
    return bool(re.search(r"[^\W\d_]{2,}", SILENT.sub(" ", text)))


def prose(text: str, said: Say) -> str:
    """A paragraph is one message, as an item of a list or a cell of a table is; the marks of Markdown stay."""
    if text.lstrip().startswith("|"):
        return "\n".join(_row(line, said) for line in text.split("\n"))
    if text.lstrip().startswith(">"):
        inner = re.sub(r"^ {0,3}> ?", "", text, flags=re.M)
        return "\n".join(f"> {line}".rstrip() for line in "\n\n".join(prose(p, said) for p in inner.split("\n\n")).split("\n"))
    if ITEM.match(text):
        return "\n".join(f"{mark}{said(item)}" for mark, item in _items(text))
    if re.match(r" {4}|\[[^\]]+\]:|<", text):
        return text
    return said(text)


def _row(line: str, said: Say) -> str:
    cells = re.split(r"(?<!\\)\|", line.strip())
    return "|".join(
        f" {said(cell.strip())} " if cell.strip() and not re.fullmatch(r" *:?-+:? *", cell) else cell for cell in cells
    )


def _items(text: str) -> Iterator[tuple[str, str]]:
    mark, item = "", list[str]()
    for line in text.split("\n"):
        if found := ITEM.match(line):
            if mark:
                yield mark, " ".join(item)
            mark, item = found[1], [line[found.end() :].strip()]
        else:
            item.append(line.strip())
    yield mark, " ".join(item)


__all__ = ["is_translated", "mapped", "messages", "translated", "worded"]
