"""A note under judgement as a page: each remark with its formula, its verdict, and where it is wrong what is true."""

from __future__ import annotations

from mathcore.claims.note import Note, Remark
from mathcore.evidence import Check, Evidence
from mathcore.formulas import load
from mathcore.language.parser import Context
from mathcore.render import mathematics as m
from mathcore.render.document import (
    Block,
    Code,
    Display,
    Document,
    Inline,
    Line,
    Link,
    Paragraph,
    Section,
    Strong,
    anchor,
    paragraph,
    prose,
)

VERDICTS = {True: "Right.", False: "Wrong."}


def note_page(note: Note, evidence: Evidence) -> Document:
    """All remarks in the order of the note, counted at the top."""
    context = Context()
    for name in note.uses:
        context = context.extend(load(name).exported)
    context = context.given(note.given)
    checks = {c.name: c for c in evidence.checks}
    right = sum(r.holds for r in note.remarks)
    judged = sum(bool(c.cases) for c in evidence.checks)
    counted = paragraph(
        f"{len(note.remarks)} statements: {right} right, {len(note.remarks) - right} wrong. {judged} of them are formulas or "
        "calls and were checked; the others are words, and are marked so."
    )
    blocks: list[Block] = [Paragraph(prose(note.summary)), counted]
    numbered = enumerate(note.remarks, start=1)
    for title, length in note.sections:
        chosen = [pair for pair, _ in zip(numbered, range(length), strict=False)]
        parts = (_remark(context, number, remark, checks.get(remark.says)) for number, remark in chosen)
        blocks.append(Section(title, tuple(block for part in parts for block in part)))
    return Document(note.title, tuple(blocks))


def _remark(context: Context, number: int, remark: Remark, check: Check | None) -> list[Block]:
    own = context.given(remark.given) if remark.given else context
    blocks: list[Block] = [paragraph(Strong(f"{number}. The note says:"), " ", *prose(remark.says))]
    if remark.formula:
        blocks.append(Display((m.formula(own, remark.formula),)))
    if remark.call:
        blocks.append(paragraph(Code(remark.call)))
    verdict = VERDICTS[remark.holds] if check is None or check.passed else "Not decided as expected."
    words = " (In words; nothing was computed.)" if check is not None and not check.cases else ""
    blocks.append(Paragraph((Strong(verdict), f" {remark.why}" if remark.why else "", words, *_proof(remark))))
    if not remark.holds and check is not None and check.cases:
        blocks.append(paragraph("Counterexample: ", Code(check.detail.split("; ")[0]), "."))
    if remark.truth:
        blocks += [paragraph("True is:"), Display((m.formula(own, remark.truth),))]
    return blocks


def _proof(remark: Remark) -> Line:
    """Where it is proved for every n."""
    if not remark.proof:
        return ()
    name, _, key = remark.proof.partition(".")
    title = load(name).derivation(key).title
    parts: tuple[Inline, ...] = (" Proved for every n: ", Link(title, f"../formulas/{name}.md#{anchor(title)}"), ".")
    return parts
