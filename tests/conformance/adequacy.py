"""How good the judge is: `python -m tests.conformance.adequacy [--card NAME]` lets it judge what is known to be right or wrong.

Each is judged in a process of its own, which may hang or end. Said are the wrong ones that are refuted, the right ones
that pass, each disagreement with its reason, what took long, and what each law and each question adds: how many wrong ones
nothing else refutes. Entries whose package is absent are not run.
"""

from __future__ import annotations

import argparse
import importlib.util
import multiprocessing
import os
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Any

from mathcore import check
from mathcore.conformance.subject import subject
from mathcore.formulas import load
from tests.conformance.implementations import Implementation, entries

SLOW = 3.0  # seconds a check should not exceed
PATIENCE = 60.0  # seconds after which a check has hung, on a machine that does nothing else
AGREED = {"right": ("passed",), "wrong": ("refuted", "died")}  # `mathcore check` refutes what ends its process


@dataclass(frozen=True)
class Outcome:
    """What the judge said of one entry."""

    module: str
    entry: Implementation
    said: str  # "passed", "refuted", "raised", "hung", "died" or "not run"
    reason: str = ""
    seconds: float = 0.0
    by: tuple[tuple[str, str], ...] = ()  # kind and name of every check that failed

    @property
    def agrees(self) -> bool:
        return self.said in AGREED[self.entry.verdict]

    def __str__(self) -> str:
        marks = f" ({', '.join(self.entry.marks)})" if self.entry.marks else ""
        place = f"{self.module}:{self.entry.name}"
        return f"{self.entry.card}: {self.entry.verdict} by {self.entry.kind!r}{marks}, {self.said}; {place}\n    {self.reason}"


def judged(entry: Implementation) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    """What the judge says, why, and which checks failed."""
    try:
        report = check(entry.function, entry.card, call=entry.call)
    except Exception as error:
        return "raised", f"{type(error).__name__}: {error}"[:300], ()
    if report.passed:
        return "passed", f"{report.outcome}. {report.note}", ()
    first = report.failures[0] if report.failures else None
    why = f"{first.kind} {first.name}: {first.counterexample or first.detail}"[:300] if first else "no checks"
    return "refuted", why, tuple((c.kind, c.name) for c in report.failures)


def _child(entry: Implementation, pipe: Connection) -> None:
    devnull = os.open(os.devnull, os.O_WRONLY)
    os.dup2(devnull, 1)
    os.dup2(devnull, 2)
    start = time.perf_counter()
    said, reason, by = judged(entry)
    pipe.send((said, reason, time.perf_counter() - start, by))


def _warm(card: str) -> None:
    """The inputs and exact values of a card, once for all its entries."""
    own = subject(load(card))
    check(own, card)


def outcomes(listed: Iterable[tuple[str, Implementation]], jobs: int = 2, patience: float = PATIENCE) -> Iterator[Outcome]:
    """The judge's answers, as they come, `jobs` at a time."""
    context = multiprocessing.get_context("fork")
    running: dict[Connection, tuple[Any, str, Implementation, float]] = {}
    warm = ""

    def finished(least: int) -> Iterator[Outcome]:
        while len(running) > least:
            for pipe in wait(list(running), timeout=1.0):
                process, module, entry, _ = running.pop(pipe)  # type: ignore[call-overload]  # a pipe, as `wait` gives it back
                try:
                    yield Outcome(module, entry, *pipe.recv())  # type: ignore[union-attr]  # a pipe
                except EOFError:
                    process.join()
                    yield Outcome(module, entry, "died", f"the process ended with code {process.exitcode}")
                process.join()
            for pipe, (process, module, entry, start) in list(running.items()):
                if time.perf_counter() - start > patience:
                    del running[pipe]
                    process.kill()
                    process.join()
                    yield Outcome(module, entry, "hung", f"no answer in {patience:.0f} s", patience)

    for module, entry in listed:
        if entry.needs and importlib.util.find_spec(entry.needs) is None:
            yield Outcome(module, entry, "not run", f"{entry.needs} is not installed")
            continue
        if entry.card != warm:
            _warm(entry.card)
            warm = entry.card
        mine, theirs = context.Pipe(duplex=False)
        process = context.Process(target=_child, args=(entry, theirs))
        process.start()
        theirs.close()
        running[mine] = (process, module, entry, time.perf_counter())
        yield from finished(jobs - 1)
    yield from finished(0)


