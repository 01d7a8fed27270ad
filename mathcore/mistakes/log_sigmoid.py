"""Wrong logarithms of the sigmoid."""

import numpy as np


@np.errstate(all="ignore")
def log_of_the_sigmoid(x):
    """Takes the logarithm of a rounded sigmoid: -inf below -709.8, and 0 above 37."""
    return np.log(1 / (1 + np.exp(-np.asarray(x))))


@np.errstate(all="ignore")
def clipped(x):
    """Adds 1e-7 to the sigmoid against log(0): never below -16.2, and positive far right."""
    return np.log(1 / (1 + np.exp(-np.asarray(x))) + 1e-7)


@np.errstate(all="ignore")
def mirrored(x):
    """Is the logarithm of sigmoid(-x): the log-probability of a no."""
    return -np.logaddexp(0, np.asarray(x))


def without_the_sign(x):
    """Is the loss, -log sigmoid(x), not the log-probability."""
    return np.logaddexp(0, -np.asarray(x))
