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


FOR_EACH = [  # (claim, given, conditions): what is meant of every entry says so, once, by letters that stand for nothing else
    (
        "z[k] D(sum(i: abs(z[i] + x)), x) = D(sum(i: abs(z[i] + x)), x) z[k]",
        "n: size; z: real[n]; x: real; i, k: index[n]",
        ("forall(k: z[k] + x != 0)",),
    ),
    (
        "D(sum(a: abs(q[a] + c)), c) + z[k] = z[k] + D(sum(a: abs(c + q[a])), c)",
        "n, m: size; k: index[n]; z: real[n]; q: real[m]; a: index[m]; c: real",
        ("forall(l: q[l] + c != 0)",),
    ),
    (
        "sum(t = 1..T: 1 / g[t]) + z[k] = z[k] + sum(t = 1..T: 1 / g[t])",
        "n: size; k: index[n]; z: real[n]; T, t: natural; g: real[naturals]",
        ("forall(t: g[t] != 0)",),
    ),
    (
        "D(abs(y - sum(i: log(1 + sum(j, k: X[j, k]^2 X[i, j]^2)))), y)"
        " = D(abs(sum(i: log(1 + sum(j, k: X[j, k]^2 X[i, j]^2))) - y), y)",
        "n: size; i, j, k: index[n]; y: real; X: real[n, n]",
        ("sum(l: log(1 + sum(k, m: X[k, m]^2 X[l, k]^2))) - y != 0",),
    ),
    (
        "D(sum(i: abs(x + sum(j: abs(X[i, j] + x)))), x) = D(sum(i: abs(x + sum(j: abs(X[i, j] + x)))), x) + 0",
        "n, m: size; i, j, k, l: index[n]; x: real; X: real[n, n]",
        ("forall(k, l: X[k, l] + x != 0)", "forall(l: sum(k: abs(X[l, k] + x)) + x != 0)"),
    ),
    ("sum(k: x[k] / y[k]) = sum(l: x[l] / y[l])", "n: size; x, y: real[n]; k, l: index[n]", ("forall(k: y[k] != 0)",)),
    ("D(abs(y - x^(2 T)), y) = D(abs(x^(2 T) - y), y)", "x, y: real; T: natural", ("((x)^(T))^2 - y != 0",)),
]


@pytest.mark.parametrize(("claim", "given", "conditions"), FOR_EACH)
def test_a_condition_on_every_entry_says_so(claim, given, conditions):
    assert prove(claim, given=given, timeout=10).side_conditions == conditions


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
