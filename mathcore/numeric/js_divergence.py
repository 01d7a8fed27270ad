"""Jensen-Shannon divergence: how far two distributions are from their average."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from . import _core
from ._arrays import AS_THEY_ARE, anywhere, flag, floats, foreign, inverse_log, log_of_base, per_unit, result_format, two_pmfs
from ._blocks import BLOCK, rowwise, scratch
from ._sums import plain_sum, sum_of

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from ._arrays import Axis
    from ._blocks import Block

    Floats = NDArray[np.float64]

# ((1 + s) log(1 + s) + (1 - s) log(1 - s)) / s^2 = 1 + s^2/6 + s^4/15 + ...: 24 terms leave less than 2^-57 for |s| <= 1/2
EVEN = [1 / (k * (2 * k - 1)) for k in range(1, 25)]
BELOW_1 = 1 - 2.0**-53


def js_divergence(p: ArrayLike, q: ArrayLike, *, base: float | None = None, axis: Axis = -1, validate: bool = True) -> Any:
    """Mean divergence from the average (p + q)/2, within 6 ULP for any two pmfs; never negative, near p = q as well.

    On the bits of `p` and `q` it is sum(p log(2 p / (p + q)) + q log(2 q / (p + q))) / 2: finite, symmetric bit for
    bit, and for pmfs at most log 2, which distributions without a common outcome reach.

    Parameters
    ----------
    p, q : array_like
        Probabilities of one shape: float16, float32, float64, integers or booleans.
    base : float, optional
        2 for bits, 10 for hartleys; None for nats.
    axis : int, tuple of int or None
        The axes of the outcomes; None takes all of them.
    validate : bool
        Check that both are >= 0 and that rows sum to 1 within min(4 (4 + sqrt n) u, 1/64), u the unit roundoff of the
        format.

    Returns
    -------
    numpy.ndarray or numpy scalar
        One value a row, in the wider float format of the two (float64 for integers; float32, float16: 0.51 ULP).
        nan if the row holds a nan. Its square root is the Jensen-Shannon distance.

    Raises
    ------
    ValueError
        If `p` or `q` is not a pmf, the shapes differ, an axis is out of range or empty, or `base` is not positive, is 1
        or is not finite.
    TypeError
        If `p` or `q` holds anything but real numbers.

    Notes
    -----
    Lin, *Divergence measures based on the Shannon entropy* (1991).

    Examples
    --------
    >>> float(js_divergence([1, 0], [0, 1], base=2))
    1.0
    """
    flag("js_divergence", "validate", validate)
    if (unit := per_unit(base)) is not None:
        found = _core.js_divergence(p, q, axis, 3 * validate, unit[0] / 2, unit[1] / 2)
        if found is not NotImplemented:
            return found
    if foreign(p, q):
        return anywhere("js_divergence", p, q, base=base, axis=axis, validate=validate)
    rows, p, q = two_pmfs("js_divergence", p, q, axis, validate, AS_THEY_ARE)
    divisor = 2 * log_of_base("js_divergence", base)
    unit = inverse_log(base)
    found = _core.js_divergence(floats(p), floats(q), rows.reduced, 0, unit[0] / 2, unit[1] / 2)
    if found is not NotImplemented:
        return found

    def kernel(block: Block) -> None:
        block.write_values(sum_of(block, lambda strip, scale: _terms(block, strip, scale), 1, divisor))

    return rows.joined(rowwise(kernel, rows, [p, q], result_format(p, q), values=1)[1][0])


def _terms(block: Block, strip: int, scale: Any) -> Floats:
    """p log(p/m) + q log(q/m) with m = (p + q)/2, entry by entry: symmetric bit for bit, and never negative in sum.

    With s = (p - q) / (p + q) it is p log(1 + s) + q log(1 - s), which the rounding of s touches to second order only.
    Where that cancels too much for the sum of the row, entries with |s| <= 1/2 take a series of non-negative terms.
    """
    p, q = block.load(strip)
    if not isinstance(scale, float):
        apart = np.where(p == q, 0.0, scale)  # what is equal adds nothing, and might overflow
        p, q = p * apart, q * apart
    s = np.subtract(p, q, out=scratch(p.shape))
    both = np.add(p, q, out=scratch(p.shape))
    if isinstance(scale, float) and np.maximum.reduce(both, axis=None) == np.inf:
        less = np.where(np.maximum.reduce(both, axis=block.axis, keepdims=True) == np.inf, 0.25, 1.0)
        return _terms(block, strip, less) / less
    s /= both
    terms = _weighed_log(p, s, both)
    np.negative(s, out=s)
    other = _weighed_log(q, s, scratch(p.shape))
    if not (p.min() > 0 and q.min() > 0):
        np.copyto(terms, 0.0, where=(p == 0) & (q == 0))
        np.copyto(other, 0.0, where=(p == 0) & (q == 0))
    sizes = np.abs(terms, out=scratch(p.shape))
    terms += other
    sizes += np.abs(other, out=other)
    ill = ~(plain_sum(sizes, block.axis) <= 4 * plain_sum(terms, block.axis))
    if ill.any():
        near = ((np.abs(s, out=s) <= 0.5) & ill).reshape(-1)
        flat, p, q = terms.reshape(-1), p.reshape(-1), q.reshape(-1)
        for start in range(0, near.size, BLOCK):
            some = start + np.flatnonzero(near[start : start + BLOCK])
            flat[some] = _near(p[some], q[some])
    return terms


def _weighed_log(p: Floats, s: Floats, room: Floats) -> Floats:
    """p log(1 + s), where s may be -1 by rounding or for p = 0."""
    terms: Floats = np.maximum(s, -BELOW_1, out=room)
    np.log1p(terms, out=terms)
    terms *= p
    return terms


def _near(p: Floats, q: Floats) -> Floats:
    """The same entries where |p - q| <= (p + q)/2: half of p + q times a series of non-negative terms."""
    difference = p - q
    square = difference / (p + q)
    difference *= square
    square *= square
    series = np.zeros_like(square)
    for coefficient in reversed(EVEN):
        series *= square
        series += coefficient
    series *= difference
    series /= 2
    return series
