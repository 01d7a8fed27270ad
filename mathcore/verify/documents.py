"""Anybody's page, lecture or homework: every derivation, statement and number in it, judged where it stands.

Nothing in a document is run: functions are mathcore's own, and what a page calls `numeric` is only compared by `mathcore
check`. A derivation whose rules do not show it, or that names none, is judged line by line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from mathcore import card as c
from mathcore.document import value as v
from mathcore.document.cards import card_of, placed
from mathcore.document.chain import Rounded
from mathcore.document.course import Course, read
from mathcore.document.error import Problem, WrongDocument
from mathcore.document.prose import MAX_NOTEBOOK, Kind, RefusedText, Statement, markdown_cells
from mathcore.document.reader import LARGEST, checked, decoded, load, markdown
from mathcore.document.writer import split_claim
from mathcore.evidence import Check, Level, Line, Verdict
from mathcore.evidence import Judged as JudgedLines
from mathcore.formulas import LIBRARY, UnknownFormula
from mathcore.language import tree as t
from mathcore.language.chain import core_of, relation_of
from mathcore.language.parser import Context, FormulaError
from mathcore.language.printers import to_text
from mathcore.proof.deadline import Clock, OutOfTime, limited
from mathcore.translation import N_
from mathcore.verify.prose import Judged, Outcome, Word, diff, fixes, judge, judged

NOTEBOOK = ".ipynb"
TOTAL = 120.0  # seconds of processor time for the fences of a page
OF_PAGES = "not judged in a notebook: put it on a page, FILE.md"


@dataclass(frozen=True)
class Finding:
    """What was found of one thing that a document says; `lines` of a derivation."""

    line: int
    kind: str  #: derivation, law, example, claim, false claim, number; a page or a fence that is not judged
    text: str
    word: Word
    detail: str = ""
    hint: str = ""
    lines: tuple[Line, ...] = ()
    places: tuple[int, ...] = ()  #: where the lines of a derivation stand
    cell: int | None = None  #: of a notebook, from 1; lines are counted in it then
    reading: tuple[str, ...] = ()  #: how hypotheses and decimals were read, where they do not say so

    @property
    def held(self) -> bool:
        return self.word is Word.CONFIRMED

    @property
    def place(self) -> str:
        return f"line {self.line}" if self.cell is None else f"cell {self.cell}, line {self.line}"

    @staticmethod
    def from_json(data: dict[str, Any]) -> Finding:
        lines = tuple(Line.from_json(line) for line in data["lines"])
        tuples = {name: tuple(data[name]) for name in ("places", "reading")}
        return Finding(**{**data, "word": Word(data["word"]), "lines": lines, **tuples})


@dataclass(frozen=True)
class Findings:
    """All that was found in one file, from the top down; `typeset` counts relations with free letters, which claim nothing."""

    file: str
    findings: tuple[Finding, ...]
    notes: tuple[str, ...] = ()
    typeset: int = 0

    @property
    def held(self) -> bool:
        """Everything held, and there was something to judge."""
        return bool(self.findings) and all(f.held for f in self.findings)

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "held": self.held}

    @staticmethod
    def from_json(data: dict[str, Any]) -> Findings:
        found = tuple(map(Finding.from_json, data["findings"]))
        return Findings(data["file"], found, tuple(data["notes"]), data["typeset"])


def verify_document(path: Path | str) -> Findings:
    """Judge one file, a page in Markdown or a notebook. Raises `WrongDocument` where it cannot be read."""
    file = Path(path)
    with _named(str(path)):
        if file.suffix == NOTEBOOK:
            return _notebook(str(path), decoded(file, MAX_NOTEBOOK))
        document = load(file, lenient=True)
        card = card_of(document, file.stem, Course(file.parent))
        return _verified(document, card, decoded(file))


@contextmanager
def _named(file: str) -> Iterator[None]:
    """A limit that a text exceeds, said with the name of its file."""
    try:
        yield
    except RefusedText as error:
        raise c.WrongCard(f"{file}: {error}") from None


def _notebook(file: str, text: str) -> Findings:
    """The numbers and claims of a notebook; its other fences are not judged, and that is said."""
    found = judge(text, notebook=True)
    findings = [*map(_of_outcome, found.outcomes)]
    for cell, source in markdown_cells(text):
        for token in markdown().parse(source):
            info = token.info.strip()
            if token.type == "fence" and info.split()[:1] != ["claims"] and checked(info):
                line = (token.map or [0])[0] + 1
                findings.append(Finding(line, N_("fence"), f"{token.markup}{info}", Word.UNREAD, OF_PAGES, cell=cell))
    return Findings(file, tuple(sorted(findings, key=lambda f: (f.cell or 0, f.line))), (), found.typeset)


def proposed(path: Path | str) -> str:
    """A unified diff, which `patch` takes: right digits in the place of wrong ones."""
    file = Path(path)
    with _named(str(path)):
        notebook = file.suffix == NOTEBOOK
        text = decoded(file, MAX_NOTEBOOK if notebook else LARGEST)
        found = judge(text, None if notebook else read(file).context, notebook=notebook)
    mark = "\ufeff" if file.read_bytes().startswith(b"\xef\xbb\xbf") else ""
    return diff(str(path), mark + text, mark + fixes(text, found.outcomes))


def verify_course(directory: Path | str) -> Iterator[Findings]:
    """Judge every page of a directory; its pages may use each other. Of one that cannot be read the reason is the finding."""
    course = Course(Path(directory), str(directory))
    for name, file in course.files.items():
        try:
            with _named(str(file)):
                found = _verified(course.document(name), course[name], decoded(file))
        except c.WrongCard as error:
            found = Findings(str(file), (Finding(1, N_("page"), file.name, Word.UNREAD, str(error)),))
        yield found


def _verified(document: v.Document, card: c.Card, text: str) -> Findings:
    try:
        context = card.context
    except FormulaError as error:
        rows = [row for block in document.blocks if isinstance(block, v.Formula) for row in block.rows]
        line = next((row.line for row in rows if error.text in (row.value, *row.value.split("; "))), 1)
        raise WrongDocument(document.file, (Problem(line, error.position + 1, str(error)),)) from None
    except (ValueError, UnknownFormula) as error:
        raise c.WrongCard(f"{document.file}: {error}") from None
    clock = Clock(TOTAL)
    found = [finding for block, given in _checked(document, card) for finding in _findings(block, given, card, clock)]
    prose = judge(text, _declaring(document, context), only=(Kind.CODE, Kind.LATEX))
    found += map(_of_outcome, prose.outcomes)
    return Findings(document.file, tuple(sorted(found, key=lambda f: f.line)), document.notes, prose.typeset)


def _declaring(document: v.Document, context: Context) -> Context:
    """The context with the letters of all sections: in prose they are letters, whatever else they could be."""
    for text in {given for _, _, given in placed(document) if given}:
        with suppress(FormulaError):
            context = replace(context, symbols={**context.symbols, **context.given(text).symbols})
    return context


def _checked(document: v.Document, card: c.Card) -> Iterator[tuple[v.Block, tuple[Any, ...]]]:
    """The blocks that are judged, each with the values of the card that it states."""
    derivations, laws = iter(card.derivations), iter(card.invariants)
    examples, false, claims = iter(card.examples), iter(card.false_claims), iter(card.claims)
    of_kind: dict[v.Kind, Iterator[Any]] = {
        v.Kind.LAWS: laws, v.Kind.EXAMPLES: examples, v.Kind.FALSE: false, v.Kind.CLAIMS: claims,
    }  # fmt: skip
    for block, _, _ in placed(document):
        if isinstance(block, v.Chain):
            yield block, (next(derivations),)
        elif isinstance(block, v.Items):
            yield block, tuple(next(of_kind[block.kind]) for _ in block.items)


def _findings(block: v.Block, stated: tuple[Any, ...], card: c.Card, clock: Clock) -> Iterator[Finding]:
    if isinstance(block, v.Chain):
        over = Finding(block.line, "derivation", stated[0].claim, Word.UNDECIDED, OVER)
        yield _derivation(block, stated[0], card, clock) if clock.left() else over
    elif isinstance(block, v.Items):
        for item, value in zip(block.items, stated, strict=True):
            over = Finding(item.line, SAID[block.kind], item.statement, Word.UNDECIDED, OVER)
            yield _statement(block.kind, item, value, card) if clock.left() else over


SAID = {v.Kind.LAWS: N_("law"), v.Kind.EXAMPLES: N_("example"), v.Kind.CLAIMS: N_("claim"), v.Kind.FALSE: N_("false claim")}
OVER = f"the {TOTAL:g} s for the whole document are over: divide it into several"


def _statement(kind: v.Kind, item: v.Item, value: Any, card: c.Card) -> Finding:
    if kind is v.Kind.FALSE:
        return _false(item, value, card)
    if kind is v.Kind.EXAMPLES:
        return _example(item, value, card)
    word = SAID[kind]
    found = judged(_stated(item, value.given), card.context)
    if found is None:
        return Finding(item.line, word, item.statement, Word.UNREAD, "it says nothing that can be true or false")
    return replace(_of_outcome(found), kind=word)


def _example(item: v.Item, example: c.Example, card: c.Card) -> Finding:
    """As on a formula's own page; where it is wrong, with the slip that explains it."""
    from mathcore.conformance.examples import exactly

    found = Finding(item.line, "example", item.statement, Word.CONFIRMED)
    try:
        context = card.context.given(example.given) if example.given else card.context
        held, detail = exactly(context, context.parse(item.statement))
    except FormulaError as error:
        return replace(found, word=Word.UNREAD, detail=LIBRARY.advice(error.message))
    if held:
        return found
    other = judged(_stated(item, example.given), card.context)
    if other is not None and (other.rounding or (held is None and other.word is not Word.UNREAD)):
        return replace(_of_outcome(other), kind="example")
    hint = other.hint if other is not None and other.word is Word.REFUTED else ""
    return replace(found, word=Word.REFUTED if held is False else Word.UNDECIDED, detail=detail, hint=hint)


