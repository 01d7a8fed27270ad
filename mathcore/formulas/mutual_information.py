"""Mutual information: what one of two outcomes tells about the other."""

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
    fold,
    rewrite,
    unfold,
)

CARD = Card(
    name="mutual_information",
    title="Mutual information",
    summary=(
        "What one of two outcomes tells about the other: how much less surprising it is, on average, once the other is "
        "known. It is the divergence of the joint distribution P from the product of its margins, the distributions of "
        "each outcome alone, which is the table that independent outcomes would have. It is never negative, and 0 only "
        "for independence. For probabilities it is the textbook sum of P[i, j] log(P[i, j] / (a[i] b[j])), with a[i] and "
        "b[j] for the margins. The formula also divides by the total of P, which is 1 there; so it reads a table of "
        "counts as well, and gives the total times the mutual information of the shares, half of the statistic G."
    ),
    given=("n, m: size; P: nonnegative[n, m]; p: simplex[n]; q: simplex[m]; W: simplex[n, m]; i, k: index[n]; j, l: index[m]"),
    define=("mutual_information(P) = sum(i, j: P[i, j] log(P[i, j] sum(k, l: P[k, l]) / (sum(l: P[i, l]) sum(k: P[k, j]))))"),
    numeric="mathcore.numeric.mutual_information(validate=False)",
    units="nats",
    uses=("entropy",),
    prerequisites=("entropy", "kl_divergence"),
    derivations=(
        Derivation(
            "The textbook form, for probabilities",
            key="textbook",
            given="sum(k, l: P[k, l]) = 1",
            claim="mutual_information(P) = sum(i, j: P[i, j] log(P[i, j] / (sum(l: P[i, l]) sum(k: P[k, j]))))",
            steps=(
                Step(
                    "= sum(i, j: P[i, j] log(P[i, j] sum(k, l: P[k, l]) / (sum(l: P[i, l]) sum(k: P[k, j]))))",
                    by=unfold,
                    why="the definition of the mutual information, written out",
                ),
                Step(
                    "= sum(i, j: P[i, j] log(P[i, j] / (sum(l: P[i, l]) sum(k: P[k, j]))))",
                    by=Use("sum(k, l: P[k, l]) = 1"),
                    why="the probabilities of all pairs sum to 1, so that factor may be left out",
                ),
            ),
            note="It is the divergence of the joint distribution from the product of its margins: the table of independent outcomes.",
        ),
        Derivation(
            "It is mutual",
            key="symmetry",
            claim="mutual_information(vector(j, i: P[i, j])) = mutual_information(P)",
            steps=(
                Step(
                    "= sum(j, i: P[i, j] log(P[i, j] sum(l, k: P[k, l]) / (sum(k: P[k, j]) sum(l: P[i, l]))))",
                    by=unfold,
                    why="the definition of the mutual information, with rows and columns exchanged",
                ),
                Step(
                    "= mutual_information(P)",
                    by=unfold,
                    why="finite sums may be taken in either order, and the two factors of the denominator change places",
                ),
            ),
        ),
        Derivation(
            "Never negative",
            key="nonnegative",
            given="0 < sum(k, l: P[k, l])",
            claim="mutual_information(P) >= 0",
            equality="forall(i, j: P[i, j] = sum(l: P[i, l]) sum(k: P[k, j]) / sum(k, l: P[k, l]))",
            steps=(
                Step(
                    ">= 0",
                    by=Certificate(
                        (
                            Term(
                                "1",
                                lemma="entropy.gap",
                                at="x = P[i, j]; y = sum(l: P[i, l]) sum(k: P[k, j]) / sum(k, l: P[k, l])",
                                over="i, j",
                            ),
                        )
                    ),
                    why=(
                        "pair by pair x log(x/y) >= x - y, with y what independence would give; both tables have the same total, and "
                        "the two are equal only where x = y"
                    ),
                ),
            ),
            note="So it is 0 exactly for independent outcomes.",
        ),
        Derivation(
            "Independent outcomes tell nothing",
            key="independent",
            given="a: nonnegative[n]; b: nonnegative[m]",
            claim="mutual_information(vector(i, j: a[i] b[j])) = 0",
            steps=(
                Step(
                    "= sum(i, j: a[i] b[j] log(a[i] b[j] sum(k: a[k]) sum(l: b[l]) / ((a[i] sum(l: b[l])) (b[j] sum(k: a[k])))))",
                    by=unfold,
                    why=(
                        "the definition of the mutual information; a row sums to a[i] times the sum of b, a column to b[j] times that of "
                        "a"
                    ),
                ),
                Step(
                    "= sum(i, j: a[i] b[j] log(1))",
                    by=rewrite,
                    why="every factor stands above and below inside the logarithm and cancels, so 1 is left",
                ),
                Step("= 0", by=rewrite, why="log(1) = 0, so every term is 0"),
            ),
        ),
        Derivation(
            "Twice the counts, twice the number",
            key="scale",
            given="c: positive",
            claim="mutual_information(vector(i, j: c P[i, j])) = c mutual_information(P)",
            steps=(
                Step(
                    "= sum(i, j: c P[i, j] log(c P[i, j] sum(k, l: c P[k, l]) / (sum(l: c P[i, l]) sum(k: c P[k, j]))))",
                    by=unfold,
                    why="the definition of the mutual information, for c times the table",
                ),
                Step(
                    "= c sum(i, j: P[i, j] log(P[i, j] sum(k, l: P[k, l]) / (sum(l: P[i, l]) sum(k: P[k, j]))))",
                    by=rewrite,
                    why="c leaves the sums, and c^2 / c^2 cancels inside the logarithm",
                ),
                Step("= c mutual_information(P)", by=fold, why="the definition of the mutual information, read backwards"),
            ),
        ),
        Derivation(
            "The two entropies less that of the pair",
            key="entropies",
            given="sum(k, l: P[k, l]) = 1",
            claim="mutual_information(P) = entropy(vector(i: sum(l: P[i, l]))) + entropy(vector(j: sum(k: P[k, j]))) - (-sum(i, j: P[i, j] log(P[i, j])))",
            steps=(
                Step(
                    "= sum(i, j: P[i, j] log(P[i, j])) + sum(k, l: P[k, l]) log(sum(k, l: P[k, l])) - sum(i: sum(l: P[i, l]) log(sum(l: P[i, l]))) - sum(j: sum(k: P[k, j]) log(sum(k: P[k, j])))",
                    by=rewrite,
                    why=(
                        "the logarithm is taken apart; that of a row sum does not depend on the column, that of a column sum not on the "
                        "row"
                    ),
                ),
                Step(
                    "= sum(i, j: P[i, j] log(P[i, j])) + 1 log(1) - sum(i: sum(l: P[i, l]) log(sum(l: P[i, l]))) - sum(j: sum(k: P[k, j]) log(sum(k: P[k, j])))",
                    by=Use("sum(k, l: P[k, l]) = 1"),
                    why="the probabilities of all pairs sum to 1, in front of the logarithm and inside it",
                ),
                Step(
                    "= entropy(vector(i: sum(l: P[i, l]))) + entropy(vector(j: sum(k: P[k, j]))) - (-sum(i, j: P[i, j] log(P[i, j])))",
                    by=rewrite,
                    why="the definition of the entropy, for both margins; log(1) = 0, so that term drops out",
                ),
            ),
            note="Drawn as two circles of uncertainty, it is what they share.",
        ),
        Derivation(
            "An outcome tells everything about itself",
            key="itself",
            given="r: positive[n]; sum(k: r[k]) = 1",
            claim="mutual_information(vector(i, k: r[i] delta(i, k))) = entropy(r)",
            steps=(
                Step(
                    "= sum(i: r[i] log(r[i] sum(k: r[k]) / (r[i] r[i])))",
                    by=unfold,
                    why=(
                        "the definition of the mutual information; only the pairs of equal outcomes are there, and rows and columns sum "
                        "to r[i]"
                    ),
                ),
                Step(
                    "= sum(i: r[i] log(r[i] / (r[i] r[i])))",
                    by=Use("sum(k: r[k]) = 1"),
                    why="r sums to 1, so that factor may be left out",
                ),
                Step(
                    "= -sum(i: r[i] log(r[i]))",
                    by=rewrite,
                    why="one r[i] cancels, and the logarithm of 1/r[i] is minus that of r[i]",
                ),
                Step("= entropy(r)", by=fold, why="the definition of the entropy, read backwards"),
            ),
        ),
    ),
    invariants=(
        Law("is never negative", "mutual_information(P) >= 0", why="knowing one outcome made the other more uncertain"),
        Law(
            "is mutual",
            "mutual_information(vector(j, i: P[i, j])) = mutual_information(P)",
            why="rows tell less about columns than columns about rows",
        ),
        Law(
            "is 0 for independent outcomes",
            "mutual_information(vector(i, j: p[i] q[j])) = 0",
            why="independent outcomes tell something about each other",
        ),
        Law(
            "is at most the entropy of either outcome",
            "mutual_information(vector(i, j: p[i] W[i, j])) <= entropy(p)",
            why="more is told about an outcome than there is to know",
        ),
        Law(
            "is the whole entropy for equal outcomes",
            "mutual_information(vector(i, k: p[i] delta(i, k))) = entropy(p)",
            why="an outcome does not tell everything about itself",
        ),
        Law(
            "is the textbook form for probabilities",
            "mutual_information(vector(i, j: p[i] W[i, j])) = sum(i, j: p[i] W[i, j] log(W[i, j] / sum(k: p[k] W[k, j])))",
            why="for a joint distribution p(i) W(j | i) it is not the mean of log(W(j | i) / P(j))",
        ),
        Law(
            "of a table is proportional to its counts",
            "mutual_information(vector(i, j: 2 P[i, j])) = 2 mutual_information(P)",
            why="twice as many counts of everything did not double it",
        ),
    ),
    accuracy=Accuracy(
        float64=8,
        float32=0.51,
        float16=0.51,
        domain="every table whose positive entries lie within a factor 2^1500 of each other",
    ),
    examples=(
        Example("mutual_information([[1/2, 0], [0, 1/2]]) = 0.693147", source="one coin seen twice: log 2"),
        Example("mutual_information([[1/4, 1/4], [1/4, 1/4]]) = 0", source="two coins"),
        Example("mutual_information([[3/8, 1/8], [1/8, 3/8]]) = 0.130812", source="two coins that agree three times out of four"),
        Example("mutual_information([[3, 1], [1, 3]]) = 1.046496", source="a table of 8 counts: 8 times the line before"),
    ),
    mistakes=(
        "mathcore.mistakes.mutual_information.base_two",
        "mathcore.mistakes.mutual_information.without_zeros",
        "mathcore.mistakes.mutual_information.one_margin",
        "mathcore.mistakes.mutual_information.joint_entropy",
        "mathcore.mistakes.mutual_information.weighed_by_the_margins",
        "mathcore.mistakes.mutual_information.textbook",
    ),
    false_claims=(
        FalseClaim(
            "mutual_information(vector(i, j: p[i] q[j])) = entropy(p)",
            why="independent outcomes tell nothing about each other: it is 0",
        ),
        FalseClaim(
            "mutual_information(vector(i, j: p[i] W[i, j])) = entropy(p)",
            why="true only if the second outcome determines the first",
        ),
    ),
    exercises=(
        Exercise(
            (
                "A fair coin's result is sent over a line that turns it over with probability 1/4. What does the arrival tell "
                "about it?"
            ),
            "log 2 - binary_entropy(1/4) = 0.131 nats, 0.189 bits: the third example.",
        ),
        Exercise(
            "Two outcomes have covariance 0. Is their mutual information 0?",
            "Not always: x from -1, 0, 1 and y = x^2 have covariance 0, but x tells y completely.",
        ),
    ),
    not_verified=(
        (
            "That the statistic G, twice the value for a table of counts, follows a chi-squared distribution if the outcomes "
            "are independent."
        ),
    ),
    references=(
        Reference("Shannon, A Mathematical Theory of Communication (1948)"),
        Reference("Cover, Thomas, Elements of Information Theory, section 2.3"),
        Reference("McDonald, Handbook of Biological Statistics: the G-test of independence"),
    ),
)
