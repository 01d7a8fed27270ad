"""The logarithm of the sigmoid: the log-probability of a yes."""

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
    name="log_sigmoid",
    title="Log-sigmoid",
    summary=(
        "The logarithm of the probability of yes, which the loss of a classifier needs, computed from the score: almost "
        "x far left, almost 0 far right. Its negative is the loss of a classifier at a yes, softplus(-x)."
    ),
    given="x: real",
    define="log_sigmoid(x) = log(sigmoid(x))",
    numeric="mathcore.numeric.log_sigmoid",
    units="nats",
    uses=("sigmoid", "softplus"),
    prerequisites=("logarithms", "sigmoid", "softplus"),
    derivations=(
        Derivation(
            "Minus a softplus",
            key="softplus",
            claim="log_sigmoid(x) = -softplus(-x)",
            steps=(
                Step("= log(1 / (1 + exp(-x)))", by=unfold, why="the definitions of log-sigmoid and of the sigmoid, written out"),
                Step("= -log(1 + exp(-x))", by=rewrite, why="the logarithm of 1/a is minus the logarithm of a"),
                Step("= -softplus(-x)", by=fold, why="the definition of softplus, read backwards, at -x"),
            ),
            note="The numeric function goes this way: no probability is computed that could round to 0 or 1.",
        ),
        Derivation(
            "Always negative",
            key="negative",
            claim="log_sigmoid(x) < 0",
            steps=(
                Step("= -softplus(-x)", by=Lemma("softplus"), why="it is minus a softplus, as just shown"),
                Step(
                    "< 0",
                    by=Certificate((Term("1", lemma="softplus.positive", at="x = -x"),)),
                    why="softplus is positive, and the minus sign makes it negative",
                ),
            ),
        ),
        Derivation(
            "Below the diagonal",
            key="diagonal",
            claim="log_sigmoid(x) < x",
            steps=(
                Step("= -softplus(-x)", by=Lemma("softplus"), why="it is minus a softplus, as shown above"),
                Step(
                    "< x",
                    by=Certificate((Term("1", lemma="softplus.diagonal", at="x = -x"),)),
                    why="softplus(-x) is above -x, and the minus sign turns the inequality round",
                ),
            ),
        ),
        Derivation(
            "The log-odds are x",
            key="odds",
            claim="log_sigmoid(x) - log_sigmoid(-x) = x",
            steps=(
                Step(
                    "= softplus(x) - softplus(-x)",
                    by=rewrite,
                    why="each is minus a softplus, at -x and at x, and the two change places",
                ),
                Step(
                    "= x",
                    by=Lemma("softplus.mirror"),
                    why="softplus(x) and softplus(-x) differ by x, as the page of softplus shows",
                ),
            ),
        ),
        Derivation(
            "The slope is the probability of no",
            key="slope",
            claim="D(log_sigmoid(x), x) = sigmoid(-x)",
            steps=(
                Step("= D(-log(1 + exp(-x)), x)", by=differentiate, why="it is minus a softplus, written out"),
                Step(
                    "= exp(-x) / (1 + exp(-x))",
                    by=differentiate,
                    why="the chain rule twice: log(u) has the slope 1/u, and exp(-x) the slope -exp(-x), so the two minus signs cancel",
                ),
                Step("= 1 / (1 + exp(x))", by=rewrite, why="numerator and denominator are multiplied by exp(x)"),
                Step("= sigmoid(-x)", by=fold, why="the definition of the sigmoid, read backwards, at -x"),
            ),
            note="A yes that is already probable pulls little, one that is improbable pulls with force 1 and never more.",
        ),
        Derivation(
            "It is concave",
            key="concave",
            claim="D(log_sigmoid(x), x, x) < 0",
            steps=(
                Step(
                    "= -sigmoid(x) (1 - sigmoid(x))",
                    by=differentiate,
                    why=(
                        "the slope just found, sigmoid(-x) or 1 - sigmoid(x), is differentiated once more: the sigmoid has the slope "
                        "sigmoid(x) (1 - sigmoid(x))"
                    ),
                ),
                Step(
                    "< 0",
                    by=Certificate((Term("exp(-x) / (1 + exp(-x))^2"),)),
                    why=(
                        "sigmoid(x) and 1 - sigmoid(x) are positive, and so is their product, exp(-x) / (1 + exp(-x))^2; the minus sign "
                        "turns that round"
                    ),
                ),
            ),
            note="Hence the loss -log_sigmoid is convex: on the way down there is no hill and no second valley.",
        ),
        Derivation(
            "A sure yes costs nothing",
            key="sure",
            claim="lim(x -> inf: log_sigmoid(x)) = 0",
            steps=(
                Step(
                    "= lim(x -> inf: log(1 / (1 + exp(-x))))",
                    by=unfold,
                    why="the definitions of log-sigmoid and of the sigmoid, written out",
                ),
                Step("= 0", by=limit, why="exp(-x) tends to 0, so the fraction tends to 1, and log(1) = 0"),
            ),
        ),
    ),
    invariants=(
        Law("is never positive", "log_sigmoid(x) <= 0", why="a probability above 1 came out"),
        Law("is at most x", "log_sigmoid(x) <= x", why="far left it must stay below the diagonal"),
        Law("left and right differ by x", "log_sigmoid(x) - log_sigmoid(-x) = x", why="the log-odds of yes are not x"),
        Law("grows", "log_sigmoid(x) <= log_sigmoid(x + y)", given="y: nonnegative", why="a larger score gave a smaller result"),
    ),
    accuracy=Accuracy(float64=2, float32=0.51, float16=0.51),
    examples=(
        Example("log_sigmoid(0) = -0.693147", source="-log 2"),
        Example("log_sigmoid(1) = -0.313262", source="log 0.731059"),
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
        FalseClaim(
            "D(log_sigmoid(x), x) = sigmoid(x)",
            why="the slope is the probability of no, 1 - sigmoid(x): far right it is almost 0, not 1",
        ),
        FalseClaim(
            "log_sigmoid(x) + log_sigmoid(-x) = 0",
            why="probabilities sum to 1, but their logarithms do not sum to 0: at 0 both are -0.693",
        ),
        FalseClaim("log_sigmoid(x) = min(x, 0)", why="at 0 it is -log 2 = -0.693, not 0"),
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
