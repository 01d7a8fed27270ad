"""Wrong accuracies."""

import numpy as np


def counts_from_one(labels, prediction):
    """Takes label 1 for the first class."""
    return np.mean(np.asarray(labels) - 1 == np.argmax(prediction, axis=-1))


def least_score(labels, prediction):
    """Takes the class with the smallest score, as if the scores were losses."""
    return np.mean(np.asarray(labels) == np.argmin(prediction, axis=-1))


def top_two(labels, prediction):
    """Counts a label among the two largest scores as right: the top-2 accuracy."""
    best = np.argsort(prediction, axis=-1)[..., -2:]
    return np.mean((best == np.expand_dims(labels, -1)).any(axis=-1))


def error_rate(labels, prediction):
    """Gives the share of wrong samples."""
    return np.mean(np.asarray(labels) != np.argmax(prediction, axis=-1))


def above_one_half(labels, prediction):
    """Asks whether the score of the label is above 1/2, as for two classes: with more of them the largest may be below."""
    return np.mean(np.take_along_axis(np.asarray(prediction), np.expand_dims(labels, -1), axis=-1) > 0.5)
