"""Of class labels: one-hot rows, accuracy, and crossentropy of labels as rows or as class numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from .._arrays import whole_number
from ..crossentropy import FROM_LOGITS
from ._space import FLOATS, WHOLE, Space, name_of
from .logits import exponentials
from .probabilities import surprisal

if TYPE_CHECKING:
    from .._arrays import Axis, Rows

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


def categorical_crossentropy(
    t: Array, prediction: Array, *, from_logits: bool = False, axis: Axis = -1, validate: bool = True
) -> Array:
    space, rows = _categorical("categorical_crossentropy", t, prediction, from_logits, axis, validate)
    loss = _loss_of_logits if from_logits else _loss_of_probabilities
    return space.values(loss(space, rows)[0], rows)


def categorical_crossentropy_value_and_grad(
    t: Array, prediction: Array, *, from_logits: bool = False, axis: Axis = -1, validate: bool = True
) -> tuple[Array, Array]:
    space, rows = _categorical("categorical_crossentropy_value_and_grad", t, prediction, from_logits, axis, validate)
    loss = _loss_of_logits if from_logits else _loss_of_probabilities
    value, gradient = loss(space, rows)
    return space.values(value, rows), space.out(gradient)


def sparse_categorical_crossentropy(
    labels: Array, prediction: Array, *, from_logits: bool = False, axis: Axis = -1, validate: bool = True
) -> Array:
    space, rows, label, wrong = _sparse("sparse_categorical_crossentropy", labels, prediction, from_logits, axis, validate)
    loss = _surprisal_of_logits if from_logits else _surprisal_of_probabilities
    return space.values(space.where(wrong, space.xp.nan, loss(space, rows, label)[0]), rows)


def sparse_categorical_crossentropy_value_and_grad(
    labels: Array, prediction: Array, *, from_logits: bool = False, axis: Axis = -1, validate: bool = True
) -> tuple[Array, Array]:
    name = "sparse_categorical_crossentropy_value_and_grad"
    space, rows, label, wrong = _sparse(name, labels, prediction, from_logits, axis, validate)
    loss = _surprisal_of_logits if from_logits else _surprisal_of_probabilities
    value, gradient = [space.where(wrong, space.xp.nan, x) for x in loss(space, rows, label)]
    return space.values(value, rows), space.out(gradient)


# labels as rows ---------------------------------------------------------------------------------------------------------


def _categorical(function: str, t: Array, prediction: Array, from_logits: bool, axis: Axis, validate: bool) -> tuple[Space, Rows]:
    space = Space(function, t=t, prediction=prediction)
    space.same_shape("t", "prediction")
    rows = space.rows("prediction", axis)
    if validate:
        space.check_pmf("t", rows, axis)
        if not from_logits:
            space.check_pmf("prediction", rows, axis, FROM_LOGITS)
    return space, rows


def _loss_of_probabilities(space: Space, rows: Rows) -> tuple[Array, Array]:
    t, q = space.real("t"), space.real("prediction")
    return surprisal(space, t, q, rows), 0.0 - space.where((t == 0) & (q == 0), 0.0, space.quotient(t, q))


def _loss_of_logits(space: Space, rows: Rows) -> tuple[Array, Array]:
    """sum t (log(sum of exponentials) - z), and T s - t: where both are more than half of T, by s (T - t) - t (1 - s)."""
    t, z, axes = space.real("t"), space.real("prediction"), rows.reduced
    mass = space.total(t, axes)
    label = space.constant(t) > space.constant(mass) / 2
    found = exponentials(space, z, axes, label)
    cost = space.where((t == 0) & (found.surprisals == space.xp.inf), 0.0, found.surprisals)
    s, rest = found.probabilities, found.rivals / (1 + found.rivals)
    gradient = space.where(label & (s > 0.5), s * (mass - t) - t * rest, mass * s - t)
    return space.total(t * cost, axes), gradient


# labels as class numbers ----------------------------------------------------------------------------------------------


def _sparse(
    function: str, labels: Array, prediction: Array, from_logits: bool, axis: Axis, validate: bool
) -> tuple[Space, Rows, Array, Array]:
    """And which entries are those of the labels, and which labels name no class, where that was not known before."""
    space = Space(function, labels=labels, prediction=prediction)
    rows = space.rows("prediction", axis)
    given = _whole(space)
    wrong = _check_labels(space, given, rows.length)
    if not _fits(space, rows):
        raise ValueError(
            f"{function}: labels must have the shape of prediction without its class axes, {rows.batch}, got "
            f"{space.shapes['labels']}. Pass one class number a sample; one-hot rows go to categorical_crossentropy."
        )
    if validate and not from_logits:
        space.check_pmf("prediction", rows, axis, FROM_LOGITS)
    for a in rows.reduced:
        given, wrong = space.xp.expand_dims(given, axis=a), space.xp.expand_dims(wrong, axis=a)
    return space, rows, given == _along(space, rows), wrong


def _surprisal_of_probabilities(space: Space, rows: Rows, label: Array) -> tuple[Array, Array]:
    q = space.real("prediction")
    chosen = space.sum(space.where(label, q, 0.0), rows.reduced)
    gradient = space.where(label, 0.0 - space.quotient(1.0, space.where(label, q, 1.0)), 0.0)
    return 0.0 - space.log(chosen), gradient


def _surprisal_of_logits(space: Space, rows: Rows, label: Array) -> tuple[Array, Array]:
    found = exponentials(space, space.real("prediction"), rows.reduced, label)
    s, rest = found.probabilities, found.rivals / (1 + found.rivals)
    gradient = space.where(label, space.where(s > 0.5, -rest, s - 1), s)
    return space.sum(space.where(label, found.surprisals, 0.0), rows.reduced), gradient


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
