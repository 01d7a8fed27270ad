"""Wrong Huber losses."""

import numpy as np


@np.errstate(all="ignore")
def without_the_half(t, y, delta=1.0):
    """Forgets the 1/2 of the parabola: at an error of delta it jumps from delta^2 down to delta^2 / 2."""
    r = np.abs(np.asarray(y, dtype=float) - np.asarray(t, dtype=float))
    return np.where(r <= delta, r**2, delta * (r - delta / 2))


@np.errstate(all="ignore")
def not_joined(t, y, delta=1.0):
    """Goes on with delta |r|, r the error, which does not meet the parabola: 3, not 2.5, for delta = 1 and r = 3."""
    r = np.abs(np.asarray(y, dtype=float) - np.asarray(t, dtype=float))
    return np.where(r <= delta, r**2 / 2, delta * r)


@np.errstate(all="ignore")
def smooth_l1(t, y, delta=1.0):
    """Divides by delta, which is another loss, called smooth L1."""
    r = np.abs(np.asarray(y, dtype=float) - np.asarray(t, dtype=float))
    return np.where(r <= delta, r**2 / 2, delta * (r - delta / 2)) / delta


@np.errstate(all="ignore")
def one_sided(t, y, delta=1.0):
    """Compares the error instead of its size with delta: predictions that are far too low are still squared."""
    r = np.asarray(y, dtype=float) - np.asarray(t, dtype=float)
    return np.where(r <= delta, r**2 / 2, delta * (np.abs(r) - delta / 2))


@np.errstate(all="ignore")
def overflowing(t, y, delta=1.0):
    """Takes half the square of what lies beyond delta from half the whole square: inf - inf for a very large error."""
    r = np.abs(np.asarray(y, dtype=float) - np.asarray(t, dtype=float))
    return r**2 / 2 - np.maximum(r - delta, 0) ** 2 / 2


@np.errstate(all="ignore")
def averaged(t, y, delta=1.0):
    """Returns the mean of all entries in place of each of them."""
    r = np.abs(np.asarray(y, dtype=float) - np.asarray(t, dtype=float))
    return np.full(r.shape, np.where(r <= delta, r**2 / 2, delta * (r - delta / 2)).mean())


@np.errstate(all="ignore")
def gradient_not_cut_off(t, y, delta=1.0):
    """Gives the error itself, as for the squared error: an outlier pulls without bound."""
    return np.asarray(y, dtype=float) - np.asarray(t, dtype=float)


@np.errstate(all="ignore")
def gradient_cut_off_at_1(t, y, delta=1.0):
    """Cuts the error off at 1 whatever delta is."""
    return np.clip(np.asarray(y, dtype=float) - np.asarray(t, dtype=float), -1, 1)


@np.errstate(all="ignore")
def gradient_of_the_line_alone(t, y, delta=1.0):
    """Is delta times the sign of the error everywhere: it does not shrink near the truth, 1 instead of 0.1 at an error of 0.1."""
    return delta * np.sign(np.asarray(y, dtype=float) - np.asarray(t, dtype=float))


@np.errstate(all="ignore")
def gradient_uphill(t, y, delta=1.0):
    """Cuts off label minus prediction, the error with its sign turned: a step of gradient descent then climbs."""
    return np.clip(np.asarray(t, dtype=float) - np.asarray(y, dtype=float), -delta, delta)
