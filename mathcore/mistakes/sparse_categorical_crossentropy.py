"""Wrong losses of labels given as class numbers, and their wrong gradients."""

import numpy as np

from mathcore.mistakes._naive import log_probabilities, pick, softmax


@np.errstate(all="ignore")
def counts_from_one(labels, prediction, *, from_logits=False, axis=-1):
    """Takes label 1 for the first class: every sample is scored on the class before its own."""
    return -pick(log_probabilities(prediction, from_logits, axis), np.asarray(labels) - 1, axis)


@np.errstate(all="ignore")
def wraps_negative_labels(labels, prediction, *, from_logits=False, axis=-1):
    """Lets a label of -1, often the mark of a missing one, mean the last class: no error, a wrong loss."""
    log_q = log_probabilities(prediction, from_logits, axis)
    return -pick(log_q, np.asarray(labels) % log_q.shape[axis], axis)


@np.errstate(all="ignore")
def of_the_likeliest_class(labels, prediction, *, from_logits=False, axis=-1):
    """Scores the class that the model prefers, whatever the label says."""
    return -log_probabilities(prediction, from_logits, axis).max(axis=axis)


@np.errstate(all="ignore")
def gradient_of_the_loss_alone(label, logits, *, axis=-1):
    """Forgets to take 1 from the true class: softmax itself, which pushes every score down."""
    return softmax(np.asarray(logits, dtype=float), axis)


@np.errstate(all="ignore")
def gradient_by_subtraction(label, logits, *, axis=-1):
    """Computes p - 1 for the true class by subtraction: 0 as soon as p rounds to 1."""
    gradient = softmax(np.asarray(logits, dtype=float), axis)
    gradient[label] -= 1
    return gradient


@np.errstate(all="ignore")
def without_the_logarithm(labels, prediction, *, from_logits=False, axis=-1):
    """One minus the probability of the true class: 0.5 instead of 0.693 for two equal scores, and never above 1."""
    return 1 - np.exp(pick(log_probabilities(prediction, from_logits, axis), labels, axis))


@np.errstate(all="ignore")
def gradient_uphill(label, logits, *, axis=-1):
    """Label minus prediction, the gradient with its sign turned: a step of gradient descent then climbs."""
    gradient = -softmax(np.asarray(logits, dtype=float), axis)
    gradient[label] += 1
    return gradient


@np.errstate(all="ignore")
def gradient_counts_from_one(label, logits, *, axis=-1):
    """Takes 1 from the class before the true one: a step pushes up the score of the wrong class."""
    gradient = softmax(np.asarray(logits, dtype=float), axis)
    gradient[np.asarray(label) - 1] -= 1
    return gradient
