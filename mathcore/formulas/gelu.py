"""The Gaussian error linear unit: x times the probability that a normal variable is below x."""

from mathcore.card import Accuracy, Card, Example, Exercise, FalseClaim, Law, Reference

CARD = Card(
    name="gelu",
    title="GELU",
    summary=(
        "x times the probability that a standard normal variable is less than x, in its exact form; erfc is the complementary "
        "error function. Almost 0 far left, almost x far right, with a dip of -0.17 at x = -0.75."
    ),
    given="x: real",
    define="gelu(x) = x erfc(-x / sqrt(2)) / 2",
    numeric="mathcore.numeric.gelu",
    units="the unit of x",
    prerequisites=("the normal distribution",),
    invariants=(
        Law("left and right differ by x", "gelu(x) - gelu(-x) = x", why="the probabilities of x and -x do not sum to 1"),
        Law("is at most max(x, 0)", "gelu(x) <= max(x, 0)", why="the factor was more than 1, or negative"),
        Law("never sinks below -0.17", "gelu(x) >= -0.17", why="the dip is too deep"),
    ),
    accuracy=Accuracy(float64=4, float32=0.51, float16=0.51),
    examples=(
        Example("gelu(0) = 0"),
        Example("gelu(1) = 0.8413447460685429", source="the probability of less than one standard deviation above the mean"),
        Example("gelu(-1) = -0.1586552539314571"),
        Example("gelu(2) = 1.9544997361"),
        Example("gelu(-10) = -7.6198530241605e-23"),
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
        FalseClaim("gelu(x) <= gelu(x + y)", given="y: nonnegative", why="it falls left of -0.75"),
        FalseClaim("gelu(x) = x / (1 + exp(-1.702 x))", why="an approximation, off by up to 0.02"),
        FalseClaim("gelu(2 x) = 2 gelu(x)", why="true of max(x, 0), not of its smooth version"),
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
