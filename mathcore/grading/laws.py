"""A law that a student states: true or false by the engine, and worth what it catches among wrong implementations.

Wrong implementations are the mistakes of the card and the slips that people make with any formula. What every law
catches (a function that gives no number at all) does not count, so a law that says nothing catches nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np

from mathcore.card import Card, Law
from mathcore.conformance.accuracy import bar_of
from mathcore.conformance.laws import law_check
from mathcore.conformance.mistakes import mistaken
from mathcore.conformance.slips import slips
from mathcore.conformance.subject import Broken, Subject, subject
from mathcore.document.prose import Kind, Statement
from mathcore.formulas import load
from mathcore.grading.assignment import LawItem
from mathcore.grading.feedback import Message
from mathcore.grading.pages import Stated, page
from mathcore.grading.results import Part, Result, State, missing, refused
from mathcore.grading.statements import same
from mathcore.grading.submissions import Submission
from mathcore.language import tree as t
from mathcore.language.chain import core_of
from mathcore.language.parser import FormulaError
from mathcore.strategies.declared import Draw
from mathcore.verify.prose import Word, in_the_language, judged

SECONDS = (2.0, 8.0)  # of processor time; the second where the first decides nothing
MOST_LAWS = 5
DEFINITION = "the definition itself"
FINE = re.compile(r"clipped at|rounded to \d|added|scaled by")  # slips of degree: many of a kind


@dataclass(frozen=True)
class Judgement:
    """One law: whether it is true, and which wrong implementations it catches."""

    stated: Stated
    word: Word
    detail: str = ""
    caught: tuple[str, ...] = ()


def judge_law(item: LawItem, submission: Submission) -> Result:
    """The best of the laws of a page."""
    files = submission.matching(item.files)
    if not files:
        return missing(item.name, item.kind, item.points, Message("no_such_file", {"patterns": ", ".join(item.files)}))
    card, told, stated = load(item.card), list[Message](), list[Stated]()
    for file in files:
        found = page(file, card.context)
        if isinstance(found, Message):
            told.append(found)
        else:
            given = found.card.given
            stated += [replace(s, given="; ".join(filter(None, (given, s.given)))) for s in found.laws]
    if not stated:
        none = Message("no_law", {"files": ", ".join(f.name for f in files)})
        return refused(item.name, item.kind, item.points, *told) if told else missing(item.name, item.kind, item.points, none)
    if len(stated) > MOST_LAWS:
        told.append(Message("laws_many", {"most": MOST_LAWS}))
    return scored(item, [judge_stated(card, one) for one in stated[:MOST_LAWS]], tuple(told))


def judge_stated(card: Card, stated: Stated) -> Judgement:
    """Whether the law is true of the card's formula; then what it catches."""
    statement = Statement(stated.statement, Kind.CLAIM, ((stated.line, 1),), given=stated.given)
    try:
        law = Law("stated", in_the_language(statement, card.context.given(stated.given)), stated.given)
    except (ValueError, FormulaError, RecursionError) as error:
        return Judgement(stated, Word.UNREAD, error.message if isinstance(error, FormulaError) else str(error))
    if _is_definition(card, law):
        return Judgement(stated, Word.CONFIRMED, DEFINITION)
    outcome = None
    for seconds in SECONDS:
        outcome = judged(statement, card.context, seconds)
        if outcome is None or outcome.word is not Word.UNDECIDED:
            break
    if outcome is None:
        return Judgement(stated, Word.UNREAD, "it says nothing that can be true or false")
    if outcome.word is not Word.CONFIRMED:
        return Judgement(stated, outcome.word, outcome.detail)
    try:
        if catches(card, law, subject(card)):  # proved, and excluded by mathcore's own function: the engine is wrong
            return Judgement(stated, Word.UNDECIDED, "the proof and mathcore's own function disagree")
        caught = tuple(sorted(_caught(card, law) - idle(card.name)))
    except (ValueError, FormulaError) as error:
        return Judgement(stated, Word.UNREAD, str(error))
    return Judgement(stated, Word.CONFIRMED, outcome.detail, caught)


def _is_definition(card: Card, law: Law) -> bool:
    """Whether both sides are the same once the definitions are opened: then it says nothing beyond them."""
    try:
        context = card.context.given(law.given) if law.given else card.context
        claim, _ = core_of(context.unfold(context.parse(law.statement)))
    except (FormulaError, ValueError, RecursionError):
        return False
    return isinstance(claim, t.Relation) and all(same(claim.args[0], side) for side in claim.args[1:])


