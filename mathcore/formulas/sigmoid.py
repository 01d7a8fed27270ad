"""The sigmoid: a probability from one score."""

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
    Monotone,
    Reference,
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
    name="sigmoid",
    title="Sigmoid",
    summary=(
        "The sigmoid turns the score of a yes-or-no classifier into a probability of yes. It climbs from 0 to 1, is 1/2 "
        "at 0, and sigmoid(-x) is the probability of no. The softmax of the two scores x and 0 is the same number. Far "
        "from 0 it is flat: there a score hardly changes the probability."
    ),
    given="x, y: real",
    define="sigmoid(x) = 1 / (1 + exp(-x))",
    numeric="mathcore.numeric.sigmoid",
    units="probability",
    uses=("softmax",),
    prerequisites=("the exponential function", "derivatives"),
    derivations=(
        Derivation(
            "Two classes: softmax with one score at 0",
            key="two_classes",
            claim="softmax([x, 0])[1] = sigmoid(x)",
            steps=(
                Step("= exp(x) / (exp(x) + exp(0))", by=unfold, why="the definition of softmax, for the two scores x and 0"),
                Step("= 1 / (1 + exp(-x))", by=rewrite, why="numerator and denominator are divided by exp(x), and exp(0) = 1"),
                Step("= sigmoid(x)", by=fold, why="the definition of the sigmoid, read backwards"),
            ),
        ),
        Derivation(
            "Only the difference of the two scores counts",
            key="difference",
            claim="softmax([x, y])[1] = sigmoid(x - y)",
            steps=(
                Step("= exp(x) / (exp(x) + exp(y))", by=unfold, why="the definition of softmax, for the two scores x and y"),
                Step("= 1 / (1 + exp(-(x - y)))", by=rewrite, why="numerator and denominator are divided by exp(x)"),
                Step("= sigmoid(x - y)", by=fold, why="the definition of the sigmoid, read backwards, at x - y"),
            ),
        ),
        Derivation(
            "Between two classes softmax is a sigmoid",
            key="pair",
            given="n: size; z: real[n]; i, j, k: index[n]",
            claim="softmax(z)[i] / (softmax(z)[i] + softmax(z)[j]) = sigmoid(z[i] - z[j])",
            steps=(
                Step(
                    "= exp(z[i]) / (exp(z[i]) + exp(z[j]))",
                    by=unfold,
                    why="the definition of softmax; the common denominator cancels",
                ),
                Step("= 1 / (1 + exp(-(z[i] - z[j])))", by=rewrite, why="numerator and denominator are divided by exp(z[i])"),
                Step("= sigmoid(z[i] - z[j])", by=fold, why="the definition of the sigmoid, read backwards, at z[i] - z[j]"),
            ),
            note=(
                "Once it is known that one of two classes is right, only the difference of their scores counts, and the probability is "
                "its sigmoid. A classifier with two outputs and one with a single output are one model."
            ),
        ),
        Derivation(
            "Yes and no add up to 1",
            key="symmetry",
            claim="sigmoid(-x) = 1 - sigmoid(x)",
            steps=(
                Step("= 1 / (1 + exp(x))", by=unfold, why="the definition of the sigmoid, at -x"),
                Step("= exp(-x) / (1 + exp(-x))", by=rewrite, why="numerator and denominator are multiplied by exp(-x)"),
                Step("= 1 - 1 / (1 + exp(-x))", by=rewrite, why="exp(-x) is 1 + exp(-x) less 1, and the fraction is taken apart"),
                Step("= 1 - sigmoid(x)", by=fold, why="the definition of the sigmoid, read backwards"),
            ),
        ),
        Derivation(
            "The odds are exp(x)",
            key="odds",
            claim="sigmoid(x) / sigmoid(-x) = exp(x)",
            steps=(
                Step(
                    "= (1 + exp(x)) / (1 + exp(-x))",
                    by=unfold,
                    why="the definition of the sigmoid, at x and at -x; dividing by a fraction turns it over",
                ),
                Step("= exp(x)", by=rewrite, why="exp(x) taken out of 1 + exp(x) leaves exp(-x) + 1, which cancels"),
            ),
            note="So the score x is the logarithm of the odds: adding log 2 to it doubles them.",
        ),
        Derivation(
            "Undecided at 0",
            key="undecided",
            claim="sigmoid(0) = 1 / 2",
            steps=(
                Step("= 1 / (1 + exp(-0))", by=unfold, why="the definition of the sigmoid, at 0"),
                Step("= 1 / 2", by=rewrite, why="exp(-0) = 1, and 1 + 1 is 2"),
            ),
        ),
        Derivation(
            "Never quite 0",
            key="positive",
            claim="sigmoid(x) > 0",
            steps=(
                Step(
                    "> 0",
                    by=Certificate((Term("1 / (1 + exp(-x))"),)),
                    why="exp(-x) is positive, and 1 divided by a positive number is positive",
                ),
            ),
        ),
        Derivation(
            "Never quite 1",
            key="below_one",
            claim="sigmoid(x) < 1",
            steps=(
                Step(
                    "< 1",
                    by=Certificate((Term("1", lemma="positive", at="x = -x"),)),
                    why="what is missing to 1 is sigmoid(-x), the probability of no, and that is positive",
                ),
            ),
        ),
        Derivation(
            "The slope",
            key="slope",
            claim="D(sigmoid(x), x) = sigmoid(x) (1 - sigmoid(x))",
            steps=(
                Step("= D(1 / (1 + exp(-x)), x)", by=unfold, why="the definition of the sigmoid, written out"),
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
            note="The slope is known from the value alone: a network keeps the value and needs no second exponential.",
        ),
        Derivation(
            "Never steeper than 1/4",
            key="steepest",
            claim="D(sigmoid(x), x) <= 1 / 4",
            equality="sigmoid(x) = 1 / 2",
            steps=(
                Step("= sigmoid(x) (1 - sigmoid(x))", by=Lemma("slope"), why="the slope, just found"),
                Step(
                    "<= 1 / 4",
                    by=Certificate((Term("(sigmoid(x) - 1 / 2)^2"),)),
                    why="with s the sigmoid, 1/4 - s (1 - s) is the square of s - 1/2, and a square is never negative",
                ),
            ),
            note="So each sigmoid of a chain divides the gradient by at least four, before the weights multiply it: the vanishing gradient of deep networks.",
        ),
        Derivation(
            "A larger score, a larger probability",
            key="grows",
            claim="x <= y => sigmoid(x) <= sigmoid(y)",
            steps=(
                Step(
                    "<= sigmoid(y)",
                    by=Monotone(
                        "1 / (1 + v)",
                        variable="v: positive",
                        inner="exp(-x) >= exp(-y)",
                        by=Monotone("exp(-v)", variable="v: real", inner="x <= y", by=Use("x <= y")),
                    ),
                    why="exp(-x) falls as x grows, and 1 / (1 + v) grows as v falls",
                ),
            ),
        ),
        Derivation(
            "Close scores have close probabilities",
            key="lipschitz",
            claim="x <= y => sigmoid(y) - sigmoid(x) <= (y - x) / 4",
            steps=(
                Step(
                    "<= (y - x) / 4",
                    by=Monotone("v / 4 - sigmoid(v)", variable="v: real", inner="x <= y", by=Use("x <= y")),
                    why=(
                        "v/4 - sigmoid(v) has the slope 1/4 - s (1 - s), with s the sigmoid, which is never negative; so it is at x at "
                        "most what it is at y"
                    ),
                ),
            ),
        ),
        Derivation(
            "The curvature",
            key="curvature",
            claim="D(sigmoid(x), x, x) = sigmoid(x) (1 - sigmoid(x)) (1 - 2 sigmoid(x))",
            steps=(
                Step(
                    "= D(sigmoid(x) (1 - sigmoid(x)), x)",
                    by=differentiate,
                    why="the slope, just found, is differentiated once more",
                ),
                Step(
                    "= D(sigmoid(x), x) (1 - 2 sigmoid(x))",
                    by=differentiate,
                    why="with s the sigmoid, s (1 - s) is s - s^2, which has the slope 1 - 2 s times the slope of s",
                ),
                Step(
                    "= sigmoid(x) (1 - sigmoid(x)) (1 - 2 sigmoid(x))",
                    by=differentiate,
                    why="the sigmoid has the slope sigmoid(x) (1 - sigmoid(x))",
                ),
            ),
            note=(
                "It is positive where the probability is below 1/2 and negative where it is above: the curve bends upwards on "
                "the left and downwards on the right."
            ),
        ),
        Derivation(
            "Far right it is sure of yes",
            key="right",
            claim="lim(x -> inf: sigmoid(x)) = 1",
            steps=(
                Step("= lim(x -> inf: 1 / (1 + exp(-x)))", by=unfold, why="the definition of the sigmoid, written out"),
                Step("= 1", by=limit, why="exp(-x) tends to 0, so the denominator tends to 1"),
            ),
        ),
        Derivation(
            "Far left it is sure of no",
            key="left",
            claim="lim(x -> inf: sigmoid(-x)) = 0",
            steps=(
                Step("= lim(x -> inf: 1 / (1 + exp(x)))", by=unfold, why="the definition of the sigmoid, at -x"),
                Step("= 0", by=limit, why="exp(x) grows without bound, so one over 1 + exp(x) tends to 0"),
            ),
        ),
    ),
    invariants=(
        Law("lies between 0 and 1", "0 <= sigmoid(x) <= 1", why="the result is no probability"),
        Law("yes and no add up to 1", "sigmoid(x) + sigmoid(-x) = 1", why="the probabilities of yes and no do not sum to 1"),
        Law("grows", "sigmoid(x) <= sigmoid(x + y)", given="y: nonnegative", why="a larger score gave a smaller probability"),
        Law("has the odds exp(x)", "sigmoid(x) = exp(x) sigmoid(-x)", why="yes and no are not in the ratio exp(x)"),
    ),
    accuracy=Accuracy(float64=2, float32=0.51, float16=0.51),
    examples=(
        Example("sigmoid(0) = 0.5", source="undecided"),
        Example("sigmoid(1) = 0.7310585786300049", source="e / (e + 1)"),
        Example("sigmoid(2) = 0.8807970779778824"),
        Example("sigmoid(-40) = 4.248354e-18", source="small, but not 0"),
        Example("sigmoid(-710.3) = 3.3e-309", source="implementations that divide by 1 + exp(-x) give 0"),
        Example("sigmoid(-inf) = 0", source="the limit"),
    ),
    mistakes=(
        "mathcore.mistakes.sigmoid.as_a_quotient_of_exponentials",
        "mathcore.mistakes.sigmoid.underflowing",
        "mathcore.mistakes.sigmoid.by_tanh",
        "mathcore.mistakes.sigmoid.mirrored",
        "mathcore.mistakes.sigmoid.hard",
    ),
    false_claims=(
        FalseClaim("D(sigmoid(x), x) <= 1 / 5", why="at 0 the slope is 1/4"),
        FalseClaim("softmax([x, y])[1] = sigmoid(x)", why="true only if the other score is 0: it is sigmoid(x - y)"),
        FalseClaim(
            "sigmoid(2 x) = 2 sigmoid(x)",
            why="twice the score is not twice the probability: at x = 0 the left side is 1/2, the right side 1",
        ),
        FalseClaim("sigmoid(-x) = -sigmoid(x)", why="both are positive, and they sum to 1: at 0 both are 1/2"),
        FalseClaim("D(sigmoid(x), x) = sigmoid(x)", why="the slope is sigmoid(x) (1 - sigmoid(x)): at 0 it is 1/4, not 1/2"),
    ),
    exercises=(
        Exercise("Which x has sigmoid(x) = 0.9?", "exp(-x) = 1/9, so x = log 9 = 2.197: the logit of 0.9."),
        Exercise("How steep is it at most?", "The slope sigmoid(x) (1 - sigmoid(x)) is largest at x = 0: 1/4."),
    ),
    not_verified=(
        (
            "That a probability computed so is calibrated, so that a yes of 0.9 is right nine times in ten: that depends on "
            "the model and its training."
        ),
    ),
    references=(Reference("Verhulst, Recherches mathématiques sur la loi d'accroissement de la population (1845)"),),
)
