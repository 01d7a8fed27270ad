"""Softplus: a smooth max(x, 0)."""

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
    Monotone,
    Reference,
    Split,
    Step,
    Term,
    Use,
    differentiate,
    fold,
    limit,
    rewrite,
    unfold,
)

CARD = Card(
    name="softplus",
    title="Softplus",
    summary=(
        "A smooth version of max(x, 0), in which the loss of a yes-or-no classifier is written: never below it and never "
        "more than log 2 above it. Its slope is the sigmoid, which climbs from 0 to 1; so softplus is convex, flat on "
        "the far left and almost x itself on the far right."
    ),
    given="x: real",
    define="softplus(x) = log(1 + exp(x))",
    numeric="mathcore.numeric.softplus",
    units="a number without unit, like x",
    uses=("sigmoid",),
    prerequisites=("the exponential function", "derivatives", "sigmoid"),
    derivations=(
        Derivation(
            "Always positive",
            key="positive",
            claim="softplus(x) > 0",
            steps=(
                Step(
                    "> 0",
                    by=Certificate((Term("log(1 + exp(x))"),)),
                    why="1 + exp(x) is more than 1, so its logarithm is positive",
                ),
            ),
        ),
        Derivation(
            "Left and right differ by x",
            key="mirror",
            claim="softplus(x) - softplus(-x) = x",
            steps=(
                Step("= log(1 + exp(x)) - log(1 + exp(-x))", by=unfold, why="the definition of softplus at x and at -x"),
                Step("= log(exp(x) (1 + exp(-x))) - log(1 + exp(-x))", by=rewrite, why="exp(x) is taken out of 1 + exp(x)"),
                Step(
                    "= x",
                    by=rewrite,
                    why="the logarithm of a product is a sum and log undoes exp: x is left, and the two other logarithms cancel",
                ),
            ),
            note=(
                "Read it as softplus(x) = x + softplus(-x): for x > 0 the exponential on the right cannot overflow. This is what "
                "the numeric function computes."
            ),
        ),
        Derivation(
            "Above the diagonal",
            key="diagonal",
            claim="softplus(x) > x",
            steps=(
                Step("= x + softplus(-x)", by=Lemma("mirror"), why="left and right of 0 softplus differs by x, as just shown"),
                Step(
                    "> x",
                    by=Certificate((Term("1", lemma="positive", at="x = -x"),)),
                    why="softplus(-x) is positive, as shown above, so the sum is more than x alone",
                ),
            ),
        ),
        Derivation(
            "Never below max(x, 0)",
            key="lower",
            claim="softplus(x) >= max(x, 0)",
            steps=(
                Step(
                    ">= max(x, 0)",
                    by=Split((Case("x >= 0", Lemma("diagonal")), Case("x <= 0", Lemma("positive")))),
                    why="right of 0 the maximum is x, left of 0 it is 0, and softplus lies above both, as shown above",
                ),
            ),
        ),
        Derivation(
            "Left of 0 at most log 2",
            key="left",
            given="x <= 0",
            claim="softplus(x) <= log(2)",
            steps=(
                Step(
                    "<= softplus(0)",
                    by=Monotone("softplus(u)", variable="u: real", inner="x <= 0", by=Use("x <= 0")),
                    why="x is at most 0, and softplus grows, as its slope is positive",
                ),
                Step("= log(2)", by=unfold, why="softplus(0) is log(1 + exp(0)), and exp(0) = 1"),
            ),
        ),
        Derivation(
            "Never more than log 2 above max(x, 0)",
            key="upper",
            claim="softplus(x) <= max(x, 0) + log(2)",
            steps=(
                Step(
                    "<= max(x, 0) + log(2)",
                    by=Split((Case("x <= 0", Lemma("left")), Case("x >= 0", Lemma("left", at="x = -x")))),
                    why="left of 0 it was just shown; right of 0 softplus(x) is x + softplus(-x), and -x is left of 0 again",
                ),
            ),
        ),
        Derivation(
            "The slope is the sigmoid",
            key="slope",
            claim="D(softplus(x), x) = sigmoid(x)",
            steps=(
                Step("= D(log(1 + exp(x)), x)", by=unfold, why="the definition of softplus, written out"),
                Step(
                    "= exp(x) / (1 + exp(x))",
                    by=differentiate,
                    why="the chain rule: log(u) has the slope 1/u, and 1 + exp(x) has the slope exp(x)",
                ),
                Step("= 1 / (1 + exp(-x))", by=rewrite, why="numerator and denominator are divided by exp(x)"),
                Step("= sigmoid(x)", by=fold, why="the definition of the sigmoid, read backwards"),
            ),
        ),
        Derivation(
            "The curvature",
            key="curvature",
            claim="D(softplus(x), x, x) = sigmoid(x) (1 - sigmoid(x))",
            steps=(
                Step(
                    "= D(1 / (1 + exp(-x)), x)",
                    by=differentiate,
                    why="the slope is the sigmoid, as just shown; it is differentiated once more",
                ),
                Step(
                    "= exp(-x) / (1 + exp(-x))^2",
                    by=differentiate,
                    why="the chain rule: 1/u has the slope -1/u^2, and 1 + exp(-x) has the slope -exp(-x)",
                ),
                Step(
                    "= (1 / (1 + exp(-x))) (1 - 1 / (1 + exp(-x)))",
                    by=rewrite,
                    why="one factor of the denominator goes to each part, and exp(-x) / (1 + exp(-x)) is 1 - 1 / (1 + exp(-x))",
                ),
                Step("= sigmoid(x) (1 - sigmoid(x))", by=fold, why="the definition of the sigmoid, twice, read backwards"),
            ),
        ),
        Derivation(
            "Hence it is convex",
            key="convex",
            claim="D(softplus(x), x, x) > 0",
            steps=(
                Step("= sigmoid(x) (1 - sigmoid(x))", by=Lemma("curvature"), why="the curvature, just found"),
                Step(
                    "> 0",
                    by=Certificate((Term("exp(-x) / (1 + exp(-x))^2"),)),
                    why="a sigmoid lies between 0 and 1, so both factors are positive: the product is exp(-x) / (1 + exp(-x))^2",
                ),
            ),
        ),
        Derivation(
            "It sinks to 0 on the left",
            key="vanishes",
            claim="lim(x -> inf: softplus(-x)) = 0",
            steps=(
                Step("= lim(x -> inf: log(1 + exp(-x)))", by=unfold, why="the definition of softplus, written out"),
                Step("= 0", by=limit, why="exp(-x) tends to 0, so the argument of the logarithm tends to 1, and log(1) = 0"),
            ),
        ),
        Derivation(
            "It joins the diagonal on the right",
            key="joins",
            claim="lim(x -> inf: softplus(x) - x) = 0",
            steps=(
                Step(
                    "= lim(x -> inf: softplus(-x))",
                    by=Lemma("mirror"),
                    why="left and right of 0 softplus differs by x, as shown above",
                ),
                Step("= 0", by=Lemma("vanishes"), why="softplus sinks to 0 on the left, as just shown"),
            ),
        ),
    ),
    invariants=(
        Law("is never below max(x, 0)", "softplus(x) >= max(x, 0)", why="the result is negative, or less than x"),
        Law(
            "is at most log 2 above max(x, 0)",
            "softplus(x) <= max(x, 0) + log(2)",
            why="the result lies further above max(x, 0) than at 0",
        ),
        Law("left and right differ by x", "softplus(x) - softplus(-x) = x", why="one of the two sides is off"),
        Law("grows", "softplus(x) <= softplus(x + y)", given="y: nonnegative", why="a larger input gave a smaller result"),
        Law(
            "is convex",
            "2 softplus((x + y) / 2) <= softplus(x) + softplus(y)",
            given="y: real",
            why="in the middle it lies above the chord",
        ),
    ),
    accuracy=Accuracy(float64=2, float32=0.51, float16=0.51),
    examples=(
        Example("softplus(0) = 0.693147", source="log 2"),
        Example("softplus(1) = 1.313262", source="log(1 + 2.718282)"),
        Example("softplus(-1) = 0.313262", source="1 less than at 1"),
        Example("softplus(20.5) = 20.50000000125", source="implementations that return x above 20 give 20.5"),
        Example("softplus(-40) = 4.248354e-18", source="not 0: log1p keeps the small exponential"),
        Example("softplus(1000) = 1000", source="no overflow"),
        Example("softplus(-inf) = 0", source="the limit"),
    ),
    mistakes=(
        "mathcore.mistakes.softplus.overflowing",
        "mathcore.mistakes.softplus.without_log1p",
        "mathcore.mistakes.softplus.cut_off_at_20",
        "mathcore.mistakes.softplus.hard",
        "mathcore.mistakes.softplus.mirrored",
        "mathcore.mistakes.softplus.base_two",
    ),
    false_claims=(
        FalseClaim(
            "softplus(2 x) = 2 softplus(x)",
            why="true of max(x, 0), not of its smooth version: at 0 the left side is log 2, the right side twice that",
        ),
        FalseClaim("softplus(-x) = -softplus(x)", why="both are positive: at 0 it would say that log 2 is -log 2"),
        FalseClaim("softplus(x) <= max(x, 0) + 1 / 2", why="at 0 the distance is log 2 = 0.693"),
        FalseClaim("D(softplus(x), x) = sigmoid(-x)", why="the slope climbs with x; sigmoid(-x) falls"),
    ),
    exercises=(
        Exercise(
            "How far is softplus(0) from max(0, 0)?",
            "log 2 = 0.693: the largest distance of all x, so the upper bound is attained.",
        ),
        Exercise("Which x has softplus(x) = y, for y > 0?", "exp(y) = 1 + exp(x), so x = log(exp(y) - 1)."),
        Exercise(
            "A classifier says yes with probability sigmoid(x). What is the surprisal of a yes, -log(sigmoid(x))?",
            "log(1 + exp(-x)) = softplus(-x), without a division.",
        ),
        Exercise(
            "Write softplus as a log-sum-exp.",
            "log(exp(0) + exp(x)): the log-sum-exp of the scores 0 and x, with n = 2; hence the bounds.",
        ),
    ),
    not_verified=(
        "That networks learn better with it than with max(x, 0).",
        "The 2 ULP of float64 at every single input: the largest error seen among 30 million was 1.71, near x = -4.16.",
    ),
    references=(
        Reference("Dugas et al., Incorporating second-order functional knowledge for better option pricing (2000)"),
        Reference("Glorot, Bordes, Bengio, Deep sparse rectifier neural networks (2011)"),
        Reference(
            "Maechler, Accurately computing log(1 - exp(-|a|)), section 3 on log(1 + exp(x)) (2012)",
            "https://cran.r-project.org/web/packages/Rmpfr/vignettes/log1mexp-note.pdf",
        ),
    ),
)
