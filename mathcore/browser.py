"""What a page asks of the prover when it runs in a browser: text comes in, values that JSON can carry go out.

A question is `{"ask": "line", ...}`. Text is parsed, never evaluated. Every answer comes within `SECONDS` of processor time,
and what is not decided by then is "not decided". Nothing here needs NumPy, which browsers do not have.
"""

from __future__ import annotations

import json
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import Any

from mathcore import card as c
from mathcore.document import value as v
from mathcore.document.cards import card_of, placed
from mathcore.document.error import WrongDocument
from mathcore.document.reader import read as read_document
from mathcore.document.writer import split_claim
from mathcore.evidence import Level, Verdict
from mathcore.formulas import LIBRARY, UnknownFormula, load
from mathcore.grading.statements import same
from mathcore.language import tree as t
from mathcore.language.chain import composed, core_of, relation, relation_of
from mathcore.language.parser import Context, FormulaError
from mathcore.language.printers import to_text
from mathcore.proof.deadline import Clock, OutOfTime, limited
from mathcore.proof.derive import judge_false_claim, verify_derivation
from mathcore.proof.judging import implies
from mathcore.proof.lines import Step, verdict_on
from mathcore.proof.lines import read as read_lines
from mathcore.proof.naming import named
from mathcore.proof.prover.decide import decide
from mathcore.proof.prover.search import speaking_of
from mathcore.proof.slips import Case, kinds
from mathcore.proving import prove
from mathcore.translation import N_, _, sentence, using

SECONDS = 5.0
READING = 20.0  # for what is only read: a page, a card
SHARE = 0.8  # of them for the line itself, before the rules of its card are tried
LONGEST = 20_000  # characters of a text
LOCAL = N_("needs NumPy, which a browser does not have; on your computer: mathcore verify FILE.md")

FIRST = ("sum(k: p[k] log(p[k] / q[k])) >= 0", "n: size; p, q: simplex[n]; k: index[n]")  # which asks for lemmas and points

Answer = dict[str, Any]


class Word(StrEnum):
    """What is said of a line, a claim, an answer."""

    FOLLOWS = "follows"
    WRONG = "wrong"
    OPEN = "not decided"
    UNREAD = "not understood"
    LOCAL = "not judged here"
    PROVED = "proved"
    FALSE = "false, as it says"


def begin(setitimer: Callable[[float, float], list[float]]) -> None:
    """The interval timer that the browser's Python lacks, as the page keeps it: what is set is the time to the next signal."""

    def timer(which: int, seconds: float, interval: float = 0.0) -> tuple[float, ...]:
        return tuple(setitimer(seconds, interval))

    signal.ITIMER_REAL = 0  # there is none where this is called
    signal.setitimer = timer  # type: ignore[assignment]  # it has another type than the one that it takes the place of
    import sympy  # noqa: F401  # what every question needs


def warm() -> None:
    """Load what is loaded when it is first needed, while the reader reads: the answers do not depend on it."""
    claim(*FIRST)
    kinds()


def answer(question: str) -> str:
    """The answer to one question, both as JSON."""
    asked = json.loads(question)
    ask = QUESTIONS.get(asked.pop("ask", ""))
    if ask is None:
        return json.dumps(_unread(f"a question is one of {', '.join(QUESTIONS)}"))
    import sympy  # noqa: F401  # loaded before the clock runs

    language = str(asked.pop("language", ""))
    seconds = READING if ask in (chain, page) else SECONDS
    try:
        if any(isinstance(value, str) and len(value) > LONGEST for value in asked.values()):
            return json.dumps(_unread(f"the text has more than {LONGEST:,} characters: shorten it"))
        with using(language), limited(seconds):
            return json.dumps(ask(**asked))
    except OutOfTime:
        return json.dumps({"word": Word.OPEN, "why": _("not decided within {seconds} s").format(seconds=f"{seconds:g}")})
    except WrongDocument as error:
        problems = [{"line": p.line, "column": p.column, "message": p.message} for p in error.problems]
        return json.dumps({"word": Word.UNREAD, "why": str(error), "problems": problems})
    except FormulaError as error:
        return json.dumps(_unread(error.message, text=error.text, column=error.position + 1))
    except RecursionError:
        return json.dumps(_unread("nested too deeply"))
    except (ValueError, UnknownFormula, c.WrongCard) as error:
        return json.dumps(_unread(str(error)))


