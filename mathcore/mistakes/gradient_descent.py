"""Wrong steps of gradient descent."""

import numpy as np


@np.errstate(all="ignore")
def ascent(w, gradient, learning_rate):
    """Adds the step instead of subtracting it: the loss climbs."""
    return np.asarray(w, dtype=float) + learning_rate * np.asarray(gradient, dtype=float)


@np.errstate(all="ignore")
def divided_by_the_rate(w, gradient, learning_rate):
    """Divides the gradient by the learning rate: at 0.1 a step is 100 times too long."""
    return np.asarray(w, dtype=float) - np.asarray(gradient, dtype=float) / learning_rate


@np.errstate(all="ignore")
def normalised_gradient(w, gradient, learning_rate):
    """Keeps only the direction of the gradient: every step has the length of the learning rate."""
    g = np.asarray(gradient, dtype=float)
    return np.asarray(w, dtype=float) - learning_rate * g / np.linalg.norm(g)


@np.errstate(all="ignore")
def forgets_the_weight(w, gradient, learning_rate):
    """Returns the step alone: the old weights are thrown away."""
    return -learning_rate * np.asarray(gradient, dtype=float)


@np.errstate(all="ignore")
def rate_squared(w, gradient, learning_rate):
    """Applies the learning rate twice, in the gradient and in the step: at 0.1 steps are ten times too short."""
    return np.asarray(w, dtype=float) - learning_rate**2 * np.asarray(gradient, dtype=float)
