"""The mean and the variance: identities that the rest of the course leans on."""

from mathcore.card import (
    Card,
    Certificate,
    Derivation,
    Example,
    Exercise,
    FalseClaim,
    Lemma,
    Reference,
    Step,
    Term,
    fold,
    rewrite,
    unfold,
)

CARD = Card(
    name="variance",
    title="Variance",
    summary=(
        "How far numbers are spread: the mean square distance from their mean. It is also the mean square less the square"
        " of the mean, half the mean square distance of two entries, and the least mean square distance from any number."
    ),
    given="n: size; x, y, w: real[n]; c, b: real; i, j, k, l: index[n]",
    define="variance(x) = sum(k: (x[k] - sum(l: x[l]) / n)^2) / n",
    auxiliary=(
        "mean(x) = sum(k: x[k]) / n",
        "covariance(x, y) = sum(k: (x[k] - mean(x)) (y[k] - mean(y))) / n",
    ),
    about="what spread means and how it may be computed",
    prerequisites=("the mean",),
    derivations=(
        Derivation(
            "Distances from the mean cancel",
            key="centred",
            claim="sum(k: x[k] - mean(x)) = 0",
            steps=(
                Step(
                    "= sum(k: x[k]) - n mean(x)",
                    by=rewrite,
                    why="a sum of differences is the difference of the sums, and the mean is taken away n times",
                ),
                Step("= sum(k: x[k]) - n (sum(k: x[k]) / n)", by=unfold, why="the definition of the mean, written out"),
                Step("= 0", by=rewrite, why="n times the mean is the sum itself, and the two sums cancel"),
            ),
        ),
        Derivation(
            "Mean of the squares less square of the mean",
            key="squares",
            claim="variance(x) = sum(k: x[k]^2) / n - mean(x)^2",
            steps=(
                Step("= sum(k: (x[k] - mean(x))^2) / n", by=unfold, why="the definition of the variance, written out"),
                Step(
                    "= sum(k: x[k]^2) / n - 2 mean(x) (sum(k: x[k]) / n) + mean(x)^2",
                    by=rewrite,
                    why="the square is multiplied out; the mean does not depend on k and leaves the sums",
                ),
                Step(
                    "= sum(k: x[k]^2) / n - mean(x)^2",
                    by=rewrite,
                    why="the bracket is the mean, so its square is taken away twice and added once",
                ),
            ),
            note="Short on paper, dangerous in floats: two large numbers may cancel. Subtract the mean first.",
        ),
        Derivation(
            "Half the mean square distance of two entries",
            key="pairs",
            claim="variance(x) = sum(i, j: (x[i] - x[j])^2) / (2 n^2)",
            steps=(
                Step(
                    "= sum(k: x[k]^2) / n - mean(x)^2",
                    by=Lemma("squares"),
                    why="the mean of the squares less the square of the mean, as just shown",
                ),
                Step(
                    "= (2 n sum(k: x[k]^2) - 2 sum(k: x[k])^2) / (2 n^2)",
                    by=rewrite,
                    why="the mean is the sum divided by n; both terms are brought over 2 n^2",
                ),
                Step(
                    "= sum(i, j: x[i]^2 - 2 x[i] x[j] + x[j]^2) / (2 n^2)",
                    by=rewrite,
                    why=(
                        "in the double sum each square stands n times as x[i]^2 and n times as x[j]^2; the products x[i] x[j] make sum "
                        "times sum"
                    ),
                ),
                Step("= sum(i, j: (x[i] - x[j])^2) / (2 n^2)", by=rewrite, why="x^2 - 2 x y + y^2 is the square of a difference"),
            ),
            note="No mean in sight: the variance is about differences alone.",
        ),
        Derivation(
            "Never negative, and 0 only without spread",
            key="nonnegative",
            claim="variance(x) >= 0",
            equality="forall(k: x[k] = mean(x))",
            steps=(
                Step(
                    ">= 0",
                    by=Certificate((Term("(1 / n) (x[k] - mean(x))^2", over="k"),)),
                    why="no square is negative, and neither is their mean; it is 0 only if every entry is the mean",
                ),
            ),
        ),
        Derivation(
            "The square of the mean is at most the mean of the squares",
            key="jensen",
            claim="mean(x)^2 <= sum(k: x[k]^2) / n",
            equality="forall(k: x[k] = mean(x))",
            steps=(
                Step(
                    "<= sum(k: x[k]^2) / n",
                    by=Certificate((Term("1", lemma="nonnegative"),)),
                    why="the difference is the variance, which is not negative",
                ),
            ),
        ),
        Derivation(
            "About any other number the mean square is larger",
            key="about",
            claim="sum(k: (x[k] - c)^2) / n = variance(x) + (mean(x) - c)^2",
            steps=(
                Step(
                    "= sum(k: (x[k] - mean(x))^2) / n + 2 (mean(x) - c) sum(k: x[k] - mean(x)) / n + (mean(x) - c)^2",
                    by=rewrite,
                    why="x[k] - c is x[k] - mean(x) plus mean(x) - c, and the square is multiplied out",
                ),
                Step(
                    "= sum(k: (x[k] - mean(x))^2) / n + (mean(x) - c)^2",
                    by=Lemma("centred"),
                    why="the distances from the mean cancel, so the mixed term is 0",
                ),
                Step("= variance(x) + (mean(x) - c)^2", by=fold, why="the definition of the variance, read backwards"),
            ),
            note="Bias and variance: the mean square error of the constant c is its squared bias plus the spread.",
        ),
        Derivation(
            "The mean is the best constant",
            key="best_constant",
            claim="sum(k: (x[k] - c)^2) / n >= variance(x)",
            equality="c = mean(x)",
            steps=(
                Step(
                    ">= variance(x)",
                    by=Certificate((Term("(mean(x) - c)^2"),)),
                    why="the left side is larger by (mean(x) - c)^2, as just shown, and that is 0 only for c = mean(x)",
                ),
            ),
        ),
        Derivation(
            "A shift does nothing, a scale counts squared",
            key="affine",
            claim="variance(vector(i: c x[i] + b)) = c^2 variance(x)",
            steps=(
                Step(
                    "= sum(k: (c x[k] + b - (c mean(x) + b))^2) / n",
                    by=unfold,
                    why="the definition of the variance; the mean of c x + b is c mean(x) + b",
                ),
                Step(
                    "= sum(k: c^2 (x[k] - mean(x))^2) / n",
                    by=rewrite,
                    why="b cancels, and c is taken out of the difference, so c^2 out of its square",
                ),
                Step(
                    "= c^2 variance(x)",
                    by=rewrite,
                    why="c^2 does not depend on k and leaves the sum; what is left is the variance",
                ),
            ),
        ),
        Derivation(
            "The variance of a sum",
            key="sum",
            claim="variance(vector(i: x[i] + y[i])) = variance(x) + 2 covariance(x, y) + variance(y)",
            steps=(
                Step(
                    "= sum(k: (x[k] - mean(x) + y[k] - mean(y))^2) / n",
                    by=unfold,
                    why="the definition of the variance; the mean of a sum is the sum of the means",
                ),
                Step(
                    "= sum(k: (x[k] - mean(x))^2) / n + 2 (sum(k: (x[k] - mean(x)) (y[k] - mean(y))) / n) + sum(k: (y[k] - mean(y))^2) / n",
                    by=rewrite,
                    why="the square of a sum is multiplied out, and the sum is taken apart",
                ),
                Step(
                    "= variance(x) + 2 covariance(x, y) + variance(y)",
                    by=fold,
                    why="the definitions of the variance and of the covariance, read backwards",
                ),
            ),
        ),
        Derivation(
            "The covariance, the short way",
            key="covariance",
            claim="covariance(x, y) = sum(k: x[k] y[k]) / n - mean(x) mean(y)",
            steps=(
                Step(
                    "= sum(k: (x[k] - mean(x)) (y[k] - mean(y))) / n",
                    by=unfold,
                    why="the definition of the covariance, written out",
                ),
                Step(
                    "= sum(k: x[k] y[k]) / n - mean(x) mean(y)",
                    by=rewrite,
                    why=(
                        "multiplied out and averaged, two of the four terms are -mean(x) mean(y), and mean(x) mean(y) is added once: "
                        "once it is taken away"
                    ),
                ),
            ),
        ),
        Derivation(
            "The square of the covariance is at most the product of the variances",
            key="cauchy_schwarz",
            claim="covariance(x, y)^2 <= variance(x) variance(y)",
            steps=(
                Step(
                    "<= variance(x) variance(y)",
                    by=Certificate(
                        (
                            Term(
                                "sum(i, j: ((x[i] - mean(x)) (y[j] - mean(y)) - (x[j] - mean(x)) (y[i] - mean(y)))^2) / (2 n^2)",
                            ),
                        )
                    ),
                    why=(
                        "the right side is larger by a sum of squares over all pairs of entries, divided by 2 n^2: the inequality of "
                        "Cauchy and Schwarz, for the distances from the means"
                    ),
                ),
            ),
            note="Divided by both variances: the square of a correlation is at most 1.",
        ),
    ),
    examples=(
        Example("variance([1, 2, 3, 4]) = 1.25", source="the mean is 2.5: (2.25 + 0.25 + 0.25 + 2.25)/4"),
        Example("variance([7, 7, 7]) = 0", source="no spread"),
        Example("covariance([1, 2, 3], [3, 2, 1]) = -2/3", source="the distances from the means are -1, 0, 1 and 1, 0, -1"),
    ),
    false_claims=(
        FalseClaim("variance(x) = sum(k: x[k]^2) / n", why="true only where the mean is 0: for [7, 7, 7] it would be 49"),
        FalseClaim(
            "variance(vector(i: c x[i] + b)) = c variance(x)",
            why="distances are c times as large, so their squares are c^2 times as large",
        ),
        FalseClaim(
            "variance(vector(i: x[i] + y[i])) = variance(x) + variance(y)",
            why="true only if the covariance is 0: for y = x it would be 2 instead of 4 times the variance",
        ),
        FalseClaim(
            "variance(x) = sum(k: abs(x[k] - mean(x))) / n",
            why="that is the mean absolute deviation: for [1, 2, 3, 4] it is 1, the variance 1.25",
        ),
        FalseClaim("mean(x)^2 >= sum(k: x[k]^2) / n", why="the other way round: squaring favours the large ones"),
    ),
    exercises=(
        Exercise("What is the variance of the labels 0 and 1 if the share p of them is 1?", "p - p^2 = p (1 - p), at most 1/4."),
        Exercise(
            "Programs offer ddof=1: division by n - 1. What changes here?",
            "All values grow by n / (n - 1). Division by n describes the data at hand; division by n - 1 estimates a population.",
        ),
    ),
    not_verified=("Variances of random variables: here the entries of a list count equally.",),
    references=(Reference("Feller, An Introduction to Probability Theory and Its Applications, chapter IX"),),
)
