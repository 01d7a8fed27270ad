"""What `mathcore verify` prints: one table, a row a card, totals with denominators, then every failure in full."""

from __future__ import annotations

from collections.abc import Sequence

from mathcore.evidence import CONTRADICTORY, UNWITNESSED, Check, Evidence, Level, Verdict
from mathcore.render import summary as s
from mathcore.render.document import Block, Bullets, Code, Document, Line, Section, Strong, Table, paragraph, prose

HEADER = ("formula", "all n", "sympy", "false", "laws", "f64", "f32", "f16", "mist.", "ex.")


def report(found: Sequence[Evidence], seconds: float, where: str = "", read: int = 0) -> Document:
    """`where` is the place of the evidence, `read` how many cards came from there."""
    rows = [s.row(e) for e in found]
    total = s.totals(rows)
    table = Table(HEADER, tuple(_cells(r) for r in rows), "l" + "r" * (len(HEADER) - 1))
    verdict = "all held" if total.cards_held == total.cards else f"{total.cards - total.cards_held} of {total.cards} failed"
    stored = f", {read} of them read from the store" if read else ""
    legend = " Under f64, f32, f16: the largest error / its bar, in ULP." if total.accuracy_checks else ""
    blocks: list[Block] = [
        table,
        paragraph(Strong(verdict), f": {s.counted(total)}.", legend),
        paragraph(
            f"{total.cards} {'card' if total.cards == 1 else 'cards'} in {seconds:.1f} s{stored}.",
            *((" Evidence: ", Code(where)) if where else ()),
        ),
    ]
    silent = [(e.card, v) for e in found if e.witness for v in e.witness.silent]
    if silent:
        items = tuple((f"{card}, {v.method}: ", Code(v.claim), f" ({v.reason})") for card, v in silent)
        blocks.append(Section("What sympy alone cannot compute, and does not count", (Bullets(items),)))
    failed = [section for e in found if (section := failures(e)) is not None]
    return Document("", (*blocks, *failed))


def _of(part: int, whole: int) -> Line:
    return (f"{part}/{whole}" if whole else "-",)


def _cells(row: s.Row) -> tuple[Line, ...]:
    return (
        (row.card,),
        _of(row.proved, row.claims),
        _of(row.witness_agreed, row.witnessed),
        _of(row.refuted, row.false_claims),
        _of(row.laws_held, row.laws),
        *(_accuracy(row, name) for name in s.FORMATS),
        _of(row.mistakes_refuted, row.mistakes),
        _of(row.examples_held, row.examples),
    )


def _accuracy(row: s.Row, name: str) -> Line:
    check = row.accuracy.get(name)
    if check is None:
        return ("-",)
    seen, bar = s.observed(check), s.bar(check)
    if seen is None or bar is None:
        text = "ok" if check.passed else "failed"
    elif not check.passed:  # the largest error among the outputs that were right says nothing here
        text = "failed"
    else:
        text = f"{_short(seen)}/{_short(bar)}" if s.in_ulps(check) else f"{seen:.0%}"
    return (text,) if check.passed else (Strong(text),)


def _short(value: float) -> str:
    """Two or three characters: 3.1, 487, .51."""
    if value == 0:
        return "0"
    text = f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 1 else f"{value:.2f}"
    return text.removesuffix(".0") if value >= 1 else text.lstrip("0") or "0"


# failures -------------------------------------------------------------------------------------------------------------


def failures(evidence: Evidence) -> Section | None:
    """Each thing that did not hold: what, the counterexample, what to do next. None if all held."""
    blocks: list[Block] = []
    titles = _titles(evidence)
    for title, verdict in zip(titles, evidence.derivations, strict=True):
        if not verdict.held:
            blocks.append(_derivation(evidence.card, title, verdict))
    for verdict in evidence.false_claims:
        if verdict.level is not Level.REFUTED:
            blocks.append(_false_claim(evidence.card, verdict))
    blocks += [_conflict(v) for v in (evidence.witness.conflicts if evidence.witness else ())]
    blocks += [_check(evidence.card, c) for c in evidence.checks if not c.passed]
    if not blocks and not evidence.held:
        blocks.append(Bullets((("nothing was checked: a card needs derivations or a numeric function",),)))
    return Section(f"{evidence.card}: what failed", tuple(blocks)) if blocks else None


