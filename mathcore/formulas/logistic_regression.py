"""Logistic regression: the loss of a yes-or-no classifier as a function of its weights."""

from mathcore.card import (
    Card,
    Case,
    Certificate,
    Derivation,
    Example,
    Exercise,
    FalseClaim,
    Lemma,
    Monotone,
    Reference,
    Split,
    Step,
    Term,
    differentiate,
    entrywise,
    limit,
    rewrite,
    unfold,
)

TILT = "sum(j: (v[j] - w[j]) (sum(a: X[a, j] (sigmoid((X w)[a]) - t[a])) / N))"

CARD = Card(
    name="logistic_regression",
    title="Logistic regression",
    summary=(
        "The usual first classifier. The score of a sample is its entry of X w, its probability of yes the sigmoid of "
        "the score, the loss the mean binary crossentropy. The gradient is the features times prediction minus label; "
        "the curvature is never negative, so where the gradient is 0 the loss is least. If a straight line separates the "
        "classes there is no best w: longer is always better."
    ),
    given=(
        "N, d: size; X: real[N, d]; t: unit[N]; w, u, v: real[d]; m: positive[N]; r, x, y: real; s: unit; c: positive; "
        "a: index[N]; k, j, l: index[d]"
    ),
    define="logistic_regression(X, t, w) = sum(a: softplus((X w)[a]) - t[a] (X w)[a]) / N",
    auxiliary=("separated(m, c) = sum(a: softplus(-c m[a])) / N",),
    about="what a classifier learns, and when it never stops learning",
    uses=("softplus", "binary_crossentropy", "entropy"),
    prerequisites=("matmul", "binary_crossentropy", "linear_regression"),
    derivations=(
        Derivation(
            "It is the mean binary crossentropy",
            key="is_bce",
            claim="logistic_regression(X, t, w) = sum(a: binary_crossentropy(t[a], (X w)[a])) / N",
            steps=(
                Step(
                    "= sum(a: t[a] (softplus((X w)[a]) - (X w)[a]) + (1 - t[a]) softplus((X w)[a])) / N",
                    by=rewrite,
                    why=(
                        "softplus is split into its shares t and 1 - t, and the score is taken from the first: t times the loss of a yes "
                        "and 1 - t times that of a no"
                    ),
                ),
                Step(
                    "= sum(a: t[a] softplus(-(X w)[a]) + (1 - t[a]) softplus((X w)[a])) / N",
                    by=rewrite,
                    why="left and right of 0 softplus differs by its argument: softplus(z) - z = softplus(-z), with the score for z",
                ),
                Step(
                    "= sum(a: binary_crossentropy(t[a], (X w)[a])) / N",
                    by=unfold,
                    why="softplus of the negative score is -log of the sigmoid, so this is the definition of the binary crossentropy",
                ),
            ),
        ),
        Derivation(
            "The gradient",
            key="gradient",
            claim="D(logistic_regression(X, t, w), w[j]) = sum(a: X[a, j] (sigmoid((X w)[a]) - t[a])) / N",
            steps=(
                Step(
                    "= sum(a: D(softplus((X w)[a]) - t[a] (X w)[a], w[j])) / N",
                    by=differentiate,
                    why="the definition of the loss; a mean is differentiated term by term",
                ),
                Step(
                    "= sum(a: (sigmoid((X w)[a]) - t[a]) D((X w)[a], w[j])) / N",
                    by=differentiate,
                    why="the chain rule: softplus has the slope sigmoid, and t times the score has the slope t",
                ),
                Step(
                    "= sum(a: X[a, j] (sigmoid((X w)[a]) - t[a])) / N",
                    by=differentiate,
                    why="the score of sample a changes with w[j] by X[a, j]",
                ),
            ),
            note="Features times (prediction minus label): the gradient of linear regression, with a sigmoid around the score.",
        ),
        Derivation(
            "... in matrix form",
            key="gradient_matrix",
            claim=("D(logistic_regression(X, t, w), w[j]) = (transpose(X) (vector(a: sigmoid((X w)[a])) - t))[j] / N"),
            steps=(
                Step("= sum(a: X[a, j] (sigmoid((X w)[a]) - t[a])) / N", by=Lemma("gradient"), why="the gradient, just shown"),
                Step(
                    "= (transpose(X) (vector(a: sigmoid((X w)[a])) - t))[j] / N",
                    by=entrywise,
                    why="the sum over samples is column j of X times the errors, which is entry j of X' (s - t)",
                ),
            ),
        ),
        Derivation(
            "The curvature",
            key="hessian",
            claim=(
                "D(D(logistic_regression(X, t, w), w[j]), w[l]) "
                "= sum(a: X[a, j] sigmoid((X w)[a]) sigmoid(-(X w)[a]) X[a, l]) / N"
            ),
            steps=(
                Step(
                    "= D(sum(a: X[a, j] (sigmoid((X w)[a]) - t[a])) / N, w[l])",
                    by=differentiate,
                    why="the gradient, just shown, is differentiated once more",
                ),
                Step(
                    "= sum(a: X[a, j] sigmoid((X w)[a]) sigmoid(-(X w)[a]) X[a, l]) / N",
                    by=differentiate,
                    why="the sigmoid has the slope sigmoid(z) sigmoid(-z), and the score moves by X[a, l] for every unit of w[l]",
                ),
            ),
            note="The labels are gone: how curved the loss is depends on the predictions alone.",
        ),
        Derivation(
            "The curvature is never negative",
            key="psd",
            claim="sum(j, l: u[j] D(D(logistic_regression(X, t, w), w[j]), w[l]) u[l]) >= 0",
            equality="forall(a: sum(k: X[a, k] u[k]) = 0)",
            steps=(
                Step(
                    "= sum(j, l: u[j] (sum(a: X[a, j] sigmoid((X w)[a]) sigmoid(-(X w)[a]) X[a, l]) / N) u[l])",
                    by=differentiate,
                    why="the curvature, just shown",
                ),
                Step(
                    "= sum(a: sigmoid((X w)[a]) sigmoid(-(X w)[a]) sum(k: X[a, k] u[k])^2) / N",
                    by=rewrite,
                    why="finite sums may be taken in either order: with the samples last, the two sums over features are the same number, entry a of X u",
                ),
                Step(
                    ">= 0",
                    by=Certificate(
                        (
                            Term(
                                "(sigmoid((X w)[a]) sigmoid(-(X w)[a]) / N) sum(k: X[a, k] u[k])^2",
                                over="a",
                            ),
                        )
                    ),
                    why="positive weights times squares are not negative; they are all 0 only in the directions u with X u = 0",
                ),
            ),
        ),
        Derivation(
            "Softplus lies above its tangents",
            key="tangent",
            claim="softplus(y) >= softplus(x) + sigmoid(x) (y - x)",
            steps=(
                Step(
                    ">= softplus(x) + sigmoid(x) (y - x)",
                    by=Certificate(
                        (
                            Term("sigmoid(x)", lemma="entropy.tangent", at="x = sigmoid(y) / sigmoid(x)"),
                            Term("sigmoid(-x)", lemma="entropy.tangent", at="x = sigmoid(-y) / sigmoid(-x)"),
                        )
                    ),
                    why=(
                        "the gap is the divergence between two coins with the probabilities sigmoid(x) and sigmoid(y), and that is never negative: log r is at most r - 1, once for each side of the coin"
                    ),
                ),
            ),
        ),
        Derivation(
            "The loss lies above its tangents",
            key="convex",
            claim=f"logistic_regression(X, t, v) >= logistic_regression(X, t, w) + {TILT}",
            steps=(
                Step(
                    f">= logistic_regression(X, t, w) + {TILT}",
                    by=Certificate((Term("1 / N", lemma="tangent", at="y = (X v)[a]; x = (X w)[a]", over="a"),)),
                    why="sample by sample the softplus of the score lies above its tangent; the other part is a straight line",
                ),
            ),
            note="That is what convex means for a function with a derivative.",
        ),
        Derivation(
            "Where the gradient is 0 the loss is least",
            key="minimum",
            claim=f"logistic_regression(X, t, v) >= logistic_regression(X, t, w) - abs({TILT})",
            steps=(
                Step(
                    f">= logistic_regression(X, t, w) + {TILT}",
                    by=Lemma("convex"),
                    why="the loss lies above its tangent at w, as just shown",
                ),
                Step(
                    f">= logistic_regression(X, t, w) - abs({TILT})",
                    by=Certificate((Term(f"{TILT} + abs({TILT})"),)),
                    why="no number is less than minus its absolute value",
                ),
            ),
            note=(
                "Other weights can be better only by as much as the tangent falls on the way to them. Where the gradient is 0 the "
                "tangent is level, so nothing is better."
            ),
        ),
        Derivation(
            "With all weights 0 the loss is log 2",
            key="start",
            claim="logistic_regression(X, t, vector(k: 0)) = log(2)",
            steps=(
                Step(
                    "= sum(a: softplus(0) - t[a] * 0) / N",
                    by=unfold,
                    why="with all weights 0 all scores are 0, whatever the labels",
                ),
                Step(
                    "= log(2)", by=rewrite, why="softplus(0) is log(1 + 1) = log(2), and the mean of equal numbers is that number"
                ),
            ),
            note="A first loss of 0.693 says that the model has learned nothing yet: it predicts 1/2 for everybody.",
        ),
        Derivation(
            "One sample: the label 1",
            key="label_one",
            claim="softplus(x) - 1 x = softplus(-x)",
            steps=(
                Step(
                    "= softplus(-x)",
                    by=Lemma("softplus.mirror"),
                    why="softplus(x) - x is softplus(-x): left and right of 0 softplus differs by x",
                ),
            ),
            note="For the label 0 the loss is softplus(x). Either way it is softplus(-margin): the margin is the score, signed by the label.",
        ),
        Derivation(
            "The loss of a sample is never 0",
            key="sample",
            claim="softplus(x) - s x > 0",
            steps=(
                Step(
                    "= s softplus(-x) + (1 - s) softplus(x)",
                    by=rewrite,
                    why="the share s of what the label 1 costs, the share 1 - s of what the label 0 costs",
                ),
                Step(
                    "> 0",
                    by=Split(
                        (
                            Case(
                                "s >= 1 / 2",
                                Certificate(
                                    (
                                        Term("1 / 2", lemma="softplus.positive", at="x = -x"),
                                        Term("s - 1 / 2", lemma="softplus.positive", at="x = -x"),
                                        Term("(1 - s) softplus(x)"),
                                    )
                                ),
                            ),
                            Case(
                                "s <= 1 / 2",
                                Certificate(
                                    (
                                        Term("1 / 2", lemma="softplus.positive"),
                                        Term("(1 / 2 - s) softplus(x)"),
                                        Term("s", lemma="softplus.positive", at="x = -x"),
                                    )
                                ),
                            ),
                        )
                    ),
                    why="softplus is positive everywhere, and one of the two shares is at least a half",
                ),
            ),
        ),
        Derivation(
            "Separable data: stretching the weights lowers the loss",
            key="stretch",
            claim="D(separated(m, c), c) < 0",
            steps=(
                Step(
                    "= sum(a: -m[a] sigmoid(-c m[a])) / N",
                    by=differentiate,
                    why="with weights c w all margins are multiplied by c; the chain rule, with the sigmoid as the slope of softplus",
                ),
                Step(
                    "< 0",
                    by=Certificate((Term("m[a] sigmoid(-c m[a]) / N", over="a"),)),
                    why="if w classifies every sample rightly all margins m are positive: every term is negative",
                ),
            ),
        ),
        Derivation(
            "... twice as long is better",
            key="twice",
            claim="separated(m, 2 c) < separated(m, c)",
            steps=(
                Step(
                    "< separated(m, c)",
                    by=Monotone("separated(m, u)", variable="u: positive", inner="2 c > c", by=Certificate((Term("c"),))),
                    why=(
                        "the slope, just shown, is negative: the loss falls all the way from c to 2 c, so weights that separate are "
                        "never the best"
                    ),
                ),
            ),
        ),
        Derivation(
            "... towards 0",
            key="vanishes",
            claim="lim(r -> inf: sum(a: softplus(-r m[a])) / N) = 0",
            steps=(
                Step(
                    "= 0",
                    by=limit,
                    why="r m[a] grows without bound, so every exp(-r m[a]) tends to 0, and softplus(-r m[a]) to log(1 + 0) = 0",
                ),
            ),
        ),
        Derivation(
            "... which no weights reach",
            key="positive",
            claim="logistic_regression(X, t, w) > 0",
            steps=(
                Step(
                    "> 0",
                    by=Certificate((Term("1 / N", lemma="sample", at="x = (X w)[a]; s = t[a]", over="a"),)),
                    why="the loss of every sample is positive, so their mean is",
                ),
            ),
            note="So on separable data the loss has no minimum: the weights grow for ever. Stop early, or add weight decay.",
        ),
    ),
    examples=(
        Example("logistic_regression([[1], [-1]], [1, 0], [0]) = 0.693147", source="weights 0 predict 1/2 for everybody: log 2"),
        Example("logistic_regression([[1], [-1]], [1, 0], [1]) = 0.313262", source="separable: the loss falls ..."),
        Example("logistic_regression([[1], [-1]], [1, 0], [10]) = 4.53989e-5", source="... and falls"),
    ),
    false_claims=(
        FalseClaim(
            "D(logistic_regression(X, t, w), w[j]) = sum(a: X[a, j] ((X w)[a] - t[a])) / N",
            why="the prediction is the sigmoid of the score, not the score, which may be any number",
        ),
        FalseClaim(
            "D(logistic_regression(X, t, w), w[j]) = sum(a: (sigmoid((X w)[a]) - t[a]) sigmoid((X w)[a]) sigmoid(-(X w)[a]) X[a, j]) / N",
            why="the slope of the sigmoid cancels against the loss; it stays with the squared error",
        ),
        FalseClaim(
            "logistic_regression(X, t, vector(k: 2 w[k])) <= logistic_regression(X, t, w)",
            why="longer weights are sure to help only where they separate the classes",
        ),
        FalseClaim(
            "logistic_regression(X, t, w) <= log(2)",
            why="sure mistakes cost more than knowing nothing: a score of 10 at the label 0 costs 10",
        ),
    ),
    exercises=(
        Exercise(
            "One feature, always 1, and labels of which a share p is 1. What is the best w?",
            "The gradient is sigmoid(w) - p, so w = log(p / (1 - p)): the logit of p.",
        ),
        Exercise(
            "Why does a program report huge weights for a data set that is easy?",
            "Separable data have no best weights: each step lowers the loss a little by making them longer.",
        ),
    ),
    not_verified=(
        "That a minimum exists when the classes overlap.",
        "mathcore.models.LogisticRegression, which stops after a number of steps: tests measure it.",
    ),
    references=(
        Reference("Bishop, Pattern Recognition and Machine Learning, section 4.3"),
        Reference("Albert, Anderson, On the existence of maximum likelihood estimates in logistic regression models (1984)"),
    ),
)
