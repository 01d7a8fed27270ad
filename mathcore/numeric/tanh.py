"""The hyperbolic tangent: a sigmoid from -1 to 1."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ._elementwise import elementwise

if TYPE_CHECKING:
    from numpy.typing import ArrayLike


def tanh(x: ArrayLike) -> Any:
    """(exp(x) - exp(-x)) / (exp(x) + exp(-x)), within 2 ULP for any finite input (float32, float16: 0.51 ULP).

    Parameters
    ----------
    x : array_like
        float16, float32, float64, integers or booleans, of any shape.

    Returns
    -------
    numpy.ndarray or numpy scalar
        The shape of `x`, in its float format (float64 for integers). -1 at -inf, 1 at +inf, nan at nan.

    Raises
    ------
    TypeError
        If `x` holds anything but real numbers.

    Notes
    -----
    NumPy's own function, in float64: it keeps the digits near 0, where the difference of two exponentials cancels.

    Examples
    --------
    >>> float(tanh(1e-10))
    1e-10
    """
    return elementwise("tanh", np.tanh, x=x)
