"""Data processing: what a map does to the divergence of two distributions."""

from mathcore.card import (
    Card,
    Certificate,
    Derivation,
    Example,
    Exercise,
    FalseClaim,
    Lemma,
    Reference,
    Step,
    SumOver,
    Support,
    Term,
    Use,
    rewrite,
    unfold,
)

ALL = ("p", "W", "q", "V")

CARD = Card(
    name="data_processing",
    title="Data processing",
    summary=(
        "Can a clever transformation of the data make two distributions easier to tell apart? No. An outcome is a pair: "
        "a result i, and j, which tells apart the outcomes that have this result. The truth has the probabilities p[i] "
        "W[i, j], a belief q[i] V[i, j]. A map that keeps the result alone forgets j. The divergence of the pairs is "
        "that of the results and then that of the rows; so forgetting, like any processing, never makes truth and belief "
        "easier to tell apart."
    ),
    given=("n, m: size; p: simplex[n]; W: simplex[n, m]; q: positive[n]; V: positive[n, m]; i, k: index[n]; j, l: index[m]"),
    define="pair_divergence(p, W, q, V) = sum(i, j: p[i] W[i, j] log(p[i] W[i, j] / (q[i] V[i, j])))",
    about="what processing does to information",
    units="nats",
    uses=("entropy", "kl_divergence"),
    prerequisites=("entropy", "kl_divergence", "conditional_entropy"),
    derivations=(
        Derivation(
            "The chain rule of the divergence",
            key="chain",
            claim="pair_divergence(p, W, q, V) = sum(i: p[i] log(p[i] / q[i])) + sum(i: p[i] sum(j: W[i, j] log(W[i, j] / V[i, j])))",
            steps=(
                Step(
                    "= sum(i, j: p[i] W[i, j] log(p[i] W[i, j] / (q[i] V[i, j])))",
                    by=unfold,
                    why="the definition of the divergence of pairs, written out",
                ),
                Step(
                    "= sum(i: p[i] log(p[i] / q[i]) sum(j: W[i, j])) + sum(i: p[i] sum(j: W[i, j] log(W[i, j] / V[i, j])))",
                    by=rewrite,
                    why="the logarithm of a product is a sum; what does not depend on j leaves the sum over j",
                ),
                Step(
                    "= sum(i: p[i] log(p[i] / q[i])) + sum(i: p[i] sum(j: W[i, j] log(W[i, j] / V[i, j])))",
                    by=Use("sum(j: W[i, j]) = 1"),
                    why="each row of the truth sums to 1, so that factor may be left out",
                ),
            ),
        ),
        Derivation(
            "A row of the truth against a row of the belief",
            key="row",
            claim="sum(j: W[i, j] log(W[i, j] / (V[i, j] / sum(l: V[i, l])))) >= 0",
            steps=(
                Step(
                    ">= sum(j: W[i, j] - V[i, j] / sum(l: V[i, l]))",
                    by=SumOver("j", Lemma("entropy.gap", at="x = W[i, j]; y = V[i, j] / sum(l: V[i, l])")),
                    why=(
                        "term by term x log(x/y) >= x - y, with x the entry of the truth and y that of the belief, each row of V divided "
                        "by its sum"
                    ),
                ),
                Step(
                    "= sum(j: W[i, j]) - 1",
                    by=rewrite,
                    why="the sum is taken apart; the weights V of a row, each divided by their sum, add up to 1",
                ),
                Step("= 0", by=Use("sum(j: W[i, j]) = 1"), why="the row of the truth sums to 1 as well, and 1 less 1 is 0"),
            ),
        ),
        Derivation(
            "Forgetting brings no two distributions further apart",
            key="processing",
            claim="pair_divergence(p, W, q, vector(i, j: V[i, j] / sum(l: V[i, l]))) >= sum(i: p[i] log(p[i] / q[i]))",
            steps=(
                Step(
                    "= sum(i: p[i] log(p[i] / q[i])) + sum(i: p[i] sum(j: W[i, j] log(W[i, j] / (V[i, j] / sum(l: V[i, l])))))",
                    by=Lemma("chain", at="V = vector(i, j: V[i, j] / sum(l: V[i, l]))"),
                    why="the chain rule, shown above, with the weights V of a row, each divided by their sum, for the belief",
                ),
                Step(
                    ">= sum(i: p[i] log(p[i] / q[i]))",
                    by=Certificate((Term("p[i]", lemma="row", at="i = i", over="i"),)),
                    why="what is dropped, the mean divergence of the rows, is not negative, as just shown",
                ),
            ),
            note="This is the data-processing inequality, for a map that sends the pair to its first part.",
        ),
        Derivation(
            "Nothing is lost if the rows agree",
            key="sufficient",
            claim="pair_divergence(p, V, q, V) = sum(i: p[i] sum(j: V[i, j]) log(p[i] / q[i]))",
            steps=(
                Step(
                    "= sum(i, j: p[i] V[i, j] log(p[i] V[i, j] / (q[i] V[i, j])))",
                    by=unfold,
                    why="the definition of the divergence of pairs, with the same rows V for truth and belief",
                ),
                Step(
                    "= sum(i: p[i] sum(j: V[i, j]) log(p[i] / q[i]))",
                    by=rewrite,
                    why="V[i, j] stands above and below inside the logarithm and cancels; what is left there does not depend on j",
                ),
            ),
            note="The result is then sufficient: what was forgotten was random in the same way for truth and belief.",
        ),
        Derivation(
            "Any processing, also a random one",
            key="channel",
            given="0 < sum(k: q[k] W[k, j])",
            claim=(
                "sum(j: sum(k: p[k] W[k, j]) log(sum(k: p[k] W[k, j]) / sum(k: q[k] W[k, j]))) <= sum(k: p[k] log(p[k] / q[k]))"
            ),
            steps=(
                Step(
                    "<= sum(k: p[k] log(p[k] / q[k]))",
                    by=Certificate(
                        (
                            Term(
                                "1",
                                lemma="entropy.gap",
                                at="x = p[k] W[k, j]; y = q[k] W[k, j] sum(i: p[i] W[i, j]) / sum(i: q[i] W[i, j])",
                                over="k, j",
                            ),
                        )
                    ),
                    why="the difference compares, for each result j, the outcomes behind it: term by term x log(x/y) >= x - y",
                ),
            ),
            note=(
                "W[k, j] is the probability that the outcome k is sent to the result j. Every result has to be possible for the belief, or both "
                "sides may be infinite."
            ),
        ),
        Derivation(
            "A part has no more than the whole",
            key="part",
            given="x, y: nonnegative",
            claim="x log(x / (x + y)) <= 0",
            steps=(
                Step(
                    "<= 0",
                    by=Support(
                        ("x", "y"),
                        by=Certificate((Term("x", lemma="entropy.tangent", at="x = x / (x + y)"), Term("x y / (x + y)"))),
                    ),
                    why="x is at most x + y, so the quotient is at most 1 and its logarithm at most 0; at x = 0 the product is 0",
                ),
            ),
        ),
        Derivation(
            "A fixed map makes nothing more uncertain",
            key="map",
            given="F: onehot[n, m]",
            claim="entropy(vector(j: sum(k: p[k] F[k, j]))) <= entropy(p)",
            steps=(
                Step(
                    "<= entropy(p)",
                    by=Certificate(
                        (Term("1", lemma="part", at="x = p[k] F[k, j]; y = sum(i: (1 - delta(i, k)) p[i] F[i, j])", over="k, j"),)
                    ),
                    why="each outcome is at most as likely as the result it is sent to, so its surprisal is at least that of the result",
                ),
            ),
        ),
    ),
    examples=(
        Example(
            "(1/2) log((1/2) / (1/4)) + (1/2) log((1/2) / (3/4)) = 0.143841",
            source="what the results tell apart: a fair coin against one with 1/4",
        ),
        Example(
            "2 (1/4) log((1/4) / (1/8)) + 2 (1/4) log((1/4) / (3/8)) = 0.143841",
            source="pairs with a fair second coin in truth and belief: forgetting it loses nothing",
        ),
    ),
    false_claims=(
        FalseClaim(
            "entropy(vector(j: sum(k: p[k] W[k, j]))) <= entropy(p)",
            why="a random map adds uncertainty of its own: a sure outcome sent to one of two results by a coin has log 2",
        ),
        FalseClaim(
            "pair_divergence(p, W, q, V) = sum(i, j: p[i] W[i, j] log(W[i, j] / V[i, j]))",
            given="sum(i: q[i]) = 1; sum(l: V[k, l]) = 1",
            why="the divergence of the results themselves is missing",
        ),
        FalseClaim(
            "pair_divergence(p, W, q, V) = sum(i: p[i] log(p[i] / q[i]))",
            given="sum(i: q[i]) = 1; sum(l: V[k, l]) = 1",
            why="true only if the rows of truth and belief agree",
        ),
    ),
    exercises=(
        Exercise(
            "Can a cleverly chosen preprocessing step make two classes easier to separate than the raw data allow?",
            "No: the divergence of what comes out is at most that of what went in. It can only make it easier for a given method.",
        ),
    ),
    not_verified=("Which processing keeps enough for a given task.",),
    references=(Reference("Cover, Thomas, Elements of Information Theory, section 2.8"),),
)
