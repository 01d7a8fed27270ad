"""What is said of steps and statements is what was stored: a sample in every run, more with -m slow, all with -m hours."""

import os
import re
import subprocess
import sys

import pytest

from tests.proof import goldens
from tests.proof.goldens import CLOCK, CORPORA, STORED, Difference, answers, differences, of, questions, read, tasks, unstored
from tests.sampling import spread

QUICK = ("cards", "statements", "course", "forged", "ranges", "guarded")  # of these a few lines are made in no time


@pytest.fixture(scope="module")
def stored() -> dict[str, str]:
    return read(STORED.read_text(encoding="utf-8"))


def chosen(corpora, keep: int) -> list[tuple[str, int]]:
    return [(c, place) for c in corpora for place in sorted(spread(len(questions(c)), keep))]


def different(stored, asking, jobs: int = 1) -> list[str]:
    """What is answered otherwise than stored, in words."""
    return [str(d) for d in differences(of(stored, asking), answers(asking, jobs)) if d.counts]


@pytest.mark.slow
def test_a_sample_of_the_answers_is_as_stored(stored):
    assert different(stored, chosen(QUICK, 4)) == []


@pytest.mark.slow
def test_some_answers_of_every_corpus_are_as_stored(stored):
    known = [corpus for corpus in CORPORA if corpus not in unstored(stored)]
    assert different(stored, chosen(known, 8)) == []


@pytest.mark.hours
def test_every_answer_is_as_stored(stored):
    assert different(stored, tasks(), jobs=2) == []


def test_every_step_of_every_card_is_stored(stored):
    assert {name.partition(": ")[0] for name in stored} <= set(CORPORA) and not set(unstored(stored)) & set(QUICK)
    steps = sum(len(d.steps) for card in map(goldens.load, goldens.names()) for d in card.derivations)
    assert sum(re.fullmatch(r"cards: \w+\.[^,]*\[\d\d\]", name) is not None for name in stored) == steps > 1000


def test_the_stored_lines_are_sorted_and_hold_no_seed_and_no_path(stored):
    text = STORED.read_text(encoding="utf-8")
    assert text == goldens.written(stored)
    assert " at 0x" not in text and str(STORED.parent) not in text


def test_a_line_that_is_changed_is_seen_and_named(stored):
    asking = chosen(("cards",), 2)
    name = next(name for name, answer in of(stored, asking).items() if answer.startswith("proved"))
    (found,) = different(stored | {name: "unknown\tlemmas: softmax.sum"}, asking)
    assert found.splitlines() == [
        name,
        "    before: unknown | lemmas: softmax.sum",
        f"    after:  {stored[name].replace(chr(9), ' | ')}",
    ]


def test_a_line_that_is_gone_and_one_that_is_new_are_seen(stored):
    asking = chosen(("cards",), 2)
    (name, answer), *_ = of(stored, asking).items()
    gone = {n: a for n, a in stored.items() if n != name}
    assert "is asked only now" in different(gone, asking)[0]
    assert "is not asked any more" in str(*differences({name: answer}, {}))


@pytest.mark.parametrize(
    ("before", "after", "counts"),
    [
        ("proved", "unknown", True),
        (f"proved\t{CLOCK}", "unknown", False),
        ("proved", f"unknown\t{CLOCK}", False),
        (f"proved\t{CLOCK}", "refuted", True),
        (f"unknown\t{CLOCK}", "CONFLICT", True),
        (f"conditional\t{CLOCK}", "refuted", True),
        (f"unknown\t{CLOCK}", "crashed\tTypeError", True),
    ],
)
def test_what_the_clock_decides_counts_only_where_it_contradicts(before, after, counts):
    assert Difference("one", before, after).counts is counts


def test_one_that_time_stops_is_marked(monkeypatch):
    monkeypatch.setattr(goldens, "LIMIT", 0.01)
    goldens.listen()
    assert goldens.searched("x^4 y^2 + x^2 y^4 + 1 >= 3 x^2 y^2", given="x, y: real").endswith(CLOCK)
    assert goldens.searched("x = x", given="x: real").split("\t")[0] in ("proved", "unknown")


@pytest.mark.slow
@pytest.mark.parametrize("seed", ["1", "2"])
def test_the_answers_do_not_depend_on_the_seed_of_hashes(seed):
    command = [sys.executable, "-m", "tests.proof.goldens", "--only", "cards: so"]
    done = subprocess.run(command, env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, encoding="utf-8")
    assert done.returncode == 0 and "; 0 different" in done.stdout, done.stdout + done.stderr
