"""The hyperbolic tangent: a sigmoid from -1 to 1."""

from mathcore.card import (
    Accuracy,
    Card,
    Certificate,
    Derivation,
    Example,
    Exercise,
    FalseClaim,
    Law,
    Lemma,
    Reference,
    Step,
    Term,
    differentiate,
    fold,
    limit,
    rewrite,
    unfold,
)

CARD = Card(
    name="tanh",
    title="Hyperbolic tangent",
    summary=(
        "An activation of hidden layers, a stretched sigmoid that climbs from -1 to 1: odd (left and right are mirror "
        "images), almost x near 0, flat far from it. There a gradient is lost, as in a sigmoid."
    ),
    given="x, y: real",
    define="tanh(x) = (exp(x) - exp(-x)) / (exp(x) + exp(-x))",
    numeric="mathcore.numeric.tanh",
    units="a number without unit, like x",
    uses=("sigmoid",),
    prerequisites=("the exponential function", "sigmoid"),
    derivations=(
        Derivation(
            "A stretched sigmoid",
            key="sigmoid",
            claim="tanh(x) = 2 sigmoid(2 x) - 1",
            steps=(
                Step("= (exp(x) - exp(-x)) / (exp(x) + exp(-x))", by=unfold, why="the definition of tanh, written out"),
                Step("= (1 - exp(-2 x)) / (1 + exp(-2 x))", by=rewrite, why="numerator and denominator are divided by exp(x)"),
                Step(
                    "= 2 / (1 + exp(-2 x)) - 1",
                    by=rewrite,
                    why="1 - exp(-2 x) is 2 less 1 + exp(-2 x), and the fraction is taken apart",
                ),
                Step("= 2 sigmoid(2 x) - 1", by=fold, why="the definition of the sigmoid, read backwards, at 2 x"),
            ),
        ),
        Derivation(
            "... and back",
            key="back",
            claim="sigmoid(x) = (1 + tanh(x / 2)) / 2",
            steps=(
                Step(
                    "= (1 + (2 sigmoid(2 (x / 2)) - 1)) / 2",
                    by=rewrite,
                    why="the sigmoid at x is doubled and halved, 1 is taken away and added, and x is 2 (x/2)",
                ),
                Step(
                    "= (1 + tanh(x / 2)) / 2",
                    by=Lemma("sigmoid", at="x = x / 2"),
                    why="twice the sigmoid less 1 is tanh of half the argument, as just shown",
                ),
            ),
        ),
        Derivation(
            "It is odd",
            key="odd",
            claim="tanh(-x) = -tanh(x)",
            steps=(
                Step("= (exp(-x) - exp(x)) / (exp(-x) + exp(x))", by=unfold, why="the definition of tanh, at -x"),
                Step(
                    "= -(exp(x) - exp(-x)) / (exp(x) + exp(-x))",
                    by=rewrite,
                    why="below, the order of the two exponentials does not matter; above, turning it changes the sign",
                ),
                Step("= -tanh(x)", by=fold, why="the definition of tanh, read backwards"),
            ),
        ),
        Derivation(
            "The slope",
            key="slope",
            claim="D(tanh(x), x) = 1 - tanh(x)^2",
            steps=(
                Step("= D((exp(x) - exp(-x)) / (exp(x) + exp(-x)), x)", by=unfold, why="the definition of tanh, written out"),
                Step(
                    "= ((exp(x) + exp(-x))^2 - (exp(x) - exp(-x))^2) / (exp(x) + exp(-x))^2",
                    by=differentiate,
                    why="the quotient rule: numerator and denominator are each other's derivative, so both its products are squares",
                ),
                Step(
                    "= 1 - ((exp(x) - exp(-x)) / (exp(x) + exp(-x)))^2",
                    by=rewrite,
                    why="the fraction is taken apart: the first part is 1, the second the square of a quotient",
                ),
                Step("= 1 - tanh(x)^2", by=fold, why="the definition of tanh, read backwards"),
            ),
        ),
        Derivation(
            "Below 1",
            key="below",
            claim="tanh(x) < 1",
            steps=(
                Step("= 2 sigmoid(2 x) - 1", by=Lemma("sigmoid"), why="tanh is a stretched sigmoid, as shown above"),
                Step(
                    "< 1",
                    by=Certificate((Term("2", lemma="sigmoid.below_one", at="x = 2 x"),)),
                    why="a sigmoid is less than 1, so twice it, less 1, is less than 1",
                ),
            ),
        ),
        Derivation(
            "Above -1",
            key="above",
            claim="tanh(x) > -1",
            steps=(
                Step("= 2 sigmoid(2 x) - 1", by=Lemma("sigmoid"), why="tanh is a stretched sigmoid, as shown above"),
                Step(
                    "> -1",
                    by=Certificate((Term("2", lemma="sigmoid.positive", at="x = 2 x"),)),
                    why="a sigmoid is positive, so twice it, less 1, is more than -1",
                ),
            ),
        ),
        Derivation(
            "Never steeper than 1",
            key="steepest",
            claim="D(tanh(x), x) <= 1",
            equality="tanh(x) = 0",
            steps=(
                Step("= 1 - tanh(x)^2", by=Lemma("slope"), why="the slope, just found"),
                Step(
                    "<= 1",
                    by=Certificate((Term("tanh(x)^2"),)),
                    why="a square is never negative, and here it is taken from 1; it is 0 only where tanh(x) is",
                ),
            ),
            note="Four times as steep as the sigmoid at 0: gradients shrink less on their way back through a tanh.",
        ),
        Derivation(
            "It grows",
            key="grows",
            claim="x <= y => tanh(x) <= tanh(y)",
            steps=(
                Step("= 2 sigmoid(2 x) - 1", by=Lemma("sigmoid"), why="tanh is a stretched sigmoid, as shown above"),
                Step(
                    "<= 2 sigmoid(2 y) - 1",
                    by=Lemma("sigmoid.grows", at="x = 2 x; y = 2 y"),
                    why="the sigmoid grows, and so does twice the sigmoid of twice the argument",
                ),
                Step("= tanh(y)", by=Lemma("sigmoid", at="x = y"), why="the stretched sigmoid at y is tanh(y)"),
            ),
        ),
        Derivation(
            "The sum of two arguments",
            key="sum",
            claim="tanh(x + y) = (tanh(x) + tanh(y)) / (1 + tanh(x) tanh(y))",
            steps=(
                Step(
                    "= (exp(x) exp(y) - exp(-x) exp(-y)) / (exp(x) exp(y) + exp(-x) exp(-y))",
                    by=unfold,
                    why="the definition of tanh; the exponential of a sum is a product",
                ),
                Step(
                    "= (tanh(x) + tanh(y)) / (1 + tanh(x) tanh(y))",
                    by=rewrite,
                    why="above and below are divided by the two denominators; each exponential over its denominator is half of 1 + tanh or half of 1 - tanh",
                ),
            ),
        ),
        Derivation(
            "Far right it is flat",
            key="right",
            claim="lim(x -> inf: tanh(x)) = 1",
            steps=(
                Step(
                    "= lim(x -> inf: (1 - exp(-2 x)) / (1 + exp(-2 x)))",
                    by=rewrite,
                    why="numerator and denominator are divided by exp(x)",
                ),
                Step("= 1", by=limit, why="exp(-2 x) tends to 0, so numerator and denominator tend to 1"),
            ),
        ),
    ),
    invariants=(
        Law("lies between -1 and 1", "-1 <= tanh(x) <= 1", why="the result is outside of [-1, 1]"),
        Law("is odd", "tanh(-x) = -tanh(x)", why="left and right are not mirror images"),
        Law("grows", "tanh(x) <= tanh(x + y)", given="y: nonnegative", why="a larger input gave a smaller result"),
        Law("is a stretched sigmoid", "tanh(x) = 2 / (1 + exp(-2 x)) - 1", why="it is not 2 sigmoid(2 x) - 1"),
    ),
    accuracy=Accuracy(float64=2, float32=0.51, float16=0.51),
    examples=(
        Example("tanh(0) = 0", source="odd, so 0 at 0"),
        Example("tanh(0.5) = 0.46211715726"),
        Example("tanh(1) = 0.76159415595576", source="(e^2 - 1)/(e^2 + 1)"),
        Example("tanh(1e-10) = 1e-10", source="not 1.00000008274e-10"),
        Example("tanh(1000) = 1", source="no overflow"),
        Example("tanh(-2) = -0.96402758"),
    ),
    mistakes=(
        "mathcore.mistakes.tanh.as_written",
        "mathcore.mistakes.tanh.by_the_sigmoid",
        "mathcore.mistakes.tanh.half_as_steep",
        "mathcore.mistakes.tanh.hard",
    ),
    false_claims=(
        FalseClaim(
            "tanh(x + y) = tanh(x) + tanh(y)",
            why="the sum of two values below 1 can pass 1, tanh never does: at x = y = 1 it would be 1.52",
        ),
        FalseClaim("tanh(x) = 2 / (1 + exp(-x)) - 1", why="that is tanh(x / 2): at 1 it is 0.462, not 0.762"),
        FalseClaim("D(tanh(x), x) = 1 - tanh(x)", why="the slope is 1 - tanh(x)^2: far left the right side would be 2"),
        FalseClaim("tanh(2 x) = 2 tanh(x)", why="true only in the limit of small x: at x = 1 it would be 1.52"),
    ),
    exercises=(
        Exercise("What is its slope at 0?", "1 - tanh(0)^2 = 1: near 0 it is x."),
        Exercise("Which x has tanh(x) = y?", "x = log((1 + y) / (1 - y)) / 2, half of the logit of (1 + y) / 2."),
    ),
    not_verified=(
        "The 2 ULP of float64 where NumPy takes tanh from the C library (x86 processors without AVX2): 2.06 was seen there.",
    ),
    references=(Reference("LeCun, Bottou, Orr, Müller, Efficient BackProp, section 4.4 (1998)"),),
)
