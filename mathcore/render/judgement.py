"""A report on somebody's function, for a terminal and for notebooks: grade, findings, then what was asked."""

from __future__ import annotations

from collections.abc import Sequence

from mathcore.evidence import Check, Report, Standing
from mathcore.render.document import Block, Bullets, Code, Document, Line, Paragraph, Strong, Table, filled, paragraph, prose
from mathcore.translation import N_, _, sentence

KINDS = {
    "accuracy": N_("digits {part} of {whole}"),
    "contract": N_("contract {part} of {whole}"),
    "law": N_("laws {part} of {whole}"),
    "example": N_("examples {part} of {whole}"),
}
SHORT = 160  # letters of an outcome


def judgement(report: Report) -> Document:
    """Findings first, one for each cause; then a row for each check that says something, the others counted."""
    called = filled(_("{function} as {formula}"), function=Code(report.function), formula=Code(report.card))
    blocks: list[Block] = [Paragraph((*called, ": ", Strong(_(str(report.grade))), *_demanded(report)))]
    blocks += [paragraph(sentence(report.note))] if report.note else []
    blocks += [Bullets(tuple(_finding(line) for line in finding.entries)) for finding in report.findings]
    explained = {name for finding in report.findings for name in (finding.check, *finding.also)}
    told = [c for c in report.checks if _told(c) and c.name not in explained]
    rows = tuple((_mark(c), prose(sentence(c.name)), prose(sentence(_short(c)))) for c in told)
    blocks += [Table(("", _("check"), _("outcome")), rows)] if rows else []
    return Document("", (*blocks, paragraph(_counted(report.checks))))


def _demanded(report: Report) -> Line:
    return () if report.passed or report.failures else (_("; asked for: {grade}").format(grade=_(str(report.demanded))),)


def _finding(entry: tuple[str, str]) -> Line:
    word, text = entry
    return (Strong(f"{_(word)}: "), sentence(text)) if word else (sentence(text),)


def _told(check: Check) -> bool:
    return not check.passed or check.standing is not None or check.kind == "accuracy"


def _mark(check: Check) -> Line:
    if check.standing:
        return (_(str(check.standing)),)
    return (_("ok"),) if check.passed else (Strong(_("FAIL")),)


def _short(check: Check) -> str:
    return check.detail if len(check.detail) <= SHORT else check.detail[: SHORT - 4] + " ..."


def _counted(checks: Sequence[Check]) -> str:
    """How many of each kind held, of how many."""
    parts = []
    for kind, template in KINDS.items():
        asked = [c for c in checks if c.kind == kind and c.standing is None]
        if asked:
            parts.append(_(template).format(part=sum(c.passed for c in asked), whole=len(asked)))
    lacking = sum(c.standing is Standing.UNSUPPORTED for c in checks)
    held = _("Held: {counts}.").format(counts=", ".join(parts) or _("nothing was asked"))
    return held + (" " + _("Not supported: {count}.").format(count=lacking) if lacking else "")
