"""A first course's statements: the kernel proves the true ones, refuses the false ones, and balls agree with both."""

import pytest

from tests.proof.course import (
    FALSE,
    FALSE_LIMITS,
    FALSE_MATRICES_AND_BATCHES,
    FALSE_PLACES,
    FALSE_SIGNS,
    FALSE_SIGNS_AND_POWERS,
    MATRICES_AND_BATCHES,
    NOT_YET,
    PLACES,
    SIGNS_AND_POWERS,
    TRUE,
    TRUE_LIMITS,
)
from tests.proof.pipeline import kernel, pipeline
from tests.sampling import sampled


@sampled("statement", (*TRUE, *SIGNS_AND_POWERS), ids=str, keep=60)
def test_a_true_statement_is_proved_in_one_step(statement):
    answer = kernel(statement.claim, statement.by, statement.given)
    assert answer.accepted, (answer.reason, answer.conditions)


@sampled(
    "statement",
    (*FALSE, *FALSE_SIGNS, *FALSE_SIGNS_AND_POWERS, *FALSE_LIMITS, *FALSE_MATRICES_AND_BATCHES, *FALSE_PLACES),
    ids=str,
    keep=48,
)
def test_a_false_statement_is_not_proved(statement):
    assert not kernel(statement.claim, statement.by, statement.given).accepted


@sampled("statement", (*TRUE_LIMITS, *MATRICES_AND_BATCHES, *PLACES), ids=str, keep=24)
def test_a_true_limit_is_proved_and_the_second_check_agrees(statement):
    assert pipeline(statement.claim, statement.by, statement.given).level == "proved"


@pytest.mark.parametrize("statement", NOT_YET, ids=str)
def test_what_is_not_shown_yet_is_unknown_and_not_refuted(statement):
    assert pipeline(statement.claim, statement.by, statement.given).level in ("unknown", "conditional")
