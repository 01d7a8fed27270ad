"""`mathcore site`: what it refuses, and what it says then."""

import pytest

from mathcore.cli import main


def test_a_folder_with_other_things_is_not_replaced(tmp_path, capsys):
    (tmp_path / "precious.txt").write_text("mine")
    assert main(["site", str(tmp_path)]) == 2
    assert "holds something else" in capsys.readouterr().err
    assert (tmp_path / "precious.txt").exists()


def test_a_folder_without_pages_is_named_with_the_remedy(tmp_path, capsys):
    assert main(["site", str(tmp_path / "out"), "--from", str(tmp_path)]) == 2
    assert "--from DIR" in capsys.readouterr().err


def test_a_language_that_there_is_not_is_refused(tmp_path, capsys):
    with pytest.raises(SystemExit) as end:
        main(["site", str(tmp_path), "--language", "fr"])
    said = capsys.readouterr().err
    assert end.value.code == 2 and "'fr'" in said and "ko" in said


def test_of_two_builds_at_once_one_makes_what_both_need(tmp_path):
    from concurrent.futures import ThreadPoolExecutor
    from time import sleep

    from mathcore.site.packages import made

    def make(number):
        with made(tmp_path / "room" / "made") as fresh:
            if fresh is not None:
                (fresh / "first").write_text("half")
                sleep(0.2)
                (fresh / "second").write_text("whole")
        return fresh is not None, sorted(path.name for path in (tmp_path / "room" / "made").iterdir())

    with ThreadPoolExecutor() as pool:
        found = list(pool.map(make, range(3)))
    assert sorted(first for first, _ in found) == [False, False, True]
    assert all(names == ["first", "second"] for _, names in found)


def test_what_could_not_be_made_is_not_there(tmp_path):
    from mathcore.site.packages import made

    with pytest.raises(RuntimeError), made(tmp_path / "room" / "made"):
        raise RuntimeError("no network")
    assert [path.name for path in (tmp_path / "room").iterdir()] == [".made.lock"]


def test_without_npm_the_remedy_is_said(tmp_path, monkeypatch):
    from mathcore.site import packages

    monkeypatch.setenv("MATHCORE_CACHE", str(tmp_path))
    monkeypatch.setattr("shutil.which", lambda name: None)
    with pytest.raises(packages.Unavailable, match="install Node"):
        packages.package("mathjax", "4.1.3")
