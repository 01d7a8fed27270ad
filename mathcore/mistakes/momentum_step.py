"""Wrong steps with momentum: weights and velocity, as the right function returns them."""

import numpy as np


@np.errstate(all="ignore")
def ascent(w, gradient, velocity, learning_rate, momentum=0.9):
    """Adds the gradient to the velocity instead of subtracting it: the loss climbs."""
    w, g, v = (np.asarray(a, dtype=float) for a in (w, gradient, velocity))
    v = momentum * v + learning_rate * g
    return w + v, v


@np.errstate(all="ignore")
def velocity_subtracted(w, gradient, velocity, learning_rate, momentum=0.9):
    """Subtracts a velocity that already points downhill: the weights go back uphill."""
    w, g, v = (np.asarray(a, dtype=float) for a in (w, gradient, velocity))
    v = momentum * v - learning_rate * g
    return w - v, v


@np.errstate(all="ignore")
def old_velocity(w, gradient, velocity, learning_rate, momentum=0.9):
    """Moves by the velocity of the step before: the new gradient comes one step late."""
    w, g, v = (np.asarray(a, dtype=float) for a in (w, gradient, velocity))
    return w + v, momentum * v - learning_rate * g


@np.errstate(all="ignore")
def averaged(w, gradient, velocity, learning_rate, momentum=0.9):
    """Weighs the gradient by 1 - momentum, as a moving average does: steps are ten times too small at 0.9."""
    w, g, v = (np.asarray(a, dtype=float) for a in (w, gradient, velocity))
    v = momentum * v - (1 - momentum) * learning_rate * g
    return w + v, v


@np.errstate(all="ignore")
def without_momentum(w, gradient, velocity, learning_rate, momentum=0.9):
    """Forgets the velocity, which leaves plain gradient descent: no speed is gathered."""
    w, g, _ = (np.asarray(a, dtype=float) for a in (w, gradient, velocity))
    return w - learning_rate * g, -learning_rate * g


@np.errstate(all="ignore")
def looking_ahead(w, gradient, velocity, learning_rate, momentum=0.9):
    """Applies the momentum twice, as Nesterov's form does, where the plain one was asked for."""
    w, g, v = (np.asarray(a, dtype=float) for a in (w, gradient, velocity))
    v = momentum * v - learning_rate * g
    return w + momentum * v - learning_rate * g, v


@np.errstate(all="ignore")
def rate_on_the_velocity(w, gradient, velocity, learning_rate, momentum=0.9):
    """Keeps a velocity of gradients and applies the rate when moving: another convention, with other numbers as state."""
    w, g, v = (np.asarray(a, dtype=float) for a in (w, gradient, velocity))
    v = momentum * v + g
    return w - learning_rate * v, v
