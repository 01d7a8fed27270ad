"""A derivation of a submission: each line against the line before it, and the whole against what was to be shown.

A line that follows brings its share; one that says nothing new, or that leaps over the whole claim, is no step. Rules in
brackets and lemmas of the page are not believed: no line rests on anything but the lines above and the exercise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mathcore.document.writer import split_claim
from mathcore.evidence import Judged, Level, Line
from mathcore.formulas import load
from mathcore.grading.assignment import DerivationItem
from mathcore.grading.feedback import Message
from mathcore.grading.pages import Chain, page
from mathcore.grading.points import divided
from mathcore.grading.results import Part, Result, State, missing, refused, unjudged
from mathcore.grading.statements import assumed, same, same_statement, same_statements
from mathcore.grading.submissions import Submission
from mathcore.language import tree as t
from mathcore.language.chain import core_of
from mathcore.language.parser import Context, FormulaError
from mathcore.language.printers import to_text
from mathcore.proof.lines import Step, judge, read

SECONDS = (2.0, 8.0)  # of processor time for a line; the second where something was not decided
MOST_LINES = 40
MOST_CHAINS = 6
MOST_OPEN = 10  # lines that are not decided at once and get more time


def judge_derivation(item: DerivationItem, submission: Submission) -> Result:
    """The best of the derivations that show what is asked for."""
    files = submission.matching(item.files)
    if not files:
        return missing(item.name, item.kind, item.points, Message("no_such_file", {"patterns": ", ".join(item.files)}))
    card = load(item.card)
    base = card.context.given(item.given) if item.given else card.context
    told: list[Message] = []
    attempts: list[Result] = []
    for file in files:
        found = page(file, base)
        if isinstance(found, Message):
            told.append(found)
            continue
        attempts += [attempt(item, chain, found.context, base) for chain in found.chains[:MOST_CHAINS]]
    if not attempts:
        none = Message("no_derivation", {"files": ", ".join(f.name for f in files)})
        return refused(item.name, item.kind, item.points, *told) if told else missing(item.name, item.kind, item.points, none)
    tried = [one for one in attempts if not any(m.key == "other_statement" for m in one.told)]
    if not tried:
        claims = "; ".join(str(one.told[-1].fields["claim"]) for one in attempts)
        return refused(item.name, item.kind, item.points, *told, Message("none_shows", {"show": item.show, "claims": claims}))
    best = max(tried, key=lambda r: (r.points, r.look, len(r.parts)))
    return replace(best, told=(*told, *best.told))


def attempt(item: DerivationItem, chain: Chain, context: Context, base: Context) -> Result:
    """One derivation: whether it shows what is asked for, and its points."""
    derivation = chain.derivation
    try:
        own = context.given(derivation.given) if derivation.given else context
        claim, asked = own.parse(derivation.claim), base.parse(item.show)
        premise, first = split_claim(derivation)
        lines = [step.text for step in derivation.steps[:MOST_LINES]]
        _, steps = read(own.under(premise), first, lines)
    except (FormulaError, ValueError, RecursionError) as error:
        reason = error.message if isinstance(error, FormulaError) else str(error)
        return _refused(
            item, Message("unreadable_page", {"file": chain.file, "reason": f"line {(chain.lines or (1,))[0]}: {reason}"})
        )
    if (hypothesis := assumed(own, claim, base, asked)) is not None:
        return _refused(item, Message("assumes", {"assumed": to_text(hypothesis)}))
    arrives = same_statement(own, claim, base, asked)
    begins = arrives or _begins(own, claim, base, asked)
    if derivation.instance or not begins or len(derivation.steps) > MOST_LINES:
        return _refused(item, _other(item, derivation.claim))
    told = _judged(own.under(premise), first, lines)
    if not arrives and not told.wrong:
        return _refused(item, _other(item, derivation.claim))
    if any(line.verdict.level is Level.CONFLICT for line in told.lines):
        conflict = Message("unjudged_conflict")
        return unjudged(item.name, item.kind, item.points, conflict, detail=(derivation.claim,))
    return _scored(item, chain, told, steps, own, (own, claim) if arrives else (base, asked), arrives)


def _other(item: DerivationItem, claim: str) -> Message:
    return Message("other_statement", {"claim": claim, "show": item.show})


def _refused(item: DerivationItem, told: Message) -> Result:
    return refused(item.name, item.kind, item.points, told)


def _judged(context: Context, first: str, lines: Sequence[str]) -> Judged:
    """Once more with more time where something was not decided: so a slow machine says what a quick one says."""
    told = judge(context, first, lines, timeout=SECONDS[0])
    if 0 < sum(line.verdict.level is Level.UNKNOWN for line in told.lines) <= MOST_OPEN:
        told = judge(context, first, lines, timeout=SECONDS[1])
    return told


def _begins(own: Context, claim: t.Expr, base: Context, asked: t.Expr) -> bool:
    """Whether the first line is what the statement begins, or ends, with, under the same premises."""
    (mine, premises), (theirs, demanded) = core_of(claim), core_of(asked)
    if len(premises) != len(demanded) or not (isinstance(mine, t.Relation) and isinstance(theirs, t.Relation)):
        return False
    under = list(zip(premises, demanded, strict=True))
    return any(same_statements(own, base, [*under, (mine.args[0], side)]) for side in (theirs.args[0], theirs.args[-1]))


# points ---------------------------------------------------------------------------------------------------------------


def _scored(
    item: DerivationItem,
    chain: Chain,
    judged: Judged,
    steps: Sequence[Step],
    own: Context,
    asked: tuple[Context, t.Expr],
    arrives: bool,
) -> Result:
    """Every step that follows brings its share of the points, of as many steps as are asked for at least."""
    idle = [_idle(step, own, asked) for step in steps]
    count = sum(not said for said in idle)
    places = max(count, item.least_steps)
    given = divided(item.points, [1.0] * places)
    parts: list[Part] = []
    left, taken, broken = item.points if arrives else item.points // 2, 0, False
    for place, (step, line, said) in enumerate(zip(steps, judged.lines, idle, strict=True)):
        title = Message("title_line", {"line": chain.lines[place] if place < len(chain.lines) else place + 1, "text": step.text})
        broken = broken or line.wrong
        if said:
            parts.append(Part(title, 0, 0, _of_line(line) if line.wrong else Message(said)))
            continue
        most, taken = given[taken], taken + 1
        counts = line.follows and (arrives or not broken)
        points = min(most, left) if counts else 0
        left -= points
        told = Message("after_slip") if line.follows and not counts else _of_line(line)
        parts.append(Part(title, points, most, told, look=not line.follows and not line.wrong))
    if count < item.least_steps:
        rest = sum(given[count:])
        parts.append(Part(Message("title_steps"), 0, rest, Message("few_steps", {"least": item.least_steps, "steps": count})))
    words = [] if arrives else [Message("spoilt")]
    slip = judged.slip.said if judged.slip is not None else ""
    open_ones = [(line.text, line.verdict) for line in judged.lines if not line.follows]
    if judged.whole is not None and not judged.whole.held:
        open_ones.append((judged.whole.claim, judged.whole))
    detail = tuple(f"{text}: {verdict.level}; {verdict.counterexample}" for text, verdict in open_ones)
    if not detail and count >= item.least_steps:
        words.append(Message("right"))
    kind = judged.slip.kind.replace("_", " ") if judged.slip is not None else ""
    return Result(
        item.name, item.kind, item.points, tuple(parts), tuple(words), State.JUDGED,
        slips=(kind,) if kind else (), detail=(*detail, *filter(None, (slip,))),
    )  # fmt: skip


def _idle(step: Step, own: Context, asked: tuple[Context, t.Expr]) -> str:
    """Why a line is no step; empty if it is one."""
    if not isinstance(step.after, t.Relation) and same(step.before, step.after):
        return "line_same"
    base, statement = asked
    core = core_of(statement)[0]
    leaps = same(own.unfold(step.claim), own.unfold(core)) if base is own else same_statement(own, step.claim, base, core)
    return "line_leap" if leaps else ""


def _of_line(line: Line) -> Message:
    if line.follows:
        return Message("line_follows")
    if not line.wrong:
        return Message("line_open")
    if line.slip is not None:
        return Message("line_slip", {"slip": line.slip.kind.replace("_", " ")})
    return Message("line_wrong", {"counterexample": line.verdict.counterexample or line.verdict.reason})
