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


AS_A_HYPOTHESIS = {  # a relation that says the same as what is given
    ("exp(x) = 1 => x = 0", "x: real"): Level.PROVED,
    ("log(x) = log(y) => x = y", "x, y: positive"): Level.PROVED,
    ("log(x) <= log(y) => x <= y", "x, y: positive"): Level.PROVED,
    ("exp(x) < exp(y) => x <= y", "x, y: real"): Level.PROVED,
    ("log(x) = 2 => x = exp(2)", "x: positive"): Level.PROVED,
    ("x[i] = y[i]", "n: size; x, y: real[n]; i: index[n]; exp(x[i]) = exp(y[i])"): Level.PROVED,
    ("a^2 = 0 => a = 0", "a: real"): Level.PROVED,
    ("x^2 = y^2 => x = y", "x, y: positive"): Level.PROVED,
    ("x^2 = y^2 => x = y", "x, y: real"): Level.REFUTED,
    ("exp(x) <= exp(y) => x < y", "x, y: real"): Level.REFUTED,
    ("log(x) = 2 => x = exp(3)", "x: positive"): Level.UNKNOWN,  # no point meets it
    ("exp(x) = -1 => x = log(-1)", "x: real"): Level.UNKNOWN,  # nor does any number
    ("exp(x) = 0 => x^2 = -1", "x: real"): Level.UNKNOWN,
    ("log(x) = log(-1) => x = -1", "x: real"): Level.UNKNOWN,
}
DIVIDED = {  # where a hypothesis has no value it does not hold
    ("x / y = 1 => x = y", "x, y: real"): Level.PROVED,
    ("1 / x = 1 / y => x = y", "x, y: real"): Level.PROVED,
    ("x = y z", "x, y, z: real; x / z = y"): Level.PROVED,
    ("a[k] = 2 b[k]", "n: size; a, b: real[n]; k: index[n]; a[k] / b[k] = 2"): Level.PROVED,
    ("x / y >= 2 => x >= 2 y", "x, y: real"): Level.REFUTED,
    ("y / y = 1", "y: real; x: real; 1 / x = 2"): Level.REFUTED,
    ("y / y = 1", "y: real; 0 log(1 / y) = 0"): Level.REFUTED,  # 0 log(1 / 0) is 0
}


@pytest.mark.parametrize(("claim", "given"), [*AS_A_HYPOTHESIS, *DIVIDED])
def test_what_a_hypothesis_says_besides_is_used(claim: str, given: str) -> None:
    verdict = prove(claim, given=given)
    assert verdict.level is (AS_A_HYPOTHESIS | DIVIDED)[claim, given], verdict
    assert verdict.level is not Level.PROVED or verdict.hypotheses
