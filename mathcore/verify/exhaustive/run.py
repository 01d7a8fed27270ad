"""Whole formats, shard by shard, on any `concurrent.futures.Executor`; what is finished is on disk and is not done again."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from dataclasses import dataclass

import numpy as np

from mathcore.conformance.exact import reference
from mathcore.conformance.subject import show
from mathcore.conformance.ulp import FIRST
from mathcore.evidence import Exhaustive
from mathcore.verify.exhaustive.functions import FORMATS, elementwise, functions
from mathcore.verify.exhaustive.judge import CHUNK, Kind, Tally, tally, thresholds
from mathcore.verify.exhaustive.shards import Shard, Shards, Task, conditions, gaps, implementation, key, merged
from mathcore.verify.run import cores, end_with_the_parent, main_can_be_imported_again

SHARD = 1 << 24  # patterns
FEW = 1 << 18  # patterns for which no process is started
AHEAD = 2  # tasks per worker that wait: few are lost when the run is stopped


@dataclass(frozen=True)
class Step:
    """What a progress display hears: `patterns` more are judged, of `total` that this run has to judge.

    `stored` says that the store has them, or had the result.
    """

    task: Task | None
    patterns: int = 0
    total: int = 0
    result: Exhaustive | None = None
    note: str = ""
    stored: bool = False


Progress = Callable[[Step], None]


class OtherWorker(RuntimeError):
    """A worker whose function, judge, libraries or processor are not those of this process: results would not belong together."""


def exhaust(
    names: str | Iterable[str] | None = None,
    formats: Sequence[str] = FORMATS,
    *,
    function: str = "",
    length: int = SHARD,
    workers: int | None = None,
    executor: Executor | None = None,
    store: Shards | None = None,
    fresh: bool = False,
    progress: Progress | None = None,
) -> tuple[Exhaustive, ...]:
    """Every value of the formats through the functions named, judged; the same result whatever the split.

    Parameters
    ----------
    names : str or iterable of str, optional
        Functions of one number, such as "sigmoid". Without it all of them.
    formats : sequence of str
        "float16" (65,536 values, about a tenth of a second) and "float32" (2^32 values, minutes).
    function : str
        Dotted name of a function to judge instead of the card's own.
    length : int
        Patterns per shard, a multiple of 8192.
    workers : int, optional
        Processes; without it one per core.
    executor : concurrent.futures.Executor, optional
        Where shards are computed instead, e.g. `dask.distributed.Client(address).get_executor()`.
    store : Shards, optional
        Where finished shards are kept; the user's cache directory without it.
    fresh : bool
        Forget the finished shards first: a run without it goes on where a stopped one ended.
    progress : callable, optional
        Called with a `Step` for every shard that is done.

    Raises
    ------
    NotElementwise
        If a name is no function of one number.
    OtherWorker
        If a worker would compute something else than this process.
    """
    wanted = [names] if isinstance(names, str) else [entry.name for entry in functions()] if names is None else list(names)
    if length <= 0 or length % CHUNK:
        raise ValueError(f"exhaust: length must be a positive multiple of {CHUNK}, got {length}")
    tasks = [Task(elementwise(name).name, kind, function) for name in dict.fromkeys(wanted) for kind in formats]
    store, tell = store or Shards(), progress or (lambda step: None)
    found: dict[Task, list[Shard]] = {}
    left: list[tuple[Task, int, int]] = []
    for task in tasks:
        found[task], notes = ([], store.forget(task)) if fresh else store.read(task)
        for note in notes:
            tell(Step(task, note=note))
        if found[task]:
            tell(Step(task, stored=True))
        left += [(task, start, stop) for start, stop in gaps(found[task], Kind(task.format).size, length)]
    total = sum(stop - start for _, start, stop in left)
    results: dict[Task, Exhaustive] = {}
    told: set[str] = set()  # a full disk concerns every shard, and is said once

    def finish(task: Task) -> None:
        if task not in results and sum(s.stop - s.start for s in found[task]) == Kind(task.format).size:
            results[task] = _result(task, merged(found[task], Kind(task.format).size))
            store.prune(task)
            tell(Step(task, 0, total, results[task]))

    for task in tasks:
        finish(task)
    with closing(_computed(left, executor, workers, tell)) as computed:
        for task, shard in computed:
            note = store.write(task, shard)
            found[task].append(shard)
            tell(Step(task, shard.stop - shard.start, total, note=note if note not in told else "", stored=not note))
            told.add(note)
            finish(task)
    return tuple(results[task] for task in tasks)


def stored(name: str, formats: Sequence[str] = FORMATS, store: Shards | None = None) -> tuple[Exhaustive, ...]:
    """The results of a function that are complete on disk, for what it is now; nothing is computed."""
    found = []
    for task in (Task(name, kind) for kind in formats):
        shards, _ = (store or Shards()).read(task)
        size = Kind(task.format).size
        if not list(gaps(shards, size, size)):
            found.append(_result(task, merged(shards, size)))
    return tuple(found)


def work(task: Task, expected: str, start: int, stop: int) -> Shard:
    """One shard, in whatever process; refuses if that process would not compute what was asked for."""
    if key(task) != expected:
        here = ", ".join(f"{name} {value}" for name, value in conditions().items())
        raise OtherWorker(
            f"{task.name}: a worker has another implementation, library or processor than the process that asked ({here}). "
            f"Use workers with the same mathcore, NumPy, python-flint and CPU, or one scheduler per kind of machine."
        )
    return Shard(start, stop, tally(task.name, task.format, start, stop, elementwise(task.name).function(task.function)))


def _result(task: Task, total: Tally) -> Exhaustive:
    """The tally as evidence; the place of the largest error with what is exact there."""
    entry, kind = elementwise(task.name), Kind(task.format)
    error, pattern = total.worst
    edges = thresholds(task.name, task.format)
    return Exhaustive(
        card=task.name,
        function=task.dotted,
        format=task.format,
        inputs=kind.size,
        classes=tuple(zip([f"<= {edge:g}" for edge in edges] + [f"> {edges[-1]:g}"], total.counts, strict=True)),
        nan=total.nan,
        bar=float(getattr(entry.card.accuracy, task.format)),
        largest=error,
        where=_where(task, pattern),
        balls=total.balls,
        other_zeros=total.other_zeros,
        failures=total.failures,
        first=tuple(text for _, text in total.first),
        note=entry.either_zero if total.other_zeros else "",
        digest=implementation(task.name, task.function),
        environment=conditions(),
    )


def _where(task: Task, pattern: int) -> str:
    entry, kind = elementwise(task.name), Kind(task.format)
    x = kind.value(pattern)
    text = f"{task.name}({show(x)})"
    try:
        with np.errstate(all="ignore"):
            start = pattern - pattern % CHUNK
            out = np.asarray(entry.function(task.function)(kind.values(start, start + CHUNK)))[pattern - start]
    except Exception as error:
        return f"{text} raises {type(error).__name__}"
    exact = ""
    if np.isfinite(x) and float(x) not in entry.limits:
        value = reference(entry.card).outputs({entry.card.definition.parameters[0]: x})[0]
        value.at(FIRST)
        exact = f", exact {value.decimal()}"
    return f"{text} = {show(out)}{exact}"


# executors --------------------------------------------------------------------------------------------------------------


Piece = tuple[Task, int, int]


def _computed(
    pieces: list[Piece], executor: Executor | None, workers: int | None, tell: Progress
) -> Generator[tuple[Task, Shard], None, None]:
    """Shards in the order in which they are done."""
    left = dict.fromkeys(pieces)

    def done(found: Iterable[tuple[Piece, Shard]]) -> Iterator[tuple[Task, Shard]]:
        for piece, shard in found:
            left.pop(piece)
            yield piece[0], shard

    if executor is not None:
        yield from done(_on(executor, pieces, len(pieces)))
        return
    size = sum(stop - start for _, start, stop in pieces)
    workers = (cores() if main_can_be_imported_again() and size > FEW else 1) if workers is None else workers
    failed = 0
    while workers > 1 and left and failed < 2:
        before = len(left)
        try:
            yield from done(_in_processes(list(left), workers))
        except (BrokenProcessPool, OSError) as error:  # a worker was killed, or processes cannot be had
            failed = failed + 1 if len(left) == before else 0
            tell(Step(None, note=f"a worker process ended ({type(error).__name__}): {len(left)} shards go on with new ones"))
    for piece in list(left):
        task, start, stop = piece
        yield from done([(piece, work(task, key(task), start, stop))])


def _on(executor: Executor, pieces: Sequence[Piece], ahead: int) -> Iterator[tuple[Piece, Shard]]:
    """At most `ahead` shards are with the executor at any time."""
    waiting: dict[Future[Shard], Piece] = {}
    queue = iter(pieces)
    try:
        while True:
            while len(waiting) < ahead and (piece := next(queue, None)) is not None:
                task, start, stop = piece
                waiting[executor.submit(work, task, key(task), start, stop)] = piece
            if not waiting:
                return
            finished, _ = wait(waiting, return_when=FIRST_COMPLETED)
            for future in sorted(finished, key=_failed):  # what is finished is kept before what failed is heard of
                shard = future.result()
                yield waiting.pop(future), shard
    finally:
        for future in waiting:
            future.cancel()


def _failed(future: Future[Shard]) -> bool:
    return future.cancelled() or future.exception() is not None


def _in_processes(pieces: Sequence[Piece], workers: int) -> Iterator[tuple[Piece, Shard]]:
    context = multiprocessing.get_context("spawn")  # the same on every platform
    before = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(min(workers, len(pieces)), mp_context=context, initializer=_start_worker)
    try:
        yield from _on(pool, pieces, AHEAD * workers)
    except BaseException:  # Ctrl-C: nobody waits for what is still running
        pool.shutdown(wait=False, cancel_futures=True)
        for process in set(multiprocessing.active_children()) - before:
            process.terminate()
        raise
    pool.shutdown()


def _start_worker() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process of the terminal: the parent ends the workers
    end_with_the_parent()
