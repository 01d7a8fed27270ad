"""A sample loses no case: what is not in every run is slow."""

from itertools import pairwise

import pytest
from hypothesis import strategies as st

from tests.sampling import counted, sampled, spread, tried


def split(decorator):
    """The values that are in every run, and those that are slow."""
    fast, slow = [], []
    for case in decorator.args[1]:
        marked = getattr(case, "marks", ())
        (slow if pytest.mark.slow.mark in [m.mark for m in marked] else fast).append(getattr(case, "values", case))
    return fast, slow


@pytest.mark.parametrize(("count", "keep"), [(0, 3), (1, 3), (3, 3), (4, 3), (100, 12), (101, 2), (7, 1), (7, 0)])
def test_as_many_places_are_kept_as_are_asked_for_with_both_ends(count, keep):
    kept = spread(count, keep)
    assert len(kept) == min(count, keep) and kept <= set(range(count))
    assert keep < 2 or not count or {0, count - 1} <= kept


def test_the_gaps_between_places_differ_by_one_at_most():
    places = sorted(spread(100, 12))
    gaps = [after - before for before, after in pairwise(places)]
    assert max(gaps) - min(gaps) <= 1


def test_every_case_is_there_once_and_what_is_not_kept_is_slow():
    fast, slow = split(sampled("case", range(10), keep=4))
    assert fast == [0, 3, 6, 9] and slow == [(k,) for k in (1, 2, 4, 5, 7, 8)]


def test_a_tuple_is_one_value_under_one_name_and_several_under_several():
    pairs = [(k, -k) for k in range(3)]
    assert split(sampled("pair", pairs, keep=2))[1] == [((1, -1),)]
    assert split(sampled("one, other", pairs, keep=2))[1] == [(1, -1)]
    assert split(sampled(("one", "other"), pairs, keep=2))[1] == [(1, -1)]


def test_a_case_with_marks_and_a_name_keeps_them():
    cases = [1, pytest.param(2, marks=pytest.mark.fuzz, id="two"), 3]
    (moved,) = [case for case in sampled("case", cases, keep=2).args[1] if case not in (1, 3)]
    assert moved.values == (2,) and moved.id == "two" and {m.name for m in moved.marks} == {"fuzz", "slow"}


def test_many_are_slow_and_few_are_not():
    assert split(counted(4, 20)) == ([4], [(20,)])


def test_as_many_examples_are_tried_as_are_asked_for_and_a_wrong_one_is_found():
    seen = []
    tried(5, 40, st.integers())(lambda number: seen.append(number))(5)
    assert 1 < len(seen) <= 10

    @tried(20, 40, st.integers())
    def never(number):
        raise AssertionError("wrong")

    with pytest.raises(AssertionError, match="wrong"):
        never(20)
    assert never.__name__ == "never"
