"""Wrong log-sum-exps."""

import numpy as np


@np.errstate(all="ignore")
def without_shift(z, *, axis=-1):
    """Takes exponentials of the raw scores: inf above 709, -inf below -745."""
    return np.log(np.exp(np.asarray(z, dtype=float)).sum(axis=axis))


@np.errstate(all="ignore")
def log_mean_exp(z, *, axis=-1):
    """Averages the exponentials where a sum is meant: too small by log n, 0 instead of 0.693 for [0, 0]."""
    m = np.max(z, axis=axis, keepdims=True)
    return np.squeeze(m, axis=axis) + np.log(np.exp(z - m).mean(axis=axis))


@np.errstate(all="ignore")
def base_two(z, *, axis=-1):
    """Works with powers and logarithms to base 2: 1 instead of 0.693 for [0, 0]."""
    m = np.max(z, axis=axis, keepdims=True)
    return np.squeeze(m, axis=axis) + np.log2(np.exp2(z - m).sum(axis=axis))


@np.errstate(all="ignore")
def hard_maximum(z, *, axis=-1):
    """Returns the largest score: the soft part, between 0 and log n, is missing, all of 0.693 for [0, 0]."""
    return np.max(np.asarray(z, dtype=float), axis=axis)


@np.errstate(all="ignore")
def forgets_to_shift_back(z, *, axis=-1):
    """Subtracts the maximum and never adds it again: 0.408 instead of 3.408 for [1, 2, 3]."""
    return np.log(np.exp(z - np.max(z, axis=axis, keepdims=True)).sum(axis=axis))


@np.errstate(all="ignore")
def sum_of_logs(z, *, axis=-1):
    """Pulls the log into the sum, as if log(a + b) were log a + log b: 6 instead of 3.408 for [1, 2, 3]."""
    return np.sum(np.asarray(z, dtype=float), axis=axis)
