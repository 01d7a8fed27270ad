"""Wrong losses of labels given as class numbers."""

import numpy as np


@np.errstate(all="ignore")
def counts_from_one(labels, prediction, *, from_logits=False, axis=-1):
    """Takes label 1 for the first class: every sample is scored on the class before its own."""
    prediction = np.asarray(prediction, dtype=float)
    if from_logits:
        d = prediction - prediction.max(axis=axis, keepdims=True)
        log_q = d - np.log(np.exp(d).sum(axis=axis, keepdims=True))
    else:
        log_q = np.log(prediction)
    labels = np.asarray(labels) - 1
    return -np.squeeze(np.take_along_axis(log_q, np.expand_dims(labels, axis), axis=axis), axis=axis)


@np.errstate(all="ignore")
def wraps_negative_labels(labels, prediction, *, from_logits=False, axis=-1):
    """Lets a label of -1, often the mark of a missing one, mean the last class: no error, a wrong loss."""
    prediction = np.asarray(prediction, dtype=float)
    if from_logits:
        d = prediction - prediction.max(axis=axis, keepdims=True)
        log_q = d - np.log(np.exp(d).sum(axis=axis, keepdims=True))
    else:
        log_q = np.log(prediction)
    labels = np.asarray(labels) % log_q.shape[axis]
    return -np.squeeze(np.take_along_axis(log_q, np.expand_dims(labels, axis), axis=axis), axis=axis)


@np.errstate(all="ignore")
def of_the_likeliest_class(labels, prediction, *, from_logits=False, axis=-1):
    """Scores the class that the model prefers, whatever the label says."""
    prediction = np.asarray(prediction, dtype=float)
    if from_logits:
        d = prediction - prediction.max(axis=axis, keepdims=True)
        log_q = d - np.log(np.exp(d).sum(axis=axis, keepdims=True))
    else:
        log_q = np.log(prediction)
    return -log_q.max(axis=axis)
