"""Maximum likelihood for yes-or-no labels: minus its logarithm is the binary crossentropy."""

from mathcore.card import (
    Card,
    Certificate,
    Derivation,
    Example,
    Exercise,
    FalseClaim,
    Lemma,
    Monotone,
    Reference,
    Step,
    Term,
    Use,
    fold,
    rewrite,
    unfold,
)

CARD = Card(
    name="likelihood_bernoulli",
    title="Likelihood of yes-or-no labels",
    summary=(
        "Why the binary crossentropy and no other loss? The probability that a model gives to all labels together is a "
        "product, one factor for each sample. Its negative logarithm is a sum: N times the mean binary crossentropy. To "
        "make the data as likely as possible and to make that loss as small as possible is the same thing."
    ),
    given=(
        "N, d: size; a: index[N]; t: unit[N]; q: real[N]; z: real[N]; X: real[N, d]; w: real[d]; s, p: positive; x, y: positive"
    ),
    define="likelihood_bernoulli(t, q) = prod(a: q[a]^t[a] (1 - q[a])^(1 - t[a]))",
    auxiliary=(
        "coin_loss(t, s) = -sum(a: t[a] log(s) + (1 - t[a]) log(1 - s)) / N",
        "share(t) = sum(a: t[a]) / N",
    ),
    about="where the binary crossentropy comes from",
    uses=("binary_crossentropy", "logistic_regression", "entropy"),
    prerequisites=("probability", "binary_crossentropy"),
    derivations=(
        Derivation(
            "A sample with the label 1",
            key="one",
            claim="s^1 (1 - s)^(1 - 1) = s",
            steps=(
                Step("= s", by=rewrite, why="s^1 is s, and anything to the power 0 is 1: the factor is the probability of yes"),
            ),
        ),
        Derivation(
            "A sample with the label 0",
            key="zero",
            claim="s^0 (1 - s)^(1 - 0) = 1 - s",
            steps=(
                Step(
                    "= 1 - s", by=rewrite, why="s^0 is 1, and 1 - s to the power 1 is itself: the factor is the probability of no"
                ),
            ),
        ),
        Derivation(
            "Minus the logarithm of the likelihood",
            key="negative_log",
            given="0 < q[a]; q[a] < 1",
            claim="-log(likelihood_bernoulli(t, q)) = sum(a: -t[a] log(q[a]) - (1 - t[a]) log(1 - q[a]))",
            steps=(
                Step(
                    "= -log(prod(a: q[a]^t[a] (1 - q[a])^(1 - t[a])))",
                    by=unfold,
                    why="the definition: the samples are taken as independent, so their probabilities multiply",
                ),
                Step(
                    "= -sum(a: log(q[a]^t[a] (1 - q[a])^(1 - t[a])))",
                    by=rewrite,
                    why="the logarithm of a product is the sum of the logarithms",
                ),
                Step(
                    "= sum(a: -t[a] log(q[a]) - (1 - t[a]) log(1 - q[a]))",
                    by=rewrite,
                    why=(
                        "the logarithm of the two factors is a sum, and an exponent comes down in front of its logarithm: the binary "
                        "crossentropy of each sample"
                    ),
                ),
            ),
        ),
        Derivation(
            "From the scores",
            key="scores",
            claim=("-log(prod(a: sigmoid(z[a])^t[a] sigmoid(-z[a])^(1 - t[a]))) = sum(a: binary_crossentropy(t[a], z[a]))"),
            steps=(
                Step(
                    "= sum(a: -t[a] log(sigmoid(z[a])) - (1 - t[a]) log(sigmoid(-z[a])))",
                    by=rewrite,
                    why=(
                        "as just shown: logarithms of the factors are added and exponents come down, with sigmoid(z) for the probability "
                        "of yes and sigmoid(-z) for that of no"
                    ),
                ),
                Step(
                    "= sum(a: binary_crossentropy(t[a], z[a]))",
                    by=fold,
                    why="the definition of the binary crossentropy, read backwards",
                ),
            ),
        ),
        Derivation(
            "Logistic regression is maximum likelihood",
            key="logistic",
            claim=("-log(prod(a: sigmoid((X w)[a])^t[a] sigmoid(-(X w)[a])^(1 - t[a]))) = N logistic_regression(X, t, w)"),
            steps=(
                Step(
                    "= sum(a: binary_crossentropy(t[a], (X w)[a]))",
                    by=Lemma("scores", at="z = X w"),
                    why="what was just shown, with X w for the scores",
                ),
                Step(
                    "= N (sum(a: binary_crossentropy(t[a], (X w)[a])) / N)",
                    by=rewrite,
                    why="a sum of N numbers is N times their mean",
                ),
                Step(
                    "= N logistic_regression(X, t, w)",
                    by=Lemma("logistic_regression.is_bce"),
                    why="the mean binary crossentropy is the loss of logistic regression",
                ),
            ),
        ),
        Derivation(
            "Likelier is the smaller loss",
            key="order",
            given="x <= y",
            claim="-log(x) >= -log(y)",
            steps=(
                Step(
                    ">= -log(y)",
                    by=Monotone("-log(u)", variable="u: positive", inner="x <= y", by=Use("x <= y")),
                    why="minus the logarithm falls: its derivative -1/u is negative",
                ),
            ),
            note="So the model with the larger likelihood is the one with the smaller loss, and the best of one is the best of the other.",
        ),
        Derivation(
            "One probability for all: the loss speaks of the share of yes alone",
            key="coin",
            given="s < 1",
            claim="coin_loss(t, s) = -share(t) log(s) - (1 - share(t)) log(1 - s)",
            steps=(
                Step(
                    "= -sum(a: t[a] log(s) + (1 - t[a]) log(1 - s)) / N",
                    by=unfold,
                    why="the definition of the coin's loss: the same probability s for every sample",
                ),
                Step(
                    "= -share(t) log(s) - (1 - share(t)) log(1 - s)",
                    by=rewrite,
                    why="log(s) and log(1 - s) do not depend on the sample and leave the sum; what is left is the share of yes and that of no",
                ),
            ),
        ),
        Derivation(
            "The best probability is the share",
            key="best",
            given="s < 1; p < 1",
            claim="-p log(s) - (1 - p) log(1 - s) >= -p log(p) - (1 - p) log(1 - p)",
            steps=(
                Step(
                    ">= -p log(p) - (1 - p) log(1 - p)",
                    by=Certificate(
                        (
                            Term("p", lemma="entropy.tangent", at="x = s / p"),
                            Term("1 - p", lemma="entropy.tangent", at="x = (1 - s) / (1 - p)"),
                        )
                    ),
                    why="log(s/p) is at most s/p - 1 for yes, and log((1 - s)/(1 - p)) likewise for no; weighed by p and 1 - p these bounds add up to 0",
                ),
            ),
            note="Maximum likelihood estimates a probability by counting. What is left of the loss is the entropy of the coin.",
        ),
    ),
    examples=(
        Example("likelihood_bernoulli([1, 0, 1], [1/2, 1/2, 1/2]) = 1/8", source="three fair coins"),
        Example("likelihood_bernoulli([1, 0, 1], [2/3, 2/3, 2/3]) = 4/27", source="the share of yes: the likeliest single value"),
        Example(
            "-log(likelihood_bernoulli([1, 0], [9/10, 1/10])) = 0.210721",
            source="twice -log 0.9: both labels have the probability 0.9",
        ),
    ),
    false_claims=(
        FalseClaim(
            "log(likelihood_bernoulli(t, q)) = sum(a: -t[a] log(q[a]) - (1 - t[a]) log(1 - q[a]))",
            given="0 < q[a]; q[a] < 1",
            why="the sign: the loss is minus the logarithm of the likelihood",
        ),
        FalseClaim(
            "-log(likelihood_bernoulli(t, q)) = -sum(a: t[a] log(q[a]))",
            given="0 < q[a]; q[a] < 1",
            why="the labels 0 count as well, by -log(1 - q)",
        ),
        FalseClaim(
            "likelihood_bernoulli(t, q) >= 1 / 2^N",
            given="0 < q[a]; q[a] < 1",
            why="a model can be worse than a coin: q = 0.1 for a single label 1 has the likelihood 0.1",
        ),
        FalseClaim(
            "-p log(s) - (1 - p) log(1 - s) >= log(2)",
            given="s < 1; p < 1",
            why="a share far from 1/2 is easier to predict than a coin: p = s = 0.9 costs 0.325, less than log 2 = 0.693",
        ),
    ),
    exercises=(
        Exercise("Seven of ten customers bought ice cream. Which single probability makes that likeliest?", "The share, 7/10."),
        Exercise(
            "Why take the logarithm at all?",
            "A product of 1000 probabilities underflows in floats; a sum of logarithms does not. And sums are easy to differentiate.",
        ),
    ),
    not_verified=("That real samples are independent: the product assumes it.",),
    references=(
        Reference("Fisher, On the mathematical foundations of theoretical statistics (1922)"),
        Reference("Bishop, Pattern Recognition and Machine Learning, section 4.3.2"),
    ),
)
