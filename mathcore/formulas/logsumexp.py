"""Log-sum-exp: the smooth maximum."""

from mathcore.card import (
    Accuracy,
    Attained,
    Card,
    Certificate,
    Derivation,
    Example,
    Exercise,
    FalseClaim,
    Law,
    Lemma,
    Monotone,
    Reference,
    Squeeze,
    Step,
    SumOver,
    Term,
    differentiate,
    fold,
    rewrite,
    unfold,
)

CARD = Card(
    name="logsumexp",
    title="Log-sum-exp",
    summary=(
        "The losses of classifiers are made of this function. The logarithm of a sum of exponentials is a smooth "
        "stand-in for the maximum: never below it, never more than log n above it. Its slope is softmax, its curvature a "
        "variance; so it is convex, and so is every loss built on it."
    ),
    given="n: size; z, u: real[n]; c: real; T: positive; i, j, k, l, m: index[n]",
    define="logsumexp(z) = log(sum(k: exp(z[k])))",
    notation=("s[i] = softmax(z)[i]",),
    numeric="mathcore.numeric.logsumexp",
    units="the unit of the scores",
    uses=("entropy", "softmax"),
    prerequisites=("softmax", "partial derivatives", "convexity"),
    derivations=(
        Derivation(
            "A shift comes straight out",
            key="shift",
            claim="logsumexp(vector(k: z[k] + c)) = logsumexp(z) + c",
            steps=(
                Step("= log(sum(k: exp(z[k] + c)))", by=unfold, why="the definition of log-sum-exp, for the shifted scores"),
                Step(
                    "= log(exp(c) sum(k: exp(z[k])))",
                    by=rewrite,
                    why="exp(z + c) is exp(z) exp(c), and exp(c) does not depend on k: it leaves the sum",
                ),
                Step(
                    "= c + log(sum(k: exp(z[k])))",
                    by=rewrite,
                    why="the logarithm of a product of positive numbers is the sum of their logarithms, and log undoes exp",
                ),
                Step("= logsumexp(z) + c", by=fold, why="the definition of log-sum-exp, read backwards"),
            ),
            note="With c = -max z every exponential is at most 1: the formula that does not overflow.",
        ),
        Derivation(
            "Never below the maximum",
            key="lower",
            claim="max(k: z[k]) <= logsumexp(z)",
            steps=(
                Step("= log(exp(max(k: z[k])))", by=rewrite, why="log undoes exp, so this is the maximum again"),
                Step(
                    "<= log(sum(k: exp(z[k])))",
                    by=Monotone(
                        "log(x)",
                        variable="x: positive",
                        inner="exp(max(k: z[k])) <= sum(k: exp(z[k]))",
                        by=Attained("m", Certificate((Term("(1 - delta(k, m)) exp(z[k])", over="k"),))),
                    ),
                    why="the largest exponential is one of the positive terms of the sum, and log grows",
                ),
                Step("= logsumexp(z)", by=fold, why="the definition of log-sum-exp, read backwards"),
            ),
        ),
        Derivation(
            "At most log n above it",
            key="upper",
            claim="logsumexp(z) <= max(k: z[k]) + log(n)",
            steps=(
                Step("= log(sum(k: exp(z[k])))", by=unfold, why="the definition of log-sum-exp, written out"),
                Step(
                    "<= log(sum(k: exp(max(l: z[l]))))",
                    by=Monotone(
                        "log(x)",
                        variable="x: positive",
                        inner="sum(k: exp(z[k])) <= sum(k: exp(max(l: z[l])))",
                        by=Attained(
                            "m",
                            SumOver(
                                "k",
                                Monotone(
                                    "exp(x)", variable="x: real", inner="z[k] <= z[m]", by=Certificate((Term("z[m] - z[k]"),))
                                ),
                            ),
                        ),
                    ),
                    why="no exponential exceeds that of the largest score, and log grows",
                ),
                Step("= log(n exp(max(k: z[k])))", by=rewrite, why="n equal terms add up to n times one of them"),
                Step(
                    "= max(k: z[k]) + log(n)",
                    by=rewrite,
                    why="the logarithm of a product is the sum of the logarithms, and log undoes exp",
                ),
            ),
        ),
        Derivation(
            "The slope is softmax",
            key="gradient",
            claim="D(logsumexp(z), z[i]) = softmax(z)[i]",
            steps=(
                Step("= D(log(sum(k: exp(z[k]))), z[i])", by=unfold, why="the definition of log-sum-exp, written out"),
                Step(
                    "= exp(z[i]) / sum(k: exp(z[k]))",
                    by=differentiate,
                    why="the chain rule: log has the slope one over its argument; of the sum only the term k = i depends on z[i]",
                ),
                Step("= softmax(z)[i]", by=fold, why="the definition of softmax, read backwards"),
            ),
        ),
        Derivation(
            "The curvature",
            key="hessian",
            claim="D(logsumexp(z), z[i], z[j]) = s[i] (delta(i, j) - s[j])",
            steps=(
                Step("= D(s[i], z[j])", by=differentiate, why="the slope, softmax, is differentiated once more"),
                Step(
                    "= s[i] (delta(i, j) - s[j])",
                    by=Lemma("softmax.jacobian"),
                    why="the derivatives of softmax by the scores, derived on its page",
                ),
            ),
        ),
        Derivation(
            "The curvature is a variance",
            key="variance",
            claim="sum(i, j: u[i] D(logsumexp(z), z[i], z[j]) u[j]) = sum(i: s[i] (u[i] - sum(j: s[j] u[j]))^2)",
            steps=(
                Step("= sum(i, j: u[i] s[i] (delta(i, j) - s[j]) u[j])", by=differentiate, why="the curvature, just found"),
                Step(
                    "= sum(i: s[i] u[i]^2) - sum(i: s[i] u[i])^2",
                    by=rewrite,
                    why="the product is multiplied out; delta keeps the terms j = i, and the double sum is a square",
                ),
                Step(
                    "= sum(i: s[i] (u[i] - sum(j: s[j] u[j]))^2)",
                    by=rewrite,
                    why="softmax sums to 1, so the mean of the squares less the square of the mean is the mean square distance from the mean",
                ),
            ),
        ),
        Derivation(
            "Hence it is convex",
            key="convex",
            claim="sum(i, j: u[i] D(logsumexp(z), z[i], z[j]) u[j]) >= 0",
            steps=(
                Step(
                    "= sum(i: s[i] (u[i] - sum(j: s[j] u[j]))^2)",
                    by=Lemma("variance"),
                    why="the curvature in the direction u is a variance, as just shown",
                ),
                Step(
                    ">= 0",
                    by=Certificate((Term("s[i] (u[i] - sum(j: s[j] u[j]))^2", over="i"),)),
                    why="probabilities times squares are not negative, and neither is their sum",
                ),
            ),
        ),
        Derivation(
            "No distribution has a larger mean score plus entropy",
            key="gibbs",
            given="p: simplex[n]",
            claim="logsumexp(z) >= sum(k: p[k] z[k]) + entropy(p)",
            equality="forall(k: p[k] = softmax(z)[k])",
            steps=(
                Step(
                    ">= sum(k: p[k] z[k]) + entropy(p)",
                    by=Certificate((Term("1", lemma="entropy.gap", at="x = p[k]; y = softmax(z)[k]", over="k"),)),
                    why="the difference is the divergence of p from softmax, a sum of terms x log(x/y) - x + y that are not negative",
                ),
            ),
            note="Softmax is the distribution that makes mean score plus entropy largest: sharp for high scores, spread for uncertainty.",
        ),
        Derivation(
            "At least the mean, plus log n",
            key="mean",
            claim="logsumexp(z) >= sum(k: z[k]) / n + log(n)",
            steps=(
                Step(
                    ">= sum(k: (1 / n) z[k]) + entropy(vector(k: 1 / n))",
                    by=Lemma("gibbs", at="p = vector(k: 1 / n)"),
                    why="mean score plus entropy is at most log-sum-exp, as just shown, here for the uniform distribution",
                ),
                Step(
                    "= sum(k: z[k]) / n + log(n)",
                    by=rewrite,
                    why="1/n leaves the sum, and the uniform distribution has the entropy log(n)",
                ),
            ),
        ),
        Derivation(
            "With a temperature: never below the maximum",
            key="cold_lower",
            claim="T logsumexp(vector(k: z[k] / T)) >= max(k: z[k])",
            steps=(
                Step(
                    ">= T max(k: z[k] / T)",
                    by=Certificate((Term("T", lemma="lower", at="z = vector(k: z[k] / T)"),)),
                    why="log-sum-exp is never below the maximum, here of the scores over T",
                ),
                Step("= max(k: z[k])", by=rewrite, why="T is positive: it leaves the maximum and cancels"),
            ),
        ),
        Derivation(
            "... and at most T log n above",
            key="cold_upper",
            claim="T logsumexp(vector(k: z[k] / T)) <= max(k: z[k]) + T log(n)",
            steps=(
                Step(
                    "<= T (max(k: z[k] / T) + log(n))",
                    by=Certificate((Term("T", lemma="upper", at="z = vector(k: z[k] / T)"),)),
                    why="log-sum-exp is at most log n above the maximum, here of the scores over T",
                ),
                Step("= max(k: z[k]) + T log(n)", by=rewrite, why="T is positive: it leaves the maximum and cancels"),
            ),
        ),
        Derivation(
            "Cold, it is the maximum",
            key="cold",
            claim="lim(T -> 0+: T logsumexp(vector(k: z[k] / T))) = max(k: z[k])",
            steps=(
                Step(
                    "= max(k: z[k])",
                    by=Squeeze(
                        lower="max(k: z[k])",
                        below=Lemma("cold_lower", at="T = T"),
                        upper="max(k: z[k]) + T log(n)",
                        above=Lemma("cold_upper", at="T = T"),
                    ),
                    why=(
                        "by the two bounds just shown it lies at most T log(n) above the maximum and never below it, and T log(n) tends "
                        "to 0"
                    ),
                ),
            ),
        ),
    ),
    invariants=(
        Law("is at least the maximum", "logsumexp(z) >= max(k: z[k])", why="the result lies below the largest score"),
        Law(
            "is at most log n above",
            "logsumexp(z) <= max(k: z[k]) + log(n)",
            why="the result lies more than log n above the largest score",
        ),
        Law(
            "a shift comes out",
            "logsumexp(vector(k: z[k] + c)) = logsumexp(z) + c",
            why="adding c to all scores did not add c to the result",
        ),
    ),
    accuracy=Accuracy(bound="2 u (abs(y) + max(k: abs(z[k])))", domain="every finite input"),
    examples=(
        Example("logsumexp([0, 0]) = 0.693147", source="log 2"),
        Example("logsumexp([1, 2, 3]) = 3.407606", source="log(2.718 + 7.389 + 20.086) = log 30.193"),
        Example("logsumexp([1000, 1000]) = 1000.693147", source="no overflow"),
        Example("logsumexp([-inf, 5]) = 5", source="a mask adds nothing"),
        Example("logsumexp([7]) = 7", source="a single score"),
    ),
    mistakes=(
        "mathcore.mistakes.logsumexp.without_shift",
        "mathcore.mistakes.logsumexp.log_mean_exp",
        "mathcore.mistakes.logsumexp.base_two",
        "mathcore.mistakes.logsumexp.hard_maximum",
        "mathcore.mistakes.logsumexp.forgets_to_shift_back",
        "mathcore.mistakes.logsumexp.sum_of_logs",
    ),
    false_claims=(
        FalseClaim(
            "logsumexp(z) = max(k: z[k])", why="for [0, 0] it is log 2, not 0; the two are close only for well separated scores"
        ),
        FalseClaim(
            "logsumexp(vector(k: 2 z[k])) = 2 logsumexp(z)",
            why="a factor does not come out: for [0, 0] the left side is log 2, the right side twice that",
        ),
        FalseClaim("D(logsumexp(z), z[i]) = 1 / n", why="true only where all scores are equal"),
        FalseClaim(
            "logsumexp(z) = sum(k: z[k])",
            why="the logarithm of a sum is not the sum of the logarithms: for [1, 2, 3] it is 3.408, not 6",
        ),
    ),
    exercises=(
        Exercise("What is logsumexp of n equal scores c?", "log(n exp(c)) = c + log n: the upper bound is attained."),
        Exercise(
            "Write -log softmax(z)[i] with logsumexp.", "logsumexp(z) - z[i]: the loss of a classifier, without a division."
        ),
    ),
    not_verified=("Relative accuracy near a result of 0: the exact value may cancel there, so the bar is absolute.",),
    references=(
        Reference(
            "Blanchard, Higham, Higham, Accurately computing the log-sum-exp and softmax functions, IMA J. Numer. Anal. 41 (2021)",
            "doi:10.1093/imanum/draa038",
        ),
        Reference("Boyd, Vandenberghe, Convex Optimization, section 3.1.5"),
    ),
)
