"""Two statements are one where only writing differs, and never because both are true."""

import pytest

from mathcore.formulas import load
from mathcore.grading.statements import same_statement

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
