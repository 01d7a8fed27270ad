"""Kullback-Leibler divergence: what it costs to believe q when p is true."""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from ._arrays import AS_THEY_ARE, log_of_base, result_format, two_pmfs
from ._blocks import SHORT, few_rows, rowwise
from ._sums import few_are_pmfs, plain_sum, short_row, short_sum_of_few, sum_of_few

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from ._arrays import Axis
    from ._blocks import Block

    Floats = NDArray[np.float64]

SHORTEST = 24  # entries up to which Python floats are faster than arrays
PART = 8192  # entries at a time: what 30 steps work on stays in a core's first cache
SMALLEST = 5e-324  # a p of 0 counts for nothing against its logarithm
ILL = 2  # a row's sum is taken from `divergence` if its terms, before they cancel, are together more than this times as large
ILL_IN_SHORT = 2.0**20  # in narrower formats

# (atanh(s)/s - 1) / s^2 for |s| <= 1/2, within 2^-55.6, as a quotient of polynomials in s^2: it meets the function in the ten
# Chebyshev nodes of [0, 1/4]. Highest powers first.
UPPER = (0.008886767715952213, -0.1270265503980334, 0.49118177198285506, -0.7020061122538018, 0.3333333333333333)
LOWER = (-0.010390754188190627, 0.2057649691616069, -1.155841773881697, 2.668584889434387, -2.706018336761409, 1.0)

# the same as a series, for others: 1/3 + s^2/5 + s^4/7 + ...; 26 terms leave less than 2^-56 of the result
ATANH_TAIL = [1 / (2 * k + 3) for k in range(26)]


def polynomial(x: Floats, coefficients: tuple[float, ...]) -> Floats:
    """Its value at each x, highest power first (Horner)."""
    total = x * coefficients[0]
    for coefficient in coefficients[1:-1]:
        total += coefficient
        total *= x
    total += coefficients[-1]
    return total


def near(p: Floats, q: Floats) -> Floats:
    """p log(p/q) - p + q where 1/3 <= p/q <= 3, by a series of non-negative terms.

    With s = (p - q) / (p + q), log(p/q) = 2 atanh(s); the parts linear in s cancel on paper, and what stays is
    (p - q) s (1 + s (1 + s) (1/3 + s^2/5 + s^4/7 + ...)).
    """
    difference = p - q
    s = p + q
    np.divide(difference, s, out=s)
    return _near(difference, s)


def _near(difference: Floats, s: Floats) -> Floats:
    square = s * s
    terms = polynomial(square, UPPER)
    terms /= polynomial(square, LOWER)
    square += s
    terms *= square
    terms += 1
    terms *= s
    terms *= difference
    return terms


def far(p: Floats, q: Floats) -> Floats:
    """p (log(p/q) - 1) + q, in which little cancels where one is over 3 times the other; q for p = 0."""
    terms = p / q
    np.fmax(terms, SMALLEST, out=terms)
    infinite = np.maximum.reduce(terms, axis=None) == np.inf
    np.log(terms, out=terms)
    if infinite:  # a quotient that overflows, or division by 0
        terms = np.where(terms < np.inf, terms, np.log(p) - np.log(q))
    terms -= 1
    terms *= p
    terms += q
    return terms


def divergence(p: Floats, q: Floats) -> Floats:
    """p log(p/q) - p + q, entry by entry: never negative, 0 only for p = q; q for p = 0, +inf for p > 0 = q."""
    if p.size > PART:
        truth, prediction = p.reshape(-1), q.reshape(-1)
        parts = [divergence(truth[k : k + PART], prediction[k : k + PART]) for k in range(0, p.size, PART)]
        return np.concatenate(parts).reshape(p.shape)
    difference = p - q
    s = p + q
    np.divide(difference, s, out=s)
    apart = np.abs(s) > 0.5
    terms = _near(difference, s)
    count = np.count_nonzero(apart)
    if 16 * count > apart.size:  # by products with 1 and 0: a choice entry by entry takes 7 ns where it cannot be foreseen
        terms *= ~apart
        other = far(p, q)
        other *= apart
        terms += other
    elif count:
        terms[apart] = far(p[apart], q[apart])
    np.copyto(terms, 0.0, where=p == q)
    return terms


def _short_divergence(p: list[float], q: list[float]) -> list[float]:
    """`divergence` of a single short row with every q > 0, in Python floats; a quotient that overflows gives inf."""
    u4, u3, u2, u1, u0 = UPPER
    l5, l4, l3, l2, l1, l0 = LOWER
    terms, apart = [], []
    for k, (a, b) in enumerate(zip(p, q, strict=True)):
        difference = a - b
        s = difference / (a + b)
        if abs(s) > 0.5:
            apart.append(k)
            terms.append(0.0)
            continue
        z = s * s
        tail = ((((z * u4 + u3) * z + u2) * z + u1) * z + u0) / (((((z * l5 + l4) * z + l3) * z + l2) * z + l1) * z + l0)
        terms.append((tail * (z + s) + 1) * s * difference)
    if apart:
        logs = np.log([max(p[k] / q[k], SMALLEST) for k in apart]).tolist()
        for k, log in zip(apart, logs, strict=True):
            terms[k] = (log - 1) * p[k] + q[k]
    return terms


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
    row, other = short_row(p, axis), short_row(q, axis)
    brief = row is not None and other is not None and len(row) == len(other) <= SHORTEST and base is None
    if row and other and brief and 0 <= min(row) <= max(row) <= 2 and 0 < min(other) <= max(other) <= 2:
        if not validate or (abs(math.fsum(row) - 1) <= 2.0**-50 and abs(math.fsum(other) - 1) <= 2.0**-50):
            total = short_sum_of_few(_short_divergence(row, other), 1)
            if total is not None:
                return np.float64(total)
    few = few_rows(axis, p, q)
    if few is not None and (not validate or few_are_pmfs(few, 0, 1)):
        return few.work(partial(_divergence, log_of_base("kl_divergence", base)))
    rows, p, q = two_pmfs("kl_divergence", p, q, axis, validate, AS_THEY_ARE)
    kernel = partial(_divergence, log_of_base("kl_divergence", base))
    return rows.joined(rowwise(kernel, rows, [p, q], result_format(p, q), values=1)[1][0])


def _divergence(divisor: float, block: Block) -> None:
    block.write_values(sum_of_few(block, lambda strip, scale: _terms(block, strip, scale), 1) / divisor)


def _terms(block: Block, strip: int, scale: Any) -> Floats:
    """p log(p/q) - p + q as it stands where that keeps the digits of the row's sum, from `divergence` in the other rows."""
    p, q = block.load(strip)
    if not isinstance(scale, float):
        return divergence(p * scale, q * scale)
    if block.careful and block.length <= SHORT:
        return divergence(p, q)
    difference = np.subtract(p, q, out=block.like(strip))
    terms: Floats = np.divide(difference, q, out=block.like(strip))
    np.log1p(terms, out=terms)
    terms *= p
    if not np.minimum.reduce(p, axis=None) > 0:
        np.copyto(terms, 0.0, where=p == 0)
    sizes = plain_sum(np.abs(terms, out=block.like(strip)), block.axis)
    terms -= difference
    ill = ~(sizes <= (ILL if block.careful else ILL_IN_SHORT) * plain_sum(terms, block.axis)) | np.isinf(sizes)
    count = np.count_nonzero(ill)
    if count == ill.size:
        return divergence(p, q)
    if count:
        which = ill.reshape(-1)
        if block.axis:
            terms[which] = divergence(p[which], q[which])
        else:
            terms[:, which] = divergence(p[:, which], q[:, which])
    return terms
