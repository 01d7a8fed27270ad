"""Sparse categorical crossentropy: the same loss with the true class as an integer."""

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
    name="sparse_categorical_crossentropy",
    title="Sparse categorical crossentropy from logits",
    summary=(
        "The loss of a classifier whose labels are class numbers: the surprisal of the true class, which is minus the "
        "logarithm of the probability that softmax of the logits gives to it."
    ),
    given="n: size; t: index[n]; z: real[n]; c: real; j, k: index[n]",
    define="sparse_categorical_crossentropy(t, z) = -log(softmax(z)[t])",
    numeric="mathcore.numeric.sparse_categorical_crossentropy(from_logits=True)",
    units="nats",
    uses=("softmax", "log_softmax", "logsumexp", "one_hot", "categorical_crossentropy"),
    prerequisites=("categorical_crossentropy",),
    derivations=(
        Derivation(
            "Log-sum-exp less the score of the true class",
            key="logits",
            claim="sparse_categorical_crossentropy(t, z) = logsumexp(z) - z[t]",
            steps=(
                Step(
                    "= -log(exp(z[t]) / sum(k: exp(z[k])))",
                    by=unfold,
                    why="the definitions of the loss and of softmax, written out",
                ),
                Step(
                    "= log(sum(k: exp(z[k]))) - z[t]",
                    by=rewrite,
                    why="the logarithm of a quotient is a difference, log undoes exp, and the minus sign turns the difference round",
                ),
                Step("= logsumexp(z) - z[t]", by=fold, why="the definition of log-sum-exp, read backwards"),
            ),
        ),
        Derivation(
            "The loss of the one-hot label",
            key="one_hot",
            claim="sparse_categorical_crossentropy(t, z) = categorical_crossentropy(one_hot(t), z)",
            steps=(
                Step("= -log(softmax(z)[t])", by=unfold, why="the definition of the loss, written out"),
                Step(
                    "= -sum(k: delta(k, t) log(softmax(z)[k]))",
                    by=rewrite,
                    why="delta(k, t) is 1 for k = t and 0 otherwise, so only this term is left",
                ),
                Step(
                    "= categorical_crossentropy(one_hot(t), z)",
                    by=fold,
                    why="the definitions of one-hot and of the categorical crossentropy, read backwards",
                ),
            ),
            note="Integer labels save memory, not meaning: 50,000 classes cost one number a sample instead of 50,000.",
        ),
        Derivation(
            "Never negative",
            key="nonnegative",
            claim="sparse_categorical_crossentropy(t, z) >= 0",
            steps=(
                Step(
                    "= -log_softmax(z)[t]",
                    by=unfold,
                    why="the loss is minus the logarithm of softmax, and that logarithm is log-softmax",
                ),
                Step(
                    ">= 0",
                    by=Lemma("log_softmax.negative", at="i = t"),
                    why="a log probability is never positive, and the minus sign turns that round",
                ),
            ),
        ),
        Derivation(
            "A shift changes nothing",
            key="shift",
            claim="sparse_categorical_crossentropy(t, vector(k: z[k] + c)) = sparse_categorical_crossentropy(t, z)",
            steps=(
                Step(
                    "= logsumexp(vector(k: z[k] + c)) - (z[t] + c)",
                    by=rewrite,
                    why="the loss is log-sum-exp less the score of the true class, as shown above",
                ),
                Step("= logsumexp(z) + c - (z[t] + c)", by=rewrite, why="adding c to all scores adds c to log-sum-exp"),
                Step(
                    "= sparse_categorical_crossentropy(t, z)",
                    by=rewrite,
                    why="c is added and taken away; the rest is log-sum-exp less the score",
                ),
            ),
        ),
        Derivation(
            "Equal scores cost log n",
            key="start",
            claim="sparse_categorical_crossentropy(t, vector(k: c)) = log(n)",
            steps=(
                Step(
                    "= log(sum(k: exp(c))) - c",
                    by=rewrite,
                    why="the loss is log-sum-exp less the score of the true class, as shown above",
                ),
                Step("= log(n exp(c)) - c", by=rewrite, why="the sum has n equal terms exp(c)"),
                Step("= log(n)", by=rewrite, why="the logarithm of a product is a sum, log undoes exp, and c cancels"),
            ),
            note="A network that knows nothing starts here: with 10 classes at 2.303. A first loss far above it is a sign of wrong scaling.",
        ),
        Derivation(
            "At most what the true class lacks to the largest score, plus log n",
            key="upper",
            claim="sparse_categorical_crossentropy(t, z) <= max(k: z[k]) - z[t] + log(n)",
            steps=(
                Step(
                    "= logsumexp(z) - z[t]",
                    by=Lemma("logits"),
                    why="the loss is log-sum-exp less the score of the true class, as shown above",
                ),
                Step(
                    "<= max(k: z[k]) - z[t] + log(n)",
                    by=Lemma("logsumexp.upper"),
                    why=(
                        "log-sum-exp is at most log n above the maximum, as its page shows; the score of the true class is taken from "
                        "both"
                    ),
                ),
            ),
        ),
        Derivation(
            "At least what the true class lacks to the largest score",
            key="lower",
            claim="sparse_categorical_crossentropy(t, z) >= max(k: z[k]) - z[t]",
            steps=(
                Step(
                    "= logsumexp(z) - z[t]",
                    by=Lemma("logits"),
                    why="the loss is log-sum-exp less the score of the true class, as shown above",
                ),
                Step(
                    ">= max(k: z[k]) - z[t]",
                    by=Lemma("logsumexp.lower"),
                    why="log-sum-exp is never below the maximum, as its page shows; the score of the true class is taken from both",
                ),
            ),
        ),
        Derivation(
            "The gradient: 1 is taken from the true class",
            key="gradient",
            claim="D(sparse_categorical_crossentropy(t, z), z[j]) = softmax(z)[j] - delta(j, t)",
            steps=(
                Step(
                    "= D(logsumexp(z) - z[t], z[j])",
                    by=differentiate,
                    why="the loss is log-sum-exp less the score of the true class, as shown above",
                ),
                Step(
                    "= D(logsumexp(z), z[j]) - delta(j, t)",
                    by=differentiate,
                    why="z[t] moves with z[j] only if j = t, by 1 for every unit",
                ),
                Step(
                    "= softmax(z)[j] - delta(j, t)", by=differentiate, why="log-sum-exp has the slope softmax, as its page shows"
                ),
            ),
        ),
        Derivation(
            "A wrong prediction costs at least log 2",
            key="wrong",
            claim="j != t and z[t] <= z[j] => sparse_categorical_crossentropy(t, z) >= log(2)",
            steps=(
                Step(
                    "= log(sum(k: exp(z[k] - z[t])))",
                    by=unfold,
                    why=(
                        "the definitions; the fraction is divided above and below by exp(z[t]) and turned over, which takes up the minus "
                        "sign"
                    ),
                ),
                Step(
                    ">= log(1 + exp(z[j] - z[t]))",
                    by=Monotone(
                        "log(x)",
                        variable="x: positive",
                        inner="sum(k: exp(z[k] - z[t])) >= 1 + exp(z[j] - z[t])",
                        by=Certificate((Term("(1 - delta(k, t)) (1 - delta(k, j)) exp(z[k] - z[t])", over="k"),)),
                    ),
                    why="of the positive terms only k = t, which is 1, and k = j are kept, and log grows",
                ),
                Step(
                    ">= log(1 + exp(0))",
                    by=Monotone(
                        "log(1 + exp(x))", variable="x: real", inner="z[j] - z[t] >= 0", by=Certificate((Term("z[j] - z[t]"),))
                    ),
                    why="z[j] is at least z[t], so the exponent is at least 0",
                ),
                Step("= log(2)", by=rewrite, why="exp(0) = 1, and 1 + 1 is 2"),
            ),
            note="So the share of wrong predictions is at most the mean loss over log 2: a small loss forces a high accuracy.",
        ),
    ),
    invariants=(
        Law("is never negative", "sparse_categorical_crossentropy(t, z) >= 0", why="a negative loss came out"),
        Law(
            "is log-sum-exp less the score of the true class",
            "sparse_categorical_crossentropy(t, z) = logsumexp(z) - z[t]",
            why="it is not logsumexp(z) - z[label]; the label may be off by one",
        ),
        Law(
            "equals the loss of one-hot labels",
            "sparse_categorical_crossentropy(t, z) = categorical_crossentropy(vector(k: delta(k, t)), z)",
            why="integer labels and one-hot labels give different losses",
        ),
    ),
    accuracy=Accuracy(
        float64=3.5, float32=0.51, float16=0.51, masks=True, domain="every label and every logits, -inf masks included"
    ),
    examples=(
        Example("-log(softmax([40, 0, 0])[1]) = 8.4967e-18", source="label 0 in Python counts from 0, here indices count from 1"),
        Example("-log(softmax([0, 0, 0, 0])[3]) = 1.386294", source="four equal scores: log 4"),
    ),
    mistakes=(
        "mathcore.mistakes.sparse_categorical_crossentropy.counts_from_one(from_logits=True)",
        "mathcore.mistakes.sparse_categorical_crossentropy.of_the_likeliest_class(from_logits=True)",
        "mathcore.mistakes.sparse_categorical_crossentropy.wraps_negative_labels(from_logits=True)",
        "mathcore.mistakes.sparse_categorical_crossentropy.without_the_logarithm(from_logits=True)",
    ),
    false_claims=(
        FalseClaim(
            "sparse_categorical_crossentropy(t, z) <= log(n)",
            why=(
                "a wrong and confident model costs more than one that knows nothing: the scores 10 and 0 cost 10 if the second "
                "class is right"
            ),
        ),
        FalseClaim(
            "sparse_categorical_crossentropy(t, z) = -z[t]", why="without the log-sum-exp the loss would have no lower bound"
        ),
    ),
    not_verified=(
        (
            "The form that takes probabilities (from_logits=False): for a one-hot label the crossentropy is -log of one "
            "entry, as its page shows."
        ),
    ),
    references=(Reference("Keras, SparseCategoricalCrossentropy: the argument order and the name"),),
)
