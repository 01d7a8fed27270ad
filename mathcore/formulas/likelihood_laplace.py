"""Maximum likelihood with Laplace errors: the mean absolute error."""

from mathcore.card import (
    Card,
    Certificate,
    Derivation,
    Example,
    Exercise,
    FalseClaim,
    Reference,
    Step,
    Term,
    rewrite,
    unfold,
)

CARD = Card(
    name="likelihood_laplace",
    title="Likelihood with Laplace errors",
    summary=(
        "When is the absolute error the right loss? If errors follow the Laplace density, which falls as exp of minus "
        "their size, the negative logarithm of the likelihood is the mean absolute error times a positive factor, plus a "
        "constant. Large errors are less of a surprise there than under a Gaussian, so the loss is less afraid of them."
    ),
    given="N: size; t, y, u: real[N]; b, s, v: positive; r, c: real; a, e: index[N]",
    define="likelihood_laplace(t, y, b) = prod(a: exp(-abs(t[a] - y[a]) / b) / (2 b))",
    auxiliary=("scale_loss(s, v) = log(v) + s / v",),
    about="where the absolute error comes from",
    uses=("mean_absolute_error", "entropy"),
    prerequisites=("likelihood_gaussian", "mean_absolute_error"),
    derivations=(
        Derivation(
            "Minus the logarithm of the likelihood",
            key="negative_log",
            claim="-log(likelihood_laplace(t, y, b)) = N mean_absolute_error(t, y) / b + N log(2 b)",
            steps=(
                Step(
                    "= -sum(a: log(exp(-abs(t[a] - y[a]) / b) / (2 b)))",
                    by=rewrite,
                    why=(
                        "the definition: the errors are taken as independent, so densities multiply; the logarithm of a product is the "
                        "sum of the logarithms"
                    ),
                ),
                Step(
                    "= sum(a: abs(t[a] - y[a]) / b + log(2 b))",
                    by=rewrite,
                    why="log undoes exp, and dividing by 2 b takes away log(2 b); then the signs turn",
                ),
                Step(
                    "= sum(a: abs(t[a] - y[a])) / b + N log(2 b)",
                    by=rewrite,
                    why="b and log(2 b) are the same for every sample: 1/b leaves the sum, and log(2 b) counts N times",
                ),
                Step(
                    "= N mean_absolute_error(t, y) / b + N log(2 b)",
                    by=unfold,
                    why="the sum of the absolute errors is N times their mean",
                ),
            ),
        ),
        Derivation(
            "Two models: the better absolute error is the better likelihood",
            key="compare",
            claim=(
                "-log(likelihood_laplace(t, u, b)) + log(likelihood_laplace(t, y, b)) "
                "= (N / b) (mean_absolute_error(t, u) - mean_absolute_error(t, y))"
            ),
            steps=(
                Step(
                    "= N mean_absolute_error(t, u) / b - N mean_absolute_error(t, y) / b",
                    by=rewrite,
                    why="minus the logarithm of the likelihood, for both models; the terms without predictions cancel",
                ),
                Step(
                    "= (N / b) (mean_absolute_error(t, u) - mean_absolute_error(t, y))",
                    by=rewrite,
                    why="N / b is taken out; it is positive, so both differences have the same sign",
                ),
            ),
        ),
        Derivation(
            "The likeliest scale",
            key="scale",
            claim="scale_loss(s, v) >= scale_loss(s, s)",
            equality="v = s",
            steps=(
                Step(
                    "= log(v) + s / v",
                    by=unfold,
                    why="the definition: the part of the loss per sample that depends on the scale v, if the mean absolute error is s",
                ),
                Step(
                    ">= scale_loss(s, s)",
                    by=Certificate((Term("1", lemma="entropy.tangent", at="x = s / v"),)),
                    why="the tangent inequality, log r is at most r - 1, for r = s/v; it is an equality only for r = 1",
                ),
            ),
            note="So the scale is estimated by the mean absolute error itself.",
        ),
        Derivation(
            "Far out a Laplace error is the smaller surprise",
            key="tails",
            claim="abs(r) <= (r^2 + 1) / 2",
            equality="abs(r) = 1",
            steps=(
                Step(
                    "<= (r^2 + 1) / 2",
                    by=Certificate((Term("(abs(r) - 1)^2 / 2"),)),
                    why="the right side is larger by half the square of |r| - 1, which is 0 only for |r| = 1",
                ),
            ),
            note="Up to a constant the absolute error is never above half the square, and for large errors far below it.",
        ),
    ),
    examples=(
        Example("-log(likelihood_laplace([0], [0], 1)) = 0.693147", source="log 2"),
        Example("-log(likelihood_laplace([1, 3], [2, 2], 1)) = 3.386294", source="two errors of size 1: 1 + 1, and twice log 2"),
    ),
    false_claims=(
        FalseClaim(
            "-log(likelihood_laplace(t, y, b)) = mean_absolute_error(t, y)",
            why="true only up to a positive factor and a constant, which do not move the minimum",
        ),
        FalseClaim(
            "-log(likelihood_laplace(t, vector(a: c), b)) >= -log(likelihood_laplace(t, vector(a: sum(e: t[e]) / N), b))",
            why="the likeliest constant is a median, not the mean: for 0, 0 and 9 it is 0, not 3",
        ),
        FalseClaim("scale_loss(s, v) >= scale_loss(s, 2 s)", why="the best scale is the mean absolute error s, not twice that"),
    ),
    exercises=(
        Exercise(
            "Labels 0, 0, 0, 0, 100. Which constant does the Gaussian find likeliest, which the Laplace density?",
            "The mean, 20; and a median, 0: one wild label does not move it.",
        ),
    ),
    not_verified=("That the Laplace density has the total 1, and that a median minimises the mean absolute error.",),
    references=(Reference("Laplace, Mémoire sur la probabilité des causes par les événements (1774)"),),
)
