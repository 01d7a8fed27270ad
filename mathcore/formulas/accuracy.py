"""Accuracy: is the largest score that of the label?"""

from mathcore.card import (
    Accuracy,
    Attained,
    Card,
    Case,
    Certificate,
    Derivation,
    Example,
    Exercise,
    FalseClaim,
    Law,
    Reference,
    Split,
    Step,
    Term,
    fold,
    rewrite,
    unfold,
)

CARD = Card(
    name="accuracy",
    title="Accuracy",
    summary=(
        "How often a classifier is right: the figure that is reported after training. For one sample it is 1 if no class "
        "has a larger score than the label t, otherwise 0 (step(x) is 1 where x >= 0, else 0); for several samples it is "
        "the share of those that score 1. Ties are left out: the last condition below says that one class alone has the "
        "largest score. Only the place of the largest score counts: softmax, a shift or a temperature change nothing. "
        "And it is flat almost everywhere, so gradient descent has no slope to follow: training minimises the "
        "crossentropy in its place."
    ),
    given="n: size; t: index[n]; z: real[n]; c: real; T: positive; i, k: index[n]; sum(k: step(z[k] - max(i: z[i]))) = 1",
    define="accuracy(t, z) = step(z[t] - max(k: z[k]))",
    numeric="mathcore.numeric.accuracy",
    units="share of samples",
    uses=("sigmoid", "softmax", "one_hot"),
    prerequisites=("one_hot",),
    derivations=(
        Derivation(
            "At least 0",
            key="nonnegative",
            given="w: real[n]",
            claim="accuracy(t, w) >= 0",
            steps=(
                Step(
                    ">= 0",
                    by=Certificate((Term("accuracy(t, w)"),)),
                    why="a step has only the values 0 and 1, and neither is below 0",
                ),
            ),
        ),
        Derivation(
            "At most 1",
            key="at_most",
            given="w: real[n]",
            claim="accuracy(t, w) <= 1",
            steps=(
                Step(
                    "<= 1",
                    by=Certificate((Term("1 - accuracy(t, w)"),)),
                    why="a step has only the values 0 and 1, and neither is above 1",
                ),
            ),
        ),
        Derivation(
            "A shift changes nothing",
            key="shift",
            given="w: real[n]",
            claim="accuracy(t, vector(k: w[k] + c)) = accuracy(t, w)",
            steps=(
                Step(
                    "= step(w[t] + c - max(k: w[k] + c))",
                    by=unfold,
                    why="the definition of accuracy, for the scores with c added to each",
                ),
                Step(
                    "= step(w[t] - max(k: w[k]))",
                    by=rewrite,
                    why="adding c to all scores raises the largest by c as well, so c cancels in the difference",
                ),
                Step("= accuracy(t, w)", by=fold, why="the definition of accuracy, read backwards"),
            ),
        ),
        Derivation(
            "The largest score is right",
            key="right",
            given="w: real[n]",
            claim="forall(k: w[k] <= w[t]) => accuracy(t, w) = 1",
            steps=(
                Step("= step(w[t] - max(k: w[k]))", by=unfold, why="the definition of accuracy, written out"),
                Step(
                    "= 1",
                    by=Attained("m", rewrite),
                    why="no score is above w[t], so the largest is w[t] itself: the difference is 0, where the step is 1",
                ),
            ),
        ),
        Derivation(
            "One score above it, and it is wrong",
            key="wrong",
            given="w: real[n]",
            claim="accuracy(t, w) <= step(w[t] - w[i])",
            steps=(
                Step("= step(w[t] - max(k: w[k]))", by=unfold, why="the definition of accuracy, written out"),
                Step(
                    "<= step(w[t] - w[i])",
                    by=Split(
                        (
                            Case("w[t] >= w[i]", Certificate((Term("1 - step(w[t] - max(k: w[k]))"),))),
                            Case("w[t] < w[i]", Certificate((Term("0"),))),
                        )
                    ),
                    why="if w[i] is above w[t], so is the largest score, and both sides are 0; otherwise the right side is 1, and no step is larger",
                ),
            ),
        ),
        Derivation(
            "The threshold 1/2 of a probability is the threshold 0 of its score",
            key="threshold",
            given="x: real",
            claim="step(sigmoid(x) - 1 / 2) = step(x)",
            steps=(
                Step(
                    "= step(x)",
                    by=Split((Case("x >= 0", rewrite), Case("x < 0", rewrite))),
                    why="the sigmoid 1/(1 + exp(-x)) is at least 1/2 exactly where exp(-x) is at most 1, which is where x is at least 0",
                ),
            ),
        ),
        Derivation(
            "A temperature changes nothing",
            key="temperature",
            given="w: real[n]",
            claim="accuracy(t, vector(k: w[k] / T)) = accuracy(t, w)",
            steps=(
                Step(
                    "= step(w[t] / T - max(k: w[k] / T))",
                    by=unfold,
                    why="the definition of accuracy, for the scores divided by T",
                ),
                Step(
                    "= step((w[t] - max(k: w[k])) / T)",
                    by=rewrite,
                    why="T is positive, so dividing keeps the order: the largest of the scores over T is the largest score, over T",
                ),
                Step(
                    "= step(w[t] - max(k: w[k]))",
                    by=rewrite,
                    why="dividing by a positive number keeps the sign, and a step sees nothing but the sign",
                ),
                Step("= accuracy(t, w)", by=fold, why="the definition of accuracy, read backwards"),
            ),
        ),
        Derivation(
            "The one-hot label as a prediction is right",
            key="perfect",
            claim="accuracy(t, one_hot(t)) = 1",
            steps=(
                Step(
                    "= step(delta(t, t) - max(k: delta(k, t)))",
                    by=unfold,
                    why="the definitions of accuracy and of one-hot, written out",
                ),
                Step(
                    "= 1",
                    by=Attained("m", rewrite),
                    why="the largest entry of a one-hot vector is 1, and it stands at the label: the difference is 0",
                ),
            ),
        ),
        Derivation(
            "Probabilities are as good as scores",
            key="softmax",
            given="w: real[n]",
            claim="accuracy(t, softmax(w)) = accuracy(t, w)",
            steps=(
                Step(
                    "= step(softmax(w)[t] - max(k: softmax(w)[k]))",
                    by=unfold,
                    why="the definition of accuracy, with the probabilities in place of the scores",
                ),
                Step(
                    "= step((exp(w[t]) - exp(max(k: w[k]))) / sum(i: exp(w[i])))",
                    by=rewrite,
                    why="all probabilities share one denominator, and the largest exponential is that of the largest score",
                ),
                Step(
                    "= step(w[t] - max(k: w[k]))",
                    by=Split((Case("w[t] >= max(k: w[k])", rewrite), Case("w[t] < max(k: w[k])", rewrite))),
                    why=(
                        "the exponential grows and the denominator is positive, so the difference keeps its sign, and a step sees "
                        "nothing but the sign"
                    ),
                ),
                Step("= accuracy(t, w)", by=fold, why="the definition of accuracy, read backwards"),
            ),
        ),
    ),
    invariants=(
        Law("is at least 0", "accuracy(t, z) >= 0", why="a share below 0"),
        Law("is at most 1", "accuracy(t, z) <= 1", why="more samples were right than there are"),
        Law("counts one class per sample", "sum(i: accuracy(i, z)) >= 1", why="no label at all would be right"),
        Law(
            "does not feel a shift",
            "accuracy(t, vector(k: z[k] + c)) = accuracy(t, z)",
            why="adding one number to all scores changed the accuracy",
        ),
        Law(
            "does not feel a temperature",
            "accuracy(t, vector(k: z[k] / T)) = accuracy(t, z)",
            why="dividing all scores by a positive number changed the accuracy",
        ),
        Law(
            "is that of the probabilities",
            "accuracy(t, softmax(z)) = accuracy(t, z)",
            why="softmax changed which class is the likeliest",
        ),
    ),
    accuracy=Accuracy(float64=0, domain="every label and all scores without a tie for the largest"),
    examples=(
        Example("accuracy(1, [7/10, 2/10, 1/10]) = 1", source="label 0 in Python: here indices count from 1"),
        Example("accuracy(3, [5/10, 4/10, 1/10]) = 0", source="the first score is larger than the third"),
        Example("accuracy(2, [-3, -1, -2]) = 1", source="logits are as good as probabilities"),
    ),
    mistakes=(
        "mathcore.mistakes.accuracy.counts_from_one",
        "mathcore.mistakes.accuracy.least_score",
        "mathcore.mistakes.accuracy.top_two",
        "mathcore.mistakes.accuracy.error_rate",
        "mathcore.mistakes.accuracy.above_one_half",
    ),
    false_claims=(
        FalseClaim(
            "accuracy(t, z) = softmax(z)[t]",
            why="that is how probable the label is, say 0.4; the accuracy asks whether it is the likeliest class, and is 0 or 1",
        ),
        FalseClaim(
            "accuracy(t, vector(k: -z[k])) = accuracy(t, z)",
            why="with all signs turned the smallest score becomes the largest: another class is chosen",
        ),
    ),
    exercises=(
        Exercise(
            "99 of 100 samples have label 1. What is the accuracy of a model that always answers 1, and what does it know?",
            (
                "0.99; yet it knows only which label is the most frequent. An accuracy says something only beside the share of "
                "that label."
            ),
        ),
        Exercise(
            "Why is a network not trained by gradient descent on its accuracy?",
            "The derivative is 0 wherever there is one: no small step of the weights changes the largest score.",
        ),
    ),
    not_verified=(
        "Ties: among equal largest scores the function takes the first, while the formula calls every one of them right.",
        "The mean over several samples: a count divided by their number, rounded once.",
    ),
    references=(Reference("Keras, SparseCategoricalAccuracy: labels first, predictions second"),),
)
