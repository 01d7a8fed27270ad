"""What the search proposes is judged by the checker; linear programs are exact."""

import random
from fractions import Fraction

import pytest

from mathcore.formulas import LIBRARY
from mathcore.proof.deadline import Clock
from mathcore.proof.derive import verify_derivation
from mathcore.proof.prover import certificates
from mathcore.proof.prover.declared import from_text
from mathcore.proof.prover.lemmas import LEMMAS
from mathcore.proof.prover.lp import combination
from mathcore.proof.prover.search import search
from mathcore.proving import prove
from mathcore.rules.certificate import Certificate, Term


@pytest.mark.parametrize("derivation", LEMMAS.derivations, ids=lambda d: d.key)
def test_every_lemma_is_proved(derivation):
    verdict = verify_derivation(LEMMAS, derivation)
    assert verdict.level == "proved" and not verdict.conditions


@pytest.mark.parametrize("wrong", [(Term("a^2"),), (Term("a - b"),), (Term("1", lemma="tangent", at="t = a"),), ()])
def test_a_certificate_that_does_not_add_up_is_refused(monkeypatch, wrong):
    """The twin of all automatic proofs: a search that proposes nonsense proves nothing."""
    monkeypatch.setattr(certificates.Search, "run", lambda _: Certificate(wrong))
    assert prove("x^4 y^2 + x^2 y^4 + 1 >= 3 x^2 y^2", given="x, y: real; a, b: real").level == "unknown"


def test_a_combination_is_exact_and_not_negative():
    third = Fraction(1, 3)
    columns = [{0: Fraction(1), 1: Fraction(2)}, {0: Fraction(-1)}, {1: third}]
    wanted = {0: Fraction(-1), 1: Fraction(1)}
    found = combination(columns, wanted, 2)
    assert found is not None and min(found) >= 0
    for row, value in wanted.items():
        assert sum(x * column.get(row, 0) for x, column in zip(found, columns, strict=True)) == value


def test_where_there_is_no_combination_none_is_found():
    assert combination([{0: Fraction(1)}], {0: Fraction(-1)}, 1) is None
    assert combination([], {0: Fraction(1)}, 1) is None


@pytest.mark.parametrize(
    ("claim", "given", "word"),
    [
        ("entropy(p) <= log(n)", "n: size; p: simplex[n]", "gap at u = p[k]; v = 1 / n"),
        ("2 a b <= a^2 + b^2", "a, b: real", "(a - b)^2"),
        ("exp(x) >= 1 + x", "x: real", "exponential at x = x"),
        ("abs(a) >= a", "a: real", "size at x = a"),
        ("sum(k: x[k] y[k])^2 <= sum(k: x[k]^2) sum(k: y[k]^2)", "n: size; x, y: real[n]; k: index[n]", "sum(k, l:"),
    ],
)
def test_the_standard_patterns_are_found(claim, given, word):
    verdict = prove(claim, given=given)
    assert verdict.level == "proved"
    assert word in verdict.method


def test_a_combination_that_exists_is_found_whatever_single_rows_say():
    pick = random.Random(5)
    for _ in range(60):
        rows, width = pick.randint(1, 6), pick.randint(1, 8)
        columns = [
            {r: Fraction(pick.randint(-3, 3), pick.randint(1, 3)) for r in range(rows) if pick.random() < 0.6}
            for _ in range(width)
        ]
        hidden = [Fraction(pick.choice((0, 0, 1, 2)), pick.randint(1, 3)) for _ in range(width)]
        wanted = {
            r: sum((c.get(r, Fraction(0)) * x for c, x in zip(columns, hidden, strict=True)), Fraction(0)) for r in range(rows)
        }
        found = combination(columns, wanted, rows)
        assert found is not None and min(found) >= 0
        for r in range(rows):
            assert sum((c.get(r, Fraction(0)) * x for c, x in zip(columns, found, strict=True)), Fraction(0)) == wanted[r]


def test_numbers_of_one_sign_that_add_up_to_0_are_0():
    one = Fraction(1)
    assert combination([{0: one, 1: one}, {0: one}], {1: one}, 2) is None
    assert combination([{0: -one}], {0: one}, 1) is None
    assert combination([{0: one}, {0: -one}], {}, 1) == [0, 0]


def test_a_sum_that_is_solved_for_keeps_what_the_claim_divides_by():
    """At t = 0 the weights are 0 / 0: the search alone, before any point is asked."""
    claim, given = "sum(s = 1..t: (1 - b) b^(t - s)) / (1 - b^t) = 1", "b: positive; b < 1; t, s: natural"
    question = from_text(claim, given, LIBRARY)
    assert search(question.context, question.claim, Clock(10)).conditions
    assert prove(claim, given=given).level == "refuted"
    question = from_text(claim, f"{given}; t >= 1", LIBRARY)
    assert not search(question.context, question.claim, Clock(10)).conditions


def test_two_entries_of_a_one_hot_vector_at_fixed_places_have_to_exist():
    claim, given = "o[1] o[2] = 0", "n: size; o: onehot[n]"
    question = from_text(claim, given, LIBRARY)
    assert search(question.context, question.claim, Clock(10)).conditions
    question = from_text(claim, "n: size >= 2; o: onehot[n]", LIBRARY)
    assert not search(question.context, question.claim, Clock(10)).conditions
    question = from_text(claim, "o: onehot[3]", LIBRARY)
    assert not search(question.context, question.claim, Clock(10)).conditions
