"""Gradient descent with momentum: the velocity after one step."""

from mathcore.card import (
    Accuracy,
    Card,
    Derivation,
    Example,
    Exercise,
    FalseClaim,
    Law,
    Reference,
    Step,
    fold,
    geometric,
    rewrite,
    unfold,
)

CARD = Card(
    name="momentum_velocity",
    title="Velocity of momentum",
    summary=(
        "What the weights move by in gradient descent with momentum: the share beta of the old velocity, and one step "
        "against the gradient. It is a sum of all gradients that slowly forgets. It is a distance for the weights, not a "
        "gradient: some programs keep it without the rate, with the sign turned."
    ),
    given="d: size; w, g, v: real[d]; eta: positive; beta: unit; j, k: index[d]; V, G: real[naturals]; t, T: natural; c: real",
    define="momentum_velocity(w, g, v, eta, beta)[k] = beta v[k] - eta g[k]",
    numeric="mathcore.numeric.momentum_step[1]",
    units="the unit of the weights",
    uses=("momentum_step",),
    prerequisites=("momentum_step",),
    derivations=(
        Derivation(
            "A sum of all gradients that slowly forgets",
            key="sum",
            given="V[T + 1] = beta V[T] - eta G[T]",
            claim="V[t] = beta^t V[0] - eta sum(s = 0..t - 1: beta^s G[t - 1 - s])",
            steps=(
                Step(
                    "= beta^t V[0] - eta sum(s = 0..t - 1: beta^s G[t - 1 - s])",
                    by=geometric,
                    why="by induction: each step multiplies what is there by beta and adds one step against the new gradient",
                ),
            ),
        ),
        Derivation(
            "Under a constant gradient",
            key="constant",
            given="V[T + 1] = beta V[T] - eta c; beta < 1",
            claim="V[t] = beta^t V[0] - eta c (1 - beta^t) / (1 - beta)",
            steps=(
                Step(
                    "= beta^t V[0] - eta c (1 - beta^t) / (1 - beta)",
                    by=geometric,
                    why=(
                        "each step keeps the share beta of the distance to the final velocity -eta c / (1 - beta), so after t steps "
                        "beta^t of it is left"
                    ),
                ),
            ),
        ),
        Derivation(
            "... the final velocity is kept",
            key="final",
            given="beta < 1",
            claim="beta (-eta c / (1 - beta)) - eta c = -eta c / (1 - beta)",
            steps=(
                Step("= -eta c (beta + (1 - beta)) / (1 - beta)", by=rewrite, why="both terms over the denominator 1 - beta"),
                Step("= -eta c / (1 - beta)", by=rewrite, why="beta + (1 - beta) is 1, and the final velocity is left"),
            ),
            note="With beta = 0.9 that is ten steps of gradient descent in one.",
        ),
        Derivation(
            "It is how far the weights move",
            key="moves",
            claim="momentum_step(w, g, v, eta, beta)[k] - w[k] = momentum_velocity(w, g, v, eta, beta)[k]",
            steps=(
                Step(
                    "= w[k] + beta v[k] - eta g[k] - w[k]", by=unfold, why="the step of momentum, less the place where it began"
                ),
                Step("= beta v[k] - eta g[k]", by=rewrite, why="w[k] is added and taken away"),
                Step("= momentum_velocity(w, g, v, eta, beta)[k]", by=fold, why="the definition of the velocity, read backwards"),
            ),
        ),
    ),
    invariants=(
        Law(
            "is how far the weights move",
            "momentum_velocity(w, g, v, eta, beta)[k] = momentum_step(w, g, v, eta, beta)[k] - w[k]",
            why="weights and velocity do not belong together",
        ),
        Law(
            "decays where the gradient is 0",
            "momentum_velocity(w, vector(j: 0), v, eta, beta)[k] = beta v[k]",
            why="without a gradient it is not the share beta of itself",
        ),
        Law(
            "starts against the gradient",
            "momentum_velocity(w, g, vector(j: 0), eta, beta)[k] = -eta g[k]",
            why="the first velocity is not -eta g",
        ),
    ),
    accuracy=Accuracy(float64=1, float32=0.51, float16=0.51),
    examples=(
        Example("momentum_velocity([1], [2], [1/2], 1/4, 1/2) = [-0.25]", source="(1/2)(1/2) - (1/4) 2"),
        Example(
            "momentum_velocity([7, 7], [2, 4], [0, 0], 1/2, 1/2) = [-1, -2]", source="the first step: half the gradient, downhill"
        ),
        Example("momentum_velocity([0], [3], [2], 1/2, 3/4) = [0]", source="old velocity and gradient cancel"),
    ),
    mistakes=(
        "mathcore.mistakes.momentum_step.ascent()[1]",
        "mathcore.mistakes.momentum_step.averaged()[1]",
        "mathcore.mistakes.momentum_step.without_momentum()[1]",
        "mathcore.mistakes.momentum_step.rate_on_the_velocity()[1]",
    ),
    false_claims=(
        FalseClaim(
            "momentum_velocity(w, g, v, eta, beta)[k] = beta v[k] + g[k]",
            why="that velocity is in units of the gradient and points uphill: the convention of torch, not of Keras",
        ),
    ),
    exercises=(
        Exercise(
            "With beta = 0.9, after how many steps without a gradient is the velocity halved?",
            "0.9^t = 1/2 at t = log 2 / -log 0.9 = 6.6: after the seventh step.",
        ),
    ),
    references=(Reference("Sutskever, Martens, Dahl, Hinton, On the importance of initialization and momentum (2013)"),),
)
