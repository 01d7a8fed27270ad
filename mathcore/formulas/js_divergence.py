"""Jensen-Shannon divergence: how far two distributions are from their average."""

from mathcore.card import Accuracy, Card, Example, Exercise, FalseClaim, Law, Reference

CARD = Card(
    name="js_divergence",
    title="Jensen-Shannon divergence",
    summary=(
        "Two distributions are compared with their average (p + q)/2, which rules out nothing that either allows. The mean "
        "of the two divergences from it is symmetric, never negative and at most log 2: what one outcome tells about "
        "which of the two it was drawn from."
    ),
    given="n: size; p, q, w: simplex[n]; i, j, k: index[n]",
    define=(
        "js_divergence(p, q) = (sum(k: p[k] log(p[k] / ((p[k] + q[k]) / 2))) + sum(k: q[k] log(q[k] / ((p[k] + q[k]) / 2)))) / 2"
    ),
    numeric="mathcore.numeric.js_divergence",
    units="nats",
    uses=("entropy", "kl_divergence"),
    prerequisites=("kl_divergence",),
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
        Example("js_divergence([1/2, 1/2], [1/2, 1/2]) = 0"),
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
        FalseClaim(
            "js_divergence(p, w) <= js_divergence(p, q) + js_divergence(q, w)",
            why="only its square root obeys the triangle inequality",
        ),
        FalseClaim(
            "js_divergence(p, q) = (kl_divergence(p, q) + kl_divergence(q, p)) / 2",
            why="that is Jeffreys' divergence, which is +inf as soon as the supports differ",
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
