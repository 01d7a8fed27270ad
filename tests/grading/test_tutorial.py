"""The tutorial of a class: its commands are run, and what they print is what it prints."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from mathcore.grading.assignment import load
from mathcore.grading.derivations import judge_derivation
from mathcore.grading.feedback import said
from mathcore.grading.submissions import find

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "tutorials" / "grading.md"
COURSE = PAGE.parent / "grading"
LEVEL = re.compile(r"(?<=isolation: )(bubblewrap|landlock|limits only)")  # what this machine grants


def commands(text: str) -> list[tuple[str, str]]:
    """Each command of the page with what it prints."""
    found = []
    for block in re.findall(r"^```console\n(.*?)^```$", text, re.M | re.S):
        for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
            command, _, printed = part.partition("\n")
            found.append((command, printed))
    return found


def printed(command: str, folder: Path) -> str:
    shell = f'mathcore() {{ {shlex.quote(sys.executable)} -m mathcore "$@"; }}\n{command}'
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    answer = subprocess.run(["bash", "-c", shell], cwd=folder, env=environment, capture_output=True, timeout=600)
    assert not answer.stderr, answer.stderr.decode()
    return LEVEL.sub("LEVEL", answer.stdout.decode("utf-8")).strip("\n")


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("bash") is None, reason="the commands are for a shell")
def test_the_commands_of_the_tutorial_print_what_it_says(tmp_path):
    shutil.copytree(COURSE, tmp_path / "grading", ignore=shutil.ignore_patterns("*.gradebook*"))
    listed = commands(PAGE.read_text(encoding="utf-8"))
    assert len(listed) >= 10
    for command, said_so in listed:
        assert printed(command, tmp_path / "grading") == LEVEL.sub("LEVEL", said_so).strip("\n"), command


def test_the_tutorial_prints_its_assignment_as_it_is():
    (shown,) = re.findall(r"^```toml\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.M | re.S)
    assert shown == (COURSE / "course.toml").read_text(encoding="utf-8")


def test_the_derivations_of_the_tutorial_have_the_points_that_it_prints():
    asked = load(COURSE / "course.toml")
    students = {one.student: one for one in find(COURSE / "submissions", ("*.md",))}
    page = PAGE.read_text(encoding="utf-8")
    sums, slope = (item for item in asked.items if item.kind == "derivation")
    assert [judge_derivation(item, students["ada"]).points for item in (sums, slope)] == [500, 1000]
    ben = judge_derivation(slope, students["ben"])
    assert f"the slope of softmax: {ben.points / 100} of 10" in page
    assert all(said(part.told) in page for part in ben.parts if part.lost and part.told is not None)
    assert judge_derivation(slope, students["cleo"]).points == 0
