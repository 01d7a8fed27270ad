"""The sigmoid linear unit, also called swish: x times its sigmoid."""

from mathcore.card import Accuracy, Card, Example, Exercise, FalseClaim, Law, Reference

CARD = Card(
    name="silu",
    title="SiLU (swish)",
    summary=(
        "x times its own sigmoid: almost 0 far left, almost x far right, with a dip of -0.278 at x = -1.278. "
        "It is also called swish."
    ),
    given="x: real",
    define="silu(x) = x sigmoid(x)",
    numeric="mathcore.numeric.silu",
    units="the unit of x",
    uses=("sigmoid",),
    prerequisites=("the sigmoid",),
    invariants=(
        Law("left and right differ by x", "silu(x) - silu(-x) = x", why="sigmoid(x) and sigmoid(-x) do not sum to 1"),
        Law("is at most max(x, 0)", "silu(x) <= max(x, 0)", why="the factor was more than 1, or negative"),
        Law("never sinks below -0.2785", "silu(x) >= -0.2785", why="the dip is too deep"),
    ),
    accuracy=Accuracy(float64=2, float32=0.51, float16=0.51),
    examples=(
        Example("silu(0) = 0"),
        Example("silu(1) = 0.7310585786300049"),
        Example("silu(-1) = -0.2689414213699951"),
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
        FalseClaim("silu(x) <= silu(x + y)", given="y: nonnegative", why="it falls left of -1.278"),
        FalseClaim("silu(x) >= 0", why="it is negative for x < 0"),
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
