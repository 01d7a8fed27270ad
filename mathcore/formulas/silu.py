"""The sigmoid linear unit, also called swish: x times its sigmoid."""

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
    differentiate,
    fold,
    rewrite,
    unfold,
)

CARD = Card(
    name="silu",
    title="SiLU (swish)",
    summary=(
        "A smooth activation in place of relu, also called swish: x times its own sigmoid. It is almost 0 far left, "
        "almost x far right, with a dip of -0.278 at x = -1.278."
    ),
    given="x: real",
    define="silu(x) = x sigmoid(x)",
    numeric="mathcore.numeric.silu",
    units="the unit of x",
    uses=("softmax", "relu", "sigmoid", "tanh"),
    prerequisites=("sigmoid",),
    derivations=(
        Derivation(
            "Left and right differ by x",
            key="parts",
            claim="silu(x) - silu(-x) = x",
            steps=(
                Step(
                    "= x sigmoid(x) + x sigmoid(-x)",
                    by=unfold,
                    why="the definition of silu at x and at -x; in the second the two minus signs make a plus",
                ),
                Step(
                    "= x (sigmoid(x) + (1 - sigmoid(x)))", by=rewrite, why="sigmoid(-x) is 1 - sigmoid(x): yes and no add up to 1"
                ),
                Step("= x", by=rewrite, why="sigmoid(x) is added and taken away, and x times 1 is left"),
            ),
        ),
        Derivation(
            "Left and right together",
            key="even",
            claim="silu(x) + silu(-x) = x tanh(x / 2)",
            steps=(
                Step("= x sigmoid(x) - x sigmoid(-x)", by=unfold, why="the definition of silu at x and at -x"),
                Step("= x (2 sigmoid(x) - 1)", by=rewrite, why="sigmoid(-x) is 1 - sigmoid(x), and x is taken out"),
                Step(
                    "= x tanh(x / 2)",
                    by=rewrite,
                    why="2 sigmoid(x) - 1 is the hyperbolic tangent of x/2, as the page of tanh shows",
                ),
            ),
        ),
        Derivation(
            "The slope",
            key="slope",
            claim="D(silu(x), x) = sigmoid(x) + x sigmoid(x) (1 - sigmoid(x))",
            steps=(
                Step("= D(x sigmoid(x), x)", by=unfold, why="the definition of silu, written out"),
                Step(
                    "= sigmoid(x) + x D(sigmoid(x), x)",
                    by=differentiate,
                    why="the product rule: x has the slope 1, the sigmoid its own",
                ),
                Step(
                    "= sigmoid(x) + x sigmoid(x) (1 - sigmoid(x))",
                    by=differentiate,
                    why="the sigmoid has the slope sigmoid(x) (1 - sigmoid(x))",
                ),
            ),
        ),
        Derivation(
            "The slope from the value",
            key="slope_from_value",
            claim="D(silu(x), x) = silu(x) + sigmoid(x) (1 - silu(x))",
            steps=(
                Step("= sigmoid(x) + x sigmoid(x) (1 - sigmoid(x))", by=Lemma("slope"), why="the slope, just found"),
                Step(
                    "= x sigmoid(x) + sigmoid(x) (1 - x sigmoid(x))",
                    by=rewrite,
                    why="with s the sigmoid, both lines are s + x s - x s^2, gathered in another way",
                ),
                Step("= silu(x) + sigmoid(x) (1 - silu(x))", by=fold, why="the definition of silu, twice, read backwards"),
            ),
        ),
        Derivation(
            "At most x on the right",
            key="below",
            claim="x >= 0 => silu(x) <= x",
            steps=(
                Step("= x sigmoid(x)", by=unfold, why="the definition of silu, written out"),
                Step(
                    "<= x",
                    by=Certificate((Term("x", lemma="sigmoid.below_one"),)),
                    why="a sigmoid is less than 1, and x is not negative",
                ),
            ),
        ),
        Derivation(
            "Never above the relu",
            key="relu",
            claim="silu(x) <= relu(x)",
            steps=(
                Step(
                    "<= relu(x)",
                    by=Split(
                        (
                            Case("x >= 0", Certificate((Term("x / (1 + exp(x))"),))),
                            Case("x <= 0", Certificate((Term("-x / (1 + exp(-x))"),))),
                        )
                    ),
                    why="right of 0 the product is at most x, as a sigmoid is below 1; left of 0 no positive number times x is above 0",
                ),
            ),
        ),
        Derivation(
            "Never below half of x",
            key="half",
            claim="silu(x) >= x / 2",
            steps=(
                Step(
                    ">= x / 2",
                    by=Split(
                        (
                            Case(
                                "x >= 0",
                                Certificate(
                                    (
                                        Term("x / (2 (1 + exp(x)))", lemma="softmax.tangent", at="c = x"),
                                        Term("x^2 / (2 (1 + exp(x)))"),
                                    )
                                ),
                            ),
                            Case(
                                "x <= 0",
                                Certificate(
                                    (
                                        Term("-x / (2 (1 + exp(-x)))", lemma="softmax.tangent", at="c = -x"),
                                        Term("x^2 / (2 (1 + exp(-x)))"),
                                    )
                                ),
                            ),
                        )
                    ),
                    why=(
                        "the gap is x (exp(x) - 1) / (2 (1 + exp(x))), the same at x and at -x; right of 0 exp(x) - 1 is at least x, so "
                        "the gap is not negative"
                    ),
                ),
            ),
        ),
        Derivation(
            "The dip is less than 1/e deep",
            key="dip",
            claim="silu(x) > -exp(-1)",
            steps=(
                Step(
                    "> -exp(-1)",
                    by=Certificate(
                        (
                            Term("1 / (1 + exp(-x))", lemma="softmax.tangent", at="c = -x - 1"),
                            Term("exp(-1) / (1 + exp(-x))"),
                        )
                    ),
                    why=(
                        "the left side is larger by x + exp(-x - 1) + exp(-1), over 1 + exp(-x); by the tangent inequality exp(-x - 1) "
                        "is at least -x, and exp(-1) > 0 is left"
                    ),
                ),
            ),
            note="1/e is 0.368; the dip itself, at x = -1.278, is 0.278 deep.",
        ),
    ),
    invariants=(
        Law("left and right differ by x", "silu(x) - silu(-x) = x", why="sigmoid(x) and sigmoid(-x) do not sum to 1"),
        Law("is at most max(x, 0)", "silu(x) <= max(x, 0)", why="the factor was more than 1, or negative"),
        Law("never sinks below -0.2785", "silu(x) >= -0.2785", why="the dip is too deep"),
    ),
    accuracy=Accuracy(float64=2, float32=0.51, float16=0.51),
    examples=(
        Example("silu(0) = 0"),
        Example("silu(1) = 0.7310585786300049", source="1 times sigmoid(1)"),
        Example("silu(-1) = -0.2689414213699951", source="1 less than at 1"),
        Example("silu(-20) = -4.122307e-8"),
        Example("silu(1000) = 1000", source="no overflow"),
        Example("silu(-720) = -1.463206e-310", source="exp(-720) alone has lost digits: it is subnormal"),
    ),
    mistakes=(
        "mathcore.mistakes.silu.quotient_of_exponentials",
        "mathcore.mistakes.silu.underflowing",
        "mathcore.mistakes.silu.swish_of_gelu",
        "mathcore.mistakes.silu.hard_swish",
        "mathcore.mistakes.silu.sigmoid_alone",
    ),
    false_claims=(
        FalseClaim(
            "silu(x) <= silu(x + y)",
            given="y: nonnegative",
            why="it falls left of -1.278: from almost 0 far left to -0.278 there",
        ),
        FalseClaim("silu(x) >= 0", why="it is negative for x < 0: at -1 it is -0.269"),
        FalseClaim("D(silu(x), x) = sigmoid(x)", why="the product rule adds x sigmoid(x) (1 - sigmoid(x))"),
    ),
    exercises=(
        Exercise("What is its slope at 0?", "sigmoid(0) + 0 = 1/2."),
        Exercise("Where is the dip?", "Where sigmoid(x) + x sigmoid(x) (1 - sigmoid(x)) = 0: exp(x) + 1 + x = 0, x = -1.278."),
    ),
    not_verified=("That networks learn better with it than with relu.",),
    references=(
        Reference("Elfwing, Uchibe, Doya, Sigmoid-weighted linear units for neural network function approximation (2018)"),
        Reference("Ramachandran, Zoph, Le, Searching for activation functions (2017)", "arXiv:1710.05941"),
    ),
)
