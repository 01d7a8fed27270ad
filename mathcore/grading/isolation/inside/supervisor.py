"""Above a process that only limits hold: ends it and everything it started, when the parent says so or goes.

On Linux whatever a submission starts, daemons in sessions of their own too, falls to this process when its own parent ends
(a child subreaper); elsewhere the process group is what can be reached.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import sys
import time
from collections.abc import Callable

from . import confine

PR_SET_CHILD_SUBREAPER = 36
TICK = 20  # milliseconds between two looks at what runs
STARTED_PROCESSES = 79  # exit code: it started processes


def descendants(pid: int) -> list[int]:
    """All processes below one, by Linux's own list; elsewhere unknown, so none."""
    found: list[int] = []
    try:
        for task in os.listdir(f"/proc/{pid}/task"):
            with open(f"/proc/{pid}/task/{task}/children") as file:
                found += map(int, file.read().split())
    except (OSError, ValueError):
        return found
    return found + [below for child in found for below in descendants(child)]


def kill(pid: int, number: int) -> None:
    with contextlib.suppress(OSError):
        os.kill(pid, number)


def end_all(child: int) -> None:
    """Ends every descendant: they are stopped first, so that none starts another while the others are ended."""
    for _ in range(500):
        found = descendants(os.getpid())
        for number in (signal.SIGSTOP, signal.SIGKILL):
            for pid in found:
                kill(pid, number)
        with contextlib.suppress(OSError):
            os.killpg(child, signal.SIGKILL)
        reap()
        if not descendants(os.getpid()):
            return
        time.sleep(0.001)


def reap() -> dict[int, int]:
    """The processes that have ended, with their status."""
    ended: dict[int, int] = {}
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return ended
        if pid == 0:
            return ended
        ended[pid] = status


def watch(child: int, lifeline: int) -> int:
    """The exit code of this process, once the child has ended or the parent wants it to."""
    told: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _: told.append(number))
    while True:
        gone, _, _ = select.select([lifeline], [], [], TICK / 1000)
        ended = reap()
        if child in ended:
            end_all(child)
            code = os.waitstatus_to_exitcode(ended[child])
            return code if code >= 0 else 128 - code
        if gone or told:
            end_all(child)
            return 0
        if len(descendants(os.getpid())) > 1:
            end_all(child)
            return STARTED_PROCESSES


def supervise(lifeline: int, program: Callable[[], None]) -> None:
    """Runs the program in a child process under watch; does not return."""
    if confine.LINUX:
        confine.libc().prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
        confine.die_with_parent(signal.SIGTERM)
    child = os.fork()
    if child == 0:
        os.close(lifeline)
        os.setpgid(0, 0)
        confine.die_with_parent(signal.SIGKILL)
        program()
        os._exit(0)
    for number in range(3, 64):
        if number != lifeline:
            with contextlib.suppress(OSError):
                os.close(number)
    null = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(null, number)
    os._exit(watch(child, lifeline))


def boot(mode: str, address: int, lifeline: int, added: list[str]) -> None:
    """The first thing that the other interpreter does."""

    def program() -> None:
        from .main import main  # loads NumPy

        main(address, added)

    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # a submission has one thread, and its results one order of summation
    if mode == "limits only" and sys.platform != "win32":
        supervise(lifeline, program)
    if mode == "landlock":
        confine.die_with_parent(signal.SIGKILL)
    program()
