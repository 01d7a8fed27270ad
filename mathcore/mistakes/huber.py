"""Wrong Huber losses."""

import numpy as np


@np.errstate(all="ignore")
def without_the_half(t, y, delta=1.0):
    """Forgets the 1/2 of the parabola: it jumps where the straight line begins."""
    r = np.abs(np.asarray(y, dtype=float) - np.asarray(t, dtype=float))
    return np.where(r <= delta, r**2, delta * (r - delta / 2))


@np.errstate(all="ignore")
def not_joined(t, y, delta=1.0):
    """Goes on with delta |r|, a line that does not meet the parabola."""
    r = np.abs(np.asarray(y, dtype=float) - np.asarray(t, dtype=float))
    return np.where(r <= delta, r**2 / 2, delta * r)


@np.errstate(all="ignore")
def smooth_l1(t, y, delta=1.0):
    """Divides by delta, which is another loss, called smooth L1."""
    r = np.abs(np.asarray(y, dtype=float) - np.asarray(t, dtype=float))
    return np.where(r <= delta, r**2 / 2, delta * (r - delta / 2)) / delta


@np.errstate(all="ignore")
def one_sided(t, y, delta=1.0):
    """Compares r instead of |r| with delta: predictions that are far too low are still squared."""
    r = np.asarray(y, dtype=float) - np.asarray(t, dtype=float)
    return np.where(r <= delta, r**2 / 2, delta * (np.abs(r) - delta / 2))


@np.errstate(all="ignore")
def overflowing(t, y, delta=1.0):
    """Subtracts the far half of the parabola from the whole square: inf - inf for a large residual."""
    r = np.abs(np.asarray(y, dtype=float) - np.asarray(t, dtype=float))
    return r**2 / 2 - np.maximum(r - delta, 0) ** 2 / 2


@np.errstate(all="ignore")
def averaged(t, y, delta=1.0):
    """Returns the mean of all entries instead of one value an entry."""
    r = np.abs(np.asarray(y, dtype=float) - np.asarray(t, dtype=float))
    return np.full(r.shape, np.where(r <= delta, r**2 / 2, delta * (r - delta / 2)).mean())


@np.errstate(all="ignore")
def gradient_not_cut_off(t, y, delta=1.0):
    """Gives the residual itself, as for the squared error: an outlier pulls without bound."""
    return np.asarray(y, dtype=float) - np.asarray(t, dtype=float)


@np.errstate(all="ignore")
def gradient_cut_off_at_1(t, y, delta=1.0):
    """Cuts the residual off at 1 whatever delta is."""
    return np.clip(np.asarray(y, dtype=float) - np.asarray(t, dtype=float), -1, 1)


@np.errstate(all="ignore")
def gradient_of_the_line_alone(t, y, delta=1.0):
    """Is delta times the sign of the residual everywhere: it does not shrink near the truth."""
    return delta * np.sign(np.asarray(y, dtype=float) - np.asarray(t, dtype=float))


@np.errstate(all="ignore")
def gradient_uphill(t, y, delta=1.0):
    """Cuts off label minus prediction: descending along it climbs."""
    return np.clip(np.asarray(t, dtype=float) - np.asarray(y, dtype=float), -delta, delta)
