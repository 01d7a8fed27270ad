"""Gradient descent with momentum: the velocity after one step."""

from mathcore.card import Accuracy, Card, Example, Exercise, FalseClaim, Law, Reference

CARD = Card(
    name="momentum_velocity",
    title="Velocity of momentum",
    summary="The share beta of the old velocity, and one step against the gradient: a sum of all gradients that slowly forgets.",
    given="d: size; w, g, v: real[d]; eta: positive; beta: unit; j, k: index[d]",
    define="momentum_velocity(w, g, v, eta, beta)[k] = beta v[k] - eta g[k]",
    numeric="mathcore.numeric.momentum_step[1]",
    units="the unit of the weights",
    uses=("momentum_step",),
    prerequisites=("momentum_step",),
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
        Example("momentum_velocity([1], [2], [1/2], 1/4, 1/2) = [-0.25]"),
        Example("momentum_velocity([7, 7], [2, 4], [0, 0], 1/2, 1/2) = [-1, -2]"),
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
            "After how many steps without a gradient is the velocity halved, at beta = 0.9?",
            "0.9^t = 1/2 at t = log 2 / -log 0.9 = 6.6: after the seventh step.",
        ),
    ),
    references=(Reference("Sutskever, Martens, Dahl, Hinton, On the importance of initialization and momentum (2013)"),),
)
