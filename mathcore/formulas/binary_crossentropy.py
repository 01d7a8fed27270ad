"""Binary crossentropy: the loss of a yes-or-no classifier, from its logits."""

from mathcore.card import Accuracy, Card, Example, Exercise, FalseClaim, Law, Reference

CARD = Card(
    name="binary_crossentropy",
    title="Binary crossentropy from logits",
    summary=(
        "The surprisal of a yes-or-no label when sigmoid(z) is the predicted probability of yes: the crossentropy of two "
        "classes, of which the other has the probability 1 - sigmoid(z) = sigmoid(-z). From the logit z nothing is lost; a "
        "probability that is rounded to 1 would have a loss of 0 or infinity."
    ),
    given="t: unit; z: real",
    define="binary_crossentropy(t, z) = -t log(sigmoid(z)) - (1 - t) log(sigmoid(-z))",
    numeric="mathcore.numeric.binary_crossentropy(from_logits=True)",
    units="nats",
    uses=("softplus",),
    prerequisites=("softplus", "crossentropy"),
    invariants=(
        Law("is never negative", "binary_crossentropy(t, z) >= 0", why="a negative loss came out"),
        Law(
            "is made of two softplus",
            "binary_crossentropy(t, z) = t softplus(-z) + (1 - t) softplus(z)",
            why="it is not the expected softplus of the score against the label",
        ),
        Law(
            "does not care which class is called 1",
            "binary_crossentropy(t, z) = binary_crossentropy(1 - t, -z)",
            why="renaming the classes changed the loss",
        ),
        Law(
            "is at least what the logit has against the label",
            "binary_crossentropy(t, z) >= max(z, 0) - t z",
            why="the loss is smaller than that of the sharpest prediction with this sign",
        ),
        Law("is the softplus for the label 0", "binary_crossentropy(0, z) = softplus(z)", why="the label 0 is charged wrongly"),
    ),
    accuracy=Accuracy(float64=2, float32=0.51, float16=0.51, domain="every label from 0 to 1 and every finite logit"),
    examples=(
        Example("binary_crossentropy(0, -45.748) = 1.355e-20", source="the usual form returns 0 here"),
        Example("binary_crossentropy(1, 0) = 0.693147"),
        Example("binary_crossentropy(1, 1000) = 0"),
        Example("binary_crossentropy(0, 1000) = 1000"),
        Example("binary_crossentropy(1/4, 2) = 1.626928"),
    ),
    mistakes=(
        "mathcore.mistakes.binary_crossentropy.through_probabilities",
        "mathcore.mistakes.binary_crossentropy.usual_form",
        "mathcore.mistakes.binary_crossentropy.clipped",
        "mathcore.mistakes.binary_crossentropy.logits_as_probabilities",
        "mathcore.mistakes.binary_crossentropy.only_the_label_1",
        "mathcore.mistakes.binary_crossentropy.base_two",
        "mathcore.mistakes.binary_crossentropy.swapped",
    ),
    false_claims=(
        FalseClaim("binary_crossentropy(t, z) = -t log(sigmoid(z))", why="the label 0 would cost nothing whatever is predicted"),
        FalseClaim(
            "binary_crossentropy(t, z) = binary_crossentropy(1 - t, z)",
            why="the classes change places only if z changes its sign",
        ),
    ),
    exercises=(
        Exercise(
            "Which constant logit is best for labels of which a quarter is 1, and what does it cost?",
            "sigmoid(z) = 1/4, so z = -log 3; the loss is then the entropy of (1/4, 3/4), 0.562 nats.",
        ),
        Exercise(
            "What is lost by computing q = sigmoid(40) first and then -log(1 - q)?",
            "q rounds to 1 in float64, so the loss of the label 0 comes out infinite instead of 40.",
        ),
    ),
    not_verified=("The form that takes probabilities (from_logits=False): tests measure it, to the same 2 ULP.",),
    references=(
        Reference("Bishop, Pattern Recognition and Machine Learning, equation (4.90)"),
        Reference("Keras, BinaryCrossentropy: the argument order and the name"),
    ),
)
