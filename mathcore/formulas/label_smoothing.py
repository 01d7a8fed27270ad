"""Label smoothing: a little of the certainty of a label is spread over all classes."""

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
    Use,
    differentiate,
    fold,
    rewrite,
    unfold,
)

CARD = Card(
    name="label_smoothing",
    title="Label smoothing",
    summary=(
        "A remedy for a classifier that becomes too sure of itself. The label keeps 1 - eps of its weight, and the rest "
        "is spread evenly over all n classes, the true one included. A model that is trained on such labels is no longer "
        "rewarded for logits that grow without bound."
    ),
    given="n: size; t: simplex[n]; z: real[n]; eps, a, b: unit; i, j, k: index[n]",
    define="label_smoothing(t, eps)[k] = (1 - eps) t[k] + eps / n",
    numeric="mathcore.numeric.label_smoothing",
    units="probability",
    uses=("one_hot", "softmax", "logsumexp", "crossentropy"),
    prerequisites=("probability distributions", "one_hot", "crossentropy"),
    derivations=(
        Derivation(
            "Still a distribution",
            key="sum",
            claim="sum(k: label_smoothing(t, eps)[k]) = 1",
            steps=(
                Step(
                    "= (1 - eps) sum(k: t[k]) + sum(k: eps / n)",
                    by=unfold,
                    why="the definition of label smoothing, added up; the sum is taken apart, and 1 - eps leaves it",
                ),
                Step("= (1 - eps) sum(k: t[k]) + eps", by=rewrite, why="eps/n is added n times, which makes eps"),
                Step("= 1", by=Use("sum(k: t[k]) = 1"), why="the labels sum to 1: 1 - eps and eps make 1"),
            ),
        ),
        Derivation(
            "Every class keeps at least its share",
            key="share",
            claim="label_smoothing(t, eps)[k] >= eps / n",
            steps=(
                Step("= (1 - eps) t[k] + eps / n", by=unfold, why="the definition of label smoothing, written out"),
                Step(
                    ">= eps / n",
                    by=Certificate((Term("(1 - eps) t[k]"),)),
                    why="neither 1 - eps nor a label is negative, so the first term may be dropped",
                ),
            ),
        ),
        Derivation(
            "The true class",
            key="true_class",
            claim="label_smoothing(one_hot(j), eps)[j] = 1 - eps (n - 1) / n",
            steps=(
                Step(
                    "= (1 - eps) delta(j, j) + eps / n",
                    by=unfold,
                    why="the definitions of label smoothing and of one-hot, written out",
                ),
                Step(
                    "= 1 - eps (n - 1) / n",
                    by=rewrite,
                    why="delta(j, j) is 1, so the class has 1 - eps + eps/n, and eps less eps/n is eps (n - 1)/n",
                ),
            ),
        ),
        Derivation(
            "The order is kept",
            key="order",
            claim="t[i] <= t[j] => label_smoothing(t, eps)[i] <= label_smoothing(t, eps)[j]",
            steps=(
                Step("= (1 - eps) t[i] + eps / n", by=unfold, why="the definition of label smoothing, written out"),
                Step(
                    "<= (1 - eps) t[j] + eps / n",
                    by=Certificate((Term("(1 - eps) (t[j] - t[i])"),)),
                    why="1 - eps is not negative, so multiplying by it keeps t[i] <= t[j]",
                ),
                Step("= label_smoothing(t, eps)[j]", by=fold, why="the definition of label smoothing, read backwards"),
            ),
        ),
        Derivation(
            "Nothing to spread",
            key="none",
            claim="label_smoothing(t, 0)[k] = t[k]",
            steps=(
                Step("= (1 - 0) t[k] + 0 / n", by=unfold, why="the definition of label smoothing, for eps = 0"),
                Step("= t[k]", by=rewrite, why="1 - 0 is 1, and 0/n is 0, so nothing is added"),
            ),
        ),
        Derivation(
            "Twice is once with more",
            key="twice",
            claim="label_smoothing(label_smoothing(t, a), b)[k] = label_smoothing(t, 1 - (1 - a) (1 - b))[k]",
            steps=(
                Step("= (1 - b) ((1 - a) t[k] + a / n) + b / n", by=unfold, why="the definition of label smoothing, twice"),
                Step(
                    "= (1 - a) (1 - b) t[k] + (1 - (1 - a) (1 - b)) / n",
                    by=rewrite,
                    why="multiplied out, the shares of 1/n are (1 - b) a + b, which is 1 - (1 - a) (1 - b)",
                ),
                Step(
                    "= label_smoothing(t, 1 - (1 - a) (1 - b))[k]",
                    by=fold,
                    why="the definition of label smoothing, for eps = 1 - (1 - a)(1 - b)",
                ),
            ),
        ),
        Derivation(
            "The loss is a mixture of two losses",
            key="loss",
            claim="crossentropy(label_smoothing(t, eps), softmax(z)) = (1 - eps) crossentropy(t, softmax(z)) + eps (logsumexp(z) - sum(k: z[k]) / n)",
            steps=(
                Step(
                    "= -sum(k: ((1 - eps) t[k] + eps / n) log(softmax(z)[k]))",
                    by=unfold,
                    why="the definitions of the crossentropy and of label smoothing, written out",
                ),
                Step(
                    "= -(1 - eps) sum(k: t[k] log(softmax(z)[k])) - (eps / n) sum(k: log(softmax(z)[k]))",
                    by=rewrite,
                    why="the sum is taken apart, and 1 - eps and eps/n leave their sums",
                ),
                Step(
                    "= -(1 - eps) sum(k: t[k] log(softmax(z)[k])) - (eps / n) sum(k: z[k] - logsumexp(z))",
                    by=rewrite,
                    why="the logarithm of softmax is the score less log-sum-exp",
                ),
                Step(
                    "= (1 - eps) crossentropy(t, softmax(z)) + eps (logsumexp(z) - sum(k: z[k]) / n)",
                    by=rewrite,
                    why=(
                        "the first sum is minus the crossentropy; in the second log-sum-exp is added n times, and n cancels the n of "
                        "eps/n"
                    ),
                ),
            ),
            note="The second loss is least where all scores are equal: it keeps them from growing apart without bound.",
        ),
        Derivation(
            "The gradient: prediction minus smoothed label",
            key="gradient",
            claim="D(crossentropy(label_smoothing(t, eps), softmax(z)), z[j]) = softmax(z)[j] - label_smoothing(t, eps)[j]",
            steps=(
                Step(
                    "= sum(k: (1 - eps) t[k] + eps / n) softmax(z)[j] - ((1 - eps) t[j] + eps / n)",
                    by=differentiate,
                    why=(
                        "the gradient for labels with any sum, from the page of the categorical crossentropy, here for the smoothed "
                        "labels"
                    ),
                ),
                Step(
                    "= ((1 - eps) sum(k: t[k]) + eps) softmax(z)[j] - ((1 - eps) t[j] + eps / n)",
                    by=rewrite,
                    why="1 - eps leaves the sum, and n shares of eps/n are eps",
                ),
                Step(
                    "= softmax(z)[j] - ((1 - eps) t[j] + eps / n)",
                    by=Use("sum(k: t[k]) = 1"),
                    why="the labels t sum to 1, so the factor is 1 - eps + eps = 1",
                ),
                Step(
                    "= softmax(z)[j] - label_smoothing(t, eps)[j]",
                    by=fold,
                    why="the definition of label smoothing, read backwards",
                ),
            ),
            note="It is 0 at a finite score now: for a one-hot label where softmax of the true class is 1 - eps (n - 1)/n.",
        ),
        Derivation(
            "The best scores are finite",
            key="best",
            given="0 < eps",
            claim="softmax(vector(k: log(label_smoothing(t, eps)[k])))[j] = label_smoothing(t, eps)[j]",
            steps=(
                Step(
                    "= ((1 - eps) t[j] + eps / n) / sum(k: (1 - eps) t[k] + eps / n)",
                    by=unfold,
                    why="the definition of softmax; exp undoes log, as each smoothed label is positive",
                ),
                Step(
                    "= ((1 - eps) t[j] + eps / n) / ((1 - eps) sum(k: t[k]) + eps)",
                    by=rewrite,
                    why="1 - eps leaves the sum, and n shares of eps/n are eps",
                ),
                Step(
                    "= (1 - eps) t[j] + eps / n",
                    by=Use("sum(k: t[k]) = 1"),
                    why="the labels t sum to 1, so the denominator is 1 - eps + eps = 1",
                ),
                Step("= label_smoothing(t, eps)[j]", by=fold, why="the definition of label smoothing, read backwards"),
            ),
            note="There the gradient is 0. With hard labels the loss falls for ever as the scores grow apart.",
        ),
    ),
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
        Example(
            "label_smoothing([0, 1, 0, 0], 1/2) = [1/8, 5/8, 1/8, 1/8]",
            source="half of the 1 is kept, the other half is spread over four classes",
        ),
        Example("label_smoothing([1, 0], 1/4) = [7/8, 1/8]", source="3/4 + 1/8 and 1/8"),
        Example("label_smoothing([0, 0, 1], 0) = [0, 0, 1]", source="nothing is spread"),
        Example("label_smoothing([1/2, 1/2], 1/4) = [1/2, 1/2]", source="an even label stays even"),
    ),
    mistakes=(
        "mathcore.mistakes.label_smoothing.over_the_other_classes",
        "mathcore.mistakes.label_smoothing.forgets_to_shrink",
        "mathcore.mistakes.label_smoothing.not_divided",
        "mathcore.mistakes.label_smoothing.shares_exchanged",
    ),
    false_claims=(
        FalseClaim(
            "label_smoothing(label_smoothing(t, a), b)[k] = label_smoothing(t, a + b)[k]",
            given="a + b <= 1",
            why="what the first spread left is what the second spreads: a + b - a b",
        ),
        FalseClaim(
            "label_smoothing(t, eps)[k] = t[k] + eps / n",
            given="n >= 2",
            why="what is spread must be taken away first: these labels sum to 1 + eps",
        ),
        FalseClaim(
            "label_smoothing(vector(k: delta(k, j)), eps)[j] = 1 - eps",
            given="n >= 2",
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
    not_verified=("That it improves predictions on new data, or makes probabilities mean what they say.",),
    references=(
        Reference("Szegedy et al., Rethinking the Inception Architecture for Computer Vision (2016), section 7"),
        Reference("Keras and PyTorch, CrossentropyLoss: the argument label_smoothing"),
    ),
)
