"""A class of 200 with five functions each, killed half-way and gone on with: `python -m tests.grading.class_of_200 [N]`.

Prints how long it took, in all and for each submission, and that nobody who was finished was judged again.
"""

from __future__ import annotations

import argparse
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
JOBS = 2

ASSIGNMENT = """
[assignment]
title = "A large class"
seed = 4711
[[function]]
name = "softmax"
points = 10
[[function]]
name = "sigmoid"
points = 10
[[function]]
name = "entropy"
points = 10
[[function]]
name = "mse"
card = "mean_squared_error"
points = 10
call = "mse(y, t)"
[[function]]
name = "logsumexp"
points = 10
"""

VARIANTS = {
    "softmax": (
        "    e = np.exp(x - np.max(x, axis=-1, keepdims=True))\n    return e / e.sum(axis=-1, keepdims=True)",
        "    e = np.exp(x)\n    return e / e.sum(axis=-1, keepdims=True)",
        "    return np.exp(x) / np.exp(x).sum()",
    ),
    "sigmoid": ("    return 1 / (1 + np.exp(-x))", "    return 1 / (1 + np.exp(x))", "    return (1 + np.tanh(x / 2)) / 2"),
    "entropy": (
        "    s = np.where(x > 0, x, 1)\n    return -np.sum(x * np.log(s), axis=-1)",
        "    return -np.sum(x * np.log(x), axis=-1)",
        "    return -np.sum(x * np.log2(x + 1e-12), axis=-1)",
    ),
    "mse": (
        "    return np.mean((x - t) ** 2, axis=-1)",
        "    return np.sum((x - t) ** 2, axis=-1)",
        "    return np.sqrt(np.mean((x - t) ** 2))",
    ),
    "logsumexp": (
        "    m = np.max(x, axis=-1, keepdims=True)\n    return np.log(np.sum(np.exp(x - m), axis=-1)) + m[..., 0]",
        "    return np.log(np.sum(np.exp(x), axis=-1))",
        "    raise NotImplementedError",
    ),
}


@dataclass(frozen=True)
class Measured:
    """What came of a class: students before the kill, all of them, results that are there twice, seconds."""

    before: int
    students: int
    twice: int
    seconds: float
    processor: float


def write_class(folder: Path, students: int) -> None:
    """Submissions that differ: every function in one of three ways."""
    for number in range(students):
        source, choice = "import numpy as np\n", number
        for name, bodies in VARIANTS.items():
            arguments = "x, t" if name == "mse" else "x"
            source += f"\n\ndef {name}({arguments}):\n{bodies[choice % 3]}\n"
            choice = choice // 3 + number % 2
        place = folder / f"student{number:03}"
        place.mkdir(parents=True)
        (place / "homework.py").write_text(source, encoding="utf-8")


def started(work: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "mathcore", "grade", str(work / "class"), "--assignment", str(work / "course.toml")]
    return subprocess.Popen(
        [*command, "--jobs", str(JOBS)], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.DEVNULL
    )


def finished(work: Path) -> set[str]:
    book = work / "course.gradebook"
    if not book.exists():
        return set()
    try:
        with closing(sqlite3.connect(f"file:{book}?mode=ro", uri=True, timeout=10)) as base:
            return {student for (student,) in base.execute("SELECT DISTINCT student FROM results")}
    except sqlite3.OperationalError:  # it is just being made
        return set()


def measure(work: Path, students: int) -> Measured:
    """Judge a class, kill the command when half of it is done, and go on."""
    write_class(work / "class", students)
    (work / "course.toml").write_text(ASSIGNMENT, encoding="utf-8")
    start, used = time.perf_counter(), os.times()
    first = started(work)
    while len(finished(work)) < students // 2 and first.poll() is None:
        time.sleep(0.2)
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    before = finished(work)
    assert started(work).wait() == 0
    spent = os.times()
    with closing(sqlite3.connect(work / "course.gradebook")) as base:
        (twice,) = base.execute(
            "SELECT count(*) FROM (SELECT 1 FROM results GROUP BY student, item HAVING count(*) > 1)"
        ).fetchone()
        (results,) = base.execute("SELECT count(*) FROM results").fetchone()
    after = finished(work)
    assert before <= after and results == len(after) * len(VARIANTS)
    processor = spent.children_user + spent.children_system - used.children_user - used.children_system
    return Measured(len(before), len(after), twice, time.perf_counter() - start, processor)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.grading.class_of_200", description="A class killed half-way.")
    parser.add_argument("students", nargs="?", type=int, default=200)
    number = parser.parse_args().students
    with tempfile.TemporaryDirectory(prefix="mathcore-class-") as place:
        found = measure(Path(place), number)
    each = f"{found.seconds / number:.2f} s each with {JOBS} workers, {found.processor / number:.2f} s of processor time"
    print(f"{found.students} submissions of {len(VARIANTS)} functions in {found.seconds:.0f} s: {each}")
    print(f"killed with {found.before} finished; {found.twice} results judged twice")
