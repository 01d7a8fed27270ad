"""The textbook softmax that wrong losses are built on."""

import numpy as np


def softmax(z, axis=-1):
    e = np.exp(z - np.max(z, axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def log_probabilities(prediction, from_logits, axis):
    prediction = np.asarray(prediction, dtype=float)
    if not from_logits:
        return np.log(prediction)
    d = prediction - prediction.max(axis=axis, keepdims=True)
    return d - np.log(np.exp(d).sum(axis=axis, keepdims=True))


def pick(values, labels, axis):
    """The entry of each row that its label names."""
    return np.squeeze(np.take_along_axis(values, np.expand_dims(np.asarray(labels), axis), axis=axis), axis=axis)
