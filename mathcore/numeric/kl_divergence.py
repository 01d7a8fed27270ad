"""Kullback-Leibler divergence: what it costs to believe q when p is true."""

from __future__ import annotations

from typing import Any

from . import _core
from ._arrays import AS_THEY_ARE, flag, inverse_log, log_of_base, per_unit
from ._space import LIFTED, VALUE, Array, ArrayLike, Axis, Space, polynomial, space

# (atanh(s)/s - 1) / s^2 = 1/3 + s^2/5 + s^4/7 + ... for |s| <= 1/2, within 2^-55.6, as a quotient of polynomials in s^2: it
# meets the function in the ten Chebyshev nodes of [0, 1/4]. The constant coefficient first.
UPPER = (0.3333333333333333, -0.7020061122538018, 0.49118177198285506, -0.1270265503980334, 0.008886767715952213)
LOWER = (1.0, -2.706018336761409, 2.668584889434387, -1.155841773881697, 0.2057649691616069, -0.010390754188190627)


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
    unit = per_unit(base)
    if unit and (found := _core.kl_divergence(p, q, axis, 3 * validate, *unit)) is not NotImplemented:
        return found
    call, divisor = two_pmfs("kl_divergence", p, q, axis, validate), log_of_base("kl_divergence", base)

    def compiled(p: Any, q: Any, axis: Any) -> Any:
        return _core.kl_divergence(p, q, axis, 0, *inverse_log(base))

    return call.by_row(lambda row, p, q: _kl_divergence(row, p, q, divisor), "p", "q", gives=(VALUE,), core=compiled)


def two_pmfs(function: str, p: ArrayLike, q: ArrayLike, axis: Axis, validate: bool, instead: str = AS_THEY_ARE) -> Space:
    """Truth p and prediction q, checked; `instead` is what else may be done if q is no pmf."""
    flag(function, "validate", validate)
    call = space(function, p=p, q=q)
    call.same_shape("p", "q")
    call.along("p", axis)
    if validate:
        call.check_pmf("p", axis)
        call.check_pmf("q", axis, instead)
    return call


def _kl_divergence(row: Space, p: Array, q: Array, divisor: float) -> Array:
    unit = row.unit(p / 2 + q / 2, LIFTED)
    terms, zero = excess(row, p * unit, q * unit), q == 0
    if row.perhaps(zero):  # also where p times the unit is 0
        terms = row.where(zero & (p > 0), row.xp.inf, terms)
    return row.total(terms) / divisor / unit


def excess(row: Space, p: Array, q: Array, difference: Array | None = None) -> Array:
    """p log(p/q) - p + q, entry by entry: never negative, 0 only for p = q; q for p = 0, +inf for p > 0 = q."""
    difference = p - q if difference is None else difference
    both = p + q
    s = row.ratio(difference, row.where(both == 0, 1.0, both))
    # with s = (p - q) / (p + q), log(p/q) = 2 atanh(s) = 2 s + 2 s^3/3 + ...: where 1/3 <= p/q <= 3 the parts linear in s
    # cancel on paper, and what stays is a product of non-negative numbers
    near = abs(s) <= 0.5
    s = row.where(near, s, 0.0)
    square = s * s
    tail = polynomial(square, UPPER) / polynomial(square, LOWER)
    close = difference * s * (1 + (square + s) * tail)
    return row.replaced(close, ~near, lambda p, q: _far(row, p, q), p, q, safe=1.0)


def _far(space: Space, p: Array, q: Array) -> Array:
    """p (log(p/q) - 1) + q, in which little cancels where one is over 3 times the other."""
    least = 4 * space.smallest
    odd = ~((p > q * least) & (q > p * least))  # one is 0 or nan, or the quotient leaves the range
    if not space.perhaps(odd):
        return p * (space.log(p / q) - 1) + q
    some = (p > 0) & (q > 0)
    x, y = space.where(some, p, 1.0), space.where(some, q, 1.0)
    log = space.log(space.ratio(space.where(odd, 1.0, x), space.where(odd, 1.0, y)))
    log = space.where(odd, space.log(x) - space.log(y), log)
    return space.where(p == 0, q, space.where(q == 0, space.where(p > 0, space.xp.inf, space.xp.nan), p * (log - 1) + q))
