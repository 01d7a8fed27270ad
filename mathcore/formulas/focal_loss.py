"""The focal loss: binary crossentropy with easy samples turned down."""

from mathcore.card import (
    Accuracy,
    Card,
    Certificate,
    Derivation,
    Example,
    Exercise,
    FalseClaim,
    Law,
    Reference,
    Step,
    Term,
    rewrite,
    unfold,
)

CARD = Card(
    name="focal_loss",
    title="Focal loss from logits",
    summary=(
        "A loss for data in which most samples are easy, as in object detection: the binary crossentropy times (1 - "
        "p)^gamma, where p is the predicted probability of the label. So a sample that is almost right hardly counts, "
        "and many easy samples do not drown the few hard ones. For gamma = 0 it is the crossentropy itself."
    ),
    given="n: size; t: unit[n]; z: real[n]; gamma: nonnegative; gamma <= 5; a: unit; x: real; j, k: index[n]",
    define=(
        "focal_loss(t, z, gamma)[k] = (t[k] sigmoid(-z[k]) + (1 - t[k]) sigmoid(z[k]))^gamma binary_crossentropy(t[k], z[k])"
    ),
    auxiliary=("miss(a, x) = a sigmoid(-x) + (1 - a) sigmoid(x)",),
    numeric="mathcore.numeric.focal_loss(from_logits=True)",
    units="nats",
    uses=("sigmoid", "softplus", "binary_crossentropy"),
    prerequisites=("binary_crossentropy",),
    derivations=(
        Derivation(
            "No focus: the binary crossentropy",
            key="crossentropy",
            claim="focal_loss(t, z, 0)[k] = binary_crossentropy(t[k], z[k])",
            steps=(
                Step(
                    "= miss(t[k], z[k])^0 binary_crossentropy(t[k], z[k])",
                    by=unfold,
                    why="the definition of the focal loss, for gamma = 0",
                ),
                Step("= binary_crossentropy(t[k], z[k])", by=rewrite, why="anything to the power 0 is 1, so no weight is left"),
            ),
        ),
        Derivation(
            "What is missed is at most 1",
            key="miss_below",
            claim="miss(a, x) <= 1",
            steps=(
                Step("= a sigmoid(-x) + (1 - a) sigmoid(x)", by=unfold, why="the definition of the miss, written out"),
                Step(
                    "<= 1",
                    by=Certificate(
                        (
                            Term("a", lemma="sigmoid.below_one", at="x = -x"),
                            Term("1 - a", lemma="sigmoid.below_one", at="x = x"),
                        )
                    ),
                    why="a weighted mean of two numbers below 1 is below 1, so it is at most 1",
                ),
            ),
        ),
        Derivation(
            "The probability of the label is what is not missed",
            key="hit",
            claim="1 - miss(a, x) = a sigmoid(x) + (1 - a) sigmoid(-x)",
            steps=(
                Step("= 1 - a sigmoid(-x) - (1 - a) sigmoid(x)", by=unfold, why="the definition of the miss, written out"),
                Step(
                    "= a sigmoid(x) + (1 - a) sigmoid(-x)",
                    by=rewrite,
                    why="1 is a + (1 - a), and 1 - sigmoid(x) is sigmoid(-x), in both places",
                ),
            ),
        ),
        Derivation(
            "The label 1",
            key="yes",
            given="g: nonnegative",
            claim="focal_loss(vector(j: 1), z, g)[k] = -(1 - sigmoid(z[k]))^g log(sigmoid(z[k]))",
            steps=(
                Step(
                    "= sigmoid(-z[k])^g (-log(sigmoid(z[k])))",
                    by=unfold,
                    why="the definitions of the loss and of the crossentropy, for the label 1: only the terms with t[k] are left",
                ),
                Step(
                    "= -(1 - sigmoid(z[k]))^g log(sigmoid(z[k]))",
                    by=rewrite,
                    why="sigmoid(-z) is 1 - sigmoid(z): yes and no add up to 1",
                ),
            ),
            note="The form of the paper: -(1 - p)^gamma log p.",
        ),
        Derivation(
            "The label 0",
            key="no",
            given="g: nonnegative",
            claim="focal_loss(vector(j: 0), z, g)[k] = -sigmoid(z[k])^g log(1 - sigmoid(z[k]))",
            steps=(
                Step(
                    "= sigmoid(z[k])^g (-log(sigmoid(-z[k])))",
                    by=unfold,
                    why="the definitions of the loss and of the crossentropy, for the label 0: only the terms with 1 - t[k] are left",
                ),
                Step(
                    "= -sigmoid(z[k])^g log(1 - sigmoid(z[k]))",
                    by=rewrite,
                    why="sigmoid(-z) is 1 - sigmoid(z): yes and no add up to 1",
                ),
            ),
        ),
        Derivation(
            "An undecided prediction loses half for every unit of gamma",
            key="undecided",
            given="g: nonnegative",
            claim="focal_loss(t, vector(j: 0), g + 1)[k] = focal_loss(t, vector(j: 0), g)[k] / 2",
            steps=(
                Step(
                    "= (t[k] / 2 + (1 - t[k]) / 2)^(g + 1) binary_crossentropy(t[k], 0)",
                    by=unfold,
                    why="the definition of the focal loss, at z = 0, where the sigmoid is 1/2",
                ),
                Step(
                    "= (1 / 2) (1 / 2)^g binary_crossentropy(t[k], 0)",
                    by=rewrite,
                    why="half of t and half of 1 - t make one half, and one factor of the power is written apart",
                ),
                Step(
                    "= focal_loss(t, vector(j: 0), g)[k] / 2",
                    by=rewrite,
                    why="(1/2)^g times the crossentropy is the focal loss at z = 0 for gamma = g, and 1/2 is left",
                ),
            ),
        ),
        Derivation(
            "Which class is called 1 does not matter",
            key="symmetry",
            given="g: nonnegative",
            claim="focal_loss(vector(j: 1 - t[j]), vector(j: -z[j]), g)[k] = focal_loss(t, z, g)[k]",
            steps=(
                Step(
                    "= ((1 - t[k]) sigmoid(z[k]) + t[k] sigmoid(-z[k]))^g binary_crossentropy(1 - t[k], -z[k])",
                    by=unfold,
                    why="the definition of the focal loss, for 1 - t and -z",
                ),
                Step(
                    "= focal_loss(t, z, g)[k]",
                    by=rewrite,
                    why="the two terms of the weight change places, and the crossentropy does not mind which class is called 1",
                ),
            ),
        ),
        Derivation(
            "Never negative",
            key="nonnegative",
            given="g: nonnegative",
            claim="focal_loss(t, z, g)[k] >= 0",
            steps=(
                Step(
                    ">= 0",
                    by=Certificate(
                        (
                            Term(
                                "(t[k] sigmoid(-z[k]) + (1 - t[k]) sigmoid(z[k]))^g",
                                lemma="binary_crossentropy.nonnegative",
                                at="t = t[k]; z = z[k]",
                            ),
                        )
                    ),
                    why="the weight is a power of what is missed, which is not negative, and neither is the crossentropy",
                ),
            ),
        ),
        Derivation(
            "More focus, less loss",
            key="falls",
            given="g: nonnegative",
            claim="focal_loss(t, z, g + 1)[k] <= focal_loss(t, z, g)[k]",
            steps=(
                Step(
                    "<= focal_loss(t, z, g)[k]",
                    by=Certificate(
                        (
                            Term(
                                "miss(t[k], z[k])^g (t[k] sigmoid(z[k]) + (1 - t[k]) sigmoid(-z[k]))",
                                lemma="binary_crossentropy.nonnegative",
                                at="t = t[k]; z = z[k]",
                            ),
                        )
                    ),
                    why="with m for the miss the difference is m^g (1 - m) times the crossentropy, and none of the three is negative",
                ),
            ),
            note="So it is never above the crossentropy, which is the case g = 0.",
        ),
    ),
    invariants=(
        Law("is never negative", "focal_loss(t, z, gamma)[k] >= 0", why="a negative loss came out"),
        Law(
            "is the crossentropy for gamma = 0",
            "focal_loss(t, z, 0)[k] = binary_crossentropy(t[k], z[k])",
            why="without focus it is not the binary crossentropy",
        ),
        Law(
            "is at most the crossentropy",
            "focal_loss(t, z, gamma)[k] <= binary_crossentropy(t[k], z[k])",
            why="a sample was turned up instead of down",
        ),
        Law(
            "halves the loss of an undecided prediction for every unit of gamma",
            "focal_loss(t, vector(j: 0), 1)[k] = binary_crossentropy(t[k], 0) / 2",
            given="j: index[n]",
            why="(1 - 1/2)^1 is not the factor at z = 0",
        ),
        Law(
            "does not care which class is called 1",
            "focal_loss(t, z, gamma)[k] = focal_loss(vector(j: 1 - t[j]), vector(j: -z[j]), gamma)[k]",
            given="j: index[n]",
            why="renaming the classes changed the loss",
        ),
    ),
    accuracy=Accuracy(
        float64=8, float32=0.51, float16=0.51, domain="every label from 0 to 1, every finite logit, gamma from 0 to 5"
    ),
    examples=(
        Example("focal_loss([1], [0], 2) = [0.1732868]", source="a quarter of log 2"),
        Example("focal_loss([1, 0], [2, 2], 2) = [0.00180356, 1.650078]", source="the easy sample counts 915 times less"),
        Example("focal_loss([1], [40], 2) = [7.667648e-53]", source="exp(-40)^3, nearly: a very easy sample"),
    ),
    mistakes=(
        "mathcore.mistakes.focal_loss.subtracted",
        "mathcore.mistakes.focal_loss.easy_samples_kept",
        "mathcore.mistakes.focal_loss.of_the_label_1",
        "mathcore.mistakes.focal_loss.times_gamma",
        "mathcore.mistakes.focal_loss.without_gamma",
    ),
    false_claims=(
        FalseClaim(
            "focal_loss(t, z, gamma)[k] = binary_crossentropy(t[k], z[k])",
            why="true for gamma = 0 alone: otherwise every sample is turned down, at z = 0 with gamma = 2 to a quarter",
        ),
        FalseClaim(
            "focal_loss(t, z, 2)[k] = sigmoid(z[k])^2 binary_crossentropy(t[k], z[k])",
            why="that is 1 - p for the label 0 alone; for the label 1 it is p",
        ),
    ),
    exercises=(
        Exercise(
            "By which factor does gamma = 2 turn down a sample whose label has the probability 0.9, and one at 0.1?",
            "0.1^2 = 0.01 and 0.9^2 = 0.81.",
        ),
    ),
    not_verified=(
        "The weight alpha, the form that takes probabilities, and gamma above 5: tests measure the first two.",
        "Labels between 0 and 1: the paper defines none; the form here is that of Keras and torchvision.",
        "That it trains better where most samples are easy.",
    ),
    references=(Reference("Lin, Goyal, Girshick, He, Dollár, Focal loss for dense object detection (2017), equation (4)"),),
)
