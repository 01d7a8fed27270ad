"""What was found in a document: as a report, and as a copy of the document with each finding below what it is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from mathcore.document.reader import ends
from mathcore.evidence import Line as Judgement
from mathcore.render.document import Block, Bullets, Code, Document, Line, Section, Strong, paragraph
from mathcore.translation import _, ngettext, sentence

if TYPE_CHECKING:
    from mathcore.verify.documents import Finding, Findings


def findings_page(found: Sequence[Findings]) -> Document:
    """Every file with what did not hold, and the counts of all that was judged."""
    return Document("", tuple(_file(one) for one in found))


def _file(found: Findings) -> Section:
    blocks: list[Block] = [Bullets(tuple(map(_entry, found.findings)))] if found.findings else []
    blocks += [paragraph(_("note: {text}").format(text=sentence(note))) for note in found.notes]
    return Section(found.file, (*blocks, paragraph(counted(found))))


def counted(found: Findings) -> str:
    """How many of each kind were read, and what became of them."""
    kinds = Counter(f.kind for f in found.findings)
    words = Counter(str(f.word) for f in found.findings)
    read = ", ".join(_many(kind, n) for kind, n in kinds.items()) or _("nothing that claims anything")
    became = ", ".join(f"{n} {_(word)}" for word, n in words.items())
    typeset = f"; {_('{count} with free letters only typeset').format(count=found.typeset)}" if found.typeset else ""
    return _("read: {what}.").format(what=f"{read}{': ' if became else ''}{became}{typeset}")


def _many(kind: str, number: int) -> str:
    counted = {
        "derivation": ngettext("{count} derivation", "{count} derivations", number),
        "law": ngettext("{count} law", "{count} laws", number),
        "example": ngettext("{count} example", "{count} examples", number),
        "claim": ngettext("{count} claim", "{count} claims", number),
        "false claim": ngettext("{count} false claim", "{count} false claims", number),
        "number": ngettext("{count} number", "{count} numbers", number),
        "fence": ngettext("{count} fence", "{count} fences", number),
        "page": ngettext("{count} page", "{count} pages", number),
    }
    return counted[kind].format(count=number)


def _entry(finding: Finding) -> Line:
    parts: Line = (f"{sentence(finding.place)}, {_(finding.kind)}: ", Strong(_(str(finding.word))), ": ", Code(finding.text))
    said = "; ".join(map(sentence, filter(None, (finding.hint, finding.detail))))
    parts = (*parts, f" ({said})") if said else parts
    parts = (*parts, f". {read_as(finding.reading)}") if finding.reading else parts
    if finding.held and not any(line.verdict.reading for line in finding.lines):
        return parts
    return (*parts, *(f". {text}" for text in told_lines(finding)))


def read_as(reading: tuple[str, ...]) -> str:
    """How hypotheses and decimals were read."""
    return _("I read: {reading}").format(reading="; ".join(map(sentence, reading))) if reading else ""


def told_lines(finding: Finding) -> list[str]:
    """What is said of each line of a derivation that does not simply follow."""
    return [_line(place, line) for place, line in zip(finding.places, finding.lines, strict=False) if not _plain(line)]


def _plain(line: Judgement) -> bool:
    return line.follows and not line.verdict.conditions and not line.verdict.reading


def _line(place: int, line: Judgement) -> str:
    v = line.verdict
    if line.follows:
        said = _("line {line} follows")
        why = _(", where {conditions}").format(conditions=", ".join(v.conditions)) if v.conditions else ""
    elif line.wrong:
        said, why = _("line {line} does not follow"), f": {sentence(v.counterexample)}" if v.counterexample else ""
    else:
        said, why = _("line {line} is not decided"), f": {sentence(v.reason)}" if v.reason else ""
    more = (
        read_as(v.reading),
        sentence(line.slip.said) if line.slip is not None else "",
        _("meant, perhaps: {relation}").format(relation=line.slip.meant) if line.slip is not None and line.slip.meant else "",
        _("it would follow if {hypothesis} were given").format(hypothesis=line.lacks) if line.lacks else "",
    )
    return ". ".join((said.format(line=place) + why, *filter(None, more)))


def annotated(text: str, found: Findings) -> str:
    """The document with each finding as a quotation below the block in which it stands."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    below: dict[int, list[str]] = {}
    last_lines = ends(text)
    for finding in found.findings:
        last = next((end for end in last_lines if end >= finding.line), len(lines))
        said = "; ".join(map(sentence, filter(None, (finding.hint, finding.detail))))
        place = _("line {number}").format(number=finding.line)
        read = f". {read_as(finding.reading)}" if finding.reading else ""
        head = f"> **{_(str(finding.word))}** ({place}): `{finding.text}`{f': {said}' if said else ''}{read}"
        below.setdefault(last, []).append("\n".join([head, *(f"> - {told}" for told in told_lines(finding))]))
    result: list[str] = []
    for number, line in enumerate(lines, 1):
        result.append(line)
        for note in below.get(number, []):
            result += ["", note]
        if number in below and number < len(lines) and lines[number].strip():
            result.append("")
    return "\n".join(result)
