"""Wrong mean squared errors."""

import numpy as np


@np.errstate(all="ignore")
def mean_absolute_error(t, y, *, axis=None):
    """Averages absolute differences, another loss: errors of 3 and 4 give 3.5 instead of 12.5."""
    residual = np.asarray(y, dtype=float) - np.asarray(t, dtype=float)
    return np.abs(residual).mean(axis=axis)


@np.errstate(all="ignore")
def halved(t, y, *, axis=None):
    """Divides by 2 n, as texts do that want a gradient without the factor 2: half of what is expected."""
    residual = np.asarray(y, dtype=float) - np.asarray(t, dtype=float)
    return (residual**2).mean(axis=axis) / 2


@np.errstate(all="ignore")
def summed(t, y, *, axis=None):
    """Sums the squares and does not divide by their number: errors of 3 and 4 give 25 instead of 12.5."""
    residual = np.asarray(y, dtype=float) - np.asarray(t, dtype=float)
    return (residual**2).sum(axis=axis)


@np.errstate(all="ignore")
def root(t, y, *, axis=None):
    """Takes the square root, the RMSE in the unit of the labels: errors of 3 and 4 give 3.54 instead of 12.5."""
    residual = np.asarray(y, dtype=float) - np.asarray(t, dtype=float)
    return np.sqrt((residual**2).mean(axis=axis))


@np.errstate(all="ignore")
def of_the_mean(t, y, *, axis=None):
    """Squares the mean difference: errors of 1 and -1 cancel to 0 instead of 1."""
    residual = np.asarray(y, dtype=float) - np.asarray(t, dtype=float)
    return residual.mean(axis=axis) ** 2


@np.errstate(all="ignore")
def gradient_without_the_two(t, y):
    """Forgets the 2 that the derivative of a square brings: half as steep as the loss is."""
    return (np.asarray(y, dtype=float) - np.asarray(t, dtype=float)) / np.size(t)


@np.errstate(all="ignore")
def gradient_of_the_sum(t, y):
    """Differentiates the sum instead of the mean: too large by the factor n."""
    return 2 * (np.asarray(y, dtype=float) - np.asarray(t, dtype=float))


@np.errstate(all="ignore")
def gradient_uphill(t, y):
    """Label minus prediction, the gradient with its sign turned: a step of gradient descent then climbs."""
    return 2 * (np.asarray(t, dtype=float) - np.asarray(y, dtype=float)) / np.size(t)


@np.errstate(all="ignore")
def gradient_of_the_root(t, y):
    """Differentiates the root of the mean square: this gradient is as long far from the truth as near to it."""
    residual = np.asarray(y, dtype=float) - np.asarray(t, dtype=float)
    return residual / (residual.size * np.sqrt(np.mean(residual**2)))
