"""Log-softmax: log probabilities from scores."""

from mathcore.card import (
    Accuracy,
    Card,
    Certificate,
    Derivation,
    Example,
    FalseClaim,
    Law,
    Lemma,
    Monotone,
    Reference,
    Step,
    Term,
    differentiate,
    fold,
    rewrite,
    unfold,
)

CARD = Card(
    name="log_softmax",
    title="Log-softmax",
    summary=(
        "The logarithm of the probabilities that softmax gives, from which the losses of classifiers are made. It is "
        "computed without computing the probabilities first: one near 1 no longer holds the digits of its small "
        "logarithm, and a tiny one rounds to 0 although its logarithm is an ordinary number."
    ),
    given="n: size; z, u: real[n]; c: real; i, j, k: index[n]",
    define="log_softmax(z)[i] = log(softmax(z)[i])",
    numeric="mathcore.numeric.log_softmax",
    units="nats",
    uses=("softmax", "logsumexp"),
    prerequisites=("softmax",),
    derivations=(
        Derivation(
            "The score less log-sum-exp",
            key="logits",
            claim="log_softmax(z)[i] = z[i] - logsumexp(z)",
            steps=(
                Step(
                    "= log(exp(z[i]) / sum(k: exp(z[k])))",
                    by=unfold,
                    why="the definitions of log-softmax and of softmax, written out",
                ),
                Step(
                    "= z[i] - log(sum(k: exp(z[k])))",
                    by=rewrite,
                    why="the logarithm of a quotient is a difference, and log undoes exp",
                ),
                Step("= z[i] - logsumexp(z)", by=fold, why="the definition of log-sum-exp, read backwards"),
            ),
            note="No division and no probability: nothing can round to 0 on the way.",
        ),
        Derivation(
            "A shift changes nothing",
            key="shift",
            claim="log_softmax(vector(k: z[k] + c))[i] = log_softmax(z)[i]",
            steps=(
                Step(
                    "= z[i] + c - logsumexp(vector(k: z[k] + c))",
                    by=rewrite,
                    why="the score less log-sum-exp, for the shifted scores",
                ),
                Step("= z[i] + c - (logsumexp(z) + c)", by=rewrite, why="adding c to all scores adds c to log-sum-exp"),
                Step("= log_softmax(z)[i]", by=rewrite, why="c is added and taken away; the rest is the score less log-sum-exp"),
            ),
        ),
        Derivation(
            "The exponentials make a whole",
            key="whole",
            claim="sum(i: exp(log_softmax(z)[i])) = 1",
            steps=(
                Step(
                    "= sum(i: softmax(z)[i])",
                    by=rewrite,
                    why="the exponential undoes the logarithm, as probabilities are positive",
                ),
                Step("= 1", by=rewrite, why="the probabilities of softmax sum to 1"),
            ),
        ),
        Derivation(
            "Their log-sum-exp is 0",
            key="normalised",
            claim="logsumexp(log_softmax(z)) = 0",
            steps=(
                Step(
                    "= log(sum(i: exp(log_softmax(z)[i])))",
                    by=unfold,
                    why="the definition of log-sum-exp, for the log probabilities as scores",
                ),
                Step("= log(1)", by=rewrite, why="the exponentials of log probabilities sum to 1, as just shown"),
                Step("= 0", by=rewrite, why="log(1) = 0"),
            ),
        ),
        Derivation(
            "Twice is once",
            key="twice",
            claim="log_softmax(log_softmax(z))[i] = log_softmax(z)[i]",
            steps=(
                Step(
                    "= log_softmax(z)[i] - logsumexp(log_softmax(z))",
                    by=rewrite,
                    why="the score less log-sum-exp, for the scores log_softmax(z)",
                ),
                Step("= log_softmax(z)[i] - 0", by=rewrite, why="their log-sum-exp is 0, as just shown"),
                Step("= log_softmax(z)[i]", by=rewrite, why="taking 0 away changes nothing"),
            ),
            note="So a log-softmax too many does no harm. A softmax too many does: see double_softmax.",
        ),
        Derivation(
            "Softmax of it is softmax",
            key="softmax",
            claim="softmax(log_softmax(z))[i] = softmax(z)[i]",
            steps=(
                Step(
                    "= exp(log_softmax(z)[i]) / sum(k: exp(log_softmax(z)[k]))",
                    by=unfold,
                    why="the definition of softmax, for the scores log_softmax(z)",
                ),
                Step(
                    "= softmax(z)[i] / sum(k: softmax(z)[k])",
                    by=rewrite,
                    why="the exponential undoes the logarithm, above and below",
                ),
                Step("= softmax(z)[i]", by=rewrite, why="the probabilities sum to 1, so the denominator is 1"),
            ),
            note="Log probabilities are scores like others: what is known up to a shift can be normalised at any time.",
        ),
        Derivation(
            "The gradient",
            key="gradient",
            claim="D(log_softmax(z)[i], z[j]) = delta(i, j) - softmax(z)[j]",
            steps=(
                Step("= D(z[i] - logsumexp(z), z[j])", by=differentiate, why="it is the score less log-sum-exp, as shown above"),
                Step(
                    "= delta(i, j) - D(logsumexp(z), z[j])",
                    by=differentiate,
                    why="z[i] moves with z[j] only if i = j, by 1 for every unit",
                ),
                Step(
                    "= delta(i, j) - softmax(z)[j]", by=differentiate, why="log-sum-exp has the slope softmax, as its page shows"
                ),
            ),
        ),
        Derivation(
            "The slopes of one result cancel",
            key="rows",
            claim="sum(j: D(log_softmax(z)[i], z[j])) = 0",
            steps=(
                Step(
                    "= sum(j: delta(i, j) - softmax(z)[j])",
                    by=differentiate,
                    why="each slope is delta(i, j) - softmax(z)[j], as just shown",
                ),
                Step(
                    "= 1 - sum(j: softmax(z)[j])",
                    by=rewrite,
                    why="delta(i, j) is 1 for j = i and 0 otherwise, so it adds up to 1",
                ),
                Step("= 0", by=rewrite, why="the probabilities sum to 1, and 1 less 1 is 0"),
            ),
        ),
        Derivation(
            "Differences of scores stay",
            key="differences",
            claim="log_softmax(z)[i] - log_softmax(z)[j] = z[i] - z[j]",
            steps=(
                Step("= (z[i] - logsumexp(z)) - (z[j] - logsumexp(z))", by=rewrite, why="each is its score less log-sum-exp"),
                Step("= z[i] - z[j]", by=rewrite, why="both lose the same log-sum-exp, which cancels"),
            ),
        ),
        Derivation(
            "Never positive",
            key="negative",
            claim="log_softmax(z)[i] <= 0",
            steps=(
                Step(
                    "<= 0",
                    by=Monotone(
                        "log(x)",
                        variable="x: positive",
                        inner="softmax(z)[i] <= 1",
                        by=Certificate((Term("(1 - delta(i, k)) exp(z[k]) / sum(j: exp(z[j]))", over="k"),)),
                    ),
                    why="a probability is 1 less the others, so at most 1; and log grows to log(1) = 0",
                ),
            ),
        ),
        Derivation(
            "The likeliest is at least -log n",
            key="likeliest",
            claim="max(i: log_softmax(z)[i]) >= -log(n)",
            steps=(
                Step(
                    "= max(k: z[k]) - logsumexp(z)",
                    by=rewrite,
                    why="the score less log-sum-exp; what does not depend on i leaves the maximum",
                ),
                Step(">= -log(n)", by=Lemma("logsumexp.upper"), why="log-sum-exp is at most log n above the maximum"),
            ),
        ),
        Derivation(
            "Concave in the scores, whatever the class",
            key="concave",
            claim="sum(j, k: u[j] D(log_softmax(z)[i], z[j], z[k]) u[k]) <= 0",
            steps=(
                Step(
                    "= sum(j, k: u[j] (-softmax(z)[j] (delta(j, k) - softmax(z)[k])) u[k])",
                    by=differentiate,
                    why=(
                        "the gradient, delta less softmax, is differentiated once more: delta is constant, and minus the slope of "
                        "softmax is left"
                    ),
                ),
                Step(
                    "= -sum(j: softmax(z)[j] (u[j] - sum(k: softmax(z)[k] u[k]))^2)",
                    by=rewrite,
                    why="with the probabilities as weights, the mean of the squares less the square of the mean is a variance; here with a minus sign",
                ),
                Step(
                    "<= 0",
                    by=Certificate((Term("softmax(z)[j] (u[j] - sum(k: softmax(z)[k] u[k]))^2", over="j"),)),
                    why="probabilities times squares are not negative, and the sign turns that round",
                ),
            ),
            note="Hence the loss -log_softmax(z)[i] is convex in the scores.",
        ),
    ),
    invariants=(
        Law("is never positive", "log_softmax(z)[i] <= 0", why="a probability above 1"),
        Law("is the score less log-sum-exp", "log_softmax(z)[i] = z[i] - logsumexp(z)", why="the result is not z - logsumexp(z)"),
        Law(
            "exponentials sum to one",
            "sum(i: exp(log_softmax(z)[i])) = 1",
            why="the exponentials of the results are no probabilities",
        ),
    ),
    accuracy=Accuracy(float64=3.5, float32=0.51, float16=0.51, masks=True, domain="every input, -inf masks included"),
    examples=(
        Example("log_softmax([0, 0]) = [-0.693147, -0.693147]", source="both have the probability 1/2"),
        Example(
            "log_softmax([40, 0, 0]) = [-8.4967e-18, -40.0000, -40.0000]", source="SciPy, torch and jax return 0 for the first"
        ),
        Example("log_softmax([-inf, 0]) = [-inf, 0]", source="a score of -inf is a mask: its probability is 0"),
    ),
    mistakes=(
        "mathcore.mistakes.log_softmax.log_of_softmax",
        "mathcore.mistakes.log_softmax.without_shift",
        "mathcore.mistakes.log_softmax.base_two",
        "mathcore.mistakes.log_softmax.forgets_the_sum",
    ),
    false_claims=(
        FalseClaim(
            "softmax(softmax(z))[i] = softmax(z)[i]",
            why="true of log-softmax, not of softmax: twice, it flattens the probabilities, [1, 0] becomes [0.731, 0.269]",
        ),
        FalseClaim(
            "D(log_softmax(z)[i], z[j]) = delta(i, j) - softmax(z)[i]",
            why="the probability is that of the score that moves, z[j]",
        ),
        FalseClaim("log_softmax(z)[i] = z[i]", why="true only of scores that are log probabilities already"),
    ),
    references=(Reference("scipy issue 19521 and pytorch issue 113708: the digits lost near 0"),),
)
