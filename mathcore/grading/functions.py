"""A function of a submission, judged by a card: it runs in a box, and what comes back is judged here.

No seed, exact value or later input crosses the border. A call that takes longer than the limit of the box counts as
wrong; besides that no clock decides anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np

from mathcore.card import Card
from mathcore.conformance.accuracy import Case, bar_of, cases, first_failure, length_cases
from mathcore.conformance.check import in_its_form, judge, prepared
from mathcore.conformance.guard import Guard
from mathcore.conformance.subject import Subject, subject
from mathcore.evidence import Check, Finding, Grade, Report, Standing
from mathcore.formulas import load
from mathcore.grading.assignment import Assignment, FunctionItem
from mathcore.grading.feedback import Message, without_answer
from mathcore.grading.isolation import Failed, ForeignError, Level, Limits, Loaded, Sandbox, TimedOut
from mathcore.grading.points import CORE, Share, earned, group_of, shares
from mathcore.grading.results import Part, Result, State, missing, refused, unjudged
from mathcore.grading.submissions import File, Submission

LIMITS = Limits(source=8 << 20, restarts=2)  # a call that does not answer is met three times at most
PATIENCE = 600.0  # seconds of the judge's own guard: the box ends a call long before
MODERATE = 50.0  # exp of it is far from the largest float of each format but float16
NUMBER = re.compile(r"\d+(?:\.\d*)?(?:e[+-]?\d+)?")
SILENT = 4  # of so many results one may be left without a verdict
BATCH = ("a row depends on that row alone", "a batch gives the mean of its rows")


class Boxes:
    """The files of one submission, each loaded in a box when it is asked for; one whose process died gets a new one."""

    def __init__(self, least: Level) -> None:
        self.least = least
        self.open: dict[int, Sandbox] = {}  # by the file itself: two may be shown under one name
        self.level = ""

    def __enter__(self) -> Boxes:
        return self

    def __exit__(self, *_: object) -> None:
        for box in self.open.values():
            box.close()

    def load(self, file: File) -> tuple[Sandbox, Loaded | Failed]:
        box = self.open.get(id(file))
        if box is not None and box.restarts:
            box.close()
            box = None
        if box is None:
            box = self.open[id(file)] = Sandbox(limits=LIMITS, least=self.least)
            self.level = str(box.level)
            box.load(file.data, file.name)
        assert box.loaded is not None
        return box, box.loaded


def judge_function(item: FunctionItem, submission: Submission, assignment: Assignment, boxes: Boxes) -> Result:
    """The result of one function of a submission."""
    files = submission.matching(item.files)
    told = [f.problem for f in files if f.problem is not None]
    if not files:
        return missing(item.name, item.kind, item.points, Message("no_such_file", {"patterns": ", ".join(item.files)}))
    found: list[tuple[File, Sandbox]] = []
    names: list[str] = []
    for file in files:
        if file.problem is not None:
            continue
        box, loaded = boxes.load(file)
        if isinstance(loaded, Failed):
            told.append(Message("not_loaded", {"file": file.name, "reason": loaded.words.removeprefix("the file ")}))
        else:
            names += loaded.names
            found += [(file, box)] if item.name in loaded.names else []
    if not found:
        said = {"name": item.name, "files": ", ".join(f.name for f in files), "found": ", ".join(names[:20]) or "none"}
        if told and not names:
            return refused(item.name, item.kind, item.points, *told, level=boxes.level)
        return replace(missing(item.name, item.kind, item.points, *told, Message("no_function", said)), level=boxes.level)
    file, box = found[0]
    notes = [Message("several_files", {"name": item.name, "file": file.name})] if len(found) > 1 else []
    watch = Watched(box.function(item.name))
    tested = prepared(watch.function, load(item.card), item.call)

    def renew() -> None:
        box.restarts = 0
        box.renew()

    result = judged(item, replace(tested, function=Guard(watch.function, PATIENCE)), assignment, renew)
    slow = [Message("too_slow", {"seconds": f"{watch.seconds:g}"})] if watch.seconds else []
    return replace(result, told=(*told, *notes, *slow, *result.told), level=boxes.level, timed_out=bool(watch.seconds))


class Watched:
    """A function of a box; remembers whether a call was ended by its clock."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self.seconds = 0.0

        def watched(*arguments: Any, **keywords: Any) -> Any:
            try:
                return function(*arguments, **keywords)
            except ForeignError as error:
                if isinstance(error.outcome, TimedOut):
                    self.seconds = error.outcome.seconds
                raise

        watched.__name__ = function.__name__
        if (signature := getattr(function, "__signature__", None)) is not None:
            watched.__signature__ = signature  # type: ignore[attr-defined]  # what inspect.signature asks for
        self.function = watched


