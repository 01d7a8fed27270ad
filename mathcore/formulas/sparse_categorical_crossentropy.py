"""Sparse categorical crossentropy: the same loss with the true class as an integer."""

from mathcore.card import Accuracy, Card, Example, FalseClaim, Law, Reference

CARD = Card(
    name="sparse_categorical_crossentropy",
    title="Sparse categorical crossentropy from logits",
    summary="The surprisal of the true class, given by its number: minus the log probability that softmax of the logits gives it.",
    given="n: size; t: index[n]; z: real[n]; c: real; k: index[n]",
    define="sparse_categorical_crossentropy(t, z) = -log(softmax(z)[t])",
    numeric="mathcore.numeric.sparse_categorical_crossentropy(from_logits=True)",
    units="nats",
    uses=("softmax", "logsumexp", "categorical_crossentropy"),
    prerequisites=("categorical_crossentropy",),
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
        Example("-log(softmax([0, 0, 0, 0])[3]) = 1.386294"),
    ),
    mistakes=(
        "mathcore.mistakes.sparse_categorical_crossentropy.counts_from_one(from_logits=True)",
        "mathcore.mistakes.sparse_categorical_crossentropy.of_the_likeliest_class(from_logits=True)",
        "mathcore.mistakes.sparse_categorical_crossentropy.wraps_negative_labels(from_logits=True)",
    ),
    false_claims=(
        FalseClaim("sparse_categorical_crossentropy(t, z) = -z[t]", why="without the log-sum-exp the loss has no bound below"),
    ),
    not_verified=(
        "The form that takes probabilities (from_logits=False): by the one-hot law of the card crossentropy it is -log of one entry.",
    ),
    references=(Reference("Keras, SparseCategoricalCrossentropy: the argument order and the name"),),
)
