"""Wrong logits."""

import numpy as np


@np.errstate(all="ignore")
def of_the_quotient(p):
    """Takes the logarithm of a rounded p / (1 - p): close to 1/2 hardly a digit is right."""
    p = np.asarray(p)
    return np.log(p / (1 - p))


@np.errstate(all="ignore")
def as_a_difference(p):
    """Takes log(p) - log(1 - p): close to 1/2 the two cancel."""
    p = np.asarray(p)
    return np.log(p) - np.log1p(-p)


@np.errstate(all="ignore")
def clipped(p):
    """Keeps p away from 0 and 1 by 1e-7: it stops at 16.1 on either side."""
    p = np.clip(p, 1e-7, 1 - 1e-7)
    return np.log(p / (1 - p))


@np.errstate(all="ignore")
def base_two(p):
    """Works with logarithms to base 2: 1.585 instead of 1.099 at 3/4."""
    p = np.asarray(p)
    return np.log2(p / (1 - p))


@np.errstate(all="ignore")
def log_probability(p):
    """Forgets to divide by 1 - p: the logarithm of the probability, not of the odds, -0.693 instead of 0 at 1/2."""
    return np.log(p)
