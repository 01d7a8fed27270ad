"""Label smoothing: a little of the certainty of a label is spread over all classes."""

from mathcore.card import Accuracy, Card, Example, Exercise, FalseClaim, Law, Reference

CARD = Card(
    name="label_smoothing",
    title="Label smoothing",
    summary=(
        "The label keeps 1 - eps of its weight, and the rest is spread evenly over all n classes, the true one included. A "
        "model that is trained on such labels is no longer rewarded for logits that grow without bound."
    ),
    given="n: size; t: simplex[n]; eps: unit; i, j, k: index[n]",
    define="label_smoothing(t, eps)[k] = (1 - eps) t[k] + eps / n",
    numeric="mathcore.numeric.label_smoothing",
    units="probability",
    prerequisites=("probability distributions", "one_hot"),
    invariants=(
        Law("sums to one", "sum(k: label_smoothing(t, eps)[k]) = 1", why="the smoothed labels are no distribution"),
        Law(
            "keeps order",
            "t[i] <= t[j] => label_smoothing(t, eps)[i] <= label_smoothing(t, eps)[j]",
            why="a likelier class fell behind",
        ),
        Law("gives every class its share", "label_smoothing(t, eps)[k] >= eps / n", why="a class got less than eps / n"),
        Law(
            "changes nothing for eps = 0",
            "label_smoothing(t, 0)[k] = t[k]",
            why="labels changed although nothing was to be spread",
        ),
        Law("leaves nothing for eps = 1", "label_smoothing(t, 1)[k] = 1 / n", why="everything is to be spread evenly"),
    ),
    accuracy=Accuracy(float64=2, float32=0.51, float16=0.51, domain="every probability vector and every eps from 0 to 1"),
    examples=(
        Example("label_smoothing([0, 1, 0, 0], 1/2) = [1/8, 5/8, 1/8, 1/8]"),
        Example("label_smoothing([1, 0], 1/4) = [7/8, 1/8]"),
        Example("label_smoothing([0, 0, 1], 0) = [0, 0, 1]"),
        Example("label_smoothing([1/2, 1/2], 1/4) = [1/2, 1/2]"),
    ),
    mistakes=(
        "mathcore.mistakes.label_smoothing.over_the_other_classes",
        "mathcore.mistakes.label_smoothing.forgets_to_shrink",
        "mathcore.mistakes.label_smoothing.not_divided",
        "mathcore.mistakes.label_smoothing.shares_exchanged",
    ),
    false_claims=(
        FalseClaim("label_smoothing(t, eps)[k] = t[k] + eps / n", why="what is spread must be taken away first"),
        FalseClaim(
            "label_smoothing(vector(k: delta(k, j)), eps)[j] = 1 - eps",
            why="the true class gets its share of eps back: 1 - eps + eps / n",
        ),
    ),
    exercises=(
        Exercise(
            "With 10 classes and eps = 0.1, which logit gap between the true class and the others is best?",
            "The smoothed labels are 0.91 and 0.01, so the best gap is log 91 = 4.51.",
        ),
        Exercise("What does smoothing twice, with a and then b, do?", "The same as once with 1 - (1 - a)(1 - b)."),
    ),
    not_verified=("That it improves generalisation or calibration.",),
    references=(
        Reference("Szegedy et al., Rethinking the Inception Architecture for Computer Vision (2016), section 7"),
        Reference("Keras and PyTorch, CrossentropyLoss: the argument label_smoothing"),
    ),
)
