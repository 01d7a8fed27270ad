"""The limit is one of processor time, with the wall clock as a backstop."""

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
    assert 0.09 < found[0][0] < 0.4


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
