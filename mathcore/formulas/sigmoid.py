"""The sigmoid: a probability from one score."""

from mathcore.card import Accuracy, Card, Example, Exercise, FalseClaim, Law, Reference

CARD = Card(
    name="sigmoid",
    title="Sigmoid",
    summary=(
        "Turns a score into a probability of yes. It climbs from 0 to 1, is 1/2 at 0, and sigmoid(-x) is the probability of no. "
        "The softmax of the two scores x and 0 is the same number."
    ),
    given="x: real",
    define="sigmoid(x) = 1 / (1 + exp(-x))",
    numeric="mathcore.numeric.sigmoid",
    units="probability",
    prerequisites=("the exponential function",),
    invariants=(
        Law("lies between 0 and 1", "0 <= sigmoid(x) <= 1", why="the result is no probability"),
        Law("yes and no add up to 1", "sigmoid(x) + sigmoid(-x) = 1", why="the probabilities of yes and no do not sum to 1"),
        Law("grows", "sigmoid(x) <= sigmoid(x + y)", given="y: nonnegative", why="a larger score gave a smaller probability"),
        Law("has the odds exp(x)", "sigmoid(x) = exp(x) sigmoid(-x)", why="yes and no are not in the ratio exp(x)"),
    ),
    accuracy=Accuracy(float64=2, float32=0.51, float16=0.51),
    examples=(
        Example("sigmoid(0) = 0.5"),
        Example("sigmoid(1) = 0.7310585786300049"),
        Example("sigmoid(2) = 0.8807970779778824"),
        Example("sigmoid(-40) = 4.248354e-18"),
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
        FalseClaim("sigmoid(2 x) = 2 sigmoid(x)", why="twice the score is not twice the probability"),
        FalseClaim("sigmoid(-x) = -sigmoid(x)", why="both are positive; they sum to 1"),
        FalseClaim("D(sigmoid(x), x) = sigmoid(x)", why="the slope is sigmoid(x) (1 - sigmoid(x))"),
    ),
    exercises=(
        Exercise("Which x has sigmoid(x) = 0.9?", "exp(-x) = 1/9, so x = log 9 = 2.197: the logit of 0.9."),
        Exercise("How steep is it at most?", "The slope sigmoid(x) (1 - sigmoid(x)) is largest at x = 0: 1/4."),
    ),
    not_verified=("That a probability computed so is calibrated: that depends on the model and its training.",),
    references=(Reference("Verhulst, Recherches mathématiques sur la loi d'accroissement de la population (1845)"),),
)
