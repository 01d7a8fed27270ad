"""Hostile submissions at every level: none gets what it must not get, harms the next call, lives on, or holds the judge up."""

import os
import re
import socket
import threading
import time
from pathlib import Path

import pytest

from mathcore.grading.isolation import (
    BadReply,
    Died,
    Level,
    Limits,
    Loaded,
    NotNumbers,
    NotRun,
    Outcome,
    Raised,
    Returned,
    Sandbox,
    TimedOut,
    best,
    missing,
)
from tests.grading.isolation.hostile import Attack, attacks
from tests.sampling import sampled, spread

ROOT = Path(__file__).resolve().parents[3]
ALL = attacks()
ORDINARY = [a for a in ALL if not (a.slow or a.peaceful)]
EVERY_RUN = [ORDINARY[k] for k in spread(len(ORDINARY), 12)]
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


def granted(level: Level) -> Level:
    if why := missing(level):
        pytest.skip(f"{level} is not granted here: {why}")
    return level


def won(outcome: Outcome) -> bool:
    return isinstance(outcome, Returned) and isinstance(outcome.value, str) and outcome.value.startswith("won")


def judge(attack: Attack, outcome: Outcome, level: Level) -> None:
    """It got nothing that its level keeps from it, and what is told of it is safe to print."""
    if level not in attack.weak:
        assert not won(outcome), f"{attack.name}: {outcome}"
        assert type(outcome).__name__ in attack.ends, f"{attack.name}: {outcome}"
    assert not CONTROLS.search(getattr(outcome, "words", "") + str(getattr(outcome, "value", "")))


@sampled("level", Level, ids=lambda level: str(level).replace(" ", "-"), keep=1)
def test_hostile_submissions_that_go_on_win_nothing_in_a_row(level: Level, facts):
    """All in one process, each in a namespace of its own, in the order of their names."""
    peaceful = {a.name: a for a in sorted(ALL, key=lambda a: a.name) if a.peaceful}
    source = f"""
def double(x): return 2.0 * x
SOURCES = {{name: text for name, text in {[(a.name, a.source) for a in peaceful.values()]!r}}}
def attack(name, *facts):
    space = {{"__name__": name}}
    exec(SOURCES[name], space)
    return space["attack"](*facts)
"""
    through = []
    with Sandbox(level=granted(level), limits=Limits(restarts=0)) as box:
        assert isinstance(box.load(source), Loaded)
        for name, attack in peaceful.items():
            outcome = box.call("attack", [name, *facts])
            judge(attack, outcome, level)
            through += [name] if won(outcome) else []
            right = box.call("double", [21.0])
            assert isinstance(right, Returned) and right.value == 42.0, name
    assert len(peaceful) > 80
    if level is Level.LIMITS:  # the twin: what is stopped elsewhere works
        assert len(through) >= 40
    else:
        assert not through


LEVELS = [None, *(pytest.param(level, marks=pytest.mark.hours, id=str(level).replace(" ", "-")) for level in Level)]


@pytest.mark.parametrize("level", LEVELS, ids=lambda level: "strictest" if level is None else None)
@pytest.mark.parametrize(
    "attack",
    [
        pytest.param(
            a, id=a.name, marks=[pytest.mark.hours] if a not in ORDINARY else [] if a in EVERY_RUN else [pytest.mark.slow]
        )
        for a in ALL
    ],
)
def test_a_hostile_submission_wins_nothing(level: Level | None, attack: Attack, facts):
    """The strictest level that is granted here: a sample in every run, all where there is time; the others in hours."""
    if level is best():
        pytest.skip(f"{level} is the strictest level here, and the ordinary run takes it")
    level = best() if level is None else granted(level)
    start, open_before, threads = time.monotonic(), len(os.listdir("/proc/self/fd")), threading.active_count()
    limits = Limits(**{"seconds": 5.0, "restarts": 1} | dict(attack.limits))
    with Sandbox(level=level, limits=limits) as box:
        marks, folders = [box._process.mark], [box._process.folder]
        assert "double" in box.load(attack.source, f"{attack.name}.py").names
        judge(attack, box.call("attack", facts), level)
        assert not CONTROLS.search(box.printed) and len(box.printed) <= limits.output
        right = box.call("double", [21.0])  # in the same process, or in another if that ended; never late, never a crash
        marks.append(box._process.mark)
        folders.append(box._process.folder)
        if not (isinstance(right, Returned) and right.value == 42.0):
            assert isinstance(right, Returned | Raised | Died | BadReply | TimedOut | NotRun | NotNumbers)
            assert isinstance(box.renew(), Loaded)
            right = box.call("double", [21.0])
            marks.append(box._process.mark)
            folders.append(box._process.folder)
        assert isinstance(right, Returned) and right.value == 42.0
    assert all(gone(mark) for mark in marks)
    assert not any(map(os.path.exists, folders))
    assert len(os.listdir("/proc/self/fd")) == open_before and threading.active_count() == threads
    assert time.monotonic() - start < attack.seconds


def test_the_hostile_submissions_are_many_and_of_many_kinds():
    assert len(ALL) >= 120
    assert len({attack.source for attack in ALL}) == len(ALL)


def test_a_survivor_would_be_seen():
    with Sandbox() as box:
        mark = box._process.mark
        assert survivors(mark)
    assert gone(mark)
