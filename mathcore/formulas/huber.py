"""The Huber loss: squared near the truth, linear far from it."""

from mathcore.card import (
    Accuracy,
    Card,
    Case,
    Certificate,
    Derivation,
    Example,
    Exercise,
    FalseClaim,
    Law,
    Reference,
    Split,
    Step,
    Substitute,
    Term,
    differentiate,
    fold,
    rewrite,
    unfold,
)

CARD = Card(
    name="huber",
    title="Huber loss",
    summary=(
        "The loss of a regression whose labels may hold outliers: half the square of an error up to c (the argument "
        "`delta`), and the tangent of that parabola beyond: smooth at the truth like the squared error, and as patient "
        "with outliers as the absolute error. With m = min(|y - t|, c) both pieces are m (|y - t| - m / 2)."
    ),
    given="n: size; t, y: real[n]; c: positive; r: real; j, k: index[n]",
    define=("huber(t, y, c)[k] = min(abs(y[k] - t[k]), c) (abs(y[k] - t[k]) - min(abs(y[k] - t[k]), c) / 2)"),
    numeric="mathcore.numeric.huber",
    units="the square of the unit of the labels",
    prerequisites=("squares and absolute values", "tangents"),
    derivations=(
        Derivation(
            "Near the truth: half the square",
            key="near",
            claim="abs(y[k] - t[k]) <= c => huber(t, y, c)[k] = (y[k] - t[k])^2 / 2",
            steps=(
                Step(
                    "= abs(y[k] - t[k]) (abs(y[k] - t[k]) - abs(y[k] - t[k]) / 2)",
                    by=unfold,
                    why="the definition of the Huber loss; |y - t| is at most c, so the smaller of the two is |y - t|",
                ),
                Step(
                    "= (y[k] - t[k])^2 / 2",
                    by=rewrite,
                    why="|y - t| less half of it is half of it, and |y - t| times itself is the square of y - t",
                ),
            ),
        ),
        Derivation(
            "Far from it: a straight line",
            key="far",
            claim="abs(y[k] - t[k]) >= c => huber(t, y, c)[k] = c (abs(y[k] - t[k]) - c / 2)",
            steps=(
                Step(
                    "= c (abs(y[k] - t[k]) - c / 2)",
                    by=unfold,
                    why="the definition of the Huber loss; |y - t| is at least c, so the smaller of the two is c",
                ),
            ),
        ),
        Derivation(
            "The pieces meet",
            key="meet",
            claim="at(r = c: r^2 / 2) = at(r = c: c (r - c / 2))",
            steps=(
                Step("= c^2 / 2", by=Substitute(), why="r = c is put into the parabola"),
                Step("= at(r = c: c (r - c / 2))", by=Substitute(), why="r = c put into the line gives c times c/2, the same"),
            ),
        ),
        Derivation(
            "... with the same slope",
            key="smooth",
            claim="at(r = c: D(r^2 / 2, r)) = at(r = c: D(c (r - c / 2), r))",
            steps=(
                Step("= at(r = c: r)", by=differentiate, why="half a square has the slope r"),
                Step("= c", by=Substitute(), why="r = c is put into that slope"),
                Step("= at(r = c: D(c (r - c / 2), r))", by=differentiate, why="the line has the slope c everywhere"),
            ),
            note="So the line is the tangent of the parabola: no corner where they meet. Only the curvature jumps, from 1 to 0.",
        ),
        Derivation(
            "Never negative",
            key="nonnegative",
            claim="huber(t, y, c)[k] >= 0",
            steps=(
                Step(
                    ">= 0",
                    by=Split(
                        (
                            Case("abs(y[k] - t[k]) <= c", Certificate((Term("(y[k] - t[k])^2 / 2"),))),
                            Case("abs(y[k] - t[k]) >= c", Certificate((Term("c (abs(y[k] - t[k]) - c)"), Term("c^2 / 2")))),
                        )
                    ),
                    why="near the truth it is half a square; far away it is c times |y - t| - c/2, and |y - t| - c/2 is at least c/2",
                ),
            ),
        ),
        Derivation(
            "Labels and predictions may change places",
            key="symmetry",
            claim="huber(t, y, c)[k] = huber(y, t, c)[k]",
            steps=(
                Step(
                    "= min(abs(t[k] - y[k]), c) (abs(t[k] - y[k]) - min(abs(t[k] - y[k]), c) / 2)",
                    by=unfold,
                    why="the definition of the Huber loss; a difference and its negative have the same absolute value, |y - t| = |t - y|",
                ),
                Step("= huber(y, t, c)[k]", by=fold, why="the definition of the Huber loss, read backwards"),
            ),
        ),
        Derivation(
            "At most half the square",
            key="below_square",
            claim="huber(t, y, c)[k] <= (y[k] - t[k])^2 / 2",
            steps=(
                Step(
                    "<= (y[k] - t[k])^2 / 2",
                    by=Certificate((Term("(abs(y[k] - t[k]) - min(abs(y[k] - t[k]), c))^2 / 2"),)),
                    why=(
                        "half the square is larger by half the square of what |y - t| has beyond c: by 0 near the truth, where nothing "
                        "lies beyond"
                    ),
                ),
            ),
        ),
        Derivation(
            "Never below its tangent line",
            key="above_line",
            claim="huber(t, y, c)[k] >= c (abs(y[k] - t[k]) - c / 2)",
            steps=(
                Step(
                    ">= c (abs(y[k] - t[k]) - c / 2)",
                    by=Split(
                        (
                            Case("abs(y[k] - t[k]) <= c", Certificate((Term("(c - abs(y[k] - t[k]))^2 / 2"),))),
                            Case("abs(y[k] - t[k]) >= c", Certificate((Term("0"),))),
                        )
                    ),
                    why="beyond c they are equal; up to c the parabola lies half a square above its tangent",
                ),
            ),
        ),
        Derivation(
            "At most c times the absolute error",
            key="below_absolute",
            claim="huber(t, y, c)[k] <= c abs(y[k] - t[k])",
            steps=(
                Step(
                    "<= c abs(y[k] - t[k])",
                    by=Split(
                        (
                            Case(
                                "abs(y[k] - t[k]) <= c",
                                Certificate((Term("(c - abs(y[k] - t[k])) abs(y[k] - t[k])"), Term("(y[k] - t[k])^2 / 2"))),
                            ),
                            Case("abs(y[k] - t[k]) >= c", Certificate((Term("c^2 / 2"),))),
                        )
                    ),
                    why="near the truth it is |y - t| times |y - t|/2, and this half is at most c/2; far from it the line lies c^2/2 lower",
                ),
            ),
        ),
        Derivation(
            "Another unit, its square outside",
            key="scale",
            given="a: positive",
            claim="huber(vector(j: a t[j]), vector(j: a y[j]), a c)[k] = a^2 huber(t, y, c)[k]",
            steps=(
                Step(
                    "= a^2 huber(t, y, c)[k]",
                    by=Split((Case("abs(y[k] - t[k]) <= c", rewrite), Case("abs(y[k] - t[k]) >= c", rewrite))),
                    why="an error is near in one unit exactly if it is in the other, and both pieces are products of two lengths, each a times as long",
                ),
            ),
            note="c is measured in the unit of the labels: it has to change with it.",
        ),
    ),
    invariants=(
        Law("is never negative", "huber(t, y, c)[k] >= 0", why="a negative loss came out"),
        Law("is 0 for a perfect prediction", "huber(t, t, c)[k] = 0", why="a perfect prediction has a loss"),
        Law(
            "is symmetric",
            "huber(t, y, c)[k] = huber(y, t, c)[k]",
            why="swapping labels and predictions changed the loss",
        ),
        Law(
            "is half the square near the truth",
            "abs(y[k] - t[k]) <= c => huber(t, y, c)[k] = (y[k] - t[k])^2 / 2",
            why="a small error does not cost half its square",
        ),
        Law(
            "is a straight line far from it",
            "abs(y[k] - t[k]) >= c => huber(t, y, c)[k] = c (abs(y[k] - t[k]) - c / 2)",
            why="a large error is not on the tangent of the parabola",
        ),
        Law(
            "is at most half the square",
            "huber(t, y, c)[k] <= (y[k] - t[k])^2 / 2",
            why="an outlier costs more than by the squared error",
        ),
    ),
    accuracy=Accuracy(float64=2, float32=0.51, float16=0.51, domain="every finite input and every positive c"),
    examples=(
        Example("huber([0, 0, 0], [1/2, 1, -3], 1) = [0.125, 0.5, 2.5]", source="half of 1/4, half of 1, and 3 - 1/2"),
        Example("huber([0], [10], 2) = [18]", source="half the square is 50"),
        Example("huber([1, 2], [1, 2], 1) = [0, 0]", source="a perfect prediction"),
    ),
    mistakes=(
        "mathcore.mistakes.huber.without_the_half",
        "mathcore.mistakes.huber.not_joined",
        "mathcore.mistakes.huber.smooth_l1",
        "mathcore.mistakes.huber.one_sided",
        "mathcore.mistakes.huber.overflowing",
        "mathcore.mistakes.huber.averaged",
    ),
    false_claims=(
        FalseClaim(
            "huber(t, y, c)[k] = (y[k] - t[k])^2 / 2",
            why="true only up to c: beyond it the loss grows linearly, with c = 1 an error of 3 costs 2.5, not 4.5",
        ),
        FalseClaim(
            "huber(t, y, c)[k] = c abs(y[k] - t[k])",
            why="the line that meets the parabola lies c^2 / 2 lower: with c = 1 an error of 3 costs 2.5, not 3",
        ),
    ),
    exercises=(
        Exercise(
            "With r = y - t, why does the line lie c^2 / 2 lower than c |r|?",
            "At |r| = c the parabola is c^2 / 2 high and c steep: its tangent there is c (|r| - c / 2).",
        ),
        Exercise(
            "With r = y - t not 0, what becomes of the loss, divided by c, as c tends to 0?",
            "The absolute error: c (|r| - c / 2) / c tends to |r|.",
        ),
    ),
    not_verified=("Which c suits which data: 1.345 standard deviations is the usual advice for normal errors.",),
    references=(Reference("Huber, Robust estimation of a location parameter (1964)"),),
)