def _unread(why: str, **more: Any) -> Answer:
    return {"word": Word.UNREAD, "why": why, **more}


# a derivation ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Chain:
    """A derivation that lines are taken from: what may be spoken of, its first line, its further lines."""

    card: c.Card
    derivation: c.Derivation
    context: Context
    first: str
    lines: tuple[str, ...]


@lru_cache(maxsize=8)
def _chain(card: c.Card, derivation: c.Derivation) -> Chain:
    premise, first = split_claim(derivation)
    context = derivation.context(card).under(premise)
    return Chain(card, derivation, context, first, tuple(step.text for step in derivation.steps))


def _of_card(card: str, derivation: str) -> Chain:
    page = load(card)
    found = next((d for d in page.derivations if d.key == derivation), None)
    if found is None:
        raise ValueError(f"{card} has no derivation {derivation}; it has {', '.join(d.key for d in page.derivations)}")
    return _chain(page, found)


def chain(card: str, derivation: str) -> Answer:
    """A derivation of a card, as text."""
    found = _of_card(card, derivation)
    claim, given = found.derivation.claim, "; ".join(filter(None, (found.card.given, found.derivation.given)))
    return {"first": found.first, "lines": list(found.lines), "claim": claim, "given": given}


def line(card: str, derivation: str, place: int, text: str) -> Answer:
    """Whether another line in the place of one of a card's derivation follows from the line before it."""
    found = _of_card(card, derivation)
    return _judged(found, _with(found, place, text), place)


def slip(card: str, derivation: str, place: int, text: str) -> Answer:
    """The name of what went wrong in a line that does not follow, where one is found."""
    found = _of_card(card, derivation)
    return _slip(found, _with(found, place, text)[place])


def _with(found: Chain, place: int, text: str) -> list[Step]:
    """The steps of a derivation with another text in one place, whose relation may be left out."""
    if not 0 <= place < len(found.lines):
        raise ValueError(f"there is no line {place + 1}")
    new = text.strip()
    new = new if relation_of(new) or new[:1] in "≤≥≠!" else f"{relation_of(found.lines[place])} {new}"
    return _steps(found, (*found.lines[:place], new))


def _steps(found: Chain, lines: tuple[str, ...]) -> list[Step]:
    return read_lines(found.context, found.first, lines)[1]


def _judged(found: Chain, steps: list[Step], place: int) -> Answer:
    """A step by itself; where that decides nothing, by the rules and the earlier derivations of its card."""
    step, clock = steps[place], Clock(SECONDS)
    verdict = verdict_on(found.context, step, _equal_before(steps[:place]), SHARE * clock.left())
    if verdict.level in (Level.UNKNOWN, Level.CONDITIONAL) and not isinstance(step.after, t.Relation):
        by_rule = _by_rules(found, step, place)
        verdict = by_rule if by_rule.level is Level.PROVED else verdict
    return _said(verdict)


def _equal_before(steps: list[Step]) -> list[t.Expr]:
    """What the line before is equal to, the nearest first."""
    equal: list[t.Expr] = []
    for step in reversed(steps):
        if step.op != "=" or isinstance(step.after, t.Relation):
            break
        equal.append(step.before)
    return equal


def _by_rules(found: Chain, step: Step, place: int) -> Verdict:
    own = found.derivation.steps[place] if place < len(found.lines) else c.Step("")
    rule = own.by if own.text == step.text else None
    premise, __ = split_claim(found.derivation)
    claim = to_text(relation(step.before, step.op, step.after))
    alone = replace(
        found.derivation,
        claim=f"{premise} => {claim}" if premise else claim,
        steps=(c.Step(f"{step.op} {to_text(step.after)}", rule),),
        equality="",
    )
    verdict = verify_derivation(found.card, alone)
    return replace(verdict, method=verdict.steps[0].method) if verdict.steps else verdict


