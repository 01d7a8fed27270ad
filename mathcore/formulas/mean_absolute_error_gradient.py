"""The gradient of the mean absolute error by the predictions."""

from mathcore.card import (
    Accuracy,
    Card,
    Derivation,
    Example,
    Exercise,
    FalseClaim,
    Law,
    Lemma,
    Reference,
    Step,
    fold,
    rewrite,
    unfold,
)

CARD = Card(
    name="mean_absolute_error_gradient",
    title="Gradient of the mean absolute error",
    summary=(
        "The slope of the mean absolute error by each prediction: the sign of its error, divided by the number of "
        "predictions. How far a prediction is off does not matter, only on which side. At a perfect prediction the loss "
        "has a corner, and 0 is taken among its slopes."
    ),
    given="n: size; t, y: real[n]; x: real; k: index[n]",
    define="mean_absolute_error_gradient(t, y)[k] = (y[k] - t[k]) / (n abs(y[k] - t[k]))",
    auxiliary=("cut(x) = max(-1, min(1, x))",),
    # differences of floats are multiples of 2^-1074, so this is the sign of y - t, and 0 at the corner
    on_bits="mean_absolute_error_gradient(t, y)[k] = cut(2^600 cut(2^600 (y[k] - t[k]))) / n",
    numeric="mathcore.numeric.mean_absolute_error_value_and_grad[1]",
    units="a number without unit",
    uses=("mean_absolute_error",),
    prerequisites=("mean_absolute_error",),
    derivations=(
        Derivation(
            "Only the side counts: above the label",
            key="above",
            claim="t[k] < y[k] => mean_absolute_error_gradient(t, y)[k] = 1 / n",
            steps=(
                Step("= (y[k] - t[k]) / (n abs(y[k] - t[k]))", by=unfold, why="the definition of the gradient, written out"),
                Step(
                    "= 1 / n",
                    by=rewrite,
                    why="the error is positive, so it is its own absolute value, which cancels: 1 over n is left",
                ),
            ),
        ),
        Derivation(
            "Below the label",
            key="below",
            claim="y[k] < t[k] => mean_absolute_error_gradient(t, y)[k] = -1 / n",
            steps=(
                Step("= (y[k] - t[k]) / (n abs(y[k] - t[k]))", by=unfold, why="the definition of the gradient, written out"),
                Step(
                    "= -1 / n",
                    by=rewrite,
                    why="the error is negative, so it is minus its absolute value, which cancels: -1 over n is left",
                ),
            ),
        ),
        Derivation(
            "The gradient of the loss above the labels",
            key="gradient",
            given="r: positive[n]; j: index[n]",
            claim="D(mean_absolute_error(t, vector(k: t[k] + r[k])), r[j]) = mean_absolute_error_gradient(t, vector(k: t[k] + r[k]))[j]",
            steps=(
                Step(
                    "= 1 / n",
                    by=Lemma("mean_absolute_error.slope_above"),
                    why="above the labels every unit costs 1/n, as the page of the mean absolute error shows",
                ),
                Step(
                    "= mean_absolute_error_gradient(t, vector(k: t[k] + r[k]))[j]",
                    by=unfold,
                    why="the definition: the error r[j] is positive, so it is its own absolute value and cancels",
                ),
            ),
        ),
        Derivation(
            "It changes sign with the error",
            key="odd",
            claim="y[k] != t[k] => mean_absolute_error_gradient(t, y)[k] = -mean_absolute_error_gradient(y, t)[k]",
            steps=(
                Step("= (y[k] - t[k]) / (n abs(y[k] - t[k]))", by=unfold, why="the definition of the gradient, written out"),
                Step(
                    "= -(t[k] - y[k]) / (n abs(t[k] - y[k]))",
                    by=rewrite,
                    why="turned round, the difference changes its sign and keeps its length",
                ),
                Step("= -mean_absolute_error_gradient(y, t)[k]", by=fold, why="the definition of the gradient, read backwards"),
            ),
        ),
        Derivation(
            "A step against it shortens the error",
            key="descends",
            claim="y[k] != t[k] => mean_absolute_error_gradient(t, y)[k] (y[k] - t[k]) = abs(y[k] - t[k]) / n",
            steps=(
                Step("= (y[k] - t[k])^2 / (n abs(y[k] - t[k]))", by=unfold, why="the definition of the gradient, written out"),
                Step(
                    "= abs(y[k] - t[k]) / n",
                    by=rewrite,
                    why="the square of a number is that of its absolute value, and one factor cancels",
                ),
            ),
        ),
    ),
    invariants=(
        Law(
            "is 0 for a perfect prediction",
            "mean_absolute_error_gradient(t, t)[k] = 0",
            why="a perfect prediction is pulled away",
        ),
        Law(
            "changes sign with the error",
            "mean_absolute_error_gradient(t, y)[k] = -mean_absolute_error_gradient(y, t)[k]",
            why="swapping labels and predictions did not turn the sign",
        ),
        Law(
            "points away from the label",
            "mean_absolute_error_gradient(t, y)[k] (y[k] - t[k]) >= 0",
            why="a step against it increases the error",
        ),
        Law(
            "has one size",
            "n abs(mean_absolute_error_gradient(t, y)[k]) <= 1",
            why="an error pulls the more the larger it is",
        ),
    ),
    accuracy=Accuracy(float64=0.51, float32=0.51, float16=0.51),
    examples=(
        Example("mean_absolute_error_gradient([1, 2], [2, 0]) = [0.5, -0.5]", source="too high, and too low"),
        Example(
            "mean_absolute_error_gradient([0, 0, 0], [1, 5, -100]) = [1/3, 1/3, -1/3]",
            source="the size of an error does not count",
        ),
        Example("mean_absolute_error_gradient([0], [7]) = [1]"),
    ),
    mistakes=(
        "mathcore.mistakes.mean_absolute_error.gradient_of_the_sum",
        "mathcore.mistakes.mean_absolute_error.gradient_uphill",
        "mathcore.mistakes.mean_absolute_error.gradient_of_the_square",
        "mathcore.mistakes.mean_absolute_error.gradient_never_0",
    ),
    false_claims=(
        FalseClaim(
            "mean_absolute_error_gradient(t, y)[k] = (y[k] - t[k]) / n",
            why="that is the gradient of half the mean squared error: only the sign counts here",
        ),
    ),
    exercises=(
        Exercise(
            "Why does gradient descent on this loss end in a zigzag at a fixed learning rate?",
            "The gradient does not shrink near the minimum: each step is as long as the one before. Lower the rate with time.",
        ),
    ),
    not_verified=(
        (
            "The choice of 0 at the corner: every slope from -1/n to 1/n belongs to a line that touches the loss from below "
            "there (a subgradient)."
        ),
    ),
    references=(Reference("Boyd, Vandenberghe, Convex Optimization, section 6.1.2"),),
)
