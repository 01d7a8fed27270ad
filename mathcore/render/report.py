"""What `mathcore verify` prints: one table, a row a card, totals with denominators, then every failure in full."""

from __future__ import annotations

from collections.abc import Sequence

from mathcore.document.words import translated
from mathcore.evidence import CONTRADICTORY, UNWITNESSED, Check, Evidence, Level, Verdict
from mathcore.render import summary as s
from mathcore.render.document import Block, Bullets, Code, Document, Line, Section, Strong, Table, filled, paragraph, prose
from mathcore.translation import N_, _, ngettext, sentence

HEADER = (
    N_("formula"), N_("all n"), "sympy", N_("false"), N_("laws"), "f64", "f32", "f16", N_("mist."), N_("ex."),
)  # fmt: skip


def report(found: Sequence[Evidence], seconds: float, where: str = "", read: int = 0) -> Document:
    """`where` is the place of the evidence, `read` how many cards came from there."""
    rows = [s.row(e) for e in found]
    total = s.totals(rows)
    table = Table(tuple(map(_, HEADER)), tuple(_cells(r) for r in rows), "l" + "r" * (len(HEADER) - 1))
    failures_ = s.of(N_("{part} of {whole} failed"), total.cards - total.cards_held, total.cards)
    verdict = _("all held") if total.cards_held == total.cards else failures_
    legend = " " + _("Under f64, f32, f16: the largest error / its bar, in ULP.") if total.accuracy_checks else ""
    cards = ngettext("{count} card in {seconds} s", "{count} cards in {seconds} s", total.cards)
    took = cards.format(count=total.cards, seconds=f"{seconds:.1f}")
    stored = _(", {count} of them read from the store").format(count=read) if read else ""
    blocks: list[Block] = [
        table,
        paragraph(Strong(verdict), f": {s.counted(total)}.", legend),
        paragraph(
            f"{took}{stored}.",
            *((" ", *filled(_("Evidence: {place}"), place=Code(where))) if where else ()),
        ),
    ]
    silent = [(e.card, v) for e in found if e.witness for v in e.witness.silent]
    if silent:
        items = tuple((f"{card}, {sentence(v.method)}: ", Code(v.claim), f" ({sentence(v.reason)})") for card, v in silent)
        blocks.append(Section(_("What sympy alone cannot compute, and does not count"), (Bullets(items),)))
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
        text = _("ok") if check.passed else _("failed")
    elif not check.passed:  # the largest error among the outputs that were right says nothing here
        text = _("failed")
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
        blocks.append(Bullets(((_("nothing was checked: a card needs derivations or a numeric function"),),)))
    return Section(_("{card}: what failed").format(card=evidence.card), tuple(blocks)) if blocks else None


def _titles(evidence: Evidence) -> list[str]:
    from mathcore.formulas import load

    try:
        titles = [d.title for d in translated(load(evidence.card)).derivations]
    except Exception:  # the card itself is broken, which is what is being reported
        titles = []
    return titles if len(titles) == len(evidence.derivations) else [""] * len(evidence.derivations)


def _derivation(card: str, title: str, verdict: Verdict) -> Section:
    lines: list[Line] = [filled(_("claim: {claim}"), claim=Code(verdict.claim))]
    steps = list(verdict.steps)
    empty = verdict.reason.startswith((CONTRADICTORY, UNWITNESSED))  # of nothing every step is true
    place = None if empty else next((n for n, v in enumerate(steps, 1) if not v.held), None)
    culprit = steps[place - 1] if place is not None else verdict
    if place is not None:
        step = filled(_("step {part} of {whole}: {claim}"), part=str(place), whole=str(len(steps)), claim=Code(culprit.claim))
        lines.append((*step, f" ({sentence(culprit.method)})" if culprit.method else ""))
    counterexample = culprit.counterexample or verdict.counterexample
    reason = "" if counterexample and counterexample in culprit.reason else culprit.reason
    lines.append((*_level(culprit.level), f". {sentence(reason)}" if reason else ""))
    if counterexample:
        lines.append(_counterexample(counterexample))
    lines.append(_next(_next_for(card, culprit, place)))
    return Section(_("derivation “{title}”").format(title=title) if title else _("derivation"), (Bullets(tuple(lines)),))


