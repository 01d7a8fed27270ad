"""Hostile submissions at every level: none gets what it must not get, harms the next call, lives on, or holds the judge up."""

import os
import re
import socket
import threading
import time
from pathlib import Path

import pytest

from mathcore.grading.isolation import Level, Limits, Returned, Sandbox, best, missing
from tests.grading.isolation.hostile import Attack, attacks

ROOT = Path(__file__).resolve().parents[3]
ALL = attacks()
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x9b\ud800-\udfff]")


def survivors(mark: str) -> list[int]:
    """Processes whose command line ends with the mark of a box: the box, and whatever it forked."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if mark.encode() in entry.read_bytes():
                found.append(int(entry.parent.name))
        except OSError:
            continue
    return found


def gone(mark: str) -> bool:
    """The kernel needs a moment to end a process that was killed."""
    for _ in range(100):
        if not survivors(mark):
            return True
        time.sleep(0.02)
    return False


@pytest.fixture(scope="module")
def facts(tmp_path_factory):
    """What an attack is told: a secret file, this tree, this process, a server of the network and one on this machine."""
    folder = tmp_path_factory.mktemp("facts")
    (folder / "file").write_text("secret of the teacher")
    os.environ["MATHCORE_TEST_SECRET"] = "secret"
    server = socket.create_server(("127.0.0.1", 0))
    local, abstract = socket.socket(socket.AF_UNIX), socket.socket(socket.AF_UNIX)
    address = os.path.relpath(folder / "socket")
    local.bind(address if len(address) < 100 else f"/tmp/mathcore-{os.getpid()}")
    path = os.path.abspath(local.getsockname())
    abstract.bind(f"\0mathcore-{os.getpid()}")
    for listener in (server, local, abstract):
        listener.listen()
    yield [str(folder / "file"), str(ROOT), os.getpid(), server.getsockname()[1], path]
    for listener in (server, local, abstract):
        listener.close()
    os.unlink(path)
    del os.environ["MATHCORE_TEST_SECRET"]


LEVELS = [None, *(pytest.param(level, marks=pytest.mark.slow, id=str(level).replace(" ", "-")) for level in Level)]


@pytest.mark.parametrize("level", LEVELS, ids=lambda level: "strictest" if level is None else None)
@pytest.mark.parametrize("attack", ALL, ids=lambda attack: attack.name)
def test_a_hostile_submission_wins_nothing(level: Level | None, attack: Attack, facts):
    """The ordinary run takes the strictest level that is granted here, the slow run the others."""
    if level is None:
        level = best()
    elif level is best():
        pytest.skip(f"{level} is the strictest level here, and the ordinary run takes it")
    elif why := missing(level):
        pytest.skip(f"{level} is not granted here: {why}")
    start, open_before, threads = time.monotonic(), len(os.listdir("/proc/self/fd")), threading.active_count()
    limits = Limits(**{"seconds": 5.0, "restarts": 1} | dict(attack.limits))
    with Sandbox(level=level, limits=limits) as box:
        marks = [box._process.mark]
        loaded = box.load(attack.source, f"{attack.name}.py")
        assert "double" in loaded.names
        outcome = box.call("attack", facts)
        marks.append(box._process.mark)
        won = isinstance(outcome, Returned) and isinstance(outcome.value, str) and outcome.value.startswith("won")
        assert not won or level in attack.weak
        if level not in attack.weak:
            assert type(outcome).__name__ in attack.ends, outcome
        assert not CONTROLS.search(getattr(outcome, "words", "") + box.printed)
        assert len(box.printed) <= limits.output
        following = box.call("double", [21.0])
        marks.append(box._process.mark)
        assert type(following).__name__ in ("Returned", "Raised", "Died", "BadReply", "TimedOut", "NotRun", "NotNumbers")
        fresh = box.renew()
        assert "double" in fresh.names
        marks.append(box._process.mark)
        right = box.call("double", [21.0])
        assert isinstance(right, Returned) and right.value == 42.0
        folders = [box._process.folder]
    assert all(gone(mark) for mark in marks)
    assert not any(map(os.path.exists, folders))
    assert len(os.listdir("/proc/self/fd")) == open_before and threading.active_count() == threads
    assert time.monotonic() - start < attack.seconds


def test_the_hostile_submissions_are_many_and_of_many_kinds():
    assert len(ALL) >= 120
    assert len({attack.source for attack in ALL}) == len(ALL)


def test_a_survivor_would_be_seen():
    with Sandbox() as box:
        assert survivors(box._process.mark)
    assert gone(box.level.value + "no such mark")
