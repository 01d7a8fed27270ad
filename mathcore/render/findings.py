"""What was found in a document: as a report, and as a copy of the document with each finding below what it is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from mathcore.document.reader import ends
from mathcore.evidence import Line as Judgement
from mathcore.render.document import Block, Bullets, Code, Document, Line, Section, Strong, paragraph

if TYPE_CHECKING:
    from mathcore.verify.documents import Finding, Findings


def findings_page(found: Sequence[Findings]) -> Document:
    """Every file with what did not hold, and the counts of all that was judged."""
    return Document("", tuple(_file(one) for one in found))


def _file(found: Findings) -> Section:
    blocks: list[Block] = [Bullets(tuple(map(_entry, found.findings)))] if found.findings else []
    blocks += [paragraph(f"note: {note}") for note in found.notes]
    return Section(found.file, (*blocks, paragraph(counted(found))))


def counted(found: Findings) -> str:
    """How many of each kind were read, and what became of them."""
    kinds = Counter(f.kind for f in found.findings)
    words = Counter(str(f.word) for f in found.findings)
    read = ", ".join(f"{n} {_many(kind, n)}" for kind, n in kinds.items()) or "nothing that claims anything"
    became = ", ".join(f"{n} {word}" for word, n in words.items())
    typeset = f"; {found.typeset} with free letters only typeset" if found.typeset else ""
    return f"read: {read}{': ' if became else ''}{became}{typeset}."


def _many(kind: str, number: int) -> str:
    return kind if number == 1 else f"{kind}s"


def _entry(finding: Finding) -> Line:
    parts: Line = (f"{finding.place}, {finding.kind}: ", Strong(str(finding.word)), ": ", Code(finding.text))
    said = "; ".join(filter(None, (finding.hint, finding.detail)))
    parts = (*parts, f" ({said})") if said else parts
    if finding.held and not any(line.verdict.reading for line in finding.lines):
        return parts
    return (*parts, *(f". {text}" for text in told_lines(finding)))


def told_lines(finding: Finding) -> list[str]:
    """What is said of each line of a derivation that does not simply follow."""
    return [_line(place, line) for place, line in zip(finding.places, finding.lines, strict=False) if not _plain(line)]


def _plain(line: Judgement) -> bool:
    return line.follows and not line.verdict.conditions and not line.verdict.reading


def _line(place: int, line: Judgement) -> str:
    v = line.verdict
    if line.follows:
        said = "follows" + (f", where {', '.join(v.conditions)}" if v.conditions else "")
    elif line.wrong:
        said = "does not follow" + (f": {v.counterexample}" if v.counterexample else "")
    else:
        said = "is not decided" + (f": {v.reason}" if v.reason else "")
    more = (
        f"I read: {'; '.join(v.reading)}" if v.reading else "",
        line.slip.said if line.slip is not None else "",
        f"meant, perhaps: {line.slip.meant}" if line.slip is not None and line.slip.meant else "",
        f"it would follow if {line.lacks} were given" if line.lacks else "",
    )
    return ". ".join((f"line {place} {said}", *filter(None, more)))


def annotated(text: str, found: Findings) -> str:
    """The document with each finding as a quotation below the block in which it stands."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    below: dict[int, list[str]] = {}
    last_lines = ends(text)
    for finding in found.findings:
        last = next((end for end in last_lines if end >= finding.line), len(lines))
        said = "; ".join(filter(None, (finding.hint, finding.detail)))
        head = f"> **{finding.word}** (line {finding.line}): `{finding.text}`{f': {said}' if said else ''}"
        below.setdefault(last, []).append("\n".join([head, *(f"> - {told}" for told in told_lines(finding))]))
    result: list[str] = []
    for number, line in enumerate(lines, 1):
        result.append(line)
        for note in below.get(number, []):
            result += ["", note]
        if number in below and number < len(lines) and lines[number].strip():
            result.append("")
    return "\n".join(result)
