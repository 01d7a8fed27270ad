"""`mathcore grade`: what it says, and its exit codes."""

import json

import pytest

from mathcore.cli import main

TEXT = '[[derivation]]\nname = "sum"\ncard = "softmax"\nshow = "sum(i: s[i]) = 1"\npoints = 6\n'
SUM = "```derivation d\nsum(i: s[i])\n= sum(i: exp(z[i])) / sum(k: exp(z[k]))\n= 1\n```\n"


@pytest.fixture
def course(tmp_path):
    (tmp_path / "class" / "ada").mkdir(parents=True)
    (tmp_path / "class" / "ada" / "d.md").write_text(SUM)
    (tmp_path / "class" / "ben.zip").write_text("")
    (tmp_path / "course.toml").write_text(TEXT)
    return tmp_path


def test_a_class_from_the_first_run_to_an_override(mathcore, course, capsys):
    asked = ("--assignment", str(course / "course.toml"), "--names")

    def here(*arguments, code=0):
        assert main(["grade", *arguments, *asked]) == code
        return capsys.readouterr()

    found = mathcore("grade", str(course / "class"), *asked, "--csv", str(course / "csv"), code=1)  # ben was not judged
    assert "course: 2 submissions judged, isolation: " in found.stdout and "ben      ?       ?  ? not judged" in found.stdout
    assert (course / "csv" / "points.csv").read_text() == "student,sum,points,late\nada,6,6,\nben,,0,\n"
    (course / "class" / "ben.zip").unlink()
    assert "ada      6       6" in here(code=1).out
    found = here("--override", "ben", "sum", "2.5", "--reason", "told me", "--json")
    assert "set: ben, sum: 2.5 points (told me)" in found.err
    data = json.loads(found.out)
    assert data["held"] and [s["points"] for s in data["students"]] == [6.0, 2.5]
    (course / "course.toml").write_text(TEXT.replace("points = 6", "points = 6\nleast_steps = 3"))
    assert "1 results are of an older assignment" in here(str(course / "class")).out
    found = here(str(course / "class"), "--regrade")
    assert "moved: ada, sum: kept at 6; judged now: 4 (the assignment changed)" in found.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--jobs", "0"), "--jobs must be at least 1"),
        (("--override", "ada", "sum", "3"), "--override and --reason go together"),
        (("--reason", "x"), "--override and --reason go together"),
        (("--override", "ada", "sun", "3", "--reason", "x"), "there is no item 'sun'; did you mean 'sum'?"),
        (("--override", "ada", "sum", "many", "--reason", "x"), "'many' must be a number of points"),
        (("--override", "eve", "sum", "3", "--reason", "x"), "there is no student 'eve'"),
        (("--gradebook", "/nowhere/at/all"), "cannot be used as a gradebook"),
    ],
)
def test_wrong_use_is_exit_code_2_with_a_remedy(capsys, course, arguments, said):
    assert main(["grade", "--assignment", str(course / "course.toml"), *arguments]) == 2
    answer = capsys.readouterr()
    assert said in answer.err and len(answer.err.splitlines()) == 1 and not answer.out


def test_a_folder_without_submissions_is_told(capsys, course):
    (course / "empty").mkdir()
    asked = ("--assignment", str(course / "course.toml"))
    assert main(["grade", str(course / "empty"), *asked]) == 2
    assert "there is no submission in it" in capsys.readouterr().err
    assert main(["grade", str(course / "none"), *asked]) == 2
    assert "is no folder that can be read" in capsys.readouterr().err
    (course / "course.toml").write_text(TEXT + "claims = 3\n")
    assert main(["grade", str(course / "class"), *asked]) == 2
    assert "no key of this table" in capsys.readouterr().err


def test_a_dry_run_needs_no_class(capsys, course):
    assert main(["grade", "--dry-run", "--assignment", str(course / "course.toml")]) == 0
    assert "2 of 2 as they must be" in capsys.readouterr().out and not (course / "course.gradebook").exists()
    (course / "course.toml").write_text(TEXT + "least_steps = 9\n")
    assert main(["grade", "--dry-run", "--assignment", str(course / "course.toml")]) == 1
