"""Wrong cosine similarities."""

import numpy as np


def _length(v):
    return np.sqrt(np.sum(np.square(np.asarray(v, dtype=float)), axis=-1))


def _dot(v, w):
    return np.sum(np.asarray(v, dtype=float) * np.asarray(w, dtype=float), axis=-1)


@np.errstate(all="ignore")
def textbook(v, w):
    """Squares as they come: of entries like 1e200 they overflow, of entries like 1e-200 they vanish."""
    return _dot(v, w) / (_length(v) * _length(w))


def dot_product(v, w):
    """Forgets to divide by the lengths: 24 instead of 0.96 in the example."""
    return _dot(v, w)


@np.errstate(all="ignore")
def one_length(v, w):
    """Divides by the length of the first vector alone: a scalar projection, 4.8 instead of 0.96."""
    return _dot(v, w) / _length(v)


@np.errstate(all="ignore")
def without_roots(v, w):
    """Divides by the squared lengths."""
    return _dot(v, w) / np.square(_length(v) * _length(w))


@np.errstate(all="ignore")
def cosine_distance(v, w):
    """Is 1 minus the cosine: 0 for equal directions."""
    return 1 - _dot(v, w) / (_length(v) * _length(w))


@np.errstate(all="ignore")
def of_the_sizes(v, w):
    """Takes absolute values: opposite directions look the same."""
    return np.abs(_dot(v, w)) / (_length(v) * _length(w))


@np.errstate(all="ignore")
def guarded(v, w):
    """Adds 1e-8 to the lengths, lest one is 0: short vectors look perpendicular."""
    return _dot(v, w) / ((_length(v) + 1e-8) * (_length(w) + 1e-8))


@np.errstate(all="ignore")
def centred(v, w):
    """Subtracts the means first: that is the correlation."""
    v, w = (x - np.mean(x, axis=-1, keepdims=True) for x in (np.asarray(v, float), np.asarray(w, float)))
    return _dot(v, w) / (_length(v) * _length(w))
