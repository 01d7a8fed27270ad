"""Hypotheses solved for what they are about."""

import pytest

from mathcore.language.parser import Context
from mathcore.proof.prover.parts import shown
from mathcore.proof.prover.solved import rewritten, solved


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("v, s: real; s^2 = v; s > 0", ["s = sqrt(v)", "v > 0", "s > 0"]),
        ("v: real; s: nonnegative; s^2 = v", ["s = sqrt(v)", "v >= 0"]),
        ("v, s: real; s^2 = v", ["s^2 = v"]),
        ("m, x: real[naturals]; t: natural; (t + 1) m[t + 1] = t m[t] + x[t + 1]", ["m[t + 1] = (t m[t] + x[t + 1]) / (t + 1)"]),
        ("m: real[naturals]; t: natural; t m[t + 1] = m[t]", ["t m[t + 1] = m[t]"]),
        ("a: real[naturals]; t: natural; a[t] = a[t - 1] + 2", ["a[t + 1] = a[t] + 2"]),
        ("a: real[naturals]; t: natural; a[t] = a[t - 1] + t", ["a[t + 1] = a[t] + (t + 1)"]),
        ("a: real[naturals]; t: natural; a[t] = a[t - 1] + 2; t <= 5", ["a[t] = a[t - 1] + 2", "t <= 5"]),
    ],
)
def test_a_hypothesis_is_solved_where_it_says_the_same(given, told):
    assert [shown(h) for h in solved(Context().given(given))[0].hypotheses] == told


def test_a_letter_of_the_claim_is_not_moved_on():
    context = Context().given("a: real[naturals]; t: natural; a[t] = a[t - 1] + 2")
    assert solved(context, frozenset({context.symbols["t"]}))[0] == context


def claims(given: str, claim: str) -> list[tuple[str, bool]]:
    context = Context().given(given)
    return [(shown(new.claim), new.equivalent) for new in rewritten(context, context.parse(claim))]


def test_later_entries_are_written_out():
    (found,) = claims("u: real[naturals]; t, T: natural; u[t + 1] = 2 u[t]", "u[T + 2] = 4 u[T]")
    assert found == ("2 (2 u[T]) = 4 u[T]", True)


def test_entries_of_some_places_only_are_not_written_out():
    assert not claims("u: real[naturals]; t, T: natural; u[t + 1] = 2 u[t]; t >= 3", "u[T + 2] = 4 u[T]")


LATE = "u, G, r: real[naturals]; q: real; t: natural; T: natural >= 2; "


def test_what_is_said_from_a_later_place_on_is_not_put_in_before_it():
    assert not claims(LATE + "u[T + 1] = 2 u[T]", "u[t + 1] = 2 u[t]")
    assert not claims(LATE + "u[T + 1] = 2 u[T]", "u[t + 2] = 4 u[t]")
    assert claims(LATE + "u[T + 1] = 2 u[T]", "u[t + 3] = 2 u[t + 2]") == [("2 u[t + 2] = 2 u[t + 2]", True)]
    assert not claims(LATE + "G[T] = r[T] + q G[T + 1]", "r[0] = G[0] - q G[1]")
    assert not claims(LATE + "G[T] = r[T] + q G[T + 1]", "r[t + 1] = G[t + 1] - q G[t + 2]")
    assert claims(LATE + "G[T] = r[T] + q G[T + 1]", "r[t + 2] = 0") == [("G[t + 2] - q G[t + 2 + 1] = 0", True)]


def test_a_letter_that_is_a_root_is_put_in_and_refutes_nothing():
    assert claims("x, y: real; sqrt(x) = y", "x = y") == [("y^2 = y", False), ("x = sqrt(x)", False)]
