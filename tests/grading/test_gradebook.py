"""The gradebook: what was shown never drops, overrides are kept and on top, and names stand apart."""

import sqlite3
from dataclasses import replace

import pytest

from mathcore.grading.gradebook import Basis, Gradebook, WrongGradebook
from mathcore.grading.results import Result, State, unjudged
from tests.grading.stand_in import made

BASIS = Basis("content", "asked", "engine")


@pytest.fixture
def book(tmp_path):
    with Gradebook(tmp_path / "course.gradebook") as found:
        yield found


def entry(book, item="relu"):
    (found,) = book.entries([item])
    return found


def test_a_result_is_the_same_when_it_is_read_back(book):
    result = made("relu", 700, level="landlock", slips=("sign",), detail=("accuracy",), notes=("empty",), seconds=1.5)
    assert Result.from_json(result.to_json()) == result and Result.from_json(result.to_json()).seconds == 1.5
    book.record("ada", [(result, BASIS)])
    found = entry(book)
    assert (found.last, found.best, found.basis, found.points) == (result, result, BASIS, 700)


def test_what_was_shown_never_drops(book):
    for points in (500, 800, 300):
        book.record("ada", [(made("relu", points), BASIS)])
    assert (entry(book).points, entry(book).last.points, entry(book).kept) == (800, 300, True)
    book.record("ada", [(made("relu", 900), BASIS)])
    assert (entry(book).points, entry(book).kept) == (900, False)


def test_what_is_not_judged_takes_nothing_away_and_is_no_zero(book):
    book.record("ada", [(unjudged("relu", "function", 1000), BASIS)])
    assert not entry(book).judged
    book.record("ada", [(made("relu", 0), BASIS)])
    assert entry(book).judged and entry(book).best.state is State.JUDGED
    book.record("ada", [(unjudged("relu", "function", 1000), BASIS)])
    assert entry(book).judged and entry(book).points == 0 and not entry(book).kept


def test_an_override_goes_on_top_of_whatever_is_judged_later(book):
    book.record("ada", [(made("relu", 500), BASIS)])
    book.override(book.find("ada"), "relu", 650, "a good idea", "teacher")
    book.record("ada", [(made("relu", 900), BASIS)])
    assert entry(book).points == 650
    book.override(book.find("ada"), "relu", 1000, "all right then", "teacher")
    assert entry(book).points == 1000
    assert [(row["points"], row["reason"], row["who"]) for row in book.audit()] == [
        (650, "a good idea", "teacher"),
        (1000, "all right then", "teacher"),
    ]
    assert all(row["at"] for row in book.audit())


@pytest.mark.parametrize("table", ["results", "overrides"])
def test_nothing_is_ever_changed_or_deleted(book, table):
    book.record("ada", [(made("relu", 500), BASIS)])
    book.override(book.find("ada"), "relu", 650, "why", "teacher")
    for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET points = 1"):
        with pytest.raises(sqlite3.IntegrityError, match="only added"):
            book.base.execute(statement)


def test_a_student_is_written_whole_or_not_at_all(book):
    broken = replace(made("sigmoid", 1), notes=(object(),))  # what no JSON can hold
    bad = replace(broken, item=None)
    with pytest.raises(sqlite3.IntegrityError):
        book.record("ada", [(made("relu", 500), BASIS), (bad, BASIS)])
    assert book.entries(["relu", "sigmoid"]) == () and book.last() == {}


def test_names_stand_in_one_table_alone(book):
    book.record("Ada Lovelace", [(made("relu", 500), BASIS)])
    key = book.find("Ada Lovelace")
    assert key == book.find(key) == entry(book).student and key != "Ada Lovelace"
    for (table,) in book.base.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        rows = str(book.base.execute(f"SELECT * FROM {table}").fetchall())
        assert ("Lovelace" in rows) is (table == "students")


def test_a_student_who_is_not_there_has_a_near_name(book):
    book.record("ada", [(made("relu", 500), BASIS)])
    with pytest.raises(WrongGradebook, match="no student 'adda'; did you mean 'ada'"):
        book.find("adda")


def test_another_file_is_no_gradebook(tmp_path):
    (tmp_path / "x").write_text("this is no database, and longer than a hundred bytes would be if it were one" * 3)
    with pytest.raises(WrongGradebook, match="--gradebook"):
        Gradebook(tmp_path / "x")
    with sqlite3.connect(tmp_path / "y") as other:
        other.execute("CREATE TABLE something (a)")
    other.close()
    with pytest.raises(WrongGradebook, match="no gradebook of this version"):
        Gradebook(tmp_path / "y")


def test_two_who_begin_it_at_once_have_one(tmp_path):
    from concurrent.futures import ThreadPoolExecutor

    def begin(name):
        with Gradebook(tmp_path / "book") as one:
            return one.id_of(name)

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(begin, ["ada", "ben"] * 8))
    assert len(set(found)) == 2


def test_it_is_readable_by_its_owner_alone(book):
    import os

    if os.name == "posix":
        assert book.path.stat().st_mode & 0o077 == 0


def test_the_basis_says_what_changed():
    assert Basis("a", "b", "c").changed(Basis("a", "x", "y")) == ("the assignment", "the engine")
