"""Wrong accuracies, similarities, smoothed labels and one-hot vectors."""

import numpy as np

from tests.conformance.implementations import _textbook as book
from tests.conformance.implementations import wrong
from tests.conformance.implementations._textbook import floats

# accuracy ----------------------------------------------------------------------------------------------------


def among_the_best_two(t, z):
    """Right if the label is among the best two."""
    return float(t in np.argsort(z)[-2:])


def compares_from_one(t, z):
    """Counts the predicted class from 1."""
    return float(np.argmax(z) + 1 == t)


def least_likely(t, z):
    """Takes the smallest score for the prediction."""
    return float(np.argmin(z) == t)


def error_rate(t, z):
    """The share of errors."""
    return float(np.argmax(z) != t)


def above_one_half(t, z):
    """Right if the score of the label is above 1/2."""
    return float(np.asarray(z)[t] > 0.5)


def count_of_hits(t, z):
    """In a batch the number of hits, not their share."""
    return float(np.sum(np.argmax(z, axis=-1) == t))


# cosine similarity -------------------------------------------------------------------------------------------


def dot_product(v, w):
    """Not divided by the lengths."""
    return (floats(v) * floats(w)).sum(axis=-1)


def cosine_of_positive(v, w):
    """Cut to the range from 0 to 1: opposite vectors count as perpendicular."""
    v, w = floats(v), floats(w)
    return max(float(v @ w / (np.linalg.norm(v) * np.linalg.norm(w))), 0.0)


def cosine_distance(v, w):
    """1 minus the similarity."""
    v, w = floats(v), floats(w)
    return 1 - v @ w / (np.linalg.norm(v) * np.linalg.norm(w))


def lengths_squared(v, w):
    """Divided by the squares of the lengths."""
    v, w = floats(v), floats(w)
    return v @ w / ((v @ v) * (w @ w))


def correlation(v, w):
    """Subtracts the means first: the correlation."""
    v, w = floats(v), floats(w)
    v, w = v - v.mean(), w - w.mean()
    return v @ w / (np.linalg.norm(v) * np.linalg.norm(w))


def angle(v, w):
    """The angle."""
    v, w = floats(v), floats(w)
    return np.arccos(np.clip(v @ w / (np.linalg.norm(v) * np.linalg.norm(w)), -1, 1))


def with_epsilon(v, w):
    """Adds 1e-3 to the divisor."""
    v, w = floats(v), floats(w)
    return v @ w / (np.linalg.norm(v) * np.linalg.norm(w) + 1e-3)


def sums_of_absolutes(v, w):
    """Sums of absolute values for the lengths."""
    v, w = floats(v), floats(w)
    return v @ w / (np.abs(v).sum() * np.abs(w).sum())


def one_length_only(v, w):
    """Divided by the length of the first vector only."""
    v, w = floats(v), floats(w)
    return v @ w / np.linalg.norm(v)


# label smoothing ---------------------------------------------------------------------------------------------


def over_the_others(t, eps):
    """Shares eps among the n - 1 other classes."""
    t = floats(t)
    n = t.shape[-1]
    return t * (1 - eps) + (1 - t) * (eps / max(n - 1, 1))


def eps_and_rest_exchanged(t, eps):
    """Keeps eps of the label."""
    t = floats(t)
    return t * eps + (1 - eps) / t.shape[-1]


def added_without_scaling(t, eps):
    """Adds eps / n and takes nothing away: the sum is 1 + eps."""
    t = floats(t)
    return t + eps / t.shape[-1]


def ten_classes(t, eps):
    """Shares among ten classes, however many there are."""
    return floats(t) * (1 - eps) + eps / 10


def zeros_only(t, eps):
    """Fills the zeros and leaves the largest as it is."""
    t = floats(t)
    return np.where(t == 0, eps / t.shape[-1], t)


# one-hot -----------------------------------------------------------------------------------------------------


def class_in_rows(labels, classes):
    """A batch comes out transposed: classes in rows."""
    return book.one_hot(labels, classes).T


