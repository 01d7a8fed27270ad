"""Class numbers as rows of zeros with a single one."""

from __future__ import annotations

import reprlib
from typing import TYPE_CHECKING, Any

import numpy as np

from ._arrays import anywhere, foreign, holds_real_numbers, label_array, whole_number
from ._blocks import MOST_AXES

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, DTypeLike, NDArray


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
    if foreign(labels):
        return anywhere("one_hot", labels, classes, dtype=dtype)  # type: ignore[no-any-return]  # as typed there
    try:
        result = np.dtype(dtype)
    except Exception as error:  # whatever an object raises that is no format
        raise TypeError(f"one_hot: dtype {reprlib.repr(dtype)} is unknown to NumPy. Use for example np.float64.") from error
    if not holds_real_numbers(result):
        raise TypeError(f"one_hot: dtype must be a float, integer or boolean type, got {result}. Use for example np.float64.")
    if classes is not None:
        try:
            classes = whole_number(classes)
        except TypeError as error:
            raise TypeError(
                f"one_hot: classes must be an integer, got {reprlib.repr(classes)}. Pass how many classes there are."
            ) from error
        if classes < 1:
            raise ValueError(f"one_hot: classes must be at least 1, got {classes}. Pass how many classes there are.")
    array = label_array("one_hot", labels, classes)
    if array.ndim == MOST_AXES:
        raise ValueError(f"one_hot: labels have {MOST_AXES} axes, and there is no room for one more. Reshape them first.")
    if classes is None:
        if not array.size:
            raise ValueError("one_hot: there are no labels to count classes from. Pass classes=.")
        classes = int(array.max()) + 1
    try:
        rows: NDArray[Any] = (array[..., None] == np.arange(classes)).astype(result)
    except (MemoryError, ValueError, OverflowError) as error:
        raise ValueError(
            f"one_hot: {classes} classes for {array.size} labels need more memory than there is. "
            f"Number the classes from 0 without gaps, or keep class numbers as they are."
        ) from error
    return rows
