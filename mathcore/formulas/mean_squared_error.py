"""Mean squared error: the loss of regression."""

from mathcore.card import (
    Accuracy,
    Card,
    Certificate,
    Derivation,
    Example,
    FalseClaim,
    Law,
    Reference,
    Step,
    Term,
    differentiate,
    entrywise,
    fold,
    rewrite,
    unfold,
)

CARD = Card(
    name="mean_squared_error",
    title="Mean squared error",
    summary=(
        "The usual loss of regression: the mean of the squared differences between labels and predictions. Large errors "
        "count more than in proportion: one that is twice as large costs four times as much. So it suits labels whose "
        "errors are all of about one size; a single outlier can outweigh all the rest."
    ),
    given="n: size; t, y, u: real[n]; c, x: real; i, j, k: index[n]",
    define="mean_squared_error(t, y) = sum(k: (t[k] - y[k])^2) / n",
    numeric="mathcore.numeric.mean_squared_error",
    units="the square of the unit of the labels",
    prerequisites=("the mean",),
    derivations=(
        Derivation(
            "Never negative",
            key="nonnegative",
            claim="mean_squared_error(t, y) >= 0",
            equality="forall(k: t[k] = y[k])",
            steps=(
                Step(
                    ">= 0",
                    by=Certificate((Term("(t[k] - y[k])^2 / n", over="k"),)),
                    why="squares are never negative, and neither is their mean; it is 0 only if each square is",
                ),
            ),
        ),
        Derivation(
            "Labels and predictions may change places",
            key="symmetry",
            claim="mean_squared_error(t, y) = mean_squared_error(y, t)",
            steps=(
                Step("= sum(k: (t[k] - y[k])^2) / n", by=unfold, why="the definition of the mean squared error, written out"),
                Step("= sum(k: (y[k] - t[k])^2) / n", by=rewrite, why="a difference and its negative have the same square"),
                Step("= mean_squared_error(y, t)", by=fold, why="the definition of the mean squared error, read backwards"),
            ),
        ),
        Derivation(
            "Another unit, its square outside",
            key="scale",
            claim="mean_squared_error(vector(k: c t[k]), vector(k: c y[k])) = c^2 mean_squared_error(t, y)",
            steps=(
                Step("= sum(k: (c t[k] - c y[k])^2) / n", by=unfold, why="the definition of the mean squared error, written out"),
                Step(
                    "= c^2 sum(k: (t[k] - y[k])^2) / n",
                    by=rewrite,
                    why="c is taken out of every difference, so c^2 is taken out of every square and of the sum",
                ),
                Step("= c^2 mean_squared_error(t, y)", by=fold, why="the definition of the mean squared error, read backwards"),
            ),
            note="Kilometres instead of metres make the loss a million times smaller: compare losses in one unit only.",
        ),
        Derivation(
            "The gradient",
            key="gradient",
            claim="D(mean_squared_error(t, y), y[j]) = 2 (y[j] - t[j]) / n",
            steps=(
                Step(
                    "= D(sum(k: (t[k] - y[k])^2) / n, y[j])",
                    by=unfold,
                    why="the definition of the mean squared error, written out",
                ),
                Step(
                    "= -2 (t[j] - y[j]) / n",
                    by=differentiate,
                    why="only the term k = j depends on y[j]: its slope is twice the difference, times -1, as y[j] is taken away",
                ),
                Step("= 2 (y[j] - t[j]) / n", by=rewrite, why="turning the difference round takes up the minus sign"),
            ),
        ),
        Derivation(
            "The curvature is the same everywhere",
            key="hessian",
            claim="D(mean_squared_error(t, y), y[i], y[j]) = 2 delta(i, j) / n",
            steps=(
                Step(
                    "= D(2 (y[i] - t[i]) / n, y[j])",
                    by=differentiate,
                    why="the gradient, just shown, is differentiated once more",
                ),
                Step(
                    "= 2 delta(i, j) / n", by=differentiate, why="the labels are constant, and y[i] moves with y[j] only if i = j"
                ),
            ),
        ),
        Derivation(
            "Hence it is convex in the predictions",
            key="convex",
            claim="sum(i, j: u[i] D(mean_squared_error(t, y), y[i], y[j]) u[j]) >= 0",
            steps=(
                Step("= sum(i, j: u[i] (2 delta(i, j) / n) u[j])", by=differentiate, why="the curvature, just shown"),
                Step("= 2 sum(i: u[i]^2) / n", by=rewrite, why="delta(i, j) is 0 unless i = j, so only these terms are left"),
                Step(
                    ">= 0",
                    by=Certificate((Term("2 u[i]^2 / n", over="i"),)),
                    why="no square is negative, and neither is their sum",
                ),
            ),
        ),
        Derivation(
            "Bias and spread of the errors",
            key="bias",
            claim="mean_squared_error(t, y) = (sum(k: t[k] - y[k]) / n)^2 + sum(k: (t[k] - y[k] - sum(i: t[i] - y[i]) / n)^2) / n",
            steps=(
                Step("= sum(k: (t[k] - y[k])^2) / n", by=unfold, why="the definition of the mean squared error, written out"),
                Step(
                    "= (sum(k: t[k] - y[k]) / n)^2 + sum(k: (t[k] - y[k] - sum(i: t[i] - y[i]) / n)^2) / n",
                    by=rewrite,
                    why="for any numbers, here the errors, the mean of the squares is the square of the mean plus the variance",
                ),
            ),
            note="The first part is what a shift of all predictions would repair, the second what it would leave.",
        ),
        Derivation(
            "The best constant prediction is the mean",
            key="mean",
            claim="mean_squared_error(t, vector(k: c)) >= mean_squared_error(t, vector(k: sum(i: t[i]) / n))",
            equality="c = sum(i: t[i]) / n",
            steps=(
                Step(
                    ">= mean_squared_error(t, vector(k: sum(i: t[i]) / n))",
                    by=Certificate((Term("(c - sum(i: t[i]) / n)^2"),)),
                    why="the left side is larger by the square of the distance from c to the mean, which is 0 only at the mean",
                ),
            ),
            note="The best constant of the absolute error is the median: an outlier moves the mean, not the median.",
        ),
        Derivation(
            "As a dot product",
            key="dot",
            claim="mean_squared_error(t, y) = dot(t - y, t - y) / n",
            steps=(
                Step("= sum(k: (t[k] - y[k])^2) / n", by=unfold, why="the definition of the mean squared error, written out"),
                Step(
                    "= dot(t - y, t - y) / n",
                    by=entrywise,
                    why="the dot product of a vector with itself is the sum of its squares",
                ),
            ),
        ),
        Derivation(
            "Of a linear model: matrix and index form",
            key="matrix",
            given="d: size; X: real[n, d]; w: real[d]; a: index[d]",
            claim="mean_squared_error(t, X w) = sum(k: (sum(a: X[k, a] w[a]) - t[k])^2) / n",
            steps=(
                Step(
                    "= sum(k: (t[k] - (X w)[k])^2) / n",
                    by=unfold,
                    why="the definition of the mean squared error, for the predictions X w",
                ),
                Step(
                    "= sum(k: (t[k] - sum(a: X[k, a] w[a]))^2) / n",
                    by=entrywise,
                    why="an entry of X w is the sum of a row of X times w",
                ),
                Step(
                    "= sum(k: (sum(a: X[k, a] w[a]) - t[k])^2) / n",
                    by=rewrite,
                    why="a number and its negative have the same square",
                ),
            ),
            note="Its gradient by w, and where that vanishes, stand on the page of linear regression.",
        ),
    ),
    invariants=(
        Law("is never negative", "mean_squared_error(t, y) >= 0", why="a negative loss came out"),
        Law("is 0 for a perfect prediction", "mean_squared_error(t, t) = 0", why="a perfect prediction has a loss"),
        Law(
            "is symmetric",
            "mean_squared_error(t, y) = mean_squared_error(y, t)",
            why="swapping labels and predictions changed the loss",
        ),
    ),
    accuracy=Accuracy(float64=4, float32=0.51, float16=0.51),
    examples=(
        Example("mean_squared_error([1, 2, 3], [1, 2, 5]) = 4/3", source="(0 + 0 + 2^2)/3"),
        Example("mean_squared_error([0, 0], [3, 4]) = 12.5", source="(3^2 + 4^2)/2"),
    ),
    mistakes=(
        "mathcore.mistakes.mean_squared_error.mean_absolute_error",
        "mathcore.mistakes.mean_squared_error.halved",
        "mathcore.mistakes.mean_squared_error.summed",
        "mathcore.mistakes.mean_squared_error.root",
        "mathcore.mistakes.mean_squared_error.of_the_mean",
    ),
    false_claims=(
        FalseClaim(
            "mean_squared_error(t, vector(k: 2 y[k])) = 4 mean_squared_error(t, y)",
            why="labels and predictions have to change their unit together",
        ),
        FalseClaim(
            "mean_squared_error(t, y) = sum(k: abs(t[k] - y[k])) / n",
            why=(
                "that is the mean absolute error, which is sometimes given this name: errors of 3 and 4 give 3.5 there, and 12.5 "
                "here"
            ),
        ),
    ),
    references=(Reference("Gauss, Theoria motus (1809): least squares"),),
)
