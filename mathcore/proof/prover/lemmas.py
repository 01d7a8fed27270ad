"""Lemmas on which automatic certificates rest: derivations like those of a card, proved by the same checkers."""

from __future__ import annotations

from mathcore.card import Card, Derivation, Step
from mathcore.language import tree as t
from mathcore.language.parser import Context
from mathcore.proof.judging import scope_of
from mathcore.proof.scope import Scope, Trace
from mathcore.rules.certificate import Certificate, Term
from mathcore.rules.monotone import Monotone
from mathcore.rules.split import Case, Split
from mathcore.rules.squared import Squared
from mathcore.rules.support import Support

LEMMAS = Card(
    name="lemmas",
    title="Lemmas for automatic certificates",
    summary="What the search for a certificate may use: each line is proved like a derivation of a card.",
    given="a, b, x: real; t: positive; u, v: nonnegative",
    define="same_(a) = a",
    derivations=(
        Derivation(
            "The logarithm lies below its tangent",
            key="tangent",
            claim="log(t) <= t - 1",
            steps=(
                Step("<= t - 1", by=Monotone("t - 1 - log(t)", variable="t: positive", turning="1"), why="the gap is least at 1"),
            ),
        ),
        Derivation(
            "The gap between two measures",
            key="gap",
            claim="u log(u / v) >= u - v",
            steps=(
                Step(
                    ">= u - v",
                    by=Support(("u", "v"), by=Certificate((Term("u", lemma="tangent", at="t = v / u"),))),
                    why="u times the tangent inequality at v/u",
                ),
            ),
        ),
        Derivation(
            "The gap between two measures, by their roots",
            key="root",
            claim="u log(u / v) >= 2 u - 2 sqrt(u v)",
            steps=(
                Step(
                    ">= 2 u - 2 sqrt(u v)",
                    by=Support(("u", "v"), by=Certificate((Term("2 u", lemma="tangent", at="t = sqrt(v / u)"),))),
                    why="2 u times the tangent inequality at the root of v/u",
                ),
            ),
        ),
        Derivation(
            "The gap between two measures, more sharply",
            key="bowl",
            claim="t log(t) >= t - 1 + 3 (t - 1)^2 / (2 (t + 2))",
            steps=(
                Step(
                    ">= t - 1 + 3 (t - 1)^2 / (2 (t + 2))",
                    by=Monotone(
                        "t x",
                        variable="x: real",
                        inner="log(t) - (t - 1) (5 t + 1) / (2 t (t + 2)) >= 0",
                        by=Split(
                            (
                                Case(
                                    "t >= 1",
                                    Monotone(
                                        "log(1 + v) - v (6 + 5 v) / (2 (1 + v) (3 + v))",
                                        variable="v: nonnegative",
                                        inner="t - 1 >= 0",
                                        by=Certificate((Term("t - 1"),)),
                                        slope="v^3 / ((1 + v)^2 (3 + v)^2)",
                                        sign=Certificate((Term("v^3"),)),
                                    ),
                                ),
                                Case(
                                    "t < 1",
                                    Monotone(
                                        "v (6 + v) / (2 (3 + 2 v)) - log(1 + v)",
                                        variable="v: nonnegative",
                                        inner="(1 - t) / t >= 0",
                                        by=Certificate((Term("(1 - t) / t"),)),
                                        slope="v^3 / ((1 + v) (3 + 2 v)^2)",
                                        sign=Certificate((Term("v^3"),)),
                                    ),
                                ),
                            )
                        ),
                    ),
                    why="t times log(t) less a fraction, which are equal at 1 and drift apart from there",
                ),
            ),
        ),
        Derivation(
            "The gap between two measures, by how far they lie apart",
            key="tilt",
            claim="u log(u / v) >= u - v + x abs(u - v) - x^2 (u + 2 v) / 6",
            steps=(
                Step(
                    ">= u - v + x abs(u - v) - x^2 (u + 2 v) / 6",
                    by=Split(
                        (
                            Case("u = 0", Certificate((Term("v (x / 2 - 1)^2"), Term("v x^2 / 12")))),
                            Case(
                                "u > 0",
                                Support(
                                    ("v",),
                                    by=Certificate(
                                        (
                                            Term("v", lemma="bowl", at="t = u / v"),
                                            Term("(3 / 2) (u + 2 v) (abs(u - v) / (u + 2 v) - x / 3)^2"),
                                        )
                                    ),
                                ),
                            ),
                        )
                    ),
                    why="v times the sharper inequality at u / v, and a square",
                ),
            ),
        ),
        Derivation(
            "A part against the whole",
            key="share",
            claim="u log(u / (u + v)) <= 0",
            steps=(
                Step(
                    "<= 0",
                    by=Support(
                        ("u", "v"),
                        by=Certificate((Term("u", lemma="tangent", at="t = u / (u + v)"), Term("u v / (u + v)"))),
                    ),
                    why="a part is at most the whole, so the logarithm of their quotient is at most 0",
                ),
            ),
        ),
        Derivation(
            "The exponential lies above its tangent",
            key="exponential",
            claim="exp(x) >= 1 + x",
            steps=(
                Step(
                    ">= 1 + x",
                    by=Certificate((Term("1", lemma="tangent", at="t = exp(x)"),)),
                    why="the tangent inequality of the logarithm at exp(x)",
                ),
            ),
        ),
        Derivation(
            "The exponential of something negative is at most 1",
            key="decay",
            claim="exp(-v) <= 1",
            steps=(
                Step(
                    "<= 1",
                    by=Certificate((Term("exp(-v)", lemma="exponential", at="x = v"), Term("v exp(-v)"))),
                    why="exp(v) >= 1 + v, divided by exp(v)",
                ),
            ),
        ),
        Derivation(
            "The exponential keeps the order",
            key="order",
            claim="(exp(a) - exp(b)) (a - b) >= 0",
            steps=(
                Step(
                    ">= 0",
                    by=Split(
                        (
                            Case(
                                "a >= b",
                                Certificate(
                                    (Term("exp(b) (a - b)", lemma="exponential", at="x = a - b"), Term("exp(b) (a - b)^2"))
                                ),
                            ),
                            Case(
                                "a < b",
                                Certificate(
                                    (Term("exp(a) (b - a)", lemma="exponential", at="x = b - a"), Term("exp(a) (b - a)^2"))
                                ),
                            ),
                        )
                    ),
                    why="the larger number has the larger exponential",
                ),
            ),
        ),
        Derivation(
            "A number is at most its size",
            key="size",
            claim="abs(x) >= x",
            steps=(
                Step(
                    ">= x",
                    by=Split(
                        (Case("x >= 0", Certificate((Term("abs(x) - x"),))), Case("x < 0", Certificate((Term("abs(x) - x"),))))
                    ),
                    why="by cases",
                ),
            ),
        ),
        Derivation(
            "The triangle inequality",
            key="triangle",
            claim="abs(a + b) <= abs(a) + abs(b)",
            steps=(
                Step(
                    "<= abs(a) + abs(b)",
                    by=Split(
                        (
                            Case(
                                "a + b >= 0",
                                Certificate((Term("1", lemma="size", at="x = a"), Term("1", lemma="size", at="x = b"))),
                            ),
                            Case(
                                "a + b < 0",
                                Certificate((Term("1", lemma="size", at="x = -a"), Term("1", lemma="size", at="x = -b"))),
                            ),
                        )
                    ),
                    why="the sum is at most the sizes, and so is its opposite",
                ),
            ),
        ),
        Derivation(
            "Roots lie closer together than their squares",
            key="roots",
            claim="(sqrt(u) - sqrt(v))^2 <= abs(u - v)",
            steps=(
                Step(
                    "<= abs(u - v)",
                    by=Split(
                        (
                            Case(
                                "u >= v",
                                Squared("2 v", "2 sqrt(u) sqrt(v)", by=Certificate((Term("4 v (u - v)"),))),
                            ),
                            Case(
                                "u < v",
                                Squared("2 u", "2 sqrt(u) sqrt(v)", by=Certificate((Term("4 u (v - u)"),))),
                            ),
                        )
                    ),
                    why="the smaller of u and v is at most the root of their product",
                ),
            ),
        ),
        Derivation(
            "A maximum is at least each of two",
            key="maximum",
            claim="max(a, b) >= a",
            steps=(
                Step(
                    ">= a",
                    by=Split(
                        (Case("a >= b", Certificate((Term("max(a, b) - a"),))), Case("a < b", Certificate((Term("b - a"),))))
                    ),
                    why="by cases",
                ),
            ),
        ),
        Derivation(
            "A minimum is at most each of two",
            key="minimum",
            claim="min(a, b) <= a",
            steps=(
                Step(
                    "<= a",
                    by=Split(
                        (Case("a >= b", Certificate((Term("a - b"),))), Case("a < b", Certificate((Term("a - min(a, b)"),))))
                    ),
                    why="by cases",
                ),
            ),
        ),
    ),
)


def claim_scope(context: Context, claim: t.Expr, trace: Trace | None = None) -> Scope:
    """Where a claim of anybody is judged: what may be cited are the lemmas above."""
    return scope_of(LEMMAS, context, Trace() if trace is None else trace, claim, ("the claim",))
