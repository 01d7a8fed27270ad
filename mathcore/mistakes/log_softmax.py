"""Wrong logarithms of the softmax."""

import numpy as np


@np.errstate(all="ignore")
def log_of_softmax(z, *, axis=-1):
    """Takes the log of the finished softmax: -inf as soon as a probability underflows to 0."""
    e = np.exp(z - np.max(z, axis=axis, keepdims=True))
    return np.log(e / e.sum(axis=axis, keepdims=True))


@np.errstate(all="ignore")
def without_shift(z, *, axis=-1):
    """Takes exponentials of the raw scores: right up to about 709, then -inf."""
    z = np.asarray(z, dtype=float)
    return z - np.log(np.exp(z).sum(axis=axis, keepdims=True))


@np.errstate(all="ignore")
def base_two(z, *, axis=-1):
    """Returns logarithms to base 2: -1 instead of -0.693 for two equal scores."""
    d = z - np.max(z, axis=axis, keepdims=True)
    return (d - np.log(np.exp(d).sum(axis=axis, keepdims=True))) / np.log(2)


@np.errstate(all="ignore")
def forgets_the_sum(z, *, axis=-1):
    """Subtracts the maximum and stops: 0 instead of -0.693 for two equal scores."""
    return z - np.max(z, axis=axis, keepdims=True)
