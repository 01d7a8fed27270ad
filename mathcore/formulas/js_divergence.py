"""Jensen-Shannon divergence: how far two distributions are from their average."""

from mathcore.card import (
    Accuracy,
    Card,
    Case,
    Certificate,
    Derivation,
    Example,
    Exercise,
    FalseClaim,
    Law,
    Lemma,
    Reference,
    Split,
    Step,
    SumOver,
    Support,
    Term,
    Use,
    fold,
    rewrite,
    unfold,
)

CARD = Card(
    name="js_divergence",
    title="Jensen-Shannon divergence",
    summary=(
        "A measure of how far two distributions are apart that is symmetric and always finite. Both are compared with "
        "their average (p + q)/2, which rules out nothing that either allows. The mean of the two divergences from it is "
        "never negative and at most log 2: it is what one outcome tells, on average, about which of the two it was drawn "
        "from."
    ),
    given="n: size; p, q, w: simplex[n]; x, y: nonnegative; i, j, k: index[n]",
    define=(
        "js_divergence(p, q) = (sum(k: p[k] log(p[k] / ((p[k] + q[k]) / 2))) + sum(k: q[k] log(q[k] / ((p[k] + q[k]) / 2)))) / 2"
    ),
    numeric="mathcore.numeric.js_divergence",
    units="nats",
    uses=("entropy", "kl_divergence"),
    prerequisites=("kl_divergence",),
    derivations=(
        Derivation(
            "The mean divergence from the average",
            key="mean",
            claim="js_divergence(p, q) = (kl_divergence(p, vector(k: (p[k] + q[k]) / 2)) + kl_divergence(q, vector(k: (p[k] + q[k]) / 2))) / 2",
            steps=(
                Step(
                    "= (sum(k: p[k] log(p[k] / ((p[k] + q[k]) / 2))) + sum(k: q[k] log(q[k] / ((p[k] + q[k]) / 2)))) / 2",
                    by=unfold,
                    why="the definition of the divergence, written out",
                ),
                Step(
                    "= (kl_divergence(p, vector(k: (p[k] + q[k]) / 2)) + kl_divergence(q, vector(k: (p[k] + q[k]) / 2))) / 2",
                    by=fold,
                    why="the definition of the Kullback-Leibler divergence, twice, read backwards",
                ),
            ),
        ),
        Derivation(
            "It is symmetric",
            key="symmetry",
            claim="js_divergence(p, q) = js_divergence(q, p)",
            steps=(
                Step(
                    "= (sum(k: q[k] log(q[k] / ((q[k] + p[k]) / 2))) + sum(k: p[k] log(p[k] / ((q[k] + p[k]) / 2)))) / 2",
                    by=unfold,
                    why="the two divergences change places, and p + q is q + p",
                ),
                Step("= js_divergence(q, p)", by=fold, why="the definition of the divergence, read backwards"),
            ),
        ),
        Derivation(
            "Zero for equal distributions",
            key="same",
            claim="js_divergence(p, p) = 0",
            steps=(
                Step(
                    "= sum(k: p[k] log(p[k] / p[k]))",
                    by=unfold,
                    why="the average of p and p is p, and half of two equal divergences is one of them",
                ),
                Step("= 0", by=rewrite, why="p[k] / p[k] is 1 and log(1) = 0; an impossible outcome counts 0"),
            ),
        ),
        Derivation(
            "Never negative",
            key="nonnegative",
            claim="js_divergence(p, q) >= 0",
            steps=(
                Step(
                    ">= 0",
                    by=Certificate(
                        (
                            Term("1 / 2", lemma="entropy.gap", at="x = p[k]; y = (p[k] + q[k]) / 2", over="k"),
                            Term("1 / 2", lemma="entropy.gap", at="x = q[k]; y = (p[k] + q[k]) / 2", over="k"),
                        )
                    ),
                    why="both divergences are sums of gaps x log(x/y) - x + y, which are never negative, and the parts -x + y add up to 0",
                ),
            ),
        ),
        Derivation(
            "No term is above log 2 times its probability",
            key="half",
            claim="x log(x / ((x + y) / 2)) <= x log(2)",
            steps=(
                Step(
                    "<= x log(2)",
                    by=Support(
                        ("x", "y"),
                        by=Certificate((Term("x", lemma="entropy.tangent", at="x = x / (x + y)"), Term("x y / (x + y)"))),
                    ),
                    why="x is at most x + y, so x over (x + y)/2 is at most 2, and log grows; at x = 0 both sides are 0",
                ),
            ),
        ),
        Derivation(
            "At most log 2",
            key="bound",
            claim="js_divergence(p, q) <= log(2)",
            steps=(
                Step(
                    "= sum(k: p[k] log(p[k] / ((p[k] + q[k]) / 2))) / 2 + sum(k: q[k] log(q[k] / ((q[k] + p[k]) / 2))) / 2",
                    by=unfold,
                    why="the definition of the divergence, written out",
                ),
                Step(
                    "<= sum(k: p[k] log(2)) / 2 + sum(k: q[k] log(q[k] / ((q[k] + p[k]) / 2))) / 2",
                    by=Certificate((Term("1 / 2", lemma="half", at="x = p[k]; y = q[k]", over="k"),)),
                    why="term by term: p over the average is at most 2, so its logarithm is at most log(2)",
                ),
                Step(
                    "<= sum(k: p[k] log(2)) / 2 + sum(k: q[k] log(2)) / 2",
                    by=Certificate((Term("1 / 2", lemma="half", at="x = q[k]; y = p[k]", over="k"),)),
                    why="the same for q: q over the average is at most 2",
                ),
                Step(
                    "= log(2) / 2 + sum(k: q[k] log(2)) / 2",
                    by=Use("sum(k: p[k]) = 1"),
                    why="log(2) does not depend on k, and p sums to 1",
                ),
                Step("= log(2)", by=Use("sum(k: q[k]) = 1"), why="q sums to 1 as well, and two halves make a whole"),
            ),
            note="Reached where the two have no outcome in common. The plain divergence is infinite there.",
        ),
        Derivation(
            "One divergence from the average is at most log 2 as well",
            key="one_side",
            claim="kl_divergence(p, vector(k: (p[k] + q[k]) / 2)) <= log(2)",
            steps=(
                Step(
                    "= sum(k: p[k] log(p[k] / ((p[k] + q[k]) / 2)))",
                    by=unfold,
                    why="the definition of the divergence, written out",
                ),
                Step(
                    "<= sum(k: p[k] log(2))",
                    by=SumOver("k", Lemma("half", at="x = p[k]; y = q[k]")),
                    why="term by term: p over the average is at most 2, so its logarithm is at most log(2)",
                ),
                Step("= log(2)", by=Use("sum(k: p[k]) = 1"), why="log(2) does not depend on k, and p sums to 1"),
            ),
        ),
        Derivation(
            "The entropy gained by averaging",
            key="entropy",
            claim="js_divergence(p, q) = entropy(vector(k: (p[k] + q[k]) / 2)) - (entropy(p) + entropy(q)) / 2",
            steps=(
                Step(
                    "= (sum(k: p[k] log(p[k])) + sum(k: q[k] log(q[k]))) / 2 - sum(k: ((p[k] + q[k]) / 2) log((p[k] + q[k]) / 2))",
                    by=rewrite,
                    why="the logarithm of a quotient is a difference; the average's logarithm has the weight p/2 + q/2",
                ),
                Step(
                    "= entropy(vector(k: (p[k] + q[k]) / 2)) - (entropy(p) + entropy(q)) / 2",
                    by=rewrite,
                    why="the definition of the entropy, three times, read backwards",
                ),
            ),
            note="So averaging two distributions never loses entropy: the entropy is concave.",
        ),
        Derivation(
            "Two certain outcomes: 0 or log 2",
            key="certain",
            claim="js_divergence(vector(k: delta(k, i)), vector(k: delta(k, j))) = (1 - delta(i, j)) log(2)",
            steps=(
                Step(
                    "= (1 - delta(i, j)) log(2)",
                    by=Split((Case("i = j", unfold), Case("i != j", unfold))),
                    why=(
                        "if i = j the two are equal and 0 comes out; if not, each is 1 where the average is 1/2, so each divergence is "
                        "log(1 / (1/2)) = log(2)"
                    ),
                ),
            ),
        ),
    ),
    invariants=(
        Law("is never negative", "js_divergence(p, q) >= 0", why="a negative divergence came out"),
        Law("is at most log 2", "js_divergence(p, q) <= log(2)", why="more than the one bit that names p or q"),
        Law("is symmetric", "js_divergence(p, q) = js_divergence(q, p)", why="the order of the two distributions counts"),
        Law("is 0 for equal distributions", "js_divergence(p, p) = 0", why="a distribution diverges from itself"),
        Law(
            "is log 2 for distributions without a common outcome",
            "js_divergence(vector(k: delta(k, i)), vector(k: delta(k, j))) = (1 - delta(i, j)) log(2)",
            why="two certain and different outcomes are not one bit apart",
        ),
        Law(
            "is the mean divergence from the average",
            "js_divergence(p, q) = (kl_divergence(p, vector(k: (p[k] + q[k]) / 2))"
            " + kl_divergence(q, vector(k: (p[k] + q[k]) / 2))) / 2",
            why="it is not the mean of the two divergences from (p + q)/2",
        ),
        Law(
            "is the entropy gained by averaging",
            "js_divergence(p, q) = entropy(vector(k: (p[k] + q[k]) / 2)) - (entropy(p) + entropy(q)) / 2",
            why="it is not the entropy of the average less the average of the entropies",
        ),
    ),
    accuracy=Accuracy(float64=6, float32=0.51, float16=0.51, domain="every pair of probability vectors, zeros included"),
    examples=(
        Example("js_divergence([1, 0], [0, 1]) = 0.693147", source="nothing in common: log 2"),
        Example("js_divergence([1/2, 1/2], [1/2, 1/2]) = 0", source="equal distributions"),
        Example("js_divergence([1/2, 1/2], [1, 0]) = 0.215762", source="finite although one excludes what the other allows"),
        Example("js_divergence([1/2, 1/2], [1/4, 3/4]) = 0.033822"),
    ),
    mistakes=(
        "mathcore.mistakes.js_divergence.jeffreys",
        "mathcore.mistakes.js_divergence.distance",
        "mathcore.mistakes.js_divergence.without_the_half",
        "mathcore.mistakes.js_divergence.one_sided",
        "mathcore.mistakes.js_divergence.base_two",
        "mathcore.mistakes.js_divergence.textbook",
    ),
    false_claims=(
        FalseClaim("js_divergence(p, q) <= log(2) / 2", why="two distributions without a common outcome have log 2 = 0.693"),
        FalseClaim(
            "js_divergence(p, w) <= js_divergence(p, q) + js_divergence(q, w)",
            why="only its square root obeys the triangle inequality",
        ),
        FalseClaim(
            "js_divergence(p, q) = (kl_divergence(p, q) + kl_divergence(q, p)) / 2",
            why="that is half of Jeffreys' divergence, which is +inf as soon as one excludes what the other allows",
        ),
    ),
    exercises=(
        Exercise(
            "Why is it finite where the Kullback-Leibler divergence is +inf?",
            "The average is positive wherever p or q is: no outcome is excluded.",
        ),
        Exercise(
            "A fair coin decides whether an outcome is drawn from p or from q. What does the outcome tell about the coin?",
            "Its mutual information with the coin: exactly js_divergence(p, q).",
        ),
    ),
    not_verified=("That its square root obeys the triangle inequality (Endres and Schindelin, 2003).",),
    references=(
        Reference("Lin, Divergence Measures Based on the Shannon Entropy (1991)"),
        Reference("Endres, Schindelin, A New Metric for Probability Distributions (2003)"),
    ),
)
