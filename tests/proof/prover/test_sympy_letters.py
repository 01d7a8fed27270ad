"""Letters and functions of sympy stand in a claim for what they stand for in sympy."""

import pytest
import sympy as S

from mathcore.evidence import Level
from mathcore.proof.prover.error import WrongUse
from mathcore.proving import prove

x, y = S.symbols("x y", real=True)
n = S.Symbol("n", integer=True, positive=True)
m = S.Symbol("m", integer=True, nonnegative=True)
i, k, l = S.symbols("i k l", integer=True)
again = S.Dummy("m", integer=True)
X, Y = S.IndexedBase("X", real=True), S.IndexedBase("Y", real=True)
I = S.Idx("k", n)
FROM_0 = [S.Eq(S.Sum(X[k], (k, 0, n - 1)), 1)]


@pytest.mark.parametrize(
    ("left", "right", "hypotheses", "level"),
    [
        (S.cosh(S.log(x)), (x + 1 / x) / 2, [S.Ne(x, 0)], Level.REFUTED),  # at x = -1 the left side has no value
        (S.tanh(S.log(-1 - x**2)), ((1 + x**2) ** 2 - 1) / ((1 + x**2) ** 2 + 1), [], Level.REFUTED),
        (S.tanh(x), (S.exp(2 * x) - 1) / (S.exp(2 * x) + 1), [], Level.PROVED),
        (S.cosh(x) ** 2 - S.sinh(x) ** 2, S.Integer(1), [], Level.PROVED),
        (S.Sum(1, (k, 1, m), (again, 1, 3)), S.Integer(6), [], Level.REFUTED),  # the end m is no bound letter
        (S.Sum(1, (k, 1, m), (again, 1, 3)), 3 * m, [], Level.PROVED),
        (S.Sum(X[I] * Y[I], (I, 0, n - 1)), S.Sum(X[l] * Y[l], (l, 0, n - 1)), [], Level.PROVED),
        (S.Limit(X[i] * y, y, i), (i + 1) * X[i], FROM_0, Level.REFUTED),  # the point is a place, counted from 0
        (S.Limit(X[i] * y, y, i), i * X[i], FROM_0, Level.PROVED),
        (S.Pow(S.exp(S.log(x), evaluate=False), -2, evaluate=False), 1 / x**2, [S.Ne(x, 0)], Level.REFUTED),  # handed in as it is
        (1 / (x**2 + 1) ** 2 + 1 / x, (1 / (x**2 + 1)) ** 2 + 1 / x, [], Level.CONDITIONAL),
    ],
    ids=str,
)
def test_a_claim_of_sympy_is_the_one_that_is_judged(left, right, hypotheses, level):
    assert prove(left, "=", right, hypotheses=hypotheses, timeout=20).level is level


def test_the_variable_of_a_limit_is_another_letter_than_a_symbol_of_its_name():
    positive = S.Symbol("x", positive=True)
    assert prove(positive * S.Limit(x / (x + 1), x, S.oo), ">=", 0, hypotheses=[]).level is not Level.REFUTED
    assert prove(S.Limit(positive * x, x, 2), "=", 2 * positive).level is Level.PROVED
    assert prove(S.Limit(positive * x, x, -1), "=", positive).level is Level.REFUTED


def test_a_label_that_is_a_letter_too_is_refused():
    with pytest.raises(WrongUse, match="k is the name of an Idx and of a symbol"):
        prove(S.Sum(X[I] * Y[k], (I, 0, n - 1)), "=", Y[k] * S.Sum(X[l], (l, 0, n - 1)))


def over(above, below):
    """A quotient as it was handed in, uncancelled."""
    return beside(above, S.Pow(below, -1, evaluate=False))


def beside(a, b):
    return S.Mul(a, b, evaluate=False)


J = S.Idx("j", n)
A = S.MatrixSymbol("A", n, n)
FIRST = S.Sum(X[k], (k, 0, n - 1))
HALVES = S.Sum(S.Rational(1, 2) ** k, (k, 0, S.oo))
PAIRS = S.Sum(X[i] * X[k], (k, 1, i - 1), (i, 1, n))


@pytest.mark.parametrize(
    ("left", "right", "hypotheses"),
    [
        (over(X[J], X[J]), S.Integer(1), []),  # beside Idx
        (S.Add(over(x, x), Y[J], evaluate=False), Y[J] + 1, []),
        (over(X[i], X[i]), S.Integer(1), [S.Eq(FIRST, 1)]),  # counted from 0
        (S.Add(over(X[i] * FIRST, X[i]), 0, evaluate=False), FIRST, []),
        (HALVES, beside(2, over(x, x)), []),  # the value of a sum to infinity
        (3 * HALVES, beside(6, over(x, x)), []),
        (beside(over(x, x), PAIRS), PAIRS, []),
        (beside(over(x, x), S.Trace(A)), S.Trace(A), []),
        (S.Sum(beside(over(x, x), X[k]), (k, 1, n)), S.Sum(X[k], (k, 1, n)), []),  # x stands there alone
    ],
    ids=str,
)
def test_what_is_handed_in_uncancelled_has_no_value_where_it_is_0_over_0(left, right, hypotheses):
    assert prove(left, "=", right, hypotheses=hypotheses, timeout=20).level in (Level.REFUTED, Level.CONDITIONAL)


def test_a_factor_of_a_sum_to_infinity_that_is_handed_in_uncancelled_is_refused():
    with pytest.raises(WrongUse, match="with a factor at most"):
        prove(beside(over(x, x), HALVES), "=", 2)


def test_what_is_handed_in_uncancelled_is_proved_where_it_has_a_value():
    assert prove(over(X[J], X[J]), "=", 1, domains={"X": "positive"}).level is Level.PROVED
    assert prove(beside(over(X[i], X[i]), FIRST), "=", FIRST, domains={"X": "positive"}).level is Level.PROVED


HUGE = S.Pow(10, 10**9, evaluate=False)


@pytest.mark.parametrize(
    "side",
    [
        S.Add(HUGE, x, evaluate=False),
        S.Sum(beside(HUGE, X[k]), (k, 0, n - 1)),
        S.Pow(2, S.Pow(10, S.Pow(10, 10, evaluate=False), evaluate=False), evaluate=False),
        S.Pow(S.sqrt(2), 10**10, evaluate=False),
        S.Add(x, S.factorial(10**9, evaluate=False), evaluate=False),
    ],
    ids=["a power", "below a sum", "a tower", "a root", "a factorial"],
)
def test_numbers_that_nobody_could_write_out_are_refused_before_they_are_computed(side):
    with pytest.raises(WrongUse, match=r"is not evaluated|has no form"):
        prove(side, "=", x)
    with pytest.raises(WrongUse, match=r"is not evaluated|has no form"):
        prove(x, "=", x, hypotheses=[S.Ne(side, x, evaluate=False)])


def test_a_quotient_with_a_huge_divisor_is_refused_and_a_huge_product_is_no_fault():
    with pytest.raises(WrongUse, match="more than 60 digits"):
        prove(S.Rational(1, 10**5000) + x, ">", x)
    assert prove(S.Product(2, (k, 1, 10**8)), ">", 0).level is not Level.CONFLICT


def test_a_size_is_a_size_also_where_the_last_entry_is_named():
    assert prove(A[0, 0] + A[n - 1, n - 1], "=", A[n - 1, n - 1] + A[0, 0]).level is Level.PROVED
