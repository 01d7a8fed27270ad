"""A report on somebody's function, for a terminal and for notebooks: grade, findings, then what was asked."""

from __future__ import annotations

from collections.abc import Sequence

from mathcore.evidence import Check, Report, Standing
from mathcore.render.document import Block, Bullets, Code, Document, Line, Strong, Table, paragraph, prose

KINDS = {"accuracy": "digits", "contract": "contract", "law": "laws", "example": "examples"}
SHORT = 160  # letters of an outcome


def judgement(report: Report) -> Document:
    """Findings first, one for each cause; then a row for each check that says something, the others counted."""
    head = paragraph(Code(report.function), " as ", Code(report.card), ": ", Strong(str(report.grade)), *_demanded(report))
    blocks: list[Block] = [head]
    blocks += [paragraph(report.note)] if report.note else []
    blocks += [Bullets(tuple(_finding(line) for line in finding.entries)) for finding in report.findings]
    explained = {name for finding in report.findings for name in (finding.check, *finding.also)}
    rows = tuple((_mark(c), prose(c.name), prose(_short(c))) for c in report.checks if _told(c) and c.name not in explained)
    blocks += [Table(("", "check", "outcome"), rows)] if rows else []
    return Document("", (*blocks, paragraph(_counted(report.checks))))


def _demanded(report: Report) -> Line:
    return () if report.passed or report.failures else ("; asked for: ", str(report.demanded))


def _finding(entry: tuple[str, str]) -> Line:
    word, text = entry
    return (Strong(f"{word}: "), text) if word else (text,)


def _told(check: Check) -> bool:
    return not check.passed or check.standing is not None or check.kind == "accuracy"


def _mark(check: Check) -> Line:
    if check.standing:
        return (str(check.standing),)
    return ("ok",) if check.passed else (Strong("FAIL"),)


def _short(check: Check) -> str:
    return check.detail if len(check.detail) <= SHORT else check.detail[: SHORT - 4] + " ..."


def _counted(checks: Sequence[Check]) -> str:
    """How many of each kind held, of how many."""
    parts = []
    for kind, word in KINDS.items():
        asked = [c for c in checks if c.kind == kind and c.standing is None]
        if asked:
            parts.append(f"{word} {sum(c.passed for c in asked)} of {len(asked)}")
    lacking = sum(c.standing is Standing.UNSUPPORTED for c in checks)
    return f"Held: {', '.join(parts) or 'nothing was asked'}." + (f" Not supported: {lacking}." if lacking else "")
