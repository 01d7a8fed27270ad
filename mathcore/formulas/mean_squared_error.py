"""Mean squared error: the loss of regression."""

from mathcore.card import Accuracy, Card, Example, FalseClaim, Law, Reference

CARD = Card(
    name="mean_squared_error",
    title="Mean squared error",
    summary="The mean of the squared differences between labels and predictions. Large errors count more than in proportion.",
    given="n: size; t, y: real[n]; k: index[n]",
    define="mean_squared_error(t, y) = sum(k: (t[k] - y[k])^2) / n",
    numeric="mathcore.numeric.mean_squared_error",
    units="the square of the unit of the labels",
    prerequisites=("the mean",),
    invariants=(
        Law("is never negative", "mean_squared_error(t, y) >= 0", why="a negative loss came out"),
        Law("is 0 for a perfect prediction", "mean_squared_error(t, t) = 0", why="a perfect prediction has a loss"),
        Law(
            "is symmetric",
            "mean_squared_error(t, y) = mean_squared_error(y, t)",
            why="swapping labels and predictions changed the loss",
        ),
    ),
    accuracy=Accuracy(float64=4, float32=0.51, float16=0.51),
    examples=(
        Example("mean_squared_error([1, 2, 3], [1, 2, 5]) = 4/3"),
        Example("mean_squared_error([0, 0], [3, 4]) = 12.5"),
    ),
    mistakes=(
        "mathcore.mistakes.mean_squared_error.mean_absolute_error",
        "mathcore.mistakes.mean_squared_error.halved",
        "mathcore.mistakes.mean_squared_error.summed",
        "mathcore.mistakes.mean_squared_error.root",
        "mathcore.mistakes.mean_squared_error.of_the_mean",
    ),
    false_claims=(
        FalseClaim(
            "mean_squared_error(t, y) = sum(k: abs(t[k] - y[k])) / n",
            why="that is the mean absolute error; the note calls one by the other's name",
        ),
    ),
    references=(Reference("Gauss, Theoria motus (1809): least squares"),),
)
