"""One-hot encoding: a label as a vector."""

from mathcore.card import Accuracy, Card, Example, FalseClaim, Law, Reference

CARD = Card(
    name="one_hot",
    title="One-hot encoding",
    summary="The label t of n classes as a vector with a 1 in place t and 0 elsewhere: a distribution without uncertainty.",
    given="n: size; t: index[n]; i, k: index[n]",
    define="one_hot(t)[k] = delta(k, t)",
    numeric="mathcore.numeric.one_hot",
    units="probability",
    prerequisites=("labels",),
    invariants=(Law("is a certain distribution", "sum(k: one_hot(t)[k]) = 1", why="the entries do not sum to 1"),),
    accuracy=Accuracy(float64=0, domain="every label in range"),
    examples=(
        Example(
            "vector(k: delta(k, 2)) = [0, 1, 0]",
            given="k: index[3]",
            source="indices count from 1 here; in Python the label is 1",
        ),
    ),
    mistakes=(
        "mathcore.mistakes.one_hot.counts_from_one",
        "mathcore.mistakes.one_hot.twice",
        "mathcore.mistakes.one_hot.wraps_negative_labels",
    ),
    false_claims=(FalseClaim("one_hot(t)[k] = one_hot(i)[k]", why="different labels have different vectors"),),
    references=(Reference("Keras, to_categorical: run twice it adds an axis, as the note warns"),),
)
