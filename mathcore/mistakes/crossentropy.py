"""Wrong cross-entropies."""

import numpy as np


@np.errstate(all="ignore")
def arguments_swapped(p, q, *, axis=-1):
    """Weighs by the prediction and takes the log of the truth: -sum(q log p)."""
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    return -np.where(q == 0, 0.0, q * np.log(p)).sum(axis=axis)


@np.errstate(all="ignore")
def base_ten(p, q, *, axis=-1):
    """Takes logarithms to base 10: 1 where 2.303 nats are expected."""
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    return -np.where(p == 0, 0.0, p * np.log10(q)).sum(axis=axis)


@np.errstate(all="ignore")
def clipped(p, q, *, axis=-1):
    """Clips the prediction at 1e-7: a true outcome called impossible costs 16 nats, not infinitely many."""
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    q = np.clip(q, 1e-7, 1 - 1e-7)
    return -(p * np.log(q)).sum(axis=axis)


@np.errstate(all="ignore")
def mean_over_classes(p, q, *, axis=-1):
    """Takes the mean over the classes where a sum is meant: too small by the factor n."""
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    return -np.where(p == 0, 0.0, p * np.log(q)).mean(axis=axis)


@np.errstate(all="ignore")
def only_the_likeliest_class(p, q, *, axis=-1):
    """Looks at the likeliest class of the truth alone: right for one-hot labels, wrong for soft ones."""
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    top = p.argmax(axis=axis, keepdims=True)
    return -np.squeeze(np.log(np.take_along_axis(q, top, axis=axis)), axis=axis)


@np.errstate(all="ignore")
def entropy_of_the_prediction(p, q, *, axis=-1):
    """Weighs by the prediction itself: the entropy of q, in which the truth has no say."""
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    return -np.where(q == 0, 0.0, q * np.log(q)).sum(axis=axis)