def _said(verdict: Verdict) -> Answer:
    if verdict.level is Level.REFUTED:
        return {"word": Word.WRONG, "point": sentence(verdict.counterexample), "why": sentence(verdict.reason)}
    if verdict.held:
        return {"word": Word.FOLLOWS, "where": list(verdict.conditions), "how": verdict.method, "lemmas": list(verdict.lemmas)}
    return {"word": Word.OPEN, "why": sentence(verdict.reason), "level": verdict.level}


def _slip(found: Chain, step: Step) -> Answer:
    case = Case(found.context, step.before, step.op, step.after)
    told, lacks = named(case, _follows, Clock(SHARE * SECONDS))
    return (
        {"kind": told.kind, "said": sentence(told.said), "lacks": lacks}
        if told is not None
        else {"kind": "", "said": "", "lacks": lacks}
    )


def _follows(case: Case, seconds: float) -> Level:
    verdict = verdict_on(case.context, Step("", case.before, case.op, case.after), [], seconds)
    return Level.PROVED if verdict.held else verdict.level


# a claim --------------------------------------------------------------------------------------------------------------


def claim(text: str, given: str = "") -> Answer:
    """The verdict on anybody's claim, for every n."""
    verdict = prove(text, given=given, timeout=SECONDS)
    return {
        "level": verdict.level,
        "claim": verdict.claim,
        "point": sentence(verdict.counterexample),
        "told": [[_(name), sentence(text)] for name, text in verdict.told],
    }


# an exercise ----------------------------------------------------------------------------------------------------------


def attempt(card: str, derivation: str, lines: list[str], place: int) -> Answer:
    """One line of somebody's own way from the first line of a derivation to its last; what it says if it is the last."""
    found = _of_card(card, derivation)
    return _judged(found, _steps(found, tuple(lines[: place + 1])), place)


def attempt_slip(card: str, derivation: str, lines: list[str], place: int) -> Answer:
    found = _of_card(card, derivation)
    return _slip(found, _steps(found, tuple(lines[: place + 1]))[place])


def arrives(card: str, derivation: str, lines: list[str]) -> Answer:
    """Whether lines that follow, each from the one before, show what the derivation shows."""
    found = _of_card(card, derivation)
    claim = core_of(found.context.parse(found.derivation.claim))[0]
    steps = _steps(found, tuple(lines))
    last = claim.right if isinstance(claim, t.Iff) else claim.args[-1]  # type: ignore[attr-defined]  # a relation
    wanted = composed(tuple(map(relation_of, found.lines)))
    shown = composed(tuple(step.op for step in steps))
    if not same(found.context.unfold(steps[-1].after), found.context.unfold(last)):
        return {
            "word": Word.OPEN,
            "why": _("every line follows; go on until the last one says {line}").format(line=to_text(last)),
        }
    if shown is None or wanted is None or not implies(shown, wanted):
        return {
            "word": Word.OPEN,
            "why": _("every line follows; together they show {shown}, and {wanted} was to be shown").format(
                shown=shown or "-", wanted=wanted
            ),
        }
    if len(steps) == 1 < len(found.lines):
        return {"word": Word.OPEN, "why": _("it is true, and the whole claim in one line: write the steps")}
    return {"word": Word.PROVED, "why": _("that is a derivation: every line follows, and the last one is what was to be shown")}


CARRIED_OUT = {
    t.Derivative: N_("a derivative"),
    t.Limit: N_("a limit"),
    t.Big: N_("a sum"),
    t.At: "at(...)",
    t.Mean: N_("a mean"),
}


def formula(card: str, derivation: str, text: str) -> Answer:
    """Whether a formula is equal to what a derivation begins with, for every n; it has to say it in simpler terms."""
    found = _of_card(card, derivation)
    step = _answered(found, text)
    if t.same(step.before, step.after):
        return {"word": Word.OPEN, "why": _("that is the question itself: say it without it")}
    for kind, said in CARRIED_OUT.items():
        if _holds(step.after, kind) and not _holds(_end(found), kind):
            return {"word": Word.OPEN, "why": _("your answer still holds {what}: carry it out").format(what=_(said))}
    return _judged(found, [step], 0)


