"""Of class labels: one-hot rows, accuracy, and crossentropy of labels as rows or as class numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from .._arrays import whole_number
from ._space import FLOATS, WHOLE, Space, name_of

if TYPE_CHECKING:
    from .._arrays import Rows

    Array = Any


def one_hot(labels: Array, classes: int | None = None, *, dtype: Any = np.float64) -> Array:
    name = "one_hot"
    try:
        wanted = np.dtype(dtype).name
    except (TypeError, ValueError):  # a type of the library
        wanted = name_of(dtype)
    if wanted not in (*FLOATS, *WHOLE):
        raise TypeError(f"{name}: dtype must be a float, integer or boolean type, got {dtype!r}. Use for example np.float64.")
    if classes is not None:
        try:
            classes = whole_number(classes)
        except TypeError as error:
            raise TypeError(f"{name}: classes must be an integer, got {classes!r}. Pass how many classes there are.") from error
        if classes < 1:
            raise ValueError(f"{name}: classes must be at least 1, got {classes}. Pass how many classes there are.")
    space = Space(name, labels=labels)
    given = _whole(space)
    if classes is None:
        if not all(space.shapes["labels"]):
            raise ValueError(f"{name}: there are no labels to count classes from. Pass classes=.")
        classes = _largest(space, given) + 1
    wrong = _check_labels(space, given, classes)
    given = space.xp.expand_dims(space.xp.where(wrong, -1, given), axis=-1)
    return space.xp.astype(given == _numbers(space, classes), space.known(wanted))


def accuracy(labels: Array, prediction: Array, *, axis: int = -1) -> Array:
    name = "accuracy"
    space = Space(name, labels=labels, prediction=prediction)
    try:
        axis = whole_number(axis)
    except TypeError as error:
        raise TypeError(f"{name}: axis must be one integer, got {axis!r}. Reshape to a single class axis first.") from error
    if not space.shapes["prediction"]:
        raise ValueError(f"{name}: prediction must have a class axis, got a single number. Pass the scores of every class.")
    rows = space.rows("prediction", axis)
    truth = _whole(space)
    _check_labels(space, truth, rows.length)
    if not _fits(space, rows):
        raise ValueError(
            f"{name}: labels must have the shape of prediction without axis {axis}, {rows.batch}, got "
            f"{space.shapes['labels']}. Pass class numbers, for example one_hot_labels.argmax(-1)."
        )
    if not all(rows.batch):
        raise ValueError(f"{name}: there are no samples in labels of shape {space.shapes['labels']}. Pass at least one.")
    xp, scores = space.xp, space.given["prediction"]
    if space.formats["prediction"] == "bool":
        scores = space.real("prediction")
    number = _along(space, rows)
    tops = scores == xp.max(scores, axis=rows.reduced, keepdims=True)  # none in a row with a nan
    first = xp.min(xp.where(tops, number, rows.length), axis=rows.reduced)
    right = xp.astype(first == space.cast(truth, number.dtype), space.known("float64"))
    return xp.mean(right)


def _whole(space: Space) -> Array:
    """Labels as integers that can be compared with class numbers."""
    given, kind = space.given["labels"], space.formats["labels"]
    if kind in FLOATS and all(space.shapes["labels"]):
        raise TypeError(f"{space.function}: labels must be integers, got {kind}. Convert them with an integer type first.")
    return space.cast(given, space.known("int64"))


def _check_labels(space: Space, labels: Array, classes: int) -> Array:
    """Which labels name no class: an error if that is known now."""
    wrong = (labels < 0) | (labels >= classes)
    if all(space.shapes["labels"]) and space.says(space.xp.any(wrong)):
        index = space.place(wrong)
        raise ValueError(
            f"{space.function}: labels must be from 0 to {classes - 1} for {classes} classes; {space.named('labels', index)} is "
            f"{int(labels[index])}. Count classes from 0, and drop samples marked with other numbers."
        )
    return wrong


def _largest(space: Space, labels: Array) -> int:
    try:
        if not space.lazy:
            return max(int(space.xp.max(labels)), 0)
    except (TypeError, RuntimeError):
        pass
    raise TypeError(f"{space.function}: labels are not known yet, in a lazy array or under a tracer. Pass classes=.")


def _fits(space: Space, rows: Rows) -> bool:
    """Whether labels have the shape of the batch, as far as that is known."""
    shape = space.shapes["labels"]
    return len(shape) == len(rows.batch) and all(a == b or a != a or b != b for a, b in zip(shape, rows.batch, strict=True))


def _numbers(space: Space, classes: int) -> Array:
    return space.xp.arange(classes, dtype=space.known("int64"), **space.placed)


def _along(space: Space, rows: Rows) -> Array:
    """The class number of each entry of a row, in C order along its axes."""
    shape = tuple(size if a in rows.reduced else 1 for a, size in enumerate(rows.shape))
    return space.xp.reshape(_numbers(space, rows.length), shape)
