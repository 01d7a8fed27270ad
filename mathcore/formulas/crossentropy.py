"""Crossentropy: the surprisal of a prediction, and the loss of every classifier."""

from mathcore.card import (
    Accuracy,
    Card,
    Certificate,
    Derivation,
    Example,
    Exercise,
    FalseClaim,
    Law,
    Lemma,
    Reference,
    Step,
    Support,
    Term,
    Use,
    differentiate,
    fold,
    rewrite,
    unfold,
)

BOTH = ("p", "q")

CARD = Card(
    name="crossentropy",
    title="Crossentropy",
    summary=(
        "The loss that classifiers minimise, as a measure of information: the mean surprisal (minus the logarithm of a "
        "probability) of somebody who believes q while p is true. It has two parts: the entropy, which no belief can "
        "avoid, plus the divergence, which a perfect belief makes 0. With the truth one-hot it is the surprisal of the "
        "true class. On top of softmax its gradient is simply prediction minus truth. A belief that rules out what "
        "happens costs infinitely much."
    ),
    given="n: size; p, q, t: simplex[n]; T: nonnegative[n]; z, u: real[n]; i, j, k: index[n]",
    define="crossentropy(p, q) = -sum(k: p[k] log(q[k]))",
    notation=("s[i] = softmax(z)[i]",),
    numeric="mathcore.numeric.crossentropy",
    units="nats",
    uses=("entropy", "kl_divergence", "logsumexp", "softmax"),
    prerequisites=("entropy", "kl_divergence", "softmax"),
    derivations=(
        Derivation(
            "Unavoidable plus avoidable",
            key="parts",
            claim="crossentropy(p, q) = entropy(p) + kl_divergence(p, q)",
            steps=(
                Step("= -sum(k: p[k] log(q[k]))", by=unfold, why="the definition of the crossentropy, written out"),
                Step(
                    "= -sum(k: p[k] log(p[k])) + sum(k: p[k] log(p[k] / q[k]))",
                    by=Support(BOTH, by=rewrite),
                    why="log q = log p - log(p/q) where p[k] > 0; where p[k] = 0 all terms are 0; where q[k] = 0 < p[k] both sides are +inf",
                ),
                Step(
                    "= entropy(p) + kl_divergence(p, q)",
                    by=fold,
                    why="the definitions of the entropy and of the divergence, read backwards",
                ),
            ),
        ),
        Derivation(
            "The best prediction is the truth",
            key="minimum",
            claim="crossentropy(p, q) >= entropy(p)",
            equality="forall(k: p[k] = q[k])",
            steps=(
                Step(
                    "= entropy(p) + kl_divergence(p, q)",
                    by=Support(BOTH, by=Lemma("parts")),
                    why="unavoidable plus avoidable, as just shown",
                ),
                Step(
                    ">= entropy(p)",
                    by=Support(BOTH, by=Lemma("kl_divergence.nonnegative")),
                    why="the divergence is never negative, and 0 only for q = p",
                ),
            ),
        ),
        Derivation(
            "One-hot truth: the surprisal of the true class",
            key="onehot",
            claim="crossentropy(vector(k: delta(k, j)), q) = -log(q[j])",
            steps=(
                Step(
                    "= -sum(k: delta(k, j) log(q[k]))",
                    by=unfold,
                    why="the definition of the crossentropy, for a truth that is all on class j",
                ),
                Step(
                    "= -log(q[j])",
                    by=Support(("q",), by=rewrite),
                    why="only the term k = j is there; if q[j] = 0, both sides are +inf",
                ),
            ),
        ),
        Derivation(
            "A perfect prediction costs nothing",
            key="perfect",
            claim="crossentropy(vector(k: delta(k, j)), vector(k: delta(k, j))) = 0",
            steps=(
                Step("= -sum(k: delta(k, j) log(delta(k, j)))", by=unfold, why="the definition of the crossentropy, written out"),
                Step("= -log(delta(j, j))", by=rewrite, why="only the term k = j is there: the others are 0 log 0 = 0"),
                Step("= 0", by=rewrite, why="delta(j, j) is 1, and log(1) = 0"),
            ),
        ),
        Derivation(
            "What was excluded and happens costs infinitely much",
            key="infinite",
            claim="0 < p[j] and q[j] = 0 => crossentropy(p, q) = inf",
            steps=(
                Step("= -sum(k: p[k] log(q[k]))", by=unfold, why="the definition of the crossentropy, written out"),
                Step(
                    "= inf",
                    by=Support(BOTH, by=rewrite),
                    why="the term k = j is p[j] times +inf, and no other term is negative, as no probability is above 1",
                ),
            ),
        ),
        Derivation(
            "From logits",
            key="logits",
            claim="crossentropy(t, softmax(z)) = logsumexp(z) - sum(k: t[k] z[k])",
            steps=(
                Step(
                    "= -sum(k: t[k] log(exp(z[k]) / sum(j: exp(z[j]))))",
                    by=unfold,
                    why="the definitions of the crossentropy and of softmax, written out",
                ),
                Step(
                    "= sum(k: t[k]) log(sum(j: exp(z[j]))) - sum(k: t[k] z[k])",
                    by=rewrite,
                    why="the logarithm of a quotient is a difference, and the log of an exponential is its exponent; the denominator does not depend on k",
                ),
                Step(
                    "= log(sum(j: exp(z[j]))) - sum(k: t[k] z[k])",
                    by=Use("sum(k: t[k]) = 1"),
                    why="the truth sums to 1, so the first factor is 1",
                ),
                Step("= logsumexp(z) - sum(k: t[k] z[k])", by=fold, why="the definition of log-sum-exp, read backwards"),
            ),
        ),
        Derivation(
            "The gradient: prediction minus truth",
            key="gradient",
            claim="D(crossentropy(t, softmax(z)), z[j]) = s[j] - t[j]",
            steps=(
                Step(
                    "= D(sum(k: t[k]) log(sum(i: exp(z[i]))) - sum(k: t[k] z[k]), z[j])",
                    by=differentiate,
                    why="the loss written with logits, as just shown, before the sum of the truth is replaced by 1",
                ),
                Step(
                    "= sum(k: t[k]) exp(z[j]) / sum(i: exp(z[i])) - t[j]",
                    by=differentiate,
                    why="of both sums over scores only the term with index j depends on z[j]; the logarithm has the slope one over its argument",
                ),
                Step("= sum(k: t[k]) s[j] - t[j]", by=fold, why="the definition of softmax, read backwards"),
                Step(
                    "= s[j] - t[j]",
                    by=Use("sum(k: t[k]) = 1"),
                    why="the truth sums to 1, so that factor is 1; with any other sum T the gradient is T s - t",
                ),
            ),
        ),
        Derivation(
            "The curvature does not depend on the truth",
            key="hessian",
            claim="D(crossentropy(t, softmax(z)), z[i], z[j]) = s[i] (delta(i, j) - s[j])",
            steps=(
                Step(
                    "= sum(k: t[k]) s[i] (delta(i, j) - s[j])",
                    by=differentiate,
                    why="the gradient T s - t, with T the sum of the truth, is differentiated once more: t is constant, and s has the Jacobian of softmax",
                ),
                Step("= s[i] (delta(i, j) - s[j])", by=Use("sum(k: t[k]) = 1"), why="the truth sums to 1, so that factor is 1"),
            ),
            note=(
                "The second derivatives, together called the Hessian, are those of log-sum-exp, a variance: the loss is convex "
                "in the logits."
            ),
        ),
        Derivation(
            "Never negative",
            key="nonnegative",
            given="Q: positive[n]; sum(k: Q[k]) = 1",
            claim="-sum(k: p[k] log(Q[k])) >= 0",
            steps=(
                Step(
                    ">= 0",
                    by=Certificate(
                        (
                            Term("p[k]", lemma="entropy.tangent", at="x = Q[k]", over="k"),
                            Term("p[k] (1 - Q[k])", over="k"),
                        )
                    ),
                    why="log(Q) is at most Q - 1, and no probability is above 1: each -p log(Q) is at least 0",
                ),
            ),
        ),
        Derivation(
            "A truth that is a mixture",
            key="mixture",
            given="r: simplex[n]; a: unit",
            claim="crossentropy(vector(k: a p[k] + (1 - a) r[k]), softmax(z)) = a crossentropy(p, softmax(z)) + (1 - a) crossentropy(r, softmax(z))",
            steps=(
                Step(
                    "= -sum(k: (a p[k] + (1 - a) r[k]) log(softmax(z)[k]))",
                    by=unfold,
                    why="the definition of the crossentropy, written out",
                ),
                Step(
                    "= a crossentropy(p, softmax(z)) + (1 - a) crossentropy(r, softmax(z))",
                    by=rewrite,
                    why="the truth only multiplies the logarithms, so the sum is taken apart, and a and 1 - a leave it",
                ),
            ),
            note="The mean loss over samples with one prediction is the loss of their mean label.",
        ),
    ),
    invariants=(
        Law(
            "is at least the entropy of the truth",
            "crossentropy(p, q) >= entropy(p)",
            why="a prediction did better than the truth itself",
        ),
        Law(
            "entropy plus divergence",
            "crossentropy(p, q) = entropy(p) + kl_divergence(p, q)",
            why="the loss is not entropy plus divergence",
        ),
        Law(
            "a perfect prediction costs 0",
            "crossentropy(vector(k: delta(k, j)), vector(k: delta(k, j))) = 0",
            why="a perfect one-hot prediction has a loss",
        ),
        Law(
            "one-hot truth picks the surprisal",
            "crossentropy(vector(k: delta(k, j)), q) = -log(q[j])",
            why="for a one-hot truth the loss is not -log of the probability of the true class",
        ),
    ),
    accuracy=Accuracy(
        float64=3,
        float32=0.51,
        float16=0.51,
        domain="every pair of probability vectors with entries of at most 1, zeros included",
    ),
    examples=(
        Example("crossentropy([0, 0, 1], [0, 0, 1]) = 0", source="the student's note: a perfect prediction"),
        Example(
            "crossentropy([0, 0, 1], [0.3, 0.6, 0.1]) = 2.302585", source="the prediction of the student's note, in nats: log 10"
        ),
        Example(
            "crossentropy([0, 0, 1], [0.3, 0.6, 0.1]) / log(10) = 1",
            source="the number of the student's note: it counts in base 10",
        ),
        Example(
            "crossentropy([1/2, 1/2], [1/2, 1/2]) = 0.693147",
            source="a perfect prediction of a fair coin still costs its entropy",
        ),
        Example("crossentropy([1/2, 1/2], [1, 0]) = inf", source="what the belief excludes happens half the time"),
        Example("crossentropy([1, 0], [1, 0]) = 0", source="0 log 0 = 0"),
    ),
    mistakes=(
        "mathcore.mistakes.crossentropy.arguments_swapped",
        "mathcore.mistakes.crossentropy.base_ten",
        "mathcore.mistakes.crossentropy.clipped",
        "mathcore.mistakes.crossentropy.mean_over_classes",
        "mathcore.mistakes.crossentropy.only_the_likeliest_class",
        "mathcore.mistakes.crossentropy.entropy_of_the_prediction",
    ),
    false_claims=(
        FalseClaim(
            "crossentropy(p, q) = crossentropy(q, p)",
            why="truth and prediction play different parts: CE((1, 0), (1/2, 1/2)) is log 2, the other way round it is infinite",
        ),
        FalseClaim(
            "crossentropy(p, p) = 0",
            why="a perfect prediction costs the entropy of the truth; that is 0 only if the truth is certain",
        ),
        FalseClaim(
            "D(crossentropy(T, softmax(z)), z[j]) = s[j] - T[j]",
            why="true only if T sums to 1; otherwise the gradient is s times the sum of T, less T",
        ),
        FalseClaim(
            "crossentropy([0, 0, 1], [0.3, 0.6, 0.1]) = 1",
            why="it is 1 only with logarithms to base 10, as the student's note takes them; in nats it is 2.303",
        ),
    ),
    exercises=(
        Exercise(
            "A model gives the true class probability 1/2. What does that sample cost, in nats and in bits?",
            "log 2 = 0.693 nats, 1 bit.",
        ),
        Exercise(
            "Logits [2, 1, 0], true class 2. Write down the gradient.",
            "softmax = [0.665, 0.245, 0.090], so the gradient is [0.665, -0.755, 0.090]; it sums to 0.",
        ),
        Exercise(
            "Why can the loss of a softmax model never be exactly 0 over the reals?",
            "Every probability is positive, so that of the true class is below 1. In floats it can round to 1.",
        ),
    ),
    not_verified=("That minimising this loss finds the best classifier: accuracy is another measure.",),
    references=(
        Reference("Cover, Thomas, Elements of Information Theory, chapter 2"),
        Reference("Bishop, Pattern Recognition and Machine Learning, section 4.3.4"),
    ),
)
