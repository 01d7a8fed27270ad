"""The logarithm of the sigmoid: the log-probability of a yes."""

from mathcore.card import Accuracy, Card, Example, Exercise, FalseClaim, Law, Reference

CARD = Card(
    name="log_sigmoid",
    title="Log-sigmoid",
    summary=(
        "The logarithm of the probability of yes, computed from the score: almost x far left, almost 0 far right. "
        "Its negative is the loss of a classifier at a yes, softplus(-x)."
    ),
    given="x: real",
    define="log_sigmoid(x) = log(sigmoid(x))",
    numeric="mathcore.numeric.log_sigmoid",
    units="nats",
    uses=("sigmoid",),
    prerequisites=("logarithms",),
    invariants=(
        Law("is never positive", "log_sigmoid(x) <= 0", why="a probability above 1 came out"),
        Law("is at most x", "log_sigmoid(x) <= x", why="far left it must stay below the diagonal"),
        Law("left and right differ by x", "log_sigmoid(x) - log_sigmoid(-x) = x", why="the log-odds of yes are not x"),
        Law("grows", "log_sigmoid(x) <= log_sigmoid(x + y)", given="y: nonnegative", why="a larger score gave a smaller result"),
    ),
    accuracy=Accuracy(float64=2, float32=0.51, float16=0.51),
    examples=(
        Example("log_sigmoid(0) = -0.693147", source="-log 2"),
        Example("log_sigmoid(1) = -0.313262"),
        Example("log_sigmoid(40) = -4.248354e-18", source="not 0: the logarithm of a rounded sigmoid is"),
        Example("log_sigmoid(-1000) = -1000", source="not -inf"),
        Example("log_sigmoid(inf) = 0", source="the limit"),
    ),
    mistakes=(
        "mathcore.mistakes.log_sigmoid.log_of_the_sigmoid",
        "mathcore.mistakes.log_sigmoid.clipped",
        "mathcore.mistakes.log_sigmoid.mirrored",
        "mathcore.mistakes.log_sigmoid.without_the_sign",
    ),
    false_claims=(
        FalseClaim("log_sigmoid(x) + log_sigmoid(-x) = 0", why="probabilities sum to 1, their logarithms do not sum to 0"),
        FalseClaim("log_sigmoid(x) = min(x, 0)", why="at 0 it is -log 2"),
    ),
    exercises=(
        Exercise("Write it with softplus.", "log(1 / (1 + exp(-x))) = -log(1 + exp(-x)) = -softplus(-x)."),
        Exercise("What is its slope?", "1 - sigmoid(x) = sigmoid(-x): 1 far left, 0 far right."),
    ),
    not_verified=("Speed: one exponential and one logarithm an entry.",),
    references=(
        Reference(
            "Maechler, Accurately computing log(1 - exp(-|a|)), section 3 on log(1 + exp(x)) (2012)",
            "https://cran.r-project.org/web/packages/Rmpfr/vignettes/log1mexp-note.pdf",
        ),
    ),
)
