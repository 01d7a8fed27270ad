"""The gradient of the binary crossentropy by the logit: prediction minus label."""

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
    Term,
    differentiate,
    fold,
    rewrite,
    unfold,
)

CARD = Card(
    name="binary_crossentropy_gradient",
    title="Gradient of the binary crossentropy",
    summary=(
        "The slope of the binary crossentropy by the logit, along which a yes-or-no classifier learns: the predicted "
        "probability minus the label. For the label 1 that is -sigmoid(-z), and so it is computed: 1 is never subtracted "
        "from something near 1."
    ),
    given="t: unit; z: real",
    define="binary_crossentropy_gradient(t, z) = sigmoid(z) - t",
    numeric="mathcore.numeric.binary_crossentropy_value_and_grad(from_logits=True)[1]",
    units="nats per unit of the logit",
    uses=("sigmoid", "softplus", "binary_crossentropy"),
    prerequisites=("binary_crossentropy",),
    derivations=(
        Derivation(
            "The gradient of the loss",
            key="gradient",
            claim="D(binary_crossentropy(t, z), z) = binary_crossentropy_gradient(t, z)",
            steps=(
                Step(
                    "= sigmoid(z) - t",
                    by=Lemma("binary_crossentropy.gradient"),
                    why="the loss is softplus(z) - t z, and softplus has the slope sigmoid(z)",
                ),
                Step("= binary_crossentropy_gradient(t, z)", by=fold, why="the definition of the gradient, read backwards"),
            ),
        ),
        Derivation(
            "Nothing near 1 is subtracted",
            key="stable",
            claim="binary_crossentropy_gradient(t, z) = (1 - t) sigmoid(z) - t sigmoid(-z)",
            steps=(
                Step("= sigmoid(z) - t", by=unfold, why="the definition of the gradient, written out"),
                Step(
                    "= (1 - t) sigmoid(z) - t (1 - sigmoid(z))",
                    by=rewrite,
                    why="t sigmoid(z) is taken away in one term and added in the other",
                ),
                Step(
                    "= (1 - t) sigmoid(z) - t sigmoid(-z)",
                    by=rewrite,
                    why="1 - sigmoid(z) is sigmoid(-z): yes and no add up to 1",
                ),
            ),
            note="For the labels 0 and 1 one of the two terms is all there is: every digit of a tiny gradient is kept.",
        ),
        Derivation(
            "The label 1",
            key="yes",
            claim="binary_crossentropy_gradient(1, z) = -sigmoid(-z)",
            steps=(
                Step("= sigmoid(z) - 1", by=unfold, why="the definition of the gradient, at the label 1"),
                Step("= -sigmoid(-z)", by=rewrite, why="1 - sigmoid(z) is sigmoid(-z): yes and no add up to 1"),
            ),
        ),
        Derivation(
            "The classes change places with the sign",
            key="symmetry",
            claim="binary_crossentropy_gradient(1 - t, -z) = -binary_crossentropy_gradient(t, z)",
            steps=(
                Step("= sigmoid(-z) - (1 - t)", by=unfold, why="the definition of the gradient, at 1 - t and -z"),
                Step("= -(sigmoid(z) - t)", by=rewrite, why="sigmoid(-z) is 1 - sigmoid(z), and 1 is taken away again"),
                Step("= -binary_crossentropy_gradient(t, z)", by=fold, why="the definition of the gradient, read backwards"),
            ),
        ),
        Derivation(
            "Less than 1",
            key="above",
            claim="binary_crossentropy_gradient(t, z) < 1",
            steps=(
                Step("= sigmoid(z) - t", by=unfold, why="the definition of the gradient, written out"),
                Step(
                    "< 1",
                    by=Certificate((Term("1", lemma="sigmoid.below_one", at="x = z"), Term("t"))),
                    why="a sigmoid is less than 1, and a label is not negative",
                ),
            ),
        ),
        Derivation(
            "More than -1",
            key="below",
            claim="binary_crossentropy_gradient(t, z) > -1",
            steps=(
                Step("= sigmoid(z) - t", by=unfold, why="the definition of the gradient, written out"),
                Step(
                    "> -1",
                    by=Certificate((Term("1", lemma="sigmoid.positive", at="x = z"), Term("1 - t"))),
                    why="a sigmoid is positive, and a label at most 1",
                ),
            ),
            note="One sample never pulls a logit harder than 1, however wrong it is.",
        ),
        Derivation(
            "By the probability it is steeper",
            key="by_probability",
            given="q: positive; q < 1",
            claim="D(-t log(q) - (1 - t) log(1 - q), q) = (q - t) / (q (1 - q))",
            steps=(
                Step(
                    "= -t / q + (1 - t) / (1 - q)",
                    by=differentiate,
                    why="log(q) has the slope 1/q, and log(1 - q), by the chain rule, the slope -1/(1 - q)",
                ),
                Step("= (q - t) / (q (1 - q))", by=rewrite, why="over the common denominator: -t (1 - q) + (1 - t) q is q - t"),
            ),
            note=(
                "The slope s (1 - s) of the sigmoid cancels the denominator: prediction minus label is left. That is why loss and "
                "activation are matched."
            ),
        ),
        Derivation(
            "The squared error forgives sure mistakes",
            key="squared",
            claim="D((sigmoid(z) - t)^2 / 2, z) = binary_crossentropy_gradient(t, z) sigmoid(z) (1 - sigmoid(z))",
            steps=(
                Step(
                    "= (sigmoid(z) - t) D(sigmoid(z), z)",
                    by=differentiate,
                    why="the chain rule: half a square changes by its base times the slope of the base",
                ),
                Step(
                    "= (sigmoid(z) - t) sigmoid(z) (1 - sigmoid(z))",
                    by=differentiate,
                    why="the sigmoid has the slope sigmoid(z) (1 - sigmoid(z))",
                ),
                Step(
                    "= binary_crossentropy_gradient(t, z) sigmoid(z) (1 - sigmoid(z))",
                    by=fold,
                    why="the definition of the gradient, read backwards",
                ),
            ),
            note="Where the sigmoid is flat, at a sure mistake, the factor s (1 - s) takes the pull away.",
        ),
    ),
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
        Example("binary_crossentropy_gradient(1, 40) = -4.24835e-18", source="-sigmoid(-40), not 0"),
        Example("binary_crossentropy_gradient(0, 2) = 0.880797", source="sigmoid(2) - 0"),
        Example("binary_crossentropy_gradient(1, 2) = -0.119203", source="sigmoid(2) - 1"),
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
            why="the sign: the gradient points uphill, towards a larger loss, and label minus prediction points downhill",
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
