"""Wrong Gaussian error linear units."""

import math

import numpy as np


@np.errstate(all="ignore")
def by_tanh(x):
    """Is the approximation by tanh: 0.84119 instead of 0.84134 at x = 1."""
    x = np.asarray(x, dtype=float)
    return x / 2 * (1 + np.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)))


@np.errstate(all="ignore")
def by_the_sigmoid(x):
    """Is the approximation x sigmoid(1.702 x): 0.8458 instead of 0.8413 at x = 1."""
    x = np.asarray(x, dtype=float)
    return x / (1 + np.exp(-1.702 * x))


def by_erf(x):
    """Takes 1 + erf(x / sqrt(2)), which cancels for negative x: 0 below -8.3."""
    x = np.asarray(x, dtype=float)
    return x * (1 + np.vectorize(math.erf, otypes=[float])(x / math.sqrt(2))) / 2


def by_erfc_of_a_rounded_argument(x):
    """Rounds x / sqrt(2) before erfc, which multiplies that error by x^2."""
    x = np.asarray(x, dtype=float)
    return x * np.vectorize(math.erfc, otypes=[float])(-x / math.sqrt(2)) / 2


def without_the_root(x):
    """Forgets the square root of 2: erfc(-x) belongs to a narrower bell curve, 0.921 instead of 0.841 at x = 1."""
    x = np.asarray(x, dtype=float)
    return x * np.vectorize(math.erfc, otypes=[float])(-x) / 2


def distribution_function(x):
    """Forgets to multiply by x: the probability itself, 1/2 instead of 0 at x = 0."""
    return np.vectorize(math.erfc, otypes=[float])(-np.asarray(x, dtype=float) / math.sqrt(2)) / 2
