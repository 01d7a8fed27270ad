"""A time limit on work that cannot be asked to stop: the block is left by an exception when its time is up.

What is limited is processor time, so that a busy machine does not turn a proof into `unknown`; the wall clock is a backstop.
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from types import FrameType

AGAIN = 0.05  # seconds: some library may swallow the first ring
PATIENCE = 5  # times the limit that the wall clock may take on a busy machine
SWALLOWING = {"gc_callback", "_xla_gc_callback", "__del__"}  # the first two as Hypothesis and JAX have them


class OutOfTime(BaseException):
    """The time of a `limited` block is up. No `Exception`: what catches those on the way does not catch this."""


class Clock:
    """How much is left of a budget of processor time of one thread, or of the patience with the wall clock."""

    def __init__(self, seconds: float, processor: Callable[[], float] | None = None) -> None:
        own: Callable[[], float] = getattr(time, "thread_time", time.monotonic)
        self.processor = own if processor is None else processor
        self.end, self.last = self.processor() + seconds, time.monotonic() + PATIENCE * seconds

    def left(self) -> float:
        return max(0.0, min(self.end - self.processor(), self.last - time.monotonic()))


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raise OutOfTime inside the block after `seconds` of processor time."""
    if seconds <= 0:
        raise OutOfTime
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        with _limited_by_a_thread(seconds):
            yield
        return
    armed, clock = False, Clock(seconds)

    def ring(_: int, frame: FrameType | None) -> None:
        if not armed:
            return
        if left := clock.left():  # the machine was busy with something else
            signal.setitimer(signal.ITIMER_REAL, max(left, 1e-3), AGAIN)
        elif not _clearing_up(frame):
            raise OutOfTime

    before = signal.signal(signal.SIGALRM, ring)
    outer_left, outer_again = 0.0, 0.0
    started = time.monotonic()
    try:
        outer_left, outer_again = signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN)
        armed = True  # not before the block: what leaves it from here on puts the alarm off
        yield
    finally:
        armed = False
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        if outer_left:
            signal.setitimer(signal.ITIMER_REAL, max(1e-3, outer_left - (time.monotonic() - started)), outer_again)


def _clearing_up(frame: FrameType | None) -> bool:
    """Inside a callback of a weak reference or of the garbage collector an exception would be swallowed with a noise; on the way
    into a `with` block or out of it, the block would not be left.

    The alarm rings again soon.
    """
    for _ in range(3):
        if frame is None:
            return False
        if frame.f_code.co_filename.endswith(("weakref.py", "contextlib.py")) or frame.f_code.co_name in SWALLOWING:
            return True
        frame = frame.f_back
    return False


@contextmanager
def _limited_by_a_thread(seconds: float) -> Iterator[None]:
    """Where no alarm can ring: another thread raises the exception in this one."""
    import ctypes

    ident, lock, done = ctypes.c_ulong(threading.get_ident()), threading.Lock(), threading.Event()
    clock, put_off = Clock(seconds, _time_of_this_thread()), False

    def ring() -> None:
        wait = seconds
        while not done.wait(wait):
            try:
                wait = clock.left()
            except OSError:  # the thread that was watched has ended meanwhile, and with it its clock
                return
            if wait:
                continue
            with lock:
                if not done.is_set():
                    ctypes.pythonapi.PyThreadState_SetAsyncExc(ident, ctypes.py_object(OutOfTime))
            wait = AGAIN

    watch = threading.Thread(target=ring, daemon=True)
    try:
        with suppress(RuntimeError):  # no threads here, as in a browser: the block runs to its end
            watch.start()
        yield
    finally:
        while not put_off:
            try:
                with lock:
                    done.set()
                for _put_off in (False, True):  # what was raised and has not arrived arrives here, where the loop turns
                    pass
            except OutOfTime:  # the block is left already
                continue


def _time_of_this_thread() -> Callable[[], float]:
    """A clock of the processor time of this thread that another thread can read; where there is none, that of the process."""
    if hasattr(time, "pthread_getcpuclockid"):
        return partial(time.clock_gettime, time.pthread_getcpuclockid(threading.get_ident()))
    return time.process_time
