"""The logit: the score of a probability, the inverse of the sigmoid."""

from __future__ import annotations

from typing import Any

from . import _core
from ._arrays import flag
from ._space import Array, ArrayLike, Space, space

SMALL = 2.0**-100  # below, 1/q may overflow, and q / (1 - q) is q


def logit(p: ArrayLike, *, validate: bool = True) -> Any:
    """log(p / (1 - p)), within 2 ULP for any probability (float32, float16: 0.51 ULP), also close to 1/2.

    Parameters
    ----------
    p : array_like
        Probabilities from 0 to 1 in float16, float32, float64, integers or booleans, of any shape.
    validate : bool
        Whether to refuse numbers outside [0, 1]; they give nan otherwise.

    Returns
    -------
    numpy.ndarray or numpy scalar
        The shape of `p`, in its float format (float64 for integers). -inf at 0, 0 at 1/2, +inf at 1, nan at nan.

    Raises
    ------
    TypeError
        If `p` holds anything but real numbers.
    ValueError
        If `validate` and a number lies outside [0, 1].

    Examples
    --------
    >>> float(logit(0.5))
    0.0
    >>> float(logit(0.5 + 2.0**-53))
    4.440892098500626e-16
    """
    flag("logit", "validate", validate)
    if (found := _core.logit(p, float(validate))) is not NotImplemented:
        return found
    call = space("logit", p=p)
    if validate:
        remedy = "If these are scores, they are logits already; otherwise correct them, or pass validate=False to get nan there."
        call.check_between("p", 0, 1, "probabilities must be from 0 to 1; {} is {}. " + remedy)
    return call.by_entry(_logit, "p", core=lambda p: _core.logit(p, 0.0))


def _logit(space: Space, p: Array) -> Array:
    low = p < 0.5
    q = space.where(low, p, 1 - p)  # the smaller of the two, exact
    small = ~(q >= SMALL)
    inner = space.where(small, 0.25, q)
    size = space.log1p((1 - 2 * inner) / inner)  # 1 - 2q is exact for q >= 1/4: no digit is lost where the logit is small
    size = space.replaced(size, small, lambda q: -space.log(q), q, safe=1.0)
    return space.where(low, -size, size)
