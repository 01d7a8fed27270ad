"""Wrong logarithms of the sigmoid."""

import numpy as np


@np.errstate(all="ignore")
def log_of_the_sigmoid(x):
    """Takes the logarithm of a rounded sigmoid: -inf below -709.8, and 0 above 37."""
    return np.log(1 / (1 + np.exp(-np.asarray(x))))


@np.errstate(all="ignore")
def clipped(x):
    """Adds 1e-7 to the sigmoid against log(0): it stops at -16.1 on the left, and is positive far right."""
    return np.log(1 / (1 + np.exp(-np.asarray(x))) + 1e-7)


@np.errstate(all="ignore")
def mirrored(x):
    """Is the logarithm of sigmoid(-x), the log-probability of a no: -0.313 instead of -1.313 at -1."""
    return -np.logaddexp(0, np.asarray(x))


def without_the_sign(x):
    """Is the loss, -log sigmoid(x), not the log-probability: 0.693 instead of -0.693 at 0."""
    return np.logaddexp(0, -np.asarray(x))
