"""Kullback-Leibler divergence: what it costs to believe q when p is true."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from . import _core
from ._arrays import AS_THEY_ARE, anywhere, flag, floats, foreign, inverse_log, log_of_base, per_unit, result_format, two_pmfs
from ._blocks import Picked, few_rows, mended, rowwise, scratch
from ._sums import few_are_pmfs, out_of_range, row_sum, signed_sum, sum_of, sums_of

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from ._arrays import Axis
    from ._blocks import Block

    Floats = NDArray[np.float64]

ALMOST_GONE = -1 + 2.0**-53  # log1p of it is finite
ROOMY = 2.0**1020  # sums of two numbers below do not overflow
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


def polynomial(x: Floats, coefficients: tuple[float, ...], out: Floats | None = None) -> Floats:
    """Its value at each x, highest power first (Horner)."""
    total = np.multiply(x, coefficients[0], out)
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
    return _near(difference, s, np.empty_like(s))


def _near(difference: Floats, s: Floats, terms: Floats) -> Floats:
    used = scratch.used
    square = np.multiply(s, s, scratch(s.shape))
    polynomial(square, UPPER, terms)
    terms /= polynomial(square, LOWER, scratch(s.shape))
    scratch.used = used
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
    if max(np.maximum.reduce(p, axis=None), np.maximum.reduce(q, axis=None)) > ROOMY:
        shrink = np.where((p > ROOMY) | (q > ROOMY), 2.0**-4, 1.0)
        return _in_parts(p * shrink, q * shrink) / shrink
    return _in_parts(p, q)


def _in_parts(p: Floats, q: Floats) -> Floats:
    terms = np.empty(p.shape)
    if p.size <= PART:
        _divergence_into(terms, p, q)
        return terms
    truth, prediction, flat = p.reshape(-1), q.reshape(-1), terms.reshape(-1)
    for k in range(0, p.size, PART):
        part = slice(k, k + PART)
        _divergence_into(flat[part], truth[part], prediction[part])
    return terms


def _divergence_into(terms: Floats, p: Floats, q: Floats) -> None:
    used = scratch.used
    difference, s = np.subtract(p, q, scratch(p.shape)), np.add(p, q, scratch(p.shape))
    np.divide(difference, s, out=s)
    apart = np.abs(s, scratch(p.shape)) > 0.5
    _near(difference, s, terms)
    count = np.count_nonzero(apart)
    if 16 * count > apart.size:  # by products with 1 and 0: a choice entry by entry takes 7 ns where it cannot be foreseen
        terms *= ~apart
        other = far(p, q)
        other *= apart
        terms += other
    elif count:
        terms[apart] = far(p[apart], q[apart])
    np.copyto(terms, 0.0, where=p == q)
    scratch.used = used


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
    flag("kl_divergence", "validate", validate)
    if (unit := per_unit(base)) is not None:
        found = _core.kl_divergence(p, q, axis, 3 * validate, *unit)
        if found is not NotImplemented:
            return found
    few = few_rows(axis, p, q)
    if few is not None and (not validate or few_are_pmfs(few, 0, 1)):
        return few.work(partial(_divergence, log_of_base("kl_divergence", base)))
    if foreign(p, q):
        return anywhere("kl_divergence", p, q, base=base, axis=axis, validate=validate)
    rows, p, q = two_pmfs("kl_divergence", p, q, axis, validate, AS_THEY_ARE)
    kernel = partial(_divergence, log_of_base("kl_divergence", base))
    found = _core.kl_divergence(floats(p), floats(q), rows.reduced, 0, *inverse_log(base))
    if found is not NotImplemented:
        return found
    return rows.joined(rowwise(kernel, rows, [p, q], result_format(p, q), values=1)[1][0])


def _divergence(divisor: float, block: Block) -> None:
    """p log(p/q) - p + q as it stands where that keeps the digits of the row's sum, from `divergence` in the other rows."""

    def with_care(block: Block) -> None:
        block.write_values(sum_of(block, lambda strip, scale: _terms(block, strip, scale), 1, divisor))

    sizes, total = sums_of(block, _plain)
    ill, careless = None, ILL if block.careful else ILL_IN_SHORT
    if isinstance(total, np.ndarray):
        excess = sizes - careless * total
        if not excess.item(excess.argmax()) <= 0:
            ill = ~(excess <= 0)
    elif not sizes <= careless * total:
        ill = True
    if ill is not None:
        if isinstance(ill, np.ndarray) and block.strips == 1:
            which = ill.reshape(-1)
            total.reshape(-1)[which] = np.reshape(_exact(Picked(block, which))[0], -1)
        else:
            (total,) = sums_of(block, _exact)
    wrong = out_of_range(total, 1)
    if wrong is not None and block.strips > 1:
        with_care(block)
        return
    values = total if divisor == 1 else total / divisor
    if wrong is not None:
        _, values = mended(block, wrong, with_care, values=values)
    block.write_values(values)


def _plain(block: Block) -> tuple[Any, Any]:
    """The sums of |p log(p/q)| and of p log(p/q) - p + q."""
    p, q = block.load()
    difference = np.subtract(p, q, block.like())
    terms = np.divide(difference, q, block.like())
    if not terms.item(terms.argmin()) > -1:  # p is 0, or so small beside q that it counts for nothing
        np.maximum(terms, ALMOST_GONE, out=terms)
    np.log1p(terms, terms)
    terms *= p
    sizes = np.abs(terms, block.like())
    terms -= difference
    return row_sum(sizes, block.axis, sizes), signed_sum(block, terms, 1)


def _exact(block: Block) -> tuple[Any]:
    """The sum of p log(p/q) - p + q, of terms each of which is exact to some ULP."""
    terms = divergence(*block.load())
    return (signed_sum(block, terms, 1),)


def _terms(block: Block, strip: int, scale: Any) -> Floats:
    p, q = block.load(strip)
    if isinstance(scale, float):
        return divergence(p, q)
    terms = divergence(p * scale, q * scale)
    lost = (q * scale < 2.0**-1000) & (p > q)  # a q that the scale takes among the subnormals, or to 0
    if lost.any():
        np.copyto(terms, p * scale * (np.log(p) - np.log(q) - 1), where=lost)
        np.copyto(terms, np.inf, where=(q == 0) & (p > 0))
    return terms
