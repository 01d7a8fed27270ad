"""Wrong leaky rectified linear units."""

import numpy as np


def without_leak(x):
    """Cuts the negative side off, as relu does: 0 instead of -0.02 at -2."""
    return np.maximum(x, 0)


def slope_of_keras(x):
    """Has the slope 0.3 of older Keras layers: -0.6 instead of -0.02 at -2."""
    return np.where(np.asarray(x) < 0, 0.3 * np.asarray(x), x)


def leaks_on_both_sides(x):
    """Adds the leak on the right as well: slope 1.01 there."""
    return np.maximum(x, 0) + 0.01 * np.asarray(x)


def leak_turned_up(x):
    """Takes the absolute value on the left: 0.02 instead of -0.02 at -2."""
    return np.where(np.asarray(x) < 0, 0.01 * np.abs(x), x)
