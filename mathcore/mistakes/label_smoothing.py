"""Wrong label smoothing."""

import numpy as np


@np.errstate(all="ignore")
def over_the_other_classes(t, smoothing, *, axis=-1):
    """Takes the whole share from the true class and gives smoothing / (n - 1) to each other one: another convention."""
    t = np.asarray(t, dtype=float)
    return (1 - smoothing) * t + smoothing * (1 - t) / max(t.shape[axis] - 1, 1)


@np.errstate(all="ignore")
def forgets_to_shrink(t, smoothing, *, axis=-1):
    """Adds smoothing / n to every class and takes nothing away: for 1/2 and four classes the labels sum to 1.5."""
    t = np.asarray(t, dtype=float)
    return t + smoothing / t.shape[axis]


@np.errstate(all="ignore")
def not_divided(t, smoothing, *, axis=-1):
    """Adds the whole share to every class instead of an n-th of it: for 1/2 and four classes the labels sum to 2.5."""
    return (1 - smoothing) * np.asarray(t, dtype=float) + smoothing


@np.errstate(all="ignore")
def shares_exchanged(t, smoothing, *, axis=-1):
    """Exchanges the two shares: with 0.1 the true class keeps only 0.1, and 0.9 is spread."""
    t = np.asarray(t, dtype=float)
    return smoothing * t + (1 - smoothing) / t.shape[axis]
