"""One submission, all its items: what a worker does."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mathcore.grading.assignment import Assignment, DerivationItem, FunctionItem, Item, LawItem
from mathcore.grading.feedback import Message
from mathcore.grading.results import Result, unjudged
from mathcore.grading.submissions import Submission

if TYPE_CHECKING:
    from mathcore.grading.functions import Boxes


@dataclass(frozen=True)
class Job:
    """A submission, and the names of the items that are to be judged."""

    assignment: Assignment
    submission: Submission
    items: tuple[str, ...]


def judge_student(job: Job) -> tuple[Result, ...]:
    """A result for each item; nothing of one student is left for the next but exact values."""
    from mathcore.grading.functions import Boxes

    found = []
    with Boxes(job.assignment.level) as boxes:
        for name in job.items:
            start = time.perf_counter()
            result = _result(job, job.assignment.item(name), boxes)
            found.append(replace(result, seconds=round(time.perf_counter() - start, 3)))
    return tuple(found)


def _result(job: Job, item: Item, boxes: Boxes) -> Result:
    from mathcore.grading.derivations import judge_derivation
    from mathcore.grading.functions import judge_function
    from mathcore.grading.laws import judge_law

    if (problem := job.submission.problem) is not None:
        return unjudged(item.name, item.kind, item.points, problem)
    match item:
        case FunctionItem():
            return judge_function(item, job.submission, job.assignment, boxes)
        case DerivationItem():
            return judge_derivation(item, job.submission)
        case LawItem():
            return judge_law(item, job.submission)


def died(job: Job, reason: str) -> tuple[Result, ...]:
    """What is said where the judge itself ended at this submission."""
    items = (job.assignment.item(name) for name in job.items)
    return tuple(unjudged(item.name, item.kind, item.points, Message("died", {"reason": reason})) for item in items)
