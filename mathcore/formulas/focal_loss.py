"""The focal loss: binary crossentropy with easy samples turned down."""

from mathcore.card import Accuracy, Card, Example, Exercise, FalseClaim, Law, Reference

CARD = Card(
    name="focal_loss",
    title="Focal loss from logits",
    summary=(
        "The binary crossentropy times (1 - p)^gamma, p the predicted probability of the label: a sample that is almost right "
        "hardly counts, so that many easy samples do not drown the few hard ones. gamma = 0 gives the crossentropy back."
    ),
    given="n: size; t: unit[n]; z: real[n]; gamma: nonnegative; gamma <= 5; a: unit; x: real; k: index[n]",
    define=(
        "focal_loss(t, z, gamma)[k] = (t[k] sigmoid(-z[k]) + (1 - t[k]) sigmoid(z[k]))^gamma binary_crossentropy(t[k], z[k])"
    ),
    auxiliary=("miss(a, x) = a sigmoid(-x) + (1 - a) sigmoid(x)",),
    numeric="mathcore.numeric.focal_loss(from_logits=True)",
    units="nats",
    uses=("softplus", "binary_crossentropy"),
    prerequisites=("binary_crossentropy",),
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
        Example("focal_loss([1], [40], 2) = [7.667648e-53]"),
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
            why="true for gamma = 0 alone: else easy samples count less",
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
