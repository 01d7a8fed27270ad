"""Derivatives in certificates: by an entry that there may not be, and by one to which a hypothesis ties others of its array."""

import pytest

from mathcore.proof.replay import NOT_REPLAYED, POINTS, PROVED, replay
from tests.proof.replay.forging import claim, written

ENDLESS = "F: real[naturals]; b: real; r, s: natural"


def outcome(text: str, given: str) -> str:
    (found,) = replay(written(claim("c", text, {"rule": "Rewrite"}), given=given))
    return found.outcome


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("D(a, p[5]) = 0", "n: size; p: real[n]; a: real"),
        ("a + D(a, p[m]) = a", "n, m: size; p: real[n]; a: real"),
        ("0 p[5] = 0", "n: size; p: real[n]"),
        ("sum(k: D(p[k], p[5]) + 0 p[5]) = sum(k: D(p[k], p[5]))", "n: size; p: real[n]; k: index[n]"),
        ("D(a, F[s - 1]) = 0", "a: real; " + ENDLESS),
    ],
)
def test_an_entry_that_there_may_not_be_is_asked_for(text, given):
    assert outcome(text, given) in (NOT_REPLAYED, POINTS)


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("D(a, p[5]) = 0", "n: size; p: real[n]; a: real; n >= 5"),
        ("D(a, p[2]) = 0", "p: real[3]; a: real"),
        ("D(a, p[i]) = 0", "n: size; p: real[n]; a: real; i: index[n]"),
        ("D(a, F[s + 1]) = 0", "a: real; " + ENDLESS),
    ],
)
def test_an_entry_that_there_is_is_proved(text, given):
    assert outcome(text, given) == PROVED


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("D(F[1], F[0]) = 0", ENDLESS + "; F[s + 1] = b F[s]"),
        ("D(F[s + 1], F[s]) = 0", ENDLESS + "; F[s + 1] = b F[s]"),
        ("D(x[1], x[2]) = 0", "x: real[2]; x[1] = x[2]^2"),
        ("D(x[1] x[2], x[2]) = x[1]", "x: real[2]; x[1] = x[2]"),
        ("D(x[i], x[j]) = 0", "n: size; x: real[n]; i, j: index[n]; i != j; x[i] = x[j]"),
        ("D(F[0] F[1], F[0]) = F[1]", ENDLESS + "; F[0] - F[1] = 0"),
        ("D(F[0] F[1], F[0]) = F[1]", ENDLESS + "; F[0] <= F[1]; F[1] <= F[0]"),
        ("D(x[i] x[j], x[i]) = x[j]", "n: size; x: real[n]; i, j: index[n]; i != j; 2 x[i] - 2 x[j] = 0"),
        ("D(x[i] x[j], x[i]) = x[j]", "n: size; x: real[n]; i, j: index[n]; i != j; abs(x[i] - x[j]) <= 0"),
        ("D(x[1] x[2], x[1]) = x[2]", "x: real[2]; a: real; x[1] = a; x[2] = a"),
        ("D(x[1] x[2], x[1]) = x[2]", "x: real[2]; a: real; k: index[2]; x[k] = a"),
        ("D(x[1] x[2], x[1]) = x[2]", "x, y: real[2]; x[1] = y[1]; x[2] = y[1]"),
        ("D(x[i] x[j], x[i]) = x[j]", "n: size; x: real[n]; i, j: index[n]; a: real; i != j; x[i] = a; x[j] = a"),
    ],
)
def test_what_is_tied_to_the_variable_within_its_array_is_not_taken_to_stand_still(text, given):
    assert outcome(text, given) in (NOT_REPLAYED, POINTS)


@pytest.mark.parametrize("text", ["D(b, a) = 0", "D(a b, a) = b"])
@pytest.mark.parametrize(
    "given",
    [
        "2 b <= 2 a; a <= b",
        "b / 2 <= a^2 / 2; a^2 <= b",
        "b <= v; v <= w; w <= x; x <= a; a <= b",
        "b - a <= x; 2 x <= 0; b >= a",
        "b + p <= a; a <= b",
        "b <= w; w = a; a <= b",
        "(b - a)^2 <= 0",
        "(b - a^2)^2 + x <= 0; x >= 0",
        "2 b + x <= 2 a; x >= 0; 3 a <= 3 b + x",
        "v = b; v = a",
        "v = b + a; v <= 2 a; v >= 2 a",
        "v = (b - a)^2; v <= 0",
        "v = 2 b + 1; v = 2 a + 1",
    ],
)
def test_bounds_that_leave_an_equation_tie(text, given):
    declared = "a, b, v, w, x: real; p: nonnegative; "
    assert outcome(text, declared + given) in (NOT_REPLAYED, POINTS)


@pytest.mark.parametrize(
    "given",
    [
        "v = b",
        "v = a + b",
        "b <= a",
        "-a <= b; b <= a",
        "b^2 <= a^2",
        "b <= v; v <= w; a <= w",
        "b + p <= a; a <= b + 1",
        "0 <= b; b <= 1; a <= 1",
    ],
)
def test_bounds_that_leave_room_do_not_tie(given):
    assert outcome("D(a b, a) = b", "a, b, v, w, x: real; p: nonnegative; " + given) == PROVED


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("D(F[0]^2, F[0]) = 2 F[0]", ENDLESS + "; F[s + 1] = b F[s]"),
        ("D(x[i]^2, x[i]) = 2 x[i]", "n: size; x: real[n]; i, k: index[n]; sum(k: x[k]) = 1"),
        ("D(x[i] x[j], x[i]) = x[j]", "n: size; x: real[n]; i, j, k: index[n]; i != j; sum(k: x[k]) = 1"),
    ],
)
def test_what_varies_alone_is_differentiated(text, given):
    assert outcome(text, given) == PROVED


def test_places_that_may_be_one_are_compared_without_damage():
    assert outcome("D(F[r], F[s]) = 0", ENDLESS + "; r < s") in (NOT_REPLAYED, POINTS, PROVED)
