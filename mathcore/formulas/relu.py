"""The rectified linear unit: x where it is positive, otherwise 0."""

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
    Lemma,
    Reference,
    Split,
    Step,
    Term,
    Use,
    differentiate,
    fold,
    rewrite,
    unfold,
)

CARD = Card(
    name="relu",
    title="ReLU",
    summary=(
        "The rectified linear unit, the usual activation of hidden layers: x where x is positive, otherwise 0. In floats "
        "nothing is rounded. It has no slope at 0, and left of 0 the slope is 0: there nothing is learned."
    ),
    given="x, y: real; c: positive",
    define="relu(x) = max(x, 0)",
    numeric="mathcore.numeric.relu",
    units="the unit of x",
    uses=("softplus",),
    prerequisites=("the larger of two numbers",),
    derivations=(
        Derivation(
            "Right of 0 it is x",
            key="right",
            claim="x >= 0 => relu(x) = x",
            steps=(
                Step("= max(x, 0)", by=unfold, why="the definition of relu, written out"),
                Step("= x", by=rewrite, why="x is not below 0, so x is the larger of the two"),
            ),
        ),
        Derivation(
            "Left of 0 it is 0",
            key="left",
            claim="x <= 0 => relu(x) = 0",
            steps=(
                Step("= max(x, 0)", by=unfold, why="the definition of relu, written out"),
                Step("= 0", by=rewrite, why="x is not above 0, so 0 is the larger of the two"),
            ),
        ),
        Derivation(
            "Never negative",
            key="nonnegative",
            claim="relu(x) >= 0",
            steps=(
                Step(
                    ">= 0",
                    by=Certificate((Term("relu(x)"),)),
                    why="the larger of x and 0 is not below 0",
                ),
            ),
        ),
        Derivation(
            "Never below x",
            key="above",
            claim="relu(x) >= x",
            steps=(
                Step(
                    ">= x",
                    by=Split((Case("x >= 0", Certificate((Term("0"),))), Case("x <= 0", Certificate((Term("-x"),))))),
                    why="right of 0 it is x itself; left of 0 it is 0, which is not below x",
                ),
            ),
        ),
        Derivation(
            "x is its positive part less its negative part",
            key="parts",
            claim="relu(x) - relu(-x) = x",
            steps=(
                Step("= max(x, 0) - max(-x, 0)", by=unfold, why="the definition of relu, twice"),
                Step(
                    "= x",
                    by=Split((Case("x >= 0", rewrite), Case("x <= 0", rewrite))),
                    why="right of 0 it is x - 0, left of 0 it is 0 - (-x)",
                ),
            ),
        ),
        Derivation(
            "The absolute value is both parts together",
            key="absolute",
            claim="relu(x) + relu(-x) = abs(x)",
            steps=(
                Step("= max(x, 0) + max(-x, 0)", by=unfold, why="the definition of relu, twice"),
                Step(
                    "= abs(x)",
                    by=Split((Case("x >= 0", rewrite), Case("x <= 0", rewrite))),
                    why="right of 0 the parts are x and 0, left of 0 they are 0 and -x: either way |x| in all",
                ),
            ),
        ),
        Derivation(
            "A positive scale comes out",
            key="scale",
            claim="relu(c x) = c relu(x)",
            steps=(
                Step("= max(c x, 0)", by=unfold, why="the definition of relu, at c x"),
                Step(
                    "= c max(x, 0)",
                    by=Split((Case("x >= 0", rewrite), Case("x <= 0", rewrite))),
                    why="c is positive, so c x and x lie on the same side of 0: either both maxima are 0, or they are c x and x",
                ),
                Step("= c relu(x)", by=fold, why="the definition of relu, read backwards"),
            ),
            note="Weights may be doubled before a relu and halved after it: the network stays the same function.",
        ),
        Derivation(
            "Twice is once",
            key="twice",
            claim="relu(relu(x)) = relu(x)",
            steps=(
                Step(
                    "= relu(x)",
                    by=Split((Case("x >= 0", rewrite), Case("x <= 0", rewrite))),
                    why="what is not negative passes unchanged, and the first relu left nothing negative",
                ),
            ),
        ),
        Derivation(
            "It grows",
            key="grows",
            claim="x <= y => relu(x) <= relu(y)",
            steps=(
                Step(
                    "<= relu(y)",
                    by=Split(
                        (
                            Case("x >= 0 and y >= 0", Use("x <= y")),
                            Case("x <= 0 and y >= 0", Certificate((Term("y"),))),
                            Case("x >= 0 and y <= 0", Use("x <= y")),
                            Case("x <= 0 and y <= 0", Certificate((Term("0"),))),
                        )
                    ),
                    why="if both lie right of 0 they keep their order; if both lie left both give 0; if 0 lies between, the left one gives 0 and the right one y",
                ),
            ),
        ),
        Derivation(
            "The relu of a sum is at most the sum of the relus",
            key="triangle",
            claim="relu(x + y) <= relu(x) + relu(y)",
            steps=(
                Step(
                    "<= relu(x) + relu(y)",
                    by=Split(
                        (
                            Case("x + y <= 0", Certificate((Term("relu(x)"), Term("relu(y)")))),
                            Case("x + y >= 0", Certificate((Term("1", lemma="above"), Term("1", lemma="above", at="x = y")))),
                        )
                    ),
                    why=(
                        "if x + y is negative the left side is 0, and no relu is negative; otherwise it is x + y, and neither relu lies "
                        "below its argument"
                    ),
                ),
            ),
        ),
        Derivation(
            "It is convex",
            key="convex",
            given="a: unit",
            claim="relu(a x + (1 - a) y) <= a relu(x) + (1 - a) relu(y)",
            steps=(
                Step(
                    "<= a relu(x) + (1 - a) relu(y)",
                    by=Split(
                        (
                            Case("a x + (1 - a) y <= 0", Certificate((Term("a relu(x)"), Term("(1 - a) relu(y)")))),
                            Case(
                                "a x + (1 - a) y >= 0",
                                Certificate((Term("a", lemma="above"), Term("1 - a", lemma="above", at="x = y"))),
                            ),
                        )
                    ),
                    why=(
                        "if the argument on the left is negative the left side is 0, and the right side is not negative; otherwise the "
                        "left side is its argument, and neither relu on the right lies below its own"
                    ),
                ),
            ),
            note="Between two points the curve lies below the chord, although it has no slope at 0.",
        ),
        Derivation(
            "The slope right of 0",
            key="slope_right",
            given="r: positive",
            claim="D(relu(r), r) = 1",
            steps=(
                Step("= D(r, r)", by=differentiate, why="r is positive, so it is r itself"),
                Step("= 1", by=differentiate, why="a straight line r has the slope 1"),
            ),
        ),
        Derivation(
            "The slope left of 0",
            key="slope_left",
            given="r: positive",
            claim="D(relu(-r), r) = 0",
            steps=(
                Step("= 0", by=differentiate, why="-r is negative, so it is 0 everywhere there, and a constant has the slope 0"),
            ),
            note="At 0 itself there is no slope: it is 1 on the right and 0 on the left.",
        ),
        Derivation(
            "At most log 2 below softplus",
            key="softplus",
            claim="softplus(x) - relu(x) <= log(2)",
            steps=(
                Step("= softplus(x) - max(x, 0)", by=unfold, why="the definition of relu, written out"),
                Step("<= log(2)", by=Lemma("softplus.upper"), why="softplus is nowhere more than log 2 above max(x, 0)"),
            ),
        ),
    ),
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
        Example("relu(-inf) = 0", source="the limit"),
    ),
    mistakes=(
        "mathcore.mistakes.relu.absolute",
        "mathcore.mistakes.relu.leaky",
        "mathcore.mistakes.relu.capped_at_6",
        "mathcore.mistakes.relu.smooth",
        "mathcore.mistakes.relu.wrong_side",
    ),
    false_claims=(
        FalseClaim(
            "relu(a x) = a relu(x)", given="a: real", why="true only for a >= 0: a negative factor turns the sides around"
        ),
        FalseClaim("relu(-x) = -relu(x)", why="both are at least 0: relu(3) = 3 and relu(-3) = 0"),
        FalseClaim(
            "relu(x + y) = relu(x) + relu(y)",
            given="y: real",
            why="true only where x and y do not have opposite signs: relu(3 - 3) = 0, but relu(3) + relu(-3) = 3",
        ),
        FalseClaim("relu(x) = abs(x)", why="left of 0 it is 0: relu(-2) = 0, but the absolute value is 2"),
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
