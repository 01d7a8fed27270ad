"""Wrong mean absolute errors."""

import numpy as np


@np.errstate(all="ignore")
def squared(t, y, *, axis=None):
    """Squares the differences: errors of 3 and 4 give 12.5 instead of 3.5, and one outlier outweighs all the rest."""
    residual = np.asarray(y, dtype=float) - np.asarray(t, dtype=float)
    return (residual**2).mean(axis=axis)


@np.errstate(all="ignore")
def summed(t, y, *, axis=None):
    """Sums the distances and does not divide by their number: errors of 3 and 4 give 7 instead of 3.5."""
    return np.abs(np.asarray(y, dtype=float) - np.asarray(t, dtype=float)).sum(axis=axis)


@np.errstate(all="ignore")
def of_the_mean(t, y, *, axis=None):
    """Takes the size of the mean difference: errors of 1 and -1 cancel to 0 instead of 1."""
    return np.abs((np.asarray(y, dtype=float) - np.asarray(t, dtype=float)).mean(axis=axis))


@np.errstate(all="ignore")
def signed(t, y, *, axis=None):
    """Forgets the absolute value: predictions that are too low come out as a negative loss."""
    return (np.asarray(y, dtype=float) - np.asarray(t, dtype=float)).mean(axis=axis)


@np.errstate(all="ignore")
def median(t, y, *, axis=None):
    """Takes the median of the distances: errors of 1, 1 and 100 give 1 instead of 34."""
    return np.median(np.abs(np.asarray(y, dtype=float) - np.asarray(t, dtype=float)), axis=axis)


@np.errstate(all="ignore")
def gradient_of_the_sum(t, y):
    """Differentiates the sum instead of the mean: too large by the factor n."""
    return np.sign(np.asarray(y, dtype=float) - np.asarray(t, dtype=float))


@np.errstate(all="ignore")
def gradient_uphill(t, y):
    """Takes the sign of label minus prediction: a step of gradient descent then climbs."""
    return np.sign(np.asarray(t, dtype=float) - np.asarray(y, dtype=float)) / np.size(t)


@np.errstate(all="ignore")
def gradient_of_the_square(t, y):
    """Keeps the size of the error, as the gradient of half the mean squared error does: an outlier pulls hard."""
    return (np.asarray(y, dtype=float) - np.asarray(t, dtype=float)) / np.size(t)


@np.errstate(all="ignore")
def gradient_never_0(t, y):
    """Asks only whether the prediction is too high: a perfect one is pushed away."""
    return np.where(np.asarray(y, dtype=float) > np.asarray(t, dtype=float), 1.0, -1.0) / np.size(t)
