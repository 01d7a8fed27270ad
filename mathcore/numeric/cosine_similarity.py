"""Cosine similarity: the cosine of the angle between two vectors."""

from __future__ import annotations

from typing import Any

from ._space import VALUE, Array, ArrayLike, Axis, Space, space


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

    Examples
    --------
    >>> round(float(cosine_similarity([3e200, 4e200], [4e200, 3e200])), 15)
    0.96
    """
    call = space("cosine_similarity", v=v, w=w)
    call.same_shape("v", "w")
    call.along("v", axis)
    return call.by_row(_cosine_similarity, "v", "w", gives=(VALUE,))


def _cosine_similarity(row: Space, v: Array, w: Array) -> Array:
    # each vector over the power of two at its largest entry: no square leaves the range, and nothing is rounded
    v, w = v / row.near(row.max(abs(v))), w / row.near(row.max(abs(w)))
    length = row.xp.sqrt(row.total(v * v) * row.total(w * w))
    cosine = row.total(v * w) / length
    return row.where(cosine > 1, 1.0, row.where(cosine < -1, -1.0, cosine))
