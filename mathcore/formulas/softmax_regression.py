"""Softmax regression: the loss of a classifier of several classes as a function of its weights."""

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
    Term,
    Use,
    differentiate,
    entrywise,
    fold,
    rewrite,
    unfold,
)

TILT = "sum(l, j: (V[l, j] - W[l, j]) (sum(a: X[a, l] (P[a, j] - T[a, j])) / N))"

CARD = Card(
    name="softmax_regression",
    title="Softmax regression",
    summary=(
        "The classifier of several classes without a hidden layer. One column of weights for each class: the scores are "
        "X W, the probabilities their softmax, the loss the mean categorical crossentropy. The gradient is the features "
        "times prediction minus label, and along any line in the space of weights the curvature is a mean of variances: "
        "convex, and flat where all classes move alike."
    ),
    given=(
        "N, d, m: size; X: real[N, d]; W, U, V: real[d, m]; T: real[N, m]; S: simplex[N, m]; t: simplex[m]; "
        "z, y, u: real[m]; h: real; a: index[N]; k, l: index[d]; i, j, g: index[m]"
    ),
    define=("softmax_regression(X, T, W) = sum(a: logsumexp(vector(i: (X W)[a, i])) - sum(i: T[a, i] (X W)[a, i])) / N"),
    auxiliary=("class_loss(t, z) = logsumexp(z) - sum(i: t[i] z[i])",),
    notation=("P[a, j] = softmax(vector(i: (X W)[a, i]))[j]", "Q[j] = softmax(vector(i: z[i] + h u[i]))[j]"),
    about="what a classifier of several classes learns",
    uses=("softmax", "logsumexp", "categorical_crossentropy", "entropy", "softplus"),
    prerequisites=("matmul", "categorical_crossentropy", "logistic_regression"),
    derivations=(
        Derivation(
            "One sample: the categorical crossentropy",
            key="is_cce",
            claim="class_loss(t, z) = categorical_crossentropy(t, z)",
            steps=(
                Step("= logsumexp(z) - sum(i: t[i] z[i])", by=unfold, why="the definition of the loss, written out"),
                Step(
                    "= sum(i: t[i] (logsumexp(z) - z[i]))",
                    by=Use("sum(i: t[i]) = 1"),
                    why="the labels sum to 1, so log-sum-exp may be shared out among the classes",
                ),
                Step(
                    "= categorical_crossentropy(t, z)",
                    by=unfold,
                    why="log-sum-exp less the score is minus the log of softmax: this is the definition of the categorical crossentropy",
                ),
            ),
        ),
        Derivation(
            "The gradient",
            key="gradient",
            claim="D(softmax_regression(X, T, W), W[k, j]) = sum(a: X[a, k] (P[a, j] - T[a, j])) / N",
            steps=(
                Step(
                    "= sum(a: sum(i: (P[a, i] - T[a, i]) D((X W)[a, i], W[k, j]))) / N",
                    by=differentiate,
                    why="the chain rule through each score: log-sum-exp has the slope softmax, P, and the labels are constant",
                ),
                Step(
                    "= sum(a: sum(i: (P[a, i] - T[a, i]) X[a, k] delta(i, j))) / N",
                    by=differentiate,
                    why="W[k, j] moves the score of class j alone, by X[a, k] for every unit",
                ),
                Step(
                    "= sum(a: X[a, k] (P[a, j] - T[a, j])) / N",
                    by=rewrite,
                    why="delta(i, j) is 0 unless i = j, so of the sum over classes only that term is left",
                ),
            ),
        ),
        Derivation(
            "... in matrix form",
            key="gradient_matrix",
            claim="D(softmax_regression(X, T, W), W[k, j]) = (transpose(X) (P - T))[k, j] / N",
            steps=(
                Step("= sum(a: X[a, k] (P[a, j] - T[a, j])) / N", by=Lemma("gradient"), why="the gradient, just shown"),
                Step(
                    "= (transpose(X) (P - T))[k, j] / N",
                    by=entrywise,
                    why="the sum over samples is column k of X times column j of the errors, which is an entry of X' (P - T)",
                ),
            ),
        ),
        Derivation(
            "The errors of a sample sum to 0",
            key="columns",
            claim="sum(j: P[a, j] - S[a, j]) = 0",
            steps=(
                Step(
                    "= 1 - sum(j: S[a, j])",
                    by=rewrite,
                    why="a sum of differences is the difference of the sums, and the probabilities of a sample sum to 1",
                ),
                Step("= 0", by=Use("sum(j: S[a, j]) = 1"), why="the labels of a sample sum to 1 as well, and 1 less 1 is 0"),
            ),
            note="What one class gains the others lose.",
        ),
        Derivation(
            "The curvature",
            key="hessian",
            claim=(
                "D(sum(a: X[a, k] (P[a, i] - T[a, i])) / N, W[l, j]) "
                "= sum(a: X[a, k] X[a, l] P[a, i] (delta(i, j) - P[a, j])) / N"
            ),
            steps=(
                Step(
                    "= sum(a: X[a, k] D(P[a, i], W[l, j])) / N",
                    by=differentiate,
                    why="features and labels do not depend on the weights",
                ),
                Step(
                    "= sum(a: X[a, k] X[a, l] P[a, i] (delta(i, j) - P[a, j])) / N",
                    by=differentiate,
                    why=(
                        "the chain rule: the slope of softmax by the score of class j, derived on its page, times X[a, l], by which W[l, "
                        "j] moves that score"
                    ),
                ),
            ),
            note="On the left stands the gradient of class i, so this is the second derivative of the loss.",
        ),
        Derivation(
            "Along a line of weights the scores move along a line",
            key="line",
            claim="(X (W + h U))[a, i] = (X W)[a, i] + h (X U)[a, i]",
            steps=(
                Step("= sum(k: X[a, k] (W[k, i] + h U[k, i]))", by=unfold, why="row a of X times column i of W + h U"),
                Step(
                    "= sum(k: X[a, k] W[k, i]) + h sum(k: X[a, k] U[k, i])",
                    by=rewrite,
                    why="the bracket is multiplied out, and h does not depend on k: it leaves the sum",
                ),
                Step("= (X W)[a, i] + h (X U)[a, i]", by=fold, why="the two sums are entries of X W and X U"),
            ),
        ),
        Derivation(
            "Along a line the curvature of a sample is a variance",
            key="variance",
            claim="D(D(class_loss(t, vector(i: z[i] + h u[i])), h), h) = sum(i: Q[i] (u[i] - sum(j: Q[j] u[j]))^2)",
            steps=(
                Step(
                    "= D(sum(i: Q[i] u[i]) - sum(i: t[i] u[i]), h)",
                    by=differentiate,
                    why="the slope is the mean of u under the probabilities, less the mean under the labels",
                ),
                Step(
                    "= sum(i: Q[i] u[i]^2) - sum(i: Q[i] u[i])^2",
                    by=differentiate,
                    why="the labels do not depend on h, and each probability Q[i] has the slope Q[i] (u[i] - sum(j: Q[j] u[j]))",
                ),
                Step(
                    "= sum(i: Q[i] (u[i] - sum(j: Q[j] u[j]))^2)",
                    by=rewrite,
                    why="the mean of the squares less the square of the mean is the variance",
                ),
            ),
        ),
        Derivation(
            "The curvature is never negative",
            key="psd",
            claim="D(D(class_loss(t, vector(i: z[i] + h u[i])), h), h) >= 0",
            equality="forall(i: u[i] = sum(j: Q[j] u[j]))",
            steps=(
                Step(
                    "= sum(i: Q[i] (u[i] - sum(j: Q[j] u[j]))^2)",
                    by=Lemma("variance"),
                    why="the curvature along a line is a variance, as just shown",
                ),
                Step(
                    ">= 0",
                    by=Certificate((Term("Q[i] (u[i] - sum(j: Q[j] u[j]))^2", over="i"),)),
                    why="probabilities are positive and squares are not negative; it is 0 exactly if all scores move alike",
                ),
            ),
            note="The loss of the data is the mean over the samples, so it is convex along every line of weights.",
        ),
        Derivation(
            "Log-sum-exp lies above its tangents",
            key="tangent",
            claim="logsumexp(y) >= logsumexp(z) + sum(i: softmax(z)[i] (y[i] - z[i]))",
            steps=(
                Step(
                    ">= logsumexp(z) + sum(i: softmax(z)[i] (y[i] - z[i]))",
                    by=Certificate(
                        (Term("softmax(z)[i]", lemma="entropy.tangent", at="x = softmax(y)[i] / softmax(z)[i]", over="i"),)
                    ),
                    why=(
                        "the gap is the Kullback-Leibler divergence of softmax(z) from softmax(y), and that is never negative: log r is "
                        "at most r - 1, class by class"
                    ),
                ),
            ),
        ),
        Derivation(
            "The loss lies above its tangents",
            key="convex",
            claim=f"softmax_regression(X, T, V) >= softmax_regression(X, T, W) + {TILT}",
            steps=(
                Step(
                    f">= softmax_regression(X, T, W) + {TILT}",
                    by=Certificate(
                        (
                            Term(
                                "1 / N",
                                lemma="tangent",
                                at="y = vector(i: (X V)[a, i]); z = vector(i: (X W)[a, i])",
                                over="a",
                            ),
                        )
                    ),
                    why="sample by sample log-sum-exp of the scores lies above its tangent; the other part is a straight line",
                ),
            ),
        ),
        Derivation(
            "Where the gradient is 0 the loss is least",
            key="minimum",
            claim=f"softmax_regression(X, T, V) >= softmax_regression(X, T, W) - abs({TILT})",
            steps=(
                Step(
                    f">= softmax_regression(X, T, W) + {TILT}",
                    by=Lemma("convex"),
                    why="the loss lies above its tangent at W, as just shown",
                ),
                Step(
                    f">= softmax_regression(X, T, W) - abs({TILT})",
                    by=Certificate((Term(f"{TILT} + abs({TILT})"),)),
                    why="no number is less than minus its absolute value",
                ),
            ),
            note="Other weights can be better only by as much as the tangent falls on the way to them: not at all from a point where the gradient is 0.",
        ),
        Derivation(
            "With all weights 0 the loss is log m",
            key="start",
            claim="softmax_regression(X, T, vector(l, g: 0)) = log(m)",
            steps=(
                Step(
                    "= sum(a: logsumexp(vector(i: 0)) - sum(i: T[a, i] * 0)) / N",
                    by=unfold,
                    why="with all weights 0 all scores are 0, whatever the labels",
                ),
                Step(
                    "= log(m)", by=rewrite, why="log-sum-exp of m zeros is log(m), and the mean of equal numbers is that number"
                ),
            ),
            note="Ten classes start at a loss of log 10 = 2.303.",
        ),
        Derivation(
            "The same added to all classes changes no prediction",
            key="flat",
            claim="softmax(vector(i: z[i] + h))[j] = softmax(z)[j]",
            steps=(
                Step(
                    "= softmax(z)[j]",
                    by=Lemma("softmax.shift", at="z = z; c = h; i = j"),
                    why="a shift, here by h, does not change softmax, as its page shows",
                ),
            ),
            note="So the best weights are never unique: one column may be fixed at 0, and for two classes that is logistic regression.",
        ),
        Derivation(
            "Two classes, one of them fixed at 0",
            key="two",
            claim="log(1 + exp(h)) - h = softplus(-h)",
            steps=(
                Step(
                    "= softplus(h) - h", by=fold, why="log(1 + exp(h)), the log-sum-exp of the scores 0 and h, is softplus of h"
                ),
                Step(
                    "= softplus(-h)",
                    by=Lemma("softplus.mirror", at="x = h"),
                    why="left and right of 0 softplus differs by its argument: softplus(h) - h is softplus(-h)",
                ),
            ),
            note="The loss of a sample of the class with the score h: that of logistic regression at a yes.",
        ),
    ),
    examples=(
        Example(
            "softmax_regression([[1]], [[1, 0, 0]], [[0, 0, 0]]) = 1.098612", source="weights 0 predict 1/3 for each class: log 3"
        ),
        Example(
            "class_loss([0, 1, 0], [0.4, 0.6, 0.2]) = 0.911901",
            source="the scores of the student's note, if the second class is right",
        ),
    ),
    false_claims=(
        FalseClaim(
            "D(softmax_regression(X, T, W), W[k, j]) = sum(a: X[a, k] ((X W)[a, j] - T[a, j])) / N",
            why="the prediction is softmax of the score, not the score",
        ),
        FalseClaim(
            "D(sum(a: X[a, k] (P[a, i] - T[a, i])) / N, W[l, j]) = sum(a: X[a, k] X[a, l] P[a, i] (1 - P[a, i])) delta(i, j) / N",
            why="the classes are linked: what one gains the others lose",
        ),
        FalseClaim(
            "class_loss(t, vector(i: 2 z[i])) <= class_loss(t, z)",
            why="larger scores help only if the right class has the largest",
        ),
    ),
    exercises=(
        Exercise(
            "How many of the d m weights can be fixed without losing any model?",
            "A whole column, d of them: adding one vector to all columns changes no prediction.",
        ),
    ),
    not_verified=("mathcore.models.SoftmaxRegression, which learns it in floats: tests measure it.",),
    references=(Reference("Bishop, Pattern Recognition and Machine Learning, section 4.3.4"),),
)
