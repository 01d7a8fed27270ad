"""The gradient of the sparse categorical crossentropy by the logits."""

from mathcore.card import Accuracy, Card, Example, FalseClaim, Law, Reference

CARD = Card(
    name="sparse_categorical_crossentropy_gradient",
    title="Gradient of the sparse categorical crossentropy",
    summary="Softmax with 1 taken from the true class. For a confident model the entry of the true class is tiny, and still has all its digits.",
    given="n: size; t: index[n]; z: real[n]; j, k: index[n]",
    define="sparse_categorical_crossentropy_gradient(t, z)[j] = softmax(z)[j] - delta(j, t)",
    numeric="mathcore.numeric.sparse_categorical_crossentropy_value_and_grad(from_logits=True)[1]",
    units="nats per unit of the logits",
    uses=("softmax", "sparse_categorical_crossentropy"),
    prerequisites=("sparse_categorical_crossentropy",),
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
    ),
    false_claims=(
        FalseClaim(
            "sparse_categorical_crossentropy_gradient(t, z)[j] = softmax(z)[j] - 1", why="1 is taken from the true class only"
        ),
    ),
    references=(Reference("Bishop, Pattern Recognition and Machine Learning, equation (4.109)"),),
)
