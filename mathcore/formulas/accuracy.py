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
        "1 if no class has a larger score than the label t, otherwise 0; over several samples, the share of those where it "
        "is 1. Only the place of the largest score counts: softmax, a shift or a temperature change nothing. It is flat "
        "almost everywhere, so it can be reported but not descended: the crossentropy is minimised in its place."
    ),
    given="n: size; t: index[n]; z: real[n]; c: real; T: positive; i, k: index[n]; sum(k: step(z[k] - max(i: z[i]))) = 1",
    define="accuracy(t, z) = step(z[t] - max(k: z[k]))",
    numeric="mathcore.numeric.accuracy",
    units="share of samples",
    uses=("sigmoid", "softmax"),
    prerequisites=("one_hot",),
    derivations=(
        Derivation(
            "At least 0",
            key="nonnegative",
            claim="accuracy(t, z) >= 0",
            steps=(Step(">= 0", by=Certificate((Term("accuracy(t, z)"),)), why="a step is 0 or 1"),),
        ),
        Derivation(
            "At most 1",
            key="at_most",
            claim="accuracy(t, z) <= 1",
            steps=(Step("<= 1", by=Certificate((Term("1 - accuracy(t, z)"),)), why="a step is 0 or 1"),),
        ),
        Derivation(
            "A shift changes nothing",
            key="shift",
            claim="accuracy(t, vector(k: z[k] + c)) = accuracy(t, z)",
            steps=(
                Step("= step(z[t] + c - max(k: z[k] + c))", by=unfold, why="the definition, for the shifted scores"),
                Step("= step(z[t] - max(k: z[k]))", by=rewrite, why="c leaves the maximum and cancels"),
                Step("= accuracy(t, z)", by=fold, why="the definition"),
            ),
        ),
        Derivation(
            "The largest score is right",
            key="right",
            claim="forall(k: z[k] <= z[t]) => accuracy(t, z) = 1",
            steps=(
                Step("= step(z[t] - max(k: z[k]))", by=unfold, why="the definition"),
                Step(
                    "= 1",
                    by=Attained("m", rewrite),
                    why="the largest score is one that z[t] is not below: the difference is not negative",
                ),
            ),
        ),
        Derivation(
            "One score above it, and it is wrong",
            key="wrong",
            claim="accuracy(t, z) <= step(z[t] - z[i])",
            steps=(
                Step("= step(z[t] - max(k: z[k]))", by=unfold, why="the definition"),
                Step(
                    "<= step(z[t] - z[i])",
                    by=Split(
                        (
                            Case("z[t] >= z[i]", Certificate((Term("1 - step(z[t] - max(k: z[k]))"),))),
                            Case("z[t] < z[i]", Certificate((Term("0"),))),
                        )
                    ),
                    why="where z[i] is larger both are 0: the largest score is at least z[i]; elsewhere the right side is 1",
                ),
            ),
        ),
        Derivation(
            "A temperature changes nothing",
            key="temperature",
            claim="accuracy(t, vector(k: z[k] / T)) = accuracy(t, z)",
            steps=(
                Step("= step(z[t] / T - max(k: z[k] / T))", by=unfold, why="the definition, for the scores over T"),
                Step("= step((z[t] - max(k: z[k])) / T)", by=rewrite, why="a positive factor leaves the maximum"),
                Step("= step(z[t] - max(k: z[k]))", by=rewrite, why="a positive factor does not change the sign"),
                Step("= accuracy(t, z)", by=fold, why="the definition"),
            ),
        ),
    ),
    invariants=(
        Law("is at least 0", "accuracy(t, z) >= 0", why="a share below 0"),
        Law("is at most 1", "accuracy(t, z) <= 1", why="more samples were right than there are"),
        Law("counts one class per sample", "sum(i: accuracy(i, z)) >= 1", why="no label at all would be right"),
        Law("does not feel a shift", "accuracy(t, vector(k: z[k] + c)) = accuracy(t, z)", why="adding c to all scores counts"),
        Law(
            "does not feel a temperature",
            "accuracy(t, vector(k: z[k] / T)) = accuracy(t, z)",
            why="the unit of the scores counts",
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
        Example("accuracy(3, [5/10, 4/10, 1/10]) = 0"),
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
            "accuracy(t, z) = softmax(z)[t]", why="that is how probable the label is, not whether it is the likeliest class"
        ),
        FalseClaim("accuracy(t, vector(k: -z[k])) = accuracy(t, z)", why="the smallest score would count as the largest"),
    ),
    exercises=(
        Exercise(
            "99 of 100 samples have label 1. What is the accuracy of a model that always answers 1, and what does it know?",
            "0.99; it knows nothing but the most frequent label. Compare with the share of that label.",
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
