"""The sigmoid: a probability from one score."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ._elementwise import BLOCK, elementwise

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

LEFT = -36.7  # where exp(x) is about 2^-53: left of it 1 + exp(x) rounds to 1, and the sigmoid is exp(x)
RIGHT = 40.0  # right of it exp(-x) < 2^-57, and 1 + exp(-x) rounds to 1
ONE = np.array(1.0)  # an array already: a Python number would be converted at every call


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
    sigmoid(0) is exactly 1/2, and sigmoid(x) + sigmoid(-x) is 1 within 2^-52. The rounding error of 1 + exp(-x) is known
    exactly, (t - exp(-x)) - 1 for the rounded sum t, and is put back into the quotient. Far left the quotient would be
    1/inf; there the sigmoid is exp(x), down to the smallest subnormal number at x = -745.1.

    Examples
    --------
    >>> float(sigmoid(0.0))
    0.5
    >>> float(sigmoid(-710.3))
    3.316114396966885e-309
    """
    if type(x) is np.ndarray and x.dtype == np.float64 and x.flags.c_contiguous and x.ndim and 0 < x.size <= BLOCK:
        if x.item(x.argmin()) >= LEFT and x.item(x.argmax()) <= 700:  # nothing over- or underflows: no clip, no errstate
            return over_one_plus_exp(ONE, x)
    return elementwise("sigmoid", _sigmoid, x=x)


def _sigmoid(x: NDArray[np.float64]) -> NDArray[np.float64]:
    result = over_one_plus_exp(ONE, np.minimum(np.maximum(x, LEFT), RIGHT))
    left = x < LEFT
    if left.any():
        result[left] = np.exp(x[left])
    return result


def over_one_plus_exp(numerator: NDArray[np.float64], x: NDArray[np.float64]) -> NDArray[np.float64]:
    """numerator / (1 + exp(-x)) for LEFT <= x <= 700, with the rounding error of the sum put back."""
    e = np.negative(x)
    np.exp(e, out=e)
    t = e + ONE
    quotient = numerator / t
    np.subtract(t, e, out=e)
    e -= ONE  # t - (1 + exp(-x)), exactly where exp(-x) >= 1
    e /= t
    e *= quotient
    quotient += e
    return quotient
