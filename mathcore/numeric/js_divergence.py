"""Jensen-Shannon divergence: how far two distributions are from their average."""

from __future__ import annotations

from typing import Any

from . import _core
from ._arrays import flag, inverse_log, log_of_base, per_unit
from ._space import LIFTED, VALUE, Array, ArrayLike, Axis, Space, polynomial
from .kl_divergence import two_pmfs

# ((1 + s) log(1 + s) + (1 - s) log(1 - s)) / s^2 = 1 + s^2/6 + s^4/15 + ...: 24 terms leave less than 2^-57 for |s| <= 1/2
EVEN = [1 / (k * (2 * k - 1)) for k in range(1, 25)]


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
    unit = per_unit(base)
    if unit and (found := _core.js_divergence(p, q, axis, 3 * validate, unit[0] / 2, unit[1] / 2)) is not NotImplemented:
        return found
    call, divisor = two_pmfs("js_divergence", p, q, axis, validate), 2 * log_of_base("js_divergence", base)

    def compiled(p: Any, q: Any, axis: Any) -> Any:
        return _core.js_divergence(p, q, axis, 0, *(part / 2 for part in inverse_log(base)))

    return call.by_row(lambda row, p, q: _js_divergence(row, p, q, divisor), "p", "q", gives=(VALUE,), core=compiled)


def _js_divergence(row: Space, p: Array, q: Array, divisor: float) -> Array:
    """sum(p log(p/m) + q log(q/m)) / divisor with m = (p + q)/2, symmetric bit for bit and never negative."""
    unit = row.unit(p / 2 + q / 2, LIFTED)
    p, q = p * unit, q * unit
    both = p + q
    s = row.ratio(p - q, row.where(both == 0, 1.0, both))  # p = m (1 + s) and q = m (1 - s)
    near = abs(s) <= 0.5
    inner = row.where(near, s, 0.0)
    terms = (p - q) * inner * polynomial(inner * inner, EVEN) / 2  # the parts linear in s cancel on paper
    terms = row.replaced(terms, ~near, lambda p, q, s: _far(row, p, q, s), p, q, s)
    return row.total(terms) / divisor / unit


def _far(space: Space, p: Array, q: Array, s: Array) -> Array:
    """p log(1 + s) + q log(1 - s), where 0 log 0 = 0."""
    least = space.eps / 2 - 1  # s may be -1 by rounding
    rise = space.where(p == 0, 0.0, space.where(s < least, least, s))
    fall = space.where(q == 0, 0.0, space.where(s > -least, least, -s))
    return p * space.log1p(rise) + q * space.log1p(fall)
