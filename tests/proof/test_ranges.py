"""Sums over ranges with letters at both ends: what a rule accepts has no counterexample. Many: `python -m tests.proof.ranges`."""

from mathcore.proof.kernel.summing import Summing
from mathcore.rules.telescope import Telescope
from tests.proof import ranges
from tests.proof.pipeline import kernel
from tests.sampling import counted


@counted(40, 400)
def test_what_a_rule_accepts_of_a_sum_over_a_range_has_no_counterexample(count):
    tally, wrong = ranges.run(count, 5)
    assert not wrong
    assert tally["accepted"] >= count / 10 and tally["false"] >= count / 5


def test_a_claim_that_fails_where_a_range_is_empty_has_a_counterexample():
    """The generator can find the kind that it is for."""
    empty = (ranges.total(ranges.plain("b"), ranges.plain("a"), lambda t: ranges.plain("r")), ranges.plain("(a + 1 - b) * r"))
    assert ranges.counterexample(empty, (), ranges.random.Random(1)) is not None
    assert ranges.counterexample(empty, ("b <= a",), ranges.random.Random(1)) is None


def test_a_sum_that_ends_before_it_begins_does_not_grow():
    given = "a, b, s: natural; u: real[naturals]"
    claim = "sum(s = b..a: u[s]) = sum(s = b..0: u[s]) + sum(s = 1..a: u[s])"
    assert kernel(claim, Telescope(), given).conditions == ("1 - b >= 0",)
    assert kernel(claim, Telescope(), f"{given}; b <= 1").accepted


def test_if_what_divides_beside_an_empty_sum_is_not_asked_for_the_generator_sees_it(monkeypatch):
    monkeypatch.setattr(Summing, "_require_beside", lambda *_: None)
    _, wrong = ranges.run(40, 9)
    assert any("/" in claim for claim in wrong)
