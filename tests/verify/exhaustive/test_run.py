"""Whole formats as one command: any split, killed and resumed, stopped and resumed, the same result to the byte."""

import json
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from mathcore.evidence import Exhaustive
from mathcore.verify.exhaustive import run
from mathcore.verify.exhaustive.judge import CHUNK
from mathcore.verify.exhaustive.run import OtherWorker, exhaust, stored, work
from mathcore.verify.exhaustive.shards import Shards, Task, key
from tests.sampling import sampled
from tests.verify.exhaustive import planted

ROOT = Path(__file__).resolve().parents[3]
SLOW = "tests.verify.exhaustive.planted.slow"
SIZE = 1 << 16


def text(found):
    return json.dumps([e.to_json() for e in found])


# one result -------------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_report_is_the_same_whatever_the_split_and_the_executor(tmp_path):
    one = exhaust("gelu", ["float16"], workers=1, store=Shards(tmp_path / "a"))
    small = exhaust("gelu", ["float16"], workers=1, length=CHUNK, store=Shards(tmp_path / "b"))
    with ThreadPoolExecutor(3) as pool:
        threads = exhaust("gelu", ["float16"], length=2 * CHUNK, executor=pool, store=Shards(tmp_path / "c"))
    assert text(one) == text(small) == text(threads)
    assert one[0].held


@pytest.mark.slow
def test_processes_give_the_same(tmp_path):
    alone = exhaust(["relu"], ["float16"], workers=1, store=Shards(tmp_path / "a"))
    assert text(exhaust(["relu"], ["float16"], workers=2, length=CHUNK, store=Shards(tmp_path / "b"))) == text(alone)


def test_evidence_is_the_same_after_json(tmp_path):
    (found,) = exhaust("logit", ["float16"], workers=1, store=Shards(tmp_path))
    assert Exhaustive.from_json(json.loads(json.dumps(found.to_json()))) == found
    assert found.inputs == SIZE
    assert found.where.startswith("logit(")
    assert ", exact " in found.where


def test_a_planted_mistake_is_in_the_report(tmp_path):
    dotted = "tests.verify.exhaustive.planted.signless"
    (found,) = exhaust("silu", ["float16"], function=dotted, workers=1, store=Shards(tmp_path))
    assert not found.held
    assert found.failures == 1
    assert found.first == ("silu(-inf) gives 0.0; the zero must be -0.0",)


def test_results_count_as_exhaustive_only_if_nothing_was_left_out(tmp_path):
    (found,) = exhaust("relu", ["float16"], workers=1, store=Shards(tmp_path))
    assert found.held
    assert not replace(found, nan=found.nan - 1).held
    assert not replace(found, failures=1).held


# what is finished is not done again ---------------------------------------------------------------------------------------


class Heard:
    """A progress display that remembers."""

    def __init__(self):
        self.steps = []

    def __call__(self, step):
        self.steps.append(step)

    @property
    def patterns(self):
        return sum(step.patterns for step in self.steps)

    @property
    def notes(self):
        return [step.note for step in self.steps if step.note]


def test_what_is_on_disk_is_not_judged_again(tmp_path):
    store, first, second = Shards(tmp_path), Heard(), Heard()
    a = exhaust("relu", ["float16"], workers=1, store=store, progress=first)
    b = exhaust("relu", ["float16"], workers=1, store=store, progress=second, length=CHUNK)
    assert text(a) == text(b) == text(stored("relu", ["float16"], store))
    assert (first.patterns, second.patterns) == (SIZE, 0)
    assert second.steps[-1].result == a[0]


def test_a_truncated_shard_alone_is_judged_again(tmp_path):
    store, heard = Shards(tmp_path), Heard()
    before = exhaust("relu", ["float16"], workers=1, length=CHUNK, store=store)
    path = sorted(store.folder(Task("relu", "float16")).glob("*.json"))[3]
    path.write_text(path.read_text(encoding="utf-8")[:40], encoding="utf-8")
    assert stored("relu", ["float16"], store) == ()
    assert text(exhaust("relu", ["float16"], workers=1, length=CHUNK, store=store, progress=heard)) == text(before)
    assert heard.patterns == CHUNK
    assert len(heard.notes) == 1
    assert path.name in heard.notes[0]


def test_a_fresh_run_that_is_stopped_goes_on_without_fresh(tmp_path, monkeypatch):
    store, heard = Shards(tmp_path), Heard()
    exhaust("relu", ["float16"], workers=1, length=CHUNK, store=store)

    def stop(step):
        if step.patterns:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        exhaust("relu", ["float16"], workers=1, length=CHUNK, store=store, fresh=True, progress=stop)
    exhaust("relu", ["float16"], workers=1, length=CHUNK, store=store, progress=heard)
    assert heard.patterns == SIZE - CHUNK