def one_class_further(labels, classes):
    """The 1 stands one class further."""
    return book.one_hot((np.asarray(labels) + 1) % classes, classes)


def nothing_for_class_zero(labels, classes):
    """Class 0 is the absence of a class: all zeros."""
    return book.one_hot(labels, classes) * (np.asarray(labels) != 0)[..., None]


def one_cold(labels, classes):
    """0 at the label and 1 elsewhere."""
    return 1 - book.one_hot(labels, classes)


def thermometer(labels, classes):
    """Ones up to the label."""
    return (np.arange(classes) <= np.asarray(labels)[..., None]).astype(float)


def as_many_as_needed(labels, classes):
    """As many columns as the largest label needs."""
    return book.one_hot(labels, int(np.max(labels)) + 1)


def nearly_hot(labels, classes):
    """0.999999 for 1."""
    return book.one_hot(labels, classes) * 0.999999


ENTRIES = (
    wrong("accuracy", among_the_best_two, "best two", "(0, [1.0, 2.0, 0.0])"),
    wrong("accuracy", compares_from_one, "labels off by one", "(0, [2.0, 1.0])"),
    wrong("accuracy", least_likely, "minimum for maximum", "(0, [2.0, 1.0])"),
    wrong("accuracy", error_rate, "complement", "(0, [2.0, 1.0])"),
    wrong("accuracy", above_one_half, "threshold for maximum", "(0, [0.4, 0.3, 0.3])"),
    wrong("accuracy", count_of_hits, "sum for mean", "(np.array([0, 1]), [[2.0, 1.0], [0.0, 1.0]])"),
    wrong("cosine_similarity", dot_product, "not normalised", "([1.0, 2.0], [2.0, 1.0])"),
    wrong("cosine_similarity", cosine_of_positive, "negative values cut", "([1.0, 2.0], [-2.0, -1.0])"),
    wrong("cosine_similarity", cosine_distance, "complement", "([1.0, 2.0], [2.0, 1.0])"),
    wrong("cosine_similarity", lengths_squared, "root missing", "([1.0, 2.0], [2.0, 1.0])"),
    wrong("cosine_similarity", correlation, "centred", "([1.0, 2.0, 5.0], [2.0, 1.0, 1.0])"),
    wrong("cosine_similarity", angle, "angle for its cosine", "([1.0, 2.0], [2.0, 1.0])"),
    wrong("cosine_similarity", with_epsilon, "epsilon in the divisor", "([1.0, 2.0], [2.0, 1.0])"),
    wrong("cosine_similarity", sums_of_absolutes, "another norm", "([1.0, 2.0], [2.0, 1.0])"),
    wrong("cosine_similarity", one_length_only, "one divisor missing", "([1.0, 2.0], [2.0, 1.0])"),
    wrong("label_smoothing", over_the_others, "n - 1", "([1.0, 0.0, 0.0], 0.1)"),
    wrong("label_smoothing", eps_and_rest_exchanged, "parameters exchanged", "([1.0, 0.0, 0.0], 0.1)"),
    wrong("label_smoothing", added_without_scaling, "nothing taken away", "([1.0, 0.0, 0.0], 0.1)"),
    wrong("label_smoothing", ten_classes, "number of classes fixed", "([1.0, 0.0, 0.0], 0.1)"),
    wrong("label_smoothing", zeros_only, "zeros only", "([1.0, 0.0, 0.0], 0.1)"),
    wrong("one_hot", class_in_rows, "transposed", "(np.array([0, 1, 1]), 2)", "shape"),
    wrong("one_hot", one_class_further, "labels off by one", "(0, 3)"),
    wrong("one_hot", nothing_for_class_zero, "only class 0", "(0, 3)"),
    wrong("one_hot", one_cold, "complement", "(0, 3)"),
    wrong("one_hot", thermometer, "cumulative", "(1, 3)"),
    wrong("one_hot", as_many_as_needed, "size ignored", "(1, 3)", "shape"),
    wrong("one_hot", nearly_hot, "slightly less than 1", "(0, 3)", far=1e-7),
)
