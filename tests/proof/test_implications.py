"""What follows from equations: true implications are proved, false ones refuted."""

from __future__ import annotations

import pytest

from mathcore import prove
from mathcore.evidence import Level
from tests.proof.implications import FALSE, GIVEN, TRUE


@pytest.mark.parametrize("claim", TRUE)
def test_what_follows_is_proved(claim: str) -> None:
    verdict = prove(claim, given=GIVEN)
    assert verdict.level is Level.PROVED, verdict.reason


@pytest.mark.parametrize("claim", FALSE)
def test_what_does_not_follow_is_refuted(claim: str) -> None:
    verdict = prove(claim, given=GIVEN)
    assert verdict.level is Level.REFUTED, verdict.reason


@pytest.mark.parametrize("claim", ["i != i => x = 0", "i != j and sum(k: z[k]^2) = 0 => z[i] = z[j]"])
def test_places_that_cannot_differ_are_no_fault(claim: str) -> None:
    assert prove(claim, given=GIVEN).level is Level.UNKNOWN


def test_numbers_beyond_those_of_floats_end_no_search() -> None:
    assert prove("exp(-v) <= 1e400", given="v: nonnegative").level is Level.PROVED
    assert prove("x^3 = 10^60 <=> x = 10^20", given="x: real").level is not Level.REFUTED
