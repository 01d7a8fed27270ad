"""Binary entropy: the mean surprisal of a coin."""

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
    Reference,
    Split,
    Step,
    Support,
    Term,
    differentiate,
    fold,
    rewrite,
    unfold,
)

CARD = Card(
    name="binary_entropy",
    title="Binary entropy",
    summary=(
        "How uncertain is a yes-or-no outcome? This is the entropy of a coin that falls on one side with probability p, "
        "in nats. It is 0 for a coin without surprise, p = 0 or p = 1, and largest, log 2 or one bit, for a fair one."
    ),
    given="p, r: unit",
    define="binary_entropy(p) = -p log(p) - (1 - p) log(1 - p)",
    numeric="mathcore.numeric.binary_entropy",
    units="nats",
    uses=("entropy", "logit"),
    prerequisites=("entropy",),
    derivations=(
        Derivation(
            "Two outcomes",
            key="two",
            claim="entropy([p, 1 - p]) = binary_entropy(p)",
            steps=(
                Step(
                    "= binary_entropy(p)",
                    by=Split((Case("p < 1", unfold), Case("p = 1", unfold))),
                    why="the two definitions, for the two outcomes p and 1 - p; a sure side, p = 1, has no surprisal",
                ),
            ),
        ),
        Derivation(
            "The names of the sides do not matter",
            key="symmetry",
            claim="binary_entropy(1 - p) = binary_entropy(p)",
            steps=(
                Step(
                    "= -(1 - p) log(1 - p) - p log(p)",
                    by=Split((Case("p < 1", rewrite), Case("p = 1", rewrite))),
                    why="the definition of the binary entropy, at 1 - p; and 1 - (1 - p) is p",
                ),
                Step(
                    "= binary_entropy(p)",
                    by=Split((Case("p < 1", rewrite), Case("p = 1", rewrite))),
                    why="the same two terms in the other order are the definition at p",
                ),
            ),
        ),
        Derivation(
            "A coin with one side surprises nobody",
            key="certain",
            claim="binary_entropy(1) = 0",
            steps=(
                Step("= -1 log(1) - (1 - 1) log(1 - 1)", by=unfold, why="the definition of the binary entropy, at 1"),
                Step("= 0", by=rewrite, why="log(1) = 0, and for the impossible side 0 log(0) = 0"),
            ),
        ),
        Derivation(
            "A fair coin: one bit",
            key="fair",
            claim="binary_entropy(1 / 2) = log(2)",
            steps=(
                Step(
                    "= -(1 / 2) log(1 / 2) - (1 - 1 / 2) log(1 - 1 / 2)",
                    by=unfold,
                    why="the definition of the binary entropy, at 1/2",
                ),
                Step(
                    "= log(2)",
                    by=rewrite,
                    why="log(1/2) is -log(2), and half of log(2) twice is all of it",
                ),
            ),
        ),
        Derivation(
            "Never negative",
            key="nonnegative",
            claim="binary_entropy(p) >= 0",
            steps=(
                Step(
                    ">= 0",
                    by=Split(
                        (
                            Case(
                                "p < 1",
                                Support(
                                    ("p",),
                                    by=Certificate(
                                        (
                                            Term("p", lemma="entropy.tangent", at="x = p"),
                                            Term("p (1 - p)"),
                                            Term("1 - p", lemma="entropy.tangent", at="x = 1 - p"),
                                            Term("(1 - p) p"),
                                        )
                                    ),
                                ),
                            ),
                            Case("p = 1", Certificate((Term("0"),))),
                        )
                    ),
                    why="log(p) <= p - 1 <= 0, so -p log(p) is not negative; the same for 1 - p; a sure side counts 0",
                ),
            ),
        ),
        Derivation(
            "No coin is more uncertain than a fair one",
            key="maximum",
            claim="binary_entropy(p) <= log(2)",
            steps=(
                Step(
                    "<= log(2)",
                    by=Split(
                        (
                            Case(
                                "p < 1",
                                Certificate(
                                    (
                                        Term("1", lemma="entropy.gap", at="x = p; y = 1 / 2"),
                                        Term("1", lemma="entropy.gap", at="x = 1 - p; y = 1 / 2"),
                                    )
                                ),
                            ),
                            Case("p = 1", Certificate((Term("log(2)"),))),
                        )
                    ),
                    why=(
                        "log(2) less the entropy is the divergence of the coin from a fair one: one term x log(x/y) - x + y for each "
                        "side, and neither is negative"
                    ),
                ),
            ),
        ),
        Derivation(
            "The slope is minus the logit",
            key="slope",
            given="P: positive; P < 1",
            claim="D(-P log(P) - (1 - P) log(1 - P), P) = -logit(P)",
            steps=(
                Step(
                    "= log(1 - P) - log(P)",
                    by=differentiate,
                    why=(
                        "the product rule: -P log(P) has the slope -log(P) - 1, the other side the slope log(1 - P) + 1; the two ones "
                        "cancel"
                    ),
                ),
                Step("= -log(P / (1 - P))", by=rewrite, why="a difference of logarithms is the logarithm of the quotient"),
                Step("= -logit(P)", by=fold, why="the definition of the logit, read backwards"),
            ),
            note="It is steep at the ends, where a little uncertainty counts most, and flat at 1/2, where the entropy peaks.",
        ),
        Derivation(
            "It bends downwards everywhere",
            key="curvature",
            given="P: positive; P < 1",
            claim="D(-P log(P) - (1 - P) log(1 - P), P, P) <= -4",
            steps=(
                Step(
                    "= -1 / P - 1 / (1 - P)",
                    by=differentiate,
                    why=(
                        "the slope log(1 - P) - log(P) is differentiated once more: -log(P) has the slope -1/P, and log(1 - P) the slope "
                        "-1/(1 - P)"
                    ),
                ),
                Step(
                    "= -1 / (P (1 - P))",
                    by=rewrite,
                    why="over the common denominator P (1 - P) the numerators -(1 - P) and -P make -1",
                ),
                Step(
                    "<= -4",
                    by=Certificate((Term("(1 - 2 P)^2 / (P (1 - P))"),)),
                    why="1 - 4 P (1 - P) is the square of 1 - 2 P, so P (1 - P) is at most 1/4, and one over it at least 4",
                ),
            ),
        ),
    ),
    invariants=(
        Law("is never negative", "binary_entropy(p) >= 0", why="a negative uncertainty came out"),
        Law("is at most log 2", "binary_entropy(p) <= log(2)", why="a coin is more uncertain than a fair one"),
        Law(
            "does not depend on the names of the sides",
            "binary_entropy(p) = binary_entropy(1 - p)",
            why="p and 1 - p describe the same coin and got different entropies",
        ),
        Law(
            "is the entropy of two outcomes",
            "binary_entropy(p) = entropy([p, 1 - p])",
            why="it is not the entropy of the distribution p, 1 - p",
        ),
        Law(
            "is concave",
            "2 binary_entropy((p + r) / 2) >= binary_entropy(p) + binary_entropy(r)",
            why="mixing two coins made them less uncertain",
        ),
    ),
    accuracy=Accuracy(float64=2, float32=0.51, float16=0.51, domain="every p from 0 to 1"),
    examples=(
        Example("binary_entropy(1/2) = 0.693147", source="a fair coin: log 2 nats"),
        Example("binary_entropy(1/2) / log(2) = 1", source="the same coin: 1 bit"),
        Example("binary_entropy(1/4) = 0.562335", source="1/4 of log 4 and 3/4 of log(4/3)"),
        Example("binary_entropy(0) = 0", source="a coin that never falls on this side"),
        Example("binary_entropy(1) = 0", source="a coin that always does"),
        Example(
            "binary_entropy(5/6) = 0.450561", source="a box of the student's note with 5 balls of one colour and 1 of the other"
        ),
    ),
    mistakes=(
        "mathcore.mistakes.binary_entropy.base_two",
        "mathcore.mistakes.binary_entropy.first_outcome_only",
        "mathcore.mistakes.binary_entropy.without_zeros",
        "mathcore.mistakes.binary_entropy.without_log1p",
        "mathcore.mistakes.binary_entropy.clipped",
        "mathcore.mistakes.binary_entropy.gini_impurity",
    ),
    false_claims=(
        FalseClaim("binary_entropy(p) <= 2 / 3", why="a fair coin has log(2) = 0.693"),
        FalseClaim(
            "binary_entropy(p) = -p log(p)",
            why="the other side of the coin has a surprisal as well: for a fair one 0.347 of the 0.693 would be missing",
        ),
        FalseClaim(
            "2 binary_entropy((p + r) / 2) = binary_entropy(p) + binary_entropy(r)",
            why="a mixture is more uncertain than its parts are on average: two sure coins, 0 and 1, mixed make a fair one",
        ),
    ),
    exercises=(
        Exercise("How many bits does a coin with p = 1/4 have?", "2 - (3/4) log2 3 = 0.811 bits."),
        Exercise("What is the slope of the binary entropy at p?", "log((1 - p) / p): minus the log-odds; 0 at p = 1/2."),
    ),
    not_verified=("That a channel which flips a bit with probability p has the capacity log 2 - binary_entropy(p).",),
    references=(Reference("Cover, Thomas, Elements of Information Theory, section 2.1"),),
)
