"""Class numbers as rows of zeros with a single one."""

from __future__ import annotations

import reprlib
from typing import TYPE_CHECKING, Any

import numpy as np

from ._arrays import whole_number
from ._space import ArrayLike, space

if TYPE_CHECKING:
    from numpy.typing import DTypeLike, NDArray


def one_hot(labels: ArrayLike, classes: int | None = None, *, dtype: DTypeLike = np.float64) -> NDArray[Any]:
    """Exactly one 1 a label, at its class number, and 0 elsewhere.

    Parameters
    ----------
    labels : array_like
        Integers from 0 to classes - 1, of any shape.
    classes : int, optional
        How many classes there are; None takes the largest label plus one.
    dtype : data-type
        Of the result: float16, float32, float64, an integer type or bool.

    Returns
    -------
    numpy.ndarray
        Of shape labels.shape + (classes,).

    Raises
    ------
    ValueError
        If a label is negative or at least `classes`, or `classes` is below 1, not given for no labels, or too large for
        the memory.
    TypeError
        If labels or `classes` are not integers, or `dtype` cannot hold real numbers.

    Examples
    --------
    >>> one_hot([2, 0], 3).tolist()
    [[0.0, 0.0, 1.0], [1.0, 0.0, 0.0]]
    """
    call = space("one_hot", labels=labels)
    result = call.format_named(dtype)
    if classes is not None:
        try:
            classes = whole_number(classes)
        except TypeError as error:
            raise TypeError(
                f"one_hot: classes must be an integer, got {reprlib.repr(classes)}. Pass how many classes there are."
            ) from error
        if classes < 1:
            raise ValueError(f"one_hot: classes must be at least 1, got {classes}. Pass how many classes there are.")
    array, classes = call.counted(classes)
    try:
        rows: NDArray[Any] = call.cast(array[..., None] == call.counting(classes), result)
    except (MemoryError, ValueError, OverflowError) as error:
        raise ValueError(
            f"one_hot: {classes} classes for {array.size} labels need more memory than there is. "
            f"Number the classes from 0 without gaps, or keep class numbers as they are."
        ) from error
    return rows