def formula_slip(card: str, derivation: str, text: str) -> Answer:
    """What went wrong in a formula; the right one is not said."""
    found = _of_card(card, derivation)
    return _slip(found, _answered(found, text))


def _answered(found: Chain, text: str) -> Step:
    return _steps(found, (f"= {text.strip().removeprefix('=')}",))[0]


def _end(found: Chain) -> t.Expr:
    return _steps(found, found.lines)[-1].after


def _holds(node: t.Expr, kind: type[t.Expr]) -> bool:
    return any(isinstance(part, kind) for part in t.walk(node))


# a page ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Piece:
    """What is judged by itself on a page: a line of a derivation, or one statement of a list."""

    line: int
    text: str
    chain: c.Derivation | None = None
    place: int | None = None
    item: Any = None  # Law, Claim, FalseClaim or Example


@lru_cache(maxsize=4)
def _page(text: str) -> tuple[c.Card, tuple[Piece, ...], tuple[str, ...]]:
    document = read_document(text, "page", lenient=True)
    card = card_of(document, "page", LIBRARY)
    assert card.context is not None  # what it declares is read now, and an error is told of the page
    derivations = iter(card.derivations)
    of_kind: dict[v.Kind, Iterator[Any]] = {
        v.Kind.LAWS: iter(card.invariants), v.Kind.EXAMPLES: iter(card.examples),
        v.Kind.CLAIMS: iter(card.claims), v.Kind.FALSE: iter(card.false_claims),
    }  # fmt: skip
    pieces: list[Piece] = []
    for block, *__ in placed(document):
        if isinstance(block, v.Chain):
            one = next(derivations)
            places = block.lines or (block.line,) * len(one.steps)
            pieces += [Piece(line, s.text, one, k) for k, (line, s) in enumerate(zip(places, one.steps, strict=False))]
        elif isinstance(block, v.Items):
            pieces += [Piece(item.line, item.statement, item=next(of_kind[block.kind])) for item in block.items]
    return card, tuple(pieces), document.notes


def page(text: str) -> Answer:
    """What a page in Markdown holds that can be judged, from the top down."""
    __, pieces, notes = _page(text)
    told = [{"number": k, "line": p.line, "text": p.text, "place": p.place} for k, p in enumerate(pieces)]
    return {"pieces": told, "notes": list(notes)}


def piece(text: str, piece: int) -> Answer:
    """The verdict on one of them."""
    card, pieces, __ = _page(text)
    one = pieces[piece]
    if one.chain is not None and one.place is not None:
        found = _chain(card, one.chain)
        return _judged(found, _steps(found, found.lines), one.place)
    if isinstance(one.item, c.Example):
        return {"word": Word.LOCAL, "why": _(LOCAL)}
    context = card.context.given(one.item.given) if one.item.given else card.context
    if isinstance(one.item, c.FalseClaim):
        verdict = judge_false_claim(card, one.item)
        false = {"word": Word.FALSE, "why": sentence(verdict.counterexample)}
        return false if verdict.level is Level.REFUTED else {"word": Word.OPEN, "why": sentence(verdict.reason)}
    context = LIBRARY.with_heads(context, one.text)
    claim = context.parse(one.text)
    verdict = decide(speaking_of(context, claim), claim, Clock(SECONDS))
    word = {Level.PROVED: Word.PROVED, Level.REFUTED: Word.WRONG}.get(verdict.level, Word.OPEN)
    return {**_said(verdict), "word": word}


def piece_slip(text: str, piece: int) -> Answer:
    card, pieces, __ = _page(text)
    one = pieces[piece]
    if one.chain is None or one.place is None:
        return {"kind": "", "said": "", "lacks": ""}
    found = _chain(card, one.chain)
    return _slip(found, _steps(found, found.lines)[one.place])


QUESTIONS: dict[str, Callable[..., Answer]] = {
    "chain": chain, "line": line, "slip": slip, "claim": claim, "attempt": attempt, "attempt slip": attempt_slip,
    "arrives": arrives, "formula": formula, "formula slip": formula_slip, "page": page, "piece": piece, "piece slip": piece_slip,
}  # fmt: skip
