"""The leaky rectified linear unit: x where it is positive, a small multiple of x elsewhere."""

from mathcore.card import (
    Accuracy,
    Card,
    Case,
    Certificate,
    Derivation,
    Example,
    Exercise,
    FalseClaim,
    Law,
    Reference,
    Split,
    Step,
    Term,
    differentiate,
    rewrite,
    unfold,
)

CARD = Card(
    name="leaky_relu",
    title="Leaky ReLU",
    summary=(
        "Like relu, but the negative side keeps a small slope, so that a gradient passes there too. The card states the usual "
        "slope 1/100; the function takes any that is not negative."
    ),
    given="x: real; c: positive",
    define="leaky_relu(x) = max(x, 0) + min(x, 0) / 100",
    numeric="mathcore.numeric.leaky_relu",
    units="the unit of x",
    uses=("relu",),
    prerequisites=("the larger of two numbers", "relu"),
    derivations=(
        Derivation(
            "Right of 0 it is x",
            key="right",
            claim="x >= 0 => leaky_relu(x) = x",
            steps=(
                Step("= max(x, 0) + min(x, 0) / 100", by=unfold, why="the definition of leaky relu, written out"),
                Step("= x", by=rewrite, why="x is not negative, so the larger of x and 0 is x, and the smaller is 0"),
            ),
        ),
        Derivation(
            "Left of 0 a hundredth of x leaks through",
            key="left",
            claim="x <= 0 => leaky_relu(x) = x / 100",
            steps=(
                Step("= max(x, 0) + min(x, 0) / 100", by=unfold, why="the definition of leaky relu, written out"),
                Step("= x / 100", by=rewrite, why="x is not positive, so the larger of x and 0 is 0, and the smaller is x"),
            ),
        ),
        Derivation(
            "The larger of two lines",
            key="lines",
            claim="leaky_relu(x) = max(x, x / 100)",
            steps=(
                Step("= max(x, 0) + min(x, 0) / 100", by=unfold, why="the definition of leaky relu, written out"),
                Step(
                    "= max(x, x / 100)",
                    by=Split((Case("x >= 0", rewrite), Case("x <= 0", rewrite))),
                    why="right of 0 x is at least x/100, so both sides are x; left of 0 x/100 is at least x, so both sides are x/100",
                ),
            ),
        ),
        Derivation(
            "A relu less a hundredth of the relu of -x",
            key="relu",
            claim="leaky_relu(x) = relu(x) - relu(-x) / 100",
            steps=(
                Step("= max(x, 0) + min(x, 0) / 100", by=unfold, why="the definition of leaky relu, written out"),
                Step(
                    "= relu(x) - relu(-x) / 100",
                    by=Split((Case("x >= 0", rewrite), Case("x <= 0", rewrite))),
                    why="min(x, 0) is minus the relu of -x: x left of 0, and 0 right of it",
                ),
            ),
        ),
        Derivation(
            "Never below x",
            key="above",
            claim="leaky_relu(x) >= x",
            steps=(
                Step(
                    ">= x",
                    by=Split((Case("x >= 0", Certificate((Term("0"),))), Case("x <= 0", Certificate((Term("-99 x / 100"),))))),
                    why="right of 0 it is x itself; left of 0 the number is negative, and a hundredth of it lies nearer to 0",
                ),
            ),
        ),
        Derivation(
            "A positive scale comes out",
            key="scale",
            claim="leaky_relu(c x) = c leaky_relu(x)",
            steps=(
                Step("= max(c x, 0) + min(c x, 0) / 100", by=unfold, why="the definition of leaky relu, at c x"),
                Step(
                    "= c leaky_relu(x)",
                    by=Split((Case("x >= 0", rewrite), Case("x <= 0", rewrite))),
                    why="c is positive, so c x and x lie on the same side of 0, and c comes out of both terms",
                ),
            ),
        ),
        Derivation(
            "Nothing is lost",
            key="inverse",
            claim="min(100 leaky_relu(x), leaky_relu(x)) = x",
            steps=(
                Step(
                    "= x",
                    by=Split((Case("x >= 0", rewrite), Case("x <= 0", rewrite))),
                    why="right of 0 the value is x, and a hundred times it is more; left of 0 the value is x/100, and a hundred times it is less",
                ),
            ),
            note="The input can be read off the output. A relu forgets everything left of 0.",
        ),
        Derivation(
            "The slope right of 0",
            key="slope_right",
            given="r: positive",
            claim="D(leaky_relu(r), r) = 1",
            steps=(Step("= 1", by=differentiate, why="right of 0 it is r itself, which has the slope 1"),),
        ),
        Derivation(
            "The slope left of 0",
            key="slope_left",
            given="r: positive",
            claim="D(leaky_relu(-r), r) = -1 / 100",
            steps=(
                Step(
                    "= D(-r / 100, r)",
                    by=differentiate,
                    why="-r is negative, and left of 0 leaky relu is a hundredth of its argument",
                ),
                Step("= -1 / 100", by=differentiate, why="the line -r/100 falls by 1/100 for every unit of r"),
            ),
        ),
    ),
    invariants=(
        Law("keeps what is positive", "x >= 0 => leaky_relu(x) = x", why="the positive side was changed"),
        Law("is negative on the left", "x <= 0 => x <= leaky_relu(x) <= 0", why="on the left it does not lie between x and 0"),
        Law("grows", "leaky_relu(x) <= leaky_relu(x + y)", given="y: nonnegative", why="a larger input gave a smaller result"),
    ),
    accuracy=Accuracy(float64=2, float32=0.51, float16=0.51),
    examples=(
        Example("leaky_relu(3) = 3"),
        Example("leaky_relu(-2) = -0.02", source="a hundredth of -2"),
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
        FalseClaim("leaky_relu(x) >= 0", why="left of 0 it is negative: at -2 it is -0.02"),
        FalseClaim("leaky_relu(-x) = -leaky_relu(x)", why="the two sides have different slopes: at 2 it is 2, at -2 it is -0.02"),
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
