"""Claims taken apart: a hypothesis about one letter of the claim stays one about that letter in every part of it."""

from itertools import product

import pytest
import sympy

from mathcore.evidence import Level
from mathcore.proof.door import prove

GIVEN = "n: size; a, b, R: real[n]; i, j, k: index[n]; x, c: real; r: nonnegative; T, s: natural >= 1"
FAR = 1000000  # so far away that no point that is drawn refutes
LENT = (  # what is said of i, and what would follow of j if it were said of every index
    ("a[i] >= 0", f"a[j] + r + {FAR} >= 0"),
    ("a[i] > b[i]", f"a[j] - b[j] + r + {FAR} > 0"),
    ("a[i] <= b[i]", f"b[j] - a[j] + r + {FAR} >= 0"),
    ("a[i] = c", f"a[j] - c + r + {FAR} >= 0"),
)
WHOLE = (  # how the claim speaks of i elsewhere
    "a[i]^2 >= 0 and {follows}",
    "{follows} and x^2 + abs(a[i]) >= 0",
    "{said} => (b[i] <= b[i] + r and {follows})",
    "n >= 2 => {said} => {follows}",
    "{said} => (x ({left}) >= 0 <=> x >= 0)",
    "{said} => sum(s = 1..T: 1 / s^2) <= 2 + {left}",
    "R[i] + {left} >= c",
)


def false_claims():
    """Each false where a[j] is far below 0."""
    for (said, follows), whole in product(LENT, WHOLE):
        claim = whole.format(said=said, follows=follows, left=f"({follows.rpartition(' >')[0]})")
        yield claim, GIVEN + ("; R[k] = c" if "R[i]" in claim else "") + ("" if "=>" in claim else f"; {said}")


FALSE = list(false_claims())


def levels(chosen):
    return [(claim, prove(claim, given=given, timeout=1).level) for claim, given in chosen]


def accepted(chosen):
    return [claim for claim, level in levels(chosen) if level not in (Level.UNKNOWN, Level.REFUTED)]


def twins(chosen):
    """The same about one letter: true."""
    return [(claim.replace("[j]", "[i]"), given) for claim, given in chosen]


def test_what_is_said_of_one_letter_is_not_used_of_another():
    assert not accepted(FALSE[::6])
    assert len(accepted(twins(FALSE[::6]))) >= 3


@pytest.mark.slow
def test_no_part_of_a_claim_lends_what_is_said_of_another_letter():
    assert not accepted(FALSE)
    assert len(accepted(twins(FALSE))) >= 0.8 * len(FALSE)


def test_a_branch_keeps_what_is_said_of_a_letter_of_another_branch():
    x, (i, j), c = sympy.IndexedBase("x"), sympy.symbols("i j", integer=True), sympy.Symbol("c", real=True)
    declared = {"domains": {"x": "real", "c": "real"}, "shapes": {"x": ("n",)}, "indices": {"i": "n", "j": "n"}}
    two = sympy.Piecewise((x[i], c > 0), (x[j], True))
    assert prove(two, ">=", -FAR, hypotheses=[x[i] >= 0], **declared).level is not Level.PROVED
    condition = sympy.Piecewise((x[j], x[i] > 0), (1, True))
    assert prove(condition, ">=", -FAR, **declared).level is not Level.PROVED
    assert prove(sympy.Piecewise((x[i], x[i] > 0), (1, True)), ">=", 0, **declared).level is Level.PROVED
