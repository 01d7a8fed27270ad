"""Maximum likelihood for several classes: minus its logarithm is the categorical crossentropy."""

from mathcore.card import (
    Card,
    Derivation,
    Example,
    Exercise,
    FalseClaim,
    Lemma,
    Reference,
    Step,
    Use,
    rewrite,
    unfold,
)

CARD = Card(
    name="likelihood_categorical",
    title="Likelihood of classes",
    summary=(
        "Why the categorical crossentropy and no other loss? The probability of all the labels is the product, sample by "
        "sample, of what the model gave to the class that came. Its negative logarithm is the sum of the categorical "
        "crossentropies; if one distribution serves all samples, the likeliest is that of the observed shares."
    ),
    given=(
        "N, n: size; a: index[N]; k, j: index[n]; T: nonnegative[N, n]; Q: positive[N, n]; S: simplex[N, n]; "
        "z: real[N, n]; p: simplex[n]; q: positive[n]; r: simplex[n]; m: index[n]"
    ),
    define="likelihood_categorical(T, Q) = prod(a: prod(k: Q[a, k]^T[a, k]))",
    auxiliary=("shares(T)[k] = sum(a: T[a, k]) / N",),
    about="where the categorical crossentropy comes from",
    uses=("softmax", "logsumexp", "crossentropy", "entropy"),
    prerequisites=("likelihood_bernoulli", "crossentropy"),
    derivations=(
        Derivation(
            "One sample: only the class that came counts",
            key="one_hot",
            claim="prod(k: q[k]^delta(k, m)) = q[m]",
            steps=(
                Step(
                    "= exp(sum(k: delta(k, m) log(q[k])))",
                    by=rewrite,
                    why="a power is exp of the exponent times the logarithm, and a product of exponentials is the exponential of a sum",
                ),
                Step("= exp(log(q[m]))", by=rewrite, why="delta(k, m) is 0 unless k = m, so of the sum only the class m is left"),
                Step("= q[m]", by=rewrite, why="exp undoes log, as q[m] is positive"),
            ),
        ),
        Derivation(
            "Minus the logarithm of the likelihood",
            key="negative_log",
            claim="-log(likelihood_categorical(T, Q)) = -sum(a: sum(k: T[a, k] log(Q[a, k])))",
            steps=(
                Step(
                    "= -log(prod(a: prod(k: Q[a, k]^T[a, k])))",
                    by=unfold,
                    why="the definition: the samples are taken as independent, so their probabilities multiply",
                ),
                Step(
                    "= -sum(a: log(prod(k: Q[a, k]^T[a, k])))",
                    by=rewrite,
                    why="the logarithm of a product is the sum of the logarithms",
                ),
                Step(
                    "= -sum(a: sum(k: T[a, k] log(Q[a, k])))",
                    by=rewrite,
                    why=(
                        "the same once more for the product over the classes, and the exponents come down: the crossentropy of each "
                        "sample"
                    ),
                ),
            ),
        ),
        Derivation(
            "From the scores",
            key="scores",
            claim=(
                "-log(prod(a: prod(k: softmax(vector(j: z[a, j]))[k]^T[a, k]))) "
                "= sum(a: sum(k: T[a, k] (logsumexp(vector(j: z[a, j])) - z[a, k])))"
            ),
            steps=(
                Step(
                    "= -sum(a: sum(k: T[a, k] log(softmax(vector(j: z[a, j]))[k])))",
                    by=rewrite,
                    why="as just shown, with softmax of the scores for the probabilities",
                ),
                Step(
                    "= sum(a: sum(k: T[a, k] (logsumexp(vector(j: z[a, j])) - z[a, k])))",
                    by=rewrite,
                    why="the log of softmax is the score less log-sum-exp",
                ),
            ),
            note="Divided by N this is the loss of softmax regression.",
        ),
        Derivation(
            "One distribution for all: the loss speaks of the shares alone",
            key="shares",
            claim="-log(likelihood_categorical(T, vector(a, k: q[k]))) = -N sum(k: shares(T)[k] log(q[k]))",
            steps=(
                Step(
                    "= -sum(a: sum(k: T[a, k] log(q[k])))",
                    by=rewrite,
                    why="minus the logarithm of the likelihood, as shown above, with the same q for every sample",
                ),
                Step(
                    "= -sum(k: sum(a: T[a, k]) log(q[k]))",
                    by=rewrite,
                    why="finite sums may be taken in either order: the samples are added first, and log(q[k]) does not depend on them",
                ),
                Step(
                    "= -N sum(k: shares(T)[k] log(q[k]))",
                    by=rewrite,
                    why="the sum over samples is N times the share, by the definition of shares",
                ),
            ),
            note="N times the crossentropy between the shares and q.",
        ),
        Derivation(
            "The shares are a distribution",
            key="distribution",
            claim="sum(k: shares(S)[k]) = 1",
            steps=(
                Step(
                    "= sum(a: sum(k: S[a, k])) / N",
                    by=rewrite,
                    why="finite sums may be taken in either order, and N does not depend on the class",
                ),
                Step("= sum(a: 1) / N", by=Use("sum(k: S[a, k]) = 1"), why="the labels of every sample sum to 1"),
                Step("= 1", by=rewrite, why="N ones over N make 1"),
            ),
        ),
        Derivation(
            "The likeliest distribution is that of the shares",
            key="best",
            claim="crossentropy(p, r) >= crossentropy(p, p)",
            steps=(
                Step(
                    ">= entropy(p)",
                    by=Lemma("crossentropy.minimum", at="q = r"),
                    why="the crossentropy is the entropy plus a divergence, which is not negative",
                ),
                Step(
                    "= crossentropy(p, p)",
                    by=unfold,
                    why="with the truth itself as belief the definition of the crossentropy is that of the entropy",
                ),
            ),
            note="p are the shares: maximum likelihood estimates probabilities by counting, class by class.",
        ),
    ),
    examples=(
        Example(
            "likelihood_categorical([[1, 0, 0], [0, 1, 0]], [[1/2, 1/4, 1/4], [1/2, 1/4, 1/4]]) = 1/8",
            source="1/2 for the first label, 1/4 for the second",
        ),
        Example("shares([[1, 0], [1, 0], [0, 1], [1, 0]]) = [3/4, 1/4]", source="three of four samples have the first class"),
    ),
    false_claims=(
        FalseClaim(
            "-log(likelihood_categorical(T, Q)) = -sum(a: log(sum(k: T[a, k] Q[a, k])))",
            given="T, Q: simplex[N, n]",
            why="true of one-hot labels only; soft labels are exponents, not a mixture",
        ),
        FalseClaim(
            "-log(likelihood_categorical(T, Q)) = -sum(a: sum(k: T[a, k] log(Q[a, k]))) / N",
            given="T, Q: simplex[N, n]",
            why="the likelihood belongs to all samples: the sum, not the mean",
        ),
        FalseClaim(
            "prod(k: q[k]^delta(k, m)) = prod(k: q[k])",
            given="sum(k: q[k]) = 1",
            why="classes that did not come have the exponent 0: their factor is 1",
        ),
    ),
    exercises=(
        Exercise(
            (
                "Six draws from a box gave A five times and B once. Which probabilities make that likeliest, and what is the "
                "loss per draw?"
            ),
            "5/6 and 1/6; the entropy of (5/6, 1/6), 0.451 nats.",
        ),
    ),
    not_verified=("That real samples are independent: the product assumes it.",),
    references=(Reference("Bishop, Pattern Recognition and Machine Learning, section 4.3.4"),),
)
