"""Linear regression: the squared loss, its gradient, its curvature and where it is least."""

from mathcore.card import (
    Card,
    Certificate,
    Derivation,
    Example,
    Exercise,
    FalseClaim,
    Lemma,
    Reference,
    Stationary,
    Step,
    SumOver,
    Term,
    Use,
    differentiate,
    entrywise,
    fold,
    rewrite,
    unfold,
)

NORMAL = "sum(a: X[a, k] (sum(l: X[a, l] v[l]) - y[a])) = 0"

CARD = Card(
    name="linear_regression",
    title="Linear regression",
    summary=(
        "The first model of every course: predict by a weighted sum of the features and charge the mean square of the "
        "errors. As a function of the weights that is a bowl: its curvature X' X is never negative, so wherever the "
        "gradient is 0 the loss is least. Setting the gradient to 0 gives the normal equations. A bias is one more "
        "feature that is always 1."
    ),
    given=("N, d: size; X: real[N, d]; y, x: real[N]; w, u, v: real[d]; s: unit; slope, b: real; a: index[N]; k, l, j: index[d]"),
    define="linear_regression(X, y, w) = sum(a: (sum(k: X[a, k] w[k]) - y[a])^2) / N",
    auxiliary=("line_error(x, y, slope, b) = sum(a: (slope x[a] + b - y[a])^2) / N",),
    about="what is learned by a straight line, and where",
    uses=("mean_squared_error", "variance"),
    prerequisites=("mean_squared_error", "matmul"),
    derivations=(
        Derivation(
            "It is the mean squared error of X w",
            key="is_mse",
            claim="linear_regression(X, y, w) = mean_squared_error(y, X w)",
            steps=(
                Step("= sum(a: (sum(k: X[a, k] w[k]) - y[a])^2) / N", by=unfold, why="the definition of the loss, written out"),
                Step(
                    "= sum(a: (y[a] - (X w)[a])^2) / N",
                    by=rewrite,
                    why="a number and its negative have the same square, and the sum over k is entry a of X w",
                ),
                Step(
                    "= mean_squared_error(y, X w)",
                    by=fold,
                    why="the definition of the mean squared error, read backwards: labels first, predictions second",
                ),
            ),
        ),
        Derivation(
            "The gradient",
            key="gradient",
            claim="D(linear_regression(X, y, w), w[j]) = 2 sum(a: X[a, j] (sum(k: X[a, k] w[k]) - y[a])) / N",
            steps=(
                Step(
                    "= D(sum(a: (sum(k: X[a, k] w[k]) - y[a])^2) / N, w[j])",
                    by=unfold,
                    why="the definition of the loss, written out",
                ),
                Step(
                    "= sum(a: 2 (sum(k: X[a, k] w[k]) - y[a]) X[a, j]) / N",
                    by=differentiate,
                    why="the chain rule: twice the error, times how the prediction of sample a changes with w[j], which is X[a, j]",
                ),
                Step(
                    "= 2 sum(a: X[a, j] (sum(k: X[a, k] w[k]) - y[a])) / N",
                    by=rewrite,
                    why="the 2 does not depend on the sample, so it leaves the sum",
                ),
            ),
        ),
        Derivation(
            "... in matrix form",
            key="gradient_matrix",
            claim=("D(linear_regression(X, y, w), w[j]) = (2 / N) (transpose(X) (X w - y))[j]"),
            steps=(
                Step(
                    "= 2 sum(a: X[a, j] (sum(k: X[a, k] w[k]) - y[a])) / N", by=Lemma("gradient"), why="the gradient, just shown"
                ),
                Step(
                    "= (2 / N) (transpose(X) (X w - y))[j]",
                    by=entrywise,
                    why="the sum over samples is column j of X times the errors, which is entry j of X' (X w - y)",
                ),
            ),
        ),
        Derivation(
            "The curvature",
            key="hessian",
            claim="D(D(linear_regression(X, y, w), w[j]), w[l]) = (2 / N) (transpose(X) X)[j, l]",
            steps=(
                Step(
                    "= D(2 sum(a: X[a, j] (sum(k: X[a, k] w[k]) - y[a])) / N, w[l])",
                    by=differentiate,
                    why="the gradient, just shown, is differentiated once more",
                ),
                Step(
                    "= 2 sum(a: X[a, j] X[a, l]) / N",
                    by=differentiate,
                    why="the labels are constant, and of the sum over k only w[l] moves, with the factor X[a, l]",
                ),
                Step("= (2 / N) (transpose(X) X)[j, l]", by=entrywise, why="column j of X times column l: the matrix (2/N) X' X"),
            ),
            note="It does not depend on w: the loss is exactly a quadratic bowl.",
        ),
        Derivation(
            "The curvature is never negative",
            key="psd",
            claim="sum(j, l: u[j] D(D(linear_regression(X, y, w), w[j]), w[l]) u[l]) >= 0",
            equality="forall(a: sum(k: X[a, k] u[k]) = 0)",
            steps=(
                Step("= sum(j, l: u[j] (2 sum(a: X[a, j] X[a, l]) / N) u[l])", by=differentiate, why="the curvature, just shown"),
                Step(
                    "= (2 / N) sum(a: sum(k: X[a, k] u[k])^2)",
                    by=rewrite,
                    why="finite sums may be taken in either order: with the samples last, the two sums over features are the same number, entry a of X u",
                ),
                Step(
                    ">= 0",
                    by=Certificate((Term("(2 / N) sum(k: X[a, k] u[k])^2", over="a"),)),
                    why="a sum of squares is not negative; it is 0 only if each is, which are the directions u with X u = 0",
                ),
            ),
        ),
        Derivation(
            "Convex: between two points below the chord",
            key="convex",
            claim=(
                "linear_regression(X, y, vector(k: s u[k] + (1 - s) v[k])) "
                "<= s linear_regression(X, y, u) + (1 - s) linear_regression(X, y, v)"
            ),
            steps=(
                Step(
                    "<= s linear_regression(X, y, u) + (1 - s) linear_regression(X, y, v)",
                    by=Certificate((Term("s (1 - s) sum(k: X[a, k] (u[k] - v[k]))^2 / N", over="a"),)),
                    why=(
                        "the right side, a point of the chord, lies above by exactly s (1 - s) times the mean square of X (u - v), which "
                        "is not negative"
                    ),
                ),
            ),
        ),
        Derivation(
            "The errors of the best fit stand at right angles to every change",
            key="orthogonal",
            given=NORMAL,
            claim="sum(j: u[j] sum(a: X[a, j] (sum(l: X[a, l] v[l]) - y[a]))) = 0",
            steps=(
                Step(
                    "= sum(j: u[j] * 0)",
                    by=SumOver("j", Use(NORMAL, at="k = j")),
                    why="the normal equations: for each feature, the errors times the feature sum to 0",
                ),
                Step("= 0", by=rewrite, why="any number times 0 is 0, and zeros add up to 0"),
            ),
        ),
        Derivation(
            "How much any other weights cost",
            key="excess",
            given=NORMAL,
            claim="linear_regression(X, y, w) = linear_regression(X, y, v) + sum(a: sum(k: X[a, k] (w[k] - v[k]))^2) / N",
            steps=(
                Step(
                    "= sum(a: (sum(k: X[a, k] (w[k] - v[k])) + sum(k: X[a, k] v[k]) - y[a])^2) / N",
                    by=rewrite,
                    why="X w is written as X (w - v) + X v",
                ),
                Step(
                    "= linear_regression(X, y, v) + sum(a: sum(k: X[a, k] (w[k] - v[k]))^2) / N "
                    "+ 2 sum(j: (w[j] - v[j]) sum(a: X[a, j] (sum(l: X[a, l] v[l]) - y[a]))) / N",
                    by=rewrite,
                    why="the square is multiplied out: two squares and a mixed term",
                ),
                Step(
                    "= linear_regression(X, y, v) + sum(a: sum(k: X[a, k] (w[k] - v[k]))^2) / N",
                    by=Lemma("orthogonal", at="u = vector(j: w[j] - v[j])"),
                    why="the mixed term is 0, as just shown: the errors of v stand at right angles to every change",
                ),
            ),
            note="This is the theorem of Pythagoras: the errors and the change of the predictions stand at right angles.",
        ),
        Derivation(
            "The normal equations give the minimum",
            key="normal_equations",
            given=NORMAL,
            claim="linear_regression(X, y, w) >= linear_regression(X, y, v)",
            equality="forall(a: sum(k: X[a, k] (w[k] - v[k])) = 0)",
            steps=(
                Step(
                    "= linear_regression(X, y, v) + sum(a: sum(k: X[a, k] (w[k] - v[k]))^2) / N",
                    by=Lemma("excess"),
                    why="the cost of any other weights, just shown",
                ),
                Step(
                    ">= linear_regression(X, y, v)",
                    by=Certificate((Term("(1 / N) sum(k: X[a, k] (w[k] - v[k]))^2", over="a"),)),
                    why="squares are not negative, and their sum is 0 exactly if w predicts for every sample what v predicts",
                ),
            ),
            note="In matrices: X' X v = X' y. Where X' X can be inverted there is exactly one solution, v = (X' X)^-1 X' y.",
        ),
        Derivation(
            "One feature and a bias: the best bias",
            key="best_bias",
            claim="line_error(x, y, slope, b) >= line_error(x, y, slope, mean(y) - slope mean(x))",
            equality="b = mean(y) - slope mean(x)",
            steps=(
                Step(
                    ">= line_error(x, y, slope, mean(y) - slope mean(x))",
                    by=Stationary("b = mean(y) - slope mean(x)"),
                    why=(
                        "there the errors sum to 0, so the derivative by b is 0; the second derivative is 2 > 0, so that is the lowest "
                        "point"
                    ),
                ),
            ),
            note="So the best line goes through the point of the two means, whatever its slope.",
        ),
        Derivation(
            "... and what is left is about spread alone",
            key="centred",
            claim="line_error(x, y, slope, mean(y) - slope mean(x)) = slope^2 variance(x) - 2 slope covariance(x, y) + variance(y)",
            steps=(
                Step(
                    "= sum(a: (slope (x[a] - mean(x)) - (y[a] - mean(y)))^2) / N",
                    by=unfold,
                    why="the definitions, with the best bias for b: x[a] and y[a] are then measured from their means",
                ),
                Step(
                    "= slope^2 variance(x) - 2 slope covariance(x, y) + variance(y)",
                    by=rewrite,
                    why="the square is multiplied out: a parabola in the slope",
                ),
            ),
        ),
        Derivation(
            "The best slope is covariance over variance",
            key="best_slope",
            claim=(
                "variance(x) line_error(x, y, slope, mean(y) - slope mean(x)) >= variance(x) variance(y) - covariance(x, y)^2"
            ),
            equality="variance(x) slope = covariance(x, y)",
            steps=(
                Step(
                    "= variance(x) (slope^2 variance(x) - 2 slope covariance(x, y) + variance(y))",
                    by=Lemma("centred"),
                    why="what is left for the best bias, just shown, times the variance of x",
                ),
                Step(
                    "= (variance(x) slope - covariance(x, y))^2 + variance(x) variance(y) - covariance(x, y)^2",
                    by=rewrite,
                    why="the square is completed: what is added inside it is taken away at the end",
                ),
                Step(
                    ">= variance(x) variance(y) - covariance(x, y)^2",
                    by=Certificate((Term("(variance(x) slope - covariance(x, y))^2"),)),
                    why="a square is not negative; it is 0 exactly if slope times variance is the covariance",
                ),
            ),
            note=(
                "Divide by the variance of x where it is positive: the best slope is covariance / variance, and the error that is "
                "left is variance(y) (1 - R^2) with R^2 = covariance^2 / (variance(x) variance(y))."
            ),
        ),
    ),
    examples=(
        Example(
            "linear_regression([[1, 1], [2, 1], [3, 1]], [1, 3, 5], [2, -1]) = 0", source="the line 2 x - 1 through three points"
        ),
        Example(
            "linear_regression([[1], [1]], [0, 4], [2]) = 4", source="the best constant is the mean; what is left is the variance"
        ),
        Example(
            "linear_regression([[30, 50, 1/10, 1]], [206], [10, -2, 20, 4]) = 0",
            source="the ice-cream shop of the student's note: its weights predict the 206 exactly",
        ),
    ),
    false_claims=(
        FalseClaim(
            "D(linear_regression(X, y, w), w[j]) = 2 sum(a: sum(k: X[a, k] w[k]) - y[a]) / N",
            why="each error counts with the feature X[a, j]; without it the gradient of the bias is left",
        ),
        FalseClaim(
            "D(linear_regression(X, y, w), w[j]) = sum(a: X[a, j] (sum(k: X[a, k] w[k]) - y[a])) / N",
            why="the 2 of the square is missing",
        ),
        FalseClaim(
            "linear_regression(X, y, w) >= linear_regression(X, y, v)",
            why="v may be any weights here: only a solution of the normal equations is best",
        ),
        FalseClaim(
            "sum(j, l: u[j] D(D(linear_regression(X, y, w), w[j]), w[l]) u[l]) > 0",
            given="sum(j: u[j]^2) > 0",
            why="with repeated or missing features there are flat directions: many best weights",
        ),
    ),
    exercises=(
        Exercise(
            "All rows of X are (1). What does linear regression find, and what is the loss there?",
            "The mean of y; the loss there is the variance of y.",
        ),
        Exercise(
            "Two features are equal, x2 = x1. Why is there no single best w?",
            "Only w1 + w2 matters. X' X has the flat direction (1, -1), so a whole line of weights is best.",
        ),
    ),
    not_verified=(
        "That the normal equations have a solution for every X (they do; a fact of linear algebra).",
        "mathcore.models.LinearRegression, which descends to their solution in floats: tests measure how near it comes.",
    ),
    references=(
        Reference("Gauss, Theoria motus (1809)"),
        Reference("Bishop, Pattern Recognition and Machine Learning, section 3.1"),
    ),
)
