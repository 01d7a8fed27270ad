"""A class: what has to be judged goes to worker processes, and what comes back is written at once.

A worker judges many students, so that exact values are computed once. One that dies loses the student it was at, who is
tried once more and then told as not judged. The order, and the number of workers, change no points.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path

from mathcore.grading.assignment import Assignment
from mathcore.grading.gradebook import Basis, Gradebook
from mathcore.grading.results import Result, State
from mathcore.grading.students import Job, died, judge_student
from mathcore.grading.submissions import Submission, find

PATIENCE = 1800.0  # seconds for one student: only a judge that is stuck takes so long
TRIES = 2
Judge = Callable[[Job], tuple[Result, ...]]


@dataclass(frozen=True)
class Move:
    """An item whose points a new judgement changed, or would have lowered."""

    student: str
    item: str
    before: int
    after: int
    why: tuple[str, ...]

    @property
    def kept(self) -> bool:
        return self.after < self.before


@dataclass(frozen=True)
class Done:
    """What a run did."""

    judged: int = 0
    unchanged: int = 0
    outdated: int = 0  # results of an older assignment or engine, left as they are
    moves: tuple[Move, ...] = ()
    again: tuple[str, ...] = ()  # students at whom a worker died
    seconds: float = 0.0


@dataclass
class Progress:
    """What a listener hears: how many students there are, how many are done, who is next."""

    total: int
    done: int = 0
    student: str = ""


def grade(
    folder: Path | str,
    assignment: Assignment,
    book: Gradebook,
    *,
    jobs: int = 1,
    regrade: bool = False,
    progress: Callable[[Progress], None] = lambda _: None,
    judge: Judge = judge_student,
) -> Done:
    """Judge what is new or changed; with `regrade` also what an older assignment or engine judged.

    `jobs` processes judge; 0: this one.
    """
    start = time.perf_counter()
    patterns = tuple(dict.fromkeys(p for item in assignment.items for p in item.files))
    submissions, last, engine = find(folder, patterns), book.last(), engine_digest()
    names = book.names()
    best = {(names[e.student], e.item): e.best for e in book.entries(item.name for item in assignment.items)}
    waiting: list[Job] = []
    bases: dict[tuple[str, str], Basis] = {}
    unchanged = outdated = 0
    for submission in submissions:
        items = []
        for item in assignment.items:
            key = (submission.student, item.name)
            bases[key] = Basis(submission.digest(item.files), assignment.digest(item), engine)
            known = last.get(key)
            if known is None or known.content != bases[key].content or (regrade and known != bases[key]):
                items.append(item.name)
            elif known != bases[key]:
                outdated += 1
            else:
                unchanged += 1
        if items:
            waiting.append(Job(assignment, submission, tuple(items)))
    moves: list[Move] = []
    again: list[str] = []
    shown = Progress(len(waiting))
    progress(shown)
    for job, results, failures in judged(waiting, min(jobs, len(waiting)), judge):
        student = job.submission.student
        again += [student] * bool(failures)
        book.record(student, [(r, bases[student, r.item]) for r in results], _late(job.submission, assignment))
        for result in results:
            known = last.get((student, result.item))
            before = best.get((student, result.item))
            if known is None or before is None or State.UNJUDGED in (before.state, result.state):
                continue
            if before.points != result.points:
                why = bases[student, result.item].changed(known)
                moves.append(Move(student, result.item, before.points, result.points, why))
        shown.done, shown.student = shown.done + 1, student
        progress(shown)
    moves.sort(key=lambda m: (m.student, m.item))
    seconds = time.perf_counter() - start
    return Done(len(waiting), unchanged, outdated, tuple(moves), tuple(sorted(again)), seconds)


def _late(submission: Submission, assignment: Assignment) -> bool:
    """By the dates of the files, which a copy may change: it is told, and costs nothing."""
    if assignment.deadline is None or not submission.changed:
        return False
    return submission.changed > assignment.deadline.timestamp()  # without a zone it is of this machine


# workers --------------------------------------------------------------------------------------------------------------


def work(channel: Connection, judge: Judge) -> None:
    """A worker: jobs come, results go, until the other end is closed. Ctrl-C is for the one who waits for it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        try:
            job = channel.recv()
        except (EOFError, OSError):
            return
        try:
            answer: tuple[Result, ...] | str = judge(job)
        except Exception as error:  # a fault of the judge: told, and never the end of a class
            answer = f"{type(error).__name__}: {error}"
        try:
            channel.send(answer)
        except OSError:
            return


