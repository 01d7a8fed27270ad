"""Two statements are one where only writing differs, and never because both are true."""

import pytest

from mathcore.formulas import load
from mathcore.grading.statements import same, same_statement

ASKED = "sum(i: softmax(z)[i]) = 1"
JACOBIAN = "D(s[i], z[j]) = s[i] (delta(i, j) - s[j])"


def says(claim: str, asked: str, given: str = "") -> bool:
    base = load("softmax").context
    own = base.given(given) if given else base
    return same_statement(own, own.parse(claim), base, base.parse(asked))


@pytest.mark.parametrize(
    ("claim", "asked", "given"),
    [
        ("sum(i: s[i]) = 1", ASKED, ""),
        ("1 = sum(k: s[k])", ASKED, ""),
        ("sum(i: exp(z[i]) / sum(k: exp(z[k]))) = 1", ASKED, ""),
        ("sum(j: softmax(w)[j]) = 1", ASKED, "m: size; w: real[m]; j: index[m]"),
        ("D(s[i], z[j]) = (delta(j, i) - s[j]) s[i]", JACOBIAN, ""),
        ("D(s[j], z[i]) = s[j] (delta(j, i) - s[i])", JACOBIAN, ""),
        ("s[i] <= 1", "1 >= s[i]", ""),
    ],
)
def test_the_same_statement_written_otherwise(claim, asked, given):
    assert says(claim, asked, given)


@pytest.mark.parametrize(
    ("claim", "asked", "given"),
    [
        ("1 = 1", ASKED, ""),
        ("sum(i: s[i]) <= 1", ASKED, ""),
        ("sum(i: s[i]) = 2 - 1", ASKED, ""),
        ("sum(j: softmax(w)[j]) = 1", ASKED, "m: size; w: simplex[m]; j: index[m]"),
        ("D(s[i], z[i]) = s[i] (delta(i, i) - s[i])", JACOBIAN, ""),
        ("s[i] >= 1", "1 >= s[i]", ""),
        ("s[i] - s[j] = 0", "s[j] + s[i] = 0", ""),
    ],
)
def test_another_statement_though_it_may_be_true(claim, asked, given):
    assert not says(claim, asked, given)


def shows(given: str, asked: str, own: str, claim: str) -> bool:
    base = load("relu").context.given(given)
    context = base.given(own) if own else base
    return same_statement(context, context.parse(claim), base, base.parse(asked))


@pytest.mark.parametrize(
    ("own", "claim", "asked", "is_it"),
    [
        ("", "sqrt(a^2) = a", "sqrt(a^2) = a", True),
        ("", "sqrt(a^2) = abs(a)", "sqrt(b^2) = abs(b)", False),
        ("c: real; c >= 0", "sqrt(c^2) = c", "sqrt(a^2) = a", True),
        ("c: real; 0 <= c", "c = sqrt(c^2)", "sqrt(a^2) = a", True),
        ("c: real; c >= 1", "sqrt(c^2) = c", "sqrt(a^2) = a", False),
        ("c: positive; c >= 0", "sqrt(c^2) = c", "sqrt(a^2) = a", False),
        ("b >= 0", "abs(a b) = a abs(b)", "abs(a b) = a abs(b)", False),
        ("b >= 0", "sqrt(b^2) = b", "sqrt(a^2) = a", True),
        ("", "b >= a => exp(a) <= exp(b)", "a <= b => exp(a) <= exp(b)", True),
        ("", "b <= a => exp(b) <= exp(a)", "a <= b => exp(a) <= exp(b)", False),
        ("c: real; c >= 0", "c <= b => exp(c) <= exp(b)", "a <= b => exp(a) <= exp(b)", True),
    ],
)
def test_a_claim_and_its_hypotheses_are_renamed_together(own, claim, asked, is_it):
    assert shows("a, b: real; a >= 0", asked, own, claim) is is_it


def test_as_they_stand_letters_are_not_renamed():
    context = load("relu").context.given("a, b: real")
    assert same(context.parse("a + b >= 1"), context.parse("1 <= b + a"))
    assert not same(context.parse("abs(a - b)"), context.parse("abs(b - a)"))
