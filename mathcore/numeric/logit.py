"""The logit: the score of a probability, the inverse of the sigmoid."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from . import _core
from ._arrays import anywhere, flag, foreign, real_array
from ._elementwise import HALF, ONE, unary

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from ._elementwise import Room

    Floats = NDArray[np.float64]

SMALL = 2.0**-1000  # below, 1/q is about to overflow, and q / (1 - q) is q


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

    Notes
    -----
    With q the smaller of p and 1 - p, the result is log1p((1 - 2q) / q) with the sign of p - 1/2. For p >= 1/2 the
    difference 1 - p is exact, and 1 - 2q is exact for q >= 1/4: no digit is lost where the logit is small.

    Examples
    --------
    >>> float(logit(0.5))
    0.0
    >>> float(logit(0.5 + 2.0**-53))
    4.440892098500626e-16
    """
    flag("logit", "validate", validate)
    found = _core.logit(p, float(validate))
    if found is not NotImplemented:
        return found
    if foreign(p):
        return anywhere("logit", p, validate=validate)
    if validate:
        p = real_array("logit", "p", p)
        _check(p)
    return unary("logit", "p", p, _logit, False)


def _check(p: NDArray[Any]) -> None:
    if not p.size or 0 <= p.item(p.argmin()) <= p.item(p.argmax()) <= 1:  # false if there is a nan: then entry by entry
        return
    wrong = (p < 0) | (p > 1)
    if wrong.any():
        index = tuple(int(i) for i in np.argwhere(wrong)[0])
        place = f"p[{', '.join(map(str, index))}]" if index else "p"
        raise ValueError(
            f"logit: probabilities must be from 0 to 1; {place} is {float(p[index])!r}. "
            f"If these are scores, they are logits already; otherwise correct them, or pass validate=False to get nan there."
        )


def _logit(p: Floats, careful: bool, out: Room = None, q: Room = None) -> Floats:
    q = np.subtract(ONE, p, q)
    np.minimum(p, q, out=q)
    out = np.add(q, q, out)
    np.subtract(ONE, out, out)
    np.divide(out, q, out)
    np.log1p(out, out)
    if not p.item(p.argmin()) >= SMALL:
        small = p < SMALL
        out[small] = -np.log(p[small])
    np.subtract(p, HALF, q)
    return np.copysign(out, q, out)
