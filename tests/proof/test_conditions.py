"""What a proof leaves open is printed as it is meant: handed in as a hypothesis, it closes the proof."""

import pytest

from mathcore.evidence import Level
from mathcore.proving import prove

LEFT_OPEN = [
    ("1 / sum(j: A[j, k]) = 2 / (2 sum(j: A[j, k]))", "n: size; A: real[n, n]; j, k, l: index[n]"),
    ("1 / sum(j: A[j, k] A[j, l]) = 2 / (2 sum(j: A[j, k] A[j, l]))", "n: size; A: real[n, n]; j, k, l, m: index[n]"),
    ("1 / sum(j: x[j]^k) = 2 / (2 sum(j: x[j]^k))", "n: size; x: real[n]; k: natural; j, l: index[n]"),
    ("1 / (max(j: x[j]) - k) = 2 / (2 max(j: x[j]) - 2 k)", "n: size; x: real[n]; k: real; j, l: index[n]"),
    ("1 / sum(j: abs(x[j] - k)) = 2 / (2 sum(j: abs(x[j] - k)))", "n: size; x: real[n]; k: real; j, l: index[n]"),
]


@pytest.mark.parametrize(("claim", "given"), LEFT_OPEN)
def test_a_letter_that_stands_free_is_not_printed_as_one_that_is_bound(claim, given):
    (condition,) = prove(claim, given=given).conditions
    assert prove(claim, given=f"{given}; {condition}").level is Level.PROVED


def test_conditions_about_different_ranges_are_two():
    sums = "1 / sum(t = 2..s: a[t]) + 1 / sum(t = 0..s: a[t])"
    verdict = prove(f"{sums} = 2 / (2 sum(t = 2..s: a[t])) + 1 / sum(t = 0..s: a[t])", given="s, t: natural; a: real[naturals]")
    assert verdict.conditions == ("sum(k = 2..s: a[k]) != 0", "sum(k = 0..s: a[k]) != 0")
