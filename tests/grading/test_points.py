"""Points add up, whatever is asked; what is wrong for single inputs brings half at most."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mathcore.grading.points import CORE, SPLIT, Share, divided, earned, group_of, shares, shown

ASKED = {"simple": ("",), "hard": ("",), "formats": ("float32", "float16"), "edges": ("",), "laws": ("one", "two", "three")}


def test_the_default_shares_make_a_hundred():
    assert sum(SPLIT.values()) == 100 and set(CORE) < set(SPLIT)


@given(st.integers(0, 10**6), st.lists(st.integers(1, 100), min_size=1, max_size=20))
def test_what_is_divided_adds_up(points, weights):
    parts = divided(points, weights)
    assert sum(parts) == points and all(abs(p - points * w / sum(weights)) < 1 for p, w in zip(parts, weights, strict=True))


@given(st.integers(1, 10**5))
def test_shares_add_up_though_some_groups_cannot_be_asked(points):
    assert sum(share.points for share in shares(points, ASKED)) == points


@given(st.sets(st.integers(0, 7)))
def test_wrong_values_bring_half_at_most_and_right_ones_what_holds(lost):
    listed = shares(1000, ASKED)
    held = [share for place, share in enumerate(listed) if place not in lost]
    assert sum(earned(listed, held, wrong=True).values()) <= 500
    assert sum(earned(listed, held, wrong=False).values()) == sum(share.points for share in held)


def test_the_half_is_no_empty_promise():
    listed = shares(1000, ASKED)
    without_hard = [share for share in listed if share.group != "hard"]
    assert sum(share.points for share in without_hard if share.group in (*CORE, "laws")) > 500  # what the bound cuts off
    assert sum(earned(listed, without_hard, wrong=True).values()) == 500


def test_what_is_wrong_for_single_inputs_gets_nothing_for_batches_and_manners():
    listed = (Share("simple", "", 500), Share("batches", "", 500))
    assert earned(listed, listed[1:], wrong=True) == {listed[0]: 0, listed[1]: 0}


@pytest.mark.parametrize(
    ("check", "group"),
    [
        (("accuracy", "float64"), ("simple", "")),
        (("accuracy", "float16"), ("formats", "float16")),
        (("law", "sums to one"), ("laws", "sums to one")),
        (("contract", "takes a batch"), ("batches", "")),
        (("contract", "shows a nan"), ("edges", "")),
        (("contract", "something that the judge will ask one day"), ("manners", "")),
    ],
)
def test_every_check_has_a_group(check, group):
    assert group_of(*check) == group


def test_points_are_shown_as_people_write_them():
    assert [shown(p) for p in (0, 700, 750, 725, 10)] == ["0", "7", "7.5", "7.25", "0.1"]
