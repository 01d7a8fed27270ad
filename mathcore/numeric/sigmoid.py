"""The sigmoid: a probability from one score."""

from __future__ import annotations

from typing import Any

from . import _core
from ._space import Array, ArrayLike, Space, space

LEFT = -36.7  # where exp(x) is about 2^-53: left of it 1 + exp(x) rounds to 1, and the sigmoid is exp(x)


def sigmoid(x: ArrayLike) -> Any:
    """1 / (1 + exp(-x)), within 2 ULP for any finite input (float32, float16: 0.51 ULP), the smallest results included.

    Parameters
    ----------
    x : array_like
        float16, float32, float64, integers or booleans, of any shape.

    Returns
    -------
    numpy.ndarray or numpy scalar
        The shape of `x`, in its float format (float64 for integers). 0 at -inf, 1 at +inf, nan at nan.

    Raises
    ------
    TypeError
        If `x` holds anything but real numbers.

    Notes
    -----
    sigmoid(0) is exactly 1/2, and sigmoid(x) + sigmoid(-x) is 1 within 2^-52.

    Examples
    --------
    >>> float(sigmoid(0.0))
    0.5
    >>> float(sigmoid(-710.3))
    3.316114396966885e-309
    """
    if (found := _core.sigmoid(x)) is not NotImplemented:
        return found
    return space("sigmoid", x=x).by_entry(sigmoid_of, "x", core=_core.sigmoid)


def sigmoid_of(space: Space, x: Array) -> Array:
    """1 / (1 + exp(-x)), also where exp(-x) overflows."""
    left = x < LEFT
    e = space.xp.exp(-space.where(left, 0.0, x))
    total = space.rounded(1 + e)
    slip = space.constant((total - e) - 1)  # what rounding took of 1 + exp(-x), exactly where exp(-x) >= 1: it is put back
    value = 1 / total
    value = value + value * (slip * value)
    return space.replaced(value, left, space.xp.exp, x)  # down to the smallest subnormal number at x = -745.1