def share(found: list[Outcome], verdict: str) -> str:
    """How many of a verdict are judged as they are."""
    of_it = [o for o in found if o.entry.verdict == verdict and o.said != "not run"]
    return f"{sum(o.agrees for o in of_it)}/{len(of_it)}"


def alone(found: list[Outcome]) -> list[str]:
    """What each kind of check, each law and each question of the contract adds: the wrong ones that nothing else refutes."""
    refuted = [o for o in found if o.entry.verdict == "wrong" and o.by]
    kinds = Counter(next(iter({kind for kind, _ in o.by})) for o in refuted if len({kind for kind, _ in o.by}) == 1)
    single = [(o, *o.by[0]) for o in refuted if len(o.by) == 1]
    laws = Counter(f"{o.entry.card}: {name}" for o, kind, name in single if kind == "law")
    questions = Counter(name for _, kind, name in single if kind == "contract")
    asked = Counter(name for o in refuted for kind, name in o.by if kind == "contract")
    told = [f"without checks of the kind {kind}, {count} fewer are refuted" for kind, count in kinds.most_common()]
    told += [f"without law {law}, {count} fewer are refuted" for law, count in laws.most_common()] or ["no law is alone"]
    told += [f"without question {name!r}, {questions[name]} fewer are refuted, of {asked[name]} that it refutes"
             for name in sorted(asked, key=lambda name: -questions[name])]  # fmt: skip
    return told


def summary(found: list[Outcome]) -> str:
    """The table by cards, the disagreements, the slow checks, the totals."""
    cards = sorted({o.entry.card for o in found})
    lines = [f"{'card':42} wrong refuted  right passed"]
    for card in cards:
        of_it = [o for o in found if o.entry.card == card]
        lines.append(f"{card:42} {share(of_it, 'wrong'):>13}  {share(of_it, 'right'):>12}")
    lines.append(f"{'all':42} {share(found, 'wrong'):>13}  {share(found, 'right'):>12}")
    for title, chosen in (
        ("Wrong, but not refuted", [o for o in found if o.entry.verdict == "wrong"]),
        ("Right, but not passed", [o for o in found if o.entry.verdict == "right"]),
    ):
        differing = [o for o in chosen if not o.agrees and o.said != "not run"]
        lines += ["", f"{title}: {len(differing)}", *map(str, sorted(differing, key=lambda o: o.entry.card))]
    slow = sorted((o for o in found if o.seconds > SLOW), key=lambda o: -o.seconds)
    lines += [
        "",
        f"Longer than {SLOW:.0f} s: {len(slow)}",
        *(f"{o.seconds:6.1f} s  {o.entry.card}: {o.entry.name}" for o in slow),
    ]
    lines += ["", *alone(found)]
    absent = sum(o.said == "not run" for o in found)
    sure = [o for o in found if "doubtful" not in o.entry.marks]
    lines += [
        "",
        f"wrong refuted {share(found, 'wrong')} ({share(sure, 'wrong')} without the doubtful), "
        f"right passed {share(found, 'right')} ({share(sure, 'right')} without the doubtful), not run {absent}",
    ]
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> int:
    """Prints the summary; the exit code is 1 if the judge errs on an entry that is not doubtful."""
    parser = argparse.ArgumentParser(prog="python -m tests.conformance.adequacy", description=__doc__)
    parser.add_argument("--card", default="", help="only the implementations of this formula")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only each N-th implementation")
    parser.add_argument("--jobs", type=int, default=2, help="how many are judged at a time")
    parser.add_argument("--patience", type=float, default=PATIENCE, help="seconds after which a check has hung")
    parser.add_argument("--reasons", action="store_true", help="also print why each wrong one is refuted")
    options = parser.parse_args(arguments)
    listed = sorted(entries(options.card), key=lambda pair: pair[1].card)[:: options.every]
    found = []
    for outcome in outcomes(listed, options.jobs, options.patience):
        found.append(outcome)
        print(f"{outcome.entry.card}: {outcome.entry.name}: {outcome.said}, {outcome.seconds:.1f} s", file=sys.stderr, flush=True)
    if options.reasons:
        print(*sorted(str(o) for o in found if o.entry.verdict == "wrong" and o.agrees), "", sep="\n")
    print(summary(found))
    return int(any(not o.agrees and o.said != "not run" and "doubtful" not in o.entry.marks for o in found))


if __name__ == "__main__":
    sys.exit(main())
