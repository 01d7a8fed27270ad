"""Binary crossentropy: the loss of a yes-or-no classifier, from its logits."""

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
    Stationary,
    Step,
    Term,
    differentiate,
    fold,
    rewrite,
    unfold,
)

CARD = Card(
    name="binary_crossentropy",
    title="Binary crossentropy from logits",
    summary=(
        "The loss of a yes-or-no classifier: the surprisal (minus the logarithm of the probability) of the label when "
        "sigmoid(z) is the predicted probability of yes. It is the crossentropy of two classes, of which the other has "
        "the probability 1 - sigmoid(z) = sigmoid(-z). From the logit z nothing is lost; a probability that is rounded "
        "to 1 would have a loss of 0 or infinity."
    ),
    given="t: unit; z: real",
    define="binary_crossentropy(t, z) = -t log(sigmoid(z)) - (1 - t) log(sigmoid(-z))",
    numeric="mathcore.numeric.binary_crossentropy(from_logits=True)",
    units="nats",
    uses=("sigmoid", "softplus", "log_sigmoid", "logit", "entropy", "binary_entropy", "softmax", "crossentropy"),
    prerequisites=("softplus", "crossentropy"),
    derivations=(
        Derivation(
            "From a probability",
            key="probability",
            claim="binary_crossentropy(t, z) = -t log(sigmoid(z)) - (1 - t) log(1 - sigmoid(z))",
            steps=(
                Step(
                    "= -t log(sigmoid(z)) - (1 - t) log(sigmoid(-z))",
                    by=unfold,
                    why="the definition of the binary crossentropy, written out",
                ),
                Step(
                    "= -t log(sigmoid(z)) - (1 - t) log(1 - sigmoid(z))",
                    by=rewrite,
                    why="yes and no add up to 1: sigmoid(-z) is 1 - sigmoid(z)",
                ),
            ),
            note="With q = sigmoid(z) it is the usual -t log(q) - (1 - t) log(1 - q); the logit of q gives z back.",
        ),
        Derivation(
            "Any probability has its logit",
            key="from_probability",
            given="q: positive; q < 1",
            claim="binary_crossentropy(t, logit(q)) = -t log(q) - (1 - t) log(1 - q)",
            steps=(
                Step(
                    "= t log(1 + exp(-logit(q))) + (1 - t) log(1 + exp(logit(q)))",
                    by=rewrite,
                    why="sigmoid(u) is 1/(1 + exp(-u)), and the logarithm of 1/a is minus the logarithm of a",
                ),
                Step(
                    "= t log(1 / q) + (1 - t) log(1 / (1 - q))",
                    by=rewrite,
                    why="exp(logit(q)) is q/(1 - q), so the two arguments become 1 + (1 - q)/q = 1/q and 1 + q/(1 - q) = 1/(1 - q)",
                ),
                Step("= -t log(q) - (1 - t) log(1 - q)", by=rewrite, why="the logarithm of 1/a is minus the logarithm of a"),
            ),
        ),
        Derivation(
            "The crossentropy of two classes",
            key="two_classes",
            claim="crossentropy([t, 1 - t], softmax([z, 0])) = binary_crossentropy(t, z)",
            steps=(
                Step(
                    "= -t log(exp(z) / (exp(z) + exp(0))) - (1 - t) log(exp(0) / (exp(z) + exp(0)))",
                    by=unfold,
                    why="the definitions, for the labels t and 1 - t and the scores z and 0",
                ),
                Step(
                    "= -t log(1 / (1 + exp(-z))) - (1 - t) log(1 / (1 + exp(z)))",
                    by=rewrite,
                    why="each fraction is divided above and below by its numerator, and exp(0) = 1",
                ),
                Step(
                    "= binary_crossentropy(t, z)", by=fold, why="the definitions of the sigmoid and of the loss, read backwards"
                ),
            ),
        ),
        Derivation(
            "Two softplus",
            key="softplus",
            claim="binary_crossentropy(t, z) = t softplus(-z) + (1 - t) softplus(z)",
            steps=(
                Step(
                    "= -t log(1 / (1 + exp(-z))) - (1 - t) log(1 / (1 + exp(z)))",
                    by=unfold,
                    why="the definitions of the loss and of the sigmoid, written out",
                ),
                Step(
                    "= t log(1 + exp(-z)) + (1 - t) log(1 + exp(z))",
                    by=rewrite,
                    why="the logarithm of 1/a is minus the logarithm of a",
                ),
                Step("= t softplus(-z) + (1 - t) softplus(z)", by=fold, why="the definition of softplus, twice, read backwards"),
            ),
            note="Two terms that are not negative: nothing cancels. This is what the numeric function computes.",
        ),
        Derivation(
            "One softplus and a straight line",
            key="line",
            claim="binary_crossentropy(t, z) = softplus(z) - t z",
            steps=(
                Step(
                    "= t softplus(-z) + (1 - t) softplus(z)",
                    by=Lemma("softplus"),
                    why="the loss as two softplus terms, just shown",
                ),
                Step(
                    "= t (softplus(z) - z) + (1 - t) softplus(z)",
                    by=rewrite,
                    why="left and right of 0 softplus differs by its argument: softplus(-z) is softplus(z) - z",
                ),
                Step(
                    "= softplus(z) - t z",
                    by=rewrite,
                    why="the shares t and 1 - t of softplus(z) make all of it, and -t z is left",
                ),
            ),
        ),
        Derivation(
            "Never negative",
            key="nonnegative",
            claim="binary_crossentropy(t, z) >= 0",
            steps=(
                Step(
                    "= t softplus(-z) + (1 - t) softplus(z)",
                    by=Lemma("softplus"),
                    why="the loss as two softplus terms, shown above",
                ),
                Step(
                    ">= 0",
                    by=Certificate(
                        (
                            Term("t", lemma="softplus.positive", at="x = -z"),
                            Term("1 - t", lemma="softplus.positive", at="x = z"),
                        )
                    ),
                    why="softplus is positive, and neither t nor 1 - t is negative",
                ),
            ),
        ),
        Derivation(
            "Which class is called 1 does not matter",
            key="symmetry",
            claim="binary_crossentropy(1 - t, -z) = binary_crossentropy(t, z)",
            steps=(
                Step("= (1 - t) softplus(z) + t softplus(-z)", by=rewrite, why="the loss as two softplus terms, at 1 - t and -z"),
                Step("= binary_crossentropy(t, z)", by=rewrite, why="the same two terms in the other order: the loss at t and z"),
            ),
        ),
        Derivation(
            "The gradient: prediction minus label",
            key="gradient",
            claim="D(binary_crossentropy(t, z), z) = sigmoid(z) - t",
            steps=(
                Step("= D(softplus(z) - t z, z)", by=differentiate, why="the loss as one softplus less a straight line"),
                Step(
                    "= exp(z) / (1 + exp(z)) - t",
                    by=differentiate,
                    why="log(1 + exp(z)) has the slope exp(z) / (1 + exp(z)), by the chain rule; the line t z has the slope t",
                ),
                Step("= sigmoid(z) - t", by=rewrite, why="numerator and denominator are divided by exp(z)"),
            ),
            note="The same as for softmax with crossentropy and for a straight line with the squared error: prediction minus label.",
        ),
        Derivation(
            "The curvature does not depend on the label",
            key="curvature",
            claim="D(binary_crossentropy(t, z), z, z) = sigmoid(z) (1 - sigmoid(z))",
            steps=(
                Step(
                    "= D(sigmoid(z) - t, z)",
                    by=differentiate,
                    why="the second derivative is the slope of the gradient, which was just found",
                ),
                Step(
                    "= sigmoid(z) (1 - sigmoid(z))",
                    by=differentiate,
                    why="the sigmoid has the slope sigmoid(z) (1 - sigmoid(z)), and t is constant",
                ),
            ),
        ),
        Derivation(
            "Hence it is convex in the logit",
            key="convex",
            claim="D(binary_crossentropy(t, z), z, z) > 0",
            steps=(
                Step("= sigmoid(z) (1 - sigmoid(z))", by=Lemma("curvature"), why="the curvature, just found"),
                Step(
                    "> 0",
                    by=Certificate((Term("exp(-z) / (1 + exp(-z))^2"),)),
                    why="yes and no are both positive: their product is exp(-z) / (1 + exp(-z))^2",
                ),
            ),
        ),
        Derivation(
            "The best logit is that of the label",
            key="best",
            given="q: positive; q < 1",
            claim="binary_crossentropy(q, z) >= binary_crossentropy(q, logit(q))",
            equality="z = logit(q)",
            steps=(
                Step(
                    ">= binary_crossentropy(q, logit(q))",
                    by=Stationary("z = logit(q)"),
                    why=(
                        "it is convex, so it is least where its gradient sigmoid(z) - q is 0: where sigmoid(z) = q, which is at z = "
                        "logit(q)"
                    ),
                ),
            ),
        ),
        Derivation(
            "... and costs the entropy of the label",
            key="minimum",
            given="q: positive; q < 1",
            claim="binary_crossentropy(q, logit(q)) = binary_entropy(q)",
            steps=(
                Step(
                    "= q log(1 + (1 - q) / q) + (1 - q) log(1 + q / (1 - q))",
                    by=rewrite,
                    why="the loss as two softplus terms, at z = logit(q), where exp(z) is q/(1 - q)",
                ),
                Step(
                    "= -q log(q) - (1 - q) log(1 - q)",
                    by=rewrite,
                    why="1 + (1 - q)/q is 1/q, 1 + q/(1 - q) is 1/(1 - q), and the logarithm of 1/a is minus that of a",
                ),
                Step("= binary_entropy(q)", by=fold, why="the definition of the binary entropy, read backwards"),
            ),
        ),
        Derivation(
            "No prediction beats the entropy of the label",
            key="entropy",
            claim="binary_crossentropy(t, z) >= binary_entropy(t)",
            steps=(
                Step(
                    ">= binary_entropy(t)",
                    by=Split(
                        (
                            Case("t = 0", Certificate((Term("1", lemma="softplus.positive", at="x = z"),))),
                            Case("t = 1", Certificate((Term("1", lemma="softplus.positive", at="x = -z"),))),
                            Case(
                                "0 < t and t < 1",
                                Certificate(
                                    (
                                        Term("1", lemma="entropy.gap", at="x = t; y = sigmoid(z)"),
                                        Term("1", lemma="entropy.gap", at="x = 1 - t; y = 1 - sigmoid(z)"),
                                    )
                                ),
                            ),
                        )
                    ),
                    why=(
                        "a sure label has no entropy, and any loss is positive; else the difference is the divergence of t from "
                        "sigmoid(z), which is never negative"
                    ),
                ),
            ),
            note="For a hard label, 0 or 1, the entropy is 0 and no finite logit reaches it.",
        ),
        Derivation(
            "A sure mistake costs in proportion to the logit",
            key="mistake",
            claim="binary_crossentropy(t, z) >= max(z, 0) - t z",
            steps=(
                Step("= softplus(z) - t z", by=Lemma("line"), why="the loss as one softplus less a straight line"),
                Step(
                    ">= max(z, 0) - t z",
                    by=Lemma("softplus.lower", at="x = z"),
                    why="softplus(z) is never below max(z, 0), as the page of softplus shows",
                ),
            ),
            note="At label 0 and z = 1000 the loss is 1000, not infinite: from logits nothing overflows.",
        ),
        Derivation(
            "The loss at the label 1",
            key="yes",
            claim="binary_crossentropy(1, z) = -log_sigmoid(z)",
            steps=(
                Step(
                    "= -1 log(sigmoid(z)) - (1 - 1) log(sigmoid(-z))", by=unfold, why="the definition of the loss, at the label 1"
                ),
                Step(
                    "= -log(sigmoid(z))",
                    by=rewrite,
                    why="1 - 1 is 0, and 0 times a finite number is 0: the other class does not count",
                ),
                Step("= -log_sigmoid(z)", by=fold, why="the definition of log-sigmoid, read backwards"),
            ),
        ),
    ),
    invariants=(
        Law("is never negative", "binary_crossentropy(t, z) >= 0", why="a negative loss came out"),
        Law(
            "is made of two softplus",
            "binary_crossentropy(t, z) = t softplus(-z) + (1 - t) softplus(z)",
            why="it is not the expected softplus of the score against the label",
        ),
        Law(
            "does not care which class is called 1",
            "binary_crossentropy(t, z) = binary_crossentropy(1 - t, -z)",
            why="renaming the classes changed the loss",
        ),
        Law(
            "is at least what the logit has against the label",
            "binary_crossentropy(t, z) >= max(z, 0) - t z",
            why="the loss is smaller than that of the sharpest prediction with this sign",
        ),
        Law("is the softplus for the label 0", "binary_crossentropy(0, z) = softplus(z)", why="the label 0 is charged wrongly"),
    ),
    accuracy=Accuracy(float64=2, float32=0.51, float16=0.51, domain="every label from 0 to 1 and every finite logit"),
    examples=(
        Example("binary_crossentropy(0, -45.748) = 1.355e-20", source="the usual form returns 0 here"),
        Example("binary_crossentropy(1, 0) = 0.693147", source="the probability is 1/2: log 2"),
        Example("binary_crossentropy(1, 1000) = 0", source="sure and right: the loss is exp(-1000), which rounds to 0"),
        Example("binary_crossentropy(0, 1000) = 1000", source="sure and wrong: no overflow"),
        Example("binary_crossentropy(1/4, 2) = 1.626928", source="softplus(2) - 2/4 = 2.126928 - 0.5"),
    ),
    mistakes=(
        "mathcore.mistakes.binary_crossentropy.through_probabilities",
        "mathcore.mistakes.binary_crossentropy.usual_form",
        "mathcore.mistakes.binary_crossentropy.clipped",
        "mathcore.mistakes.binary_crossentropy.logits_as_probabilities",
        "mathcore.mistakes.binary_crossentropy.only_the_label_1",
        "mathcore.mistakes.binary_crossentropy.base_two",
        "mathcore.mistakes.binary_crossentropy.swapped",
    ),
    false_claims=(
        FalseClaim("binary_crossentropy(t, z) = max(z, 0) - t z", why="that is only a lower bound: at z = 0 the loss is log(2)"),
        FalseClaim(
            "binary_crossentropy(t, z) = -t log(sigmoid(z))",
            why="without the second term the label 0 would cost nothing, whatever is predicted",
        ),
        FalseClaim(
            "binary_crossentropy(t, z) = binary_crossentropy(1 - t, z)",
            why="the classes change places only if z changes its sign as well",
        ),
    ),
    exercises=(
        Exercise(
            "Which constant logit is best for labels of which a quarter is 1, and what does it cost?",
            "sigmoid(z) = 1/4, so z = -log 3; the loss is then the entropy of (1/4, 3/4), 0.562 nats.",
        ),
        Exercise(
            "What is lost by computing q = sigmoid(40) first and then -log(1 - q)?",
            "q rounds to 1 in float64, so the loss of the label 0 comes out infinite instead of 40.",
        ),
    ),
    not_verified=("The form that takes probabilities (from_logits=False): tests measure it, to the same 2 ULP.",),
    references=(
        Reference("Bishop, Pattern Recognition and Machine Learning, equation (4.90)"),
        Reference("Keras, BinaryCrossentropy: the argument order and the name"),
    ),
)
