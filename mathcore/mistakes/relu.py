"""Wrong rectified linear units."""

import numpy as np


def absolute(x):
    """Is the absolute value: folds the negative side up instead of cutting it off."""
    return np.abs(x)


def leaky(x):
    """Lets a hundredth of the negative side through."""
    return np.where(np.asarray(x) < 0, 0.01 * np.asarray(x), x)


def capped_at_6(x):
    """Is relu6, which stops at 6."""
    return np.clip(x, 0, 6)


def smooth(x):
    """Is softplus, the smooth version: log 2 at 0."""
    return np.logaddexp(0, np.asarray(x))


def wrong_side(x):
    """Keeps the negative side."""
    return np.minimum(x, 0)
