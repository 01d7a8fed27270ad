"""Wrong mean squared errors."""

import numpy as np


@np.errstate(all="ignore")
def mean_absolute_error(t, y, *, axis=None):
    """Averages absolute differences, which is how the note describes it: outliers weigh too little."""
    residual = np.asarray(y, dtype=float) - np.asarray(t, dtype=float)
    return np.abs(residual).mean(axis=axis)


@np.errstate(all="ignore")
def halved(t, y, *, axis=None):
    """Divides by 2n, as texts do that want a gradient without the factor 2."""
    residual = np.asarray(y, dtype=float) - np.asarray(t, dtype=float)
    return (residual**2).mean(axis=axis) / 2


@np.errstate(all="ignore")
def summed(t, y, *, axis=None):
    """Sums the squares: grows with the number of samples."""
    residual = np.asarray(y, dtype=float) - np.asarray(t, dtype=float)
    return (residual**2).sum(axis=axis)


@np.errstate(all="ignore")
def root(t, y, *, axis=None):
    """Takes the square root: the RMSE, in the unit of the truth."""
    residual = np.asarray(y, dtype=float) - np.asarray(t, dtype=float)
    return np.sqrt((residual**2).mean(axis=axis))


@np.errstate(all="ignore")
def of_the_mean(t, y, *, axis=None):
    """Squares the mean difference: errors of opposite sign cancel."""
    residual = np.asarray(y, dtype=float) - np.asarray(t, dtype=float)
    return residual.mean(axis=axis) ** 2


@np.errstate(all="ignore")
def gradient_without_the_two(t, y):
    """Forgets the 2 that the derivative of a square brings."""
    return (np.asarray(y, dtype=float) - np.asarray(t, dtype=float)) / np.size(t)


@np.errstate(all="ignore")
def gradient_of_the_sum(t, y):
    """Differentiates the sum instead of the mean: too large by the factor n."""
    return 2 * (np.asarray(y, dtype=float) - np.asarray(t, dtype=float))


@np.errstate(all="ignore")
def gradient_uphill(t, y):
    """Label minus prediction: descending along it climbs."""
    return 2 * (np.asarray(t, dtype=float) - np.asarray(y, dtype=float)) / np.size(t)


@np.errstate(all="ignore")
def gradient_of_the_root(t, y):
    """Differentiates the root of the mean square: as long far from the truth as near to it."""
    residual = np.asarray(y, dtype=float) - np.asarray(t, dtype=float)
    return residual / (residual.size * np.sqrt(np.mean(residual**2)))
