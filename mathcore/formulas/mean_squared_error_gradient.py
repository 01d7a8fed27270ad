"""The gradient of the mean squared error by the predictions."""

from mathcore.card import Accuracy, Card, Example, FalseClaim, Law, Reference

CARD = Card(
    name="mean_squared_error_gradient",
    title="Gradient of the mean squared error",
    summary="Twice the error of each prediction, divided by the number of predictions.",
    given="n: size; t, y: real[n]; k: index[n]",
    define="mean_squared_error_gradient(t, y)[k] = 2 (y[k] - t[k]) / n",
    numeric="mathcore.numeric.mean_squared_error_value_and_grad[1]",
    units="the unit of the labels",
    uses=("mean_squared_error",),
    prerequisites=("mean_squared_error",),
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
    examples=(Example("mean_squared_error_gradient([1, 2], [2, 2]) = [1, 0]"),),
    mistakes=(
        "mathcore.mistakes.mean_squared_error.gradient_without_the_two",
        "mathcore.mistakes.mean_squared_error.gradient_of_the_sum",
        "mathcore.mistakes.mean_squared_error.gradient_uphill",
    ),
    false_claims=(
        FalseClaim("mean_squared_error_gradient(t, y)[k] = (y[k] - t[k]) / n", why="the 2 of the square's derivative is missing"),
    ),
    references=(Reference("Bishop, Pattern Recognition and Machine Learning, section 3.1"),),
)
