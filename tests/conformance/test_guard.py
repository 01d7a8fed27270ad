"""A call under guard: it is interrupted, its prints are kept apart, and nothing of the guard is left behind."""

import importlib
import inspect
import signal
import sys
import threading
import time
from contextlib import suppress

import pytest

from mathcore.conformance.guard import Guard, TimedOut
from mathcore.evidence import Grade

pytestmark = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no timers here")


def turns_forever(z):
    while True:
        try:
            time.sleep(0.01)
        except Exception:
            continue


def test_a_call_without_an_answer_is_interrupted():
    start = time.perf_counter()
    with pytest.raises(TimedOut, match=r"gives no answer within 0\.05 s") as stopped:
        Guard(turns_forever, 0.05)([1.0])
    assert time.perf_counter() - start < 5
    assert stopped.value.arguments == ([1.0],)


def test_a_call_that_answers_in_time_is_not_interrupted():
    assert Guard(lambda z: time.sleep(0.02) or z, 5.0)(3) == 3
    time.sleep(0.01)  # no timer is left to go off


@pytest.fixture
def slow_module(tmp_path, monkeypatch):
    (tmp_path / "loads_slowly.py").write_text("import time\ntime.sleep(0.5)\nvalue = 3\n")
    monkeypatch.syspath_prepend(tmp_path)
    yield "loads_slowly"
    sys.modules.pop("loads_slowly", None)


def test_a_large_library_may_load_for_longer(slow_module):
    assert Guard(lambda z: importlib.import_module(slow_module).value, 0.2)(0) == 3


def test_a_library_that_never_loads_is_interrupted(slow_module):
    """The twin: six times the limit, and no more."""
    with pytest.raises(TimedOut):
        Guard(lambda z: importlib.import_module(slow_module).value, 0.05)(0)


def test_a_judgement_ends_with_the_call_that_gives_no_answer():
    from mathcore.conformance.check import judge, prepared
    from tests.conformance import trial

    def hangs(z):
        return turns_forever(z)

    tested = prepared(hangs, trial.SOFTMAX)
    tested.function.seconds = 0.05
    report = judge(tested)
    assert report.grade is Grade.WRONG
    assert [c.name for c in report.failures] == ["answers"]
    assert report.findings[0].shown == "hangs([0.0]) gives no answer within 0.05 s"


def test_what_a_function_prints_is_kept_apart(capsys):
    def talks(z):
        print("heard by nobody")
        return z

    guard = Guard(talks)
    assert guard(3) == 3
    assert guard.printed == "heard by nobody\n"
    print("heard")
    assert capsys.readouterr().out == "heard\n"


def test_a_quiet_function_prints_nothing():
    guard = Guard(lambda z: z)
    guard(3)
    assert guard.printed == ""


def test_a_function_that_prints_is_said_to():
    from mathcore.conformance.check import check
    from mathcore.numeric import softmax
    from tests.conformance import trial

    def talks(z):
        print(z)
        return softmax(z)

    assert "it prints" in check(talks, trial.SOFTMAX, effort="quick").note
    assert "it prints" not in check(lambda z: softmax(z), trial.SOFTMAX, effort="quick").note


def test_the_signature_of_the_function_is_passed_on():
    def with_an_axis(z, *, axis=-1):
        return z

    assert list(inspect.signature(Guard(with_an_axis)).parameters) == ["z", "axis"]


def test_a_function_without_a_signature_is_guarded_as_well():
    assert Guard(max)([1, 2]) == 2


def test_in_another_thread_nothing_is_interrupted():
    answers = []
    thread = threading.Thread(target=lambda: answers.append(Guard(lambda z: time.sleep(0.1) or z, 0.01)(3)))
    thread.start()
    thread.join()
    assert answers == [3]


@pytest.mark.parametrize("ends", ["answers", "raises", "hangs"])
def test_the_handler_of_the_program_is_put_back(ends):
    def f(z):
        if ends == "hangs":
            return turns_forever(z)
        return z / 0 if ends == "raises" else z

    def mine(number, frame):
        raise AssertionError("never")

    before = signal.signal(signal.SIGALRM, mine)
    try:
        with suppress(ZeroDivisionError, TimedOut):
            Guard(f, 0.05)(1)
        assert signal.getsignal(signal.SIGALRM) is mine
        assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
    finally:
        signal.signal(signal.SIGALRM, before)


def test_each_call_is_announced():
    heard = []
    guard = Guard(lambda z: z, before=heard.append)
    guard(1)
    guard(2)
    assert heard == [(1,), (2,)]
