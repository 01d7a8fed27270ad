"""Cosine similarity: the cosine of the angle between two vectors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ._arrays import anywhere, foreign, real_array, result_format, rows_of, same_shape
from ._blocks import rowwise
from ._sums import sum_of

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from ._arrays import Axis
    from ._blocks import Block

    Floats = NDArray[np.float64]


def cosine_similarity(v: ArrayLike, w: ArrayLike, *, axis: Axis = -1) -> Any:
    """dot(v, w) / (|v| |w|), within 4 u sum|v w| / (|v| |w|) for any finite vectors that are not 0; never outside [-1, 1].

    u is the unit roundoff of the format. A vector and its multiple by a power of two give exactly 1, or -1.

    Parameters
    ----------
    v, w : array_like
        Two vectors, or two batches of them, of one shape: float16, float32, float64, integers or booleans.
    axis : int, tuple of int or None
        The axes of a vector; None takes all of them.

    Returns
    -------
    numpy.ndarray or numpy scalar
        One value a row, in the wider float format of the two (float64 for integers). nan where a vector is 0, or has an
        entry that is infinite or nan: it has no direction.

    Raises
    ------
    ValueError
        If the shapes differ, or an axis is out of range or empty.
    TypeError
        If `v` or `w` holds anything but real numbers.

    Notes
    -----
    Each vector is divided by the power of two above its largest entry first, which rounds nothing: no square can overflow, and
    what underflows is too small to matter. The lengths are multiplied under one root, as sqrt(x x) is exactly x.

    Examples
    --------
    >>> round(float(cosine_similarity([3e200, 4e200], [4e200, 3e200])), 15)
    0.96
    """
    if foreign(v, w):
        return anywhere("cosine_similarity", v, w, axis=axis)
    v, w = real_array("cosine_similarity", "v", v), real_array("cosine_similarity", "w", w)
    same_shape("cosine_similarity", "v", v, "w", w)
    rows = rows_of("cosine_similarity", "v", v, axis)
    return rows.joined(rowwise(_cosine, rows, [v, w], result_format(v, w), values=1)[1][0])


def _cosine(block: Block) -> None:
    v, w = _exponent(block, 0), _exponent(block, 1)

    def products(a: int, b: int) -> Floats:
        exponents = (v, w)

        def terms(strip: int, scale: Any) -> Floats:
            inputs = block.load(strip)
            found: Floats = np.ldexp(inputs[a], -exponents[a]) * scale * np.ldexp(inputs[b], -exponents[b])
            return found

        return sum_of(block, terms, 1 if a == b else 0)

    cosine = products(0, 1) / np.sqrt(products(0, 0) * products(1, 1))
    block.write_values(np.clip(cosine, -1.0, 1.0))


def _exponent(block: Block, argument: int) -> Any:
    """That of the power of two above the largest entry of each row."""
    largest: Any = 0.0
    for strip in block.pieces():
        highest, lowest = block.bounds(argument, strip)
        largest = np.maximum(largest, np.maximum(highest, -lowest))
    return np.frexp(largest)[1]
