"""Gradient descent with momentum: the weights after one step."""

from mathcore.card import Accuracy, Card, Example, Exercise, FalseClaim, Law, Reference

CARD = Card(
    name="momentum_step",
    title="Gradient descent with momentum",
    summary=(
        "The weights move by a velocity, which keeps a share beta of itself and gains one step against the gradient. Along a "
        "valley the gradients add up; across it they cancel."
    ),
    given="d: size; w, g, v: real[d]; eta: positive; beta: unit; j, k: index[d]",
    define="momentum_step(w, g, v, eta, beta)[k] = w[k] + beta v[k] - eta g[k]",
    numeric="mathcore.numeric.momentum_step[0]",
    units="the unit of the weights",
    uses=("gradient_descent",),
    prerequisites=("gradient_descent",),
    invariants=(
        Law(
            "is gradient descent without momentum",
            "momentum_step(w, g, v, eta, 0)[k] = gradient_descent(w, g, eta)[k]",
            why="for beta = 0 the old velocity still has a say, or the step is not w - eta g",
        ),
        Law(
            "rolls on where the gradient is 0",
            "momentum_step(w, vector(j: 0), v, eta, beta)[k] = w[k] + beta v[k]",
            why="without a gradient it does not go on by the share beta of its velocity",
        ),
        Law(
            "moves by the new velocity",
            "momentum_step(w, g, v, eta, beta)[k] - w[k] = beta v[k] - eta g[k]",
            why="the step is not beta v - eta g",
        ),
    ),
    accuracy=Accuracy(
        bound="4 u (abs(w[k]) + abs(beta v[k] - eta g[k]))", domain="every finite input whose result does not overflow"
    ),
    examples=(
        Example("momentum_step([1], [2], [1/2], 1/4, 1/2) = [0.75]"),
        Example("momentum_step([1, -2], [2, 4], [0, 0], 1/2, 1/2) = [0, -4]", source="the first step: gradient descent"),
        Example("momentum_step([0], [0], [1], 1/2, 3/4) = [0.75]"),
    ),
    mistakes=(
        "mathcore.mistakes.momentum_step.ascent()[0]",
        "mathcore.mistakes.momentum_step.velocity_subtracted()[0]",
        "mathcore.mistakes.momentum_step.old_velocity()[0]",
        "mathcore.mistakes.momentum_step.without_momentum()[0]",
        "mathcore.mistakes.momentum_step.looking_ahead()[0]",
    ),
    false_claims=(
        FalseClaim(
            "momentum_step(w, g, v, eta, beta)[k] = w[k] - eta g[k]", why="the velocity of the steps before is not forgotten"
        ),
        FalseClaim(
            "momentum_step(w, g, v, eta, beta)[k] = w[k] + beta v[k] - (1 - beta) eta g[k]",
            why="that is a moving average: another convention, in which the same eta takes smaller steps",
        ),
    ),
    exercises=(
        Exercise(
            "The gradient is 1 for ever. How fast do the weights move in the end, with eta = 0.1 and beta = 0.9?",
            "The velocity tends to -eta / (1 - beta) = -1: ten times the step of gradient descent.",
        ),
    ),
    not_verified=("The form of Nesterov (nesterov=True): tests measure it, to the same bar.",),
    references=(
        Reference("Polyak, Some methods of speeding up the convergence of iteration methods (1964)"),
        Reference("Keras, SGD: the convention of the signs"),
    ),
)
