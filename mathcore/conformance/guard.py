"""Calls of a function that is not ours: what it prints is kept apart, and one that does not answer is interrupted.

Interrupting needs the main thread of a system with timers (not Windows); elsewhere, and for code that holds the
interpreter, `mathcore check` runs the whole judgement in a process of its own, which can be killed.
"""

from __future__ import annotations

import inspect
import io
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout, suppress
from dataclasses import dataclass, field
from types import FrameType
from typing import Any

import numpy as np

SECONDS = 10.0  # for one call
IMPORTS = 6  # times as long may a call take that is importing a module: large libraries load slowly on a busy machine


class TimedOut(BaseException):
    """No answer in time. No `except Exception` of the function catches it."""

    def __init__(self, arguments: tuple[Any, ...] = (), seconds: float = SECONDS) -> None:
        super().__init__(f"gives no answer within {seconds:g} s")
        self.arguments = arguments


@dataclass
class Guard:
    """A function under guard: the function itself, with what its calls showed so far."""

    function: Callable[..., Any]
    seconds: float = SECONDS
    printed: str = ""
    changed: tuple[Any, ...] = ()  # the arguments of the first call that changed one of its arrays, as they were
    before: Callable[[tuple[Any, ...]], None] | None = None  # hears the arguments of each call
    _sink: io.StringIO = field(default_factory=io.StringIO, repr=False)

    def __post_init__(self) -> None:
        with suppress(TypeError, ValueError):
            self.__signature__ = inspect.signature(self.function)

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        if self.before is not None:
            self.before(arguments)
        watched = [] if self.changed else [(a, a.copy()) for a in (*arguments, *options.values()) if isinstance(a, np.ndarray)]
        with redirect_stdout(self._sink):
            try:
                with _time_limit(self.seconds):
                    result = self.function(*arguments, **options)
            except TimedOut:
                raise TimedOut(arguments, self.seconds) from None
        if not all(_same(a, before) for a, before in watched):
            was = {id(a): before for a, before in watched}
            self.changed = tuple(was.get(id(a), a) for a in (*arguments, *options.values()))
        if not self.printed and self._sink.tell():
            self.printed = self._sink.getvalue()[:200]
        return result


def _same(one: np.ndarray, other: np.ndarray) -> bool:
    return one.dtype == other.dtype and np.array_equal(one, other, equal_nan=one.dtype.kind == "f")


@contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return

    over = 0

    def stop(number: int, frame: FrameType | None) -> None:
        nonlocal over
        over += 1
        if over >= IMPORTS or not _importing(frame):
            raise TimedOut
        signal.setitimer(signal.ITIMER_REAL, seconds)

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _importing(frame: FrameType | None) -> bool:
    """Whether the call is in the middle of an import."""
    while frame is not None and frame.f_code is not Guard.__call__.__code__:
        if frame.f_globals.get("__name__") in ("importlib._bootstrap", "_frozen_importlib"):
            return True
        frame = frame.f_back
    return False
