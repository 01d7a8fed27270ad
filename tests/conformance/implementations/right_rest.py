"""Right accuracies, similarities, smoothed labels and one-hot vectors."""

import math

import numpy as np

from tests.conformance.implementations import _textbook as book
from tests.conformance.implementations import right
from tests.conformance.implementations._textbook import floats

# accuracy ----------------------------------------------------------------------------------------------------


def accuracy_by_argmax(t, z):
    """The mean of argmax == label."""
    return np.mean(np.argmax(z, axis=-1) == t)


def accuracy_as_bool(t, z):
    """True or False for one sample."""
    return bool(np.argmax(z) == t)


def accuracy_of_lists(t, z):
    """Python's max and index."""
    z = list(z)
    return float(z.index(max(z)) == t)


def accuracy_by_sklearn(t, z):
    """sklearn.metrics.accuracy_score of the predicted classes."""
    from sklearn.metrics import accuracy_score

    return accuracy_score(np.atleast_1d(t), np.atleast_1d(np.argmax(z, axis=-1)))


# cosine similarity -------------------------------------------------------------------------------------------


def cosine(v, w):
    """The dot product over the product of np.linalg.norm."""
    v, w = floats(v), floats(w)
    return (v * w).sum(axis=-1) / (np.linalg.norm(v, axis=-1) * np.linalg.norm(w, axis=-1))


def cosine_of_unit_vectors(v, w):
    """Both are normalised first."""
    v, w = floats(v), floats(w)
    v = v / np.linalg.norm(v, axis=-1, keepdims=True)
    w = w / np.linalg.norm(w, axis=-1, keepdims=True)
    return np.einsum("...k,...k->...", v, w)


def cosine_by_hypot(v, w):
    """math.hypot and math.fsum."""
    v, w = [float(x) for x in v], [float(x) for x in w]
    a, b = math.hypot(*v), math.hypot(*w)
    return math.fsum((x / a) * (y / b) for x, y in zip(v, w, strict=True))


def cosine_by_torch(v, w):
    """torch's cosine_similarity."""
    import torch

    return torch.nn.functional.cosine_similarity(
        torch.from_numpy(floats(v).copy()), torch.from_numpy(floats(w).copy()), dim=-1, eps=0
    ).numpy()


def cosine_by_scipy(v, w):
    """1 minus SciPy's distance: as good as 1 has digits."""
    from scipy.spatial.distance import cosine

    return 1 - cosine(floats(v), floats(w))


# label smoothing ---------------------------------------------------------------------------------------------


def smoothing(t, eps):
    """(1 - eps) t + eps / n."""
    t = floats(t)
    return (1 - eps) * t + eps / t.shape[-1]


def smoothing_by_mean(t, label_smoothing=0.1):
    """Moved towards the uniform distribution, with a keyword."""
    t = floats(t)
    uniform = np.full_like(t, 1 / t.shape[-1])
    return (1 - label_smoothing) * t + label_smoothing * uniform


def smoothing_of_lists(t, eps):
    """A list comprehension."""
    return [(1 - eps) * x + eps / len(t) for x in t]


# one-hot -----------------------------------------------------------------------------------------------------


def one_hot_by_eye(labels, classes):
    """Rows of np.eye."""
    labels = np.asarray(labels)
    if labels.min() < 0 or labels.max() >= classes:
        raise ValueError("a label names no class")
    return np.eye(classes)[labels]


def one_hot_by_comparison(labels, classes):
    """Compared with arange: booleans."""
    return np.asarray(labels)[..., None] == np.arange(classes)


def one_hot_of_integers(labels, classes):
    """An array of integers, set at the label."""
    labels = np.asarray(labels)
    rows = np.zeros((labels.size, classes), dtype=int)
    rows[np.arange(labels.size), labels.ravel()] = 1
    return rows.reshape((*labels.shape, classes))


def one_hot_by_torch(labels, classes):
    """torch's one_hot."""
    import torch

    return torch.nn.functional.one_hot(torch.as_tensor(np.asarray(labels, dtype=np.int64)), int(classes)).numpy()


def one_hot_of_lists(label, n):
    """A list of Python numbers."""
    return [1.0 if k == label else 0.0 for k in range(n)]


ENTRIES = (
    right("accuracy", accuracy_by_argmax, "mean of a comparison"),
    right("accuracy", accuracy_as_bool, "bool"),
    right("accuracy", accuracy_of_lists, "index of the maximum", "vectors"),
    right("accuracy", accuracy_by_sklearn, "scikit-learn", needs="sklearn"),
    right("cosine_similarity", cosine, "norm"),
    right("cosine_similarity", cosine_of_unit_vectors, "normalised first"),
    right("cosine_similarity", cosine_by_hypot, "hypot", "vectors"),
    right("cosine_similarity", cosine_by_torch, "torch and back", needs="torch"),
    right("cosine_similarity", cosine_by_scipy, "1 minus a distance", "vectors", "cancels", needs="scipy"),
    right("label_smoothing", smoothing, "textbook"),
    right("label_smoothing", smoothing_by_mean, "keyword", call="f(t, label_smoothing=eps)"),
    right("label_smoothing", smoothing_of_lists, "list as a result", "vectors"),
    right("one_hot", book.one_hot, "comparison as floats"),
    right("one_hot", one_hot_by_eye, "row of np.eye"),
    right("one_hot", one_hot_by_comparison, "booleans"),
    right("one_hot", one_hot_of_integers, "integers"),
    right("one_hot", one_hot_by_torch, "torch and back", needs="torch"),
    right("one_hot", one_hot_of_lists, "list as a result", "vectors"),
)
