"""The rectified linear unit: x where it is positive, otherwise 0."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from . import _core
from ._arrays import anywhere, floats, foreign, real_array, result_format
from ._elementwise import ZERO, quietly  # type: ignore[attr-defined]  # another module would make the sweep stale

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from ._elementwise import Room

    Floats = NDArray[np.float64]


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
    found = _core.relu(x)
    if found is not NotImplemented:
        return found
    if foreign(x):
        return anywhere("relu", x)
    x = real_array("relu", "x", x)
    found = _core.relu(floats(x))
    if found is not NotImplemented:
        return found
    return quietly(_in_its_format, x, result_format(x))


def _in_its_format(x: NDArray[Any], dtype: np.dtype[Any]) -> Any:
    """Exact in any format: nothing is widened."""
    result = np.empty(x.shape, dtype)
    np.maximum(x, 0.0, out=result, dtype=dtype)
    result += 0.0  # -0.0 + 0.0 is +0.0
    return result[()]


def positive_part(x: Floats, careful: bool, out: Room = None) -> Floats:
    """max(x, 0), with 0.0 for -0.0, as a kernel of `unary`."""
    result: Floats = np.maximum(x, ZERO, out=out)
    result += ZERO
    return result