def _level(level: Level) -> Line:
    return filled(_("level: {level}"), level=Strong(_(str(level))))


def _counterexample(text: str) -> Line:
    return filled(_("counterexample: {point}"), point=Code(sentence(text)))


def _next(todo: str) -> Line:
    return (_("next: {todo}").format(todo=todo),)


DISAGREE = N_("two checks disagree, which is a fault of the engine: please report it with the output of mathcore verify --json")


def _conflict(verdict: Verdict) -> Section:
    """Where sympy alone contradicts a step or a function."""
    lines: list[Line] = [(Code(verdict.claim),), (*_level(verdict.level), f". {sentence(verdict.reason)}")]
    lines += [filled(_("where: {point}"), point=Code(verdict.counterexample))] if verdict.counterexample else []
    held = _("unless the step or the function fails above as well, ") if verdict.counterexample else ""
    return Section(f"sympy, {sentence(verdict.method)}", (Bullets((*lines, _next(held + _(DISAGREE)))),))


def _next_for(card: str, culprit: Verdict, place: int | None) -> str:
    file = f"mathcore/formulas/{card}.md"
    what = _("step {number}").format(number=place) if place is not None else _("the claim")
    if culprit.level is Level.REFUTED:
        todo = _("the counterexample shows that it is false: correct {what} in {file}, then {command}")
    elif culprit.level is Level.CONFLICT:
        todo = _(DISAGREE)
    elif culprit.method == "card":
        todo = _("correct {file}, then {command}")
    elif culprit.reason.startswith((CONTRADICTORY, UNWITNESSED)):
        todo = _("correct what is `given` for {what} in {file}, then {command}")
    elif culprit.method == "stopped":
        todo = _(
            "the message names the place. If the formula reads as it should in {file}, it is a fault of the engine: report it"
        )
    else:
        todo = _(
            "neither proved nor refuted: write {what} as several smaller ones in {file}, or name another rule, then {command}"
        )
    return todo.format(what=what, file=file, command=f"mathcore verify {card}")


def _false_claim(card: str, verdict: Verdict) -> Section:
    todo = _("is it true after all? Otherwise widen its `given` in {file} until a point refutes it")
    lines: list[Line] = [
        filled(_("statement: {claim}"), claim=Code(verdict.claim)),
        (*_level(verdict.level), _(", it should be refuted"), f". {sentence(verdict.reason)}" if verdict.reason else ""),
        _next(todo.format(file=f"mathcore/formulas/{card}.md")),
    ]
    return Section(_("a false claim was not refuted"), (Bullets(tuple(lines)),))


NEXT = {
    "accuracy": N_(
        "call the function on the input shown and compare with the exact value; the bar stands on the page of the card"
    ),
    "law": N_("call the function on the input shown; where the law itself is wrong, correct it on the page of the card"),
    "mistake": N_("no check tells this wrong version from the right one: add a law, an example or an accuracy bar that does"),
    "claim": N_("is it true? Then derive it in steps that are shown; otherwise correct it"),
    "example": N_("work the example by hand; decimals claim their last digit. Correct the example or the function"),
}


def _check(card: str, check: Check) -> Section:
    lines: list[Line] = []
    told = bool(check.counterexample) and check.counterexample in check.detail
    if check.detail:
        detail = prose(sentence(check.detail))
        lines.append(filled(_("counterexample: {point}"), point=detail) if told else detail)
    if check.counterexample and not told:
        lines.append(_counterexample(check.counterexample))
    if check.name == "stopped":
        todo = _("the message names the place; if the card reads as it should, it is a fault of the engine: report it")
    else:
        todo = _(NEXT.get(check.kind, N_("call the function on the input shown")))
    lines.append(_next(f"{todo} (mathcore/formulas/{card}.md)"))
    return Section(f"{_(check.kind)} “{sentence(check.name)}”", (Bullets(tuple(lines)),))
