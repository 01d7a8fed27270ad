"""What leaves the gradebook: no names unless asked for, missed points with reasons, Gradescope's own layout."""

import csv
import io
import json

import pytest

from mathcore.grading.assignment import read
from mathcore.grading.exports import document, file_name, gradescope, losses, rows, statistics, table, tables, write_gradescope
from mathcore.grading.feedback import Message
from mathcore.grading.gradebook import Basis, Gradebook
from mathcore.grading.results import Part, Result, unjudged
from tests.grading.stand_in import made

ASKED = read('[[function]]\nname = "relu"\npoints = 10\n[[function]]\nname = "sigmoid"\npoints = 5\n')
BASIS = Basis("a", "b", "c")


@pytest.fixture
def book(tmp_path):
    with Gradebook(tmp_path / "gradebook") as found:
        parts = (
            Part(Message("title_laws", {"name": "grows"}), 200, 200),
            Part(Message("title_edges"), 100, 800, Message("edges_lost", {"shown": "f(nan) gives 0."})),
        )
        relu = Result(
            "relu", "function", 1000, parts, level="landlock", slips=("sign turned",), detail=("exact 3",), seconds=1.25
        )
        found.record("Ada Lovelace", [(relu, BASIS), (made("sigmoid", 500, 500, slips=("sign turned",)), BASIS)])
        found.record("=cmd()", [(made("relu", 0), BASIS), (unjudged("sigmoid", "function", 500, Message("late")), BASIS)])
        yield found


def test_names_are_left_out_unless_they_are_asked_for(book):
    for names in (False, True):
        found = rows(book, ASKED, names)
        texts = [table(found, ASKED), json.dumps(document(found, ASKED)), *tables(found, ASKED).values(), *map(losses, found)]
        texts += [json.dumps(gradescope(row)) for row in found]
        assert any("Lovelace" in text for text in texts) is names


def test_the_table_shows_points_and_what_was_not_judged(book):
    shown = table(rows(book, ASKED, True), ASKED)
    lines = [" ".join(line.split()) for line in shown.splitlines()]
    assert "Ada Lovelace 3 5 8" in lines and "=cmd() 0 ? 0 + ? ? not judged" in lines and "of 10 5 15" in lines


def test_missed_points_are_listed_with_the_reason(book):
    ada = next(row for row in rows(book, ASKED, True) if row.student == "Ada Lovelace")
    assert losses(ada).splitlines() == [
        "Ada Lovelace: 8 points",
        "  relu: 3 of 10",
        "    -7  edges: At an edge something is wrong. f(nan) gives 0.",
    ]


def test_an_override_and_what_is_kept_are_told(book):
    book.record("Ada Lovelace", [(made("relu", 100), BASIS)])
    book.override(book.find("Ada Lovelace"), "sigmoid", 250, "copied", "teacher")
    ada = next(row for row in rows(book, ASKED, True) if row.student == "Ada Lovelace")
    assert ada.points == 550
    assert "A later judgement came to 1; what was shown once is kept." in losses(ada)
    assert "-2.5  Set by the teacher: copied" in losses(ada)
    assert "2.5*" in table((ada,), ASKED) and "kept" in table((ada,), ASKED)


def test_json_says_everything_and_a_teacher_more_than_a_student(book):
    found = document(rows(book, ASKED, True), ASKED)
    (relu, _) = next(s for s in found["students"] if s["student"] == "Ada Lovelace")["items"]
    assert (relu["points"], relu["of"], relu["isolation"], relu["for_teachers"]) == (3.0, 10.0, "landlock", ["exact 3"])
    assert "exact" not in json.dumps([relu["words"], relu["missed"]])
    (_, sigmoid) = next(s for s in found["students"] if s["student"] == "=cmd()")["items"]
    assert sigmoid["points"] is None and sigmoid["state"] == "not judged"
    assert found["slips"][0] == {"item": "relu", "slip": "sign turned", "students": 1}
    json.dumps(found, allow_nan=False)


def test_statistics_count_what_was_lost_at_each_check(book):
    found = {(s["item"], s["check"]): s for s in statistics(rows(book, ASKED), ASKED)}
    assert found["relu", "edges"] == {"item": "relu", "check": "edges", "asked": 1, "lost": 1, "caught": 1, "mean_lost": 7.0}
    assert found["relu", "law: grows"]["lost"] == 0


def test_what_follows_from_another_fault_catches_nothing(book):
    parts = (Part(Message("title_edges"), 0, 1000, Message("values_first")),)
    book.record("x", [(Result("relu", "function", 1000, parts), BASIS)])
    found = {(s["item"], s["check"]): s for s in statistics(rows(book, ASKED), ASKED)}
    assert (found["relu", "edges"]["lost"], found["relu", "edges"]["caught"]) == (2, 1)


def test_csv_holds_the_same_and_no_formula_of_a_spreadsheet(book):
    found = {name: list(csv.reader(io.StringIO(text))) for name, text in tables(rows(book, ASKED, True), ASKED).items()}
    assert found["points.csv"][0] == ["student", "relu", "sigmoid", "points", "late"]
    assert ["Ada Lovelace", "3", "5", "8", ""] in found["points.csv"] and ["'=cmd()", "0", "", "0", ""] in found["points.csv"]
    assert found["checks.csv"][0] == ["item", "check", "asked", "lost", "caught", "mean_lost"] and len(found["slips.csv"]) == 3


# as Gradescope documents its results.json
TOP = {"score", "execution_time", "output", "visibility", "stdout_visibility", "tests", "leaderboard", "extra_data"}
TEST = {"score", "max_score", "status", "name", "number", "output", "tags", "visibility", "extra_data"}


def test_results_for_gradescope_have_its_layout(book):
    for row in rows(book, ASKED):
        found = gradescope(row)
        assert set(found) == TOP and found["score"] == sum(t["score"] for t in found["tests"])
        for test in found["tests"]:
            assert set(test) <= TEST and TEST - set(test) <= {"status"}
            assert test.get("status") in ("passed", "failed", None) and test["visibility"] == "visible"
            assert test["score"] <= test["max_score"] and isinstance(test["number"], str)
    ada = next(gradescope(row) for row in rows(book, ASKED, True) if row.student == "Ada Lovelace")
    assert [(t["number"], t["status"]) for t in ada["tests"]] == [("1.1", "passed"), ("1.2", "failed"), ("2.1", "passed")]
    assert ada["execution_time"] == 1.25
    other = next(gradescope(row) for row in rows(book, ASKED, True) if row.student == "=cmd()")
    assert "status" not in other["tests"][-1]  # neither passed nor failed: it was not judged


def test_a_file_for_each_student_whatever_they_are_called(book, tmp_path):
    assert [file_name(n) for n in ("ada", "../x", "...", "a b", "Zoë")] == ["ada", "_x", "student", "a_b", "Zoë"]
    book.record("a b", [(made("relu", 1), BASIS)])
    book.record("a_b", [(made("relu", 2), BASIS)])
    assert write_gradescope(rows(book, ASKED, True), tmp_path / "out") == 4
    assert len(list((tmp_path / "out").iterdir())) == 4
