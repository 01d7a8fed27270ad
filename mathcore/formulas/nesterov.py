"""Nesterov's momentum: the gradient is taken where the momentum leads."""

from mathcore.card import (
    Card,
    Derivation,
    Example,
    Exercise,
    FalseClaim,
    Reference,
    Step,
    Use,
    fold,
    rewrite,
    unfold,
)

CARD = Card(
    name="nesterov",
    title="Nesterov's momentum",
    summary=(
        "Momentum that looks ahead: first go where the old velocity leads, take the gradient there, then correct. "
        "Programs store the point that looks ahead instead of the weights; then the step uses only the gradient at the "
        "stored point. This page shows that both forms are the same, and what they do along one axis of a bowl."
    ),
    given="d: size; w, v, g, x: real[d]; eta: positive; beta: unit; h: positive; p, q, r: real; k, l: index[d]",
    define="nesterov(x, g, v, eta, beta)[k] = x[k] + beta (beta v[k] - eta g[k]) - eta g[k]",
    auxiliary=(
        "velocity(g, v, eta, beta)[k] = beta v[k] - eta g[k]",
        "ahead(w, v, beta)[k] = w[k] + beta v[k]",
    ),
    about="two forms of one method",
    uses=("momentum_step", "gradient_descent"),
    prerequisites=("momentum_step",),
    derivations=(
        Derivation(
            "The form of the books: weights move by the new velocity",
            key="books",
            claim="w[k] + velocity(g, v, eta, beta)[k] = momentum_step(w, g, v, eta, beta)[k]",
            steps=(
                Step(
                    "= w[k] + beta v[k] - eta g[k]",
                    by=unfold,
                    why="the definition of velocity: it keeps the share beta and gains a step against g",
                ),
                Step(
                    "= momentum_step(w, g, v, eta, beta)[k]",
                    by=fold,
                    why="the definition of the step of momentum, read backwards; but here g is the gradient at w + beta v, not at w",
                ),
            ),
        ),
        Derivation(
            "The same as a step from the point ahead",
            key="from_ahead",
            claim="momentum_step(w, g, v, eta, beta)[k] = gradient_descent(ahead(w, v, beta), g, eta)[k]",
            steps=(
                Step("= w[k] + beta v[k] - eta g[k]", by=unfold, why="the definition of the step of momentum, written out"),
                Step("= ahead(w, v, beta)[k] - eta g[k]", by=fold, why="w + beta v is the point ahead, by its definition"),
                Step(
                    "= gradient_descent(ahead(w, v, beta), g, eta)[k]",
                    by=fold,
                    why="plain gradient descent from there, with the gradient there",
                ),
            ),
        ),
        Derivation(
            "The form of the programs: the point ahead moves to the next point ahead",
            key="programs",
            claim=(
                "ahead(momentum_step(w, g, v, eta, beta), velocity(g, v, eta, beta), beta)[k] "
                "= nesterov(ahead(w, v, beta), g, v, eta, beta)[k]"
            ),
            steps=(
                Step(
                    "= momentum_step(w, g, v, eta, beta)[k] + beta velocity(g, v, eta, beta)[k]",
                    by=unfold,
                    why="the definition of the point ahead, for the new weights and the new velocity",
                ),
                Step(
                    "= w[k] + beta v[k] - eta g[k] + beta (beta v[k] - eta g[k])",
                    by=unfold,
                    why="the definitions of the step and of the velocity, written out",
                ),
                Step(
                    "= ahead(w, v, beta)[k] + beta (beta v[k] - eta g[k]) - eta g[k]",
                    by=fold,
                    why="w + beta v is the old point ahead: only that point and its gradient are needed",
                ),
                Step(
                    "= nesterov(ahead(w, v, beta), g, v, eta, beta)[k]",
                    by=fold,
                    why="the definition of Nesterov's step, read backwards",
                ),
            ),
            note="So a program may store x = w + beta v alone; that is what nesterov=True does in Keras.",
        ),
        Derivation(
            "Without momentum it is gradient descent",
            key="plain",
            claim="nesterov(x, g, v, eta, 0)[k] = gradient_descent(x, g, eta)[k]",
            steps=(
                Step(
                    "= x[k] + 0 (0 v[k] - eta g[k]) - eta g[k]", by=unfold, why="the definition of Nesterov's step, with beta = 0"
                ),
                Step("= x[k] - eta g[k]", by=rewrite, why="0 times anything is 0, so the velocity drops out"),
                Step(
                    "= gradient_descent(x, g, eta)[k]",
                    by=fold,
                    why="the definition of the step of gradient descent, read backwards",
                ),
            ),
        ),
        Derivation(
            "The first step looks ahead already",
            key="first",
            claim="nesterov(x, g, vector(l: 0), eta, beta)[k] = x[k] - (1 + beta) eta g[k]",
            steps=(
                Step(
                    "= x[k] + beta (beta * 0 - eta g[k]) - eta g[k]",
                    by=unfold,
                    why="the definition of Nesterov's step, with the velocity 0: there has been no step yet",
                ),
                Step(
                    "= x[k] - (1 + beta) eta g[k]",
                    by=rewrite,
                    why="one step against the gradient, and the share beta of it again",
                ),
            ),
        ),
        Derivation(
            "Along one axis of a bowl",
            key="axis",
            given="r = beta (p - q) - eta h (p + beta (p - q))",
            claim="p + r = (1 + beta) (1 - eta h) p - beta (1 - eta h) q",
            steps=(
                Step(
                    "= p + beta (p - q) - eta h (p + beta (p - q))",
                    by=Use("r = beta (p - q) - eta h (p + beta (p - q))"),
                    why="p is the error now, q the one before, so p - q is the velocity; the gradient ahead is h (p + beta (p - q))",
                ),
                Step(
                    "= (1 - eta h) (p + beta (p - q))",
                    by=rewrite,
                    why="p + beta (p - q) stands in both parts and is taken out: the point ahead, shrunk by 1 - eta h",
                ),
                Step(
                    "= (1 + beta) (1 - eta h) p - beta (1 - eta h) q",
                    by=rewrite,
                    why="the product is multiplied out, and the terms with p are put together",
                ),
            ),
            note="Compare with momentum: (1 + beta - eta h) p - beta q. Here the share of the past, beta (1 - eta h), is smaller along steep axes: it oscillates less.",
        ),
        Derivation(
            "The difference from plain momentum",
            key="difference",
            claim="(1 + beta) (1 - eta h) p - beta (1 - eta h) q - ((1 + beta - eta h) p - beta q) = -beta eta h (p - q)",
            steps=(
                Step("= -beta eta h p + beta eta h q", by=rewrite, why="multiplied out, everything cancels but these two terms"),
                Step(
                    "= -beta eta h (p - q)",
                    by=rewrite,
                    why="-beta eta h is taken out: a brake on the velocity p - q, the stronger the more the bowl bends",
                ),
            ),
        ),
    ),
    examples=(
        Example("nesterov([1], [2], [0], 1/4, 1/2) = [1/4]", source="1 - (1 + 1/2)(1/4) 2"),
        Example("nesterov([1], [0], [2], 1/4, 1/2) = [3/2]", source="no gradient: the share beta^2 of the velocity"),
    ),
    false_claims=(
        FalseClaim(
            "nesterov(x, g, v, eta, beta)[k] = x[k] + beta v[k] - eta g[k]",
            why="that is plain momentum: the step from the point ahead is missing",
        ),
        FalseClaim(
            "(1 + beta) (1 - eta h) p - beta (1 - eta h) q = (1 + beta - eta h) p - beta q",
            why="the gradient is taken at another place: at eta h = 1 the left side is 0",
        ),
    ),
    exercises=(
        Exercise(
            "On a bowl with curvature h and eta = 1/h, what does one step of Nesterov do along that axis?",
            "1 - eta h = 0: the error is 0 after one step, whatever the velocity. Plain momentum would overshoot.",
        ),
    ),
    not_verified=("The faster rate for convex losses with growing momentum (Nesterov 1983).",),
    references=(
        Reference("Nesterov, A method of solving a convex programming problem with convergence rate O(1/k^2) (1983)"),
        Reference("Sutskever, Martens, Dahl, Hinton, On the importance of initialization and momentum (2013)"),
    ),
)
