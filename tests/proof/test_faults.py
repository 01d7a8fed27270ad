"""An error that nobody expected is a fault of the engine: it is told with its place, and never taken for `not shown`."""

import re

import pytest

from mathcore.evidence import Level
from mathcore.language.parser import Context
from mathcore.proof import judging
from mathcore.proof.kernel import signs
from mathcore.proof.lines import judge
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


@pytest.mark.parametrize(
    ("first", "line", "level"),
    [
        ("dot(X[i], w)", "= sum(j: X[i, j] w[j])", Level.UNKNOWN),
        ("sum(i: dot(X[i], w))", "= 0", Level.REFUTED),
        ("sum(k: k dot(X[1], w))", "= 0", Level.REFUTED),
        ("X[i]", "= w", Level.REFUTED),
        ("X[i][j]", "= X[i, j]", Level.UNKNOWN),
    ],
)
def test_a_row_that_a_line_begins_with_is_no_fault(first, line, level):
    declared = "n, m: size; X: real[n, m]; w: real[m]; i, k: index[n]; j: index[m]"
    (found,) = judge(Context(), first, [line], declared).lines
    assert found.verdict.level is level
