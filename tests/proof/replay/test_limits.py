"""Limits in replay: what continuity alone says is found, what it does not say stays open, and balls near the point agree."""

import random

import pytest
from flint import arb, fmpq

from mathcore.language import tree as t
from mathcore.language.parser import Context
from mathcore.proof.balls import evaluate
from mathcore.proof.balls import extended as x
from mathcore.proof.balls.point import Point
from mathcore.proof.replay import INSIDE, NOT_REPLAYED, POINTS, PROVED, replay
from mathcore.proof.replay.given import given
from mathcore.proof.replay.limits import settled
from tests.proof.replay.forging import claim, written

GIVEN = (
    "n: size; i, j, j1, j2, j3: index[n]; a, b: real; c, T: positive; w: nonnegative; r: natural; z: real[n]; F: real[naturals]"
)


def outcome(text: str) -> str:
    return replay(written(claim("limit", text, {"rule": "Rewrite"}), given=GIVEN, define=()))[0].outcome


@pytest.mark.parametrize(
    "text",
    [
        "lim(a -> inf: 1 / (1 + exp(-a))) = 1",
        "lim(a -> -inf: exp(a) + c / a) = 0",
        "lim(a -> inf: log(1 + exp(-a))) = 0",
        "lim(a -> 1: exp(a) b) = exp(1) b",
        "lim(a -> 0: log(exp(b) + a)) = b",
        "lim(r -> inf: 1 / (r + 1)) = 0",
        "lim(T -> inf: exp(b / T)) = 1",
        "lim(T -> 0+: exp(T z[i]) / sum(j: exp(T z[j]))) = 1 / n",
        "lim(T -> inf: exp(-c T) sqrt(w + c)) = 0",
        "lim(a -> inf: (1 + 1 / a)^2) = 1",
        "lim(a -> 0: exp(b) + a) = lim(T -> 0+: exp(b) + T)",
    ],
)
def test_what_continuity_says_is_proved(text):
    assert outcome(text) == PROVED


@pytest.mark.parametrize(
    "text",
    [
        "lim(a -> 0: a / a) = 1",
        "lim(a -> inf: a - a) = 0",
        "lim(a -> inf: log(b) / a) = 0",  # there is none for b < 0
        "lim(a -> inf: b a / a) = b",
        "lim(a -> inf: exp(-b a)) = 0",  # not for b <= 0
        "lim(a -> 0: step(a)) = 1",
        "lim(a -> 0: sqrt(a)) = 0",  # not defined on both sides
        "lim(w -> 0-: w) = 0",  # there is nothing below 0
        "lim(a -> 0: 1 / (b^2 + a)) = 1 / b^2",
        "lim(r -> inf: F[r]) = F[0]",
        "lim(a -> inf: exp(a)) - lim(a -> inf: exp(a)) = 0",
        "lim(a -> 0: 1 / a) = lim(b -> 0: 1 / b)",
        "lim(a -> inf: exp(a)) <= lim(a -> inf: exp(a))",
    ],
)
def test_what_it_does_not_say_is_not_proved(text):
    assert outcome(text) in (POINTS, NOT_REPLAYED)


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("lim(x -> 1: lim(a -> inf: exp(-(x - 2) a))) = 0", "x: real; x > 2"),
        ("lim(T -> 1: lim(a -> inf: exp(-(T^2 - 4) a))) = 0", "T^2 > 4"),
        ("lim(r -> inf: lim(a -> inf: exp(-(9 - r^2) a))) = 0", "r^2 < 9"),
        ("sum(r = 1..3: lim(a -> inf: exp(-(r - 2) a))) = 0", "r > 2"),
        ("at(b = -1: lim(a -> inf: exp(-b a))) = 0", "b > 0"),
    ],
)
def test_of_a_letter_that_is_bound_around_a_limit_no_hypothesis_speaks(text, given):
    one = claim("limit", text, {"rule": "Rewrite"}, given=given)
    assert replay(written(one, given=GIVEN, define=()))[0].outcome not in (PROVED, INSIDE)


def drawn(rng: random.Random, depth: int) -> str:
    if depth == 0:
        return rng.choice(["a", "a", "b", "c", "2", "(-1)", "0"])

    def part() -> str:
        return drawn(rng, depth - 1)

    return rng.choice(
        [
            lambda: f"({part()} + {part()})",
            lambda: f"({part()} - {part()})",
            lambda: f"({part()}) ({part()})",
            lambda: f"({part()}) / ({part()})",
            lambda: f"exp({part()})",
            lambda: f"log({part()})",
            lambda: f"sqrt({part()})",
            lambda: f"({part()})^2",
            lambda: f"sum(j{depth}: z[j{depth}] ({part()}))",
            lambda: f"(-{part()})",
        ]
    )()


NEAR = {"inf": [fmpq(2**10_000)], "0": [fmpq(s, 2**200) for s in (1, -1)], "1": [1 + fmpq(s, 2**200) for s in (1, -1)]}


def test_a_value_that_is_found_is_what_balls_near_the_point_see():
    context = Context().given(GIVEN)
    rng, found = random.Random(20), 0
    known = given(context, t.number(0), ())
    others = {"b": fmpq(-7, 5), "c": fmpq(2, 3), "z": (fmpq(1, 2), fmpq(-3), fmpq(5, 4))}
    for _ in range(700):
        point = rng.choice(list(NEAR))
        limit = context.parse(f"lim(a -> {point}: {drawn(rng, 3)})")
        value = settled(known, limit)
        if value == limit or not t.depends_on(limit.body, limit.variable):
            continue
        there = evaluate(value, Point(sizes={"n": 3}, values=others), {}, 200)
        for a in NEAR[point]:
            near = evaluate(limit.body, Point(sizes={"n": 3}, values={**others, "a": a}), {}, 1000)
            gap = x.absolute(x.sub(near, there))
            if not (isinstance(gap, arb) and not gap.is_finite()):
                found += 1
                assert x.order(gap, fmpq(1, 20)) == -1, (limit, value)
    assert found >= 150, found
