"""The gradient of the sparse categorical crossentropy by the logits."""

from mathcore.card import (
    Accuracy,
    Card,
    Certificate,
    Derivation,
    Example,
    FalseClaim,
    Law,
    Lemma,
    Reference,
    Step,
    Term,
    fold,
    rewrite,
    unfold,
)

CARD = Card(
    name="sparse_categorical_crossentropy_gradient",
    title="Gradient of the sparse categorical crossentropy",
    summary=(
        "The slope of the sparse categorical crossentropy by each logit: softmax with 1 taken from the true class. For a "
        "confident model the entry of the true class is tiny, and still has all its digits."
    ),
    given="n: size; t: index[n]; z: real[n]; j, k: index[n]",
    define="sparse_categorical_crossentropy_gradient(t, z)[j] = softmax(z)[j] - delta(j, t)",
    numeric="mathcore.numeric.sparse_categorical_crossentropy_value_and_grad(from_logits=True)[1]",
    units="nats per unit of the logits",
    uses=("softmax", "one_hot", "categorical_crossentropy_gradient", "sparse_categorical_crossentropy"),
    prerequisites=("sparse_categorical_crossentropy",),
    derivations=(
        Derivation(
            "The gradient of the loss",
            key="gradient",
            claim="D(sparse_categorical_crossentropy(t, z), z[j]) = sparse_categorical_crossentropy_gradient(t, z)[j]",
            steps=(
                Step(
                    "= softmax(z)[j] - delta(j, t)",
                    by=Lemma("sparse_categorical_crossentropy.gradient"),
                    why=(
                        "the loss is log-sum-exp less the score of the true class: the first has the slope softmax, the second the slope "
                        "1 at j = t and 0 elsewhere"
                    ),
                ),
                Step(
                    "= sparse_categorical_crossentropy_gradient(t, z)[j]",
                    by=fold,
                    why="the definition of the gradient, read backwards",
                ),
            ),
        ),
        Derivation(
            "The same as with a one-hot label",
            key="one_hot",
            claim="sparse_categorical_crossentropy_gradient(t, z)[j] = categorical_crossentropy_gradient(one_hot(t), z)[j]",
            steps=(
                Step("= softmax(z)[j] - delta(j, t)", by=unfold, why="the definition of the gradient, written out"),
                Step(
                    "= sum(k: delta(k, t)) softmax(z)[j] - delta(j, t)",
                    by=rewrite,
                    why="a one-hot label sums to 1, and a factor 1 may be added",
                ),
                Step(
                    "= categorical_crossentropy_gradient(one_hot(t), z)[j]",
                    by=fold,
                    why="the definitions of one-hot and of that gradient, read backwards",
                ),
            ),
        ),
        Derivation(
            "What one class gains the others lose",
            key="sum",
            claim="sum(j: sparse_categorical_crossentropy_gradient(t, z)[j]) = 0",
            steps=(
                Step(
                    "= sum(j: softmax(z)[j]) - sum(j: delta(j, t))",
                    by=unfold,
                    why="the definition of the gradient, added up; a sum of differences is the difference of the sums",
                ),
                Step("= 1 - 1", by=rewrite, why="the probabilities sum to 1, and delta(j, t) is 1 for exactly one j"),
                Step("= 0", by=rewrite, why="1 less 1 is 0"),
            ),
        ),
        Derivation(
            "The true class is pulled up by what it lacks",
            key="true_class",
            claim="sparse_categorical_crossentropy_gradient(t, z)[t] = -sum(k: (1 - delta(k, t)) softmax(z)[k])",
            steps=(
                Step("= softmax(z)[t] - 1", by=unfold, why="the definition of the gradient, at the true class"),
                Step(
                    "= softmax(z)[t] - sum(k: softmax(z)[k])",
                    by=rewrite,
                    why="the probabilities sum to 1, so their sum may stand for 1",
                ),
                Step(
                    "= -sum(k: (1 - delta(k, t)) softmax(z)[k])",
                    by=rewrite,
                    why="the term k = t of the sum cancels, and the others are left",
                ),
            ),
            note="So it is computed: minus the sum of the others keeps the digits that softmax - 1 loses near 1.",
        ),
        Derivation(
            "The true class is never pushed down",
            key="up",
            claim="sparse_categorical_crossentropy_gradient(t, z)[t] <= 0",
            steps=(
                Step(
                    "= -sum(k: (1 - delta(k, t)) softmax(z)[k])",
                    by=Lemma("true_class"),
                    why="the true class is pulled up by what it lacks, as just shown",
                ),
                Step(
                    "<= 0",
                    by=Certificate((Term("(1 - delta(k, t)) softmax(z)[k]", over="k"),)),
                    why="no probability is negative, so minus a sum of some of them is at most 0",
                ),
            ),
        ),
    ),
    invariants=(
        Law("sums to zero", "sum(j: sparse_categorical_crossentropy_gradient(t, z)[j]) = 0", why="the entries do not cancel"),
        Law(
            "pulls the true class up",
            "sparse_categorical_crossentropy_gradient(t, z)[t] <= 0",
            why="the true class would be pushed down",
        ),
    ),
    accuracy=Accuracy(
        float64=4, float32=0.51, float16=0.51, masks=True, domain="every label and every logits, -inf masks included"
    ),
    examples=(Example("vector(j: softmax([0, 0])[j] - delta(j, 1)) = [-1/2, 1/2]", given="j: index[2]"),),
    mistakes=(
        "mathcore.mistakes.sparse_categorical_crossentropy.gradient_of_the_loss_alone",
        "mathcore.mistakes.sparse_categorical_crossentropy.gradient_by_subtraction",
        "mathcore.mistakes.sparse_categorical_crossentropy.gradient_uphill",
        "mathcore.mistakes.sparse_categorical_crossentropy.gradient_counts_from_one",
    ),
    false_claims=(
        FalseClaim(
            "sparse_categorical_crossentropy_gradient(t, z)[j] = softmax(z)[j] - 1",
            why="1 is taken from the true class only: for the others the gradient is softmax itself",
        ),
    ),
    references=(Reference("Bishop, Pattern Recognition and Machine Learning, equation (4.109)"),),
)
