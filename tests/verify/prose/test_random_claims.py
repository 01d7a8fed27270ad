"""Random numbers in three spellings, judged by mpmath as well."""

import pytest

from tests.sampling import counted
from tests.verify.prose.random_claims import trial


@pytest.mark.fuzz
@counted(100, 400)
def test_of_random_claims_no_verdict_is_wrong_and_few_are_missing(count: int) -> None:
    found = trial(count)
    assert not found.wrong
    assert len(found.unread) <= 0.02 * sum(found.words.values())
    assert sum(right for right, _ in found.words) and len({right for right, _ in found.words}) == 2
