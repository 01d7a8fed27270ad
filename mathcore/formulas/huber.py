"""The Huber loss: squared near the truth, linear far from it."""

from mathcore.card import Accuracy, Card, Example, Exercise, FalseClaim, Law, Reference

CARD = Card(
    name="huber",
    title="Huber loss",
    summary=(
        "Half the square of an error up to c (the argument `delta`), and the tangent of that parabola beyond: smooth at the truth like the "
        "squared error, and as patient with outliers as the absolute error. With m = min(|y - t|, c) both pieces are "
        "m (|y - t| - m / 2)."
    ),
    given="n: size; t, y: real[n]; c: positive; k: index[n]",
    define=("huber(t, y, c)[k] = min(abs(y[k] - t[k]), c) (abs(y[k] - t[k]) - min(abs(y[k] - t[k]), c) / 2)"),
    numeric="mathcore.numeric.huber",
    units="the square of the unit of the labels",
    prerequisites=("squares and absolute values", "tangents"),
    invariants=(
        Law("is never negative", "huber(t, y, c)[k] >= 0", why="a negative loss came out"),
        Law("is 0 for a perfect prediction", "huber(t, t, c)[k] = 0", why="a perfect prediction has a loss"),
        Law(
            "is symmetric",
            "huber(t, y, c)[k] = huber(y, t, c)[k]",
            why="swapping labels and predictions changed the loss",
        ),
        Law(
            "is half the square near the truth",
            "abs(y[k] - t[k]) <= c => huber(t, y, c)[k] = (y[k] - t[k])^2 / 2",
            why="a small error does not cost half its square",
        ),
        Law(
            "is a straight line far from it",
            "abs(y[k] - t[k]) >= c => huber(t, y, c)[k] = c (abs(y[k] - t[k]) - c / 2)",
            why="a large error is not on the tangent of the parabola",
        ),
        Law(
            "is at most half the square",
            "huber(t, y, c)[k] <= (y[k] - t[k])^2 / 2",
            why="an outlier costs more than by the squared error",
        ),
    ),
    accuracy=Accuracy(float64=2, float32=0.51, float16=0.51, domain="every finite input and every positive c"),
    examples=(
        Example("huber([0, 0, 0], [1/2, 1, -3], 1) = [0.125, 0.5, 2.5]"),
        Example("huber([0], [10], 2) = [18]", source="half the square is 50"),
        Example("huber([1, 2], [1, 2], 1) = [0, 0]"),
    ),
    mistakes=(
        "mathcore.mistakes.huber.without_the_half",
        "mathcore.mistakes.huber.not_joined",
        "mathcore.mistakes.huber.smooth_l1",
        "mathcore.mistakes.huber.one_sided",
        "mathcore.mistakes.huber.overflowing",
        "mathcore.mistakes.huber.averaged",
    ),
    false_claims=(
        FalseClaim("huber(t, y, c)[k] = (y[k] - t[k])^2 / 2", why="only up to c: beyond it the loss grows linearly"),
        FalseClaim("huber(t, y, c)[k] = c abs(y[k] - t[k])", why="the line that meets the parabola lies c^2 / 2 lower"),
    ),
    exercises=(
        Exercise(
            "Why c^2 / 2 lower than c |r|?",
            "At |r| = c the parabola is c^2 / 2 high and c steep: its tangent there is c (|r| - c / 2).",
        ),
        Exercise(
            "What becomes of the loss, divided by c, as c tends to 0?",
            "The absolute error: c (|r| - c / 2) / c tends to |r|.",
        ),
    ),
    not_verified=("Which c suits which data: 1.345 standard deviations is the usual advice for normal errors.",),
    references=(Reference("Huber, Robust estimation of a location parameter (1964)"),),
)
