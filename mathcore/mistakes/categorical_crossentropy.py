"""Wrong losses of labels given as rows, and their wrong gradients."""

import numpy as np

from mathcore.mistakes._naive import log_probabilities, softmax


@np.errstate(all="ignore")
def softmax_twice(t, prediction, *, from_logits=False, axis=-1):
    """Treats the softmax of the logits as logits again: the loss cannot fall below log(1 + (n - 1) / e), 1.461 for n = 10."""
    scores = np.asarray(prediction, dtype=float)
    for _ in range(2 if from_logits else 1):
        scores = softmax(scores, axis)
    return -(t * np.log(scores)).sum(axis=axis)


@np.errstate(all="ignore")
def mean_over_classes(t, prediction, *, from_logits=False, axis=-1):
    """Takes the mean over the classes where a sum is meant: too small by the factor n."""
    log_q = log_probabilities(prediction, from_logits, axis)
    return -np.where(np.asarray(t) == 0, 0.0, t * log_q).mean(axis=axis)


@np.errstate(all="ignore")
def clipped(t, prediction, *, from_logits=False, axis=-1):
    """Takes the log of a softmax clipped at 1e-7: no sample costs more than 16.1 nats."""
    q = np.asarray(prediction, dtype=float)
    if from_logits:
        q = softmax(q, axis)
    return -(t * np.log(np.clip(q, 1e-7, 1 - 1e-7))).sum(axis=axis)


@np.errstate(all="ignore")
def gradient_uphill(t, logits, *, axis=-1):
    """Label minus prediction, the gradient with its sign turned: a step of gradient descent then climbs."""
    return t - softmax(np.asarray(logits, dtype=float), axis)


@np.errstate(all="ignore")
def gradient_of_the_mean(t, logits, *, axis=-1):
    """Divides prediction minus label by the number of classes."""
    z = np.asarray(logits, dtype=float)
    return (softmax(z, axis) - t) / z.shape[axis]


@np.errstate(all="ignore")
def in_bits(t, prediction, *, from_logits=False, axis=-1):
    """Takes the logarithm to base 2 where nats are promised: 1 instead of 0.693 for two equal logits."""
    log_q = log_probabilities(prediction, from_logits, axis)
    return -np.where(np.asarray(t) == 0, 0.0, t * log_q).sum(axis=axis) / np.log(2)


@np.errstate(all="ignore")
def gradient_of_the_logits(t, logits, *, axis=-1):
    """Logits minus labels, as for a squared error: the softmax is forgotten."""
    return np.asarray(logits, dtype=float) - t


@np.errstate(all="ignore")
def gradient_of_the_probabilities(t, logits, *, axis=-1):
    """Stops at the derivative with respect to the probabilities, -t / s: the chain rule through the softmax is missing."""
    return -np.asarray(t, dtype=float) / softmax(np.asarray(logits, dtype=float), axis)
