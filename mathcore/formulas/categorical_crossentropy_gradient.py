"""The gradient of the categorical crossentropy by the logits: prediction minus label."""

from mathcore.card import Accuracy, Card, Example, FalseClaim, Law, Reference

CARD = Card(
    name="categorical_crossentropy_gradient",
    title="Gradient of the categorical crossentropy",
    summary="What the loss asks of each logit: its probability minus its label. It sums to 0: one class gains what others lose.",
    given="n: size; t: simplex[n]; z: real[n]; j, k: index[n]",
    define="categorical_crossentropy_gradient(t, z)[j] = sum(k: t[k]) softmax(z)[j] - t[j]",
    numeric="mathcore.numeric.categorical_crossentropy_value_and_grad(from_logits=True)[1]",
    units="nats per unit of the logits",
    uses=("softmax", "categorical_crossentropy"),
    prerequisites=("categorical_crossentropy",),
    invariants=(
        Law("sums to zero", "sum(j: categorical_crossentropy_gradient(t, z)[j]) = 0", why="the entries do not cancel"),
        Law(
            "lies between -1 and 1",
            "-1 <= categorical_crossentropy_gradient(t, z)[j] <= 1",
            why="an entry is larger than any difference of probabilities",
        ),
    ),
    accuracy=Accuracy(
        bound="4 u (sum(k: t[k]) softmax(z)[j] + t[j])",
        masks=True,
        domain="every label distribution and every logits, -inf masks included",
    ),
    examples=(
        Example("categorical_crossentropy_gradient([0, 1, 0], [2, 1, 0]) = [0.66524, -0.75527, 0.09003]"),
        Example("categorical_crossentropy_gradient([1/2, 1/2], [0, 0]) = [0, 0]", source="a perfect prediction"),
    ),
    mistakes=(
        "mathcore.mistakes.categorical_crossentropy.gradient_uphill",
        "mathcore.mistakes.categorical_crossentropy.gradient_of_the_mean",
    ),
    false_claims=(
        FalseClaim(
            "categorical_crossentropy_gradient(t, z)[j] = t[j] - softmax(z)[j]",
            why="the sign: the gradient points uphill, towards a larger loss",
        ),
    ),
    references=(Reference("Bishop, Pattern Recognition and Machine Learning, equation (4.109)"),),
)
