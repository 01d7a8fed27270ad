"""Kullback-Leibler divergence: what it costs to believe q when p is true."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ._arrays import AS_THEY_ARE, log_of_base, result_format, two_pmfs
from ._blocks import rowwise, scratch
from ._sums import plain_sum, sum_of

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from ._arrays import Axis
    from ._blocks import Block

    Floats = NDArray[np.float64]

ILL = 2  # a row's sum is taken from `divergence` if its terms, before they cancel, are together more than this times as large

# atanh(s) = s + s^3 (1/3 + s^2/5 + s^4/7 + ...): 26 terms leave less than 2^-56 of the result for |s| <= 1/2
ATANH_TAIL = [1 / (2 * k + 3) for k in range(26)]


def near(p: Floats, q: Floats) -> Floats:
    """p log(p/q) - p + q where 1/3 <= p/q <= 3, by a series of non-negative terms.

    With s = (p - q) / (p + q), log(p/q) = 2 atanh(s); the parts linear in s cancel on paper, and what stays is
    (p - q) s (1 + s (1 + s) (1/3 + s^2/5 + s^4/7 + ...)).
    """
    difference = p - q
    s = difference / (p + q)
    square = s * s
    tail = ATANH_TAIL[0] + square * (ATANH_TAIL[1] + square * ATANH_TAIL[2])  # enough for |s| <= 2^-8
    wide = square > 2.0**-16
    if wide.any():
        more = square[wide]
        full = np.zeros_like(more)
        for coefficient in reversed(ATANH_TAIL):
            full *= more
            full += coefficient
        tail[wide] = full
    return difference * s * (1 + s * (1 + s) * tail)


def far(p: Floats, q: Floats) -> Floats:
    """p log(p/q) - p + q where one is over 3 times the other, in an order in which little cancels."""
    large, small = np.maximum(p, q), np.minimum(p, q)
    ratio = large / small
    log = np.where(ratio < np.inf, np.log(ratio), np.log(large) - np.log(small))
    return np.where(p > q, p * (log - 1) + q, np.where(p == 0, q, q - p * (1 + log)))


def divergence(p: Floats, q: Floats) -> Floats:
    """p log(p/q) - p + q, entry by entry: never negative, 0 only for p = q; q for p = 0, +inf for p > 0 = q."""
    close = np.abs(p - q) <= 0.5 * (p + q)
    terms = np.empty_like(p)
    terms[close] = near(p[close], q[close])
    terms[~close] = far(p[~close], q[~close])
    return np.where(p == q, 0.0, terms)


def kl_divergence(p: ArrayLike, q: ArrayLike, *, base: float | None = None, axis: Axis = -1, validate: bool = True) -> Any:
    """Extra nats paid for believing q when p is true, within 6 ULP for any two pmfs, and never negative.

    On the bits of `p` and `q` it is sum(p log(p/q) - p + q). For pmfs that is the textbook sum(p log(p/q)), which
    comes out negative for about half of near pairs once p and q are rounded.

    Parameters
    ----------
    p, q : array_like
        The truth and the prediction: probabilities of one shape, float16, float32, float64, integers or booleans.
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
        +inf where p > 0 = q; nan if the row holds a nan.

    Raises
    ------
    ValueError
        If `p` or `q` is not a pmf, the shapes differ, an axis is out of range or empty, or `base` is not positive, is 1
        or is not finite.
    TypeError
        If `p` or `q` holds anything but real numbers.

    Notes
    -----
    Kullback and Leibler, *On information and sufficiency* (1951).
    """
    rows, p, q = two_pmfs("kl_divergence", p, q, axis, validate, AS_THEY_ARE)
    divisor = log_of_base("kl_divergence", base)

    def kernel(block: Block) -> None:
        block.write_values(sum_of(block, lambda strip, scale: _terms(block, strip, scale), sign=1) / divisor)

    return rows.joined(rowwise(kernel, rows, [p, q], result_format(p, q), values=1)[1][0])


def _terms(block: Block, strip: int, scale: Any) -> Floats:
    """p log(p/q) - p + q as it stands where that keeps the digits of the row's sum, from `divergence` in the other rows."""
    p, q = block.load(strip)
    if not isinstance(scale, float):
        return divergence(p * scale, q * scale)
    difference = np.subtract(p, q, out=scratch(p.shape))
    terms: Floats = np.divide(difference, q, out=scratch(p.shape))
    np.log1p(terms, out=terms)
    terms *= p
    if not p.min() > 0:
        np.copyto(terms, 0.0, where=p == 0)
    sizes = plain_sum(np.abs(terms, out=scratch(p.shape)), block.axis)
    terms -= difference
    ill = ~(sizes <= ILL * plain_sum(terms, block.axis)) | np.isinf(sizes)
    if ill.any():
        which = ill.reshape(-1)
        if block.axis:
            terms[which] = divergence(p[which], q[which])
        else:
            terms[:, which] = divergence(p[:, which], q[:, which])
    return terms