def test_a_full_disk_is_one_note_and_the_result_the_same(tmp_path, monkeypatch):
    right = exhaust("relu", ["float16"], workers=1, length=CHUNK, store=Shards(tmp_path / "a"))

    def full(*arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    heard = Heard()
    found = exhaust("relu", ["float16"], workers=1, length=CHUNK, store=Shards(tmp_path / "b"), progress=heard)
    assert text(found) == text(right)
    assert len(heard.notes) == 1
    assert "No space left on device" in heard.notes[0]
    assert not any(step.stored for step in heard.steps)


SCRIPT = f"""
import signal, sys
from pathlib import Path
from mathcore.verify.exhaustive.run import exhaust
from mathcore.verify.exhaustive.shards import Shards
if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)  # also where the launcher ignores Ctrl-C, as nohup does
    exhaust("relu", ["float16"], function="{SLOW}", workers=int(sys.argv[2]), length={CHUNK}, store=Shards(Path(sys.argv[1])))
"""


def started(tmp_path, workers, seconds):
    """A run in a process of its own, and its shards so far."""
    script = tmp_path / "sweep.py"
    script.write_text(SCRIPT, encoding="utf-8")
    (tmp_path / "log").mkdir(exist_ok=True)
    variables = os.environ | {"PYTHONPATH": str(ROOT), planted.SLOW: str(seconds), f"{planted.SLOW}_LOG": str(tmp_path / "log")}
    arguments = [sys.executable, str(script), str(tmp_path / "shards"), str(workers)]
    return subprocess.Popen(arguments, cwd=ROOT, env=variables, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def finished(tmp_path):
    return sorted((tmp_path / "shards").glob("relu-float16-*/*.json"))


def until(condition, seconds=60):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it never came to that"
        time.sleep(0.01)


@sampled("workers", [1, 2], keep=1)
def test_a_run_that_is_killed_goes_on_from_its_finished_shards(tmp_path, workers):
    process = started(tmp_path, workers, 0.25)
    try:
        until(lambda: len(finished(tmp_path)) >= 2 or process.poll() is not None)
    finally:
        process.kill()  # SIGKILL: it cannot tidy up
        process.wait(30)
    until(lambda: not any(alive(pid) for pid in workers_of(tmp_path)), 10)
    kept = {path: path.read_bytes() for path in finished(tmp_path)}
    assert 2 <= len(kept) < SIZE // CHUNK
    store, heard = Shards(tmp_path / "shards"), Heard()
    resumed = exhaust("relu", ["float16"], function=SLOW, workers=1, length=CHUNK, store=store, progress=heard)
    assert {path: path.read_bytes() for path in kept} == kept
    assert heard.patterns == SIZE - CHUNK * len(kept)
    assert heard.notes == []
    assert text(resumed) == text(exhaust("relu", ["float16"], function=SLOW, workers=1, store=Shards(tmp_path / "again")))


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is sent to a process here, not to a console")
@sampled("workers", [1, 2], keep=1)
def test_ctrl_c_leaves_finished_shards_and_no_process(tmp_path, workers):
    process = started(tmp_path, workers, 0.25)
    until(lambda: len(finished(tmp_path)) >= 1 or process.poll() is not None)
    process.send_signal(signal.SIGINT)
    process.wait(30)
    assert process.returncode != 0
    until(lambda: not any(alive(pid) for pid in workers_of(tmp_path)), 10)
    found, notes = Shards(tmp_path / "shards").read(Task("relu", "float16", SLOW))
    assert 1 <= len(found) < SIZE // CHUNK
    assert notes == []


def workers_of(tmp_path):
    return {int(path.name.partition("-")[0]) for path in (tmp_path / "log").iterdir()}


def alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.slow
def test_a_worker_that_is_killed_is_replaced(tmp_path, monkeypatch):
    monkeypatch.setenv(planted.SLOW, "0.1")
    monkeypatch.setenv(f"{planted.SLOW}_LOG", str(tmp_path))
    heard, killed = Heard(), []

    def listen(step):
        heard(step)
        if step.patterns and not killed:
            pid = next(int(path.name.partition("-")[0]) for path in tmp_path.iterdir() if "-" in path.name)
            killed.append(pid)
            os.kill(pid, getattr(signal, "SIGKILL", signal.SIGTERM))

    store = Shards(tmp_path / "shards")
    (found,) = exhaust("relu", ["float16"], function=SLOW, workers=2, length=CHUNK, store=store, progress=listen)
    assert found.held
    assert heard.patterns == SIZE
    assert len(heard.notes) == 1
    assert "worker process ended" in heard.notes[0]


# what is refused ----------------------------------------------------------------------------------------------------------


def test_a_worker_that_would_compute_something_else_is_refused():
    with pytest.raises(OtherWorker, match="Use workers with the same mathcore"):
        work(Task("relu", "float16"), "0" * 64, 0, CHUNK)
    assert work(Task("relu", "float16"), key(Task("relu", "float16")), 0, CHUNK).stop == CHUNK


def test_a_length_that_is_no_multiple_of_a_chunk_is_refused():
    with pytest.raises(ValueError, match="multiple of 8192, got 1000"):
        exhaust("relu", length=1000)


def test_an_executor_that_fails_says_so_and_keeps_what_is_finished(tmp_path, monkeypatch):
    done = []

    def fails(task, expected, start, stop):
        if len(done) == 2:
            raise MemoryError("planted")
        done.append(start)
        return work(task, expected, start, stop)

    monkeypatch.setattr(run, "work", fails)
    with ThreadPoolExecutor(1) as pool, pytest.raises(MemoryError):
        exhaust("relu", ["float16"], length=CHUNK, executor=pool, store=Shards(tmp_path))
    assert len(Shards(tmp_path).read(Task("relu", "float16"))[0]) == 2
