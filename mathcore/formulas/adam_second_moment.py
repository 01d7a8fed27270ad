"""Adam: the moving average of the squared gradient."""

from mathcore.card import (
    Accuracy,
    Card,
    Certificate,
    Derivation,
    Example,
    Exercise,
    FalseClaim,
    Law,
    Reference,
    Step,
    Term,
    fold,
    rewrite,
    unfold,
)

CARD = Card(
    name="adam_second_moment",
    title="Adam's second moment",
    summary=(
        "The second of the two averages that Adam keeps. The root of a moving average of the squared gradients says how "
        "large the gradients usually are: the share beta2 of the old average is kept, and the share 1 - beta2 of the new "
        "square is added."
    ),
    given=(
        "d, n: size; w, g, m: real[d, n]; v: nonnegative[d, n]; t: natural >= 1; eta: positive; beta1, beta2: unit;"
        " beta1 < 1; beta2 < 1; epsilon: positive; r, s: unit; a, j: index[d]; b, k: index[n]"
    ),
    define="adam_second_moment(w, g, m, v, t, eta, beta1, beta2, epsilon)[j, k] = beta2 v[j, k] + (1 - beta2) g[j, k]^2",
    numeric="mathcore.numeric.adam_step[2]",
    units="the square of the unit of the gradient",
    prerequisites=("adam_first_moment",),
    derivations=(
        Derivation(
            "Never negative",
            key="nonnegative",
            claim="adam_second_moment(w, g, m, v, t, eta, r, s, epsilon)[j, k] >= 0",
            steps=(
                Step("= s v[j, k] + (1 - s) g[j, k]^2", by=unfold, why="the definition of the second moment, written out"),
                Step(
                    ">= 0",
                    by=Certificate((Term("s v[j, k]"), Term("(1 - s) g[j, k]^2"))),
                    why="v and the square are not negative, and neither are the shares s and 1 - s",
                ),
            ),
            note="So its root exists, at every step.",
        ),
        Derivation(
            "The sign of the gradient does not matter",
            key="sign",
            claim=(
                "adam_second_moment(w, vector(a, b: -g[a, b]), m, v, t, eta, r, s, epsilon)[j, k] "
                "= adam_second_moment(w, g, m, v, t, eta, r, s, epsilon)[j, k]"
            ),
            steps=(
                Step(
                    "= s v[j, k] + (1 - s) (-g[j, k])^2",
                    by=unfold,
                    why="the definition of the second moment, with the gradient turned round",
                ),
                Step("= s v[j, k] + (1 - s) g[j, k]^2", by=rewrite, why="a number and its negative have the same square"),
                Step(
                    "= adam_second_moment(w, g, m, v, t, eta, r, s, epsilon)[j, k]",
                    by=fold,
                    why="the definition of the second moment, read backwards",
                ),
            ),
        ),
        Derivation(
            "It stays above the square of an average with the same share",
            key="jensen",
            given="m[j, k]^2 <= v[j, k]",
            claim="(s m[j, k] + (1 - s) g[j, k])^2 <= adam_second_moment(w, g, m, v, t, eta, r, s, epsilon)[j, k]",
            steps=(
                Step(
                    "<= adam_second_moment(w, g, m, v, t, eta, r, s, epsilon)[j, k]",
                    by=Certificate((Term("s (v[j, k] - m[j, k]^2)"), Term("s (1 - s) (m[j, k] - g[j, k])^2"))),
                    why="the square of an average is at most the average of the squares, s m^2 + (1 - s) g^2, and m^2 was at most v",
                ),
            ),
            note="So with equal shares m is never longer than the root of v: before the corrections no step is longer than the learning rate. With beta1 < beta2 one can be.",
        ),
        Derivation(
            "Without a gradient it fades",
            key="fade",
            claim="adam_second_moment(w, vector(a, b: 0), m, v, t, eta, r, s, epsilon)[j, k] = s v[j, k]",
            steps=(
                Step("= s v[j, k] + (1 - s) * 0^2", by=unfold, why="the definition of the second moment, with a gradient of 0"),
                Step("= s v[j, k]", by=rewrite, why="the square of 0 is 0, so the new gradient adds nothing"),
            ),
        ),
    ),
    invariants=(
        Law(
            "is never negative",
            "adam_second_moment(w, g, m, v, t, eta, beta1, beta2, epsilon)[j, k] >= 0",
            why="a mean of squares is negative",
        ),
        Law(
            "does not see the sign of the gradient",
            "adam_second_moment(w, g, m, v, t, eta, beta1, beta2, epsilon)[j, k]"
            " = adam_second_moment(w, vector(a, b: -g[a, b]), m, v, t, eta, beta1, beta2, epsilon)[j, k]",
            why="turning the gradient round changed the mean of squares",
        ),
        Law(
            "decays where the gradient is 0",
            "adam_second_moment(w, vector(a, b: 0), m, v, t, eta, beta1, beta2, epsilon)[j, k] = beta2 v[j, k]",
            why="without a gradient it is not the share beta2 of itself",
        ),
    ),
    accuracy=Accuracy(float64=1, float32=0.51, float16=0.51),
    examples=(
        Example("adam_second_moment([[0]], [[2]], [[0]], [[0]], 1, 1, 1/2, 3/4, 1) = [[1]]", source="3/4 of 0 and 1/4 of 2^2"),
        Example(
            "adam_second_moment([[0]], [[-2]], [[0]], [[8]], 1, 1, 1/2, 3/4, 1) = [[7]]", source="3/4 of 8 and 1/4 of (-2)^2"
        ),
        Example(
            "adam_second_moment([[0, 0]], [[0, 1]], [[5, 5]], [[4, 0]], 1, 1, 1/2, 1/2, 1) = [[2, 0.5]]",
            source="half of 4 and half of 0; half of 0 and half of 1",
        ),
    ),
    mistakes=(
        "mathcore.mistakes.adam_step.keeps_corrected_moments()[2]",
        "mathcore.mistakes.adam_step.shares_swapped()[2]",
        "mathcore.mistakes.adam_step.moments_added()[2]",
        "mathcore.mistakes.adam_step.square_of_the_moment()[2]",
    ),
    false_claims=(
        FalseClaim(
            "adam_second_moment(w, g, m, v, t, eta, beta1, beta2, epsilon)[j, k] = (beta2 v[j, k] + (1 - beta2) g[j, k])^2",
            why="the mean of squares is not the square of a mean, and v is a square already",
        ),
    ),
    exercises=(
        Exercise(
            "Why is the second moment no variance?",
            "The mean is not subtracted: a large constant gradient has a large second moment and no variance.",
        ),
    ),
    references=(Reference("Kingma, Ba, Adam: a method for stochastic optimization (2015), algorithm 1"),),
)
