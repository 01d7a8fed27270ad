"""A judge that judges nothing: a class runs with it in no time. What it does is in the submission, as a word."""

from __future__ import annotations

import os
import time

from mathcore.grading.feedback import Message
from mathcore.grading.results import Part, Result
from mathcore.grading.students import Job

PAUSES = {"slow": 0.2, "stuck": 20.0}  # seconds


def stand_in(job: Job) -> tuple[Result, ...]:
    """Points as the file says: a number, or `die`, `raise`, `once FILE` (dies the first time), `slow` or `stuck` and a number."""
    text = job.submission.files[0].data.decode() if job.submission.files else "0"
    word, _, rest = text.partition(" ")
    if word == "die":
        os._exit(3)
    if word == "raise":
        raise ValueError("a fault of the judge")
    if word == "once" and not os.path.exists(rest):
        open(rest, "w").close()
        os.kill(os.getpid(), 9)
    if word in PAUSES:
        time.sleep(PAUSES[word])
    points = int(rest) if word in PAUSES else 100 if word == "once" else int(word)
    return tuple(made(name, points, job.assignment.item(name).points) for name in job.items)


def made(item: str, points: int, most: int = 1000, **more: object) -> Result:
    parts = (Part(Message("title_simple"), points, most, Message("simple_lost") if points < most else None),)
    return Result(item, "function", most, parts, **more)  # type: ignore[arg-type]  # fields of a result, by name
