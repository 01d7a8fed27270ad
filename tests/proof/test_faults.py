"""An error that nobody expected is a fault of the engine: it is told with its place, and never taken for `not shown`."""

import re

import pytest

from mathcore.evidence import Level
from mathcore.proof import judging
from mathcore.proof.kernel import signs
from mathcore.proving import prove
from mathcore.rules.rewrite import Rewrite
from tests.proof.pipeline import pipeline


@pytest.fixture
def broken(monkeypatch):
    def sign(self, p, strict=True):
        return p.no_such_attribute

    monkeypatch.setattr(signs.Signs, "sign", sign)
    judging._judged.clear()
    yield
    judging._judged.clear()


def test_a_claim_of_anybody_is_a_conflict_that_names_the_place(broken):
    found = prove("sqrt(x^2 + 1) >= 1", given="x: real")
    assert found.level is Level.CONFLICT
    assert re.search(r"a fault of the engine: AttributeError in \S*test_faults.py, line \d+: ", found.reason)


def test_a_step_is_a_conflict(broken):
    found = pipeline("sqrt(x^2) = x", Rewrite(), "x: positive")
    assert found.level is Level.CONFLICT
    assert "a fault of the engine: AttributeError" in found.reason