# points ---------------------------------------------------------------------------------------------------------------


def judged(item: FunctionItem, tested: Subject, assignment: Assignment, renew: Callable[[], None] = lambda: None) -> Result:
    """The points of a subject, mathcore's own functions and mistakes too; `renew` revives one whose process ended."""
    tested, _ = in_its_form(tested, assignment.seed)
    demanded = Grade.CARD if item.accuracy == "card" else Grade.ORDINARY
    report = judge(tested, assignment.effort, assignment.seed, demanded)
    if undecided := _undecided(report, tested.working):
        return unjudged(item.name, item.kind, item.points, undecided, detail=tuple(map(_full, report.checks)))
    asked = shares(item.points, asked_of(item.card, assignment.effort, assignment.seed), assignment.split)
    renew()
    known = {(share.group, share.name) for share in asked}
    lost = {place: told for place, told in _lost(item, tested, report, assignment).items() if place in known}
    held = [share for share in asked if (share.group, share.name) not in lost]
    wrong = any(group in CORE and told.key != "card_accuracy" for (group, _), told in lost.items())
    if wrong:
        laws = {c.name for c in report.checks if c.kind == "law" and c.passed and c.cases and c.standing is None}
        held = [share for share in held if share.group != "laws" or share.name in laws]
    parts = tuple(_parts(earned(asked, held, wrong), held, lost, wrong))
    return Result(
        item.name,
        item.kind,
        item.points,
        parts,
        tuple(_told(report, lost, wrong)),
        State.JUDGED,
        slips=tuple(dict.fromkeys(f.slip for f in report.findings if f.slip)),
        detail=tuple(_full(c) for c in report.failures),
        notes=tuple(f"{c.name}: {c.detail}" for c in report.checks if c.standing is not None),
    )


def _undecided(report: Report, working: str) -> Message | None:
    """Why there are no points; None where there are."""
    values = next((c for c in report.checks if c.kind == "accuracy" and c.name == working), None)
    if values is None or report.grade is Grade.UNJUDGED:
        return Message("unjudged_nothing")
    if not values.passed:
        return None
    if any(c.figures.get("conflict") for c in report.checks):
        return Message("unjudged_conflict")
    if SILENT * values.figures.get("not judged", 0) > values.figures.get("outputs", 0):
        return Message("unjudged_silent")
    return None


def _full(check: Check) -> str:
    return f"{check.kind} {check.name}: {check.counterexample or check.detail}"


def _lost(item: FunctionItem, tested: Subject, report: Report, assignment: Assignment) -> dict[tuple[str, str], Message]:
    """The shares that are lost, each with what is said of it."""
    found: dict[tuple[str, str], Message] = {}
    for check in report.checks:
        group, name = group_of(check.kind, check.name, tested.working)
        if check.passed:
            continue
        shown = without_answer(check.counterexample or check.detail)
        said = {"name": name, "shown": f"{shown}." if shown else ""}
        if check.kind == "accuracy" and group == "simple":
            found |= {(part, ""): Message(f"{part}_lost") for part in _core(tested, assignment)}
        else:
            if check.kind == "example":
                group = "hard" if _large(check.name) else "simple"
            found.setdefault((group, name), Message(f"{group}_lost", said if group not in CORE else {}))
    if item.accuracy == "card":
        for check in report.checks:
            if check.passed and check.kind == "accuracy" and (check.figures.get("beyond") or check.figures.get("not judged")):
                group, name = group_of(check.kind, check.name, tested.working)
                found.setdefault(("hard" if group == "simple" else group, name), Message("card_accuracy"))
    if item.batches == "required" and ("batches", "") not in found and not _takes_batches(report):
        shown = next((c.detail for c in report.checks if c.name in BATCH or c.name == "takes a batch"), "")
        found["batches", ""] = Message("batches_required", {"shown": without_answer(shown)})
    return found


