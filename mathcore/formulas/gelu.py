"""The Gaussian error linear unit: x times the probability that a normal variable is below x."""

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
    rewrite,
    unfold,
)

CARD = Card(
    name="gelu",
    title="GELU",
    summary=(
        "A smooth activation, used in many language models: x times the probability that a standard normal variable is "
        "less than x, written with the complementary error function erfc. It is almost 0 far left, almost x far right, "
        "with a dip of -0.17 at x = -0.75."
    ),
    given="x, y: real",
    define="gelu(x) = x erfc(-x / sqrt(2)) / 2",
    auxiliary=("Phi(x) = erfc(-x / sqrt(2)) / 2",),
    numeric="mathcore.numeric.gelu",
    units="the unit of x",
    uses=("relu",),
    prerequisites=("the normal distribution", "relu"),
    derivations=(
        Derivation(
            "x times the normal distribution function",
            key="normal",
            claim="gelu(x) = x Phi(x)",
            steps=(
                Step("= x erfc(-x / sqrt(2)) / 2", by=unfold, why="the definition of gelu, written out"),
                Step(
                    "= x Phi(x)",
                    by=fold,
                    why="half the complementary error function of -x/sqrt(2) is called Phi: the probability below x",
                ),
            ),
        ),
        Derivation(
            "Below x and below -x add up to 1",
            key="symmetry",
            claim="Phi(-x) = 1 - Phi(x)",
            steps=(
                Step("= erfc(x / sqrt(2)) / 2", by=unfold, why="the definition of Phi, at -x"),
                Step(
                    "= (2 - erfc(-x / sqrt(2))) / 2",
                    by=rewrite,
                    why="the bell curve is the same on both sides: erfc(u) and erfc(-u) make 2 together",
                ),
                Step("= 1 - Phi(x)", by=fold, why="the definition of Phi, read backwards"),
            ),
        ),
        Derivation(
            "However far right, some probability is left above",
            key="above",
            claim="Phi(-x) > 0",
            steps=(
                Step("= erfc(x / sqrt(2)) / 2", by=unfold, why="the definition of Phi, at -x"),
                Step(
                    "> 0",
                    by=Certificate((Term("erfc(x / sqrt(2)) / 2"),)),
                    why="erfc is an area under a curve that is positive everywhere",
                ),
            ),
        ),
        Derivation(
            "... so a probability stays below 1",
            key="below_one",
            claim="Phi(x) < 1",
            steps=(
                Step("= 1 - Phi(-x)", by=rewrite, why="the probabilities below x and below -x add up to 1, as shown above"),
                Step(
                    "< 1",
                    by=Certificate((Term("1", lemma="above"),)),
                    why="the probability Phi(-x) that is taken away is positive, as just shown",
                ),
            ),
        ),
        Derivation(
            "Left and right differ by x",
            key="parts",
            claim="gelu(x) - gelu(-x) = x",
            steps=(
                Step(
                    "= x Phi(x) + x Phi(-x)",
                    by=unfold,
                    why="the definition of gelu at x and at -x; in the second the two minus signs make a plus",
                ),
                Step(
                    "= x (Phi(x) + (1 - Phi(x)))",
                    by=rewrite,
                    why="the probabilities below x and below -x add up to 1, as shown above",
                ),
                Step("= x", by=rewrite, why="Phi(x) is added and taken away, and x times 1 is left"),
            ),
        ),
        Derivation(
            "The slope of the distribution function: the bell curve",
            key="density",
            claim="D(Phi(x), x) = exp(-x^2 / 2) / sqrt(2 pi)",
            steps=(
                Step("= D(erfc(-x / sqrt(2)) / 2, x)", by=unfold, why="the definition of Phi, written out"),
                Step(
                    "= (2 exp(-(x / sqrt(2))^2) / sqrt(pi)) (1 / sqrt(2)) / 2",
                    by=differentiate,
                    why="erfc has the slope -2 exp(-u^2)/sqrt(pi), and -x/sqrt(2) the slope -1/sqrt(2)",
                ),
                Step(
                    "= exp(-x^2 / 2) / sqrt(2 pi)",
                    by=rewrite,
                    why="(x / sqrt(2))^2 is x^2 / 2, the twos cancel, and sqrt(2) sqrt(pi) is sqrt(2 pi)",
                ),
            ),
        ),
        Derivation(
            "The slope",
            key="slope",
            claim="D(gelu(x), x) = Phi(x) + x exp(-x^2 / 2) / sqrt(2 pi)",
            steps=(
                Step("= Phi(x) + x D(Phi(x), x)", by=differentiate, why="the product rule for x Phi(x): x has the slope 1"),
                Step(
                    "= Phi(x) + x exp(-x^2 / 2) / sqrt(2 pi)",
                    by=differentiate,
                    why="the slope of Phi is the bell curve, as just shown",
                ),
            ),
        ),
        Derivation(
            "The curvature",
            key="curvature",
            claim="D(gelu(x), x, x) = (2 - x^2) exp(-x^2 / 2) / sqrt(2 pi)",
            steps=(
                Step(
                    "= D(Phi(x) + x exp(-x^2 / 2) / sqrt(2 pi), x)",
                    by=differentiate,
                    why="the slope, just found, is differentiated once more",
                ),
                Step(
                    "= exp(-x^2 / 2) / sqrt(2 pi) + exp(-x^2 / 2) / sqrt(2 pi) - x^2 exp(-x^2 / 2) / sqrt(2 pi)",
                    by=differentiate,
                    why="Phi gives one bell curve and the factor x another; the exponent -x^2/2 has the slope -x",
                ),
                Step("= (2 - x^2) exp(-x^2 / 2) / sqrt(2 pi)", by=rewrite, why="the bell curve is taken out of all three terms"),
            ),
            note="It bends upwards between -sqrt(2) and sqrt(2) and downwards outside: unlike softplus it is not convex.",
        ),
        Derivation(
            "Never above the relu",
            key="relu",
            claim="gelu(x) <= relu(x)",
            steps=(
                Step(
                    "<= relu(x)",
                    by=Split(
                        (
                            Case("x >= 0", Certificate((Term("x erfc(x / sqrt(2)) / 2"),))),
                            Case("x <= 0", Certificate((Term("-x", lemma="above", at="x = -x"),))),
                        )
                    ),
                    why=(
                        "right of 0 gelu is x less x Phi(-x), so it is at most x; left of 0 it is a negative number times a probability, "
                        "so it is at most 0"
                    ),
                ),
            ),
        ),
        Derivation(
            "The distribution function grows",
            key="grows",
            claim="x <= y => Phi(x) <= Phi(y)",
            steps=(
                Step(
                    "<= Phi(y)",
                    by=Monotone("Phi(v)", variable="v: real", inner="x <= y", by=Use("x <= y")),
                    why="its slope, the bell curve, is positive everywhere",
                ),
            ),
        ),
        Derivation(
            "Right of 0 more than half of the bell curve is below x",
            key="right",
            given="x >= 0",
            claim="Phi(x) >= 1 / 2",
            steps=(
                Step(
                    ">= Phi(0)",
                    by=Lemma("grows", at="x = 0; y = x"),
                    why="the distribution function grows, and x is not left of 0",
                ),
                Step("= 1 / 2", by=unfold, why="half of the bell curve lies left of 0"),
            ),
        ),
        Derivation(
            "At least half of x",
            key="half",
            claim="gelu(x) >= x / 2",
            steps=(
                Step("= x Phi(x)", by=Lemma("normal"), why="gelu is x times the distribution function"),
                Step(
                    ">= x / 2",
                    by=Split(
                        (
                            Case("x >= 0", Certificate((Term("x", lemma="right"),))),
                            Case("x <= 0", Certificate((Term("-x", lemma="right", at="x = -x"),))),
                        )
                    ),
                    why="right of 0 the factor Phi(x) is at least 1/2; left of 0 it is at most 1/2, and x is negative",
                ),
            ),
        ),
    ),
    invariants=(
        Law("left and right differ by x", "gelu(x) - gelu(-x) = x", why="the probabilities of x and -x do not sum to 1"),
        Law("is at most max(x, 0)", "gelu(x) <= max(x, 0)", why="the factor was more than 1, or negative"),
        Law("never sinks below -0.17", "gelu(x) >= -0.17", why="the dip is too deep"),
    ),
    accuracy=Accuracy(float64=4, float32=0.51, float16=0.51),
    examples=(
        Example("gelu(0) = 0", source="0 times 1/2"),
        Example("gelu(1) = 0.8413447460685429", source="the probability of less than one standard deviation above the mean"),
        Example("gelu(-1) = -0.1586552539314571", source="1 less than at 1"),
        Example(
            "gelu(2) = 1.9544997361",
            source="2 times 0.97725, the probability of less than two standard deviations above the mean",
        ),
        Example("gelu(-10) = -7.6198530241605e-23", source="small, but not 0"),
        Example("gelu(-38) = -1.096463e-314", source="not 0"),
    ),
    mistakes=(
        "mathcore.mistakes.gelu.by_tanh",
        "mathcore.mistakes.gelu.by_the_sigmoid",
        "mathcore.mistakes.gelu.by_erf",
        "mathcore.mistakes.gelu.by_erfc_of_a_rounded_argument",
        "mathcore.mistakes.gelu.without_the_root",
        "mathcore.mistakes.gelu.distribution_function",
    ),
    false_claims=(
        FalseClaim("D(gelu(x), x) = Phi(x)", why="the product rule adds x times the bell curve"),
        FalseClaim(
            "gelu(x) <= gelu(x + y)", given="y: nonnegative", why="it falls left of -0.75: from almost 0 far left to -0.17 there"
        ),
        FalseClaim("gelu(x) = x / (1 + exp(-1.702 x))", why="that is an approximation, off by up to 0.02"),
        FalseClaim("gelu(2 x) = 2 gelu(x)", why="true of max(x, 0), not of its smooth version: at 1 it would give 1.68 for 1.95"),
    ),
    exercises=(
        Exercise("What is its slope at 0?", "Phi(0) + 0 = 1/2, with Phi the distribution function of the normal distribution."),
        Exercise("How large is gelu(x) + gelu(-x)?", "x (Phi(x) - Phi(-x)) = x (2 Phi(x) - 1), which is never negative."),
    ),
    not_verified=(
        "The approximations by tanh and by the sigmoid, which some libraries use: they are other functions.",
        "The 4 ULP of float64 at every single input: the largest error seen among several million was 3.54, near x = -0.8.",
    ),
    references=(Reference("Hendrycks, Gimpel, Gaussian error linear units (GELUs) (2016)", "arXiv:1606.08415"),),
)
