"""The formulas in SciPy's words. What is missing here has no counterpart there.

`stats.entropy` normalises its argument first; `special.entr` does the work that the other columns do.
"""

import numpy as np
from scipy import special


def softmax(z, axis=-1):
    return special.softmax(z, axis=axis)


def log_softmax(z, axis=-1):
    return special.log_softmax(z, axis=axis)


def logsumexp(z, axis=-1):
    return special.logsumexp(z, axis=axis)


def sparse_categorical_crossentropy(labels, z, axis=-1):
    index = np.expand_dims(labels, axis)
    return -np.squeeze(np.take_along_axis(special.log_softmax(z, axis=axis), index, axis), axis)


def sparse_categorical_crossentropy_value_and_grad(labels, z, axis=-1):
    index = np.expand_dims(labels, axis)
    log_s = special.log_softmax(z, axis=axis)
    gradient = np.exp(log_s)
    np.put_along_axis(gradient, index, np.take_along_axis(gradient, index, axis) - 1, axis)
    return -np.squeeze(np.take_along_axis(log_s, index, axis), axis), gradient


def categorical_crossentropy(t, z, axis=-1):
    return -(t * special.log_softmax(z, axis=axis)).sum(axis=axis)


def categorical_crossentropy_value_and_grad(t, z, axis=-1):
    log_s = special.log_softmax(z, axis=axis)
    return -(t * log_s).sum(axis=axis), np.exp(log_s) - t


def entropy(p, axis=-1):
    return special.entr(p).sum(axis=axis)


def kl_divergence(p, q, axis=-1):
    return special.rel_entr(p, q).sum(axis=axis)


def sigmoid(x):
    return special.expit(x)
