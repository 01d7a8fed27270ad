"""One-hot encoding: a label as a vector."""

from mathcore.card import Accuracy, Card, Derivation, Example, FalseClaim, Law, Reference, Step, fold, rewrite, unfold

CARD = Card(
    name="one_hot",
    title="One-hot encoding",
    summary=(
        "The label t of n classes as a vector with a 1 in place t and 0 elsewhere: a distribution without uncertainty, "
        "and the form in which losses take class labels."
    ),
    given="n: size; z: real[n]; t, i, j, k, l: index[n]",
    define="one_hot(t)[k] = delta(k, t)",
    numeric="mathcore.numeric.one_hot",
    units="probability",
    auxiliary=("encoded_twice(t, i, l)[k, j] = delta(k, t) delta(j, i) + (1 - delta(k, t)) delta(j, l)",),
    uses=("entropy",),
    prerequisites=("labels",),
    derivations=(
        Derivation(
            "A certain distribution",
            key="sum",
            claim="sum(k: one_hot(t)[k]) = 1",
            steps=(
                Step("= sum(k: delta(k, t))", by=unfold, why="the definition of one-hot, written out"),
                Step("= 1", by=rewrite, why="delta(k, t) is 1 at k = t and 0 elsewhere, so it adds up to 1"),
            ),
        ),
        Derivation(
            "It picks an entry",
            key="picks",
            claim="sum(k: one_hot(t)[k] z[k]) = z[t]",
            steps=(
                Step("= sum(k: delta(k, t) z[k])", by=unfold, why="the definition of one-hot, written out"),
                Step("= z[t]", by=rewrite, why="delta(k, t) is 0 unless k = t, so only this term is left"),
            ),
            note="An integer label that indexes and a one-hot label that multiplies do the same.",
        ),
        Derivation(
            "Its entries are their own squares",
            key="square",
            claim="one_hot(t)[k]^2 = one_hot(t)[k]",
            steps=(
                Step("= delta(k, t)^2", by=unfold, why="the definition of one-hot, written out"),
                Step("= delta(k, t)", by=rewrite, why="delta is 0 or 1, and both are their own squares"),
                Step("= one_hot(t)[k]", by=fold, why="the definition of one-hot, read backwards"),
            ),
        ),
        Derivation(
            "Two labels share an entry only if they are equal",
            key="product",
            claim="sum(k: one_hot(t)[k] one_hot(i)[k]) = delta(t, i)",
            steps=(
                Step("= sum(k: delta(k, t) delta(k, i))", by=unfold, why="the definition of one-hot, twice"),
                Step(
                    "= delta(t, i)", by=rewrite, why="the first delta leaves the term k = t, and there the second is delta(t, i)"
                ),
            ),
        ),
        Derivation(
            "Different labels are all equally far apart",
            key="distance",
            claim="sum(k: (one_hot(t)[k] - one_hot(i)[k])^2) = 2 (1 - delta(t, i))",
            steps=(
                Step(
                    "= sum(k: one_hot(t)[k]^2) - 2 sum(k: one_hot(t)[k] one_hot(i)[k]) + sum(k: one_hot(i)[k]^2)",
                    by=rewrite,
                    why="the square of a difference is multiplied out, and the sum is taken apart",
                ),
                Step(
                    "= 1 - 2 delta(t, i) + 1",
                    by=rewrite,
                    why="entries are their own squares, so each vector's squares add up to 1; the products add up to delta(t, i), as just shown",
                ),
                Step("= 2 (1 - delta(t, i))", by=rewrite, why="the two ones are added and 2 is taken out"),
            ),
            note="As numbers, label 9 is further from 1 than 2 is; as vectors no two classes are closer than others.",
        ),
        Derivation(
            "Nothing is uncertain",
            key="entropy",
            claim="entropy(one_hot(t)) = 0",
            steps=(
                Step(
                    "= -sum(k: delta(k, t) log(delta(k, t)))",
                    by=unfold,
                    why="the definitions of the entropy and of one-hot, written out",
                ),
                Step("= -log(delta(t, t))", by=rewrite, why="only the term k = t is there: the others are 0 log 0 = 0"),
                Step("= 0", by=rewrite, why="delta(t, t) is 1, and log(1) = 0"),
            ),
        ),
        Derivation(
            "Twice: every entry becomes a row with one 1",
            key="twice_rows",
            claim="sum(j: encoded_twice(t, i, l)[k, j]) = 1",
            steps=(
                Step(
                    "= sum(j: delta(k, t) delta(j, i) + (1 - delta(k, t)) delta(j, l))",
                    by=unfold,
                    why="encoded again, the entry 1 becomes the vector of its class i, and an entry 0 that of its class l",
                ),
                Step("= delta(k, t) + (1 - delta(k, t))", by=rewrite, why="each of the two vectors has exactly one 1"),
                Step("= 1", by=rewrite, why="delta(k, t) is added and taken away"),
            ),
        ),
        Derivation(
            "Twice: the whole sums to n",
            key="twice_total",
            claim="sum(k, j: encoded_twice(t, i, l)[k, j]) = n",
            steps=(
                Step("= sum(k: 1)", by=rewrite, why="each row sums to 1, as just shown"),
                Step("= n", by=rewrite, why="n ones, one for each entry of the first vector"),
            ),
            note=(
                "Encoding a one-hot vector again does not give it back, as log-softmax twice would: the result has an axis too many, "
                "and its entries sum to n instead of 1."
            ),
        ),
        Derivation(
            "Twice: the label is still there, one axis further",
            key="twice_back",
            claim="i != l => encoded_twice(t, i, l)[k, i] = one_hot(t)[k]",
            steps=(
                Step(
                    "= delta(k, t) delta(i, i) + (1 - delta(k, t)) delta(i, l)",
                    by=unfold,
                    why="the column of the class i, which stands for the entry 1",
                ),
                Step(
                    "= one_hot(t)[k]",
                    by=rewrite,
                    why="delta(i, i) is 1, and delta(i, l) is 0 as i and l are different: delta(k, t) is left",
                ),
            ),
        ),
    ),
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
        "mathcore.mistakes.one_hot.one_cold",
    ),
    false_claims=(
        FalseClaim("one_hot(t)[k] = one_hot(i)[k]", why="true only for t = i: different labels have different vectors"),
    ),
    references=(Reference("Keras, to_categorical: run twice it adds an axis"),),
)
