"""Adam's moments as weighted sums of the past, and why they are divided by 1 - beta^t."""

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
    fold,
    geometric,
    rewrite,
    unfold,
)

RECURRENCE = "M[T + 1] = moment(M[T], G[T], beta)"
AVERAGE = "A[T + 1] = moment(A[T], c, beta)"

CARD = Card(
    name="adam_moments",
    title="Adam's moments",
    summary=(
        "Why does Adam divide its averages by 1 - beta^t? A moving average that starts at 0 is a weighted sum of all "
        "gradients so far, with weights that fade by the factor beta in every step. The weights sum to 1 - beta^t, not "
        "to 1: the average is too small at first, by exactly that factor. Divided by that factor it is right on average "
        "from the first step on, as long as the gradients keep their mean."
    ),
    given=(
        "d, n, m: size; t, T, s: natural; beta: positive; old, g, c: real; M, G, A: real[naturals]; a: index[m]; "
        "P, Q: real[m]; w, h, p: real[d, n]; v: nonnegative[d, n]; eta, epsilon: positive; j: index[d]; "
        "k: index[n]"
    ),
    define="moment(old, g, beta) = beta old + (1 - beta) g",
    auxiliary=("memory(beta, t) = 1 - beta^t",),
    about="what a moving average remembers",
    uses=("adam_first_moment", "adam_second_moment"),
    prerequisites=("adam_first_moment", "adam_second_moment"),
    derivations=(
        Derivation(
            "The first moment is such an average of the gradients",
            key="first",
            claim="adam_first_moment(w, h, p, v, t, eta, beta, beta, epsilon)[j, k] = moment(p[j, k], h[j, k], beta)",
            steps=(
                Step(
                    "= beta p[j, k] + (1 - beta) h[j, k]",
                    by=unfold,
                    why="the definition of the first moment, written out: the share beta of the old average, the rest of the new gradient",
                ),
                Step("= moment(p[j, k], h[j, k], beta)", by=fold, why="the definition of moment, read backwards"),
            ),
        ),
        Derivation(
            "The second moment is one of their squares",
            key="second",
            claim="adam_second_moment(w, h, p, v, t, eta, beta, beta, epsilon)[j, k] = moment(v[j, k], h[j, k]^2, beta)",
            steps=(
                Step(
                    "= beta v[j, k] + (1 - beta) h[j, k]^2",
                    by=unfold,
                    why="the definition of the second moment, written out: the same average, of the squared gradient",
                ),
                Step("= moment(v[j, k], h[j, k]^2, beta)", by=fold, why="the definition of moment, read backwards"),
            ),
        ),
        Derivation(
            "As a weighted sum of the past",
            key="sum",
            given=RECURRENCE,
            claim="M[t] = beta^t M[0] + (1 - beta) sum(s = 0..t - 1: beta^(t - 1 - s) G[s])",
            steps=(
                Step(
                    "= beta^t M[0] + (1 - beta) sum(s = 0..t - 1: beta^(t - 1 - s) G[s])",
                    by=geometric,
                    why="one more step multiplies all old weights by beta and adds the new gradient with the weight 1 - beta",
                ),
            ),
            note="The gradient of s steps ago has the weight (1 - beta) beta^s. With beta = 0.9 the last ten count for about two thirds.",
        ),
        Derivation(
            "The weights sum to 1 - beta^t",
            key="weights",
            claim="(1 - beta) sum(s = 0..t - 1: beta^(t - 1 - s)) = memory(beta, t)",
            steps=(
                Step(
                    "= (1 - beta) sum(s = 0..t - 1: beta^s)",
                    by=rewrite,
                    why="the same terms, added in the other order: t - 1 - s runs through the same numbers as s",
                ),
                Step(
                    "= 1 - beta^t",
                    by=geometric,
                    why="a geometric sum: times 1 - beta all terms cancel but the first and the last",
                ),
                Step("= memory(beta, t)", by=fold, why="the definition of memory, read backwards"),
            ),
        ),
        Derivation(
            "Less than 1, at every step",
            key="below_one",
            claim="memory(beta, t) < 1",
            steps=(
                Step("< 1", by=Certificate((Term("beta^t"),)), why="what is missing is beta^t > 0: the weight of the start at 0"),
            ),
        ),
        Derivation(
            "A constant gradient",
            key="constant",
            given=AVERAGE,
            claim="A[t] = beta^t A[0] + memory(beta, t) c",
            steps=(
                Step(
                    "= beta^t A[0] + (1 - beta^t) c",
                    by=geometric,
                    why=(
                        "the distance to c shrinks by the factor beta in every step, so after t steps beta^t of it is left: of the start "
                        "beta^t counts, of c the rest"
                    ),
                ),
                Step("= beta^t A[0] + memory(beta, t) c", by=fold, why="the definition of memory, read backwards"),
            ),
        ),
        Derivation(
            "Started at 0 it is too small by the factor 1 - beta^t",
            key="bias",
            given=f"{AVERAGE}; A[0] = 0",
            claim="A[t] = memory(beta, t) c",
            steps=(
                Step(
                    "= beta^t A[0] + memory(beta, t) c",
                    by=Lemma("constant"),
                    why="the average of a constant gradient, just shown",
                ),
                Step("= memory(beta, t) c", by=Use("A[0] = 0"), why="Adam starts its averages at 0, so the first term is 0"),
            ),
        ),
        Derivation(
            "The mean over random gradients obeys the same rule",
            key="expectation",
            claim="sum(a: moment(P[a], Q[a], beta)) / m = moment(sum(a: P[a]) / m, sum(a: Q[a]) / m, beta)",
            steps=(
                Step(
                    "= sum(a: beta P[a] + (1 - beta) Q[a]) / m",
                    by=unfold,
                    why="m equally likely runs, each with its average and its gradient",
                ),
                Step(
                    "= beta (sum(a: P[a]) / m) + (1 - beta) (sum(a: Q[a]) / m)",
                    by=rewrite,
                    why="the sum is taken apart, and beta and 1 - beta do not depend on the run: they leave the sums",
                ),
                Step(
                    "= moment(sum(a: P[a]) / m, sum(a: Q[a]) / m, beta)",
                    by=fold,
                    why="the definition of moment, read backwards, for the mean average and the mean gradient",
                ),
            ),
            note="So if every gradient has the mean c, the average has the mean (1 - beta^t) c: dividing by 1 - beta^t makes it unbiased.",
        ),
        Derivation(
            "Corrected, a constant gradient comes out at once",
            key="corrected",
            given="beta < 1; t: natural >= 1",
            claim="memory(beta, t) c / memory(beta, t) = c",
            steps=(Step("= c", by=rewrite, why="1 - beta^t is positive from the first step on, and cancels"),),
        ),
        Derivation(
            "The first step sees the gradient itself",
            key="first_step",
            given="beta < 1",
            claim="moment(0, g, beta) / (1 - beta^1) = g",
            steps=(
                Step(
                    "= (beta * 0 + (1 - beta) g) / (1 - beta)",
                    by=unfold,
                    why="the definition of moment, for an average that starts at 0",
                ),
                Step("= g", by=rewrite, why="beta times 0 is 0, and 1 - beta cancels"),
            ),
        ),
        Derivation(
            "In the long run the correction does nothing",
            key="long_run",
            given="beta < 1",
            claim="lim(t -> inf: beta^t c) = 0",
            steps=(Step("= 0", by=geometric, why="beta lies between 0 and 1, and powers of such a number tend to 0"),),
            note="With beta = 0.999 that takes thousands of steps: 0.999^1000 is still 0.37.",
        ),
    ),
    examples=(
        Example("moment(0, 10, 9/10) = 1", source="the first average is a tenth of the gradient ..."),
        Example("moment(0, 10, 9/10) / memory(9/10, 1) = 10", source="... and corrected it is the gradient"),
        Example("memory(0.999, 1000) = 0.632305", source="after 1000 steps the second moment still remembers its start"),
    ),
    false_claims=(
        FalseClaim(
            "(1 - beta) sum(s = 0..t - 1: beta^(t - 1 - s)) = 1",
            given="t: natural >= 1; beta < 1",
            why="the weights sum to 1 only in the limit: after one step with beta = 0.9 they sum to 0.1",
        ),
        FalseClaim(
            "memory(beta, t + 1) = beta memory(beta, t)",
            given="beta < 1",
            why="what fades is beta^t, which is missing; memory itself grows towards 1",
        ),
        FalseClaim(
            "A[t] = c",
            given=f"t: natural >= 1; beta < 1; {AVERAGE}; A[0] = 0",
            why="a moving average that starts at 0 needs time: after one step with beta = 0.9 it is 0.1 c",
        ),
        FalseClaim(
            "sum(a: moment(P[a], Q[a], beta)^2) / m = (sum(a: moment(P[a], Q[a], beta)) / m)^2",
            given="beta < 1",
            why="a mean of squares is not the square of a mean: of 1 and -1 the first is 1, the second 0",
        ),
    ),
    exercises=(
        Exercise(
            "Without the two corrections, how long is Adam's first step (beta1 = 0.9, beta2 = 0.999)?",
            "g (1 - beta1) / sqrt((1 - beta2) g^2) = 0.1 / sqrt(0.001) = 3.2 learning rates instead of one.",
        ),
    ),
    not_verified=("Gradients whose mean changes: then the average lags behind, with or without the correction.",),
    references=(Reference("Kingma, Ba, Adam: a method for stochastic optimization (2015), section 3"),),
)
