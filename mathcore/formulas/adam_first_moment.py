"""Adam: the moving average of the gradient."""

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
    rewrite,
    unfold,
)

CARD = Card(
    name="adam_first_moment",
    title="Adam's first moment",
    summary=(
        "The first of the two averages that Adam keeps. A moving average of the gradients smooths the noise of single "
        "samples and gives Adam its direction: it keeps the share beta1 of the old average and adds the share 1 - beta1 "
        "of the new gradient."
    ),
    given=(
        "d, n: size; w, g, m: real[d, n]; v: nonnegative[d, n]; t: natural >= 1; eta: positive; beta1, beta2: unit;"
        " beta1 < 1; beta2 < 1; epsilon: positive; r, s: unit; a, j: index[d]; b, k: index[n]"
    ),
    define="adam_first_moment(w, g, m, v, t, eta, beta1, beta2, epsilon)[j, k] = beta1 m[j, k] + (1 - beta1) g[j, k]",
    numeric="mathcore.numeric.adam_step[1]",
    units="the unit of the gradient",
    prerequisites=("gradient_descent",),
    derivations=(
        Derivation(
            "A step from the old average towards the gradient",
            key="towards",
            claim="adam_first_moment(w, g, m, v, t, eta, r, s, epsilon)[j, k] = m[j, k] + (1 - r) (g[j, k] - m[j, k])",
            steps=(
                Step("= r m[j, k] + (1 - r) g[j, k]", by=unfold, why="the definition of the first moment, written out"),
                Step(
                    "= m[j, k] + (1 - r) (g[j, k] - m[j, k])",
                    by=rewrite,
                    why="r m[j, k] is m[j, k] less (1 - r) m[j, k]; then 1 - r is taken out of the two terms that have it",
                ),
            ),
            note="r stands for beta1, any share from 0 to 1: with 0.9 it is a tenth of the way.",
        ),
        Derivation(
            "A gradient that agrees with the average changes nothing",
            key="constant",
            claim="adam_first_moment(w, g, g, v, t, eta, r, s, epsilon)[j, k] = g[j, k]",
            steps=(
                Step(
                    "= r g[j, k] + (1 - r) g[j, k]",
                    by=unfold,
                    why="the definition of the first moment, with g for the old average",
                ),
                Step("= g[j, k]", by=rewrite, why="the shares r and 1 - r of g[j, k] make all of it"),
            ),
        ),
        Derivation(
            "Not below the smaller of the two",
            key="above",
            given="m[j, k] <= g[j, k]",
            claim="adam_first_moment(w, g, m, v, t, eta, r, s, epsilon)[j, k] >= m[j, k]",
            steps=(
                Step(
                    ">= m[j, k]",
                    by=Certificate((Term("(1 - r) (g[j, k] - m[j, k])"),)),
                    why="the average is the old one plus a share of the way to the gradient, and that way is not negative as m <= g",
                ),
            ),
        ),
        Derivation(
            "... and not above the larger",
            key="below",
            given="m[j, k] <= g[j, k]",
            claim="adam_first_moment(w, g, m, v, t, eta, r, s, epsilon)[j, k] <= g[j, k]",
            steps=(
                Step(
                    "<= g[j, k]",
                    by=Certificate((Term("r (g[j, k] - m[j, k])"),)),
                    why="the share r of the way from m to g is still to go, and it is not negative",
                ),
            ),
            note="If the gradient is the smaller one, both change their places.",
        ),
    ),
    invariants=(
        Law(
            "keeps a constant gradient",
            "adam_first_moment(w, g, g, v, t, eta, beta1, beta2, epsilon)[j, k] = g[j, k]",
            why="the average of equal gradients is another number",
        ),
        Law(
            "is the gradient without memory",
            "adam_first_moment(w, g, m, v, t, eta, 0, beta2, epsilon)[j, k] = g[j, k]",
            why="for beta1 = 0 the old average still has a say",
        ),
        Law(
            "lies between the old average and the gradient",
            "min(m[j, k], g[j, k]) <= adam_first_moment(w, g, m, v, t, eta, beta1, beta2, epsilon)[j, k] <= max(m[j, k], g[j, k])",
            why="the average is beyond both numbers that it averages",
        ),
    ),
    accuracy=Accuracy(float64=1, float32=0.51, float16=0.51),
    examples=(
        Example("adam_first_moment([[0]], [[1]], [[0]], [[0]], 1, 1, 3/4, 1/2, 1) = [[0.25]]", source="3/4 of 0 and 1/4 of 1"),
        Example(
            "adam_first_moment([[0]], [[-3]], [[1]], [[0]], 1, 1, 3/4, 1/2, 1) = [[0]]", source="3/4 of 1 and 1/4 of -3 cancel"
        ),
        Example(
            "adam_first_moment([[0, 0]], [[4, 8]], [[2, 0]], [[0, 0]], 1, 1, 1/2, 1/2, 1) = [[3, 4]]",
            source="halfway from 2 to 4, and from 0 to 8",
        ),
    ),
    mistakes=(
        "mathcore.mistakes.adam_step.keeps_corrected_moments()[1]",
        "mathcore.mistakes.adam_step.shares_swapped()[1]",
        "mathcore.mistakes.adam_step.moments_added()[1]",
        "mathcore.mistakes.adam_step.one_share_for_both()[1]",
    ),
    false_claims=(
        FalseClaim(
            "adam_first_moment(w, g, m, v, t, eta, beta1, beta2, epsilon)[j, k] = beta1 m[j, k] + g[j, k]",
            why="that is the velocity of momentum: a sum, not an average",
        ),
    ),
    exercises=(
        Exercise(
            "From m = 0, what is m after t steps with the constant gradient g?",
            "(1 - beta1^t) g: hence the division by 1 - beta1^t.",
        ),
    ),
    references=(Reference("Kingma, Ba, Adam: a method for stochastic optimization (2015), algorithm 1"),),
)
