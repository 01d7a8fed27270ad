"""The gradient of the binary crossentropy by the logit: prediction minus label."""

from mathcore.card import Accuracy, Card, Example, Exercise, FalseClaim, Law, Reference

CARD = Card(
    name="binary_crossentropy_gradient",
    title="Gradient of the binary crossentropy",
    summary=(
        "What the loss asks of the logit: the predicted probability minus the label. For the label 1 that is -sigmoid(-z), and "
        "so it is computed: 1 is never subtracted from something near 1."
    ),
    given="t: unit; z: real",
    define="binary_crossentropy_gradient(t, z) = sigmoid(z) - t",
    numeric="mathcore.numeric.binary_crossentropy_value_and_grad(from_logits=True)[1]",
    units="nats per unit of the logit",
    uses=("softplus", "binary_crossentropy"),
    prerequisites=("binary_crossentropy",),
    invariants=(
        Law(
            "lies between -1 and 1",
            "-1 <= binary_crossentropy_gradient(t, z) <= 1",
            why="it is larger than any difference of probabilities",
        ),
        Law(
            "changes sign with the classes",
            "binary_crossentropy_gradient(t, z) = -binary_crossentropy_gradient(1 - t, -z)",
            why="renaming the classes did not turn the sign",
        ),
        Law(
            "is minus the probability of the other class for the label 1",
            "binary_crossentropy_gradient(1, z) = -sigmoid(-z)",
            why="the label 1 does not pull by the probability of the label 0",
        ),
        Law("is the prediction for the label 0", "binary_crossentropy_gradient(0, z) = sigmoid(z)", why="it is not sigmoid(z)"),
    ),
    accuracy=Accuracy(bound="4 u ((1 - t) sigmoid(z) + t sigmoid(-z))", domain="every label from 0 to 1 and every finite logit"),
    examples=(
        Example("binary_crossentropy_gradient(1/2, 0) = 0", source="a perfect prediction"),
        Example("binary_crossentropy_gradient(1, 40) = -4.24835e-18"),
        Example("binary_crossentropy_gradient(0, 2) = 0.880797"),
        Example("binary_crossentropy_gradient(1, 2) = -0.119203"),
    ),
    mistakes=(
        "mathcore.mistakes.binary_crossentropy.gradient_uphill",
        "mathcore.mistakes.binary_crossentropy.gradient_by_the_probability",
        "mathcore.mistakes.binary_crossentropy.gradient_with_a_second_slope",
        "mathcore.mistakes.binary_crossentropy.gradient_subtracted",
    ),
    false_claims=(
        FalseClaim(
            "binary_crossentropy_gradient(t, z) = t - sigmoid(z)",
            why="the sign: the gradient points uphill, towards a larger loss",
        ),
        FalseClaim(
            "binary_crossentropy_gradient(t, z) = (sigmoid(z) - t) sigmoid(z) sigmoid(-z)",
            why="the slope of the sigmoid cancels: a sure mistake is corrected with full force",
        ),
    ),
    exercises=(
        Exercise(
            "The squared error (sigmoid(z) - t)^2 / 2 has the gradient (sigmoid(z) - t) sigmoid'(z). Why is it the worse loss?",
            "For a sure mistake, z = 40 with t = 0, the slope of the sigmoid is 4e-18: the mistake is hardly corrected.",
        ),
    ),
    not_verified=(
        "The gradient by a probability, (q - t) / (q (1 - q)): tests measure it, to 3 ULP.",
        "That for the labels 0 and 1 the error stays within 2 ULP: tests measure it; the bar above allows 4.",
    ),
    references=(Reference("Bishop, Pattern Recognition and Machine Learning, equation (4.91)"),),
)
