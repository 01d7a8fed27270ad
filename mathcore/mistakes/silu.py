"""Wrong sigmoid linear units."""

import numpy as np


@np.errstate(all="ignore")
def quotient_of_exponentials(x):
    """Multiplies by exp(x) / (1 + exp(x)): inf / inf above 709."""
    e = np.exp(x)
    return x * (e / (1 + e))


@np.errstate(all="ignore")
def underflowing(x):
    """Multiplies by 1 / (1 + exp(-x)): the smallest results are lost below -708."""
    return x * (1 / (1 + np.exp(-np.asarray(x))))


@np.errstate(all="ignore")
def swish_of_gelu(x):
    """Is x sigmoid(1.702 x), an approximation of gelu: 0.846 instead of 0.731 at 1."""
    x = np.asarray(x)
    return x / (1 + np.exp(-1.702 * x))


def hard_swish(x):
    """Is the hard swish, which is 0 below -3 and x above 3: 0.667 instead of 0.731 at 1."""
    x = np.asarray(x)
    return x * (np.clip(x + 3, 0, 6) / 6)


@np.errstate(all="ignore")
def sigmoid_alone(x):
    """Forgets to multiply by x: the sigmoid, 1/2 instead of 0 at 0."""
    return 1 / (1 + np.exp(-np.asarray(x)))