def _titles(evidence: Evidence) -> list[str]:
    from mathcore.formulas import load

    try:
        titles = [d.title for d in load(evidence.card).derivations]
    except Exception:  # the card itself is broken, which is what is being reported
        titles = []
    return titles if len(titles) == len(evidence.derivations) else [""] * len(evidence.derivations)


def _derivation(card: str, title: str, verdict: Verdict) -> Section:
    lines: list[Line] = [("claim: ", Code(verdict.claim))]
    steps = list(verdict.steps)
    empty = verdict.reason.startswith((CONTRADICTORY, UNWITNESSED))  # of nothing every step is true
    place = None if empty else next((n for n, v in enumerate(steps, 1) if not v.held), None)
    culprit = steps[place - 1] if place is not None else verdict
    if place is not None:
        lines.append((f"step {place} of {len(steps)}: ", Code(culprit.claim), f" ({culprit.method})" if culprit.method else ""))
    counterexample = culprit.counterexample or verdict.counterexample
    reason = "" if counterexample and counterexample in culprit.reason else culprit.reason
    lines.append(("level: ", Strong(str(culprit.level)), f". {reason}" if reason else ""))
    if counterexample:
        lines.append(("counterexample: ", Code(counterexample)))
    lines.append((f"next: {_next_for(card, culprit, place)}",))
    return Section(f"derivation “{title}”" if title else "derivation", (Bullets(tuple(lines)),))


DISAGREE = "two checks disagree, which is a fault of the engine: please report it with the output of mathcore verify --json"


def _conflict(verdict: Verdict) -> Section:
    """Where sympy alone contradicts a step or a function."""
    lines: list[Line] = [(Code(verdict.claim),), ("level: ", Strong(str(verdict.level)), f". {verdict.reason}")]
    lines += [("where: ", Code(verdict.counterexample))] if verdict.counterexample else []
    held = "unless the step or the function fails above as well, " if verdict.counterexample else ""
    return Section(f"sympy, {verdict.method}", (Bullets((*lines, (f"next: {held}{DISAGREE}",))),))


def _next_for(card: str, culprit: Verdict, place: int | None) -> str:
    file = f"mathcore/formulas/{card}.md"
    again = f"then mathcore verify {card}"
    what = f"step {place}" if place is not None else "the claim"
    if culprit.level is Level.REFUTED:
        return f"the counterexample shows that it is false: correct {what} in {file}, {again}"
    if culprit.level is Level.CONFLICT:
        return DISAGREE
    if culprit.method == "card":
        return f"correct {file}, {again}"
    if culprit.reason.startswith((CONTRADICTORY, UNWITNESSED)):
        return f"correct what is `given` for {what} in {file}, {again}"
    if culprit.method == "stopped":
        return f"the message names the place. If the formula reads as it should in {file}, it is a fault of the engine: report it"
    return f"neither proved nor refuted: write {what} as several smaller ones in {file}, or name another rule, {again}"


def _false_claim(card: str, verdict: Verdict) -> Section:
    lines: list[Line] = [
        ("statement: ", Code(verdict.claim)),
        ("level: ", Strong(str(verdict.level)), ", it should be refuted", f". {verdict.reason}" if verdict.reason else ""),
        (f"next: is it true after all? Otherwise widen its `given` in mathcore/formulas/{card}.md until a point refutes it",),
    ]
    return Section("a false claim was not refuted", (Bullets(tuple(lines)),))


NEXT = {
    "accuracy": "call the function on the input shown and compare with the exact value; the bar stands on the page of the card",
    "law": "call the function on the input shown; where the law itself is wrong, correct it on the page of the card",
    "mistake": "no check tells this wrong version from the right one: add a law, an example or an accuracy bar that does",
    "claim": "is it true? Then derive it in steps that are shown; otherwise correct it",
    "example": "work the example by hand; decimals claim their last digit. Correct the example or the function",
}


def _check(card: str, check: Check) -> Section:
    lines: list[Line] = []
    told = bool(check.counterexample) and check.counterexample in check.detail
    if check.detail:
        lines.append(("counterexample: " if told else "", *prose(check.detail)))
    if check.counterexample and not told:
        lines.append(("counterexample: ", Code(check.counterexample)))
    if check.name == "stopped":
        todo = "the message names the place; if the card reads as it should, it is a fault of the engine: report it"
    else:
        todo = NEXT.get(check.kind, "call the function on the input shown")
    lines.append((f"next: {todo} (mathcore/formulas/{card}.md)",))
    return Section(f"{check.kind} “{check.name}”", (Bullets(tuple(lines)),))
