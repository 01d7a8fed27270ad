"""Accuracy: the share of samples whose largest score is that of the label."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ._arrays import anywhere, foreign, label_array, real_array, rows_of, whole_number

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


def accuracy(labels: ArrayLike, prediction: ArrayLike, *, axis: int = -1) -> np.float64:
    """The share of samples whose first largest score is at the label: one float64, correctly rounded.

    Parameters
    ----------
    labels : array_like
        Class numbers from 0, integers, of the shape of `prediction` without its class axis.
    prediction : array_like
        Scores of any kind, probabilities or logits: float16, float32, float64, integers or booleans.
    axis : int
        The axis of the classes.

    Returns
    -------
    numpy.float64
        From 0 to 1, the mean over all samples. Of equal scores the first counts, as in numpy.argmax; a sample with a nan
        among its scores has no largest one and counts as wrong.

    Raises
    ------
    ValueError
        If a label names no class, the shapes do not match, there are no samples or no classes, or the axis is out of
        range.
    TypeError
        If labels or `axis` are not integers, or `prediction` holds anything but real numbers.

    Examples
    --------
    >>> float(accuracy([0, 2], [[0.7, 0.2, 0.1], [0.5, 0.4, 0.1]]))
    0.5
    """
    if foreign(labels, prediction):
        return anywhere("accuracy", labels, prediction, axis=axis)  # type: ignore[no-any-return]  # as typed there
    name = "accuracy"
    scores = real_array(name, "prediction", prediction)
    try:
        axis = whole_number(axis)
    except TypeError as error:
        raise TypeError(f"{name}: axis must be one integer, got {axis!r}. Reshape to a single class axis first.") from error
    if scores.ndim == 0:
        raise ValueError(f"{name}: prediction must have a class axis, got a single number. Pass the scores of every class.")
    classes = scores.shape[rows_of(name, "prediction", scores, axis).reduced[0]]
    truth = label_array(name, labels, classes)
    scores = np.moveaxis(scores, axis, -1)
    if truth.shape != scores.shape[:-1]:
        raise ValueError(
            f"{name}: labels must have the shape of prediction without axis {axis}, {scores.shape[:-1]}, got {truth.shape}. "
            f"Pass class numbers, for example one_hot_labels.argmax(-1)."
        )
    if truth.size == 0:
        raise ValueError(f"{name}: there are no samples in labels of shape {truth.shape}. Pass at least one.")
    return np.float64(_right(truth, scores).sum() / truth.size)


def _right(truth: NDArray[np.intp], scores: NDArray[np.floating]) -> NDArray[np.bool_]:
    """Whether the first largest score of each row is at its label."""
    truth, scores = truth.reshape(-1), scores.reshape(truth.size, -1)
    first = scores.argmax(axis=-1)
    largest = scores[np.arange(truth.size), first]
    right: NDArray[np.bool_] = (first == truth) & (largest == largest)  # argmax finds a nan before any number
    return right
