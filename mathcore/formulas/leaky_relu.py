"""The leaky rectified linear unit: x where it is positive, a small multiple of x elsewhere."""

from mathcore.card import Accuracy, Card, Example, Exercise, FalseClaim, Law, Reference

CARD = Card(
    name="leaky_relu",
    title="Leaky ReLU",
    summary=(
        "Like relu, but the negative side keeps a small slope, so that a gradient passes there too. The card states the usual "
        "slope 1/100; the function takes any that is not negative."
    ),
    given="x: real",
    define="leaky_relu(x) = max(x, 0) + min(x, 0) / 100",
    numeric="mathcore.numeric.leaky_relu",
    units="the unit of x",
    prerequisites=("the larger of two numbers",),
    invariants=(
        Law("keeps what is positive", "x >= 0 => leaky_relu(x) = x", why="the positive side was changed"),
        Law("is negative on the left", "x <= 0 => x <= leaky_relu(x) <= 0", why="on the left it does not lie between x and 0"),
        Law("grows", "leaky_relu(x) <= leaky_relu(x + y)", given="y: nonnegative", why="a larger input gave a smaller result"),
    ),
    accuracy=Accuracy(float64=2, float32=0.51, float16=0.51),
    examples=(
        Example("leaky_relu(3) = 3"),
        Example("leaky_relu(-2) = -0.02"),
        Example("leaky_relu(-100) = -1"),
        Example("leaky_relu(0) = 0"),
    ),
    mistakes=(
        "mathcore.mistakes.leaky_relu.without_leak",
        "mathcore.mistakes.leaky_relu.slope_of_keras",
        "mathcore.mistakes.leaky_relu.leaks_on_both_sides",
        "mathcore.mistakes.leaky_relu.leak_turned_up",
    ),
    false_claims=(
        FalseClaim("leaky_relu(x) >= 0", why="the left side is negative"),
        FalseClaim("leaky_relu(-x) = -leaky_relu(x)", why="the two sides have different slopes"),
    ),
    exercises=(
        Exercise(
            "Write it as the larger of two lines.",
            "max(x, x / 100): the steeper line wins on the right, the flatter on the left.",
        ),
        Exercise("Which x gives -0.5?", "The left side is x / 100, so x = -50."),
    ),
    not_verified=("Slopes other than 1/100, whose results are one rounded product.",),
    references=(Reference("Maas, Hannun, Ng, Rectifier nonlinearities improve neural network acoustic models (2013)"),),
)
