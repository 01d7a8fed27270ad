"""Categorical crossentropy: the loss of a softmax classifier, from its logits."""

from mathcore.card import Accuracy, Card, Example, FalseClaim, Law, Reference

CARD = Card(
    name="categorical_crossentropy",
    title="Categorical crossentropy from logits",
    summary=(
        "The crossentropy between the labels (one-hot, or any distribution) and softmax of the logits, in one piece: "
        "softmax followed by a logarithm would lose the loss of a confident model."
    ),
    given="n: size; t: simplex[n]; z: real[n]; c: real; k: index[n]",
    define="categorical_crossentropy(t, z) = -sum(k: t[k] log(softmax(z)[k]))",
    numeric="mathcore.numeric.categorical_crossentropy(from_logits=True)",
    units="nats",
    uses=("softmax", "logsumexp", "crossentropy"),
    prerequisites=("crossentropy",),
    invariants=(
        Law("is never negative", "categorical_crossentropy(t, z) >= 0", why="a negative loss came out"),
        Law(
            "is the crossentropy with softmax",
            "categorical_crossentropy(t, z) = crossentropy(t, softmax(z))",
            why="it is not the crossentropy of softmax; softmax may have been applied twice or not at all",
        ),
        Law(
            "ignores a shift of the logits",
            "categorical_crossentropy(t, vector(k: z[k] + c)) = categorical_crossentropy(t, z)",
            why="adding one number to all logits changed the loss",
        ),
    ),
    accuracy=Accuracy(
        float64=3.5,
        float32=0.51,
        float16=0.51,
        masks=True,
        domain="every label distribution and every logits, -inf masks included",
    ),
    examples=(
        Example("categorical_crossentropy([1, 0, 0], [40, 0, 0]) = 8.4967e-18", source="SciPy, torch and jax return 0"),
        Example("categorical_crossentropy([0, 1], [0, 0]) = 0.693147"),
        Example("categorical_crossentropy([1/2, 1/2, 0], [0, 1, -inf]) = 0.8132617", source="0 log 0 = 0; torch returns nan"),
    ),
    mistakes=(
        "mathcore.mistakes.categorical_crossentropy.softmax_twice(from_logits=True)",
        "mathcore.mistakes.categorical_crossentropy.mean_over_classes(from_logits=True)",
        "mathcore.mistakes.categorical_crossentropy.clipped(from_logits=True)",
    ),
    false_claims=(
        FalseClaim(
            "categorical_crossentropy(t, softmax(z)) = categorical_crossentropy(t, z)",
            why="softmax twice is another loss, and a worse one",
        ),
    ),
    not_verified=("The form that takes probabilities (from_logits=False): it is the card crossentropy, and is checked there.",),
    references=(Reference("Keras, CategoricalCrossentropy: the argument order and the name"),),
)