def _takes_batches(report: Report) -> bool:
    return any(c.name in BATCH and c.passed and c.standing is None for c in report.checks)


def _core(tested: Subject, assignment: Assignment) -> Iterator[str]:
    """Which of simple inputs, hard ones and lengths come out wrong in the working format."""
    bar = bar_of(tested.card, tested.working) or 0.0

    def wrong(listed: list[Case]) -> bool:
        return any(first_failure(tested, case, bar).failure is not None for case in listed)

    drawn = cases(tested.card, tested.working, assignment.effort, assignment.seed)
    parts = {
        "simple": [c for c in drawn if _moderate(c)],
        "hard": [c for c in drawn if not _moderate(c)],
        "lengths": list(length_cases(tested.card, tested.working, assignment.seed)),
    }
    found = [name for name, listed in parts.items() if wrong(listed)]
    yield from found or ("hard",)  # a function that answers differently every time


def _moderate(case: Case) -> bool:
    """A simple input of numbers that nobody finds large."""
    numbers = (np.asarray(v, dtype=float) for s, v in case.values.items() if s.type.domain != "size")
    return case.family == "simple" and all((np.abs(x) <= MODERATE).all() for x in numbers)


def _large(statement: str) -> bool:
    """Whether a worked example speaks of a number that is large."""
    return "inf" in statement or any(abs(float(x)) > MODERATE for x in NUMBER.findall(statement))


def _parts(
    points: Mapping[Share, int], held: list[Share], lost: Mapping[tuple[str, str], Message], wrong: bool
) -> Iterator[Part]:
    for share, given in points.items():
        told = lost.get((share.group, share.name))
        if told is None and given < share.points:
            cut = share in held and share.group in (*CORE, "laws")
            told = Message("capped" if cut or share.group == "laws" else "values_first")
        if wrong and share.group not in (*CORE, "laws", "formats"):
            told = Message("values_first")
        yield Part(Message(f"title_{share.group}", {"name": share.name} if share.name else {}), given, share.points, told)


def _told(report: Report, lost: Mapping[tuple[str, str], Message], wrong: bool) -> Iterator[Message]:
    """The findings in words, the cause first."""
    if not lost:
        yield Message("right")
        return
    for finding in report.findings:
        yield from _of_finding(finding)
    if wrong:
        yield Message("capped")


def _of_finding(finding: Finding) -> Iterator[Message]:
    if finding.kind == "accuracy":
        yield Message("shows", {"shown": without_answer(finding.shown)})
    if finding.slip:
        yield Message("looks_like", {"slip": finding.slip})
    if finding.meaning:
        yield Message("meaning", {"meaning": finding.meaning})
    if finding.free:
        yield Message("free", {"names": ", ".join(finding.free)})


@lru_cache(maxsize=64)
def asked_of(card: str, effort: str, seed: int) -> Mapping[str, tuple[str, ...]]:
    """What can be asked of a card's function, by group: what is asked of mathcore's own. It fills the store of exact values."""
    found: dict[str, list[str]] = {}
    for check in own_report(load(card), effort, seed).checks:
        group, name = group_of(check.kind, check.name)
        if name not in found.setdefault(group, []):
            found[group].append(name)
    if "simple" in found:
        found["hard"] = [""]
        tested = prepared_own(load(card))
        if length_cases(tested.card, tested.working, seed):
            found["lengths"] = [""]
    return {group: tuple(names) for group, names in found.items()}


def prepared_own(card: Card) -> Subject:
    """mathcore's own function, held to what others are held to."""
    return prepared(subject(card), card)  # type: ignore[arg-type]  # a subject is taken as it is


def own_report(card: Card, effort: str, seed: int) -> Report:
    return judge(prepared_own(card), effort, seed)


__all__ = ["Boxes", "Standing", "asked_of", "judge_function", "judged", "own_report", "prepared_own"]
