"""Adam: the weights after one step."""

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
)

CARD = Card(
    name="adam_step",
    title="Adam",
    summary=(
        "The usual optimiser of deep networks. It divides a moving average of the gradient by the root of a moving "
        "average of its square, so each weight takes steps of about the learning rate, whatever the scale of its "
        "gradients. Both averages start at 0; dividing them by 1 - beta^t makes up for that."
    ),
    given=(
        "d, n: size; w, g, m: real[d, n]; v: nonnegative[d, n]; t: natural >= 1; eta: positive; beta1, beta2: unit;"
        " beta1 < 1; beta2 < 1; epsilon: positive; a, j: index[d]; b, k: index[n]"
    ),
    define=(
        "adam_step(w, g, m, v, t, eta, beta1, beta2, epsilon)[j, k] = w[j, k]"
        " - (eta adam_first_moment(w, g, m, v, t, eta, beta1, beta2, epsilon)[j, k] / (1 - beta1^t))"
        " / (sqrt(adam_second_moment(w, g, m, v, t, eta, beta1, beta2, epsilon)[j, k] / (1 - beta2^t)) + epsilon)"
    ),
    auxiliary=(
        "change(w, g, m, v, t, eta, beta1, beta2, epsilon)[j, k]"
        " = (eta adam_first_moment(w, g, m, v, t, eta, beta1, beta2, epsilon)[j, k] / (1 - beta1^t))"
        " / (sqrt(adam_second_moment(w, g, m, v, t, eta, beta1, beta2, epsilon)[j, k] / (1 - beta2^t)) + epsilon)",
    ),
    numeric="mathcore.numeric.adam_step[0]",
    units="the unit of the weights",
    uses=("adam_first_moment", "adam_second_moment"),
    prerequisites=("adam_first_moment", "adam_second_moment", "gradient_descent"),
    derivations=(
        Derivation(
            "The first step",
            key="first",
            claim="adam_step(w, g, vector(a, b: 0), vector(a, b: 0), 1, eta, beta1, beta2, epsilon)[j, k] = w[j, k] - eta g[j, k] / (abs(g[j, k]) + epsilon)",
            steps=(
                Step(
                    "= w[j, k] - (eta (1 - beta1) g[j, k] / (1 - beta1)) / (sqrt((1 - beta2) g[j, k]^2 / (1 - beta2)) + epsilon)",
                    by=rewrite,
                    why="both averages start at 0, so only the new gradient counts; t is 1, so the corrections are 1 - beta1 and 1 - beta2",
                ),
                Step(
                    "= w[j, k] - eta g[j, k] / (sqrt(g[j, k]^2) + epsilon)",
                    by=rewrite,
                    why="1 - beta1 cancels, and so does 1 - beta2 under the root",
                ),
                Step(
                    "= w[j, k] - eta g[j, k] / (abs(g[j, k]) + epsilon)",
                    by=rewrite,
                    why="the root of a square is the absolute value",
                ),
            ),
        ),
        Derivation(
            "It is shorter than the learning rate",
            key="short",
            claim="abs(eta g[j, k] / (abs(g[j, k]) + epsilon)) <= eta",
            steps=(
                Step(
                    "= eta abs(g[j, k]) / (abs(g[j, k]) + epsilon)",
                    by=rewrite,
                    why=(
                        "the absolute value of a product is the product of the absolute values; eta and the divisor are positive, so "
                        "only g has a sign to lose"
                    ),
                ),
                Step(
                    "<= eta",
                    by=Certificate((Term("eta epsilon / (abs(g[j, k]) + epsilon)"),)),
                    why="abs(g) / (abs(g) + epsilon) is below 1, because epsilon is positive",
                ),
            ),
            note="Whatever the size of the gradient: 1000 and 0.001 give almost the same first step.",
        ),
        Derivation(
            "The scale of the gradients does not matter",
            key="scale",
            given="c: positive; M, V, h: positive",
            claim="(eta (c M) / h) / (sqrt(c^2 V / h) + c epsilon) = (eta M / h) / (sqrt(V / h) + epsilon)",
            steps=(
                Step(
                    "= c (eta M / h) / (c (sqrt(V / h) + epsilon))",
                    by=rewrite,
                    why="the root of c^2 is c, for c > 0; then c is taken out above and below",
                ),
                Step(
                    "= (eta M / h) / (sqrt(V / h) + epsilon)",
                    by=rewrite,
                    why="c is positive, stands above and below, and cancels",
                ),
            ),
            note="M and V are the moments: gradients c times as large make them c and c^2 times as large. Only epsilon has a scale of its own.",
        ),
        Derivation(
            "Without a gradient, past or present, nothing moves",
            key="rest",
            given="V: nonnegative; h: positive",
            claim="w[j, k] - (eta * 0 / h) / (sqrt(V / h) + epsilon) = w[j, k]",
            steps=(
                Step(
                    "= w[j, k] - 0 / (sqrt(V / h) + epsilon)",
                    by=rewrite,
                    why="with no gradient ever, the first moment is 0, and so is eta times it",
                ),
                Step(
                    "= w[j, k]",
                    by=rewrite,
                    why="0 divided by something positive is 0; epsilon keeps the divisor positive whatever the second moment V is",
                ),
            ),
        ),
    ),
    invariants=(
        Law(
            "stays where no gradient has been",
            "adam_step(w, vector(a, b: 0), vector(a, b: 0), v, t, eta, beta1, beta2, epsilon)[j, k] = w[j, k]",
            why="it moves although the gradient is and was 0",
        ),
        Law(
            "the first step is at most the learning rate",
            "abs(adam_step(w, g, vector(a, b: 0), vector(a, b: 0), 1, eta, beta1, beta2, epsilon)[j, k] - w[j, k]) <= eta",
            why="the first step is longer than the learning rate; the bias corrections may be missing",
        ),
        Law(
            "the first step goes downhill",
            "(adam_step(w, g, vector(a, b: 0), vector(a, b: 0), 1, eta, beta1, beta2, epsilon)[j, k] - w[j, k]) g[j, k] <= 0",
            why="a weight moves along the gradient instead of against it",
        ),
    ),
    accuracy=Accuracy(
        bound="4 u (abs(w[j, k]) + abs(change(w, g, m, v, t, eta, beta1, beta2, epsilon)[j, k]))",
        domain="every finite input whose result does not overflow",
    ),
    examples=(
        Example(
            "adam_step([[1/2]], [[4]], [[0]], [[0]], 1, 1/4, 9/10, 99/100, 1/1000) = [[0.2500625]]",
            source="the first step is eta |g| / (|g| + epsilon)",
        ),
        Example(
            "adam_step([[1, 2]], [[0, 0]], [[0, 0]], [[0, 0]], 3, 1/4, 1/2, 1/2, 1/8) = [[1, 2]]",
            source="no gradient now or before: nothing moves",
        ),
        Example(
            "adam_step([[0]], [[0]], [[1]], [[1]], 2, 3/4, 1/2, 3/4, 1/8) = [[-0.348600]]",
            source="corrected, the averages are 2/3 and 12/7: 3/4 times 2/3, over sqrt(12/7) + 1/8",
        ),
    ),
    mistakes=(
        "mathcore.mistakes.adam_step.without_bias_correction()[0]",
        "mathcore.mistakes.adam_step.counts_from_zero()[0]",
        "mathcore.mistakes.adam_step.epsilon_inside_the_root()[0]",
        "mathcore.mistakes.adam_step.without_the_root()[0]",
        "mathcore.mistakes.adam_step.ascent()[0]",
    ),
    false_claims=(
        FalseClaim(
            "adam_step(w, g, m, v, t, eta, beta1, beta2, epsilon)[j, k] = w[j, k] - eta g[j, k]",
            why="that is gradient descent; here the size of the gradient hardly matters, only its sign and its history",
        ),
    ),
    exercises=(
        Exercise(
            "m and v are 0. How long is the first step for a gradient of 1000, and for one of 0.001?",
            (
                "Both times almost the learning rate: corrected, the averages are g and g^2, so the step is eta |g| / (|g| + "
                "epsilon)."
            ),
        ),
        Exercise(
            "Why must the state not be kept in float16?",
            "The square of a gradient of 1e-4 is 1e-8, below the smallest float16: v stays 0, and the next step is huge.",
        ),
    ),
    not_verified=(
        "Convergence: there are convex problems on which Adam does not converge (Reddi, Kale, Kumar 2018).",
        "Rounding of the state from step to step: the bar is for one step.",
    ),
    references=(Reference("Kingma, Ba, Adam: a method for stochastic optimization (2015), algorithm 1"),),
)
