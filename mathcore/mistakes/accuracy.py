"""Wrong accuracies."""

import numpy as np


def counts_from_one(labels, prediction):
    """Takes label 1 for the first class: with the classes 0, 1, 2 the label 0 can never be right."""
    return np.mean(np.asarray(labels) - 1 == np.argmax(prediction, axis=-1))


def least_score(labels, prediction):
    """Takes the class with the smallest score, as if the scores were losses: of 0.7, 0.2, 0.1 the last instead of the first."""
    return np.mean(np.asarray(labels) == np.argmin(prediction, axis=-1))


def top_two(labels, prediction):
    """Counts a label among the two largest scores as right, the top-2 accuracy: with two classes it is always 1."""
    best = np.argsort(prediction, axis=-1)[..., -2:]
    return np.mean((best == np.expand_dims(labels, -1)).any(axis=-1))


def error_rate(labels, prediction):
    """Gives the share of wrong samples: 0.1 where the accuracy is 0.9."""
    return np.mean(np.asarray(labels) != np.argmax(prediction, axis=-1))


def above_one_half(labels, prediction):
    """Asks whether the score of the label is above 1/2, as for two classes: of 0.4, 0.3, 0.3 the largest is below."""
    return np.mean(np.take_along_axis(np.asarray(prediction), np.expand_dims(labels, -1), axis=-1) > 0.5)
