"""The hyperbolic tangent: a sigmoid from -1 to 1."""

from __future__ import annotations

from typing import Any

from . import _core
from ._space import Array, ArrayLike, Space, polynomial, space

NEAR = 0.55

# tanh(x) = x + x z P(z) / Q(z) with z = x^2, within 2^-61 of it up to NEAR, with P and Q from the constant coefficient up:
# interpolated at the six Chebyshev points (tests/numeric/test_activations.py computes them again)
P = (-1612.7680543973872, -99.19474243794387, -0.96436267947745)
Q = (4838.3041631921615, 2232.9058925906916, 112.71096151044648, 1.0)


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

    Examples
    --------
    >>> float(tanh(1e-10))
    1e-10
    """
    if (found := _core.tanh(x)) is not NotImplemented:
        return found
    return space("tanh", x=x).by_entry(_tanh, "x", core=_core.tanh)


def _tanh(space: Space, x: Array) -> Array:
    size = space.size(x)
    e = space.xp.exp(-2 * size)  # never overflows: the argument is <= 0
    far = (1 - e) / (1 + e)
    return space.replaced(space.where(x > 0, far, -far), size < NEAR, _near_0, x)  # where 1 - e cancels


def _near_0(x: Array) -> Array:
    square = x * x
    return x * (1 + square * (polynomial(square, P) / polynomial(square, Q)))
