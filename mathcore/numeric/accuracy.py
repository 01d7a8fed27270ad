"""Accuracy: the share of samples whose largest score is that of the label."""

from __future__ import annotations

import numpy as np

from ._arrays import whole_number
from ._space import VALUE, Array, ArrayLike, Space, space


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
        If a label names no class, the shapes do not match, there are no samples or no classes, or the axis is out of range.
    TypeError
        If labels or `axis` are not integers, or `prediction` holds anything but real numbers.

    Examples
    --------
    >>> float(accuracy([0, 2], [[0.7, 0.2, 0.1], [0.5, 0.4, 0.1]]))
    0.5
    """
    name = "accuracy"
    call = space(name, labels=labels, prediction=prediction)
    try:
        axis = whole_number(axis)
    except TypeError as error:
        raise TypeError(f"{name}: axis must be one integer, got {axis!r}. Reshape to a single class axis first.") from error
    if len(call.shape("prediction")) == 0:
        raise ValueError(f"{name}: prediction must have a class axis, got a single number. Pass the scores of every class.")
    call.along("prediction", axis)
    shape = f"have the shape of prediction without axis {axis}, {{}}, got {{}}. "
    call.check_labels(shape + "Pass class numbers, for example one_hot_labels.argmax(-1).")
    if 0 in call.rows.batch:
        raise ValueError(f"{name}: there are no samples in labels of shape {call.rows.batch}. Pass at least one.")
    right = call.by_row(_right, "labels", "prediction", gives=(VALUE,), formats=(call.known_format("float64"),))
    return call.xp.mean(right)  # type: ignore[no-any-return]  # as typed there


def _right(row: Space, labels: Array, scores: Array) -> Array:
    """1 where the first largest score of a row is at its label."""
    leader, top = row.leader(scores)
    right = row.sum(row.where(leader & (labels == row.numbers), 1.0, 0.0))
    return row.where(top == top, right, 0.0)  # a sample with a nan has no largest score
