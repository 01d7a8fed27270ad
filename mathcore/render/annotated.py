"""Somebody's document as a page: every line with what was found of it, every statement that does not hold with the reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from mathcore.card import Card
from mathcore.document import value as v
from mathcore.document.cards import document_of
from mathcore.evidence import Level, Line, Verdict, worst
from mathcore.render import document as d
from mathcore.render.findings import counted
from mathcore.render.page import CardPage, derivation

if TYPE_CHECKING:
    from mathcore.verify.documents import Finding, Findings

LEVELS = {"confirmed": Level.PROVED, "refuted": Level.REFUTED}  # of what a document says; the rest is unknown


def document_page(card: Card, found: Findings) -> d.Document:
    """The card of a document with what `verify_document` found in it."""
    return _DocumentPage(card, found).document()


def one_derivation(card: Card, found: Findings, key: str) -> tuple[Level, tuple[d.Block, ...]]:
    """The derivation of that key alone, with all that it is given; ValueError names those there are."""
    for one, verdict in zip(card.derivations, _DocumentPage(card, found).verdicts, strict=True):
        if one.key == key:
            level = verdict.level if verdict is not None else Level.UNKNOWN
            return level, tuple(derivation(card, one, one.given, verdict))
    keys = ", ".join(one.key for one in card.derivations)
    raise ValueError(f"{card.name} has no derivation {key!r}; it has {keys or 'none'}")


def outcome(found: Findings) -> Level:
    """Proved if everything in the document holds."""
    if any(f.word == "refuted" for f in found.findings):
        return Level.REFUTED
    return Level.PROVED if found.held else Level.UNKNOWN


class _DocumentPage(CardPage):
    def __init__(self, card: Card, found: Findings) -> None:
        super().__init__(card, None, (), True, (), False)
        self.found = found
        judged = {(f.line, f.kind): f for f in found.findings}
        blocks = document_of(card).blocks
        self.verdicts = iter([_verdict(judged.get((b.line, "derivation"))) for b in blocks if isinstance(b, v.Chain)])
        false = (i for b in blocks if isinstance(b, v.Items) and b.kind is v.Kind.FALSE for i in b.items)
        self.refuted = iter([_refuted(judged.get((item.line, "false claim"))) for item in false])
        self.last = {id(one): after.line for one, after in pairwise(blocks)}  # where what follows begins

    def status(self) -> d.Block | None:
        state = outcome(self.found)
        return d.paragraph(d.Strong(f"{d.SIGNS[state]} {state}"), f": {counted(self.found).removeprefix('read: ')}")

    def blocks(self, block: v.Block, given: str) -> Iterable[d.Block]:
        yield from super().blocks(block, given)
        yield from self.notes(block)

    def notes(self, block: v.Block) -> Iterator[d.Block]:
        """What is to be said of a block that does not simply hold."""
        for finding in self.found.findings:
            if block.line <= finding.line < self.last.get(id(block), finding.line + 1) and _told(finding):
                yield _note(finding)


def _verdict(finding: Finding | None) -> Verdict | None:
    if finding is None:
        return None
    steps = tuple(map(_step, finding.lines))
    level = worst([s.level for s in steps]) if finding.held and steps else _level(finding)
    reason = "" if finding.held else _reason(finding)
    return Verdict(finding.text, level, reason=reason, steps=steps)


def _reason(finding: Finding) -> str:
    """By the numbers that the lines have on the page; they say themselves what is wrong with them."""
    wrong = next((f"Line {n} does not follow." for n, line in enumerate(finding.lines, 1) if line.wrong), "")
    unknown = ", ".join(str(n) for n, line in enumerate(finding.lines, 1) if not line.follows)
    return wrong or (f"Not decided: line {unknown}." if unknown else "; ".join(filter(None, (finding.hint, finding.detail))))


def _step(line: Line) -> Verdict:
    """The verdict on a line, with its slip for a reason where it has one."""
    meant = f"meant, perhaps: {line.slip.meant}" if line.slip is not None and line.slip.meant else ""
    lacks = f"it would follow if {line.lacks} were given" if line.lacks else ""
    said = "; ".join(filter(None, (line.slip.said if line.slip is not None else line.verdict.reason, meant, lacks)))
    return replace(line.verdict, reason=said)


def _level(finding: Finding) -> Level:
    return LEVELS.get(str(finding.word), Level.UNKNOWN)


def _refuted(finding: Finding | None) -> Verdict | None:
    if finding is None:
        return None
    point = finding.detail.removeprefix("it is false: ") if finding.held else ""
    return Verdict(finding.text, Level.REFUTED if finding.held else Level.UNKNOWN, counterexample=point)


def _told(finding: Finding) -> bool:
    """Whether the block does not say it already: a derivation and its lines do."""
    return not finding.held and not (finding.kind == "derivation" and finding.lines)


def _note(finding: Finding) -> d.Block:
    """What is said, what became of it, and why."""
    said = "; ".join(filter(None, (finding.hint, finding.detail)))
    sign = d.SIGNS[_level(finding)]
    words: d.Line = (f": {said}",) if said else ()
    return d.Quotation((d.paragraph(d.Strong(f"{sign} {finding.word}"), " ", d.Code(finding.text), *words),))
