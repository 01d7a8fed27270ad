"""Wrong sigmoids."""

import numpy as np


@np.errstate(all="ignore")
def as_a_quotient_of_exponentials(x):
    """Writes exp(x) / (1 + exp(x)): inf / inf above 709."""
    e = np.exp(x)
    return e / (1 + e)


@np.errstate(all="ignore")
def underflowing(x):
    """Writes 1 / (1 + exp(-x)) at all x: 0 below -709.8, where the smallest results are still positive."""
    return 1 / (1 + np.exp(-np.asarray(x)))


def by_tanh(x):
    """Takes (1 + tanh(x/2)) / 2: near 0 the two cancel, and below -37 the result is 0."""
    return (1 + np.tanh(np.asarray(x) / 2)) / 2


@np.errstate(all="ignore")
def mirrored(x):
    """Takes exp(x) for exp(-x), which falls where the sigmoid grows: 0.269 instead of 0.731 at 1."""
    return 1 / (1 + np.exp(x))


def hard(x):
    """Is the hard sigmoid, made of straight lines, which reaches 0 and 1: 0.667 instead of 0.731 at 1."""
    return np.clip(np.asarray(x) / 6 + 0.5, 0, 1)
