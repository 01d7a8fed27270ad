"""Wrong entropies."""

import numpy as np


@np.errstate(all="ignore")
def base_ten(p, *, axis=-1):
    """Takes logarithms to base 10: hartleys where nats are expected, 0.301 instead of 0.693 for a fair coin."""
    p = np.asarray(p, dtype=float)
    return -np.where(p == 0, 0.0, p * np.log10(p)).sum(axis=axis)


@np.errstate(all="ignore")
def sum_of_surprisals(p, *, axis=-1):
    """Adds up the surprisals without weighing each by its probability: 1.386 instead of 0.693 for a fair coin."""
    p = np.asarray(p, dtype=float)
    return -np.where(p == 0, 0.0, np.log(p)).sum(axis=axis)


@np.errstate(all="ignore")
def epsilon_in_the_log(p, *, axis=-1):
    """Adds 1e-9 inside the log against log 0: every term is slightly wrong, certainty gets a negative entropy."""
    p = np.asarray(p, dtype=float)
    return -(p * np.log(p + 1e-9)).sum(axis=axis)


@np.errstate(all="ignore")
def without_zeros(p, *, axis=-1):
    """Forgets that 0 log 0 is 0: nan as soon as an outcome is impossible."""
    p = np.asarray(p, dtype=float)
    return -(p * np.log(p)).sum(axis=axis)


@np.errstate(all="ignore")
def sign_forgotten(p, *, axis=-1):
    """Leaves out the minus sign: a fair coin has -0.693."""
    p = np.asarray(p, dtype=float)
    terms = np.where(p == 0, 0.0, p * np.log(p))
    return terms.sum(axis=axis)


@np.errstate(all="ignore")
def mean_over_classes(p, *, axis=-1):
    """Takes the mean over the outcomes where a sum is meant: too small by the factor n."""
    p = np.asarray(p, dtype=float)
    terms = np.where(p == 0, 0.0, p * np.log(p))
    return -terms.mean(axis=axis)
