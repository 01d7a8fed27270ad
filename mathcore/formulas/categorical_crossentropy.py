"""Categorical crossentropy: the loss of a softmax classifier, from its logits."""

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
    SumOver,
    Term,
    differentiate,
    fold,
    rewrite,
    unfold,
)

CARD = Card(
    name="categorical_crossentropy",
    title="Categorical crossentropy from logits",
    summary=(
        "The loss of a classifier of several classes: the crossentropy between the labels (one-hot, or any distribution) "
        "and softmax of the logits, in one piece, because softmax followed by a logarithm would lose the loss of a "
        "confident model."
    ),
    given="n: size; t: simplex[n]; T: nonnegative[n]; z, u: real[n]; a: unit; c, x, y: real; i, j, k: index[n]",
    define="categorical_crossentropy(t, z) = -sum(k: t[k] log(softmax(z)[k]))",
    numeric="mathcore.numeric.categorical_crossentropy(from_logits=True)",
    units="nats",
    uses=("softmax", "log_softmax", "logsumexp", "entropy", "crossentropy", "softplus", "binary_crossentropy"),
    prerequisites=("crossentropy",),
    derivations=(
        Derivation(
            "The crossentropy with softmax",
            key="crossentropy",
            claim="categorical_crossentropy(t, z) = crossentropy(t, softmax(z))",
            steps=(
                Step(
                    "= -sum(k: t[k] log(softmax(z)[k]))",
                    by=unfold,
                    why="the definition of the categorical crossentropy, written out",
                ),
                Step(
                    "= crossentropy(t, softmax(z))",
                    by=fold,
                    why="the definition of the crossentropy, for the prediction softmax(z)",
                ),
            ),
        ),
        Derivation(
            "From logits",
            key="logits",
            claim="categorical_crossentropy(t, z) = logsumexp(z) - sum(k: t[k] z[k])",
            steps=(
                Step(
                    "= crossentropy(t, softmax(z))",
                    by=Lemma("crossentropy"),
                    why="the loss is the crossentropy with softmax, as just shown",
                ),
                Step(
                    "= logsumexp(z) - sum(k: t[k] z[k])",
                    by=Lemma("crossentropy.logits"),
                    why="log(softmax(z)[k]) is z[k] - logsumexp(z); the labels sum to 1, so log-sum-exp counts once",
                ),
            ),
        ),
        Derivation(
            "Labels with any sum",
            key="mass",
            claim="-sum(k: T[k] log(softmax(z)[k])) = sum(k: T[k]) logsumexp(z) - sum(k: T[k] z[k])",
            steps=(
                Step("= -sum(k: T[k] log_softmax(z)[k])", by=fold, why="log-softmax is the name for the logarithm of softmax"),
                Step(
                    "= -sum(k: T[k] (z[k] - logsumexp(z)))",
                    by=rewrite,
                    why="log-softmax is the score less log-sum-exp, as its page shows",
                ),
                Step(
                    "= sum(k: T[k]) logsumexp(z) - sum(k: T[k] z[k])",
                    by=rewrite,
                    why="log-sum-exp does not depend on k and leaves the sum",
                ),
            ),
            note="Labels that do not sum to 1 weigh the sample: this is the form that floats compute.",
        ),
        Derivation(
            "A shift changes nothing",
            key="shift",
            claim="categorical_crossentropy(t, vector(k: z[k] + c)) = categorical_crossentropy(t, z)",
            steps=(
                Step(
                    "= -sum(k: t[k] log_softmax(vector(j: z[j] + c))[k])",
                    by=fold,
                    why="log-softmax is the name for the logarithm of softmax",
                ),
                Step(
                    "= -sum(k: t[k] log_softmax(z)[k])", by=rewrite, why="a shift does not change log-softmax, as its page shows"
                ),
                Step(
                    "= categorical_crossentropy(t, z)",
                    by=unfold,
                    why="the definitions of log-softmax and of the loss, read backwards",
                ),
            ),
        ),
        Derivation(
            "Never negative",
            key="nonnegative",
            claim="categorical_crossentropy(t, z) >= 0",
            steps=(
                Step(
                    "= sum(k: -t[k] log_softmax(z)[k])",
                    by=unfold,
                    why="the definitions of the loss and of log-softmax, with the minus sign inside the sum",
                ),
                Step(
                    ">= sum(k: 0)",
                    by=SumOver("k", Certificate((Term("t[k]", lemma="log_softmax.negative", at="i = k"),))),
                    why="a log probability is never positive, and a label never negative",
                ),
                Step("= 0", by=rewrite, why="n zeros add up to 0"),
            ),
        ),
        Derivation(
            "No prediction beats the entropy of the labels",
            key="entropy",
            claim="categorical_crossentropy(t, z) >= entropy(t)",
            equality="forall(k: t[k] = softmax(z)[k])",
            steps=(
                Step(
                    ">= entropy(t)",
                    by=Certificate((Term("1", lemma="entropy.gap", at="x = t[k]; y = softmax(z)[k]", over="k"),)),
                    why=(
                        "the difference is the divergence of the labels from softmax, a sum of terms x log(x/y) - x + y that are not "
                        "negative"
                    ),
                ),
            ),
        ),
        Derivation(
            "The gradient: prediction minus label",
            key="gradient",
            claim="D(categorical_crossentropy(t, z), z[j]) = softmax(z)[j] - t[j]",
            steps=(
                Step("= D(crossentropy(t, softmax(z)), z[j])", by=unfold, why="the loss is the crossentropy with softmax"),
                Step(
                    "= softmax(z)[j] - t[j]",
                    by=Lemma("crossentropy.gradient"),
                    why="derived on the page of the crossentropy: log-sum-exp has the slope softmax, the sum of t[k] z[k] the slope t[j]",
                ),
            ),
        ),
        Derivation(
            "The gradient for labels with any sum",
            key="mass_gradient",
            claim="D(-sum(k: T[k] log(softmax(z)[k])), z[j]) = sum(k: T[k]) softmax(z)[j] - T[j]",
            steps=(
                Step(
                    "= D(sum(k: T[k]) logsumexp(z) - sum(k: T[k] z[k]), z[j])",
                    by=differentiate,
                    why="the loss for labels with any sum, as shown above",
                ),
                Step(
                    "= sum(k: T[k]) D(logsumexp(z), z[j]) - T[j]",
                    by=differentiate,
                    why="the labels are constants, and of the sum over k only the term k = j depends on z[j]",
                ),
                Step(
                    "= sum(k: T[k]) softmax(z)[j] - T[j]",
                    by=differentiate,
                    why="log-sum-exp has the slope softmax, as its page shows",
                ),
            ),
        ),
        Derivation(
            "The curvature does not depend on the labels",
            key="hessian",
            claim="D(categorical_crossentropy(t, z), z[i], z[j]) = softmax(z)[i] (delta(i, j) - softmax(z)[j])",
            steps=(
                Step("= D(crossentropy(t, softmax(z)), z[i], z[j])", by=unfold, why="the loss is the crossentropy with softmax"),
                Step(
                    "= softmax(z)[i] (delta(i, j) - softmax(z)[j])",
                    by=Lemma("crossentropy.hessian"),
                    why=(
                        "derived on the page of the crossentropy: the gradient is differentiated once more, the labels are constant, and "
                        "softmax has the slopes s[i] (delta(i, j) - s[j]), with s for softmax(z)"
                    ),
                ),
            ),
        ),
        Derivation(
            "Convex in the logits",
            key="convex",
            claim="sum(i: sum(j: u[i] D(categorical_crossentropy(t, z), z[i], z[j]) u[j])) >= 0",
            steps=(
                Step(
                    "= sum(i: sum(j: u[i] softmax(z)[i] (delta(i, j) - softmax(z)[j]) u[j]))",
                    by=SumOver("i", SumOver("j", Lemma("hessian", at="i = i; j = j"))),
                    why="the curvature just found, multiplied by the direction u from both sides",
                ),
                Step(
                    "= sum(i: softmax(z)[i] (u[i] - sum(j: softmax(z)[j] u[j]))^2)",
                    by=rewrite,
                    why="with the probabilities as weights, the mean of the squares less the square of the mean is a variance",
                ),
                Step(
                    ">= 0",
                    by=Certificate((Term("softmax(z)[i] (u[i] - sum(j: softmax(z)[j] u[j]))^2", over="i"),)),
                    why="probabilities times squares are not negative, and neither is their sum",
                ),
            ),
        ),
        Derivation(
            "Two classes: the binary crossentropy",
            key="binary",
            claim="categorical_crossentropy([a, 1 - a], [x, y]) = binary_crossentropy(a, x - y)",
            steps=(
                Step(
                    "= log(exp(x) + exp(y)) - a x - (1 - a) y",
                    by=rewrite,
                    why="log-sum-exp of the two scores, less the labels times the scores",
                ),
                Step(
                    "= softplus(x - y) - a (x - y)",
                    by=rewrite,
                    why="log(exp(x) + exp(y)) is y + softplus(x - y); the terms with y that are left make a y",
                ),
                Step(
                    "= binary_crossentropy(a, x - y)",
                    by=Lemma("binary_crossentropy.line", at="t = a; z = x - y"),
                    why="the binary crossentropy as one softplus less a straight line, at x - y",
                ),
            ),
        ),
    ),
    invariants=(
        Law("is never negative", "categorical_crossentropy(t, z) >= 0", why="a negative loss came out"),
        Law(
            "is the crossentropy with softmax",
            "categorical_crossentropy(t, z) = crossentropy(t, softmax(z))",
            why="it is not the crossentropy of softmax; softmax may have been applied twice or not at all",
        ),
        Law(
            "ignores a shift of the logits",
            "categorical_crossentropy(t, vector(k: z[k] + c)) = categorical_crossentropy(t, z)",
            why="adding one number to all logits changed the loss",
        ),
    ),
    accuracy=Accuracy(
        float64=3.5,
        float32=0.51,
        float16=0.51,
        masks=True,
        domain="every label distribution and every logits, -inf masks included",
    ),
    examples=(
        Example("categorical_crossentropy([1, 0, 0], [40, 0, 0]) = 8.4967e-18", source="SciPy, torch and jax return 0"),
        Example("categorical_crossentropy([0, 1], [0, 0]) = 0.693147", source="the probability is 1/2: log 2"),
        Example("categorical_crossentropy([1/2, 1/2, 0], [0, 1, -inf]) = 0.8132617", source="0 log 0 = 0; torch returns nan"),
    ),
    mistakes=(
        "mathcore.mistakes.categorical_crossentropy.softmax_twice(from_logits=True)",
        "mathcore.mistakes.categorical_crossentropy.mean_over_classes(from_logits=True)",
        "mathcore.mistakes.categorical_crossentropy.clipped(from_logits=True)",
        "mathcore.mistakes.categorical_crossentropy.in_bits(from_logits=True)",
    ),
    false_claims=(
        FalseClaim(
            "D(-sum(k: T[k] log(softmax(z)[k])), z[j]) = softmax(z)[j] - T[j]",
            why="true only of labels that sum to 1; otherwise the prediction is multiplied by their sum",
        ),
        FalseClaim(
            "categorical_crossentropy(t, softmax(z)) = categorical_crossentropy(t, z)",
            why="softmax twice is another loss, and it stays away from 0: for two classes it is at least 0.313",
        ),
    ),
    not_verified=("The form that takes probabilities (from_logits=False): it is the crossentropy, and is checked on its page.",),
    references=(Reference("Keras, CategoricalCrossentropy: the argument order and the name"),),
)
