"""Standardisation: features brought to mean 0 and variance 1."""

from mathcore.card import (
    Card,
    Derivation,
    Example,
    Exercise,
    FalseClaim,
    Lemma,
    Reference,
    Step,
    fold,
    rewrite,
)

CARD = Card(
    name="standardisation",
    title="Standardisation",
    summary=(
        "How a feature is brought to a common scale before learning: subtract the mean and divide by the root of the "
        "variance. The result has mean 0 and variance 1, whatever unit and origin the feature had: degrees Celsius and "
        "Fahrenheit give the same numbers. A linear model loses nothing by it, and gradient descent gains a rounder "
        "bowl."
    ),
    given=("n: size; x: real[n]; i, k, l: index[n]; a, s: positive; b, c, m, w, h, u: real; 0 < variance(x)"),
    define="standardisation(x)[i] = (x[i] - mean(x)) / sqrt(variance(x))",
    about="what happens to a feature that is brought to mean 0 and variance 1",
    uses=("variance",),
    prerequisites=("variance",),
    derivations=(
        Derivation(
            "The mean is 0",
            key="mean",
            claim="mean(standardisation(x)) = 0",
            steps=(
                Step(
                    "= sum(k: x[k] - mean(x)) / (n sqrt(variance(x)))",
                    by=rewrite,
                    why="the definition of standardisation; the root does not depend on k and leaves the sum",
                ),
                Step(
                    "= 0 / (n sqrt(variance(x)))",
                    by=Lemma("variance.centred", at="x = x"),
                    why="the distances from the mean cancel, as the page of the variance shows",
                ),
                Step("= 0", by=rewrite, why="0 divided by something positive is 0"),
            ),
        ),
        Derivation(
            "The variance is 1",
            key="variance",
            claim="variance(standardisation(x)) = 1",
            steps=(
                Step(
                    "= sum(k: ((x[k] - mean(x)) / sqrt(variance(x)))^2) / n",
                    by=rewrite,
                    why="the variance is the mean square distance from the mean, and that mean is 0, as just shown",
                ),
                Step(
                    "= sum(k: (x[k] - mean(x))^2) / (n variance(x))",
                    by=rewrite,
                    why="the square of the root is the variance, which does not depend on k and leaves the sum",
                ),
                Step("= variance(x) / variance(x)", by=fold, why="the definition of the variance, read backwards"),
                Step("= 1", by=rewrite, why="the variance is positive, and cancels"),
            ),
        ),
        Derivation(
            "Unit and origin do not matter",
            key="affine",
            claim="(a x[i] + b - (a mean(x) + b)) / sqrt(a^2 variance(x)) = standardisation(x)[i]",
            steps=(
                Step(
                    "= a (x[i] - mean(x)) / (a sqrt(variance(x)))",
                    by=rewrite,
                    why="b cancels, a is taken out above, and the root of a^2 is a, as a is positive",
                ),
                Step("= (x[i] - mean(x)) / sqrt(variance(x))", by=rewrite, why="a stands above and below, and cancels"),
                Step("= standardisation(x)[i]", by=fold, why="the definition of standardisation, read backwards"),
            ),
            note="On the left: a x + b less its mean a mean + b, divided by the root of its variance a^2 variance.",
        ),
        Derivation(
            "Turning the axis round turns the sign",
            key="mirror",
            claim="(-a x[i] + b - (-a mean(x) + b)) / sqrt((-a)^2 variance(x)) = -standardisation(x)[i]",
            steps=(
                Step(
                    "= -a (x[i] - mean(x)) / (a sqrt(variance(x)))",
                    by=rewrite,
                    why="b cancels, -a is taken out above, and the root of (-a)^2 is a, not -a",
                ),
                Step(
                    "= -(x[i] - mean(x)) / sqrt(variance(x))",
                    by=rewrite,
                    why="a stands above and below, and cancels; the minus sign is left",
                ),
                Step("= -standardisation(x)[i]", by=fold, why="the definition of standardisation, read backwards"),
            ),
        ),
        Derivation(
            "A linear model loses nothing",
            key="linear",
            claim="w x[i] + c = (w sqrt(variance(x))) standardisation(x)[i] + (c + w mean(x))",
            steps=(
                Step("= w (x[i] - mean(x)) + w mean(x) + c", by=rewrite, why="w mean(x) is taken away and added again"),
                Step(
                    "= (w sqrt(variance(x))) ((x[i] - mean(x)) / sqrt(variance(x))) + (c + w mean(x))",
                    by=rewrite,
                    why="the first term is divided and multiplied by the root of the variance",
                ),
                Step(
                    "= (w sqrt(variance(x))) standardisation(x)[i] + (c + w mean(x))",
                    by=fold,
                    why="the bracket is the definition of standardisation: the same predictions with another weight and another bias",
                ),
            ),
        ),
        Derivation(
            "Back again",
            key="inverse",
            claim="standardisation(x)[i] sqrt(variance(x)) + mean(x) = x[i]",
            steps=(
                Step(
                    "= x[i] - mean(x) + mean(x)",
                    by=rewrite,
                    why="the root of the variance is divided by and multiplied by, so it cancels",
                ),
                Step("= x[i]", by=rewrite, why="the mean is taken away and added again"),
            ),
        ),
        Derivation(
            "New data take the old mean and root",
            key="new_data",
            claim="((u - m) / s) s + m = u",
            steps=(
                Step(
                    "= u",
                    by=rewrite,
                    why="s is divided by and multiplied by, m is taken away and added: whatever data they come from, the map can be undone",
                ),
            ),
            note="Mean and variance of the training data are part of the model: test data are standardised by them, not by their own.",
        ),
    ),
    examples=(
        Example("standardisation([1, 3]) = [-1, 1]", source="the mean is 2 and the variance 1"),
        Example("standardisation([0, 0, 3]) = [-0.707107, -0.707107, 1.414214]", source="the mean is 1 and the variance 2"),
        Example("standardisation([32, 212]) = [-1, 1]", source="0 and 100 degrees in Fahrenheit"),
    ),
    false_claims=(
        FalseClaim(
            "standardisation(x)[i] <= 1",
            why="a variance of 1 does not bound the entries: [0, 0, 3] becomes [-0.707, -0.707, 1.414]",
        ),
        FalseClaim(
            "standardisation(vector(l: -x[l]))[i] = standardisation(x)[i]",
            why="a negative factor turns the signs: [-1, 1] becomes [1, -1]",
        ),
        FalseClaim(
            "variance(vector(i: (x[i] - mean(x)) / variance(x))) = 1",
            why=(
                "one divides by the root of the variance, not by the variance: [0, 4] has the variance 4, and its entries over 4 "
                "have the variance 1/4"
            ),
        ),
    ),
    exercises=(
        Exercise(
            "A feature is the same for all samples. What goes wrong?",
            "Its variance is 0: one would divide by 0. Leave such a feature out.",
        ),
        Exercise(
            "Why does standardising help gradient descent?",
            "Features of very different size make a narrow valley: the largest curvature bounds the rate, the smallest decides the time.",
        ),
    ),
    not_verified=("How the eigenvalues of X' X change when several features are standardised.",),
    references=(Reference("LeCun, Bottou, Orr, Müller, Efficient BackProp (1998), section 4.3"),),
)
