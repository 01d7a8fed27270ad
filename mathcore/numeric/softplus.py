"""The softplus: a smooth max(x, 0)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ._elementwise import ZERO, unary

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from ._elementwise import Room

    Floats = NDArray[np.float64]


def softplus(x: ArrayLike) -> Any:
    """log(1 + exp(x)), within 2 ULP for any finite input (float32, float16: 0.51 ULP): it never overflows.

    Parameters
    ----------
    x : array_like
        float16, float32, float64, integers or booleans, of any shape.

    Returns
    -------
    numpy.ndarray or numpy scalar
        The shape of `x`, in its float format (float64 for integers). 0 at -inf, +inf at +inf, nan at nan.

    Raises
    ------
    TypeError
        If `x` holds anything but real numbers.

    Notes
    -----
    softplus(x) = max(x, 0) + log1p(exp(-|x|)): the exponential of something <= 0 cannot overflow, log1p keeps the
    digits of a small one, and both terms are >= 0, so nothing cancels.

    Examples
    --------
    >>> float(softplus(1000.0))
    1000.0
    """
    return unary("softplus", "x", x, _softplus)


def _softplus(x: Floats, careful: bool, out: Room = None, log: Room = None) -> Floats:
    log = np.absolute(x, log)
    np.negative(log, log)
    np.exp(log, log)
    np.log1p(log, log)
    out = np.maximum(x, ZERO, out=out)
    return np.add(out, log, out)
