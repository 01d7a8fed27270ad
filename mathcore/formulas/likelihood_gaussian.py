"""Maximum likelihood with Gaussian errors: least squares."""

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
    differentiate,
    rewrite,
    unfold,
)

CARD = Card(
    name="likelihood_gaussian",
    title="Likelihood with Gaussian errors",
    summary=(
        "Why the squared error and no other loss? If labels scatter about the predictions with Gaussian errors of one "
        "size, the negative logarithm of the likelihood is the mean squared error times a positive factor, plus what "
        "does not depend on the predictions. So least squares is maximum likelihood; and the likeliest size of the "
        "errors is the root of that mean square."
    ),
    given="N: size; t, y, u: real[N]; sigma, v, s: positive; c, x: real; a, b: index[N]",
    define="likelihood_gaussian(t, y, sigma) = prod(a: exp(-(t[a] - y[a])^2 / (2 sigma^2)) / (sigma sqrt(2 pi)))",
    auxiliary=("profile(s, v) = log(v) / 2 + s / (2 v)",),
    about="where the squared error comes from",
    uses=("mean_squared_error", "variance", "entropy"),
    prerequisites=("the Gaussian density", "mean_squared_error"),
    derivations=(
        Derivation(
            "Minus the logarithm of the likelihood",
            key="negative_log",
            claim=(
                "-log(likelihood_gaussian(t, y, sigma)) "
                "= N mean_squared_error(t, y) / (2 sigma^2) + N log(sigma) + N log(2 pi) / 2"
            ),
            steps=(
                Step(
                    "= -sum(a: log(exp(-(t[a] - y[a])^2 / (2 sigma^2)) / (sigma sqrt(2 pi))))",
                    by=rewrite,
                    why=(
                        "the definition: the errors are taken as independent, so densities multiply; the logarithm of a product is the "
                        "sum of the logarithms"
                    ),
                ),
                Step(
                    "= -sum(a: -(t[a] - y[a])^2 / (2 sigma^2) - log(sigma) - log(2 pi) / 2)",
                    by=rewrite,
                    why="log undoes exp; dividing by sigma sqrt(2 pi) takes away its logarithm, which is log(sigma) and half of log(2 pi)",
                ),
                Step(
                    "= sum(a: (t[a] - y[a])^2) / (2 sigma^2) + N log(sigma) + N log(2 pi) / 2",
                    by=rewrite,
                    why="the signs turn; what is the same for every sample is counted N times",
                ),
                Step(
                    "= N mean_squared_error(t, y) / (2 sigma^2) + N log(sigma) + N log(2 pi) / 2",
                    by=unfold,
                    why="the sum of the squares is N times their mean",
                ),
            ),
        ),
        Derivation(
            "Two models: the better squared error is the better likelihood",
            key="compare",
            claim=(
                "-log(likelihood_gaussian(t, u, sigma)) + log(likelihood_gaussian(t, y, sigma)) "
                "= (N / (2 sigma^2)) (mean_squared_error(t, u) - mean_squared_error(t, y))"
            ),
            steps=(
                Step(
                    "= N mean_squared_error(t, u) / (2 sigma^2) - N mean_squared_error(t, y) / (2 sigma^2)",
                    by=rewrite,
                    why="minus the logarithm of the likelihood, for both models; the terms without predictions cancel",
                ),
                Step(
                    "= (N / (2 sigma^2)) (mean_squared_error(t, u) - mean_squared_error(t, y))",
                    by=rewrite,
                    why="N / (2 sigma^2) is taken out; it is positive, so both differences have the same sign",
                ),
            ),
        ),
        Derivation(
            "The gradient by a prediction",
            key="gradient",
            claim="D(-log(likelihood_gaussian(t, y, sigma)), y[b]) = (y[b] - t[b]) / sigma^2",
            steps=(
                Step(
                    "= D(sum(a: (t[a] - y[a])^2) / (2 sigma^2) + N log(sigma) + N log(2 pi) / 2, y[b])",
                    by=rewrite,
                    why="minus the logarithm of the likelihood, as shown above",
                ),
                Step(
                    "= (y[b] - t[b]) / sigma^2",
                    by=differentiate,
                    why=(
                        "only sample b holds y[b]; the 2 of its square cancels the 2 below, and prediction minus label over sigma^2 is "
                        "left"
                    ),
                ),
            ),
        ),
        Derivation(
            "One prediction for all: the mean is likeliest",
            key="mean",
            claim=(
                "-log(likelihood_gaussian(t, vector(a: c), sigma)) >= -log(likelihood_gaussian(t, vector(a: mean(t)), sigma))"
            ),
            equality="c = mean(t)",
            steps=(
                Step(
                    "= sum(a: (t[a] - c)^2) / (2 sigma^2) + N log(sigma) + N log(2 pi) / 2",
                    by=rewrite,
                    why="minus the logarithm of the likelihood, with c for every prediction",
                ),
                Step(
                    ">= -log(likelihood_gaussian(t, vector(a: mean(t)), sigma))",
                    by=Certificate((Term("N (mean(t) - c)^2 / (2 sigma^2)"),)),
                    why="the mean square about c is larger than that about the mean by (mean(t) - c)^2, as the page of the variance shows",
                ),
            ),
        ),
        Derivation(
            "The likeliest size of the errors",
            key="scale",
            claim="profile(s, v) >= profile(s, s)",
            equality="v = s",
            steps=(
                Step(
                    "= log(v) / 2 + s / (2 v)",
                    by=unfold,
                    why=(
                        "the definition: the part of the loss per sample that depends on the variance v = sigma^2, if the mean square of "
                        "the errors is s"
                    ),
                ),
                Step(
                    ">= profile(s, s)",
                    by=Certificate((Term("1 / 2", lemma="entropy.tangent", at="x = s / v"),)),
                    why="the tangent inequality, log r is at most r - 1, for r = s/v; it is an equality only for r = 1",
                ),
            ),
            note="So the variance of the errors is estimated by their mean square: sigma^2 is the mean squared error.",
        ),
        Derivation(
            "The slope by the variance",
            key="scale_slope",
            claim="D(profile(s, v), v) = (v - s) / (2 v^2)",
            steps=(
                Step("= D(log(v) / 2 + s / (2 v), v)", by=unfold, why="the definition of profile, written out"),
                Step("= 1 / (2 v) - s / (2 v^2)", by=differentiate, why="log(v) has the slope 1/v, and 1/v the slope -1/v^2"),
                Step(
                    "= (v - s) / (2 v^2)",
                    by=rewrite,
                    why="both fractions over 2 v^2: the slope is negative for v below s and positive above, so v = s is the lowest point",
                ),
            ),
        ),
    ),
    examples=(
        Example("-log(likelihood_gaussian([0], [0], 1)) = 0.918939", source="log sqrt(2 pi)"),
        Example(
            "-log(likelihood_gaussian([1, 3], [2, 2], 1)) = 2.837877", source="two errors of size 1: 1/2 + 1/2, and log(2 pi)"
        ),
    ),
    false_claims=(
        FalseClaim(
            "-log(likelihood_gaussian(t, y, sigma)) = mean_squared_error(t, y)",
            why="true only up to a positive factor and a constant, which do not move the minimum",
        ),
        FalseClaim(
            "-log(likelihood_gaussian(t, t, sigma)) >= 0",
            why="a density may exceed 1: for sigma = 0.1 it is 3.99 at its peak, and minus its logarithm -1.38",
        ),
        FalseClaim("profile(s, v) >= profile(s, s^2)", why="the best variance is the mean square s, not its square"),
    ),
    exercises=(
        Exercise(
            (
                "Somebody takes the mean absolute error in place of the mean squared error. Which distribution of errors would "
                "make that the right loss?"
            ),
            "The Laplace distribution: its density falls as exp of minus the distance, not of its square.",
        ),
        Exercise(
            "Errors of different sizes sigma_a are known. What does maximum likelihood minimise?",
            "The sum of (t - y)^2 / sigma_a^2: weighted least squares.",
        ),
    ),
    not_verified=("That the Gaussian density has the total 1, and that real errors are Gaussian.",),
    references=(
        Reference("Gauss, Theoria motus (1809)"),
        Reference("Bishop, Pattern Recognition and Machine Learning, section 3.1.1"),
    ),
)
