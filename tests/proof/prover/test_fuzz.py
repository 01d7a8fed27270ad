"""Random claims through the prover: what it proves holds at many other points, and nothing crashes it."""

import random

import pytest

from mathcore.evidence import Level
from mathcore.formulas import LIBRARY
from mathcore.proof.balls import compare
from mathcore.proof.prover.declared import from_text
from mathcore.proving import prove

GIVEN = "n: size; a, b: real; r, s: positive; u: unit; x, y: real[n]; p, q: simplex[n]; P: positive[n]; k: index[n]"
LEAVES = ("a", "b", "r", "s", "u", "1", "2", "1 / 2", "3", "n", "0")
ENTRIES = ("x[k]", "y[k]", "p[k]", "q[k]", "P[k]", "p[k] x[k]", "x[k] y[k]", "p[k]^2", "x[k]^2", "abs(x[k])", "1")
BODIES = ("p[k] log(p[k])", "exp(x[k])", "p[k] exp(x[k])", "(x[k] - y[k])^2", "abs(x[k] - y[k])", "sqrt(p[k] q[k])")
BELOW = ("r", "s", "n", "1 + r", "2", "1 + exp(a)", "r + s")


def number(pick: random.Random, depth: int) -> str:
    if depth == 0 or pick.random() < 0.25:
        return pick.choice(LEAVES)

    def inner() -> str:
        return number(pick, depth - 1)

    return pick.choice(
        (
            lambda: f"({inner()} {pick.choice('+-*')} {inner()})",
            lambda: f"({inner()})^2",
            lambda: f"exp({pick.choice(('-', ''))}({inner()}))",
            lambda: f"abs({inner()})",
            lambda: f"{pick.choice(('max', 'min'))}({inner()}, {inner()})",
            lambda: f"log(1 + ({inner()})^2)",
            lambda: f"log({pick.choice(('r', 's', 'n', *BELOW))})",
            lambda: f"sum(k: {entry(pick, depth - 1)})",
            lambda: f"({inner()}) / ({pick.choice(BELOW)})",
            lambda: f"sqrt({pick.choice(('r', 'r s', 'r^2 + s^2', '1 + a^2'))})",
        )
    )()


def entry(pick: random.Random, depth: int) -> str:
    if depth <= 0 or pick.random() < 0.4:
        return pick.choice(ENTRIES)
    choices = (f"({entry(pick, depth - 1)} + {entry(pick, depth - 1)})", f"({entry(pick, depth - 1)})^2", pick.choice(BODIES))
    return pick.choice((*choices, f"{pick.choice('aru')} {entry(pick, depth - 1)}"))


def claim(pick: random.Random) -> str:
    right = "0" if pick.random() < 0.5 else number(pick, 2)
    return f"{number(pick, 3)} {pick.choice(('<=', '>=', '<', '='))} {right}"


def run(seeds: range) -> tuple[int, list[str]]:
    """How many were proved, and those that another draw of points contradicts."""
    proved, wrong = 0, []
    for seed in seeds:
        text = claim(random.Random(seed))
        try:
            verdict = prove(text, given=GIVEN, timeout=1)
        except ValueError:
            continue
        assert verdict.level is not Level.CONFLICT, text
        if verdict.level is Level.PROVED:
            proved += 1
            question = from_text(text, GIVEN, LIBRARY)
            for other in (101, 102):
                if compare(question.context, question.claim, seed=other, count=60).refuted is not None:
                    wrong.append(text)
    return proved, wrong


def test_random_claims_that_are_proved_hold_at_other_points():
    proved, wrong = run(range(60))
    assert not wrong
    assert proved >= 3


@pytest.mark.fuzz
@pytest.mark.slow
def test_many_random_claims():
    proved, wrong = run(range(1000, 1800))
    assert not wrong
    assert proved >= 50


def test_the_check_of_what_is_proved_can_fail():
    question = from_text("sum(k: p[k]^2) >= 1 / 2", GIVEN, LIBRARY)
    assert compare(question.context, question.claim, seed=101, count=60).refuted is not None
