"""Log-softmax: log probabilities from scores."""

from mathcore.card import Accuracy, Card, Example, FalseClaim, Law, Reference

CARD = Card(
    name="log_softmax",
    title="Log-softmax",
    summary=(
        "The logarithm of the probabilities, computed without computing the probabilities: a probability near 1 has a "
        "logarithm near 0 that 1 - p cannot resolve, a tiny one rounds to 0 long before its logarithm is lost."
    ),
    given="n: size; z: real[n]; c: real; i, k: index[n]",
    define="log_softmax(z)[i] = log(softmax(z)[i])",
    numeric="mathcore.numeric.log_softmax",
    units="nats",
    uses=("softmax", "logsumexp"),
    prerequisites=("softmax",),
    invariants=(
        Law("is never positive", "log_softmax(z)[i] <= 0", why="a probability above 1"),
        Law("is the score less log-sum-exp", "log_softmax(z)[i] = z[i] - logsumexp(z)", why="the result is not z - logsumexp(z)"),
        Law(
            "exponentials sum to one",
            "sum(i: exp(log_softmax(z)[i])) = 1",
            why="the exponentials of the results are no probabilities",
        ),
    ),
    accuracy=Accuracy(float64=3.5, float32=0.51, float16=0.51, masks=True, domain="every input, -inf masks included"),
    examples=(
        Example("log_softmax([0, 0]) = [-0.693147, -0.693147]"),
        Example(
            "log_softmax([40, 0, 0]) = [-8.4967e-18, -40.0000, -40.0000]", source="SciPy, torch and jax return 0 for the first"
        ),
        Example("log_softmax([-inf, 0]) = [-inf, 0]", source="a mask"),
    ),
    mistakes=(
        "mathcore.mistakes.log_softmax.log_of_softmax",
        "mathcore.mistakes.log_softmax.without_shift",
        "mathcore.mistakes.log_softmax.base_two",
        "mathcore.mistakes.log_softmax.forgets_the_sum",
    ),
    false_claims=(FalseClaim("log_softmax(z)[i] = z[i]", why="true only of scores that are log probabilities already"),),
    references=(Reference("scipy issue 19521 and pytorch issue 113708: the digits lost near 0"),),
)
