"""The notes: no verdict is wrong, and nearly all claims are understood."""

from dataclasses import replace
from functools import cache

import pytest

from tests.document.table import NO_CLAIM, NOTES, RIGHT, UNCLEAR, WRONG, Table, table

made = cache(table)


@pytest.mark.slow
def test_there_are_forty_notes_in_two_languages_with_right_and_wrong_claims() -> None:
    notes = list(NOTES.iterdir())
    assert len(notes) >= 40 and sum(n.suffix == ".ipynb" for n in notes) >= 3
    korean = [n for n in notes if any("가" <= c <= "힣" for c in n.read_text(encoding="utf-8"))]
    assert len(korean) >= 10
    labels = [item.label for item, _ in made().rows]
    assert (
        labels.count(RIGHT) >= 150 and labels.count(WRONG) >= 100 and labels.count(NO_CLAIM) >= 60 and labels.count(UNCLEAR) >= 10
    )


def test_no_verdict_is_wrong() -> None:
    assert not made().wrong_verdicts


def test_nine_of_ten_claims_are_understood() -> None:
    assert made().understood >= 0.9 * made().claims


def test_what_is_no_claim_is_not_judged() -> None:
    assert made().count(NO_CLAIM, None) == sum(item.label == NO_CLAIM for item, _ in made().rows)


def test_a_label_turned_round_is_a_wrong_verdict() -> None:
    turned = {RIGHT: WRONG, WRONG: RIGHT}
    rows = tuple((replace(item, label=turned.get(item.label, item.label)), out) for item, out in made().rows)
    assert len(Table(rows).wrong_verdicts) == made().understood


def test_a_verdict_on_what_nobody_can_tell_is_a_wrong_verdict() -> None:
    rows = tuple((replace(item, label=UNCLEAR), out) for item, out in made().rows)
    assert len(Table(rows).wrong_verdicts) == made().understood
