"""The logarithm of the sigmoid: the log-probability of a yes."""

from __future__ import annotations

from typing import Any

from . import _core
from ._space import Array, ArrayLike, Space, space
from .softplus import softplus_of


def log_sigmoid(x: ArrayLike) -> Any:
    """log(1 / (1 + exp(-x))), within 2 ULP for any finite input (float32, float16: 0.51 ULP): never log(0), never 0 too early.

    Parameters
    ----------
    x : array_like
        float16, float32, float64, integers or booleans, of any shape.

    Returns
    -------
    numpy.ndarray or numpy scalar
        The shape of `x`, in its float format (float64 for integers). -inf at -inf, 0 at +inf, nan at nan.

    Raises
    ------
    TypeError
        If `x` holds anything but real numbers.

    Examples
    --------
    >>> float(log_sigmoid(-1000.0))
    -1000.0
    """
    if (found := _core.log_sigmoid(x)) is not NotImplemented:
        return found
    return space("log_sigmoid", x=x).by_entry(_log_sigmoid, "x", core=_core.log_sigmoid)


def _log_sigmoid(space: Space, x: Array) -> Array:
    return 0.0 - softplus_of(space, -x)
