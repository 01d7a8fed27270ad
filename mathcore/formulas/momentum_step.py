"""Gradient descent with momentum: the weights after one step."""

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
    rewrite,
    unfold,
)

CARD = Card(
    name="momentum_step",
    title="Gradient descent with momentum",
    summary=(
        "Gradient descent that gathers speed, like a ball that rolls downhill. The weights move by a velocity, which "
        "keeps a share beta of itself and gains one step against the gradient. Along a valley the gradients add up; "
        "across it they cancel."
    ),
    given="d: size; w, g, v, u: real[d]; eta: positive; beta: unit; j, k: index[d]",
    define="momentum_step(w, g, v, eta, beta)[k] = w[k] + beta v[k] - eta g[k]",
    numeric="mathcore.numeric.momentum_step[0]",
    units="the unit of the weights",
    uses=("gradient_descent",),
    prerequisites=("gradient_descent",),
    derivations=(
        Derivation(
            "A step of gradient descent, and the share beta of the last step",
            key="parts",
            claim="momentum_step(w, g, v, eta, beta)[k] = gradient_descent(w, g, eta)[k] + beta v[k]",
            steps=(
                Step("= w[k] - eta g[k] + beta v[k]", by=unfold, why="the definition of the step of momentum, written out"),
                Step(
                    "= gradient_descent(w, g, eta)[k] + beta v[k]",
                    by=fold,
                    why="the definition of the step of gradient descent, w - eta g, read backwards",
                ),
            ),
        ),
        Derivation(
            "Without momentum it is gradient descent",
            key="plain",
            claim="momentum_step(w, g, v, eta, 0)[k] = gradient_descent(w, g, eta)[k]",
            steps=(
                Step("= w[k] + 0 v[k] - eta g[k]", by=unfold, why="the definition of the step of momentum, with beta = 0"),
                Step("= gradient_descent(w, g, eta)[k]", by=rewrite, why="0 times anything is 0, so the velocity drops out"),
            ),
        ),
        Derivation(
            "In terms of the last two places",
            key="two_places",
            claim="momentum_step(w, g, vector(j: w[j] - u[j]), eta, beta)[k] = (1 + beta) w[k] - beta u[k] - eta g[k]",
            steps=(
                Step(
                    "= w[k] + beta (w[k] - u[k]) - eta g[k]",
                    by=unfold,
                    why="the definition of the step of momentum; the velocity is the last step, from u to w",
                ),
                Step("= (1 + beta) w[k] - beta u[k] - eta g[k]", by=rewrite, why="the two terms with w[k] are put together"),
            ),
        ),
        Derivation(
            "Gradients that change their sign cancel",
            key="cancel",
            claim="momentum_step(w, g, vector(j: eta g[j]), eta, 1)[k] = w[k]",
            steps=(
                Step(
                    "= w[k] + 1 (eta g[k]) - eta g[k]",
                    by=unfold,
                    why="the definition: the last step was eta g, and the new gradient adds -eta g",
                ),
                Step(
                    "= w[k]",
                    by=rewrite,
                    why="the two cancel: across a valley, where gradients change their sign, the ball does not swing",
                ),
            ),
        ),
        Derivation(
            "Gradients that agree add up",
            key="add",
            claim="momentum_step(w, g, vector(j: -eta g[j]), eta, beta)[k] - w[k] = -(1 + beta) eta g[k]",
            steps=(
                Step(
                    "= beta (-eta g[k]) - eta g[k]",
                    by=unfold,
                    why="the definition of the step of momentum, less w[k]; the last step went along -eta g already",
                ),
                Step(
                    "= -(1 + beta) eta g[k]",
                    by=rewrite,
                    why="-eta g[k] is taken out: 1 from the gradient, beta from the velocity, so along a valley the ball gains speed",
                ),
            ),
        ),
    ),
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
        Example("momentum_step([1], [2], [1/2], 1/4, 1/2) = [0.75]", source="1 + (1/2)(1/2) - (1/4) 2"),
        Example("momentum_step([1, -2], [2, 4], [0, 0], 1/2, 1/2) = [0, -4]", source="the first step: gradient descent"),
        Example("momentum_step([0], [0], [1], 1/2, 3/4) = [0.75]", source="no gradient: it rolls on by 3/4 of its velocity"),
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
            "The gradient is always 1. How fast do the weights move in the end, with eta = 0.1 and beta = 0.9?",
            "The velocity tends to -eta / (1 - beta) = -1: ten times the step of gradient descent.",
        ),
    ),
    not_verified=("The form of Nesterov (nesterov=True): tests measure it, to the same bar.",),
    references=(
        Reference("Polyak, Some methods of speeding up the convergence of iteration methods (1964)"),
        Reference("Keras, SGD: the convention of the signs"),
    ),
)
