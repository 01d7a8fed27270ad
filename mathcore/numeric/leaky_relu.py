"""The leaky rectified linear unit: x where it is positive, a small multiple of x elsewhere."""

from __future__ import annotations

import math
from typing import Any

from . import _core
from ._arrays import foreign
from ._space import ArrayLike, space
from .relu import relu_of


def leaky_relu(x: ArrayLike, *, slope: float = 0.01) -> Any:
    """max(x, 0) + slope min(x, 0), within 2 ULP for any finite input (float32, float16: 0.51 ULP).

    Parameters
    ----------
    x : array_like
        float16, float32, float64, integers or booleans, of any shape.
    slope : float
        The slope left of 0, at least 0; 0 gives relu.

    Returns
    -------
    numpy.ndarray or numpy scalar
        The shape of `x`, in its float format (float64 for integers). nan at nan.

    Raises
    ------
    TypeError
        If `x` holds anything but real numbers, or `slope` is not one number.
    ValueError
        If `slope` is negative, infinite or nan.

    Notes
    -----
    `slope` is a float64 number in every format: a float32 input is multiplied in float64 and rounded once. Against the
    real number 1/100 the default, which is the float next to it, adds less than 0.2 ULP.

    Examples
    --------
    >>> leaky_relu([-2.0, 3.0], slope=0.25).tolist()
    [-0.5, 3.0]
    """
    call = space("leaky_relu", x=x)
    demand = "be finite and at least 0, got {}. Use a small positive number such as 0.01, or 0 for relu."
    slope = call.parameter("slope", slope, lambda s: (0 <= s) & (s < math.inf), demand)
    if not foreign(slope) and slope == 0:
        return call.by_entry(relu_of, "x", core=_core.relu)
    return call.by_entry(lambda space, x: space.where(x > 0, x, slope * x), "x", core=lambda x: _core.leaky_relu(x, slope))
