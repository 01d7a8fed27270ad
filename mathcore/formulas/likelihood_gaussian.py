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
        "If labels scatter about the predictions with Gaussian errors of one size, the negative logarithm of the likelihood is "
        "the mean squared error times a positive factor, plus what does not depend on the predictions. So least squares is "
        "maximum likelihood; and the likeliest size of the errors is the root of that mean square."
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
                    why="independent errors: densities multiply, and the logarithm of a product is the sum of the logarithms",
                ),
                Step(
                    "= -sum(a: -(t[a] - y[a])^2 / (2 sigma^2) - log(sigma) - log(2 pi) / 2)",
                    by=rewrite,
                    why="log undoes exp; dividing by sigma sqrt(2 pi) takes away its logarithm, and that of the root is half of log(2 pi)",
                ),
                Step(
                    "= sum(a: (t[a] - y[a])^2) / (2 sigma^2) + N log(sigma) + N log(2 pi) / 2",
                    by=rewrite,
                    why="what is the same for every sample is counted N times",
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
                    why="the positive factor is taken out: both sides have one sign",
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
                    why="only sample b holds y[b]: prediction minus label, in units of the variance",
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
                    why="the mean square about c is larger than that about the mean by (mean - c)^2",
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
                    why="the part of the loss per sample that depends on the variance v, if the mean square is s",
                ),
                Step(
                    ">= profile(s, s)",
                    by=Certificate((Term("1 / 2", lemma="entropy.tangent", at="x = s / v"),)),
                    why="log r is at most r - 1 with r = s/v, and equal only for r = 1",
                ),
            ),
            note="So the variance of the errors is estimated by their mean square: sigma^2 is the mean squared error.",
        ),
        Derivation(
            "The slope by the variance",
            key="scale_slope",
            claim="D(profile(s, v), v) = (v - s) / (2 v^2)",
            steps=(
                Step("= D(log(v) / 2 + s / (2 v), v)", by=unfold, why="the definition of this loss, written out"),
                Step("= 1 / (2 v) - s / (2 v^2)", by=differentiate, why="log(v) has the slope 1/v, and 1/v the slope -1/v^2"),
                Step("= (v - s) / (2 v^2)", by=rewrite, why="both fractions over 2 v^2: negative for v below s, positive above"),
            ),
        ),
    ),
    examples=(
        Example("-log(likelihood_gaussian([0], [0], 1)) = 0.918939", source="log sqrt(2 pi)"),
        Example("-log(likelihood_gaussian([1, 3], [2, 2], 1)) = 2.837877"),
    ),
    false_claims=(
        FalseClaim("-log(likelihood_gaussian(t, y, sigma)) = mean_squared_error(t, y)", why="up to a factor and a constant only"),
        FalseClaim(
            "-log(likelihood_gaussian(t, t, sigma)) >= 0", why="a density may exceed 1: with small errors the loss is negative"
        ),
        FalseClaim("profile(s, v) >= profile(s, s^2)", why="the variance is the mean square, not its square"),
    ),
    exercises=(
        Exercise(
            "The note describes mse as a mean absolute error. Which distribution of errors would make that the right loss?",
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
