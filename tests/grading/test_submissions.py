"""Submissions as they come: odd, hostile and broken ones are told in words, and stop nobody else's."""

import os

import pytest

from mathcore.grading import submissions
from mathcore.grading.feedback import said
from mathcore.grading.submissions import find, matches, printable

needs_links = pytest.mark.skipif(not hasattr(os, "symlink"), reason="no links here")


def write(place, text="x = 1\n"):
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, encoding="utf-8")


def test_a_folder_or_a_file_for_each_student(tmp_path):
    write(tmp_path / "ada" / "homework.py")
    write(tmp_path / "ada" / "more" / "notes.md")
    write(tmp_path / "ben.py")
    write(tmp_path / ".hidden" / "x.py")
    (tmp_path / "cleo").mkdir()
    ada, ben, cleo = find(tmp_path, ("*.py", "*.md"))
    assert [f.name for f in ada.files] == ["homework.py", "more/notes.md"]
    assert (ben.student, [f.name for f in ben.files]) == ("ben", ["ben.py"])
    assert (cleo.student, cleo.files, cleo.problem) == ("cleo", (), None)


def test_only_files_that_are_asked_for_are_read(tmp_path):
    write(tmp_path / "ada" / "homework.py")
    write(tmp_path / "ada" / "data.csv")
    (ada,) = find(tmp_path, ("*.py",))
    assert [f.name for f in ada.files] == ["homework.py"]


@needs_links
def test_links_are_told_and_never_followed(tmp_path):
    write(tmp_path / "secret.py", "SECRET = 1\n")
    folder = tmp_path / "class"
    (folder / "ada").mkdir(parents=True)
    (folder / "ada" / "homework.py").symlink_to(tmp_path / "secret.py")
    (folder / "ada" / "folder").symlink_to(tmp_path)
    (folder / "ben").symlink_to(tmp_path)
    ada, ben = find(folder, ("*.py",))
    assert all(f.data == b"" and f.problem is not None and f.problem.key == "link" for f in ada.files) and ada.files
    assert ben.problem is not None and said(ben.problem).startswith("ben is a link and was not followed")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_not_waited_for(tmp_path):
    (tmp_path / "ada").mkdir()
    os.mkfifo(tmp_path / "ada" / "homework.py")
    ((file,),) = (one.files for one in find(tmp_path))
    assert file.problem is not None and file.problem.key == "no_file"


def test_archives_are_not_unpacked(tmp_path):
    write(tmp_path / "ada.zip")
    write(tmp_path / "ben" / "all.tar.gz")
    ada, ben = find(tmp_path, ("*.py",))
    assert ada.problem is not None and ada.problem.key == "archive"
    assert ben.problem is not None and said(ben.problem) == (
        "all.tar.gz is an archive and was not unpacked. Hand in the files themselves."
    )


def test_huge_files_are_told_and_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(submissions, "LARGEST", 100)
    write(tmp_path / "ada" / "homework.py", "#" * 101)
    write(tmp_path / "ben" / "homework.py", "#" * 100)
    ada, ben = find(tmp_path)
    assert ada.files[0].problem is not None and ada.files[0].problem.key == "huge" and ada.files[0].data == b""
    assert ben.files[0].problem is None


def test_a_folder_of_very_many_files_ends(tmp_path, monkeypatch):
    monkeypatch.setattr(submissions, "MOST_FILES", 20)
    for number in range(30):
        write(tmp_path / "ada" / f"{number:02}.py")
    (ada,) = find(tmp_path)
    assert any(f.problem is not None and f.problem.key == "crowded" for f in ada.files) and len(ada.files) <= 21


def test_two_submissions_under_one_name_are_both_left(tmp_path):
    write(tmp_path / "Ada" / "homework.py")
    write(tmp_path / "ada.py")
    (one,) = find(tmp_path)
    assert one.problem is not None and "Ada, ada.py" in said(one.problem)


def test_odd_names_are_safe_to_print(tmp_path):
    assert printable("a\x1b[31m\udcff\u202eb") == "a?[31m??b"
    write(tmp_path / "a\x1b[31mda" / "home\nwork.py")
    (one,) = find(tmp_path)
    assert one.student == "a?[31mda" and one.files[0].name == "home?work.py"


def test_an_export_of_gradescope_has_names_in_its_metadata(tmp_path):
    write(tmp_path / "submission_11" / "homework.py")
    write(tmp_path / "submission_12" / "homework.py")
    metadata = "---\nsubmission_11:\n  :submitters:\n  - :name: Ada Lovelace\n    :sid: '7'\n  :score: 3\n"
    write(tmp_path / "submission_metadata.yml", metadata)
    assert [one.student for one in find(tmp_path)] == ["Ada Lovelace", "submission_12"]


def test_patterns_speak_of_the_last_name_or_of_the_path():
    assert matches("a/b/x.py", "*.py") and matches("a/x.py", "a/*.py")
    assert not matches("b/x.py", "a/*.py") and not matches("x.pyc", "*.py")


def test_the_digest_is_of_what_an_item_asks_for(tmp_path):
    write(tmp_path / "ada" / "homework.py")
    write(tmp_path / "ada" / "notes.md")
    (before,) = find(tmp_path)
    write(tmp_path / "ada" / "notes.md", "other\n")
    (after,) = find(tmp_path)
    assert before.digest(("*.py",)) == after.digest(("*.py",))
    assert before.digest(("*.md",)) != after.digest(("*.md",))
