"""The rectified linear unit: x where it is positive, otherwise 0."""

from __future__ import annotations

from typing import Any

from . import _core
from ._space import Array, ArrayLike, Space, space


def relu(x: ArrayLike) -> Any:
    """max(x, 0), exact for any input.

    Parameters
    ----------
    x : array_like
        float16, float32, float64, integers or booleans, of any shape.

    Returns
    -------
    numpy.ndarray or numpy scalar
        The shape of `x`, in its float format (float64 for integers). 0 at -inf, +inf at +inf, nan at nan. A zero is
        always +0.0, also at -0.0.

    Raises
    ------
    TypeError
        If `x` holds anything but real numbers.

    Examples
    --------
    >>> relu([-2.0, 0.0, 3.0]).tolist()
    [0.0, 0.0, 3.0]
    """
    if (found := _core.relu(x)) is not NotImplemented:
        return found
    return space("relu", x=x).by_entry(relu_of, "x", core=_core.relu)


def relu_of(space: Space, x: Array) -> Array:
    """max(x, 0)."""
    return space.positive(x)