def claim_checks(card: c.Card) -> tuple[Check, ...]:
    """The claims of a page, each decided for every n."""
    found = []
    for claim in card.claims:
        outcome = judged(Statement(claim.statement, Kind.CLAIM, ((1, 1),), given=claim.given), card.context)
        held = outcome is not None and outcome.word is Word.CONFIRMED
        detail = outcome.detail if outcome is not None else "it says nothing that can be true or false"
        found.append(Check("claim", claim.statement, held, detail, cases=1, counterexample="" if held else detail))
    return tuple(found)


def _stated(item: v.Item, given: str) -> Statement:
    return Statement(item.statement, Kind.CLAIM, ((item.line, 1),), given=given)


def _false(item: v.Item, claim: c.FalseClaim, card: c.Card) -> Finding:
    from mathcore.proof.derive import judge_false_claim

    told = None if claim.instance else judged(_stated(item, claim.given), card.context)
    if told is not None and told.word is Word.CONFIRMED:
        detail = ": ".join(filter(None, ("it is true", told.detail)))
        return Finding(item.line, "false claim", item.statement, Word.REFUTED, detail, reading=told.reading)
    if told is not None and told.rounding:
        return Finding(item.line, "false claim", item.statement, Word.UNREAD, told.detail)
    if told is not None and told.word is Word.UNDECIDED and DECIMAL.search(item.statement):
        return Finding(item.line, "false claim", item.statement, Word.UNDECIDED, told.detail)
    try:
        verdict = judge_false_claim(card, claim)
    except FormulaError as error:
        advice = LIBRARY.advice(error.message)
        if told is not None and told.word is Word.REFUTED and advice == error.message:  # it is written as people type
            return Finding(item.line, "false claim", item.statement, Word.CONFIRMED, f"it is false: {told.detail}")
        return Finding(item.line, "false claim", item.statement, Word.UNREAD, advice)
    if verdict.level is Level.REFUTED:
        return Finding(item.line, "false claim", item.statement, Word.CONFIRMED, f"it is false: {verdict.counterexample}")
    return Finding(item.line, "false claim", item.statement, Word.UNDECIDED, verdict.reason)