def scored(item: LawItem, found: list[Judgement], told: tuple[Message, ...] = ()) -> Result:
    """The law that catches most counts; `catches` of them make full points."""
    needed = item.catches or strength(item.card)
    best = max(found, key=lambda j: (j.word is Word.CONFIRMED, len(j.caught), j.word is Word.UNDECIDED))
    points = item.points * min(len(best.caught), needed) // needed if needed else 0
    parts = tuple(
        Part(
            Message("title_law", {"text": one.stated.statement}),
            points if one is best else 0,
            item.points if one is best else 0,
            _said(item, one, needed),
            look=one is best and one.word is Word.UNDECIDED,
        )
        for one in found
    )
    detail = tuple(f"{j.stated.statement}: {j.word}; {j.detail}; catches {', '.join(j.caught) or 'nothing'}" for j in found)
    return Result(item.name, item.kind, item.points, parts, told, State.JUDGED, detail=detail)


def _said(item: LawItem, one: Judgement, needed: int) -> Message:
    law = one.stated.statement
    match one.word:
        case Word.CONFIRMED if one.caught:
            said = {"law": law, "caught": len(one.caught), "all": len(wrong_ones(item.card)), "needed": needed}
            return Message("law_catches", said)
        case Word.CONFIRMED if one.detail == DEFINITION:
            return Message("law_definition", {"law": law})
        case Word.CONFIRMED:
            return Message("law_silent", {"law": law, "function": item.card})
        case Word.REFUTED:
            return Message("law_false", {"law": law, "counterexample": one.detail})
        case Word.UNDECIDED:
            return Message("law_open", {"law": law})
    return Message("law_unread", {"law": law, "reason": one.detail})


# wrong implementations ------------------------------------------------------------------------------------------------


@lru_cache(maxsize=64)
def wrong_ones(name: str) -> tuple[tuple[str, Subject], ...]:
    """The mistakes of a card, and the shared slips made of mathcore's own function."""
    card = load(name)
    own = subject(card)
    found = [(dotted.rpartition(".")[2], mistaken(card, dotted)) for dotted in card.mistakes]
    for slip in slips(own):
        if not FINE.search(slip.name):
            found.append((slip.name, replace(own, function=_as_function(own, slip.gives), options={}, part=None)))
    return tuple(found)


def _as_function(own: Subject, gives: Callable[[Draw], np.ndarray]) -> Callable[..., Any]:
    """A slip takes what was drawn; a function takes arguments."""

    def slipped(*arguments: Any) -> np.ndarray:
        values: Draw = {}
        for p, argument in zip(own.parameters, arguments, strict=False):
            values[p] = argument + 1 if p.type.domain == "index" else argument
            for size, n in zip(p.type.shape, np.shape(argument), strict=False):
                values[size] = n  # type: ignore[index]  # a declared size
        values |= dict(zip(own.free_sizes, arguments[len(own.parameters) :], strict=False))
        try:
            with np.errstate(all="ignore"):
                return np.asarray(gives(values))
        except Broken as error:
            raise ValueError(str(error)) from None

    return slipped


def catches(card: Card, law: Law, wrong: Subject) -> bool:
    """Whether an output of this implementation excludes the law."""
    dtype = next((f for f in ("float64", "float32", "float16") if bar_of(card, f) is not None), "")
    found = law_check(wrong, law, dtype, "quick", hypothesis=False)
    return not found.passed and bool(found.counterexample) and not found.figures.get("conflict")


def _caught(card: Card, law: Law) -> frozenset[str]:
    return frozenset(name for name, wrong in wrong_ones(card.name) if catches(card, law, wrong))


@lru_cache(maxsize=64)
def idle(name: str) -> frozenset[str]:
    """What even `f(z) = f(z)` catches."""
    card = load(name)
    left = card.define.partition("=")[0].strip()
    return _caught(card, Law("itself", f"{left} = {left}"))


@lru_cache(maxsize=64)
def strength(name: str) -> int:
    """How many wrong implementations the best law of the card catches."""
    return max((len(caught) for _, caught in own_laws(name)), default=0)


@lru_cache(maxsize=64)
def own_laws(name: str) -> tuple[tuple[Law, frozenset[str]], ...]:
    """The card's own laws with what each catches."""
    return tuple(_own(load(name)))


def _own(card: Card) -> Iterator[tuple[Law, frozenset[str]]]:
    for law in card.invariants:
        yield law, _caught(card, law) - idle(card.name)
