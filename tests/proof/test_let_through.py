"""What a planted bug lets through is not accepted without it; with it, a few are tried with -m slow, all with -m hours."""

from dataclasses import replace

import pytest

from tests.proof import let_through, seeded_bugs
from tests.proof.let_through import THROUGH, WITHOUT, BySearch, BySympy, of, planted
from tests.sampling import sampled

SEARCHED = tuple(one for one in THROUGH if isinstance(one, (BySearch, BySympy)))
JUDGED = tuple(one for one in THROUGH if not isinstance(one, (BySearch, BySympy)))
NAMES = {bug.name: bug for bug in seeded_bugs.BUGS}


@pytest.mark.parametrize("one", JUDGED, ids=lambda one: one.bug)
def test_what_a_bug_would_let_through_is_not_accepted(one):
    assert not one.accepted()


@sampled("one", SEARCHED, ids=lambda one: one.bug, keep=6)
def test_what_a_bug_would_let_the_search_find_is_not_accepted(one):
    assert not one.accepted()


def test_every_statement_belongs_to_a_bug_and_most_bugs_have_one():
    with_one = {one.bug for one in THROUGH}
    assert with_one | set(WITHOUT) <= set(NAMES) and not with_one & set(WITHOUT)
    assert len(with_one) == len(THROUGH) >= 0.6 * len(NAMES)


SAMPLE = ("abs(x) = x", "a sum of 1 is 1", "replay: weights may be negative")


@pytest.mark.slow
@pytest.mark.parametrize("name", SAMPLE)
def test_with_its_bug_planted_a_statement_comes_through(name):
    assert of(name) and planted([NAMES[name]]) == []


@pytest.mark.slow
def test_a_statement_that_another_bug_lets_through_is_seen(monkeypatch):
    name, other = SAMPLE[:2]
    bug = replace(NAMES[other], name=name)
    (told,) = planted([bug])
    assert repr(name)[1:-1] in told


@pytest.mark.hours
def test_every_statement_comes_through_with_its_bug():
    assert planted([bug for bug in seeded_bugs.BUGS if of(bug.name)]) == []


def test_the_command_says_how_many_bugs_have_a_statement(capsys):
    assert let_through.main(["--only", "abs(x) = x"]) == 0
    assert capsys.readouterr().out.startswith("1 of 1 bugs have a statement; 0 wrong")