def _of_outcome(outcome: Outcome) -> Finding:
    text = " ".join(outcome.statement.whole.split())
    statement = outcome.statement
    found = Finding(statement.line, N_("number"), text, outcome.word, outcome.detail, outcome.hint, cell=statement.cell)
    return replace(found, reading=outcome.reading)


# derivations ----------------------------------------------------------------------------------------------------------


def _derivation(block: v.Chain, derivation: c.Derivation, card: c.Card, clock: Clock) -> Finding:
    """By its rules where they show it wherever both sides of the claim have values, else line by line."""
    from mathcore.proof.derive import verify_derivation

    try:
        with limited(clock.left()):
            verdict = verify_derivation(card, derivation)
            shown = verdict.held and not _beyond(derivation, card, verdict, clock)
    except OutOfTime:
        return Finding(block.line, "derivation", derivation.claim, Word.UNDECIDED, OVER)
    found = Finding(block.line, N_("derivation"), derivation.claim, Word.CONFIRMED, places=block.lines)
    if shown:
        lines = tuple(Line(step.claim, step) for step in verdict.steps)
        return replace(found, detail=_followed(lines), lines=lines, reading=verdict.reading)
    told = _line_by_line(found, derivation, card.context, clock.left())
    steps = zip(block.lines, derivation.steps, verdict.steps, strict=False)
    unfit = [str(place) for place, step, judged_so in steps if step.by is not None and not judged_so.held]
    if told.held and unfit:  # true, and not for the reason that is given
        told = replace(told, word=Word.UNDECIDED, detail=f"{told.detail}; not by the rule that stands at line {', '.join(unfit)}")
    return told


