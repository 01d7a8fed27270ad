"""Wrong hyperbolic tangents."""

import numpy as np


@np.errstate(all="ignore")
def as_written(x):
    """Writes the formula as it stands: inf / inf above 710, and near 0 the exponentials cancel."""
    a, b = np.exp(x), np.exp(-np.asarray(x))
    return (a - b) / (a + b)


@np.errstate(all="ignore")
def by_the_sigmoid(x):
    """Takes 2 sigmoid(2x) - 1 of a rounded sigmoid: near 0 the digits cancel."""
    return 2 / (1 + np.exp(-2 * np.asarray(x))) - 1


@np.errstate(all="ignore")
def half_as_steep(x):
    """Forgets the factor 2, which gives tanh(x/2): 0.462 instead of 0.762 at 1."""
    return np.tanh(np.asarray(x) / 2)


def hard(x):
    """Is the hard tanh, made of straight lines: 1 instead of 0.762 at 1."""
    return np.clip(x, -1, 1)
