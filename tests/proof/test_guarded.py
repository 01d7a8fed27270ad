"""Zero times a logarithm in many spellings. Many: `python -m tests.proof.guarded`."""

from mathcore.proof.kernel.normal import Normal
from tests.proof import guarded


def test_what_is_accepted_of_zero_times_a_logarithm_has_its_value_where_the_factor_is_zero():
    tally, wrong = guarded.run(40, 5)
    assert not wrong
    assert tally["accepted"] >= 8 and tally["not accepted"] >= 8


def test_if_what_stands_inside_functions_is_not_asked_for_the_balls_contradict(monkeypatch):
    monkeypatch.setattr(Normal, "_read_inside", lambda *_: None)
    _, wrong = guarded.run(25, 5)
    assert wrong