def _beyond(derivation: c.Derivation, card: c.Card, verdict: Verdict, clock: Clock) -> tuple[str, ...]:
    """The conditions of a proof that do not hold of themselves where both sides of the claim have values."""
    from mathcore.proof.lines import TIMEOUT, Step, beyond

    if not verdict.conditions:
        return ()
    context = derivation.context(card)
    goal, premises = core_of(context.parse(derivation.claim))
    match goal:
        case t.Iff(left, right):
            whole = Step("", left, "<=>", right)
        case t.Relation((left, right), (op,)):
            whole = Step("", left, op, right)
        case _:
            return verdict.conditions
    return beyond(context.assuming(*premises), whole, verdict.conditions, Clock(min(TIMEOUT, clock.left())))


def _line_by_line(found: Finding, derivation: c.Derivation, context: Context, seconds: float) -> Finding:
    from mathcore.proof.lines import TIMEOUT
    from mathcore.proof.lines import judge as judge_lines

    premise, first = split_claim(derivation)
    try:
        own = context.given(derivation.given) if derivation.given else context
        context = own.under(premise)
        timeout = min(TIMEOUT, seconds / len(derivation.steps))
        told = _rounded(judge_lines(context, first, [step.text for step in derivation.steps], timeout=timeout), context)
    except Rounded as error:
        return replace(found, word=Word.UNREAD, detail=str(error))
    except FormulaError as error:
        lines = zip(found.places, derivation.steps, strict=False)
        place = next((line for line, step in lines if step.text.strip() == error.text.strip()), found.line + 1)
        return replace(
            found, word=Word.UNREAD, detail=f"line {place}, column {error.position + 1}: {LIBRARY.advice(error.message)}"
        )
    found = replace(found, lines=told.lines)
    if told.accepted:
        known = [name for line in told.lines for name in line.verdict.lemmas if _says(name, derivation, own)]
        if known:
            detail = f"it is known to the engine as {known[0]}, and that is no derivation of it: write the steps"
            return replace(found, word=Word.UNDECIDED, detail=detail)
        found = replace(found, detail=_followed(told.lines, told.whole))
        return _attained(found, derivation, context) if derivation.equality else found
    if told.wrong:
        place = found.places[told.wrong - 1] if told.wrong <= len(found.places) else found.line
        slip = told.slip.said if told.slip is not None else ""
        return replace(found, word=Word.REFUTED, detail=f"line {place} does not follow", hint=slip)
    if told.start is not None and told.start.level is Level.REFUTED:
        return replace(found, word=Word.REFUTED, detail=f"the first line is false: {told.start.counterexample}")
    if told.whole is not None and told.whole.level is Level.REFUTED:
        return replace(found, word=Word.REFUTED, detail=f"the claim is false: {told.whole.counterexample}")
    open_lines = [str(place) for place, line in zip(found.places, told.lines, strict=False) if not line.follows]
    return replace(found, word=Word.UNDECIDED, detail=f"not decided: line {', '.join(open_lines) or found.line}")


def _attained(found: Finding, derivation: c.Derivation, context: Context) -> Finding:
    """With a verdict on where the sides of a bound are equal: wherever they have values."""
    from mathcore.proof.lines import judge_equality

    undecided = f"every line follows; that the sides are equal exactly where {derivation.equality} is not decided"
    bound, _ = core_of(context.parse(derivation.claim))
    if not isinstance(bound, t.Relation):  # an equivalence has no sides that could be equal
        return replace(found, word=Word.UNDECIDED, detail=undecided)
    sides = to_text(t.Relation((bound.args[0], bound.args[-1]), ("=",)))
    try:
        told = judge_equality(context, sides, derivation.equality)
    except FormulaError as error:
        return replace(found, word=Word.UNREAD, detail=f"equality: {error}")
    if told.follows:
        return replace(found, detail=_followed((*found.lines, told)))
    if told.wrong:
        detail = f"the sides are not equal exactly where {derivation.equality}: {told.verdict.counterexample}"
        return replace(found, word=Word.REFUTED, detail=detail)
    return replace(found, word=Word.UNDECIDED, detail=undecided)


