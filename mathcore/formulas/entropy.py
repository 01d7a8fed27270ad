"""Entropy: the mean surprisal of a distribution."""

from mathcore.card import (
    Accuracy,
    Card,
    Certificate,
    Derivation,
    Example,
    Exercise,
    FalseClaim,
    Law,
    Lemma,
    Monotone,
    Reference,
    Squeeze,
    Step,
    Substitute,
    SumOver,
    Support,
    Term,
    Use,
    differentiate,
    fold,
    limit,
    rewrite,
    unfold,
)

CARD = Card(
    name="entropy",
    title="Entropy",
    summary=(
        "How uncertain is an outcome? The surprisal of an event of probability p is -log p: sure events surprise nobody, "
        "rare ones a lot. Entropy is the mean surprisal. It is 0 when the outcome is certain and largest when all "
        "outcomes are equally likely. It is measured in nats, as log is the natural logarithm; divided by log 2 it is in "
        "bits."
    ),
    given="n, m: size; p: simplex[n]; r: simplex[m]; P: positive[n]; u: real[n]; x, y: nonnegative; mu: real; i, j, k: index[n]; a: index[m]",
    define="entropy(p) = -sum(k: p[k] log(p[k]))",
    numeric="mathcore.numeric.entropy",
    units="nats",
    prerequisites=("the logarithm", "probability distributions"),
    derivations=(
        Derivation(
            "The logarithm lies below its tangent",
            key="tangent",
            given="x: positive",
            claim="log(x) <= x - 1",
            equality="x = 1",
            steps=(
                Step(
                    "<= x - 1",
                    by=Monotone("x - 1 - log(x)", variable="x: positive", turning="1"),
                    why="the gap x - 1 - log(x) has the derivative (x - 1)/x: it falls until x = 1, where it is 0, and rises after",
                ),
            ),
            note="Every inequality of information theory on these pages rests on this one line.",
        ),
        Derivation(
            "The gap between two numbers, term by term",
            key="gap",
            claim="x log(x / y) >= x - y",
            equality="x = y",
            steps=(
                Step(
                    ">= x - y",
                    by=Support(("x", "y"), by=Certificate((Term("x", lemma="tangent", at="x = y / x"),))),
                    why="x times the tangent inequality at y/x; at x = 0 it says 0 >= -y, and at y = 0 < x the left side is +inf",
                ),
            ),
        ),
        Derivation(
            "A probability has no negative surprisal",
            key="share",
            given="x <= 1",
            claim="-x log(x) >= 0",
            steps=(
                Step(
                    ">= 0",
                    by=Support(("x",), by=Certificate((Term("x", lemma="tangent", at="x = x"), Term("x (1 - x)")))),
                    why="log(x) <= x - 1 <= 0 for x <= 1; at x = 0 the share is 0",
                ),
            ),
        ),
        Derivation(
            "A rare event surprises without bound",
            key="surprisal",
            given="x: positive",
            claim="lim(x -> 0+: -log(x)) = inf",
            steps=(
                Step("= inf", by=limit, why="the logarithm falls to -inf as x tends to 0, and the minus sign turns that round"),
            ),
        ),
        Derivation(
            "... but it hardly counts",
            key="rare",
            given="x: positive",
            claim="lim(x -> 0+: x log(x)) = 0",
            steps=(
                Step(
                    "= 0",
                    by=Squeeze(
                        lower="-2 sqrt(x)",
                        below=Certificate((Term("2 x", lemma="tangent", at="x = 1 / sqrt(x)"), Term("2 x"))),
                        upper="0",
                        above=Certificate((Term("x", lemma="tangent", at="x = x"), Term("x (1 - x)"))),
                        near="x <= 1",
                    ),
                    why=(
                        "for x <= 1 the value lies between -2 sqrt(x) and 0, by the tangent inequality at 1/sqrt(x) and at x, and both "
                        "bounds tend to 0"
                    ),
                ),
            ),
            note="The surprisal grows without bound, its share p times surprisal vanishes: entropy does not explode near 0. Hence 0 log 0 = 0.",
        ),
        Derivation(
            "Bits and nats",
            key="bits",
            claim="-sum(k: p[k] log2(p[k])) = entropy(p) / log(2)",
            steps=(
                Step("= -sum(k: p[k] log(p[k]) / log(2))", by=rewrite, why="log2 is the natural logarithm divided by log 2"),
                Step("= -sum(k: p[k] log(p[k])) / log(2)", by=rewrite, why="log 2 does not depend on k, so it leaves the sum"),
                Step("= entropy(p) / log(2)", by=fold, why="the definition of the entropy, read backwards"),
            ),
        ),
        Derivation(
            "Never negative",
            key="nonnegative",
            claim="entropy(p) >= 0",
            steps=(
                Step("= sum(k: -p[k] log(p[k]))", by=unfold, why="the definition of the entropy, written out"),
                Step(
                    ">= sum(k: 0)",
                    by=SumOver("k", Lemma("share", at="x = p[k]")),
                    why="term by term: a probability is at most 1, so its surprisal is not negative",
                ),
                Step("= 0", by=rewrite, why="n zeros add up to 0"),
            ),
        ),
        Derivation(
            "No uncertainty, no entropy",
            key="certain",
            claim="entropy(vector(k: delta(k, j))) = 0",
            steps=(
                Step(
                    "= -sum(k: delta(k, j) log(delta(k, j)))",
                    by=unfold,
                    why="the definition of the entropy, for all probability on j",
                ),
                Step("= -log(delta(j, j))", by=rewrite, why="only the term k = j is there: the others are 0 log 0 = 0"),
                Step("= 0", by=rewrite, why="delta(j, j) is 1, and log(1) = 0"),
            ),
        ),
        Derivation(
            "Where the slope vanishes along the distributions",
            key="stationary",
            claim="at(P = vector(k: 1 / n), mu = 1 - log(n): D(entropy(P) + mu (sum(k: P[k]) - 1), P[j])) = 0",
            steps=(
                Step(
                    "= at(P = vector(k: 1 / n), mu = 1 - log(n): -log(P[j]) - 1 + mu)",
                    by=differentiate,
                    why=(
                        "only the term k = j depends on P[j]; mu is the Lagrange multiplier of the condition that the probabilities sum "
                        "to 1, and has the slope mu"
                    ),
                ),
                Step("= -log(1 / n) - 1 + (1 - log(n))", by=Substitute(), why="1/n is put in for P[j], and 1 - log(n) for mu"),
                Step("= 0", by=rewrite, why="-log(1/n) is log(n), so log(n) and 1 are each added and taken away"),
            ),
        ),
        Derivation(
            "Entropy peaks at the uniform distribution",
            key="maximum",
            claim="entropy(p) <= log(n)",
            equality="forall(k: p[k] = 1 / n)",
            steps=(
                Step(
                    "<= log(n)",
                    by=Certificate((Term("1", lemma="gap", at="x = p[k]; y = 1 / n", over="k"),)),
                    why="log(n) less the entropy is the sum of the gaps between p and the uniform distribution, and no gap is negative",
                ),
            ),
        ),
        Derivation(
            "Entropy is concave",
            key="concave",
            claim="sum(i, j: u[i] D(entropy(P), P[i], P[j]) u[j]) <= 0",
            steps=(
                Step(
                    "= sum(i, j: u[i] (-delta(i, j) / P[j]) u[j])",
                    by=differentiate,
                    why="the slope by P[i] is -log(P[i]) - 1; by P[j] it changes only for j = i, with the slope -1/P[j]",
                ),
                Step("= -sum(i: u[i]^2 / P[i])", by=rewrite, why="delta(i, j) is 0 unless i = j, so only these terms are left"),
                Step(
                    "<= 0",
                    by=Certificate((Term("u[i]^2 / P[i]", over="i"),)),
                    why="squares over positive numbers are not negative, and the sign turns that round",
                ),
            ),
        ),
        Derivation(
            "Independent uncertainties add",
            key="independent",
            claim="-sum(i, a: p[i] r[a] log(p[i] r[a])) = entropy(p) + entropy(r)",
            steps=(
                Step(
                    "= -sum(i, a: p[i] r[a] log(p[i])) - sum(i, a: p[i] r[a] log(r[a]))",
                    by=rewrite,
                    why="the logarithm of a product is the sum of the logarithms",
                ),
                Step(
                    "= -sum(i: p[i] log(p[i])) sum(a: r[a]) - sum(i: p[i]) sum(a: r[a] log(r[a]))",
                    by=rewrite,
                    why=(
                        "what depends on the index i alone is summed apart from what depends on the index a alone: each double sum is a "
                        "product of two sums"
                    ),
                ),
                Step(
                    "= -sum(i: p[i] log(p[i])) sum(a: r[a]) - sum(a: r[a] log(r[a]))",
                    by=Use("sum(k: p[k]) = 1"),
                    why="p sums to 1, so its sum may be left out",
                ),
                Step(
                    "= -sum(i: p[i] log(p[i])) - sum(a: r[a] log(r[a]))",
                    by=Use("sum(a: r[a]) = 1"),
                    why="r sums to 1, so its sum may be left out",
                ),
                Step("= entropy(p) + entropy(r)", by=fold, why="the definition of the entropy, twice, read backwards"),
            ),
        ),
    ),
    invariants=(
        Law("is never negative", "entropy(p) >= 0", why="a negative uncertainty came out"),
        Law("is at most log n", "entropy(p) <= log(n)", why="more uncertainty than n equally likely outcomes have"),
        Law("is 0 for a certain outcome", "entropy(vector(k: delta(k, j))) = 0", why="a certain outcome has some entropy"),
        Law(
            "does not count impossible outcomes",
            "entropy(p) = -sum(k: p[k] log(p[k]))",
            why="the sum of -p log p differs, perhaps at p = 0",
        ),
    ),
    accuracy=Accuracy(
        float64=3, float32=0.51, float16=0.51, domain="every probability vector with entries of at most 1, zeros included"
    ),
    examples=(
        Example(
            "entropy([1/2, 1/2]) = 0.693147", source="the first box of the student's note, 3 balls of each colour: log 2 nats"
        ),
        Example("entropy([1/2, 1/2]) / log(2) = 1", source="the same box: 1 bit"),
        Example("entropy([1/2, 1/2]) / log(10) = 0.30103", source="the same box in hartleys"),
        Example(
            "entropy([5/6, 1/6]) = 0.450561",
            source="the second box of the student's note, 5 balls of one colour and 1 of the other",
        ),
        Example("entropy([5/6, 1/6]) / log(2) = 0.650022", source="the same box in bits"),
        Example("entropy([1, 0, 0]) = 0", source="certainty"),
        Example("entropy([1/4, 1/4, 1/4, 1/4]) = 1.386294", source="log 4"),
    ),
    mistakes=(
        "mathcore.mistakes.entropy.base_ten",
        "mathcore.mistakes.entropy.sum_of_surprisals",
        "mathcore.mistakes.entropy.epsilon_in_the_log",
        "mathcore.mistakes.entropy.without_zeros",
        "mathcore.mistakes.entropy.sign_forgotten",
        "mathcore.mistakes.entropy.mean_over_classes",
    ),
    false_claims=(
        FalseClaim(
            "entropy([1/2, 1/2]) = 3 log10(2)",
            why="0.903 = 3 log10(2) adds the three balls of one colour instead of weighting; the entropy is 1 bit",
        ),
        FalseClaim(
            "entropy(p) <= 1", why="true only in bits and only for two outcomes: four equally likely ones have log 4 = 1.386 nats"
        ),
        FalseClaim("-x log(x) <= -log(x) - 1", given="x: positive", why="at x = 1 the left side is 0 and the right side -1"),
        FalseClaim(
            "sum(k: -log(P[k])) = entropy(P)",
            given="sum(k: P[k]) = 1",
            why="surprisals are averaged with their probabilities as weights, not added: a fair coin has 0.693, not 1.386",
        ),
    ),
    exercises=(
        Exercise(
            "A box holds 9 red balls and 1 blue one. How many bits of entropy?", "-(0.9 log2 0.9 + 0.1 log2 0.1) = 0.469 bits."
        ),
        Exercise(
            "Which p between 0 and 1 maximises -p log p alone?",
            "The derivative -log p - 1 vanishes at p = 1/e = 0.368; the value there is 1/e.",
        ),
        Exercise(
            "A fair coin and a fair die are thrown together. What is the entropy in nats?",
            "They are independent, so log 2 + log 6 = log 12 = 2.485.",
        ),
    ),
    not_verified=(
        (
            "Shannon's theorem that entropy is the least mean length of a code: this page derives properties of the formula, "
            "not that meaning."
        ),
    ),
    references=(
        Reference("Cover, Thomas, Elements of Information Theory, chapter 2"),
        Reference("Shannon, A Mathematical Theory of Communication (1948)"),
    ),
)
