"""Claims taken apart: what is said of one letter is not lent to another, and no case gives a value to what has none."""

import random
from itertools import product

import pytest
import sympy

from mathcore.evidence import Level
from mathcore.formulas import LIBRARY
from mathcore.language.parser import Context
from mathcore.proof.checking import check
from mathcore.proof.deadline import Clock
from mathcore.proof.prover.declared import from_text
from mathcore.proof.prover.holes import Hole
from mathcore.proof.prover.lemmas import claim_scope
from mathcore.proof.prover.search import by_definitions, by_signs, where_one
from mathcore.proof.scope import NotShown
from mathcore.proving import prove
from tests.proof.prover import letters
from tests.sampling import counted, sampled

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


@pytest.mark.slow
def test_what_is_said_of_one_letter_is_not_used_of_another():
    assert not accepted(FALSE[::6])
    assert len(accepted(twins(FALSE[::6]))) >= 3


@pytest.mark.slow
def test_no_part_of_a_claim_lends_what_is_said_of_another_letter():
    assert not accepted(FALSE)
    assert len(accepted(twins(FALSE))) >= 0.8 * len(FALSE)


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        ("b[j] >= 0 and a[i] >= 0", "b[k] >= a[i]; a[i] >= 0"),
        ("a[i] >= 0 and sum(k: b[k]) >= 0", "b[k] >= a[i]; a[i] >= 0"),
        ("n >= 2 and a[i] + a[j] = a[j] + a[i]", "i != j"),
        ("exp(1) < 3 and a[i] >= 0", "a[i] >= 0"),
    ],
)
def test_what_is_said_of_every_letter_is_said_in_every_part(claim, said):
    assert prove(claim, given=f"{GIVEN}; {said}").level is Level.PROVED


def test_that_a_letter_differs_from_another_is_not_said_where_there_is_no_other():
    assert prove("n >= 2 and a[i] = a[i]", given=f"{GIVEN}; a[k] >= 0; k != i").level is Level.UNKNOWN
    assert prove("n >= 2 and a[i] = a[i]", given=f"{GIVEN}; k != i").level is Level.PROVED  # there are such


def test_the_parts_are_shown_as_they_were_written():
    verdict = prove("a[i] >= 0 and b[j]^2 >= 0", given=f"{GIVEN}; a[i] >= 0")
    assert [step.claim for step in verdict.steps] == ["a[i] >= 0", "b[j]^2 >= 0"]


@counted(4, 8)
def test_random_claims_about_several_letters_that_are_proved_are_not_false(count):
    found, wrong = letters.run(range(count))
    assert not wrong
    assert found["proved"] >= count // 4


def test_the_search_for_wrong_proofs_about_letters_can_find_one():
    given = f"{letters.GIVEN}; x[i] >= 0"
    assert letters.false_at("x[j] + 1000000 >= 0 and x[i]^2 >= 0", given, random.Random(1))
    assert not letters.false_at("x[j] + 1000000 >= 0", given, random.Random(1))  # said of every i


def test_a_branch_keeps_what_is_said_of_a_letter_of_another_branch():
    x, (i, j), c = sympy.IndexedBase("x"), sympy.symbols("i j", integer=True), sympy.Symbol("c", real=True)
    declared = {"domains": {"x": "real", "c": "real"}, "shapes": {"x": ("n",)}, "indices": {"i": "n", "j": "n"}}
    two = sympy.Piecewise((x[i], c > 0), (x[j], True))
    assert prove(two, ">=", -FAR, hypotheses=[x[i] >= 0], **declared).level is not Level.PROVED
    condition = sympy.Piecewise((x[j], x[i] > 0), (1, True))
    assert prove(condition, ">=", -FAR, **declared).level is not Level.PROVED
    assert prove(sympy.Piecewise((x[i], x[i] > 0), (1, True)), ">=", 0, **declared).level is Level.PROVED


NOWHERE = ("abs(x - 37 / 41)", "max(x - 37 / 41, 0)")  # may be 0
POWERS = (  # a real power of what is positive in every case but one: there it is 0^0
    (by_definitions, "{base}^R[i] = 1", "R[k] = 0"),
    (by_definitions, "b[i] + {base}^R[i] >= b[i]", "R[k] = 0"),
    (by_signs, "step(z) + {base}^z >= 0", "{base} >= z^2"),
    (by_signs, "step(z) {base}^z <= step(z) {base}^z + 1", "{base} >= z^2"),
    (where_one, "w^T {base}^(1 - w) >= 0", "{base} >= 1 - w"),
    (where_one, "(1 - w) sum(s = 0..T: w^s) + {base}^(1 - w) - {base}^(1 - w) = 1 - w^(T + 1)", "{base} >= 1 - w"),
)


@pytest.mark.parametrize("base", NOWHERE)
@sampled(("way", "claim", "said"), POWERS, keep=3)
def test_no_case_gives_a_value_to_a_real_power_that_has_none(way, claim, said, base):
    question = from_text(claim.format(base=base), f"{GIVEN}; z: real; w: unit; {said}".format(base=base), LIBRARY)
    with pytest.raises(NotShown):
        way(question.context, question.claim, Clock(60))


@pytest.mark.parametrize(
    ("way", "claim", "said"),
    [
        (by_definitions, "R[i] + b[i] = b[i]", "R[k] = 0"),
        (by_signs, "step(z) + (1 + x^2) z^2 >= 0", "z <= 1"),
        (where_one, "w^T <= 1", "T >= 1"),
    ],
)
def test_cases_are_told_apart_where_no_real_power_changes_its_form(way, claim, said):
    question = from_text(claim, f"{GIVEN}; z: real; w: unit; {said}", LIBRARY)
    assert not way(question.context, question.claim, Clock(60)).conditions


def test_a_rule_with_a_hole_shows_nothing_outside_of_a_search():
    context = Context().given("x: real")
    claim = context.parse("x^2 >= x^3")
    scope = claim_scope(context, claim)
    with pytest.raises(NotShown, match="Hole is no rule for two expressions"):
        check(Hole(2), scope, claim.args[0], ">=", claim.args[1])
