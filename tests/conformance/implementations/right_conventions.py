"""What people do otherwise and docs/judging.md takes for a convention, not for a fault: the judge passes it and tells of it.

Each says why it is right. `TOLD` holds the words of the report that tell of it.
"""

import numpy as np

from tests.conformance.implementations import _textbook as book
from tests.conformance.implementations import right
from tests.conformance.implementations._textbook import floats, log_softmax, sigmoid


def zero_times_infinity(t, z):
    """A masked class with the label 0 gives 0 times inf, nan, as in torch: the card accepts `nan for masks`."""
    return -(floats(t) * log_softmax(z)).sum(axis=-1)


def wraps_negative_labels(t, z):
    """A label of -1 is the last class, as NumPy indexes: labels that name no class may be answered."""
    return -log_softmax(z)[..., t]


def wraps_around(labels, classes):
    """A label of -1 is the last class: labels that name no class may be answered."""
    return np.eye(classes)[labels]


def small_unsigned_integers(t, y):
    """Integers of 8 bits without a sign are not supported: 1 - 2 is 255 there. All floats are right."""
    return np.abs(np.asarray(t) - np.asarray(y)).mean()


def all_rows_together(p):
    """A batch gives one number, the sum over its rows: it has no axis."""
    return -book.xlogx(p).sum()


def smallest_number_for_0(p, q, axis=-1):
    """The smallest normal number in the place of 0, 708 for inf: the card accepts `clipping`."""
    return book.kl_divergence(p, np.maximum(floats(q), np.finfo(floats(q).dtype).tiny), axis)


def smooths_all_entries(t, eps):
    """A batch is one long input: it has no axis."""
    t = floats(t)
    return t * (1 - eps) + eps / t.size


def second_axis(z):
    """Along axis 1, as channels lie, which is the last one of a matrix: it has no axis."""
    z = floats(z)
    return log_softmax(z, min(1, z.ndim - 1))


def uphill_velocity(w, g, v, eta, beta):
    """beta v + eta g: the velocity counts against the step, as in torch."""
    return beta * floats(v) + eta * floats(g)


def nan_becomes_0(x):
    """np.fmax prefers the number to nan: the card accepts `nan hidden`."""
    return np.fmax(floats(x), 0)


def one_minus_the_mirror(x):
    """Below 0 it is 1 minus the mirrored value, 0 from -37 on: that is 4e-17 off, which is ordinary accuracy."""
    x = floats(x)
    p = 1 / (1 + np.exp(-np.abs(x)))
    return np.where(x >= 0, p, 1 - p)


def rounds_to_0(x):
    """log(1 + tiny) rounds to 0 from -37 down: that is 4e-17 off, which is ordinary accuracy."""
    x = floats(x)
    return np.maximum(x, 0) + np.log(1 + np.exp(-np.abs(x)))


def one_entry_array(x):
    """A function of arrays: it gives one entry for a number."""
    return np.atleast_1d(sigmoid(x))


def number_for_one_entry(t, y):
    """np.float64 where the result has a single entry, as np.squeeze gives it."""
    g = np.asarray(2 * (floats(y) - floats(t)) / np.size(y))
    return g[0] if g.shape == (1,) else g


TOLD = {
    "zero_times_infinity": "by convention: nan for masks",
    "wraps_negative_labels": "give a number: wraps_negative_labels(-1, ",
    "wraps_around": "give a number: wraps_around(-1, ",
    "small_unsigned_integers": "not uint8: small_unsigned_integers([0], [1]) gives",
    "all_rows_together": "a batch gives the sum of its rows",
    "smallest_number_for_0": "by convention: clipping",
    "smooths_all_entries": "a batch is taken as one long input: it has no axis",
    "second_axis": "an array with three axes is taken along axis 1: it has no axis",
    "uphill_velocity": "by convention the velocity counts against the step",
    "nan_becomes_0": "the nan is lost",
    "one_minus_the_mirror": "beyond this card's bar (1.25 ULP), within what textbook code reaches",
    "rounds_to_0": "beyond this card's bar (1.25 ULP), within what textbook code reaches",
    "one_entry_array": "it takes arrays, not single numbers",
    "number_for_one_entry": "gives a number, not an array of one entry",
}

ENTRIES = (
    right("categorical_crossentropy", zero_times_infinity, "0 times inf", "convention"),
    right("sparse_categorical_crossentropy", wraps_negative_labels, "negative label", "convention"),
    right("one_hot", wraps_around, "negative label", "convention"),
    right("mean_absolute_error", small_unsigned_integers, "no unsigned numbers", "convention"),
    right("entropy", all_rows_together, "batch summed", "convention"),
    right("kl_divergence", smallest_number_for_0, "708 for inf", "convention"),
    right("label_smoothing", smooths_all_entries, "one long input", "convention"),
    right("log_softmax", second_axis, "second axis", "convention"),
    right("momentum_velocity", uphill_velocity, "velocity of the other sign", "convention"),
    right("relu", nan_becomes_0, "nan hidden", "convention"),
    right("sigmoid", one_minus_the_mirror, "tail by the rest", "cancels", "convention"),
    right("softplus", rounds_to_0, "logarithm of 1 + tiny", "cancels", "convention"),
    right("sigmoid", one_entry_array, "one entry for a number", "convention"),
    right("mean_squared_error_gradient", number_for_one_entry, "number for one entry", "convention"),
)
