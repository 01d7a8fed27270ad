"""Mean absolute error: the mean distance between labels and predictions."""

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
    Lemma,
    Reference,
    Split,
    Step,
    SumOver,
    Term,
    differentiate,
    fold,
    rewrite,
    unfold,
)

CARD = Card(
    name="mean_absolute_error",
    title="Mean absolute error",
    summary=(
        "A loss of regression in which a single outlier does not decide: the mean of the distances between labels and "
        "predictions. Every unit of error costs the same, so one outlier does not outweigh the rest. The best constant "
        "prediction is the median, where that of the squared error is the mean."
    ),
    given="n: size; t, y, w: real[n]; c, x, v: real; i, j, k: index[n]",
    define="mean_absolute_error(t, y) = sum(k: abs(t[k] - y[k])) / n",
    numeric="mathcore.numeric.mean_absolute_error",
    units="the unit of the labels",
    uses=("mean_squared_error",),
    prerequisites=("the mean", "absolute values", "mean_squared_error"),
    derivations=(
        Derivation(
            "A number is at most its absolute value",
            key="above",
            claim="abs(x) >= x",
            steps=(
                Step(
                    ">= x",
                    by=Split((Case("x >= 0", Certificate((Term("0"),))), Case("x <= 0", Certificate((Term("-2 x"),))))),
                    why="right of 0 they are equal; left of 0 the absolute value is -x, which is -2 x above x",
                ),
            ),
        ),
        Derivation(
            "The detour is never shorter",
            key="triangle",
            claim="abs(x + v) <= abs(x) + abs(v)",
            steps=(
                Step(
                    "<= abs(x) + abs(v)",
                    by=Split(
                        (
                            Case("x + v >= 0", Certificate((Term("1", lemma="above"), Term("1", lemma="above", at="x = v")))),
                            Case(
                                "x + v <= 0",
                                Certificate((Term("1", lemma="above", at="x = -x"), Term("1", lemma="above", at="x = -v"))),
                            ),
                        )
                    ),
                    why="the left side is x + v or -x - v, and neither x nor -x is above |x|, neither v nor -v above |v|",
                ),
            ),
        ),
        Derivation(
            "Never negative",
            key="nonnegative",
            claim="mean_absolute_error(t, y) >= 0",
            steps=(
                Step(
                    ">= 0",
                    by=Certificate((Term("abs(t[k] - y[k]) / n", over="k"),)),
                    why="no distance is negative, and neither is their mean",
                ),
            ),
        ),
        Derivation(
            "Labels and predictions may change places",
            key="symmetry",
            claim="mean_absolute_error(t, y) = mean_absolute_error(y, t)",
            steps=(
                Step("= sum(k: abs(t[k] - y[k])) / n", by=unfold, why="the definition of the mean absolute error, written out"),
                Step(
                    "= sum(k: abs(y[k] - t[k])) / n", by=rewrite, why="a difference and its negative have the same absolute value"
                ),
                Step("= mean_absolute_error(y, t)", by=fold, why="the definition of the mean absolute error, read backwards"),
            ),
        ),
        Derivation(
            "Another unit stays a unit",
            key="scale",
            claim="mean_absolute_error(vector(k: c t[k]), vector(k: c y[k])) = abs(c) mean_absolute_error(t, y)",
            steps=(
                Step(
                    "= sum(k: abs(c (t[k] - y[k]))) / n",
                    by=unfold,
                    why="the definition of the mean absolute error; c is taken out of each difference c t[k] - c y[k]",
                ),
                Step(
                    "= abs(c) sum(k: abs(t[k] - y[k])) / n",
                    by=rewrite,
                    why="the absolute value of a product is the product of the absolute values, and abs(c) leaves the sum",
                ),
                Step(
                    "= abs(c) mean_absolute_error(t, y)", by=fold, why="the definition of the mean absolute error, read backwards"
                ),
            ),
        ),
        Derivation(
            "It is a distance",
            key="distance",
            claim="mean_absolute_error(t, w) <= mean_absolute_error(t, y) + mean_absolute_error(y, w)",
            steps=(
                Step(
                    "= sum(k: abs(t[k] - y[k] + (y[k] - w[k])) / n)",
                    by=rewrite,
                    why="the definition of the mean absolute error; y[k] is taken away and added again",
                ),
                Step(
                    "<= sum(k: abs(t[k] - y[k]) / n + abs(y[k] - w[k]) / n)",
                    by=SumOver("k", Lemma("triangle", at="x = t[k] - y[k]; v = y[k] - w[k]")),
                    why="term by term the detour over y[k] is never shorter",
                ),
                Step(
                    "= mean_absolute_error(t, y) + mean_absolute_error(y, w)",
                    by=rewrite,
                    why="the sum is taken apart: each part is a mean absolute error",
                ),
            ),
        ),
        Derivation(
            "At least the distance of the means",
            key="means",
            claim="mean_absolute_error(t, y) >= abs(sum(k: t[k] - y[k])) / n",
            steps=(
                Step(
                    ">= abs(sum(k: t[k] - y[k])) / n",
                    by=Split(
                        (
                            Case(
                                "sum(k: t[k] - y[k]) >= 0",
                                Certificate((Term("1 / n", lemma="above", at="x = t[k] - y[k]", over="k"),)),
                            ),
                            Case(
                                "sum(k: t[k] - y[k]) <= 0",
                                Certificate((Term("1 / n", lemma="above", at="x = y[k] - t[k]", over="k"),)),
                            ),
                        )
                    ),
                    why=(
                        "the right side is the sum of the differences or its negative, over n, and no difference is above its absolute "
                        "value: errors of opposite sign cancel on the right only"
                    ),
                ),
            ),
        ),
        Derivation(
            "Its square is at most the mean squared error",
            key="square",
            claim="mean_absolute_error(t, y)^2 <= mean_squared_error(t, y)",
            steps=(
                Step(
                    "<= mean_squared_error(t, y)",
                    by=Certificate((Term("(abs(t[k] - y[k]) - mean_absolute_error(t, y))^2 / n", over="k"),)),
                    why="the right side is larger by the variance of the distances, which is a mean of squares and not negative",
                ),
            ),
        ),
        Derivation(
            "Above the labels every unit costs 1/n",
            key="slope_above",
            given="r: positive[n]",
            claim="D(mean_absolute_error(t, vector(k: t[k] + r[k])), r[j]) = 1 / n",
            steps=(
                Step(
                    "= D(sum(k: r[k]) / n, r[j])",
                    by=differentiate,
                    why="each prediction lies r[k] above its label, so the distances are the r[k] themselves",
                ),
                Step("= 1 / n", by=differentiate, why="only the term k = j depends on r[j], with the slope 1/n"),
            ),
        ),
        Derivation(
            "Below the labels as well",
            key="slope_below",
            given="r: positive[n]",
            claim="D(mean_absolute_error(t, vector(k: t[k] - r[k])), r[j]) = 1 / n",
            steps=(
                Step(
                    "= D(sum(k: r[k]) / n, r[j])",
                    by=differentiate,
                    why="each prediction lies r[k] below its label, so the distances are the r[k] themselves",
                ),
                Step("= 1 / n", by=differentiate, why="only the term k = j depends on r[j], with the slope 1/n"),
            ),
            note="The pull does not fade near the label: a corner, not a bowl.",
        ),
        Derivation(
            "Between two labels every prediction is equally good",
            key="between",
            claim="t[i] <= c and c <= t[j] => abs(t[i] - c) + abs(t[j] - c) = t[j] - t[i]",
            steps=(
                Step(
                    "= c - t[i] + (t[j] - c)",
                    by=rewrite,
                    why="c lies right of t[i] and left of t[j], so each absolute value is a plain difference",
                ),
                Step("= t[j] - t[i]", by=rewrite, why="c is taken away and added"),
            ),
            note="So only the order of the labels decides: the best constant is the median, with half of them on either side.",
        ),
    ),
    invariants=(
        Law("is never negative", "mean_absolute_error(t, y) >= 0", why="a negative loss came out"),
        Law("is 0 for a perfect prediction", "mean_absolute_error(t, t) = 0", why="a perfect prediction has a loss"),
        Law(
            "is symmetric",
            "mean_absolute_error(t, y) = mean_absolute_error(y, t)",
            why="swapping labels and predictions changed the loss",
        ),
        Law(
            "keeps the scale",
            "mean_absolute_error(vector(k: 2 t[k]), vector(k: 2 y[k])) = 2 mean_absolute_error(t, y)",
            why="twice the errors are not twice the loss",
        ),
        Law(
            "is at least the distance of the means",
            "mean_absolute_error(t, y) >= abs(sum(k: t[k] - y[k])) / n",
            why="the mean of distances is below the distance of the means",
        ),
    ),
    accuracy=Accuracy(float64=2, float32=0.51, float16=0.51),
    examples=(
        Example("mean_absolute_error([1, 2, 3], [1, 2, 5]) = 2/3", source="(0 + 0 + 2)/3"),
        Example("mean_absolute_error([0, 0], [3, 4]) = 3.5", source="the mean squared error is 12.5"),
        Example("mean_absolute_error([1, 2, 3], [2, 2, 2]) = 2/3", source="(1 + 0 + 1)/3"),
    ),
    mistakes=(
        "mathcore.mistakes.mean_absolute_error.squared",
        "mathcore.mistakes.mean_absolute_error.summed",
        "mathcore.mistakes.mean_absolute_error.of_the_mean",
        "mathcore.mistakes.mean_absolute_error.signed",
        "mathcore.mistakes.mean_absolute_error.median",
    ),
    false_claims=(
        FalseClaim(
            "mean_absolute_error(t, y) = abs(sum(k: t[k] - y[k])) / n",
            why="errors of opposite sign would cancel: 1 and -1 give 0, not 1",
        ),
        FalseClaim(
            "mean_absolute_error(t, y)^2 = sum(k: (t[k] - y[k])^2) / n",
            why="its square is at most the mean squared error, and equal only if all distances are",
        ),
    ),
    exercises=(
        Exercise(
            "The labels are 0, 0 and 9. Which single number predicts them best, by absolute and by squared error?",
            "The median 0, with a mean absolute error of 3; by squared error the mean 3.",
        ),
    ),
    references=(
        Reference("Laplace, Mémoire sur la probabilité des causes par les événements (1774): least absolute deviations"),
    ),
)
