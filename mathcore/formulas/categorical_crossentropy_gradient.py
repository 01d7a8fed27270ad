"""The gradient of the categorical crossentropy by the logits: prediction minus label."""

from mathcore.card import (
    Accuracy,
    Card,
    Certificate,
    Derivation,
    Example,
    FalseClaim,
    Law,
    Lemma,
    Reference,
    Step,
    Term,
    Use,
    differentiate,
    fold,
    rewrite,
    unfold,
)

CARD = Card(
    name="categorical_crossentropy_gradient",
    title="Gradient of the categorical crossentropy",
    summary=(
        "The slope of the categorical crossentropy by each logit, along which a softmax classifier learns: its "
        "probability minus its label. The slopes sum to 0: one class gains what others lose."
    ),
    given="n: size; t: simplex[n]; z: real[n]; j, k: index[n]",
    define="categorical_crossentropy_gradient(t, z)[j] = sum(k: t[k]) softmax(z)[j] - t[j]",
    numeric="mathcore.numeric.categorical_crossentropy_value_and_grad(from_logits=True)[1]",
    units="nats per unit of the logits",
    uses=("softmax", "categorical_crossentropy"),
    prerequisites=("categorical_crossentropy",),
    derivations=(
        Derivation(
            "The gradient of the loss",
            key="gradient",
            claim="D(categorical_crossentropy(t, z), z[j]) = categorical_crossentropy_gradient(t, z)[j]",
            steps=(
                Step(
                    "= sum(k: t[k]) softmax(z)[j] - t[j]",
                    by=differentiate,
                    why=(
                        "the loss is sum(k: t[k]) logsumexp(z) - sum(k: t[k] z[k]): log-sum-exp has the slope softmax, and the second "
                        "sum the slope t[j]"
                    ),
                ),
                Step(
                    "= categorical_crossentropy_gradient(t, z)[j]", by=fold, why="the definition of the gradient, read backwards"
                ),
            ),
        ),
        Derivation(
            "Prediction minus label",
            key="difference",
            claim="categorical_crossentropy_gradient(t, z)[j] = softmax(z)[j] - t[j]",
            steps=(
                Step("= sum(k: t[k]) softmax(z)[j] - t[j]", by=unfold, why="the definition of the gradient, written out"),
                Step(
                    "= softmax(z)[j] - t[j]", by=Use("sum(k: t[k]) = 1"), why="the labels sum to 1, so their sum may be left out"
                ),
            ),
        ),
        Derivation(
            "What one class gains the others lose",
            key="sum",
            claim="sum(j: categorical_crossentropy_gradient(t, z)[j]) = 0",
            steps=(
                Step(
                    "= sum(k: t[k]) sum(j: softmax(z)[j]) - sum(j: t[j])",
                    by=unfold,
                    why="the definition of the gradient, added up; a sum of differences is the difference of the sums",
                ),
                Step(
                    "= sum(k: t[k]) - sum(j: t[j])", by=rewrite, why="the probabilities sum to 1, so that factor may be left out"
                ),
                Step("= 0", by=rewrite, why="the same sum is added and taken away"),
            ),
            note="So a step of gradient descent on the logits leaves their mean where it was. It holds for labels with any sum.",
        ),
        Derivation(
            "Never above 1",
            key="above",
            claim="categorical_crossentropy_gradient(t, z)[j] <= 1",
            steps=(
                Step(
                    "= softmax(z)[j] - t[j]", by=Lemma("difference"), why="the gradient is prediction minus label, as just shown"
                ),
                Step(
                    "<= 1",
                    by=Certificate((Term("(1 - delta(j, k)) softmax(z)[k]", over="k"), Term("t[j]"))),
                    why="a probability is 1 less the others, and a label is not negative",
                ),
            ),
        ),
        Derivation(
            "Never below -1",
            key="below",
            claim="categorical_crossentropy_gradient(t, z)[j] >= -1",
            steps=(
                Step("= softmax(z)[j] - t[j]", by=Lemma("difference"), why="the gradient is prediction minus label"),
                Step(
                    ">= -1",
                    by=Certificate((Term("softmax(z)[j]"), Term("1 - t[j]"))),
                    why="a probability is positive, and a label at most 1",
                ),
            ),
        ),
    ),
    invariants=(
        Law("sums to zero", "sum(j: categorical_crossentropy_gradient(t, z)[j]) = 0", why="the entries do not cancel"),
        Law(
            "lies between -1 and 1",
            "-1 <= categorical_crossentropy_gradient(t, z)[j] <= 1",
            why="an entry is larger than any difference of probabilities",
        ),
    ),
    accuracy=Accuracy(
        bound="4 u (sum(k: t[k]) softmax(z)[j] + t[j])",
        masks=True,
        domain="every label distribution and every logits, -inf masks included",
    ),
    examples=(
        Example(
            "categorical_crossentropy_gradient([0, 1, 0], [2, 1, 0]) = [0.66524, -0.75527, 0.09003]",
            source="softmax is [0.66524, 0.24473, 0.09003]; 1 is taken from the second",
        ),
        Example("categorical_crossentropy_gradient([1/2, 1/2], [0, 0]) = [0, 0]", source="a perfect prediction"),
    ),
    mistakes=(
        "mathcore.mistakes.categorical_crossentropy.gradient_uphill",
        "mathcore.mistakes.categorical_crossentropy.gradient_of_the_mean",
        "mathcore.mistakes.categorical_crossentropy.gradient_of_the_logits",
        "mathcore.mistakes.categorical_crossentropy.gradient_of_the_probabilities",
    ),
    false_claims=(
        FalseClaim(
            "categorical_crossentropy_gradient(t, z)[j] = softmax(z)[j] (1 - softmax(z)[j])",
            why="that is the slope of softmax itself; the logarithm of the loss cancels it",
        ),
        FalseClaim(
            "categorical_crossentropy_gradient(t, z)[j] = t[j] - softmax(z)[j]",
            why="the sign: the gradient points uphill, towards a larger loss, and label minus prediction points downhill",
        ),
    ),
    references=(Reference("Bishop, Pattern Recognition and Machine Learning, equation (4.109)"),),
)
