"""A class: only what changed is judged, nobody is lost, and the points do not depend on order or number of workers."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mathcore.grading import run
from mathcore.grading.assignment import read
from mathcore.grading.exports import rows
from mathcore.grading.gradebook import Gradebook
from mathcore.grading.results import State
from mathcore.grading.run import Progress, engine_digest, grade
from tests.grading.class_of_200 import measure
from tests.grading.stand_in import stand_in

ROOT = Path(__file__).resolve().parents[2]
TEXT = '[[function]]\nname = "relu"\npoints = 10\nfile = "*.txt"\n'


@pytest.fixture
def course(tmp_path):
    """A class, by name and what the stand-in does with it."""

    def make(**students):
        for name, text in students.items():
            (tmp_path / "class" / name).mkdir(parents=True, exist_ok=True)
            (tmp_path / "class" / name / "x.txt").write_text(text)
        return tmp_path / "class"

    return make


@pytest.fixture
def book(tmp_path):
    with Gradebook(tmp_path / "gradebook") as found:
        yield found


def points(book, assignment=None):
    return {row.student: row.points for row in rows(book, assignment or read(TEXT), names=True)}


def test_a_class_is_judged_once_and_then_only_what_changed(course, book):
    folder, asked = course(ada="700", ben="300"), read(TEXT)
    heard = []
    done = grade(folder, asked, book, jobs=0, judge=stand_in, progress=lambda p: heard.append(Progress(p.total, p.done)))
    assert (done.judged, done.unchanged, heard[0].total, heard[-1].done) == (2, 0, 2, 2)
    assert grade(folder, asked, book, jobs=0, judge=stand_in).unchanged == 2
    course(ben="900", cleo="100")
    done = grade(folder, asked, book, jobs=0, judge=stand_in)
    assert (done.judged, done.unchanged) == (2, 1)
    assert points(book) == {"ada": 700, "ben": 900, "cleo": 100}
    assert [(m.student, m.before, m.after, m.why) for m in done.moves] == [("ben", 300, 900, ("the submission",))]


def test_the_number_of_workers_changes_no_points(course, tmp_path):
    folder = course(**{f"s{k}": str(100 * k) for k in range(7)})
    found = []
    for jobs in (0, 2):
        with Gradebook(tmp_path / f"book{jobs}") as book:
            grade(folder, read(TEXT), book, jobs=jobs, judge=stand_in)
            found.append(points(book))
    assert found[0] == found[1] and len(found[0]) == 7


def test_a_change_of_the_assignment_waits_for_a_regrade(course, book):
    folder, other = course(ada="700"), read(TEXT.replace("10", "20"))
    grade(folder, read(TEXT), book, jobs=0, judge=stand_in)
    done = grade(folder, other, book, jobs=0, judge=stand_in)
    assert (done.judged, done.outdated) == (0, 1)
    done = grade(folder, other, book, jobs=0, judge=stand_in, regrade=True)
    assert (done.judged, done.outdated, done.moves) == (1, 0, ())
    assert grade(folder, other, book, jobs=0, judge=stand_in, regrade=True).unchanged == 1


def test_points_that_would_drop_are_kept_and_listed(course, book):
    folder = course(ada="700")
    grade(folder, read(TEXT), book, jobs=0, judge=stand_in)
    course(ada="200")
    (move,) = grade(folder, read(TEXT), book, jobs=0, judge=stand_in).moves
    assert move.kept and (move.before, move.after) == (700, 200) and points(book) == {"ada": 700}


def test_another_engine_is_told_and_regraded(course, book, monkeypatch):
    folder = course(ada="700")
    grade(folder, read(TEXT), book, jobs=0, judge=stand_in)
    monkeypatch.setattr(run, "engine_digest", lambda: "another")
    assert grade(folder, read(TEXT), book, jobs=0, judge=stand_in).outdated == 1
    assert grade(folder, read(TEXT), book, jobs=0, judge=stand_in, regrade=True).judged == 1


def test_the_engine_has_a_digest_that_stays():
    assert engine_digest() == engine_digest() and len(engine_digest()) == 64


@pytest.mark.slow
def test_a_worker_that_dies_loses_one_student_who_is_tried_once_more(course, book, tmp_path):
    folder = course(ada="700", ben=f"once {tmp_path / 'mark'}", cleo="die", dan="300", eve="raise")
    done = grade(folder, read(TEXT), book, jobs=2, judge=stand_in)
    assert done.again == ("ben", "cleo", "eve") and done.judged == 5
    found = {row.student: row.entries[0] for row in rows(book, read(TEXT), names=True)}
    assert {name: e.points for name, e in found.items() if e.judged} == {"ada": 700, "ben": 100, "dan": 300}
    assert found["cleo"].best.state is State.UNJUDGED and "exit code 3" in str(found["cleo"].best.told)
    assert "a fault of the judge" in str(found["eve"].best.told)


@pytest.mark.slow
def test_a_judge_that_is_stuck_is_ended(course, book, monkeypatch):
    monkeypatch.setattr(run, "PATIENCE", 0.0)
    done = grade(course(ada="stuck 100"), read(TEXT), book, judge=stand_in)
    assert done.again == ("ada",) and not rows(book, read(TEXT))[0].judged


def test_a_late_submission_is_told_and_costs_nothing(course, book):
    folder = course(ada="700", ben="700")
    os.utime(folder / "ada" / "x.txt", (0, 10**9))
    asked = read("[assignment]\ndeadline = 2011-01-01T00:00:00\n" + TEXT)
    grade(folder, asked, book, jobs=0, judge=stand_in)
    assert [(row.student, row.late, row.points) for row in rows(book, asked, True)] == [("ada", False, 700), ("ben", True, 700)]


@pytest.mark.slow
def test_a_run_that_is_killed_loses_no_finished_student(course, tmp_path):
    """Killed without a word, and gone on with: who was finished is not judged again."""
    folder = course(**{f"s{k:02}": f"slow {k}" for k in range(12)})
    program = (
        "import sys; from mathcore.grading.run import grade; from mathcore.grading.gradebook import Gradebook\n"
        "from mathcore.grading.assignment import read; from tests.grading.stand_in import stand_in\n"
        "if __name__ == '__main__':\n"
        f"    grade({str(folder)!r}, read({TEXT!r}), Gradebook({str(tmp_path / 'killed')!r}), judge=stand_in)\n"
    )
    (tmp_path / "killed.py").write_text(program)
    process = subprocess.Popen(
        [sys.executable, str(tmp_path / "killed.py")], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    before: set[str] = set()
    deadline = time.monotonic() + 60
    while len(before) < 3 and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.1)
        if (tmp_path / "killed").exists():
            with Gradebook(tmp_path / "killed") as book:
                before = set(points(book))
    process.kill()
    process.wait()
    with Gradebook(tmp_path / "killed") as book:
        before = set(points(book))
        done = grade(folder, read(TEXT), book, jobs=0, judge=stand_in)
        assert 3 <= len(before) < 12 and done.judged == 12 - len(before) and len(points(book)) == 12


@pytest.mark.slow
def test_a_small_class_is_judged_and_survives_a_kill(tmp_path):
    found = measure(tmp_path, 12)
    assert (found.students, found.twice) == (12, 0) and found.before >= 6
