"""Wrong softmaxes."""

import numpy as np


@np.errstate(all="ignore")
def without_shift(z, *, axis=-1):
    """Takes exponentials of the raw scores: right up to about 709, then inf / inf."""
    e = np.exp(np.asarray(z, dtype=float))
    return e / e.sum(axis=axis, keepdims=True)


@np.errstate(all="ignore")
def base_two(z, *, axis=-1):
    """Uses powers of 2 for the exponential function: too flat, 0.571 instead of 0.665 for the 3 of [1, 2, 3]."""
    e = np.exp2(z - np.max(z, axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


@np.errstate(all="ignore")
def over_everything(z, *, axis=-1):
    """Normalises over the whole array: the batch sums to 1, the single rows do not."""
    e = np.exp(z - np.max(z))
    return e / e.sum()


@np.errstate(all="ignore")
def over_the_wrong_axis(z, *, axis=-1):
    """Normalises the columns when asked for rows: each class sums to 1 over the batch."""
    z = np.asarray(z, dtype=float)
    other = 0 if axis != 0 else -1
    e = np.exp(z - z.max(axis=other, keepdims=True))
    return e / e.sum(axis=other, keepdims=True)


@np.errstate(all="ignore")
def of_ranks(z, *, axis=-1):
    """Looks at the order of the scores only: the distances are lost, and [0, 1] and [0, 9] give the same."""
    ranks = np.argsort(np.argsort(z, axis=axis), axis=axis)
    e = np.exp(ranks - ranks.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


@np.errstate(all="ignore")
def slightly_warm(z, *, axis=-1):
    """Divides the scores by a temperature of 1.001: sums to 1 and keeps the order, wrong in the third digit."""
    d = (z - np.max(z, axis=axis, keepdims=True)) / 1.001
    e = np.exp(d)
    return e / e.sum(axis=axis, keepdims=True)


@np.errstate(all="ignore")
def guarded_denominator(z, *, axis=-1):
    """Adds 1e-7 to the denominator against a division by zero that cannot happen: the sum falls short of 1."""
    e = np.exp(z - np.max(z, axis=axis, keepdims=True))
    return e / (e.sum(axis=axis, keepdims=True) + 1e-7)


@np.errstate(all="ignore")
def in_single_precision(z, *, axis=-1):
    """Computes in float32 and returns float64: nine of the sixteen digits are noise."""
    z = np.asarray(z, dtype=np.float32)
    e = np.exp(z - z.max(axis=axis, keepdims=True))
    return (e / e.sum(axis=axis, keepdims=True)).astype(np.float64)


@np.errstate(all="ignore")
def of_sigmoids(z, *, axis=-1):
    """Divides the sigmoid of every score by their sum: 0.371 instead of 0.665 for the 3 of [1, 2, 3]."""
    s = 1 / (1 + np.exp(-np.asarray(z, dtype=float)))
    return s / s.sum(axis=axis, keepdims=True)


@np.errstate(all="ignore")
def sigmoid(z, *, axis=-1):
    """Answers with the sigmoid of every score, as if each class were a question of its own: [0, 0, 0] sums to 1.5."""
    return 1 / (1 + np.exp(-np.asarray(z, dtype=float)))
