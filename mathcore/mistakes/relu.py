"""Wrong rectified linear units."""

import numpy as np


def absolute(x):
    """Is the absolute value: 2 instead of 0 at -2."""
    return np.abs(x)


def leaky(x):
    """Lets a hundredth of the negative side through: -0.02 instead of 0 at -2."""
    return np.where(np.asarray(x) < 0, 0.01 * np.asarray(x), x)


def capped_at_6(x):
    """Is relu6, which stops at 6: 6 instead of 7 at 7."""
    return np.clip(x, 0, 6)


def smooth(x):
    """Is softplus, the smooth version: log 2 = 0.693 instead of 0 at 0."""
    return np.logaddexp(0, np.asarray(x))


def wrong_side(x):
    """Keeps the negative side and cuts off the positive one: -2 instead of 0 at -2."""
    return np.minimum(x, 0)
