"""The tutorial does what it says: its blocks run, its links lead somewhere, its pictures are there and small."""

import re

import pytest

from tests.models import tutorial

TEXT = tutorial.PAGE.read_text(encoding="utf-8")


@pytest.mark.peers("sklearn", "matplotlib")
def test_the_tutorial_runs_as_it_is_printed(tmp_path):
    found, said = tutorial.run(tmp_path)
    assert said == ""
    assert found.failed == 0
    assert found.attempted > 40
    assert {path.name for path in tmp_path.iterdir()} == set(tutorial.pictures())


@pytest.mark.peers("matplotlib")
def test_a_tutorial_that_says_something_else_is_seen(tmp_path):
    found, said = tutorial.run(tmp_path, "```python\n>>> 1 + 1\n3\n\n```\n")
    assert found.failed == 1
    assert "Expected:\n    3" in said


def test_every_picture_is_committed_and_small():
    names = tutorial.pictures()
    assert len(names) == 6
    for name in names:
        assert 1000 < (tutorial.PAGE.parent / name).stat().st_size < 80_000
    assert TEXT.count(".savefig(") == len(names)


def test_every_link_of_the_tutorial_leads_somewhere():
    links = re.findall(r"\]\(([^)]+\.md)(?:#([^)]+))?\)", TEXT)
    assert len(links) > 8
    for page, anchor in links:
        target = (tutorial.PAGE.parent / page).resolve()
        assert target.exists(), page
        if anchor:
            titles = re.findall(r"^#+ (.*)$", target.read_text(encoding="utf-8"), re.M)
            assert anchor in {re.sub(r"[^\w -]", "", title.lower()).strip().replace(" ", "-") for title in titles}, anchor
