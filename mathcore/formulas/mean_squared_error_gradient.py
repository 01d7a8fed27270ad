"""The gradient of the mean squared error by the predictions."""

from mathcore.card import Accuracy, Card, Derivation, Example, FalseClaim, Law, Lemma, Reference, Step, fold, rewrite, unfold

CARD = Card(
    name="mean_squared_error_gradient",
    title="Gradient of the mean squared error",
    summary=(
        "The slope of the mean squared error by each prediction: twice its error, divided by the number of predictions. "
        "A prediction that is far off pulls hard, and an outlier pulls hardest."
    ),
    given="n: size; t, y: real[n]; k: index[n]",
    define="mean_squared_error_gradient(t, y)[k] = 2 (y[k] - t[k]) / n",
    numeric="mathcore.numeric.mean_squared_error_value_and_grad[1]",
    units="the unit of the labels",
    uses=("mean_squared_error",),
    prerequisites=("mean_squared_error",),
    derivations=(
        Derivation(
            "The gradient of the loss",
            key="gradient",
            claim="D(mean_squared_error(t, y), y[k]) = mean_squared_error_gradient(t, y)[k]",
            steps=(
                Step(
                    "= 2 (y[k] - t[k]) / n",
                    by=Lemma("mean_squared_error.gradient", at="j = k"),
                    why="the gradient, derived on the page of the loss: only the term k depends on y[k]",
                ),
                Step("= mean_squared_error_gradient(t, y)[k]", by=fold, why="the definition of the gradient, read backwards"),
            ),
        ),
        Derivation(
            "The pulls add up to twice the mean error",
            key="sum",
            claim="sum(k: mean_squared_error_gradient(t, y)[k]) = 2 (sum(k: y[k]) / n - sum(k: t[k]) / n)",
            steps=(
                Step("= sum(k: 2 (y[k] - t[k]) / n)", by=unfold, why="the definition of the gradient, written out"),
                Step(
                    "= 2 (sum(k: y[k]) / n - sum(k: t[k]) / n)",
                    by=rewrite,
                    why="the sum is taken apart, and 2/n, which does not depend on k, leaves both parts",
                ),
            ),
            note="It is 0 exactly if predictions and labels agree on average; a least-squares fit with a bias always ends there.",
        ),
        Derivation(
            "One step with the rate n/2 arrives",
            key="arrives",
            claim="y[k] - (n / 2) mean_squared_error_gradient(t, y)[k] = t[k]",
            steps=(
                Step("= y[k] - (n / 2) (2 (y[k] - t[k]) / n)", by=unfold, why="the definition of the gradient, written out"),
                Step("= t[k]", by=rewrite, why="n/2 and 2/n cancel, and y[k] - (y[k] - t[k]) is t[k]"),
            ),
        ),
        Derivation(
            "The loss from its gradient",
            key="square",
            claim="sum(k: mean_squared_error_gradient(t, y)[k]^2) = 4 mean_squared_error(t, y) / n",
            steps=(
                Step("= sum(k: (2 (y[k] - t[k]) / n)^2)", by=unfold, why="the definition of the gradient, written out"),
                Step(
                    "= (4 / n) (sum(k: (t[k] - y[k])^2) / n)",
                    by=rewrite,
                    why="(2/n)^2 leaves the sum, and a number and its negative have the same square",
                ),
                Step("= 4 mean_squared_error(t, y) / n", by=fold, why="the definition of the loss, read backwards"),
            ),
            note="So the gradient vanishes only where the loss does: this loss has no other flat place in the predictions.",
        ),
    ),
    invariants=(
        Law(
            "is 0 for a perfect prediction", "mean_squared_error_gradient(t, t)[k] = 0", why="a perfect prediction is pulled away"
        ),
        Law(
            "changes sign with the error",
            "mean_squared_error_gradient(t, y)[k] = -mean_squared_error_gradient(y, t)[k]",
            why="swapping labels and predictions did not turn the sign",
        ),
    ),
    accuracy=Accuracy(float64=2, float32=0.51, float16=0.51),
    examples=(
        Example("mean_squared_error_gradient([1, 2], [2, 2]) = [1, 0]", source="2 (2 - 1)/2; the second prediction is perfect"),
    ),
    mistakes=(
        "mathcore.mistakes.mean_squared_error.gradient_without_the_two",
        "mathcore.mistakes.mean_squared_error.gradient_of_the_sum",
        "mathcore.mistakes.mean_squared_error.gradient_uphill",
        "mathcore.mistakes.mean_squared_error.gradient_of_the_root",
    ),
    false_claims=(
        FalseClaim("mean_squared_error_gradient(t, y)[k] = (y[k] - t[k]) / n", why="the 2 of the square's derivative is missing"),
    ),
    references=(Reference("Bishop, Pattern Recognition and Machine Learning, section 3.1"),),
)
