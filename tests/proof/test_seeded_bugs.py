"""Bugs that are planted in a copy of the engine are detected: a few in every run, the whole table with -m slow."""

import pytest

from tests.proof import seeded_bugs
from tests.proof.seeded_bugs import BUGS, Bug, Stale
from tests.sampling import sampled

# one of each room, and one test file that has to see it
SAMPLE = (
    ("(sum)^2 under a sum opened as one copy", "tests/proof/test_kernel.py"),
    ("sqrt(x^2) = x", "tests/proof/test_attacks.py"),
    ("balls: no point is enough", "tests/proof/test_at_points.py"),
    ("replay: anything stands for a size", "tests/proof/replay/test_forging.py"),
)


def bug(name: str) -> Bug:
    return next(b for b in BUGS if b.name == name)


@sampled("one", BUGS, ids=lambda b: b.name, keep=40)
def test_every_bug_can_still_be_planted(one):
    path, text = seeded_bugs.planted(one)
    assert text != path.read_text(encoding="utf-8")
    compile(text, str(path), "exec")


def test_there_are_enough_bugs_and_no_two_are_the_same():
    assert len(BUGS) >= 60 and len({(b.where, b.old, b.new) for b in BUGS}) == len({b.name for b in BUGS}) == len(BUGS)


def test_a_bug_whose_text_is_gone_is_stale():
    with pytest.raises(Stale, match="0 times"):
        seeded_bugs.locate(Bug("no such text", "_sum_monomial", "no such text", ""))
    with pytest.raises(Stale, match="times"):
        seeded_bugs.locate(Bug("everywhere", "", "return", ""))


@pytest.mark.slow
@pytest.mark.parametrize(("name", "file"), SAMPLE)
def test_a_planted_bug_is_detected(name, file):
    (outcome,) = seeded_bugs.run([bug(name)], [file])
    assert outcome.detected_by.startswith(file.removeprefix("tests/proof/")), outcome


@pytest.mark.slow
def test_a_copy_without_a_bug_passes(tmp_path):
    assert seeded_bugs.suite(seeded_bugs.copied(tmp_path), ["tests/proof/test_signs.py", "tests/proof/test_scope.py"]) == ""


@pytest.mark.hours
def test_every_planted_bug_is_detected():
    missed = [outcome.bug for outcome in seeded_bugs.run(BUGS) if not outcome.detected_by]
    assert not missed