def _followed(lines: tuple[Line, ...], whole: Verdict | None = None) -> str:
    """What a derivation shows; where its lines take more for granted than the whole, the whole says where."""
    verdicts = [line.verdict for line in lines] if whole is None else [whole]
    where = dict.fromkeys(condition for verdict in verdicts for condition in verdict.conditions)
    return f"every line follows, for every n{', where ' if where else ''}{' and '.join(where)}"


DECIMAL = re.compile(r"\.[0-9]|[0-9][eE][-+]?[0-9]|[0-9]\s*[*×·⋅]\s*10\s*(?:\^|\*\*)")
DIGITS = re.compile(r"=\s*([-−]?\s*[0-9]*\.[0-9]+)\s*")


def _rounded(told: JudgedLines, context: Context) -> JudgedLines:
    """The lines, with decimals read as rounded from the first that holds only so, as in one chain of prose.

    Raises Rounded where nobody can tell whether digits are exact.
    """
    lines, text = list(told.lines), told.first
    rough = False
    for place, line in enumerate(lines):
        if place and not rough and lines[place - 1].verdict.level is not Level.PROVED:  # it holds somewhere: go on from there
            text = lines[place - 1].text.removeprefix(relation_of(lines[place - 1].text)).strip()
        text = f"{text} {line.text}"
        if not rough and (line.follows or not DECIMAL.search(text)):
            continue
        outcome = judged(Statement(text, Kind.CLAIM, ((1, 1),)), context)
        if outcome is not None and outcome.rounding:
            raise Rounded(outcome.detail)
        if outcome is None or outcome.word is not Word.CONFIRMED:
            if rough and outcome is not None and outcome.word is Word.REFUTED:
                lines[place] = Line(line.text, replace(line.verdict, level=Level.REFUTED, counterexample=outcome.detail))
            elif outcome is not None and outcome.word is not Word.REFUTED and not _is_far(told, place, context):
                unknown = replace(line.verdict, level=Level.UNKNOWN, counterexample="", reason=outcome.detail)
                lines[place] = Line(line.text, unknown)  # exactly it is wrong; rounded it may hold
            break
        if not line.follows:
            digits = DIGITS.fullmatch(line.text)
            said = f"{digits[1]} is rounded to its last digit" if digits else "decimals are rounded to their last digit"
            lines[place] = Line(
                line.text, replace(line.verdict, level=Level.PROVED, counterexample="", reason="", reading=(said,))
            )
        rough = True
    shown = rough and all(line.follows for line in lines)
    return replace(told, lines=tuple(lines), start=None if shown else told.start, whole=None if shown else told.whole)


def _is_far(told: JudgedLines, place: int, context: Context) -> bool:
    """Whether a line is wrong wherever in its rounding interval the decimal is meant."""
    from mathcore.conformance.rounding import rounding_interval
    from mathcore.proof.lines import judge as judge_lines

    digits = DIGITS.fullmatch(told.lines[place].text)
    before = told.lines[place - 1].text if place else told.first
    if digits is None:
        return False
    low, high = rounding_interval("".join(digits[1].split()).replace("−", "-"))
    sides = (f">= {low.numerator} / {low.denominator}", f"<= {high.numerator} / {high.denominator}")
    start = before.removeprefix(relation_of(before)).strip()
    return any(judge_lines(context, start, [side]).wrong for side in sides)


def _says(lemma: str, derivation: c.Derivation, context: Context) -> bool:
    """Whether a fact that the engine brings along is the very claim, up to the names of its letters."""
    from mathcore.proof.prover.lemmas import LEMMAS

    page, _, key = lemma.rpartition(".")
    if page != LEMMAS.name:
        return False
    own = LEMMAS.derivation(key)
    return _anonymous(own.context(LEMMAS), own.claim) == _anonymous(context, derivation.claim)


def _anonymous(context: Context, claim: str) -> str:
    """A claim with its letters called by the order in which they appear."""
    node = context.parse(claim)
    names = dict.fromkeys(n.name for n in t.walk(node) if isinstance(n, t.Symbol))
    places = {name: f"x{place}" for place, name in enumerate(names)}
    return re.sub(r"[A-Za-z_]\w*", lambda found: places.get(found[0], found[0]), to_text(t.strip(node)))


__all__ = ["Finding", "Findings", "Judged", "proposed", "verify_course", "verify_document"]