@dataclass
class Worker:
    judge: Judge
    job: Job | None = None
    since: float = 0.0
    channel: Connection = field(init=False)
    process: SpawnProcess = field(init=False)

    def __post_init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self.channel, theirs = context.Pipe()
        self.process = context.Process(target=work, args=(theirs, self.judge), daemon=True)
        self.process.start()
        theirs.close()

    def give(self, job: Job) -> None:
        self.job, self.since = job, time.monotonic()
        self.channel.send(job)

    def end(self) -> None:
        self.channel.close()
        self.process.join(1.0)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()

    def reason(self) -> str:
        self.process.join(1.0)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()
            return f"no answer within {PATIENCE:g} s"
        code = self.process.exitcode or 0
        return f"signal {-code}" if code < 0 else f"exit code {code}"


def judged(jobs: list[Job], workers: int, judge: Judge = judge_student) -> Iterator[tuple[Job, tuple[Result, ...], int]]:
    """Each job with its results, and how often a worker died at it; in the order in which they are finished.

    Without workers this process judges, and does not survive what kills it.
    """
    if not workers:
        yield from ((job, judge(job), 0) for job in jobs)
        return
    waiting, failures, running = list(reversed(jobs)), dict[str, int](), list[Worker]()
    try:
        while waiting or any(w.job for w in running):
            while waiting and len([w for w in running if w.job]) < workers:
                free = next((w for w in running if w.job is None), None)
                if free is None:
                    free = Worker(judge)
                    running.append(free)
                with suppress(OSError):  # it died while it waited, or as it began
                    free.give(waiting.pop())
            wait([w.channel for w in running if w.job], timeout=1.0)
            for worker in [w for w in running if w.job is not None]:
                assert worker.job is not None
                job, student = worker.job, worker.job.submission.student
                found = _answer(worker)
                if found is None:
                    continue
                worker.job = None
                if isinstance(found, str):
                    running.remove(worker)
                    worker.channel.close()
                    failures[student] = failures.get(student, 0) + 1
                    if failures[student] < TRIES:
                        waiting.append(job)
                        continue
                    found = died(job, found)
                yield job, found, failures.get(student, 0)
    finally:
        for worker in running:
            worker.end()


def _answer(worker: Worker) -> tuple[Result, ...] | str | None:
    """The results; why there will be none; None while it is at work."""
    try:
        if worker.channel.poll():
            found: tuple[Result, ...] | str = worker.channel.recv()
            return found
    except (EOFError, OSError):
        return worker.reason()
    if time.monotonic() - worker.since > PATIENCE:
        return worker.reason()
    return None


# what the points depend on --------------------------------------------------------------------------------------------

PARTS = (
    "language",
    "rules",
    "document",
    "proof",
    "conformance",
    "verify/prose",
    "strategies",
    "numeric",
    "mistakes",
    "formulas",
    "grading",
)


@cache
def engine_digest() -> str:
    """One number for the engine, the cards and the versions of the libraries; not of the machine."""
    from mathcore.verify.store import PACKAGE, environment

    state = hashlib.sha256()
    for key, value in sorted(environment().items()):
        if key not in ("cpu", "platform"):
            state.update(f"{key}={value}\0".encode())
    files = [PACKAGE / "card.py", PACKAGE / "evidence.py", PACKAGE / "library.py"]
    for part in PARTS:
        files += sorted(f for f in (PACKAGE / part).rglob("*") if f.suffix in (".py", ".lark", ".json", ".md"))
    for file in files:
        state.update(b"%s\0%s\0" % (file.relative_to(PACKAGE).as_posix().encode(), hashlib.sha256(file.read_bytes()).digest()))
    return state.hexdigest()


def processors() -> int:
    """How many processes can work at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
