"""Wrong softplus functions."""

import numpy as np


@np.errstate(all="ignore")
def overflowing(x):
    """Writes the formula as it stands: exp overflows above 709, and small exponentials vanish beside 1."""
    return np.log(1 + np.exp(x))


def without_log1p(x):
    """Adds the small exponential to 1 before the logarithm: 0 below -37, digits lost long before."""
    return np.maximum(x, 0) + np.log(1 + np.exp(-np.abs(x)))


@np.errstate(all="ignore")
def cut_off_at_20(x):
    """Returns x itself above 20, where softplus still differs in the tenth digit."""
    return np.where(np.asarray(x) > 20, x, np.log1p(np.exp(x)))


def hard(x):
    """Is max(x, 0), not its smooth version: 0 instead of 0.693 at 0."""
    return np.maximum(x, 0)


@np.errstate(all="ignore")
def mirrored(x):
    """Takes exp(-x) for exp(x), as in the sigmoid: 0.313 instead of 1.313 at 1."""
    return np.logaddexp(0, -np.asarray(x, dtype=float))


def base_two(x):
    """Works with powers and logarithms to base 2: 1 instead of 0.693 at 0."""
    return np.logaddexp2(0, np.asarray(x, dtype=float))
