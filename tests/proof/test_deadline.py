"""The limit is one of processor time, with the wall clock as a backstop."""

import signal
import threading
import time

import pytest

from mathcore.proof import deadline
from mathcore.proof.deadline import PATIENCE, Clock, OutOfTime, limited


def spent(seconds, work, found):
    processor, wall = time.thread_time(), time.monotonic()
    try:
        with limited(seconds):
            while True:
                work()
    except OutOfTime:
        found.append((time.thread_time() - processor, time.monotonic() - wall))


def in_a_thread(*arguments):
    thread = threading.Thread(target=spent, args=arguments)
    thread.start()
    thread.join()


@pytest.mark.parametrize("run", [spent, in_a_thread])
def test_work_is_stopped_by_the_processor_time_that_it_took(run):
    run(0.1, lambda: None, found := [])
    ((processor, wall),) = found
    assert processor < 0.4
    assert processor > 0.09 or wall >= 0.1 * PATIENCE  # so busy a machine that the backstop came first


@pytest.mark.parametrize("run", [spent, in_a_thread])
def test_waiting_costs_little_until_the_wall_clock_loses_patience(run):
    run(0.1, lambda: time.sleep(0.005), found := [])
    assert found[0][1] > 0.9 * PATIENCE * 0.1


def test_a_clock_does_not_count_the_time_in_which_others_work():
    clock = Clock(0.5)
    time.sleep(0.2)
    assert clock.left() > 0.4


def test_an_inner_limit_leaves_the_outer_one_in_force():
    found = []
    with pytest.raises(OutOfTime), limited(0.2):
        spent(0.05, lambda: None, found)
        while True:
            pass
    assert found


def test_the_watch_ends_with_the_thread_that_it_watches(monkeypatch):
    """The clock of a thread that has ended is gone: asking for it is an OSError, which is nobody's concern."""
    told, calls = [], []

    def clock():
        calls.append(1)
        if len(calls) > 1:
            raise OSError("no such thread")
        return 0.0

    monkeypatch.setattr(deadline, "_time_of_this_thread", lambda: clock)
    monkeypatch.setattr(threading, "excepthook", told.append)

    def work():
        with limited(0.01):
            time.sleep(0.1)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert len(calls) > 1
    assert not told


def short_limits(count):
    """Blocks that are left at once; how often an alarm rang after its block had been left."""
    late = 0
    for k in range(count):
        try:
            with limited(10.0 ** -(4 + k % 3)):
                sum(range(300))
        except OutOfTime:
            pass
        try:
            for _ in range(5):
                sum(range(50))
        except OutOfTime:
            late += 1
    return late


def test_no_alarm_rings_after_the_block_is_left():
    before = signal.getsignal(signal.SIGALRM)
    try:
        assert short_limits(300) == 0
        assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
        assert signal.getsignal(signal.SIGALRM) is before
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def test_in_a_thread_no_alarm_rings_after_the_block_is_left():
    found = []
    thread = threading.Thread(target=lambda: found.append(short_limits(60)), daemon=True)
    thread.start()
    thread.join(30)
    assert found == [0]


def test_a_limit_in_a_thread_leaves_nothing_behind(python):
    """An asynchronous exception that is called off but not delivered stays pending in the interpreter for good: every
    call looks for it, and under a profiler Python 3.11 turns on the spot."""
    answer = python("-c", FINISHED_THEN_PROFILED, timeout=60)
    assert answer.stdout.split() == ["left", "stopped", "answered"]


FINISHED_THEN_PROFILED = """
import sys, threading
from mathcore.proof.deadline import OutOfTime, limited

def work():
    with limited(5):
        print("left")
    try:
        with limited(0.05):
            while True:
                pass
    except OutOfTime:
        print("stopped")

thread = threading.Thread(target=work)
thread.start()
thread.join()
sys.setprofile(lambda *_: None)
print("answered")
"""
