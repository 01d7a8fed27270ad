"""Kullback-Leibler divergence: how far a prediction is from the truth."""

from mathcore.card import (
    Accuracy,
    Card,
    Certificate,
    Derivation,
    Directions,
    EqualityCase,
    Example,
    Exercise,
    FalseClaim,
    Law,
    Lemma,
    Reference,
    Step,
    SumOver,
    Support,
    Term,
    Use,
    differentiate,
    fold,
    rewrite,
    unfold,
)

BOTH = ("p", "q")

CARD = Card(
    name="kl_divergence",
    title="Kullback-Leibler divergence",
    summary=(
        "How bad is a belief q if p is true? The extra surprisal, on average, of somebody who believes q while p is "
        "true. It is never negative and 0 only for a perfect belief; it is +inf for a belief that excludes what can "
        "happen. It is not a distance: the two arguments play different parts."
    ),
    given="n: size; p, q: simplex[n]; i, j, k: index[n]",
    define="kl_divergence(p, q) = sum(k: p[k] log(p[k] / q[k]))",
    on_bits="kl_divergence(p, q) = sum(k: p[k] log(p[k] / q[k]) - p[k] + q[k])",
    numeric="mathcore.numeric.kl_divergence",
    units="nats",
    uses=("entropy", "softmax"),
    prerequisites=("entropy",),
    derivations=(
        Derivation(
            "Never negative",
            key="nonnegative",
            claim="kl_divergence(p, q) >= 0",
            equality="forall(k: p[k] = q[k])",
            steps=(
                Step("= sum(k: p[k] log(p[k] / q[k]))", by=unfold, why="the definition of the divergence, written out"),
                Step(
                    ">= sum(k: p[k] - q[k])",
                    by=SumOver("k", Lemma("entropy.gap", at="x = p[k]; y = q[k]")),
                    why="term by term: x log(x/y) >= x - y, with equality only for x = y",
                ),
                Step("= sum(k: p[k]) - sum(k: q[k])", by=rewrite, why="a sum of differences is the difference of the sums"),
                Step("= 1 - sum(k: q[k])", by=Use("sum(k: p[k]) = 1"), why="p sums to 1, so the first sum is 1"),
                Step("= 0", by=Use("sum(k: q[k]) = 1"), why="q sums to 1 as well, so nothing is left"),
            ),
            note="This is Gibbs' inequality.",
        ),
        Derivation(
            "Zero only for a perfect belief",
            key="zero",
            claim="kl_divergence(p, q) = 0 <=> forall(k: p[k] = q[k])",
            steps=(
                Step(
                    "<=> forall(k: p[k] = q[k])",
                    by=Directions(
                        forward=EqualityCase("entropy.gap", at="x = p[k]; y = q[k]"),
                        backward=Use("forall(k: p[k] = q[k])"),
                    ),
                    why=(
                        "it is a sum of gaps x log(x/y) - x + y that are not negative, so it is 0 only if each is, which means p[k] = "
                        "q[k]; conversely log(1) = 0"
                    ),
                ),
            ),
        ),
        Derivation(
            "What floats compute",
            key="on_bits",
            claim="sum(k: p[k] log(p[k] / q[k]) - p[k] + q[k]) = kl_divergence(p, q)",
            steps=(
                Step(
                    "= sum(k: p[k] log(p[k] / q[k])) - sum(k: p[k]) + sum(k: q[k])",
                    by=Support(BOTH, by=rewrite),
                    why="the sum is taken apart; where p[k] > 0 = q[k] both sides are +inf",
                ),
                Step(
                    "= sum(k: p[k] log(p[k] / q[k])) - 1 + sum(k: q[k])",
                    by=Support(BOTH, by=Use("sum(k: p[k]) = 1")),
                    why="p sums to 1, so that sum is 1",
                ),
                Step(
                    "= sum(k: p[k] log(p[k] / q[k]))",
                    by=Support(BOTH, by=Use("sum(k: q[k]) = 1")),
                    why="q sums to 1 as well: 1 is taken away and added",
                ),
                Step("= kl_divergence(p, q)", by=fold, why="the definition of the divergence, read backwards"),
            ),
            note=(
                "Two rounded distributions rarely sum to exactly 1, and then the textbook form can come out negative for q "
                "near p. With - p[k] + q[k] every term is >= 0, whatever the bits."
            ),
        ),
        Derivation(
            "Divergence from the uniform distribution: what the entropy lacks to log n",
            key="uniform",
            claim="kl_divergence(p, vector(k: 1 / n)) = log(n) - entropy(p)",
            steps=(
                Step("= sum(k: p[k] log(p[k] / (1 / n)))", by=unfold, why="the definition of the divergence, written out"),
                Step(
                    "= sum(k: p[k]) log(n) + sum(k: p[k] log(p[k]))",
                    by=rewrite,
                    why="p over 1/n is n p, and its logarithm is log(n) + log(p); log(n) leaves the sum",
                ),
                Step("= log(n) + sum(k: p[k] log(p[k]))", by=Use("sum(k: p[k]) = 1"), why="p sums to 1, so log(n) counts once"),
                Step("= log(n) - entropy(p)", by=fold, why="the definition of the entropy, read backwards"),
            ),
        ),
        Derivation(
            "Independent pairs: divergences add",
            key="independent",
            given="m: size; r: simplex[m]; a: index[m]; Q: positive[n]; R: positive[m]",
            claim="sum(i, a: p[i] r[a] log(p[i] r[a] / (Q[i] R[a]))) = sum(i: p[i] log(p[i] / Q[i])) + sum(a: r[a] log(r[a] / R[a]))",
            steps=(
                Step(
                    "= sum(i: p[i] log(p[i] / Q[i])) sum(a: r[a]) + sum(i: p[i]) sum(a: r[a] log(r[a] / R[a]))",
                    by=rewrite,
                    why="the logarithm of a product is a sum, and each double sum is a product of two sums",
                ),
                Step(
                    "= sum(i: p[i] log(p[i] / Q[i])) + sum(i: p[i]) sum(a: r[a] log(r[a] / R[a]))",
                    by=Use("sum(a: r[a]) = 1"),
                    why="r sums to 1, so its sum may be left out",
                ),
                Step(
                    "= sum(i: p[i] log(p[i] / Q[i])) + sum(a: r[a] log(r[a] / R[a]))",
                    by=Use("sum(k: p[k]) = 1"),
                    why="p sums to 1, so its sum may be left out",
                ),
            ),
        ),
        Derivation(
            "The gradient by the belief",
            key="gradient",
            given="Q: positive[n]",
            claim="D(sum(k: p[k] log(p[k] / Q[k])), Q[j]) = -p[j] / Q[j]",
            steps=(
                Step(
                    "= D(sum(k: p[k] log(p[k])) - sum(k: p[k] log(Q[k])), Q[j])",
                    by=rewrite,
                    why="the logarithm of a quotient is a difference, and the sum is taken apart",
                ),
                Step(
                    "= -p[j] / Q[j]",
                    by=differentiate,
                    why="the first sum does not hold Q, and of the second only the term k = j holds Q[j]; the logarithm has the slope one over its argument",
                ),
            ),
        ),
        Derivation(
            "Between two softmax: no logarithm of a probability is needed",
            key="logits",
            given="z, w: real[n]",
            claim="kl_divergence(softmax(z), softmax(w)) = sum(k: softmax(z)[k] (z[k] - w[k])) + log(sum(k: exp(w[k]))) - log(sum(k: exp(z[k])))",
            steps=(
                Step(
                    "= sum(k: softmax(z)[k] (z[k] - w[k] + log(sum(j: exp(w[j]))) - log(sum(j: exp(z[j])))))",
                    by=unfold,
                    why="the definitions; the logarithm of softmax is the score less log-sum-exp, and that of the quotient a difference",
                ),
                Step(
                    "= sum(k: softmax(z)[k] (z[k] - w[k])) + log(sum(k: exp(w[k]))) - log(sum(k: exp(z[k])))",
                    by=rewrite,
                    why="what does not depend on k leaves the sum, and softmax sums to 1",
                ),
            ),
        ),
        Derivation(
            "Convex in the belief",
            key="convex",
            given="Q: positive[n]; u: real[n]",
            claim="sum(i, j: u[i] D(sum(k: p[k] log(p[k] / Q[k])), Q[i], Q[j]) u[j]) >= 0",
            steps=(
                Step(
                    "= sum(i, j: u[i] (delta(i, j) p[i] / Q[i]^2) u[j])",
                    by=differentiate,
                    why=(
                        "the gradient -p[i]/Q[i] is differentiated once more: it changes with Q[j] only for j = i, with the slope "
                        "p[i]/Q[i]^2"
                    ),
                ),
                Step(
                    "= sum(i: p[i] u[i]^2 / Q[i]^2)",
                    by=rewrite,
                    why="delta(i, j) is 0 unless i = j, so only these terms are left",
                ),
                Step(
                    ">= 0",
                    by=Certificate((Term("p[i] u[i]^2 / Q[i]^2", over="i"),)),
                    why="probabilities times squares are not negative, and neither is their sum",
                ),
            ),
        ),
        Derivation(
            "A gap of roots",
            key="roots",
            given="x, y: nonnegative",
            claim="x log(x / y) >= 2 x - 2 sqrt(x y)",
            steps=(
                Step(
                    ">= 2 x - 2 sqrt(x y)",
                    by=Support(("x", "y"), by=Lemma("entropy.gap", at="x = x; y = sqrt(x y)")),
                    why="twice the gap between x and sqrt(x y), as log(x/y) is twice log(x / sqrt(x y)); at y = 0 < x the left side is +inf",
                ),
            ),
        ),
        Derivation(
            "At least the squared distance of the roots",
            key="hellinger",
            claim="kl_divergence(p, q) >= sum(k: (sqrt(p[k]) - sqrt(q[k]))^2)",
            steps=(
                Step("= sum(k: p[k] log(p[k] / q[k]))", by=unfold, why="the definition of the divergence, written out"),
                Step(
                    ">= sum(k: 2 p[k] - 2 sqrt(p[k] q[k]))",
                    by=SumOver("k", Lemma("roots", at="x = p[k]; y = q[k]")),
                    why="term by term the gap of roots, just shown",
                ),
                Step(
                    "= 2 sum(k: p[k]) - 2 sum(k: sqrt(p[k] q[k]))",
                    by=rewrite,
                    why="the sum is taken apart, and 2 leaves both sums",
                ),
                Step("= 2 - 2 sum(k: sqrt(p[k] q[k]))", by=Use("sum(k: p[k]) = 1"), why="p sums to 1, so the first term is 2"),
                Step(
                    "= 1 - 2 sum(k: sqrt(p[k] q[k])) + sum(k: q[k])",
                    by=Use("sum(k: q[k]) = 1"),
                    why="one of the two ones is written as the sum of q",
                ),
                Step(
                    "= sum(k: p[k]) - 2 sum(k: sqrt(p[k] q[k])) + sum(k: q[k])",
                    by=Use("sum(k: p[k]) = 1"),
                    why="the other one is written as the sum of p",
                ),
                Step(
                    "= sum(k: (sqrt(p[k]) - sqrt(q[k]))^2)",
                    by=rewrite,
                    why="p - 2 sqrt(p q) + q is the square of the difference of the roots",
                ),
            ),
            note="So a small divergence forces the two distributions to be close, in a distance that is symmetric.",
        ),
    ),
    invariants=(
        Law("is never negative", "kl_divergence(p, q) >= 0", why="a negative divergence came out: Gibbs' inequality is violated"),
        Law("is 0 for a perfect belief", "kl_divergence(p, p) = 0", why="a distribution diverges from itself"),
        Law(
            "is the mean extra surprisal",
            "kl_divergence(p, q) = sum(k: p[k] log(p[k] / q[k]))",
            why="the sum of p log(p/q) differs, perhaps the arguments are swapped",
        ),
    ),
    accuracy=Accuracy(float64=6, float32=0.51, float16=0.51, domain="every pair of probability vectors, zeros included"),
    examples=(
        Example("kl_divergence([1/2, 1/2], [1/4, 3/4]) = 0.143841", source="half of log 2 and half of log(2/3)"),
        Example("kl_divergence([1/4, 3/4], [1/2, 1/2]) = 0.130812", source="the other way round: another number"),
        Example("kl_divergence([1/2, 1/2], [1/2, 1/2]) = 0", source="a perfect belief"),
        Example("kl_divergence([1/2, 1/2], [1, 0]) = inf", source="the belief excludes what happens half the time"),
        Example("kl_divergence([1, 0], [1/2, 1/2]) = 0.693147", source="0 log 0 = 0"),
    ),
    mistakes=(
        "mathcore.mistakes.kl_divergence.arguments_swapped",
        "mathcore.mistakes.kl_divergence.sign_dropped",
        "mathcore.mistakes.kl_divergence.base_two",
        "mathcore.mistakes.kl_divergence.clipped",
        "mathcore.mistakes.kl_divergence.symmetrised",
        "mathcore.mistakes.kl_divergence.textbook",
    ),
    false_claims=(
        FalseClaim(
            "kl_divergence(p, q) = kl_divergence(q, p)", why="the divergence is not symmetric: 0.144 and 0.131 in the examples"
        ),
        FalseClaim(
            "kl_divergence(p, q) <= 1", why="there is no upper bound: a belief that calls a true outcome impossible costs +inf"
        ),
        FalseClaim(
            "kl_divergence(p, q) <= kl_divergence(p, w) + kl_divergence(w, q)",
            given="w: simplex[n]",
            why="the triangle inequality fails: it is no distance",
        ),
        FalseClaim(
            "sum(k: P[k] log(P[k] / Q[k])) >= 0",
            given="P, Q: positive[n]",
            why="if P and Q have different sums it can be negative: P = 1 against Q = 2 gives -log 2",
        ),
    ),
    exercises=(
        Exercise("Which belief q makes kl_divergence(p, q) smallest?", "q = p, by the equality case: there it is 0."),
        Exercise(
            "Write entropy(p) with the divergence from the uniform distribution.",
            "entropy(p) = log n - kl_divergence(p, uniform).",
        ),
    ),
    not_verified=("Its meaning as the price in bits of coding with the wrong distribution.",),
    references=(
        Reference("Kullback, Leibler, On Information and Sufficiency (1951)"),
        Reference("Cover, Thomas, Elements of Information Theory, section 2.3"),
    ),
)
