"""Jensen-Shannon divergence: how far two distributions are from their average."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ._arrays import (
    AS_THEY_ARE,
    check_probabilities,
    log_of_base,
    quiet,
    real_array,
    result_format,
    rows_of,
    same_shape,
)
from ._sums import scaled_sum
from .kl_divergence import divergence

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from ._arrays import Axis

    Floats = NDArray[np.float64]

LOG_2 = 0.6931471805599453
# ((1 + s) log(1 + s) + (1 - s) log(1 - s)) / s^2 = 1 + s^2/6 + s^4/15 + ...: 24 terms leave less than 2^-57 for |s| <= 1/2
EVEN = [1 / (k * (2 * k - 1)) for k in range(1, 25)]


def _near(p: Floats, q: Floats) -> Floats:
    """The share of one outcome where |p - q| <= (p + q)/2: (p + q)/4 times a series of non-negative terms.

    With s = (p - q) / (p + q) the average is m = (p + q)/2, and p = m (1 + s), q = m (1 - s).
    """
    difference = np.abs(p - q)
    s = difference / (p + q)
    square = s * s
    series = np.zeros_like(s)
    for coefficient in reversed(EVEN):
        series *= square
        series += coefficient
    return difference * s * series / 4


def _far(p: Floats, q: Floats) -> Floats:
    """The share of one outcome elsewhere: the rounding of the average m is at a minimum of the sum, and is not felt."""
    m = p / 2 + q / 2
    return np.where(np.minimum(p, q) == 0, m * LOG_2, (divergence(p, m) + divergence(q, m)) / 2)


def _shares(p: Floats, q: Floats) -> Floats:
    """(p log(p/m) + q log(q/m)) / 2 with m = (p + q)/2, entry by entry: never negative, symmetric bit for bit."""
    close = np.abs(p - q) <= 0.5 * (p + q)
    shares = np.empty_like(p)
    shares[close] = _near(p[close], q[close])
    shares[~close] = _far(p[~close], q[~close])
    return np.where(p == q, 0.0, shares)


def _kernel(p: Floats, q: Floats, divisor: float) -> Floats:
    return scaled_sum(lambda c: _shares(p * c, q * c), divisor)


@quiet
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
    name = "js_divergence"
    p, q = real_array(name, "p", p), real_array(name, "q", q)
    same_shape(name, "p", p, "q", q)
    rows = rows_of(name, "p", p, axis)
    divisor = log_of_base(name, base)
    if validate:
        check_probabilities(name, "p", p, rows, axis, AS_THEY_ARE)
        check_probabilities(name, "q", q, rows, axis, AS_THEY_ARE)
    return rows.join_values(_kernel(rows.split(p), rows.split(q), divisor), result_format(p, q))
