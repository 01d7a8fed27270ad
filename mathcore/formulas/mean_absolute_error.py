"""Mean absolute error: the mean distance between labels and predictions."""

from mathcore.card import Accuracy, Card, Example, Exercise, FalseClaim, Law, Reference

CARD = Card(
    name="mean_absolute_error",
    title="Mean absolute error",
    summary=(
        "The mean of the distances between labels and predictions. Every unit of error costs the same, so one outlier does not "
        "outweigh the rest; the best constant prediction is the median, where that of the squared error is the mean."
    ),
    given="n: size; t, y: real[n]; c: real; k: index[n]",
    define="mean_absolute_error(t, y) = sum(k: abs(t[k] - y[k])) / n",
    numeric="mathcore.numeric.mean_absolute_error",
    units="the unit of the labels",
    prerequisites=("the mean", "absolute values"),
    invariants=(
        Law("is never negative", "mean_absolute_error(t, y) >= 0", why="a negative loss came out"),
        Law("is 0 for a perfect prediction", "mean_absolute_error(t, t) = 0", why="a perfect prediction has a loss"),
        Law(
            "is symmetric",
            "mean_absolute_error(t, y) = mean_absolute_error(y, t)",
            why="swapping labels and predictions changed the loss",
        ),
        Law(
            "keeps the scale",
            "mean_absolute_error(vector(k: 2 t[k]), vector(k: 2 y[k])) = 2 mean_absolute_error(t, y)",
            why="twice the errors are not twice the loss",
        ),
        Law(
            "is at least the distance of the means",
            "mean_absolute_error(t, y) >= abs(sum(k: t[k] - y[k])) / n",
            why="the mean of distances is below the distance of the means",
        ),
    ),
    accuracy=Accuracy(float64=2, float32=0.51, float16=0.51),
    examples=(
        Example("mean_absolute_error([1, 2, 3], [1, 2, 5]) = 2/3"),
        Example("mean_absolute_error([0, 0], [3, 4]) = 3.5", source="the mean squared error is 12.5"),
        Example("mean_absolute_error([1, 2, 3], [2, 2, 2]) = 2/3"),
    ),
    mistakes=(
        "mathcore.mistakes.mean_absolute_error.squared",
        "mathcore.mistakes.mean_absolute_error.summed",
        "mathcore.mistakes.mean_absolute_error.of_the_mean",
        "mathcore.mistakes.mean_absolute_error.signed",
        "mathcore.mistakes.mean_absolute_error.median",
    ),
    false_claims=(
        FalseClaim("mean_absolute_error(t, y) = abs(sum(k: t[k] - y[k])) / n", why="errors of opposite sign would cancel"),
        FalseClaim(
            "mean_absolute_error(t, y)^2 = sum(k: (t[k] - y[k])^2) / n",
            why="its square is at most the mean squared error, and equal only if all distances are",
        ),
    ),
    exercises=(
        Exercise(
            "The labels are 0, 0 and 9. Which single number predicts them best, by absolute and by squared error?",
            "The median 0, with a mean absolute error of 3; by squared error the mean 3.",
        ),
    ),
    references=(
        Reference("Laplace, Mémoire sur la probabilité des causes par les événements (1774): least absolute deviations"),
    ),
)
