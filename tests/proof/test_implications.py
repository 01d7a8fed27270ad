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
