"""The rectified linear unit: x where it is positive, otherwise 0."""

from mathcore.card import Accuracy, Card, Example, Exercise, FalseClaim, Law, Reference

CARD = Card(
    name="relu",
    title="ReLU",
    summary="The rectified linear unit: x where x is positive, otherwise 0. Nothing is rounded.",
    given="x: real",
    define="relu(x) = max(x, 0)",
    numeric="mathcore.numeric.relu",
    units="the unit of x",
    prerequisites=("the larger of two numbers",),
    invariants=(
        Law("is never negative", "relu(x) >= 0", why="a negative result came out"),
        Law("is at least x", "relu(x) >= x", why="the positive side was changed"),
        Law("left and right differ by x", "relu(x) - relu(-x) = x", why="x is not the difference of its two parts"),
        Law("grows", "relu(x) <= relu(x + y)", given="y: nonnegative", why="a larger input gave a smaller result"),
    ),
    accuracy=Accuracy(float64=0, float32=0, float16=0),
    examples=(
        Example("relu(3) = 3"),
        Example("relu(-2) = 0"),
        Example("relu(0) = 0"),
        Example("relu(-inf) = 0"),
    ),
    mistakes=(
        "mathcore.mistakes.relu.absolute",
        "mathcore.mistakes.relu.leaky",
        "mathcore.mistakes.relu.capped_at_6",
        "mathcore.mistakes.relu.smooth",
        "mathcore.mistakes.relu.wrong_side",
    ),
    false_claims=(
        FalseClaim("relu(-x) = -relu(x)", why="both are at least 0; they differ by x"),
        FalseClaim("relu(x + y) = relu(x) + relu(y)", given="y: real", why="true only where x and y have the same sign"),
        FalseClaim("relu(x) = abs(x)", why="the negative side is 0"),
    ),
    exercises=(
        Exercise("Write the absolute value with relu.", "|x| = relu(x) + relu(-x)."),
        Exercise("Where has it no derivative?", "At 0: the slope is 0 on the left and 1 on the right. Programs choose 0 there."),
    ),
    not_verified=("That networks with it train faster than with sigmoids.",),
    references=(
        Reference("Fukushima, Visual feature extraction by a multilayered network of analog threshold elements (1969)"),
        Reference("Nair, Hinton, Rectified linear units improve restricted Boltzmann machines (2010)"),
    ),
)
